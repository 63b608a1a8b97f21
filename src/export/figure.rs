//! A figure as JSON and as cells: one shape everywhere.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Number;

use super::csv::Cell;
use super::word::{Word, Worded};
use crate::db::figures::{Source, SourcedFigure};
use crate::domain::compare::Verdict;
use crate::domain::council::CouncilKind;
use crate::domain::figure::{Figure, FigureValue, whole};
use crate::domain::format;
use crate::domain::measure::{Measure, Unit};

/// A measure of one council in one year.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Figure")]
pub struct FigureJson<'a> {
    measure: Word<Measure>,
    year: String,
    numerator: Option<u64>,
    denominator: Option<u64>,
    /// The calendar year of the estimate, where the denominator is residents.
    residents_year: Option<i16>,
    late: Option<u64>,
    value: Option<f64>,
    state: Word<State>,
    published_value: Option<Number>,
    /// As the page shows it.
    shown: String,
    interval: Option<[f64; 2]>,
    interval_method: Option<&'static str>,
    similar_average: SimilarAverage,
    verdict: Word<Verdict>,
    /// The rate drawn towards the group's, more strongly the fewer the cases; lists are sorted by it.
    shrunken: Option<f64>,
    /// The highest and the lowest place in the group that can be meant; 1 is the highest rate.
    rank_range: Option<[u64; 2]>,
    /// How many councils of the group are ranked.
    rank_of: Option<u64>,
    pooled: Option<PooledJson>,
    change: Option<ChangeJson>,
    source: Option<SourceJson<'a>>,
    synthetic: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct SimilarAverage {
    published: Option<Number>,
    computed: Option<f64>,
    group: Word<CouncilKind>,
    count: u64,
    with_counts: u64,
}

/// The figure with the one or two years before it that count the same.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct PooledJson {
    /// The reporting years taken together, oldest first.
    years: Vec<String>,
    numerator: u64,
    denominator: u64,
    value: Option<f64>,
    interval: Option<[f64; 2]>,
    verdict: Word<Verdict>,
}

/// Against the year before, where that counts the same.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct ChangeJson {
    since: String,
    verdict: Word<Verdict>,
    /// Whether it rose or fell otherwise than the rest of its group.
    against_group: Word<Verdict>,
}

/// Where a value came from.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Source")]
pub struct SourceJson<'a> {
    title: &'a str,
    url: Option<&'a str>,
    published_on: &'a str,
    synthetic: bool,
    /// As in /changes#RELEASE.
    release: &'a str,
    file: &'a str,
    sheet: Option<&'a str>,
    row: Option<u32>,
}

/// Whether there is a value, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Counted, and none found.
    Zero,
    /// Any other number.
    Number,
    /// 0 of 0.
    NothingDue,
    /// Not loaded here.
    NotKnown,
}

impl Worded for State {
    const NAME: &'static str = "State";
    const ALL: &'static [Self] = &[Self::Zero, Self::Number, Self::NothingDue, Self::NotKnown];

    fn as_str(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::Number => "number",
            Self::NothingDue => "nothing-due",
            Self::NotKnown => "not-known",
        }
    }
}

/// The figure as JSON.
pub fn json(one: &SourcedFigure, synthetic: bool) -> FigureJson<'_> {
    let figure = &one.figure;
    FigureJson {
        measure: Word(figure.measure),
        year: one.year.to_string(),
        numerator: figure.numerator,
        denominator: figure.denominator,
        residents_year: figure.residents_year,
        late: figure.late,
        value: value(figure),
        state: Word(state(figure)),
        published_value: figure.published_value.and_then(plain),
        shown: format::value(figure),
        interval: figure.interval.map(|interval| [tenth(interval.low), tenth(interval.high)]),
        interval_method: method(figure),
        similar_average: SimilarAverage {
            published: figure.similar.published.and_then(plain),
            computed: figure.similar.computed.map(tenth),
            group: Word(figure.similar.group),
            count: figure.similar.count,
            with_counts: figure.similar.with_counts,
        },
        verdict: Word(figure.verdict),
        shrunken: figure.shrunken.map(thousandth),
        rank_range: figure.rank_range.map(|range| [range.best, range.worst]),
        rank_of: figure.rank_range.map(|range| range.of),
        pooled: figure.pooled.as_ref().map(|pooled| PooledJson {
            years: pooled.reporting_years(one.year).map(|year| year.to_string()).collect(),
            numerator: pooled.numerator,
            denominator: pooled.denominator,
            value: pooled.value(figure.measure.unit()).map(thousandth),
            interval: pooled.interval.map(|interval| [tenth(interval.low), tenth(interval.high)]),
            verdict: Word(pooled.verdict),
        }),
        change: figure.change.map(|change| ChangeJson {
            since: change.since.to_string(),
            verdict: Word(change.verdict),
            against_group: Word(change.against_group),
        }),
        source: one.source.as_ref().map(source),
        synthetic,
    }
}

/// Where it came from.
pub fn source(source: &Source) -> SourceJson<'_> {
    SourceJson {
        title: &source.title,
        url: source.url.as_deref(),
        published_on: &source.published_on,
        synthetic: source.synthetic,
        release: &source.release_key,
        file: &source.file,
        sheet: source.sheet.as_deref(),
        row: source.row,
    }
}

/// Names of the columns that `cells` fills.
pub const COLUMNS: [&str; 38] = [
    "year",
    "measure",
    "numerator",
    "denominator",
    "late",
    "value",
    "state",
    "published_value",
    "shown",
    "interval_low",
    "interval_high",
    "interval_method",
    "similar_published",
    "similar_computed",
    "similar_group",
    "verdict",
    "shrunken",
    "rank_best",
    "rank_worst",
    "rank_of",
    "pooled_years",
    "pooled_numerator",
    "pooled_denominator",
    "pooled_value",
    "pooled_low",
    "pooled_high",
    "pooled_verdict",
    "change_since",
    "change_verdict",
    "change_against_group",
    "residents_year",
    "source",
    "source_url",
    "release",
    "file",
    "sheet",
    "row",
    "synthetic",
];

/// The figure as cells in the order of `COLUMNS`.
pub fn cells(one: &SourcedFigure, synthetic: bool) -> Vec<Cell> {
    let figure = &one.figure;
    let mut cells = vec![
        Cell::text(one.year.to_string()),
        Cell::text(figure.measure.as_str()),
        Cell::number(figure.numerator),
        Cell::number(figure.denominator),
        Cell::number(figure.late),
        Cell::number(value(figure)),
        Cell::text(state(figure).as_str()),
        Cell::number(figure.published_value),
        Cell::text(format::value(figure)),
        Cell::number(figure.interval.map(|interval| tenth(interval.low))),
        Cell::number(figure.interval.map(|interval| tenth(interval.high))),
        Cell::maybe(method(figure)),
        Cell::number(figure.similar.published),
        Cell::number(figure.similar.computed.map(tenth)),
        Cell::text(figure.similar.group.as_str()),
        Cell::text(figure.verdict.as_str()),
        Cell::number(figure.shrunken.map(thousandth)),
        Cell::number(figure.rank_range.map(|range| range.best)),
        Cell::number(figure.rank_range.map(|range| range.worst)),
        Cell::number(figure.rank_range.map(|range| range.of)),
    ];
    cells.extend(pooled_cells(figure));
    cells.extend([
        Cell::maybe(figure.change.map(|change| change.since.to_string())),
        Cell::maybe(figure.change.map(|change| change.verdict.as_str())),
        Cell::maybe(figure.change.map(|change| change.against_group.as_str())),
        Cell::number(figure.residents_year),
    ]);
    cells.extend(source_cells(one.source.as_ref()));
    cells.push(Cell::flag(synthetic));
    cells
}

/// The years taken together in the order of `COLUMNS`.
fn pooled_cells(figure: &Figure) -> [Cell; 7] {
    let pooled = figure.pooled.as_ref();
    let interval = pooled.and_then(|pooled| pooled.interval);
    [
        Cell::number(pooled.map(|pooled| pooled.years)),
        Cell::number(pooled.map(|pooled| pooled.numerator)),
        Cell::number(pooled.map(|pooled| pooled.denominator)),
        Cell::number(pooled.and_then(|pooled| pooled.value(figure.measure.unit())).map(thousandth)),
        Cell::number(interval.map(|interval| tenth(interval.low))),
        Cell::number(interval.map(|interval| tenth(interval.high))),
        Cell::maybe(pooled.map(|pooled| pooled.verdict.as_str())),
    ]
}

/// The source in the order of `COLUMNS`.
fn source_cells(source: Option<&Source>) -> [Cell; 6] {
    [
        Cell::maybe(source.map(|source| source.title.clone())),
        Cell::maybe(source.and_then(|source| source.url.clone())),
        Cell::maybe(source.map(|source| source.release_key.clone())),
        Cell::maybe(source.map(|source| source.file.clone())),
        Cell::maybe(source.and_then(|source| source.sheet.clone())),
        Cell::number(source.and_then(|source| source.row)),
    ]
}

/// Cells for a council of which nothing is loaded.
pub fn no_cells(year: String, measure: &str, synthetic: bool) -> Vec<Cell> {
    bare_cells(&year, Some(measure), State::NotKnown, None, synthetic)
}

/// Cells beside a count that is no rate: its year, whether it is known, and where it came from.
pub fn count_cells(year: String, count: Option<u64>, source: Option<&Source>, synthetic: bool) -> Vec<Cell> {
    bare_cells(&year, None, count_state(count), source.filter(|_| count.is_some()), synthetic)
}

/// Whether a count is known, and zero.
pub fn count_state(count: Option<u64>) -> State {
    match count {
        Some(0) => State::Zero,
        Some(_) => State::Number,
        None => State::NotKnown,
    }
}

fn bare_cells(year: &str, measure: Option<&str>, state: State, source: Option<&Source>, synthetic: bool) -> Vec<Cell> {
    let columns = COLUMNS.iter().take_while(|column| **column != "source");
    let start = columns.map(|column| match *column {
        "year" => Cell::text(year),
        "measure" => Cell::maybe(measure),
        "state" => Cell::text(state.as_str()),
        _ => Cell::Empty,
    });
    let flag = Cell::flag(synthetic);
    start.chain(source_cells(source)).chain([flag]).collect()
}

pub(super) fn value(figure: &Figure) -> Option<f64> {
    match figure.value {
        FigureValue::Rate(value) => Some(thousandth(value)),
        FigureValue::NothingDue | FigureValue::NotKnown => None,
    }
}

fn state(figure: &Figure) -> State {
    match figure.value {
        FigureValue::Rate(0.0) => State::Zero,
        FigureValue::Rate(_) => State::Number,
        FigureValue::NothingDue => State::NothingDue,
        FigureValue::NotKnown => State::NotKnown,
    }
}

fn method(figure: &Figure) -> Option<&'static str> {
    figure.interval.map(|_| match figure.measure.unit() {
        Unit::Percent => "Wilson score, 95%",
        Unit::PerHundredThousand => "exact Poisson, 95%",
    })
}

pub(super) fn thousandth(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

pub(super) fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// A published number as JSON: `54` and not `54.0`.
fn plain(value: f64) -> Option<Number> {
    whole(value).map_or_else(|| Number::from_f64(value), |whole| Some(whole.into()))
}
