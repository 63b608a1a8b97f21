//! Reading figures with their sources: the rows that pages, JSON and CSV repeat.

use rusqlite::{Connection, Row, params};

use super::error::{DbError, parsed};
use super::sources;
pub use super::sources::Source;
use crate::domain::compare::Verdict;
use crate::domain::council::{CouncilId, CouncilKind};
use crate::domain::figure::{Figure, FigureValue, SimilarAverage};
use crate::domain::interval::Interval;
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;

/// A figure, its year and its source.
#[derive(Clone, Debug, PartialEq)]
pub struct SourcedFigure {
    /// The year.
    pub year: ReportingYear,
    /// The figure.
    pub figure: Figure,
    /// Where it came from.
    pub source: Option<Source>,
}

const COLUMNS: &str = "f.council_id, f.year, f.measure, f.numerator, f.denominator, f.late, f.state, f.value, f.published_value,
    f.low, f.high, f.similar_published, f.similar_computed, f.similar_group, f.similar_count, f.similar_with_counts, f.verdict,
    r.key, r.title, ifnull(s.url, r.source_url), r.published_at, r.synthetic, s.file, s.sheet, f.row";
const JOINS: &str = "figures f LEFT JOIN sources s ON s.id = f.source_id LEFT JOIN releases r ON r.id = s.release_id";

/// The figures of one council, all years, oldest first, measures in the order of the letter.
pub fn of_council(conn: &Connection, council: CouncilId) -> Result<Vec<SourcedFigure>, DbError> {
    let mut figures =
        collect(conn, &format!("SELECT {COLUMNS} FROM {JOINS} WHERE f.council_id = ?1"), params![council.0])?;
    figures.sort_by_key(|one| (one.year, one.figure.measure));
    Ok(figures)
}

/// The figures of all councils for one measure and year.
pub fn of_year(conn: &Connection, measure: Measure, year: ReportingYear) -> Result<Vec<SourcedFigure>, DbError> {
    collect(
        conn,
        &format!("SELECT {COLUMNS} FROM {JOINS} WHERE f.year = ?1 AND f.measure = ?2"),
        params![year.to_string(), measure.word()],
    )
}

/// All figures of one year.
pub fn all_of_year(conn: &Connection, year: ReportingYear) -> Result<Vec<SourcedFigure>, DbError> {
    collect(conn, &format!("SELECT {COLUMNS} FROM {JOINS} WHERE f.year = ?1"), params![year.to_string()])
}

/// Years with any figure, oldest first.
pub fn years(conn: &Connection) -> Result<Vec<ReportingYear>, DbError> {
    let mut statement = conn.prepare_cached("SELECT DISTINCT year FROM figures ORDER BY year")?;
    let mut rows = statement.query([])?;
    let mut years = Vec::new();
    while let Some(row) = rows.next()? {
        years.push(parsed(ReportingYear::parse(&row.get::<_, String>(0)?))?);
    }
    Ok(years)
}

/// The cells of a council with a prefix (`received_`, `decided_`) or exact names, by year.
pub fn cells(conn: &Connection, council: CouncilId) -> Result<Vec<(ReportingYear, String, f64)>, DbError> {
    let mut statement =
        conn.prepare_cached("SELECT year, field, value FROM cells WHERE council_id = ?1 ORDER BY year, field")?;
    let mut rows = statement.query([council.0])?;
    let mut cells = Vec::new();
    while let Some(row) = rows.next()? {
        cells.push((parsed(ReportingYear::parse(&row.get::<_, String>(0)?))?, row.get(1)?, row.get(2)?));
    }
    Ok(cells)
}

fn collect(conn: &Connection, sql: &str, values: impl rusqlite::Params) -> Result<Vec<SourcedFigure>, DbError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(values)?;
    let mut figures = Vec::new();
    while let Some(row) = rows.next()? {
        figures.push(figure(row)?);
    }
    Ok(figures)
}

fn figure(row: &Row<'_>) -> Result<SourcedFigure, DbError> {
    let value = match (row.get::<_, String>(6)?.as_str(), row.get::<_, Option<f64>>(7)?) {
        ("rate", Some(value)) => FigureValue::Rate(value),
        ("nothing-due", _) => FigureValue::NothingDue,
        _ => FigureValue::NotKnown,
    };
    let word: String = row.get(16)?;
    let figure = Figure {
        council: CouncilId(row.get(0)?),
        measure: parsed(Measure::parse(&row.get::<_, String>(2)?))?,
        numerator: row.get(3)?,
        denominator: row.get(4)?,
        late: row.get(5)?,
        value,
        published_value: row.get(8)?,
        interval: row.get::<_, Option<f64>>(9)?.zip(row.get(10)?).map(|(low, high)| Interval { low, high }),
        similar: SimilarAverage {
            published: row.get(11)?,
            computed: row.get(12)?,
            group: parsed(CouncilKind::parse(&row.get::<_, String>(13)?))?,
            count: row.get(14)?,
            with_counts: row.get(15)?,
        },
        verdict: Verdict::parse(&word).ok_or_else(|| DbError::Value(format!("verdict “{word}”")))?,
    };
    let source = sources::read(row, 17)?;
    Ok(SourcedFigure { year: parsed(ReportingYear::parse(&row.get::<_, String>(1)?))?, figure, source })
}
