//! Why a read model could not be made.

use thiserror::Error;

use crate::db::DbError;
use crate::geo::BoundaryProblem;

/// A failure on the way to a page.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The boundaries of the edition do not parse.
    #[error("the boundaries are broken: {0}")]
    Boundaries(String),
    /// The hexagon layout does not parse.
    #[error(transparent)]
    Hexagons(#[from] crate::geo::hexagons::HexagonProblem),
    /// The postcode table does not parse.
    #[error(transparent)]
    Postcodes(#[from] crate::geo::postcodes::PostcodeTableError),
}

impl From<Vec<BoundaryProblem>> for ReadError {
    fn from(problems: Vec<BoundaryProblem>) -> Self {
        Self::Boundaries(problems.first().map(ToString::to_string).unwrap_or_default())
    }
}
