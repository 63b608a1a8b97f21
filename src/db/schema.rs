//! The schema: numbered SQL files run on an empty file, in order.

use std::path::Path;

use rusqlite::Connection;

use super::error::DbError;
use crate::domain::compare::Verdict;
use crate::domain::council::CouncilKind;
use crate::domain::decision::{Category, DecisionType, Outcome};
use crate::domain::measure::{Judgement, Measure};

/// The number kept in `PRAGMA user_version`. A file with another number is not opened.
pub const VERSION: i64 = 7;

const PARTS: [&str; 4] = [
    include_str!("schema/001_register.sql"),
    include_str!("schema/002_statistics.sql"),
    include_str!("schema/003_casework.sql"),
    include_str!("schema/004_search.sql"),
];

/// Refuses a file of another version of the program.
pub fn check(conn: &Connection, file: &Path) -> Result<(), DbError> {
    match conn.pragma_query_value(None, "user_version", |row| row.get(0))? {
        VERSION => Ok(()),
        found => Err(DbError::Schema { file: file.to_owned(), found, expected: VERSION }),
    }
}

/// Creates all tables in an empty database.
pub fn create(conn: &Connection) -> Result<(), DbError> {
    for part in PARTS {
        conn.execute_batch(part)?;
    }
    write_labels(conn)?;
    conn.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}

/// What the words of closed lists mean.
fn write_labels(conn: &Connection) -> Result<(), DbError> {
    let mut insert = conn.prepare("INSERT INTO labels (what, word, label) VALUES (?1, ?2, ?3)")?;
    let kinds = CouncilKind::ALL.map(|kind| ("kind", kind.as_str(), kind.title()));
    let measures = Measure::ALL.map(|measure| ("measure", measure.as_str(), measure.term()));
    let verdicts = Verdict::ALL.map(|verdict| ("verdict", verdict.as_str(), verdict.title(Judgement::Neutral)));
    let types = DecisionType::ALL.iter().map(|one| ("type", one.as_str(), one.title()));
    let outcomes = Outcome::ALL.iter().map(|one| ("outcome", one.as_str(), one.title()));
    let categories = Category::ALL.iter().map(|one| ("category", one.as_str(), one.title()));
    let lists = kinds.into_iter().chain(measures).chain(verdicts);
    for label in lists.chain(types).chain(outcomes).chain(categories) {
        insert.execute(label)?;
    }
    Ok(())
}
