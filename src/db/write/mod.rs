//! Writing: a draft is a copy of the newest edition, changed and then published under a new name.

mod boundaries;
mod decisions;
mod derive;
mod draft;
mod improvements;
mod letters;
mod log;
mod register;
mod statistics;

pub use draft::{Draft, Published};
pub use log::Tally;

use rusqlite::Transaction;

use self::log::Log;
use super::error::DbError;
use crate::domain::record::Records;
use crate::domain::release::Release;

/// Writes the records of one release and says what they changed.
fn apply(tx: &Transaction<'_>, release: &Release, records: &Records) -> Result<Tally, DbError> {
    let mut log = Log::open(tx, release)?;
    match records {
        Records::Authorities(rows) => register::authorities(&mut log, rows)?,
        Records::Population(rows) => register::population(&mut log, rows)?,
        Records::Neighbours(rows) => register::neighbours(&mut log, rows)?,
        Records::Boundaries(rows) => boundaries::replace(&mut log, rows)?,
        Records::Postcodes(bytes) => boundaries::replace_postcodes(&mut log, bytes)?,
        Records::Statistics(rows) => statistics::councils(&mut log, rows)?,
        Records::National(rows) => statistics::national(&mut log, rows)?,
        Records::Decisions(rows) => decisions::apply(&mut log, rows)?,
        Records::Improvements(rows) => improvements::apply(&mut log, rows)?,
        Records::Letters(rows) => letters::apply(&mut log, rows)?,
    }
    log.close()
}
