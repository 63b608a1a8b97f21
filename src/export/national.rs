//! The national review as JSON.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::area;
use super::areas::{self, AreaBrief};
use super::councils::{self, CouncilBrief};
use super::figure::{self, FigureJson, SourceJson, tenth};
use super::sources::{self, SourceOfYear};
use super::word::Word;
use crate::db::decisions::ListedDecision;
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
    /// As the page shows it: from the counts where they are known, else as published.
    rate: Option<f64>,
    rate_year_before: Option<f64>,
    /// As published, rounded.
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
    /// How many councils have the count.
    with_counts: u64,
    /// The counts of these added up.
    numerator: Option<u64>,
    /// How many have also what a rate needs, such as the number of residents.
    with_rates: u64,
    /// The counts of these alone added up: the top of the rate.
    rate_numerator: Option<u64>,
    /// The bottom of the rate.
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
        rate: rate.value().map(tenth),
        rate_year_before: rate.value_before().map(tenth),
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
    let counts = rate.counts;
    let rated = |number| (counts.with_rates > 0).then_some(number);
    Pooled {
        measure: Word(rate.measure),
        with_counts: counts.with_counts,
        numerator: (counts.with_counts > 0).then_some(counts.numerator),
        with_rates: counts.with_rates,
        rate_numerator: rated(counts.rate_numerator),
        denominator: rated(counts.denominator),
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
