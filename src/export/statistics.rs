//! All figures of a council, every year, as JSON and CSV.

use schemars::JsonSchema;
use serde::Serialize;

use super::councils::{self, CouncilBrief};
use super::csv::{Cell, Table};
use super::figure::{self, FigureJson, SourceJson, State};
use super::replies::{self, ReplyJson};
use super::word::{Word, Worded};
use crate::db::sources::Source;
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;
use crate::read::count_tables::{CountRow, CountTable};
use crate::read::statistics::{Funnel, MeasureHistory, StatisticsPage};

/// All rates and counts of a council, with the funnels behind the charts.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Statistics")]
pub struct StatisticsJson<'a> {
    council: CouncilBrief<'a>,
    measures: Vec<OfMeasure<'a>>,
    received: Vec<Received<'a>>,
    decided: Vec<Decided<'a>>,
    replies: Vec<ReplyJson<'a>>,
    synthetic: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct OfMeasure<'a> {
    measure: Word<Measure>,
    term: &'static str,
    /// What the years say together, in sentences.
    history: &'a [String],
    years: Vec<OfYear<'a>>,
    breaks: Vec<Break>,
    funnel: Option<FunnelJson>,
}

/// A figure; where nothing is loaded, only which one and that it is not known.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
#[serde(untagged)]
enum OfYear<'a> {
    Figure(Box<FigureJson<'a>>),
    NotKnown { measure: Word<Measure>, year: String, state: Word<State> },
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Break {
    before: String,
    what: &'static str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct FunnelJson {
    year: String,
    expected: f64,
    limits: Vec<Limits>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Limits {
    cases: u64,
    limits_95: [f64; 2],
    limits_99_8: [f64; 2],
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Received<'a> {
    areas: Vec<Part<'a>>,
    #[serde(flatten)]
    year: YearOfCounts<'a>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Decided<'a> {
    outcomes: Vec<Part<'a>>,
    #[serde(flatten)]
    year: YearOfCounts<'a>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Part<'a> {
    key: &'a str,
    label: &'a str,
    count: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct YearOfCounts<'a> {
    year: String,
    total: Option<u64>,
    sum_of_known_parts: Option<u64>,
    check: &'static str,
    sources: Vec<SourceJson<'a>>,
}

/// Rates, counts and the funnels behind the charts.
pub fn json(page: &StatisticsPage) -> StatisticsJson<'_> {
    let received = page.received.iter().flat_map(years);
    let decided = page.decided.iter().flat_map(years);
    StatisticsJson {
        council: councils::brief(&page.council),
        measures: page.measures.iter().map(|one| measure(one, page.synthetic)).collect(),
        received: received.map(|(areas, year)| Received { areas, year }).collect(),
        decided: decided.map(|(outcomes, year)| Decided { outcomes, year }).collect(),
        replies: replies::json(&page.replies, page.synthetic),
        synthetic: page.synthetic,
    }
}

fn measure(history: &MeasureHistory, synthetic: bool) -> OfMeasure<'_> {
    let years = history.years.iter().map(|(year, one)| match one {
        Some(one) => OfYear::Figure(Box::new(figure::json(one, synthetic))),
        None => {
            OfYear::NotKnown { measure: Word(history.measure), year: year.to_string(), state: Word(State::NotKnown) }
        }
    });
    let breaks = history
        .years
        .iter()
        .filter_map(|(year, _)| year.break_before().map(|what| Break { before: year.to_string(), what }));
    OfMeasure {
        measure: Word(history.measure),
        term: history.measure.term(),
        history: &history.history,
        years: years.collect(),
        breaks: breaks.collect(),
        funnel: history.funnel.as_ref().map(funnel),
    }
}

fn funnel(funnel: &Funnel) -> FunnelJson {
    let thousandth = |share: f64| (share * 100_000.0).round() / 1000.0;
    let limits = funnel.limits.iter().map(|one| Limits {
        cases: one.cases,
        limits_95: [thousandth(one.inner.0), thousandth(one.inner.1)],
        limits_99_8: [thousandth(one.outer.0), thousandth(one.outer.1)],
    });
    FunnelJson { year: funnel.year.to_string(), expected: thousandth(funnel.expected), limits: limits.collect() }
}

/// The parts of each year, and the rest of it.
fn years(table: &CountTable) -> impl Iterator<Item = (Vec<Part<'_>>, YearOfCounts<'_>)> {
    table.years.iter().zip(&table.totals).enumerate().map(|(place, (year, total))| {
        let count = |row: &CountRow| row.counts.get(place).copied().flatten();
        let parts = table.rows.iter().map(|row| Part { key: &row.key, label: &row.label, count: count(row) });
        let sources = table.sources.iter().filter(|(of, _)| of == year);
        let year = YearOfCounts {
            year: year.to_string(),
            total: total.stated,
            sum_of_known_parts: total.sum,
            check: total.check().as_str(),
            sources: sources.map(|(_, source)| figure::source(source)).collect(),
        };
        (parts.collect(), year)
    })
}

/// The source of a year's counts; of several none is named, since each count has its own in `cells.csv`.
fn only_source(table: &CountTable, year: ReportingYear) -> Option<&Source> {
    let mut found = table.sources.iter().filter(|(of, _)| *of == year).map(|(_, source)| source);
    found.next().filter(|_| found.next().is_none())
}

/// One row for each rate and each count of each year.
pub fn csv(page: &StatisticsPage) -> Table {
    let mut header = councils::COLUMNS.to_vec();
    header.extend(["table", "key", "label", "count"]);
    header.extend(figure::COLUMNS);
    let council = &page.council;
    let start = |table: &str, key: &str, label: &str, count: Option<u64>| {
        let mut cells = councils::cells(council).to_vec();
        cells.extend([Cell::text(table), Cell::text(key), Cell::text(label), Cell::number(count)]);
        cells
    };
    let mut rows = Vec::new();
    for history in &page.measures {
        for (year, one) in &history.years {
            let mut row = start("rates", history.measure.as_str(), history.measure.term(), None);
            row.extend(match one {
                Some(one) => figure::cells(one, page.synthetic),
                None => figure::no_cells(year.to_string(), history.measure.as_str(), page.synthetic),
            });
            rows.push(row);
        }
    }
    for (name, tables) in [("received", &page.received), ("decided", &page.decided)] {
        for one in counts(tables) {
            let mut row = start(name, one.key, one.label, one.count);
            row.extend(figure::count_cells(one.year.to_string(), one.count, one.source, page.synthetic));
            rows.push(row);
        }
    }
    Table { header, rows }
}

/// The sheets of complaints received by area and decided by outcome, where there are any.
pub fn sheets(page: &StatisticsPage) -> Vec<(&'static str, Table)> {
    let tables = [("Received by area", &page.received), ("Decided by outcome", &page.decided)];
    let filled = tables.into_iter().filter(|(_, tables)| !tables.is_empty());
    filled.map(|(name, tables)| (name, count_sheet(tables, page.synthetic))).collect()
}

fn count_sheet(tables: &[CountTable], synthetic: bool) -> Table {
    let rows = counts(tables)
        .map(|one| {
            vec![
                Cell::text(one.year.to_string()),
                Cell::text(one.key),
                Cell::text(one.label),
                Cell::number(one.count),
                Cell::text(figure::count_state(one.count).as_str()),
                Cell::flag(synthetic),
            ]
        })
        .collect();
    Table { header: vec!["year", "key", "label", "count", "state", "synthetic"], rows }
}

/// The count of a label in a year.
struct Counted<'a> {
    year: ReportingYear,
    key: &'a str,
    label: &'a str,
    count: Option<u64>,
    source: Option<&'a Source>,
}

/// Every count, the stated total of each year after its parts.
fn counts(tables: &[CountTable]) -> impl Iterator<Item = Counted<'_>> {
    tables.iter().flat_map(|table| {
        table.years.iter().zip(&table.totals).enumerate().flat_map(|(place, (year, total))| {
            let source = only_source(table, *year);
            let count = move |row: &CountRow| row.counts.get(place).copied().flatten();
            let parts = table.rows.iter().map(move |row| Counted {
                year: *year,
                key: &row.key,
                label: &row.label,
                count: count(row),
                source,
            });
            parts.chain([Counted { year: *year, key: "total", label: "Total", count: total.stated, source }])
        })
    })
}
