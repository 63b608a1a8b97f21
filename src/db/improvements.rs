//! Reading service improvements.

use jiff::civil::Date;
use rusqlite::Connection;

use super::councils::day;
use super::error::{DbError, parsed};
use crate::domain::council::CouncilId;
use crate::domain::decision::{Category, Reference};

/// A service improvement as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedImprovement {
    /// Row number.
    pub id: i64,
    /// Who agreed it.
    pub council: CouncilId,
    /// The case it came from.
    pub reference: Reference,
    /// Category.
    pub category: Category,
    /// Subcategory slug.
    pub subcategory: Option<String>,
    /// What was agreed.
    pub summary: String,
    /// When.
    pub agreed_on: Date,
    /// Until when.
    pub due_on: Option<Date>,
    /// Done when.
    pub achieved_on: Option<Date>,
}

/// All improvements of one council, newest agreement first.
pub fn of_council(conn: &Connection, council: CouncilId) -> Result<Vec<ListedImprovement>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, council_id, reference, category, subcategory, summary, agreed_on, due_on, achieved_on
         FROM improvements WHERE council_id = ?1 ORDER BY agreed_on DESC, reference, summary",
    )?;
    let mut rows = statement.query([council.0])?;
    let mut improvements = Vec::new();
    while let Some(row) = rows.next()? {
        improvements.push(ListedImprovement {
            id: row.get(0)?,
            council: CouncilId(row.get(1)?),
            reference: parsed(Reference::parse(&row.get::<_, String>(2)?))?,
            category: parsed(Category::parse(&row.get::<_, String>(3)?))?,
            subcategory: row.get(4)?,
            summary: row.get(5)?,
            agreed_on: parsed(row.get::<_, String>(6)?.parse::<Date>())?,
            due_on: day(row.get(7)?)?,
            achieved_on: day(row.get(8)?)?,
        });
    }
    Ok(improvements)
}

/// How many improvements one council has agreed.
pub fn count_of_council(conn: &Connection, council: CouncilId) -> Result<u64, DbError> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM improvements WHERE council_id = ?1")?
        .query_row([council.0], |row| row.get(0))?)
}
