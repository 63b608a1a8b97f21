//! A comparison of councils as JSON, CSV and XLSX.

use schemars::JsonSchema;
use serde::Serialize;

use super::councils::{self, CouncilBrief};
use super::csv::{Cell, Table};
use super::figure::{self, FigureJson, tenth};
use super::provenance;
use super::word::Word;
use super::xlsx::Workbook;
use crate::domain::compare::Verdict;
use crate::domain::council_set::MOST;
use crate::domain::format;
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;
use crate::read::compare::{ComparePage, ComparedCouncil, Standing};
use crate::read::compare_verdicts::Comparator;
use crate::read::provenance::Provenance;

/// Councils side by side in one year.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Compared")]
pub struct ComparedJson<'a> {
    year: String,
    measure: Option<Word<Measure>>,
    finding: String,
    /// The ready set that was asked for.
    set: Option<SetJson<'a>>,
    councils: Vec<One<'a>>,
    /// How many figures of the year are compared with their kinds.
    figures_compared: usize,
    /// How many of these are marked as higher or lower, possibly or surely.
    figures_marked: usize,
    /// How many of these chance alone would mark so, were every council like its kind.
    marks_by_chance: f64,
    /// Each measure shown with a chart, against the councils here together; none where too few of them have counts.
    comparators: Vec<ComparatorJson>,
    synthetic: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct SetJson<'a> {
    set: String,
    /// The council that it is around.
    around: Option<&'a str>,
    sentence: &'a str,
}

/// The pooled rate of the councils here as a comparator in place of each one's own kind.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct ComparatorJson {
    measure: Word<Measure>,
    /// In per cent or per 100,000 residents.
    value: f64,
    with_counts: u64,
    sentence: String,
    /// Councils whose verdict it changes.
    changed: Vec<ChangedJson>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct ChangedJson {
    slug: String,
    /// Against its own kind.
    own_kind: Word<Verdict>,
    /// Against the councils here.
    together: Word<Verdict>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct One<'a> {
    council: CouncilBrief<'a>,
    /// Whether the council existed in the year.
    existed: bool,
    statistics: Vec<FigureJson<'a>>,
}

/// The figures of the year shown.
pub fn json(page: &ComparePage) -> ComparedJson<'_> {
    let marks = page.marks();
    ComparedJson {
        figures_compared: marks.compared,
        figures_marked: marks.marked,
        marks_by_chance: tenth(marks.by_chance.all),
        year: page.year.to_string(),
        measure: page.measure.map(Word),
        finding: page.finding(),
        set: page.set.as_ref().map(|ready| SetJson {
            set: ready.set.word(),
            around: ready.set.around().map(|council| council.slug.as_str()),
            sentence: &ready.sentence,
        }),
        councils: page.councils.iter().map(|one| of_year(one, page.year, page.synthetic)).collect(),
        comparators: page.measures().into_iter().filter_map(|one| page.comparator(one)).map(comparator).collect(),
        synthetic: page.synthetic,
    }
}

fn comparator(one: Comparator) -> ComparatorJson {
    ComparatorJson {
        measure: Word(one.measure),
        value: one.set.rate * one.measure.unit().factor(),
        with_counts: one.set.with_counts,
        sentence: one.sentence(),
        changed: one
            .changed
            .into_iter()
            .map(|one| ChangedJson { slug: one.slug, own_kind: Word(one.own), together: Word(one.together) })
            .collect(),
    }
}

fn of_year(one: &ComparedCouncil, year: ReportingYear, synthetic: bool) -> One<'_> {
    let figures = one.history.iter().filter(|figure| figure.year == year);
    One {
        council: councils::brief(&one.council),
        existed: one.council.active_in(year),
        statistics: figures.map(|figure| figure::json(figure, synthetic)).collect(),
    }
}

/// A row for each council and measure of the year shown.
pub fn csv(page: &ComparePage) -> Table {
    rows(page, &[page.year])
}

/// The same rows, and those of all years.
pub fn xlsx(page: &ComparePage, from: &Provenance) -> Workbook {
    let years: Vec<ReportingYear> = page.years.iter().rev().copied().collect();
    let councils: Vec<&str> = page.councils.iter().map(|one| one.council.official_name.as_str()).collect();
    let title = match councils.as_slice() {
        [] => "No councils chosen".to_owned(),
        many if many.len() > MOST => match &page.set {
            Some(ready) => format!("{} {}, {}", many.len(), ready.noun, page.year),
            None => format!("{} councils, {}", many.len(), page.year),
        },
        some => format!("{} compared, {}", format::listed(some), page.year),
    };
    let sheets = vec![("Figures", csv(page)), ("All years", rows(page, &years))];
    let mut book = provenance::workbook(title, &councils, &years, from, page.synthetic, sheets);
    book.about.push((
        "Existed".to_owned(),
        "False in years in which the council did not exist: it began later, or had been abolished.".to_owned(),
    ));
    book
}

fn rows(page: &ComparePage, years: &[ReportingYear]) -> Table {
    let mut header = councils::COLUMNS.to_vec();
    header.extend(["kind", "existed"]);
    header.extend(figure::COLUMNS);
    let mut rows = Vec::new();
    for one in &page.councils {
        for year in years {
            rows.extend(page.downloaded().into_iter().map(|measure| row(one, measure, *year, page.synthetic)));
        }
    }
    Table { header, rows }
}

fn row(one: &ComparedCouncil, measure: Measure, year: ReportingYear, synthetic: bool) -> Vec<Cell> {
    let council = &one.council;
    let mut row = councils::cells(council).to_vec();
    row.extend([Cell::text(council.kind.as_str()), Cell::flag(council.active_in(year))]);
    row.extend(match one.standing(measure, year) {
        Standing::Figure(one) => figure::cells(one, synthetic),
        Standing::NothingLoaded | Standing::DidNotExist => {
            figure::no_cells(year.to_string(), measure.as_str(), synthetic)
        }
    });
    row
}
