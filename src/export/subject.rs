//! One subject as JSON and CSV.

use schemars::JsonSchema;
use serde::Serialize;

use super::councils::{self, CouncilBrief};
use super::csv::{Cell, Table};
use super::figure::{self, FigureJson, SourceJson};
use super::improvements::{self, Improvement};
use super::word::Word;
use crate::domain::measure::Measure;
use crate::read::subject::{SubjectCouncil, SubjectPage};
use crate::read::subject_counts::Published;
use crate::read::subject_years::SubjectYear;

/// One subject in a year, by council.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Subject")]
pub struct SubjectJson<'a> {
    category: &'static str,
    subcategory: Option<&'a str>,
    year: String,
    /// What the complaints received say; null for a subcategory, for which they are not counted.
    finding: Option<String>,
    /// The measure of the complaints received; null where the Ombudsman does not count them apart.
    measure: Option<Word<Measure>>,
    /// Whether that measure counts complaints of other categories too.
    measure_is_wider: bool,
    councils_with_figures: usize,
    councils_compared: usize,
    councils_of_year: usize,
    /// How many are marked as higher or lower, possibly or surely.
    councils_marked: usize,
    /// How many chance alone would mark so, were every council like its kind.
    marks_by_chance: Option<f64>,
    /// How many of these surely, beyond the 99.8% limits.
    clear_marks_by_chance: Option<f64>,
    /// What is published here about the subject. Not every decision is published, so no rate can be made of it.
    published: PublishedJson,
    published_about_other_bodies: PublishedJson,
    councils: Vec<CouncilRow<'a>>,
    subcategories: Vec<Subcategory<'a>>,
    /// How many published decisions of the year found fault: those in which words are counted.
    words_of_decisions: u64,
    /// The words that stand in most of these decisions, and more often than where no fault was found.
    words: Vec<WordJson<'a>>,
    /// The newest improvements agreed in the year.
    improvements: Vec<Improvement<'a>>,
    england: Vec<Year>,
    files: Vec<SourceJson<'a>>,
    synthetic: bool,
}

/// Counts of what is published about a subject.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Published")]
pub(super) struct PublishedJson {
    decisions: u64,
    upheld: u64,
    not_upheld: u64,
    closed: u64,
    /// How many of the decisions are public reports.
    reports: u64,
    improvements: u64,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct CouncilRow<'a> {
    #[serde(flatten)]
    council: CouncilBrief<'a>,
    /// Complaints received about the measure.
    figure: Option<FigureJson<'a>>,
    /// How many were to be expected at the rate of the council's kind.
    expected: Option<f64>,
    published: PublishedJson,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Subcategory<'a> {
    subcategory: &'a str,
    published: PublishedJson,
}

/// A word with how many decisions hold it.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct WordJson<'a> {
    word: &'a str,
    decisions: u64,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Year {
    year: String,
    received: Option<u64>,
    councils_with_counts: u64,
    councils: u64,
    /// How many councils have the count and a known number of residents.
    councils_with_rates: u64,
    /// Complaints received per 100,000 residents of these; null where they are fewer than 80% of the councils.
    per_100k: Option<f64>,
    published: PublishedJson,
}

pub(super) fn published(one: Published) -> PublishedJson {
    PublishedJson {
        decisions: one.decisions(),
        upheld: one.upheld,
        not_upheld: one.not_upheld,
        closed: one.closed,
        reports: one.reports,
        improvements: one.improvements,
    }
}

/// The subject.
pub fn json(page: &SubjectPage) -> SubjectJson<'_> {
    let subject = &page.query.subject;
    let marks = page.marks();
    let compared = marks.compared > 0;
    SubjectJson {
        category: subject.category.as_str(),
        subcategory: subject.subcategory.as_deref(),
        year: page.year.to_string(),
        finding: page.finding(),
        measure: page.area.map(|area| Word(area.measure)),
        measure_is_wider: page.area.is_some_and(|area| area.is_wider || subject.subcategory.is_some()),
        councils_with_figures: page.with_figures(),
        councils_compared: page.compared(),
        councils_of_year: page.of_year(),
        councils_marked: marks.marked,
        marks_by_chance: compared.then(|| tenth(marks.by_chance.all)),
        clear_marks_by_chance: compared.then(|| tenth(marks.by_chance.clear)),
        published: published(page.published),
        published_about_other_bodies: published(page.other_bodies),
        councils: page.councils.iter().map(|one| council(one, page.synthetic)).collect(),
        subcategories: page
            .subcategories
            .iter()
            .map(|(slug, one)| Subcategory { subcategory: slug, published: published(*one) })
            .collect(),
        words_of_decisions: page.words.of,
        words: page.words.words.iter().map(|one| WordJson { word: &one.word, decisions: one.decisions }).collect(),
        improvements: page.promises.iter().map(improvements::row).collect(),
        england: page.by_year.iter().map(year).collect(),
        files: page.files.iter().map(figure::source).collect(),
        synthetic: page.synthetic,
    }
}

fn council(one: &SubjectCouncil, synthetic: bool) -> CouncilRow<'_> {
    CouncilRow {
        council: councils::brief(&one.row.council),
        figure: one.row.figure.as_ref().map(|figure| figure::json(figure, synthetic)),
        expected: one.expected().map(tenth),
        published: published(one.published),
    }
}

fn year(one: &SubjectYear) -> Year {
    Year {
        year: one.year.to_string(),
        received: one.received,
        councils_with_counts: one.councils_with_counts,
        councils: one.councils,
        councils_with_rates: one.counts.with_rates,
        per_100k: one.per_100k().map(tenth),
        published: published(one.published),
    }
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// The columns of what is published.
pub(super) const PUBLISHED: [&str; 6] = [
    "published_decisions",
    "published_upheld",
    "published_not_upheld",
    "published_closed",
    "published_reports",
    "published_improvements",
];

/// What is published in the order of `PUBLISHED`.
pub(super) fn published_cells(one: Published) -> [Cell; 6] {
    [one.decisions(), one.upheld, one.not_upheld, one.closed, one.reports, one.improvements]
        .map(|count| Cell::number(Some(count)))
}

/// A row for each council.
pub fn csv(page: &SubjectPage) -> Table {
    let mut header = councils::COLUMNS.to_vec();
    header.extend(["kind", "region", "category", "subcategory"]);
    header.extend(PUBLISHED);
    header.push("expected");
    header.extend(figure::COLUMNS);
    let subject = &page.query.subject;
    let rows = page.councils.iter().map(|one| {
        let council = &one.row.council;
        let mut cells = councils::cells(council).to_vec();
        cells.extend([
            Cell::text(council.kind.as_str()),
            Cell::text(&council.region),
            Cell::text(subject.category.as_str()),
            Cell::maybe(subject.subcategory.as_deref()),
        ]);
        cells.extend(published_cells(one.published));
        cells.push(Cell::number(one.expected().map(tenth)));
        cells.extend(if let Some(figure) = &one.row.figure {
            figure::cells(figure, page.synthetic)
        } else {
            let measure = page.area.map_or("", |area| area.measure.as_str());
            figure::no_cells(page.year.to_string(), measure, page.synthetic)
        });
        cells
    });
    Table { rows: rows.collect(), header }
}
