//! What can go wrong between the program and its database files.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::domain::format::counted_of;

/// A failure of the database layer.
#[derive(Debug, Error)]
pub enum DbError {
    /// SQLite refused.
    #[error("the database could not be read or written: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file was made by another version of this program.
    #[error(
        "{file} was made by another version of this program (schema {found}; this one reads {expected}); with that version \
         export the site (council-map export --out FOLDER), and make it again with this one (council-map restore FOLDER); a version \
         of an older program is also made again from the kept releases: council-map check --repair"
    )]
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
    /// The list of versions cannot be used, although something was published.
    #[error(
        "{data_dir}: current.json, the list of published versions, {fault}{}; nothing was changed. {}",
        found(*versions, *releases),
        way_out(data_dir)
    )]
    Pointer {
        /// The data directory.
        data_dir: PathBuf,
        /// What is wrong with the list.
        fault: PointerFault,
        /// How many files of versions are there.
        versions: u64,
        /// How many releases are kept there.
        releases: u64,
    },
    /// The list of versions names a file that is not there.
    #[error("{data_dir}: current.json names {file}, which is missing; nothing was changed. {}", way_out(data_dir))]
    VersionMissing {
        /// The data directory.
        data_dir: PathBuf,
        /// The name of the file.
        file: String,
    },
    /// The content of a version is not what its name says.
    #[error(
        "{data_dir}: {file} was changed or damaged: its content has the hash {found}; it is not served, and nothing was \
         changed. {}",
        way_out(data_dir)
    )]
    VersionDamaged {
        /// The data directory.
        data_dir: PathBuf,
        /// The name of the file.
        file: String,
        /// The hash of its content.
        found: String,
    },
    /// Withdrawn decisions cannot be told from others.
    #[error(
        "{data_dir}: withdrawn.key, the key by which withdrawn decisions are known, is missing or another; nothing was changed. Put \
         it back from a backup; without one, make the version again with a new key: council-map check --data {data_dir} --repair"
    )]
    WithdrawnKey {
        /// The data directory.
        data_dir: PathBuf,
    },
    /// The list of versions is older than its second copy.
    #[error(
        "{data_dir}: current.json is older than its second copy, releases/current.json{}; nothing was changed. If current.json \
         came from a backup, put the second copy in its place; to go on with current.json as it is: council-map check --data \
         {data_dir} --repair",
        also_named(versions)
    )]
    PointerBehind {
        /// The folder.
        data_dir: PathBuf,
        /// Files of the versions that only the copy names.
        versions: Vec<String>,
    },
}

/// Why the list of versions cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum PointerFault {
    /// There is none.
    #[error("is missing")]
    Missing,
    /// The file has no content.
    #[error("is empty")]
    Empty,
    /// The file cannot be read, or is something else.
    #[error("cannot be read ({0})")]
    Unreadable(String),
    /// It is a list, of nothing.
    #[error("names no version")]
    NamesNone,
}

fn found(versions: u64, releases: u64) -> String {
    if versions + releases == 0 {
        return String::new();
    }
    format!(", but {} and {} are here", counted_of(versions, "versions"), counted_of(releases, "kept releases"))
}

fn also_named(versions: &[String]) -> String {
    if versions.is_empty() { String::new() } else { format!(", which also names {}", versions.join(", ")) }
}

/// The command that shows what is there and makes the list of versions again.
fn way_out(data_dir: &Path) -> String {
    format!("To look at it and to repair it: council-map check --data {} --repair", data_dir.display())
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
