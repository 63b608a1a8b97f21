//! A figure as JSON and as cells: one shape everywhere.

use serde_json::{Value, json};

use super::csv::Cell;
use crate::db::figures::{Source, SourcedFigure};
use crate::domain::figure::{Figure, FigureValue};
use crate::domain::format;

/// The figure as JSON (INTERFACES: statistics).
pub fn json(one: &SourcedFigure, synthetic: bool) -> Value {
    let figure = &one.figure;
    json!({
        "measure": figure.measure.word(),
        "year": one.year.to_string(),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "residents_year": figure.residents_year,
        "late": figure.late,
        "value": value(figure),
        "state": state(figure),
        "published_value": figure.published_value.map(plain),
        "shown": format::value(figure),
        "interval": figure.interval.map(|interval| [tenth(interval.low), tenth(interval.high)]),
        "interval_method": method(figure),
        "similar_average": {
            "published": figure.similar.published.map(plain),
            "computed": figure.similar.computed.map(tenth),
            "group": figure.similar.group.word(),
            "count": figure.similar.count,
            "with_counts": figure.similar.with_counts,
        },
        "verdict": figure.verdict.word(),
        "source": one.source.as_ref().map(source),
        "synthetic": synthetic,
    })
}

/// Where it came from.
pub fn source(source: &Source) -> Value {
    json!({
        "title": source.title,
        "url": source.url,
        "published_on": source.published_on,
        "synthetic": source.synthetic,
        "release": source.release_key,
        "file": source.file,
        "sheet": source.sheet,
        "row": source.row,
    })
}

/// Names of the columns that `cells` fills.
pub const COLUMNS: [&str; 24] = [
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
        Cell::text(figure.measure.word()),
        Cell::number(figure.numerator),
        Cell::number(figure.denominator),
        Cell::number(figure.late),
        Cell::number(value(figure)),
        Cell::text(state(figure)),
        Cell::number(figure.published_value),
        Cell::text(format::value(figure)),
        Cell::number(figure.interval.map(|interval| tenth(interval.low))),
        Cell::number(figure.interval.map(|interval| tenth(interval.high))),
        Cell::maybe(method(figure)),
        Cell::number(figure.similar.published),
        Cell::number(figure.similar.computed.map(tenth)),
        Cell::text(figure.similar.group.word()),
        Cell::text(figure.verdict.word()),
        Cell::number(figure.residents_year),
    ];
    cells.extend(source_cells(one.source.as_ref()));
    cells.push(Cell::flag(synthetic));
    cells
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
    bare_cells(&year, Some(measure), "not-known", None, synthetic)
}

/// Cells beside a count that is no rate: its year, whether it is known, and where it came from.
pub fn count_cells(year: String, count: Option<u64>, source: Option<&Source>, synthetic: bool) -> Vec<Cell> {
    bare_cells(&year, None, count_state(count), source.filter(|_| count.is_some()), synthetic)
}

/// Whether a count is known, and zero.
pub fn count_state(count: Option<u64>) -> &'static str {
    match count {
        Some(0) => "zero",
        Some(_) => "number",
        None => "not-known",
    }
}

fn bare_cells(year: &str, measure: Option<&str>, state: &str, source: Option<&Source>, synthetic: bool) -> Vec<Cell> {
    let columns = COLUMNS.iter().take_while(|column| **column != "source");
    let start = columns.map(|column| match *column {
        "year" => Cell::text(year),
        "measure" => Cell::maybe(measure),
        "state" => Cell::text(state),
        _ => Cell::Empty,
    });
    let flag = Cell::flag(synthetic);
    start.chain(source_cells(source)).chain([flag]).collect()
}

fn value(figure: &Figure) -> Option<f64> {
    match figure.value {
        FigureValue::Rate(value) => Some((value * 1000.0).round() / 1000.0),
        FigureValue::NothingDue | FigureValue::NotKnown => None,
    }
}

fn state(figure: &Figure) -> &'static str {
    match figure.value {
        FigureValue::Rate(0.0) => "zero",
        FigureValue::Rate(_) => "number",
        FigureValue::NothingDue => "nothing-due",
        FigureValue::NotKnown => "not-known",
    }
}

fn method(figure: &Figure) -> Option<&'static str> {
    figure.interval.map(|_| match figure.measure.unit() {
        crate::domain::measure::Unit::Percent => "Wilson score, 95%",
        crate::domain::measure::Unit::PerHundredThousand => "exact Poisson, 95%",
    })
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// A published number as JSON: `54` and not `54.0`.
fn plain(value: f64) -> Value {
    crate::domain::figure::whole(value).map_or_else(|| json!(value), |whole| json!(whole))
}
