//! Reading what each release changed.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::error::DbError;
use super::values::row;
use crate::domain::council::CouncilId;

row! {
    /// One line of the log of changes.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ListedChange {
        /// Release that made it.
        release_key: String = "key",
        /// `added`, `changed` or `removed`.
        action: String = "action",
        /// What kind of thing: "figure", "decisions".
        noun: String = "noun",
        /// The council, where one is meant.
        council: Option<CouncilId> = "council_id",
        /// The year, where one is meant.
        year: Option<String> = "year",
        /// Which one: a column, a reference, a count.
        what: String = "what",
        /// Value before.
        old: Option<String> = "old",
        /// Value since.
        new: Option<String> = "new",
    }
}

/// The log, newest release first, at most `most` lines of each.
pub fn all(conn: &Connection, most: u32) -> Result<Vec<ListedChange>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {} FROM (
            SELECT r.key, c.*, row_number() OVER (PARTITION BY c.release_id ORDER BY c.action = 'added' DESC, c.id) AS place
            FROM changes c JOIN releases r ON r.id = c.release_id)
         WHERE place <= ?1 ORDER BY release_id DESC, place",
        ListedChange::COLUMNS
    ))?;
    let mut rows = statement.query([most])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        changes.push(ListedChange::read(row, 0)?);
    }
    Ok(changes)
}

/// What was changed or withdrawn of a council, newest release first.
pub fn of_council(conn: &Connection, council: CouncilId) -> Result<Vec<ListedChange>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {} FROM (SELECT r.key, c.* FROM changes c JOIN releases r ON r.id = c.release_id)
         WHERE council_id = ?1 AND action <> 'added' ORDER BY release_id DESC, id",
        ListedChange::COLUMNS
    ))?;
    let lines = statement.query_map([council], |row| ListedChange::read(row, 0))?;
    Ok(lines.collect::<Result<_, _>>()?)
}

/// How many lines the log has for each release.
pub fn counts(conn: &Connection) -> Result<BTreeMap<String, u64>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT r.key, count(*) FROM changes c JOIN releases r ON r.id = c.release_id GROUP BY r.key",
    )?;
    let mut rows = statement.query([])?;
    let mut counts = BTreeMap::new();
    while let Some(row) = rows.next()? {
        counts.insert(row.get(0)?, row.get(1)?);
    }
    Ok(counts)
}
