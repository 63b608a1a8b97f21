//! What can go wrong between the program and its database files.

use std::path::PathBuf;

use thiserror::Error;

/// A failure of the database layer.
#[derive(Debug, Error)]
pub enum DbError {
    /// SQLite refused.
    #[error("the database could not be read or written: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file was made by another version of this program.
    #[error("{file} has schema {found}; this program reads schema {expected}")]
    Schema {
        /// The file.
        file: PathBuf,
        /// Its schema number.
        found: i64,
        /// Ours.
        expected: i64,
    },
    /// A value in the database does not parse.
    #[error("the database holds a broken value: {0}")]
    Value(String),
    /// A file could not be read, written or renamed.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A pointer file does not parse.
    #[error("{path}: this is not the list of published versions: {why}")]
    Pointer {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
}

impl DbError {
    /// An input or output error with its path.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}

/// Reads a stored word back into its type; a word that does not parse is a broken database.
pub(crate) fn parsed<T, E: std::fmt::Display>(result: Result<T, E>) -> Result<T, DbError> {
    result.map_err(|error| DbError::Value(error.to_string()))
}
