//! Writing the frame of the map: polygons and postcodes.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, params};

use super::log::{Change, Log};
use crate::db::error::DbError;
use crate::db::releases::{FORMER_POSTCODES, POSTCODES};
use crate::domain::record::{BoundaryRecord, PostcodeRecord};

/// First day, day after the last, and geometry of a polygon as it is stored.
type Stored = (Option<String>, Option<String>, String);

/// Writes polygons: each takes the place of all that its code had. Those of other codes stay, so that councils which have
/// ended keep theirs, and a file may hold no more than what is new.
pub(super) fn replace(log: &mut Log<'_>, rows: &[BoundaryRecord]) -> Result<(), DbError> {
    let mut by_code: BTreeMap<&str, Vec<Stored>> = BTreeMap::new();
    for row in rows {
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
        let stored = (day(row.valid_from), day(row.valid_to), row.geometry.clone());
        by_code.entry(row.code.as_str()).or_default().push(stored);
    }
    let (mut redrawn_before, mut redrawn_since) = (0, 0);
    for code in under_another_code(log, &by_code)? {
        redrawn_before += log.tx.prepare_cached("DELETE FROM boundaries WHERE code = ?1")?.execute([code])?;
    }
    for (code, mut polygons) in by_code {
        polygons.sort();
        let mut before = stored(log, code)?;
        before.sort();
        if before == polygons {
            for _ in &polygons {
                log.unchanged();
            }
            continue;
        }
        if before.is_empty() {
            for _ in &polygons {
                log.added("boundaries", None);
            }
        } else {
            redrawn_before += before.len();
            redrawn_since += polygons.len();
        }
        log.tx.prepare_cached("DELETE FROM boundaries WHERE code = ?1")?.execute([code])?;
        for (from, to, geometry) in polygons {
            log.tx
                .prepare_cached(
                    "INSERT INTO boundaries (code, valid_from, valid_to, geometry) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![code, from, to, geometry])?;
        }
    }
    if redrawn_before > 0 {
        log.changed(&Change {
            noun: "boundaries",
            council: None,
            year: None,
            what: "drawn anew".to_owned(),
            old: Some(redrawn_before.to_string()),
            new: Some(redrawn_since.to_string()),
        })?;
    }
    Ok(())
}

/// Codes with polygons whose council the file draws under another of its codes.
fn under_another_code(log: &Log<'_>, by_code: &BTreeMap<&str, Vec<Stored>>) -> Result<BTreeSet<String>, DbError> {
    let mut statement = log.tx.prepare_cached(
        "SELECT DISTINCT b.code FROM council_codes own JOIN council_codes other ON other.council_id = own.council_id
         JOIN boundaries b ON b.code = other.code WHERE own.code = ?1",
    )?;
    let mut found = BTreeSet::new();
    for code in by_code.keys() {
        let codes = statement.query_map([code], |row| row.get::<_, String>(0))?;
        for other in codes {
            let other = other?;
            if !by_code.contains_key(other.as_str()) {
                found.insert(other);
            }
        }
    }
    Ok(found)
}

fn stored(log: &Log<'_>, code: &str) -> Result<Vec<Stored>, DbError> {
    let mut statement =
        log.tx.prepare_cached("SELECT valid_from, valid_to, geometry FROM boundaries WHERE code = ?1")?;
    let rows = statement.query_map([code], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes the tables of postcodes.
pub(super) fn postcodes(log: &mut Log<'_>, record: &PostcodeRecord) -> Result<(), DbError> {
    let tables = [(POSTCODES, Some(&record.table)), (FORMER_POSTCODES, record.former.as_ref())];
    let mut changed = false;
    for (name, bytes) in tables.into_iter().filter_map(|(name, bytes)| Some((name, bytes?))) {
        let before: Option<Vec<u8>> =
            log.tx.query_row("SELECT bytes FROM blobs WHERE name = ?1", [name], |row| row.get(0)).optional()?;
        if before.as_ref() != Some(bytes) {
            log.tx.execute("INSERT OR REPLACE INTO blobs (name, bytes) VALUES (?1, ?2)", params![name, bytes])?;
            changed = true;
        }
    }
    if changed {
        log.added("postcode tables", None);
    } else {
        log.unchanged();
    }
    Ok(())
}
