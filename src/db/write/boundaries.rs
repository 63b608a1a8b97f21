//! Writing the frame of the map: polygons and the postcode table. Both replace what was there.

use rusqlite::{OptionalExtension, params};

use super::log::{Change, Log};
use crate::db::error::DbError;
use crate::domain::record::BoundaryRecord;

pub(super) fn replace(log: &mut Log<'_>, rows: &[BoundaryRecord]) -> Result<(), DbError> {
    let before: i64 = log.tx.query_row("SELECT count(*) FROM boundaries", [], |row| row.get(0))?;
    let mut kept: i64 = 0;
    for row in rows {
        let from = row.valid_from.map(|date| date.to_string());
        let to = row.valid_to.map(|date| date.to_string());
        let same: i64 = log
            .tx
            .prepare_cached(
                "SELECT count(*) FROM boundaries WHERE code = ?1 AND ifnull(valid_from, '') = ifnull(?2, '')
                    AND ifnull(valid_to, '') = ifnull(?3, '') AND geometry = ?4",
            )?
            .query_row(params![row.code.as_str(), from, to, row.geometry], |found| found.get(0))?;
        kept += same;
    }
    if kept == before && usize::try_from(before).is_ok_and(|before| before == rows.len()) {
        for _ in rows {
            log.unchanged();
        }
        return Ok(());
    }
    if before > 0 {
        log.changed(&Change {
            noun: "boundaries",
            council: None,
            year: None,
            what: "replaced as a whole".to_owned(),
            old: Some(before.to_string()),
            new: Some(rows.len().to_string()),
        })?;
    }
    log.tx.execute("DELETE FROM boundaries", [])?;
    for row in rows {
        log.added("boundaries", None);
        log.tx
            .prepare_cached("INSERT INTO boundaries (code, valid_from, valid_to, geometry) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![
                row.code.as_str(),
                row.valid_from.map(|date| date.to_string()),
                row.valid_to.map(|date| date.to_string()),
                row.geometry
            ])?;
    }
    Ok(())
}

pub(super) fn replace_postcodes(log: &mut Log<'_>, bytes: &[u8]) -> Result<(), DbError> {
    let before: Option<Vec<u8>> =
        log.tx.query_row("SELECT bytes FROM blobs WHERE name = 'postcodes'", [], |row| row.get(0)).optional()?;
    if before.as_deref() == Some(bytes) {
        log.unchanged();
        return Ok(());
    }
    log.added("postcode tables", None);
    log.tx.execute("INSERT OR REPLACE INTO blobs (name, bytes) VALUES ('postcodes', ?1)", [bytes])?;
    Ok(())
}
