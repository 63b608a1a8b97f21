//! Reading figures with their sources: the rows that pages, JSON and CSV repeat.

use std::collections::BTreeSet;

use rusqlite::types::FromSql;
use rusqlite::{Connection, Row, ToSql, params};

use super::error::DbError;
use super::sources;
pub use super::sources::Source;
use super::values::row;
use crate::domain::change::Change;
use crate::domain::compare::Verdict;
use crate::domain::council::{CouncilId, CouncilKind};
use crate::domain::figure::{Figure, FigureValue, Pooled, SimilarAverage};
use crate::domain::interval::Interval;
use crate::domain::measure::Measure;
use crate::domain::shrinkage::RankRange;
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

row! {
    struct FigureColumns {
        council: CouncilId = "f.council_id",
        year: ReportingYear = "f.year",
        measure: Measure = "f.measure",
        numerator: Option<u64> = "f.numerator",
        denominator: Option<u64> = "f.denominator",
        residents_year: Option<i16> = "f.residents_year",
        late: Option<u64> = "f.late",
        state: String = "f.state",
        value: Option<f64> = "f.value",
        published_value: Option<f64> = "f.published_value",
        low: Option<f64> = "f.low",
        high: Option<f64> = "f.high",
        similar_published: Option<f64> = "f.similar_published",
        similar_computed: Option<f64> = "f.similar_computed",
        similar_group: CouncilKind = "f.similar_group",
        similar_count: u64 = "f.similar_count",
        similar_with_counts: u64 = "f.similar_with_counts",
        verdict: Verdict = "f.verdict",
        chance_of_mark: Option<f64> = "f.chance_of_mark",
        shrunken: Option<f64> = "f.shrunken",
        rank_best: Option<u64> = "f.rank_best",
        rank_worst: Option<u64> = "f.rank_worst",
        rank_of: Option<u64> = "f.rank_of",
        pooled_years: Option<u64> = "f.pooled_years",
        pooled_numerator: Option<u64> = "f.pooled_numerator",
        pooled_denominator: Option<u64> = "f.pooled_denominator",
        pooled_low: Option<f64> = "f.pooled_low",
        pooled_high: Option<f64> = "f.pooled_high",
        pooled_verdict: Option<Verdict> = "f.pooled_verdict",
        change_since: Option<ReportingYear> = "f.change_since",
        change_verdict: Option<Verdict> = "f.change_verdict",
        change_against_group: Option<Verdict> = "f.change_against_group",
    }
}

/// Figures with the columns of their sources and the row in it.
fn select() -> String {
    format!(
        "SELECT {}, {}, f.row FROM figures f LEFT JOIN sources s ON s.id = f.source_id
         LEFT JOIN releases r ON r.id = s.release_id",
        FigureColumns::COLUMNS,
        sources::COLUMNS
    )
}

/// The figures of one council, all years, oldest first, measures in the order of the letter.
pub fn of_council(conn: &Connection, council: CouncilId) -> Result<Vec<SourcedFigure>, DbError> {
    let mut figures = collect(conn, &format!("{} WHERE f.council_id = ?1", select()), params![council])?;
    figures.sort_by_key(|one| (one.year, one.figure.measure));
    Ok(figures)
}

/// The figures of one council for one measure, oldest first.
pub fn of_council_and_measure(
    conn: &Connection,
    council: CouncilId,
    measure: Measure,
) -> Result<Vec<SourcedFigure>, DbError> {
    let mut figures =
        collect(conn, &format!("{} WHERE f.council_id = ?1 AND f.measure = ?2", select()), params![council, measure])?;
    figures.sort_by_key(|one| one.year);
    Ok(figures)
}

/// The condition that leaves out councils which had ended before the year: they stand outside averages and maps, and only
/// on their own pages. Who existed is one of its own group, so the group of nobody else is empty.
pub(super) const EXISTED: &str = "similar_count > 0";

/// The figures of all councils that existed in the year, for one measure.
pub fn of_year(conn: &Connection, measure: Measure, year: ReportingYear) -> Result<Vec<SourcedFigure>, DbError> {
    collect(conn, &format!("{} WHERE f.year = ?1 AND f.measure = ?2 AND f.{EXISTED}", select()), params![year, measure])
}

/// All figures of one year, of the councils that existed in it.
pub fn all_of_year(conn: &Connection, year: ReportingYear) -> Result<Vec<SourcedFigure>, DbError> {
    collect(conn, &format!("{} WHERE f.year = ?1 AND f.{EXISTED}", select()), params![year])
}

/// A council, a measure or year, the count, and what it is a share of where that is known.
pub type CountRow<K> = (CouncilId, K, u64, Option<u64>);

/// The counts of every measure of a year, council by council.
pub fn counts_of_year(conn: &Connection, year: ReportingYear) -> Result<Vec<CountRow<Measure>>, DbError> {
    counts_by(conn, "measure", "year", year)
}

/// The counts of a measure in every year, council by council.
pub fn counts_of_measure(conn: &Connection, measure: Measure) -> Result<Vec<CountRow<ReportingYear>>, DbError> {
    counts_by(conn, "year", "measure", measure)
}

/// The counts of the figures with a value in a column, by council and another column.
fn counts_by<K: FromSql>(
    conn: &Connection,
    key: &str,
    column: &str,
    value: impl ToSql,
) -> Result<Vec<CountRow<K>>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT council_id, {key}, numerator, denominator FROM figures
         WHERE {column} = ?1 AND numerator IS NOT NULL AND {EXISTED}"
    ))?;
    let mut rows = statement.query([value])?;
    let mut counts = Vec::new();
    while let Some(row) = rows.next()? {
        counts.push((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    }
    Ok(counts)
}

/// How many councils have each verdict on each measure of a year.
pub fn verdicts(conn: &Connection, year: ReportingYear) -> Result<Vec<(Measure, Verdict, u64)>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT measure, verdict, count(*) FROM figures WHERE year = ?1 AND {EXISTED} GROUP BY 1, 2"
    ))?;
    let mut rows = statement.query([year])?;
    let mut counts = Vec::new();
    while let Some(row) = rows.next()? {
        counts.push((row.get(0)?, row.get(1)?, row.get(2)?));
    }
    Ok(counts)
}

/// Councils with the years for which figures of them were printed after their end.
pub fn after_the_end(conn: &Connection) -> Result<BTreeSet<(CouncilId, ReportingYear)>, DbError> {
    let mut statement = conn.prepare_cached("SELECT DISTINCT council_id, year FROM figures WHERE similar_count = 0")?;
    let mut rows = statement.query([])?;
    let mut years = BTreeSet::new();
    while let Some(row) = rows.next()? {
        years.insert((row.get(0)?, row.get(1)?));
    }
    Ok(years)
}

/// Years with any figure of a council that existed, oldest first.
pub fn years(conn: &Connection) -> Result<Vec<ReportingYear>, DbError> {
    let mut statement =
        conn.prepare_cached(&format!("SELECT DISTINCT year FROM figures WHERE {EXISTED} ORDER BY year"))?;
    let mut rows = statement.query([])?;
    let mut years = Vec::new();
    while let Some(row) = rows.next()? {
        years.push(row.get(0)?);
    }
    Ok(years)
}

/// The cells of a council with a prefix (`received_`, `decided_`) or exact names, by year.
pub fn cells(conn: &Connection, council: CouncilId) -> Result<Vec<(ReportingYear, String, f64)>, DbError> {
    let mut statement =
        conn.prepare_cached("SELECT year, field, value FROM cells WHERE council_id = ?1 ORDER BY year, field")?;
    let mut rows = statement.query([council])?;
    let mut cells = Vec::new();
    while let Some(row) = rows.next()? {
        cells.push((row.get(0)?, row.get(1)?, row.get(2)?));
    }
    Ok(cells)
}

/// The cells of one council and year that a table gave: those that only a letter printed are left out.
pub fn cells_of_tables(
    conn: &Connection,
    council: CouncilId,
    year: ReportingYear,
) -> Result<Vec<(String, f64)>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT field, value FROM cells JOIN sources ON sources.id = source_id JOIN releases ON releases.id = release_id
         WHERE council_id = ?1 AND year = ?2 AND kind <> 'letters' ORDER BY field",
    )?;
    let rows = statement.query_map(params![council, year], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
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
    let one = FigureColumns::read(row, 0)?;
    let figure = Figure {
        council: one.council,
        measure: one.measure,
        numerator: one.numerator,
        denominator: one.denominator,
        residents_year: one.residents_year,
        late: one.late,
        value: match (one.state.as_str(), one.value) {
            ("rate", Some(value)) => FigureValue::Rate(value),
            ("nothing-due", _) => FigureValue::NothingDue,
            _ => FigureValue::NotKnown,
        },
        published_value: one.published_value,
        interval: one.low.zip(one.high).map(|(low, high)| Interval { low, high }),
        similar: SimilarAverage {
            published: one.similar_published,
            computed: one.similar_computed,
            group: one.similar_group,
            count: one.similar_count,
            with_counts: one.similar_with_counts,
        },
        verdict: one.verdict,
        chance_of_mark: one.chance_of_mark,
        shrunken: one.shrunken,
        rank_range: rank_range(&one),
        pooled: pooled(&one),
        change: change(&one),
    };
    Ok(SourcedFigure { year: one.year, figure, source: sources::read(row, FigureColumns::WIDTH)? })
}

fn rank_range(one: &FigureColumns) -> Option<RankRange> {
    Some(RankRange { best: one.rank_best?, worst: one.rank_worst?, of: one.rank_of? })
}

fn pooled(one: &FigureColumns) -> Option<Pooled> {
    Some(Pooled {
        years: one.pooled_years?,
        numerator: one.pooled_numerator?,
        denominator: one.pooled_denominator?,
        interval: one.pooled_low.zip(one.pooled_high).map(|(low, high)| Interval { low, high }),
        verdict: one.pooled_verdict?,
    })
}

fn change(one: &FigureColumns) -> Option<Change> {
    Some(Change { since: one.change_since?, verdict: one.change_verdict?, against_group: one.change_against_group? })
}
