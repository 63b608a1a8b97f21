//! Reading the national series.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::error::{DbError, parsed};
use crate::domain::year::ReportingYear;

/// The national figures of each year by canonical column.
pub type NationalSeries = BTreeMap<ReportingYear, BTreeMap<String, f64>>;

/// The whole series.
pub fn series(conn: &Connection) -> Result<NationalSeries, DbError> {
    let mut statement = conn.prepare_cached("SELECT year, field, value FROM national_cells")?;
    let mut rows = statement.query([])?;
    let mut series = NationalSeries::new();
    while let Some(row) = rows.next()? {
        let year = parsed(ReportingYear::parse(&row.get::<_, String>(0)?))?;
        series.entry(year).or_default().insert(row.get(1)?, row.get(2)?);
    }
    Ok(series)
}
