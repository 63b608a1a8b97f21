//! Writing service improvements.

use rusqlite::{OptionalExtension, params};

use super::log::{Change, Log};
use crate::db::error::DbError;
use crate::domain::record::ImprovementRecord;

pub(super) fn apply(log: &mut Log<'_>, rows: &[ImprovementRecord]) -> Result<(), DbError> {
    for record in log.each("Writing improvements", rows) {
        let known: Option<(String, Option<String>, Option<String>)> = log
            .tx
            .prepare_cached(
                "SELECT agreed_on, due_on, achieved_on FROM improvements WHERE council_id = ?1 AND reference = ?2 AND summary = ?3",
            )?
            .query_row(params![record.council.0, record.reference.address(), record.summary], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let before = known.as_ref().map(|(agreed, due, achieved)| dates(agreed, due.as_deref(), achieved.as_deref()));
        // An empty cell means that the file does not know, and never erases what is known.
        let (old_due, old_achieved) = known.map_or((None, None), |(_, due, achieved)| (due, achieved));
        let due_on = record.due_on.map(|date| date.to_string()).or(old_due);
        let achieved_on = record.achieved_on.map(|date| date.to_string()).or(old_achieved);
        let since = dates(&record.agreed_on.to_string(), due_on.as_deref(), achieved_on.as_deref());
        match before {
            Some(same) if same == since => {
                log.unchanged();
                continue;
            }
            Some(other) => log.changed(&Change {
                noun: "improvement",
                council: Some(record.council),
                year: None,
                what: record.reference.to_string(),
                old: Some(other),
                new: Some(since),
            })?,
            None => log.added("improvements", None),
        }
        let source = log.source(&record.location, None)?;
        log.tx
            .prepare_cached(
                "INSERT INTO improvements (council_id, reference, category, subcategory, summary, agreed_on, due_on, achieved_on, source_id, row)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 ON CONFLICT (council_id, reference, summary) DO UPDATE SET agreed_on = ?6, due_on = ?7, achieved_on = ?8,
                    category = ?3, subcategory = coalesce(?4, subcategory), source_id = ?9, row = ?10",
            )?
            .execute(params![
                record.council.0,
                record.reference.address(),
                record.category.as_str(),
                record.subcategory,
                record.summary,
                record.agreed_on.to_string(),
                due_on,
                achieved_on,
                source,
                record.location.row,
            ])?;
    }
    Ok(())
}

/// The three days in words, for the log.
fn dates(agreed: &str, due: Option<&str>, achieved: Option<&str>) -> String {
    let or_not = |day: Option<&str>| day.unwrap_or("not known").to_owned();
    format!("agreed {agreed}, due {}, achieved {}", or_not(due), or_not(achieved))
}
