//! Writing the cells of the yearly tables.

use rusqlite::{OptionalExtension, params};

use super::log::{Change, Log};
use crate::db::error::DbError;
use crate::domain::council::CouncilId;
use crate::domain::location::Location;
use crate::domain::record::{NationalRecord, StatisticsRecord};
use crate::domain::year::ReportingYear;

/// Adds or changes cells of councils; a value that is already known keeps its first source.
pub(super) fn councils(log: &mut Log<'_>, rows: &[StatisticsRecord]) -> Result<(), DbError> {
    for record in log.each("Writing figures", rows) {
        let place = (&record.location, record.source_url.as_deref());
        cells(log, Some(record.council), record.year, &record.cells, place)?;
    }
    Ok(())
}

/// Adds or changes cells of the national series.
pub(super) fn national(log: &mut Log<'_>, rows: &[NationalRecord]) -> Result<(), DbError> {
    for record in rows {
        cells(log, None, record.year, &record.cells, (&record.location, record.source_url.as_deref()))?;
    }
    Ok(())
}

/// The cells of one row: of a council, or of England where there is none.
fn cells(
    log: &mut Log<'_>,
    council: Option<CouncilId>,
    year: ReportingYear,
    cells: &[(String, f64)],
    (location, url): (&Location, Option<&str>),
) -> Result<(), DbError> {
    let source = log.source(location, url)?;
    let (noun, counted, read, write) = match council {
        Some(_) => (
            "figure",
            "figures",
            "SELECT value FROM cells WHERE council_id = ?1 AND year = ?2 AND field = ?3",
            "INSERT OR REPLACE INTO cells (council_id, year, field, value, source_id, row) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        ),
        None => (
            "national figure",
            "national figures",
            "SELECT value FROM national_cells WHERE ?1 IS NULL AND year = ?2 AND field = ?3",
            "INSERT OR REPLACE INTO national_cells (year, field, value, source_id, row) VALUES (?2, ?3, ?4, ?5, ?6)",
        ),
    };
    for (field, value) in cells {
        let mut statement = log.tx.prepare_cached(read)?;
        let before: Option<f64> = statement.query_row(params![council, year, field], |row| row.get(0)).optional()?;
        match before {
            Some(same) if same.to_bits() == value.to_bits() => {
                log.unchanged();
                continue;
            }
            Some(other) => log.changed(&Change {
                noun,
                council,
                year: Some(year),
                what: field.clone(),
                old: Some(other.to_string()),
                new: Some(value.to_string()),
            })?,
            None => log.added(counted, Some(year)),
        }
        log.tx.prepare_cached(write)?.execute(params![council, year, field, value, source, location.row])?;
    }
    Ok(())
}
