//! Saved pages of the Ombudsman's decisions: HTML of any year, read into the columns of the canonical file.
//!
//! The layout of these pages has changed over the years; what stays are the labels (Category, Decision,
//! Decision date), the headings of the parts and their order. So a page is first flattened into a list of
//! headings, labelled values and paragraphs, and only that is interpreted. Text is all that is taken:
//! scripts and styles are dropped, markup never survives.

mod blocks;
mod facts;
mod labels;

use scraper::Html;

use self::facts::Facts;
use self::labels::{DATE, OUTCOME};
use super::problems::{Findings, quoted};
use super::sheet::{Line, Sheet, decode};
use crate::domain::decision::Section;
use crate::domain::location::{Location, Problem};

/// What a page says, as texts of the canonical columns; the reader of tables checks them further.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RawDecision {
    /// Reference with its letter.
    pub(super) reference: String,
    /// Name of the body as written.
    pub(super) authority: String,
    /// `statement` or `report`.
    pub(super) kind: String,
    /// Word of the outcome.
    pub(super) outcome: String,
    /// Word of the category.
    pub(super) category: String,
    /// Words of the subcategory; empty where there is none.
    pub(super) subcategory: String,
    /// ISO date.
    pub(super) decision_date: String,
    /// Summary; empty where the page has none.
    pub(super) summary: String,
    /// Parts of the text in their order.
    pub(super) sections: Vec<Section>,
    /// Address that the page gives as its own.
    pub(super) url: String,
}

/// Reads a page. Whatever is missing or not understood is a problem that names the file.
pub(super) fn parse_page(html: &str, file: &str) -> Result<RawDecision, Vec<Problem>> {
    let page = Html::parse_document(html);
    let facts = Facts::of(&page);
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

/// Whether a file is a saved page, by its name or how it begins.
pub(super) fn looks_like(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let start: Vec<u8> = bytes.trim_ascii_start().iter().take(14).map(u8::to_ascii_lowercase).collect();
    let opens = [&b"<!doctype html"[..], b"<html"].iter().any(|word| start.starts_with(word));
    opens || [".html", ".htm", ".xhtml"].iter().any(|end| name.ends_with(end))
}

/// A page as a table of one row, so that it passes the same checks as every other decision.
pub(super) fn sheet(name: &str, bytes: &[u8], findings: &mut Findings) -> Option<Sheet> {
    let page = match parse_page(&decode(bytes), name) {
        Ok(page) => page,
        Err(mut problems) => {
            findings.problems.append(&mut problems);
            return None;
        }
    };
    let parts: Vec<_> =
        page.sections.iter().map(|part| serde_json::json!({"heading": part.heading, "text": part.text})).collect();
    let cells = [
        ("reference", page.reference),
        ("authority", page.authority),
        ("type", page.kind),
        ("outcome", page.outcome),
        ("category", page.category),
        ("subcategory", page.subcategory),
        ("decision_date", page.decision_date),
        ("summary", page.summary),
        ("sections", serde_json::Value::from(parts).to_string()),
        ("url", page.url),
    ];
    let header = Line { number: 1, cells: cells.iter().map(|(name, _)| (*name).to_owned()).collect() };
    let row = Line { number: 1, cells: cells.into_iter().map(|(_, text)| text).collect() };
    Some(Sheet { place: Location::file(name), lines: vec![header, row] })
}

#[cfg(test)]
mod tests;
