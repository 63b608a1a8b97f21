//! Councils with one measure, in the order asked for, as JSON, CSV and XLSX: exactly the rows of the page.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::csv::Table;
use super::figure;
use super::map;
use super::provenance;
use super::word::Word;
use super::xlsx::Workbook;
use crate::domain::compare::Verdict;
use crate::domain::council::CouncilKind;
use crate::domain::measure::Measure;
use crate::read::provenance::Provenance;
use crate::read::rankings::RankingPage;
use crate::read::standing::{Band, MapRow};

/// Councils of a year with one measure, in the order asked for.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Rankings")]
pub struct RankingsJson<'a> {
    measure: Word<Measure>,
    year: String,
    sort: String,
    /// How many rows there are.
    total: usize,
    /// How many councils have each verdict, whichever is asked for.
    counts: BTreeMap<&'static str, usize>,
    /// How many councils can be compared.
    compared: usize,
    /// How many of them chance alone would mark as outside the range, were all like their kind.
    by_chance: f64,
    rows: Vec<Row<'a>>,
    synthetic: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Row<'a> {
    slug: &'a str,
    name: &'a str,
    kind: Word<CouncilKind>,
    region: &'a str,
    numerator: Option<u64>,
    denominator: Option<u64>,
    value: Option<f64>,
    interval: Option<[f64; 2]>,
    /// The rate drawn towards the group's.
    shrunken: Option<f64>,
    /// The highest and the lowest place in its kind that can be meant; 1 is the highest rate.
    rank_range: Option<[u64; 2]>,
    /// How many councils of its kind are ranked.
    rank_of: Option<u64>,
    /// The average of its kind: pooled, else as published.
    average: Option<f64>,
    /// Null where no figure is loaded.
    verdict: Option<Word<Verdict>>,
    /// The verdict on the change since the year before.
    change: Option<Word<Verdict>>,
}

/// The rows of the page.
pub fn json(page: &RankingPage) -> RankingsJson<'_> {
    RankingsJson {
        measure: Word(page.query.measure),
        year: page.year.to_string(),
        sort: page.query.order.word(),
        total: page.rows.len(),
        counts: Band::all().map(|band| (band.as_str(), page.count(band))).collect(),
        compared: page.compared,
        by_chance: figure::thousandth(page.by_chance),
        rows: page.rows.iter().map(row).collect(),
        synthetic: page.synthetic,
    }
}

fn row(row: &MapRow) -> Row<'_> {
    let figure = row.figure.as_ref().map(|one| &one.figure);
    let range = figure.and_then(|figure| figure.rank_range);
    Row {
        slug: row.council.slug.as_str(),
        name: &row.council.name,
        kind: Word(row.council.kind),
        region: &row.council.region,
        numerator: figure.and_then(|figure| figure.numerator),
        denominator: figure.and_then(|figure| figure.denominator),
        value: figure.and_then(figure::value),
        interval: figure
            .and_then(|figure| figure.interval)
            .map(|interval| [figure::tenth(interval.low), figure::tenth(interval.high)]),
        shrunken: figure.and_then(|figure| figure.shrunken).map(figure::thousandth),
        rank_range: range.map(|range| [range.best, range.worst]),
        rank_of: range.map(|range| range.of),
        average: figure.and_then(|figure| figure.similar.computed.or(figure.similar.published)).map(figure::tenth),
        verdict: figure.map(|figure| Word(figure.verdict)),
        change: figure.and_then(|figure| figure.change).map(|change| Word(change.verdict)),
    }
}

/// The rows of the page with everything that is known of their figures.
pub fn csv(page: &RankingPage) -> Table {
    map::table(&page.rows, page.query.measure, page.year, page.synthetic)
}

/// The same as a workbook.
pub fn xlsx(page: &RankingPage, from: &Provenance) -> Workbook {
    let councils: Vec<&str> = page.rows.iter().map(|row| row.council.official_name.as_str()).collect();
    let title = format!("{}, {}", page.query.measure.term(), page.year);
    provenance::workbook(title, &councils, &[page.year], from, page.synthetic, vec![("Councils", csv(page))])
}
