//! One area as JSON and CSV.

use schemars::JsonSchema;
use serde::Serialize;

use super::areas::{self, AreaBrief};
use super::councils::{self, CouncilBrief};
use super::csv::{Cell, Table};
use super::figure::{self, FigureJson, SourceJson, tenth};
use super::word::Word;
use crate::domain::area::WhyNoRate;
use crate::domain::measure::Measure;
use crate::read::area::{AreaPage, AreaRate, measures_of_councils};

/// An area in a year.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Area")]
pub struct AreaJson<'a> {
    area: AreaBrief<'a>,
    year: String,
    finding: String,
    councils_with_figures: usize,
    /// How many figures of its councils are compared with their kind.
    figures_compared: usize,
    /// How many of these are marked as higher or lower, possibly or surely.
    figures_marked: usize,
    /// How many of these chance alone would mark so, were every council like its kind.
    marks_by_chance: f64,
    /// How many of these surely, beyond the 99.8% limits.
    clear_marks_by_chance: f64,
    /// The measures that the letters print, added up over its councils.
    rates: Vec<Pooled>,
    /// Complaints received, in all and by service area, added up over its councils.
    received: Vec<Pooled>,
    councils: Vec<CouncilRow<'a>>,
    files: Vec<SourceJson<'a>>,
    synthetic: bool,
}

/// A measure of the whole area; residents of a county and its districts are counted once.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
pub(super) struct Pooled {
    measure: Word<Measure>,
    councils: u64,
    /// How many of its councils have the count.
    with_counts: u64,
    /// The counts of these added up.
    numerator: u64,
    /// How many have also what a rate needs, such as the number of residents.
    with_rates: u64,
    /// The counts of these alone added up: the top of the rate.
    rate_numerator: u64,
    /// The bottom of the rate.
    denominator: u64,
    /// `rate_numerator` over `denominator`; null where fewer than 80% of its councils have what it needs. A rate of residents needs a
    /// county council and its districts, so neither stands in it without the other.
    value: Option<f64>,
    /// Why the value is null.
    why_no_value: Option<Word<WhyNoRate>>,
    england: Option<f64>,
    /// The numerator of the year before; null where not every council has it.
    year_before: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct CouncilRow<'a> {
    #[serde(flatten)]
    council: CouncilBrief<'a>,
    statistics: Vec<FigureJson<'a>>,
}

/// The area.
pub fn json(page: &AreaPage) -> AreaJson<'_> {
    let marks = page.marks();
    AreaJson {
        area: areas::brief(&page.area),
        year: page.year.to_string(),
        finding: page.finding(),
        councils_with_figures: page.with_figures(),
        figures_compared: marks.compared,
        figures_marked: marks.marked,
        marks_by_chance: tenth(marks.by_chance.all),
        clear_marks_by_chance: tenth(marks.by_chance.clear),
        rates: page.rates.iter().map(pooled).collect(),
        received: page.received.iter().map(pooled).collect(),
        councils: page
            .councils
            .iter()
            .map(|one| CouncilRow {
                council: councils::brief(&one.council),
                statistics: one.figures.values().map(|figure| figure::json(figure, page.synthetic)).collect(),
            })
            .collect(),
        files: page.files.iter().map(figure::source).collect(),
        synthetic: page.synthetic,
    }
}

/// A measure of the whole area.
pub(super) fn pooled(rate: &AreaRate) -> Pooled {
    Pooled {
        measure: Word(rate.measure),
        councils: rate.now.councils,
        with_counts: rate.now.with_counts,
        numerator: rate.now.numerator,
        with_rates: rate.now.with_rates,
        rate_numerator: rate.now.rate_numerator,
        denominator: rate.now.denominator,
        value: rate.value().map(tenth),
        why_no_value: rate.now.why_no_rate(rate.measure.unit()).map(Word),
        england: rate.of_england().map(tenth),
        year_before: rate.counts().1,
    }
}

/// The columns before those of a figure. A row of the whole area has no council, a row of a council no counts of councils.
const COLUMNS: [&str; 17] = [
    "area",
    "scope",
    "code",
    "slug",
    "council",
    "kind",
    "councils",
    "councils_with_counts",
    "area_numerator",
    "councils_with_rates",
    "area_rate_numerator",
    "area_denominator",
    "area_value",
    "england_value",
    "area_numerator_year_before",
    "year",
    "measure",
];

/// A row for each measure of the whole area, then one for each of each council.
pub fn csv(page: &AreaPage) -> Table {
    let mut header: Vec<&str> = COLUMNS.to_vec();
    header.extend(figure::COLUMNS.iter().filter(|column| !["year", "measure"].contains(column)));
    let mut rows = Vec::new();
    for rate in page.rates.iter().chain(&page.received) {
        let mut cells = vec![
            Cell::text(&page.area.name),
            Cell::text("area"),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::number(Some(rate.now.councils)),
            Cell::number(Some(rate.now.with_counts)),
            Cell::number((rate.now.with_counts > 0).then_some(rate.now.numerator)),
            Cell::number(Some(rate.now.with_rates)),
            Cell::number((rate.now.with_rates > 0).then_some(rate.now.rate_numerator)),
            Cell::number((rate.now.with_rates > 0).then_some(rate.now.denominator)),
            Cell::number(rate.value().map(tenth)),
            Cell::number(rate.of_england().map(tenth)),
            Cell::number(rate.counts().1),
        ];
        // An area has no figure of its own; its row says whose counts it adds up and nothing else.
        let empty = figure::no_cells(page.year.to_string(), rate.measure.as_str(), page.synthetic);
        cells.extend(
            figure::COLUMNS.iter().zip(empty).map(|(column, cell)| if *column == "state" { Cell::Empty } else { cell }),
        );
        rows.push(cells);
    }
    for one in &page.councils {
        for measure in measures_of_councils() {
            let council = &one.council;
            let mut cells = vec![Cell::text(&page.area.name), Cell::text("council")];
            cells.extend(councils::cells(council));
            cells.push(Cell::text(council.kind.as_str()));
            cells.extend(COLUMNS.iter().skip(6).take(9).map(|_| Cell::Empty));
            cells.extend(match one.figures.get(&measure) {
                Some(figure) => figure::cells(figure, page.synthetic),
                None => figure::no_cells(page.year.to_string(), measure.as_str(), page.synthetic),
            });
            rows.push(cells);
        }
    }
    Table { header, rows }
}
