//! Reading boundary polygons.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::error::DbError;
use crate::domain::council::GssCode;
use crate::domain::record::BoundaryRecord;

/// All polygons of the file.
pub fn all(conn: &Connection) -> Result<Vec<BoundaryRecord>, DbError> {
    let mut statement =
        conn.prepare("SELECT code, valid_from, valid_to, geometry FROM boundaries ORDER BY code, valid_from")?;
    let mut rows = statement.query([])?;
    let mut boundaries = Vec::new();
    while let Some(row) = rows.next()? {
        boundaries.push(BoundaryRecord {
            code: row.get(0)?,
            valid_from: row.get(1)?,
            valid_to: row.get(2)?,
            geometry: row.get(3)?,
        });
    }
    Ok(boundaries)
}

/// The codes that have a polygon.
pub fn codes(conn: &Connection) -> Result<BTreeSet<GssCode>, DbError> {
    let mut statement = conn.prepare("SELECT DISTINCT code FROM boundaries")?;
    let mut rows = statement.query([])?;
    let mut codes = BTreeSet::new();
    while let Some(row) = rows.next()? {
        codes.insert(row.get(0)?);
    }
    Ok(codes)
}
