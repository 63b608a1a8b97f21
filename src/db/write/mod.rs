//! Writing: a draft is a copy of the newest edition, changed and then published under a new name.

mod boundaries;
mod decisions;
mod derive;
mod draft;
mod improvements;
mod letters;
mod log;
mod register;
mod replies;
mod statistics;

pub use draft::Draft;

use std::borrow::Borrow;

use rusqlite::Transaction;

use self::log::{Home, Log};
use super::error::DbError;
use crate::domain::progress::Progress;
use crate::domain::record::Records;
use crate::domain::release::Release;
use crate::domain::tally::Tally;

/// Writes the records of one release, which may come in parts, and says what they changed.
fn apply<R: Borrow<Records>>(
    tx: &Transaction<'_>,
    release: &Release,
    parts: impl IntoIterator<Item = R>,
    home: Home<'_>,
    progress: &dyn Progress,
) -> Result<Tally, DbError> {
    let mut log = Log::open(tx, release, home, progress)?;
    for part in parts {
        write(&mut log, part.borrow())?;
    }
    log.close()
}

fn write(log: &mut Log<'_>, records: &Records) -> Result<(), DbError> {
    match records {
        Records::Authorities(rows) => register::authorities(log, rows),
        Records::Aliases(rows) => register::aliases(log, rows),
        Records::Population(rows) => register::population(log, rows),
        Records::Neighbours(rows) => register::neighbours(log, rows),
        Records::Boundaries(rows) => boundaries::replace(log, rows),
        Records::Postcodes(record) => boundaries::postcodes(log, record),
        Records::Statistics(rows) => statistics::councils(log, rows),
        Records::National(rows) => statistics::national(log, rows),
        Records::Decisions(rows) => decisions::apply(log, rows),
        Records::Improvements(rows) => improvements::apply(log, rows),
        Records::Letters(rows) => letters::apply(log, rows),
        Records::Replies(rows) => replies::apply(log, rows),
    }
}
