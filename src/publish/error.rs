//! Why nothing was published.

use thiserror::Error;

use super::archive::ArchiveError;
use super::lock::LockError;
use crate::db::DbError;
use crate::domain::location::Problem;

/// Why nothing was published, other than problems of the files.
#[derive(Debug, Error)]
pub enum PublishError {
    /// The database layer failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The data directory is not to be had.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// What is kept of a release cannot be read or written.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The wish makes no sense here; the text names the way out.
    #[error("{0}")]
    Refused(String),
    /// A release that was right no longer is, once another one changes.
    #[error("release {key} would no longer be right: {}", .problems.first().map(ToString::to_string).unwrap_or_default())]
    Refitted {
        /// The release.
        key: String,
        /// What is wrong with it now.
        problems: Vec<Problem>,
    },
}
