//! Reading what each release changed.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::error::DbError;
use crate::domain::council::CouncilId;

/// One line of the log of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedChange {
    /// Release that made it.
    pub release_key: String,
    /// `added`, `changed` or `removed`.
    pub action: String,
    /// What kind of thing: "figure", "decisions".
    pub noun: String,
    /// The council, where one is meant.
    pub council: Option<CouncilId>,
    /// The year, where one is meant.
    pub year: Option<String>,
    /// Which one: a column, a reference, a count.
    pub what: String,
    /// Value before.
    pub old: Option<String>,
    /// Value since.
    pub new: Option<String>,
}

/// The log, newest release first, at most `most` lines of each.
pub fn all(conn: &Connection, most: u32) -> Result<Vec<ListedChange>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT key, action, noun, council_id, year, what, old, new FROM (
            SELECT r.key, c.*, row_number() OVER (PARTITION BY c.release_id ORDER BY c.action = 'added' DESC, c.id) AS place
            FROM changes c JOIN releases r ON r.id = c.release_id)
         WHERE place <= ?1 ORDER BY release_id DESC, place",
    )?;
    let mut rows = statement.query([most])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        changes.push(ListedChange {
            release_key: row.get(0)?,
            action: row.get(1)?,
            noun: row.get(2)?,
            council: row.get::<_, Option<i64>>(3)?.map(CouncilId),
            year: row.get(4)?,
            what: row.get(5)?,
            old: row.get(6)?,
            new: row.get(7)?,
        });
    }
    Ok(changes)
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
