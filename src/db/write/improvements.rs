//! Writing service improvements.

use rusqlite::{OptionalExtension, params};

use super::log::{Change, Log};
use crate::db::error::DbError;
use crate::domain::record::ImprovementRecord;

pub(super) fn apply(log: &mut Log<'_>, rows: &[ImprovementRecord]) -> Result<(), DbError> {
    for record in log.each("Writing improvements", rows) {
        let dates = format!(
            "agreed {}, due {}, achieved {}",
            record.agreed_on,
            record.due_on.map_or_else(|| "not known".to_owned(), |date| date.to_string()),
            record.achieved_on.map_or_else(|| "not known".to_owned(), |date| date.to_string()),
        );
        let before: Option<String> = log
            .tx
            .prepare_cached(
                "SELECT 'agreed ' || agreed_on || ', due ' || ifnull(due_on, 'not known') || ', achieved ' || ifnull(achieved_on, 'not known')
                 FROM improvements WHERE council_id = ?1 AND reference = ?2 AND summary = ?3",
            )?
            .query_row(params![record.council.0, record.reference.address(), record.summary], |row| row.get(0))
            .optional()?;
        match before {
            Some(same) if same == dates => {
                log.unchanged();
                continue;
            }
            Some(other) => log.changed(&Change {
                noun: "improvement",
                council: Some(record.council),
                year: None,
                what: record.reference.to_string(),
                old: Some(other),
                new: Some(dates),
            })?,
            None => log.added("improvements", None),
        }
        let source = log.source(&record.location, None)?;
        log.tx
            .prepare_cached(
                "INSERT INTO improvements (council_id, reference, category, subcategory, summary, agreed_on, due_on, achieved_on, source_id, row)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 ON CONFLICT (council_id, reference, summary) DO UPDATE SET agreed_on = ?6, due_on = ?7, achieved_on = ?8,
                    category = ?3, subcategory = ?4, source_id = ?9, row = ?10",
            )?
            .execute(params![
                record.council.0,
                record.reference.address(),
                record.category.word(),
                record.subcategory,
                record.summary,
                record.agreed_on.to_string(),
                record.due_on.map(|date| date.to_string()),
                record.achieved_on.map(|date| date.to_string()),
                source,
                record.location.row,
            ])?;
    }
    Ok(())
}
