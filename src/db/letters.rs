//! Reading annual review letters.

use jiff::civil::Date;
use rusqlite::Connection;

use super::error::{DbError, parsed};
use crate::domain::council::CouncilId;
use crate::domain::year::ReportingYear;

/// A letter as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedLetter {
    /// To whom.
    pub council: CouncilId,
    /// About which year.
    pub year: ReportingYear,
    /// Day on the letter.
    pub letter_date: Date,
    /// Whether its text can be read as a page.
    pub has_text: bool,
    /// Whether its document is kept here.
    pub has_document: bool,
    /// Where it was published.
    pub url: Option<String>,
}

/// The letters to one council, newest first.
pub fn of_council(conn: &Connection, council: CouncilId) -> Result<Vec<ListedLetter>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT year, letter_date, text IS NOT NULL, document_id IS NOT NULL, url FROM letters WHERE council_id = ?1 ORDER BY year DESC",
    )?;
    let mut rows = statement.query([council.0])?;
    let mut letters = Vec::new();
    while let Some(row) = rows.next()? {
        letters.push(ListedLetter {
            council,
            year: parsed(ReportingYear::parse(&row.get::<_, String>(0)?))?,
            letter_date: parsed(row.get::<_, String>(1)?.parse::<Date>())?,
            has_text: row.get(2)?,
            has_document: row.get(3)?,
            url: row.get(4)?,
        });
    }
    Ok(letters)
}

/// How many letters to one council are known.
pub fn count_of_council(conn: &Connection, council: CouncilId) -> Result<u64, DbError> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM letters WHERE council_id = ?1")?
        .query_row([council.0], |row| row.get(0))?)
}
