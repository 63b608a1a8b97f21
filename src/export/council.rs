//! A council as JSON, CSV and XLSX.

use std::collections::BTreeSet;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::councils;
use super::csv::Table;
use super::figure::{self, FigureJson};
use super::provenance;
use super::replies::{self, ReplyJson};
use super::signs::{self, SignJson};
use super::word::Word;
use super::xlsx::Workbook;
use crate::domain::council::{Council, CouncilKind, GssCode};
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;
use crate::read::council::CouncilPage;
use crate::read::provenance::Provenance;
use crate::read::statistics::StatisticsPage;

/// The overview of a council.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Council")]
pub struct CouncilJson<'a> {
    council: Whole<'a>,
    year: String,
    period: Period,
    statistics: Vec<FigureJson<'a>>,
    /// What the years up to this one say together.
    history: Vec<HistoryJson<'a>>,
    replies: Vec<ReplyJson<'a>>,
    /// Early signs of the year; none where nothing stands out, or where no figure of the year is known.
    signs: Vec<SignJson<'a>>,
    decisions: Counted,
    reports: Counted,
    /// How many there are.
    improvements: usize,
    letters: Vec<Letter<'a>>,
    synthetic: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Whole<'a> {
    code: &'a str,
    former_codes: Vec<&'a str>,
    slug: &'a str,
    name: &'a str,
    official_name: &'a str,
    kind: Word<CouncilKind>,
    region: &'a str,
    county: Option<&'a str>,
    active_from: Option<Date>,
    active_to: Option<Date>,
    predecessors: Vec<&'a str>,
    successors: Vec<&'a str>,
    population_mid_2020: Option<u64>,
    /// Every estimate at hand, oldest first.
    residents: Vec<Residents>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Residents {
    year: i16,
    count: u64,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Period {
    from: Date,
    to: Date,
}

/// The years of one measure, in sentences.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct HistoryJson<'a> {
    measure: Word<Measure>,
    sentences: &'a [String],
}

/// How many there are, in the year and in all.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Counted {
    year: u64,
    all: u64,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Letter<'a> {
    year: String,
    letter_date: Date,
    url: Option<&'a str>,
}

/// The overview of a council.
pub fn json(page: &CouncilPage) -> CouncilJson<'_> {
    let figures = page.history.iter().filter(|one| one.year == page.year);
    let letters = page.letters.iter().map(|letter| Letter {
        year: letter.year.to_string(),
        letter_date: letter.letter_date,
        url: letter.url.as_deref(),
    });
    CouncilJson {
        council: whole(page),
        year: page.year.to_string(),
        period: Period { from: page.year.first_day(), to: page.year.last_day() },
        statistics: figures.map(|one| figure::json(one, page.synthetic)).collect(),
        history: page
            .histories()
            .map(|(measure, sentences)| HistoryJson { measure: Word(measure), sentences })
            .collect(),
        replies: replies::json(&page.replies, page.synthetic),
        signs: page.signs.found.iter().map(|one| signs::sign(&page.council, page.year, one)).collect(),
        decisions: Counted { year: page.decision_counts.0, all: page.parts.decisions },
        reports: Counted { year: page.decision_counts.1, all: page.parts.reports },
        improvements: page.improvements.len(),
        letters: letters.collect(),
        synthetic: page.synthetic,
    }
}

fn whole(page: &CouncilPage) -> Whole<'_> {
    let council = &page.council;
    Whole {
        code: council.code.as_str(),
        former_codes: council.former_codes.iter().map(GssCode::as_str).collect(),
        slug: council.slug.as_str(),
        name: &council.name,
        official_name: &council.official_name,
        kind: Word(council.kind),
        region: &council.region,
        county: page.county.as_ref().map(|county| county.slug.as_str()),
        active_from: council.active_from,
        active_to: council.active_to,
        predecessors: slugs(&page.predecessors),
        successors: slugs(&page.successors),
        population_mid_2020: council.residents_of(2020),
        residents: council.residents.iter().map(|one| Residents { year: one.year, count: one.count }).collect(),
    }
}

fn slugs(councils: &[Council]) -> Vec<&str> {
    councils.iter().map(|one| one.slug.as_str()).collect()
}

/// All figures of a council and its counts of all years.
pub fn xlsx(page: &CouncilPage, statistics: &StatisticsPage, from: &Provenance) -> Workbook {
    let council = page.council.official_name.as_str();
    let years: BTreeSet<ReportingYear> = page.history.iter().map(|one| one.year).collect();
    let mut sheets = vec![("Figures", csv(page))];
    sheets.extend(super::statistics::sheets(statistics));
    let years: Vec<ReportingYear> = years.into_iter().collect();
    provenance::workbook(format!("{council}: complaints"), &[council], &years, from, page.synthetic, sheets)
}

/// All figures of a council, every year.
pub fn csv(page: &CouncilPage) -> Table {
    let council = &page.council;
    let mut header = councils::COLUMNS.to_vec();
    header.extend(figure::COLUMNS);
    let rows = page
        .history
        .iter()
        .map(|one| {
            let mut row = councils::cells(council).to_vec();
            row.extend(figure::cells(one, page.synthetic));
            row
        })
        .collect();
    Table { header, rows }
}
