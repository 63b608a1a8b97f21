//! Reading the national series.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::{Connection, params};

use super::error::DbError;
use super::figures::EXISTED;
use crate::domain::area::AreaCounts;
use crate::domain::council::CouncilKind;
use crate::domain::decision::Category;
use crate::domain::field::{CellKind, kind_of};
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;

/// The national figures of each year by canonical column.
pub type NationalSeries = BTreeMap<ReportingYear, BTreeMap<String, f64>>;

/// The whole series.
pub fn series(conn: &Connection) -> Result<NationalSeries, DbError> {
    let mut statement = conn.prepare_cached("SELECT year, field, value FROM national_cells")?;
    let mut rows = statement.query([])?;
    let mut series = NationalSeries::new();
    while let Some(row) = rows.next()? {
        series.entry(row.get(0)?).or_default().insert(row.get(1)?, row.get(2)?);
    }
    Ok(series)
}

/// A column of the yearly tables added up over the councils of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct CellSum {
    /// The kind of council.
    pub kind: CouncilKind,
    /// The canonical column.
    pub field: String,
    /// The sum.
    pub sum: f64,
    /// How many councils have the column.
    pub councils: u64,
}

/// The counts of a year, added up by kind of council, of those that existed in it; rates and averages cannot be added.
pub fn cell_sums(conn: &Connection, year: ReportingYear) -> Result<Vec<CellSum>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT kind, field, sum(value), count(*) FROM cells JOIN councils ON councils.id = council_id
         WHERE year = ?1 AND (active_to IS NULL OR active_to > substr(year, 1, 4) || '-04-01') GROUP BY 1, 2",
    )?;
    let mut rows = statement.query([year])?;
    let mut sums = Vec::new();
    while let Some(row) = rows.next()? {
        let field: String = row.get(1)?;
        if kind_of(&field) == Some(CellKind::Count) {
            sums.push(CellSum { kind: row.get(0)?, field, sum: row.get(2)?, councils: row.get(3)? });
        }
    }
    Ok(sums)
}

/// One column of the yearly tables added up over all councils: the year, the sum, how many councils have it.
pub fn column_by_year(conn: &Connection, field: &str) -> Result<Vec<(ReportingYear, f64, u64)>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT year, sum(value), count(*) FROM cells JOIN councils ON councils.id = council_id
         WHERE field = ?1 AND (active_to IS NULL OR active_to > substr(year, 1, 4) || '-04-01')
         GROUP BY year ORDER BY year",
    )?;
    let mut rows = statement.query([field])?;
    let mut years = Vec::new();
    while let Some(row) = rows.next()? {
        years.push((row.get(0)?, row.get(1)?, row.get(2)?));
    }
    Ok(years)
}

/// The counts behind one measure, added up over one kind of council.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PooledCounts {
    /// The kind of council.
    pub kind: CouncilKind,
    /// The measure.
    pub measure: Measure,
    /// The counts added up, with how many councils have them; how many councils there are is not known here.
    pub counts: AreaCounts,
}

/// The counts behind all measures of a year by kind of council.
pub fn pooled(conn: &Connection, year: ReportingYear) -> Result<Vec<PooledCounts>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT similar_group, measure, count(*), sum(numerator), count(denominator),
             coalesce(sum(numerator) FILTER (WHERE denominator IS NOT NULL), 0), coalesce(sum(denominator), 0)
         FROM figures WHERE year = ?1 AND numerator IS NOT NULL AND {EXISTED} GROUP BY 1, 2",
    ))?;
    let mut rows = statement.query([year])?;
    let mut pooled = Vec::new();
    while let Some(row) = rows.next()? {
        pooled.push(PooledCounts {
            kind: row.get(0)?,
            measure: row.get(1)?,
            counts: AreaCounts {
                with_counts: row.get(2)?,
                numerator: row.get(3)?,
                with_rates: row.get(4)?,
                rate_numerator: row.get(5)?,
                denominator: row.get(6)?,
                ..AreaCounts::default()
            },
        });
    }
    Ok(pooled)
}

/// The subjects in which fault was found most often, among published decisions of a span of days.
pub fn faults(
    conn: &Connection,
    from: Date,
    to: Date,
    most: u32,
) -> Result<Vec<(Category, Option<String>, u64)>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT category, subcategory, count(*) FROM decisions WHERE outcome = 'upheld' AND decision_date BETWEEN ?1 AND ?2
         GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ?3",
    )?;
    let mut rows = statement.query(params![from, to, most])?;
    let mut faults = Vec::new();
    while let Some(row) = rows.next()? {
        faults.push((row.get(0)?, row.get(1)?, row.get(2)?));
    }
    Ok(faults)
}
