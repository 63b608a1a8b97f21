//! Writing what councils reply to their figures.

use rusqlite::{OptionalExtension, params};

use super::log::{Change, Log};
use crate::db::error::DbError;
use crate::domain::measure::Measure;
use crate::domain::record::ReplyRecord;

/// Date, author, text and address as stored.
type Stored = (String, Option<String>, String, Option<String>);

pub(super) fn apply(log: &mut Log<'_>, rows: &[ReplyRecord]) -> Result<(), DbError> {
    for ReplyRecord { reply, location } in log.each("Writing replies", rows) {
        let year = reply.year.to_string();
        let measure = reply.measure.map(Measure::as_str).unwrap_or_default();
        let before: Option<Stored> = log
            .tx
            .prepare_cached(
                "SELECT replied_on, author, text, url FROM replies WHERE council_id = ?1 AND year = ?2 AND measure = ?3",
            )?
            .query_row(params![reply.council.0, year, measure], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .optional()?;
        let after = (reply.replied_on.to_string(), reply.author.clone(), reply.text.clone(), reply.url.clone());
        match before {
            Some(same) if same == after => {
                log.unchanged();
                continue;
            }
            Some(other) => log.changed(&Change {
                noun: "reply",
                council: Some(reply.council),
                year: Some(reply.year),
                what: if measure.is_empty() { "the year".to_owned() } else { measure.to_owned() },
                old: Some(told(&other)),
                new: Some(told(&after)),
            })?,
            None => log.added("replies", Some(reply.year)),
        }
        let source = log.source(location, reply.url.as_deref())?;
        log.tx
            .prepare_cached(
                "INSERT OR REPLACE INTO replies (council_id, year, measure, replied_on, author, text, url, source_id, row)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                reply.council.0,
                year,
                measure,
                after.0,
                after.1,
                after.2,
                after.3,
                source,
                location.row,
            ])?;
    }
    Ok(())
}

/// A reply in one line of the log: a correction must not make what was said before unsaid.
fn told((replied_on, author, text, url): &Stored) -> String {
    let author = author.as_ref().map(|author| format!(", {author}")).unwrap_or_default();
    let url = url.as_ref().map(|url| format!(" ({url})")).unwrap_or_default();
    format!("{replied_on}{author}{url}: {text}")
}
