//! The national review as JSON and CSV.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::csv::{Cell, Table};
use super::figure::{self, SourceJson};
use super::sources::{self, SourceOfYear};
use super::word::Word;
use crate::db::decisions::ListedDecision;
use crate::domain::council::CouncilKind;
use crate::domain::measure::Measure;
use crate::read::national::{CountRow, KindRate, KindRow, NationalPage, NationalRate, Total};

/// The national review of a year.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "National")]
pub struct NationalJson<'a> {
    year: String,
    /// What changed before this year, so that it cannot be compared with earlier ones.
    r#break: Option<&'static str>,
    comparable_with_year_before: bool,
    totals: Vec<TotalJson>,
    rates: Vec<Rate>,
    kinds: Vec<Kind>,
    received: Vec<Count<'a>>,
    decided: Vec<Count<'a>>,
    councils_with_counts_by_area: u64,
    councils: u64,
    reports: Vec<Report<'a>>,
    faults: Vec<Fault<'a>>,
    sources: Vec<SourceOfYear<'a>>,
    files_of_councils: Vec<SourceJson<'a>>,
    synthetic: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct TotalJson {
    key: &'static str,
    title: &'static str,
    value: Option<u64>,
    year_before: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Rate {
    measure: Word<Measure>,
    published: Option<f64>,
    published_year_before: Option<f64>,
    numerator: Option<u64>,
    denominator: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Kind {
    kind: Word<CouncilKind>,
    councils: u64,
    rates: Vec<Pooled>,
}

/// The sum of a kind's counts over its sum.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Pooled {
    measure: Word<Measure>,
    with_counts: u64,
    numerator: Option<u64>,
    denominator: Option<u64>,
    pooled: Option<f64>,
    pooled_year_before: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Count<'a> {
    key: &'a str,
    label: &'a str,
    count: u64,
    year_before: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Report<'a> {
    reference: String,
    body: &'a str,
    category: &'static str,
    subcategory: Option<&'a str>,
    decision_date: Date,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Fault<'a> {
    category: &'static str,
    subcategory: Option<&'a str>,
    upheld: u64,
}

/// The review.
pub fn json(page: &NationalPage) -> NationalJson<'_> {
    let faults = page.faults.iter().map(|(category, subcategory, upheld)| Fault {
        category: category.as_str(),
        subcategory: subcategory.as_deref(),
        upheld: *upheld,
    });
    NationalJson {
        year: page.year.to_string(),
        r#break: page.year.break_before(),
        comparable_with_year_before: !page.year.starts_a_new_series(),
        totals: page.totals.iter().map(total).collect(),
        rates: page.rates.iter().map(rate).collect(),
        kinds: page.kinds.iter().map(kind).collect(),
        received: counts(&page.areas),
        decided: counts(&page.outcomes),
        councils_with_counts_by_area: page.coverage.0,
        councils: page.coverage.1,
        reports: page.reports.iter().map(report).collect(),
        faults: faults.collect(),
        sources: page.sources.iter().map(|(year, source)| sources::of_year(*year, source)).collect(),
        files_of_councils: page.files.iter().map(figure::source).collect(),
        synthetic: page.synthetic,
    }
}

fn total(one: &Total) -> TotalJson {
    TotalJson { key: one.field, title: one.title, value: one.now, year_before: one.before }
}

fn rate(rate: &NationalRate) -> Rate {
    let (numerator, denominator) = rate.counts.unzip();
    Rate {
        measure: Word(rate.measure),
        published: rate.now,
        published_year_before: rate.before,
        numerator,
        denominator,
    }
}

fn kind(row: &KindRow) -> Kind {
    Kind { kind: Word(row.kind), councils: row.councils, rates: row.rates.iter().map(pooled).collect() }
}

fn pooled(rate: &KindRate) -> Pooled {
    let (numerator, denominator) = rate.counts.unzip();
    Pooled {
        measure: Word(rate.measure),
        with_counts: rate.with_counts,
        numerator,
        denominator,
        pooled: rate.now.map(tenth),
        pooled_year_before: rate.before.map(tenth),
    }
}

fn counts(rows: &[CountRow]) -> Vec<Count<'_>> {
    rows.iter().map(|row| Count { key: &row.key, label: &row.label, count: row.now, year_before: row.before }).collect()
}

fn report(one: &ListedDecision) -> Report<'_> {
    Report {
        reference: one.decision.reference.to_string(),
        body: &one.body,
        category: one.decision.category.as_str(),
        subcategory: one.decision.subcategory.as_deref(),
        decision_date: one.decision.decision_date,
    }
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// One row for each number.
pub fn csv(page: &NationalPage) -> Table {
    let mut rows = Vec::new();
    let mut row = |table: &str, group: &str, key: &str, label: &str, values: [Option<String>; 4]| {
        let mut cells = vec![
            Cell::text(page.year.to_string()),
            Cell::text(table),
            Cell::text(group),
            Cell::text(key),
            Cell::text(label),
        ];
        cells.extend(values.map(Cell::number));
        cells.push(Cell::flag(page.synthetic));
        rows.push(cells);
    };
    let text = |number: Option<u64>| number.map(|number| number.to_string());
    for one in &page.totals {
        row("totals", "England", one.field, one.title, [text(one.now), text(one.before), None, None]);
    }
    for rate in &page.rates {
        let (top, bottom) = rate.counts.unzip();
        let values = [
            rate.now.map(|value| value.to_string()),
            rate.before.map(|value| value.to_string()),
            text(top),
            text(bottom),
        ];
        row("rates", "England", rate.measure.as_str(), rate.measure.term(), values);
    }
    for kind in &page.kinds {
        for rate in &kind.rates {
            let (top, bottom) = rate.counts.unzip();
            let value = |value: Option<f64>| value.map(|value| tenth(value).to_string());
            let values = [value(rate.now), value(rate.before), text(top), text(bottom)];
            row("kinds", kind.kind.as_str(), rate.measure.as_str(), rate.measure.term(), values);
        }
    }
    for (name, list) in [("received", &page.areas), ("decided", &page.outcomes)] {
        for one in list {
            row(name, "England", &one.key, &one.label, [Some(one.now.to_string()), text(one.before), None, None]);
        }
    }
    for (category, subcategory, count) in &page.faults {
        let label = subcategory.as_deref().unwrap_or_default();
        row("faults", category.as_str(), label, category.title(), [Some(count.to_string()), None, None, None]);
    }
    let header =
        vec!["year", "table", "group", "key", "label", "value", "year_before", "numerator", "denominator", "synthetic"];
    Table { header, rows }
}
