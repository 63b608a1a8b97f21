//! Writing the cells of the yearly tables.

use rusqlite::{OptionalExtension, params};

use super::log::{Change, Log};
use crate::db::error::DbError;
use crate::domain::record::{NationalRecord, StatisticsRecord};

/// Adds or changes cells of councils; a value that is already known keeps its first source.
pub(super) fn councils(log: &mut Log<'_>, rows: &[StatisticsRecord]) -> Result<(), DbError> {
    for record in log.each("Writing figures", rows) {
        let source = log.source(&record.location, record.source_url.as_deref())?;
        let year = record.year.to_string();
        for (field, value) in &record.cells {
            let before: Option<f64> = log
                .tx
                .prepare_cached("SELECT value FROM cells WHERE council_id = ?1 AND year = ?2 AND field = ?3")?
                .query_row(params![record.council.0, year, field], |row| row.get(0))
                .optional()?;
            match before {
                Some(same) if same.to_bits() == value.to_bits() => {
                    log.unchanged();
                    continue;
                }
                Some(other) => log.changed(&Change {
                    noun: "figure",
                    council: Some(record.council),
                    year: Some(record.year),
                    what: field.clone(),
                    old: Some(other.to_string()),
                    new: Some(value.to_string()),
                })?,
                None => log.added("figures", Some(record.year)),
            }
            log.tx
                .prepare_cached(
                    "INSERT OR REPLACE INTO cells (council_id, year, field, value, source_id, row) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![record.council.0, year, field, value, source, record.location.row])?;
        }
    }
    Ok(())
}

/// Adds or changes cells of the national series.
pub(super) fn national(log: &mut Log<'_>, rows: &[NationalRecord]) -> Result<(), DbError> {
    for record in rows {
        let source = log.source(&record.location, record.source_url.as_deref())?;
        let year = record.year.to_string();
        for (field, value) in &record.cells {
            let before: Option<f64> = log
                .tx
                .prepare_cached("SELECT value FROM national_cells WHERE year = ?1 AND field = ?2")?
                .query_row(params![year, field], |row| row.get(0))
                .optional()?;
            match before {
                Some(same) if same.to_bits() == value.to_bits() => {
                    log.unchanged();
                    continue;
                }
                Some(other) => log.changed(&Change {
                    noun: "national figure",
                    council: None,
                    year: Some(record.year),
                    what: field.clone(),
                    old: Some(other.to_string()),
                    new: Some(value.to_string()),
                })?,
                None => log.added("national figures", Some(record.year)),
            }
            log.tx
                .prepare_cached(
                    "INSERT OR REPLACE INTO national_cells (year, field, value, source_id, row) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![year, field, value, source, record.location.row])?;
        }
    }
    Ok(())
}
