//! The list of subjects as JSON and CSV.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::csv::{Cell, Table};
use super::subject::{PUBLISHED, PublishedJson, published, published_cells};
use super::word::Word;
use crate::domain::compare::Verdict;
use crate::domain::measure::Measure;
use crate::read::subjects::{SubjectRow, SubjectsPage};

/// What complaints were about in a year.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Subjects")]
pub struct SubjectsJson<'a> {
    year: String,
    councils: u64,
    subjects: Vec<SubjectOf<'a>>,
    synthetic: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct SubjectOf<'a> {
    category: &'static str,
    title: &'static str,
    /// The measure of the complaints received; null where the Ombudsman does not count them apart.
    measure: Option<Word<Measure>>,
    /// Whether that measure counts complaints of other categories too.
    measure_is_wider: bool,
    received: Option<u64>,
    councils_with_counts: u64,
    /// How many councils have each verdict on the measure.
    verdicts: BTreeMap<&'static str, u64>,
    published: PublishedJson,
    subcategories: Vec<Part<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Part<'a> {
    subcategory: &'a str,
    published: PublishedJson,
}

/// The list.
pub fn json(page: &SubjectsPage) -> SubjectsJson<'_> {
    SubjectsJson {
        year: page.year.to_string(),
        councils: page.councils,
        subjects: page.subjects.iter().map(subject).collect(),
        synthetic: page.synthetic,
    }
}

fn subject(row: &SubjectRow) -> SubjectOf<'_> {
    SubjectOf {
        category: row.category.as_str(),
        title: row.category.title(),
        measure: row.area.map(|area| Word(area.measure)),
        measure_is_wider: row.area.is_some_and(|area| area.is_wider),
        received: row.received,
        councils_with_counts: row.councils_with_counts,
        verdicts: row.verdicts.iter().map(|(verdict, councils)| (verdict.as_str(), *councils)).collect(),
        published: published(row.published),
        subcategories: row
            .subcategories
            .iter()
            .map(|(slug, one)| Part { subcategory: slug, published: published(*one) })
            .collect(),
    }
}

/// A row for each category and each of its subcategories.
pub fn csv(page: &SubjectsPage) -> Table {
    let mut header = vec!["year", "category", "subcategory", "measure", "received", "councils_with_counts"];
    header.extend(Verdict::ALL.map(column));
    header.extend(PUBLISHED);
    header.push("synthetic");
    let mut rows = Vec::new();
    for row in &page.subjects {
        let mut cells = vec![
            Cell::text(page.year.to_string()),
            Cell::text(row.category.as_str()),
            Cell::Empty,
            Cell::maybe(row.area.map(|area| area.measure.as_str())),
            Cell::number(row.received),
            Cell::number(row.area.map(|_| row.councils_with_counts)),
        ];
        cells.extend(Verdict::ALL.map(|verdict| Cell::number(row.area.map(|_| row.count(verdict)))));
        cells.extend(published_cells(row.published));
        cells.push(Cell::flag(page.synthetic));
        rows.push(cells);
        for (slug, one) in &row.subcategories {
            let mut cells = vec![
                Cell::text(page.year.to_string()),
                Cell::text(row.category.as_str()),
                Cell::text(slug),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
            ];
            cells.extend(Verdict::ALL.map(|_| Cell::Empty));
            cells.extend(published_cells(*one));
            cells.push(Cell::flag(page.synthetic));
            rows.push(cells);
        }
    }
    Table { header, rows }
}

/// The column that counts councils with a verdict.
fn column(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Higher => "councils_higher",
        Verdict::PossiblyHigher => "councils_possibly_higher",
        Verdict::Within => "councils_within",
        Verdict::PossiblyLower => "councils_possibly_lower",
        Verdict::Lower => "councils_lower",
        Verdict::TooFew => "councils_too_few",
        Verdict::NoRate => "councils_no_rate",
        Verdict::NotCompared => "councils_not_compared",
    }
}
