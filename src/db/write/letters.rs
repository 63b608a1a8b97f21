//! Writing letters and the documents they came as.

use rusqlite::{OptionalExtension, params};

use super::log::{Change, Log};
use super::statistics;
use crate::db::error::DbError;
use crate::domain::digest::sha256;
use crate::domain::letter::Document;
use crate::domain::record::LetterRecord;

/// Letter date, text, document, address and office as stored, and the text as a page.
type Stored = ((String, Option<String>, Option<i64>, Option<String>, Option<String>), Option<String>);

pub(super) fn apply(log: &mut Log<'_>, rows: &[LetterRecord]) -> Result<(), DbError> {
    for record in log.each("Writing letters", rows) {
        statistics::of_letter(log, record)?;
        let year = record.year.to_string();
        let document = record.document.as_ref().map(|document| keep(log, document)).transpose()?;
        let before: Option<Stored> = log
            .tx
            .prepare_cached(
                "SELECT letter_date, text, document_id, url, office, html FROM letters WHERE council_id = ?1 AND year = ?2",
            )?
            .query_row(params![record.council.0, year], |row| {
                Ok(((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?), row.get(5)?))
            })
            .optional()?;
        let mut after =
            (record.letter_date.to_string(), record.text.clone(), document, record.url.clone(), record.office.clone());
        let mut html = record.html.clone();
        let (before, old_html) = before.map_or((None, None), |(before, html)| (Some(before), html));
        if let Some(known) = &before {
            // A row without a document or an address does not know them, and never erases what is known.
            if after.1.is_none() && after.2.is_none() {
                (after.1, after.2, html) = (known.1.clone(), known.2, old_html);
            }
            after.3 = after.3.or_else(|| known.3.clone());
            after.4 = after.4.or_else(|| known.4.clone());
        }
        match before {
            Some(same) if same == after => {
                log.unchanged();
                continue;
            }
            Some(other) => log.changed(&Change {
                noun: "letter",
                council: Some(record.council),
                year: Some(record.year),
                what: "date and content".to_owned(),
                old: Some(format!("letter of {}", other.0)),
                new: Some(format!("letter of {}", after.0)),
            })?,
            None => log.added("letters", Some(record.year)),
        }
        let source = log.source(&record.location, record.url.as_deref())?;
        log.tx
            .prepare_cached(
                "INSERT OR REPLACE INTO letters (council_id, year, letter_date, text, document_id, url, office, source_id, row, html)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                record.council.0,
                year,
                after.0,
                after.1,
                after.2,
                after.3,
                after.4,
                source,
                record.location.row,
                html,
            ])?;
    }
    Ok(())
}

/// Keeps a document once, by its content.
fn keep(log: &Log<'_>, document: &Document) -> Result<i64, DbError> {
    let hash = sha256(&document.bytes);
    log.tx
        .prepare_cached("INSERT OR IGNORE INTO documents (sha256, name, kind, bytes) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![hash, document.name, document.kind.as_str(), document.bytes])?;
    Ok(log.tx.prepare_cached("SELECT id FROM documents WHERE sha256 = ?1")?.query_row([hash], |row| row.get(0))?)
}
