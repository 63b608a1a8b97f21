//! Why the site cannot be opened or switched.

use std::path::PathBuf;

use thiserror::Error;

use crate::db::DbError;
use crate::read::ReadError;

/// Why the site cannot be opened or switched.
#[derive(Debug, Error)]
pub enum SiteError {
    /// No edition is in force.
    #[error("{0}: nothing has been published here yet; import something with --publish, or run `council-map demo`")]
    Empty(PathBuf),
    /// The file of the edition that is being served is no longer what it was.
    #[error(
        "{0}, which is being served, was changed or damaged since it was opened: pages go on as far as they can; to make it \
         again from the kept releases: council-map check --repair"
    )]
    WentBad(String),
    /// The database layer failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The edition holds something broken.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl SiteError {
    /// What strangers may know of it; the log has the rest.
    pub(super) fn public(&self) -> &'static str {
        match self {
            Self::Empty(_) => "The list of versions, current.json, names none that is in force.",
            Self::Db(DbError::Pointer { .. } | DbError::PointerBehind { .. }) => {
                "The list of versions, current.json, is missing or damaged."
            }
            Self::WentBad(_) => "The version that is served was changed or damaged since it was opened.",
            Self::Db(_) | Self::Read(_) => "A version that is listed is missing or damaged.",
        }
    }
}
