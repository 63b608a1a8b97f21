//! Saved pages of the Ombudsman's decisions: HTML of any year, read into the columns of the canonical file.
//!
//! The layout of these pages has changed over the years; what stays are the labels (Category, Decision,
//! Decision date), the headings of the parts and their order. So a page is first flattened into a list of
//! headings, labelled values and paragraphs, and only that is interpreted. Text is all that is taken:
//! scripts and styles are dropped, markup never survives.

mod blocks;
mod facts;
mod labels;
mod listing;
mod marks;
mod raw;
mod tables;

use scraper::Html;

use self::facts::Facts;
use self::labels::{DATE, OUTCOME};
use self::raw::RawDecision;

use super::problems::{Findings, quoted};
use super::saved_page::{self, Saved};
use super::sheet::{Line, Sheet};
use crate::domain::location::{Location, Problem};

/// Reads the page of one decision. Whatever is missing or not understood is a problem that names the file.
fn decision(facts: &Facts, file: &str) -> Result<RawDecision, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut miss = |found: String, expected: &str| {
        problems.push(Problem::new(Location::file(file), found, expected));
        String::new()
    };
    let reference = facts.reference(file);
    let reference = reference.map_or_else(
        || miss("no case reference".to_owned(), "one like 19 012 345 in the heading"),
        |one| one.to_string(),
    );
    let authority = facts.authority().unwrap_or_else(|| {
        miss("no body is named".to_owned(), "its name before the reference in the heading, or after “Organisation”")
    });
    let (category, subcategory) = facts.subject().map_or_else(
        || {
            let found = facts
                .label(&["category"])
                .map_or("no category".to_owned(), |text| format!("unknown category {}", quoted(text)));
            (miss(found, "“Category : Education > School transport”"), String::new())
        },
        |(category, subcategory)| (category.as_str().to_owned(), subcategory),
    );
    let outcome = facts.outcome().map_or_else(
        || {
            let found = facts
                .label(OUTCOME)
                .map_or("no outcome".to_owned(), |text| format!("unknown outcome {}", quoted(text)));
            miss(found, "Upheld, Not upheld or Closed after initial enquiries after “Decision”")
        },
        |outcome| outcome.as_str().to_owned(),
    );
    let decision_date = facts.date().map_or_else(
        || {
            let found =
                facts.label(DATE).map_or("no date".to_owned(), |text| format!("{} is not a date", quoted(text)));
            miss(found, "a day like 22 November 2019 after “Decision date”")
        },
        |day| day.to_string(),
    );
    if !problems.is_empty() {
        return Err(problems);
    }
    let (summary, sections) = facts.text();
    Ok(RawDecision {
        reference,
        authority,
        kind: if facts.is_report() { "report" } else { "statement" }.to_owned(),
        outcome,
        category,
        subcategory,
        decision_date,
        summary,
        sections,
        url: facts.url.clone().unwrap_or_default(),
    })
}

/// Whether a file is a saved page, by how it begins or by its name.
pub(super) fn looks_like(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let named = [".html", ".htm", ".xhtml", ".mhtml", ".mht"].iter().any(|end| name.ends_with(end));
    named || saved_page::is_html(bytes) || saved_page::is_mhtml(bytes)
}

/// A page as a table of one row, and a list as one of a row for each decision, so that they pass the same checks as every other
/// decision.
pub(super) fn sheet(name: &str, bytes: &[u8], findings: &mut Findings) -> Option<Sheet> {
    let Some(saved) = Saved::read(bytes) else {
        findings.problem(
            Location::file(name),
            "the file is a saved page (MHTML) without the page in it",
            "the page saved again, as HTML or as a single file",
        );
        return None;
    };
    let page = Html::parse_document(&saved.html);
    let facts = Facts::of(&page, &saved);
    let before = findings.problems.len();
    let mut pages = if facts.is_decision() { Vec::new() } else { listing::decisions(&page, name, findings) };
    if findings.problems.len() > before {
        return None;
    }
    if pages.is_empty() {
        match decision(&facts, name) {
            Ok(page) => pages.push(page),
            Err(mut problems) => {
                findings.problems.append(&mut problems);
                return None;
            }
        }
    }
    let mut lines = vec![Line { number: 1, cells: COLUMNS.map(str::to_owned).to_vec() }];
    lines.extend((1..).zip(pages).map(|(number, page)| Line { number, cells: cells(page) }));
    Some(Sheet { place: Location::file(name), lines })
}

/// The columns of the canonical file that a page fills.
const COLUMNS: [&str; 10] = [
    "reference",
    "authority",
    "type",
    "outcome",
    "category",
    "subcategory",
    "decision_date",
    "summary",
    "sections",
    "url",
];

/// The cells of these columns.
fn cells(page: RawDecision) -> Vec<String> {
    let parts: Vec<_> =
        page.sections.iter().map(|part| serde_json::json!({"heading": part.heading, "text": part.text})).collect();
    let sections = if parts.is_empty() { String::new() } else { serde_json::Value::from(parts).to_string() };
    vec![
        page.reference,
        page.authority,
        page.kind,
        page.outcome,
        page.category,
        page.subcategory,
        page.decision_date,
        page.summary,
        sections,
        page.url,
    ]
}

#[cfg(test)]
mod tests;
