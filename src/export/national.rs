//! The national review as JSON and CSV.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::area::{self, tenth};
use super::areas::{self, AreaBrief};
use super::councils::{self, CouncilBrief};
use super::csv::{Cell, Table};
use super::figure::{self, FigureJson, SourceJson};
use super::sources::{self, SourceOfYear};
use super::word::Word;
use crate::db::decisions::ListedDecision;
use crate::domain::area::AreaCounts;
use crate::domain::council::CouncilKind;
use crate::domain::measure::Measure;
use crate::read::area::AreaRate;
use crate::read::areas::Area;
use crate::read::changed::ChangedMeasure;
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
    /// Complaints received and upheld per 100,000 residents, in all and received by service area, of all councils.
    per_100k: Vec<area::Pooled>,
    /// The same by region.
    regions: Vec<Region<'a>>,
    /// Which councils changed since the year before by more than chance explains, measure by measure.
    changed: Vec<Changed<'a>>,
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
struct Region<'a> {
    #[serde(flatten)]
    area: AreaBrief<'a>,
    rates: Vec<area::Pooled>,
}

/// The changes of one measure since the year before.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Changed<'a> {
    measure: Word<Measure>,
    since: String,
    /// How many councils have counts of both years that can be tested.
    tested: usize,
    /// How many of them are marked as changed, possibly or surely.
    marked: usize,
    /// How many chance alone would mark so, had no council changed.
    marks_by_chance: f64,
    /// How many of these surely, beyond the 99.8% limits.
    clear_marks_by_chance: f64,
    /// Those that surely changed, those that moved furthest first.
    councils: Vec<ChangedJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct ChangedJson<'a> {
    #[serde(flatten)]
    council: CouncilBrief<'a>,
    statistic: FigureJson<'a>,
    statistic_year_before: FigureJson<'a>,
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
        per_100k: page.residents.england.iter().map(area::pooled).collect(),
        regions: page.residents.regions.iter().map(region).collect(),
        changed: page.changed.iter().map(|one| changed(one, page)).collect(),
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

fn region((area, rates): &(Area, Vec<AreaRate>)) -> Region<'_> {
    Region { area: areas::brief(area), rates: rates.iter().map(area::pooled).collect() }
}

fn changed<'a>(one: &'a ChangedMeasure, page: &'a NationalPage) -> Changed<'a> {
    let councils = one.councils.iter().map(|one| ChangedJson {
        council: councils::brief(&one.council),
        statistic: figure::json(&one.now, page.synthetic),
        statistic_year_before: figure::json(&one.before, page.synthetic),
    });
    Changed {
        measure: Word(one.measure),
        since: page.year.previous().to_string(),
        tested: one.tested,
        marked: one.marked,
        marks_by_chance: tenth(one.by_chance.all),
        clear_marks_by_chance: tenth(one.by_chance.clear),
        councils: councils.collect(),
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

/// The columns of the table.
const COLUMNS: [&str; 16] = [
    "year",
    "table",
    "group",
    "key",
    "label",
    "value",
    "year_before",
    "numerator",
    "denominator",
    "numerator_year_before",
    "denominator_year_before",
    "councils",
    "councils_with_counts",
    "change",
    "change_against_group",
    "synthetic",
];

/// A number of the table; what it does not have is left empty.
#[derive(Default)]
struct Line<'a> {
    table: &'a str,
    group: &'a str,
    key: &'a str,
    label: &'a str,
    values: [Option<String>; 2],
    counts: Option<(u64, u64)>,
    counts_before: Option<(u64, u64)>,
    councils: Option<(u64, u64)>,
    change: Option<(&'static str, &'static str)>,
}

impl Line<'_> {
    fn cells(self, page: &NationalPage) -> Vec<Cell> {
        let mut cells = vec![
            Cell::text(page.year.to_string()),
            Cell::text(self.table),
            Cell::text(self.group),
            Cell::text(self.key),
            Cell::text(self.label),
        ];
        cells.extend(self.values.map(Cell::number));
        for pair in [self.counts, self.counts_before, self.councils] {
            let (one, other) = pair.unzip();
            cells.extend([Cell::number(one), Cell::number(other)]);
        }
        let (change, against_group) = self.change.unzip();
        cells.extend([Cell::maybe(change), Cell::maybe(against_group), Cell::flag(page.synthetic)]);
        cells
    }
}

/// One row for each number.
pub fn csv(page: &NationalPage) -> Table {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut add = |line: Line<'_>| rows.push(line.cells(page));
    let text = |number: Option<u64>| number.map(|number| number.to_string());
    let number = |value: Option<f64>| value.map(|value| tenth(value).to_string());
    for one in &page.totals {
        let values = [text(one.now), text(one.before)];
        add(Line { table: "totals", group: "England", key: one.field, label: one.title, values, ..Line::default() });
    }
    for rate in &page.rates {
        let values = [rate.now, rate.before].map(|value| value.map(|value| value.to_string()));
        let (key, label) = (rate.measure.as_str(), rate.measure.term());
        add(Line { table: "rates", group: "England", key, label, values, counts: rate.counts, ..Line::default() });
    }
    for kind in &page.kinds {
        for rate in &kind.rates {
            let (key, label) = (rate.measure.as_str(), rate.measure.term());
            let values = [number(rate.now), number(rate.before)];
            let councils = Some((kind.councils, rate.with_counts));
            let group = kind.kind.as_str();
            add(Line { table: "kinds", group, key, label, values, counts: rate.counts, councils, ..Line::default() });
        }
    }
    let regions = page.residents.regions.iter().map(|(area, rates)| (area.name.as_str(), rates));
    for (group, rates) in regions.chain([("England", &page.residents.england)]) {
        for rate in rates {
            add(per_100k(group, rate));
        }
    }
    for (table, list) in [("received", &page.areas), ("decided", &page.outcomes)] {
        for one in list {
            let values = [Some(one.now.to_string()), text(one.before)];
            add(Line { table, group: "England", key: &one.key, label: &one.label, values, ..Line::default() });
        }
    }
    for one in page.changed.iter().flat_map(|one| &one.councils) {
        let (now, before) = (&one.now.figure, &one.before.figure);
        add(Line {
            table: "changed",
            group: one.council.code.as_str(),
            key: now.measure.as_str(),
            label: &one.council.official_name,
            values: [now, before].map(|one| figure::value(one).map(|value| value.to_string())),
            counts: now.numerator.zip(now.denominator),
            counts_before: before.numerator.zip(before.denominator),
            change: Some((one.change.verdict.as_str(), one.change.against_group.as_str())),
            ..Line::default()
        });
    }
    for one in &page.reports {
        let key = one.decision.reference.to_string();
        add(Line {
            table: "reports",
            group: one.decision.category.as_str(),
            key: &key,
            label: &one.body,
            ..Line::default()
        });
    }
    for (category, subcategory, count) in &page.faults {
        let (group, label) = (category.as_str(), category.title());
        let key = subcategory.as_deref().unwrap_or_default();
        let values = [Some(count.to_string()), None];
        add(Line { table: "faults", group, key, label, values, ..Line::default() });
    }
    Table { header: COLUMNS.to_vec(), rows }
}

fn per_100k<'a>(group: &'a str, rate: &AreaRate) -> Line<'a> {
    let counts = |of: AreaCounts| (of.with_counts > 0).then_some((of.numerator, of.denominator));
    Line {
        table: "per_100k",
        group,
        key: rate.measure.as_str(),
        label: rate.measure.term(),
        values: [rate.value(), rate.value_before()].map(|value| value.map(|value| tenth(value).to_string())),
        counts: counts(rate.now),
        counts_before: counts(rate.before),
        councils: Some((rate.now.councils, rate.now.with_counts)),
        ..Line::default()
    }
}
