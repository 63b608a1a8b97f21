//! Reading boundary polygons.

use rusqlite::Connection;

use super::councils::day;
use super::error::{DbError, parsed};
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
            code: parsed(GssCode::parse(&row.get::<_, String>(0)?))?,
            valid_from: day(row.get(1)?)?,
            valid_to: day(row.get(2)?)?,
            geometry: row.get(3)?,
        });
    }
    Ok(boundaries)
}
