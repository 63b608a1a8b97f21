//! Reading annual review letters.

use jiff::civil::Date;
use rusqlite::{Connection, Row, params};

use super::error::DbError;
use super::sources::{self, Source};
use crate::domain::council::CouncilId;
use crate::domain::letter::{Document, DocumentKind};
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
    let mut rows = statement.query([council])?;
    let mut letters = Vec::new();
    while let Some(row) = rows.next()? {
        letters.push(listed(row, council)?);
    }
    Ok(letters)
}

/// All letters, by council and year.
pub fn all(conn: &Connection) -> Result<Vec<ListedLetter>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT year, letter_date, text IS NOT NULL, document_id IS NOT NULL, url, council_id FROM letters ORDER BY council_id, year",
    )?;
    let mut rows = statement.query([])?;
    let mut letters = Vec::new();
    while let Some(row) = rows.next()? {
        letters.push(listed(row, row.get(5)?)?);
    }
    Ok(letters)
}

/// Year, date, whether text and document are kept, address.
fn listed(row: &Row<'_>, council: CouncilId) -> Result<ListedLetter, DbError> {
    Ok(ListedLetter {
        council,
        year: row.get(0)?,
        letter_date: row.get(1)?,
        has_text: row.get(2)?,
        has_document: row.get(3)?,
        url: row.get(4)?,
    })
}

/// How many letters to one council are known.
pub fn count_of_council(conn: &Connection, council: CouncilId) -> Result<u64, DbError> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM letters WHERE council_id = ?1")?
        .query_row([council], |row| row.get(0))?)
}

/// A letter as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// What lists show.
    pub listed: ListedLetter,
    /// The office that it is addressed to.
    pub office: Option<String>,
    /// Its text as clean HTML.
    pub html: Option<String>,
    /// Its text as it was imported.
    pub text: Option<String>,
    /// What its document is, where one is kept.
    pub document: Option<DocumentKind>,
    /// Where it came from.
    pub source: Option<Source>,
}

/// The letter to one council about one year.
pub fn of_year(conn: &Connection, council: CouncilId, year: ReportingYear) -> Result<Option<Letter>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT l.letter_date, l.html, l.text, l.document_id IS NOT NULL, l.url, d.kind, l.office, {}, l.row
         FROM letters l LEFT JOIN documents d ON d.id = l.document_id JOIN sources s ON s.id = l.source_id
         JOIN releases r ON r.id = s.release_id WHERE l.council_id = ?1 AND l.year = ?2",
        sources::COLUMNS
    ))?;
    let mut rows = statement.query(params![council, year])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (html, text): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
    Ok(Some(Letter {
        listed: ListedLetter {
            council,
            year,
            letter_date: row.get(0)?,
            has_text: text.is_some(),
            has_document: row.get(3)?,
            url: row.get(4)?,
        },
        html,
        text,
        document: row.get(5)?,
        office: row.get(6)?,
        source: sources::read(row, 7)?,
    }))
}

/// The document of a letter, as it came.
pub fn document(conn: &Connection, council: CouncilId, year: ReportingYear) -> Result<Option<Document>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT name, kind, bytes FROM letters JOIN documents ON documents.id = document_id
         WHERE council_id = ?1 AND year = ?2",
    )?;
    let mut rows = statement.query(params![council, year])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some(Document { name: row.get(0)?, kind: row.get(1)?, bytes: row.get(2)? }))
}
