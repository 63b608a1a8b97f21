//! How much stands on each part of a council's pages, for the ways between them.

use jiff::civil::Date;

use super::error::ReadError;
use crate::db::{self, Connection};
use crate::domain::council::CouncilId;

/// Counts over all years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartCounts {
    /// Published decisions, reports included.
    pub decisions: u64,
    /// Public reports.
    pub reports: u64,
    /// Agreed improvements.
    pub improvements: u64,
    /// Annual review letters.
    pub letters: u64,
}

impl PartCounts {
    /// Counts what one council has.
    pub fn read(conn: &Connection, council: CouncilId) -> Result<Self, ReadError> {
        let (decisions, reports) = db::decisions::count_of_council(conn, council, Date::MIN, Date::MAX)?;
        Ok(Self {
            decisions,
            reports,
            improvements: db::improvements::count_of_council(conn, council)?,
            letters: db::letters::count_of_council(conn, council)?,
        })
    }
}
