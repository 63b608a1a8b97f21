//! Writing the cells of the yearly tables.

use rusqlite::{OptionalExtension, params};

use super::log::{Change, Log};
use crate::db::error::DbError;
use crate::domain::council::CouncilId;
use crate::domain::location::Location;
use crate::domain::record::{LetterRecord, NationalRecord, StatisticsRecord};
use crate::domain::year::ReportingYear;

/// Adds or changes cells of councils; a value that is already known keeps its first source.
pub(super) fn councils(log: &mut Log<'_>, rows: &[StatisticsRecord]) -> Result<(), DbError> {
    for record in log.each("Writing figures", rows) {
        let place = (&record.location, record.source_url.as_deref());
        give_way(log, record)?;
        cells(log, Some(record.council), record.year, &record.cells, place)?;
    }
    Ok(())
}

/// Adds the figures that only a letter prints.
pub(super) fn of_letter(log: &mut Log<'_>, record: &LetterRecord) -> Result<(), DbError> {
    if record.figures.is_empty() {
        return Ok(());
    }
    cells(log, Some(record.council), record.year, &record.figures, (&record.location, record.url.as_deref()))
}

/// A table is better evidence than a letter that was read by a program: where it differs from one, nothing of the letter stays
/// beside it.
fn give_way(log: &mut Log<'_>, record: &StatisticsRecord) -> Result<(), DbError> {
    let mut statement = log.tx.prepare_cached(
        "SELECT field, value FROM cells JOIN sources ON sources.id = source_id JOIN releases ON releases.id = release_id
         WHERE council_id = ?1 AND year = ?2 AND kind = 'letters'",
    )?;
    let printed: Vec<(String, f64)> = statement
        .query_map(params![record.council.0, record.year], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let of_table = |field: &str| record.cells.iter().find(|(name, _)| name == field).map(|(_, value)| *value);
    let differs =
        printed.iter().any(|(field, value)| of_table(field).is_some_and(|table| table.to_bits() != value.to_bits()));
    if !differs {
        return Ok(());
    }
    for (field, value) in printed.iter().filter(|(field, _)| of_table(field).is_none()) {
        log.tx
            .prepare_cached("DELETE FROM cells WHERE council_id = ?1 AND year = ?2 AND field = ?3")?
            .execute(params![record.council.0, record.year, field])?;
        log.changed(&Change {
            noun: "figure",
            council: Some(record.council),
            year: Some(record.year),
            what: field.clone(),
            old: Some(format!("{value} (only in the letter)")),
            new: None,
        })?;
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
