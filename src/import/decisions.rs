//! Decisions and public reports.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use serde::Deserialize;

use super::apart::{self, Job};
use super::problems::{Findings, quoted};
use super::sheet::Sheet;
use super::table::{Cell, Columns, Fields, Row, Table};
use super::{Context, InputFile, cells, council_lookup, decision_page, json_lines};
use crate::db;
use crate::domain::council::Slug;
use crate::domain::decision::{Category, Decision, DecisionType, Outcome, Reference, Section};
use crate::domain::location::Location;
use crate::domain::record::{BodyName, DecisionRecord};
use crate::domain::year::ReportingYear;

const COLUMNS: Columns = Columns {
    required: &["reference", "authority", "type", "outcome", "category", "decision_date"],
    optional: &["subcategory", "summary", "sections", "url", "document", "withdrawn_on"],
    fields: Fields::None,
};
/// A list that only withdraws decisions needs no more than these.
const WITHDRAWALS: Columns =
    Columns { required: &["reference", "withdrawn_on"], optional: COLUMNS_OF_DECISIONS, fields: Fields::None };
const COLUMNS_OF_DECISIONS: &[&str] = &[
    "authority",
    "type",
    "outcome",
    "category",
    "decision_date",
    "subcategory",
    "summary",
    "sections",
    "url",
    "document",
];
/// The longest summaries have under 3,000 characters.
const MOST_SUMMARY: usize = 20_000;
/// The longest public reports have under 100,000 characters in one part.
const MOST_SECTION: usize = 400_000;

pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<DecisionRecord> {
    let mut records = Vec::new();
    let mut seen: BTreeMap<Reference, _> = BTreeMap::new();
    let mut sheets = Vec::new();
    let mut pages = Vec::new();
    for file in files {
        if decision_page::looks_like(&file.name, &file.bytes) {
            pages.push(file);
            continue;
        }
        let sheet = if json_lines::looks_like(&file.name, &file.bytes) {
            json_lines::sheet(&file.name, &file.bytes, findings)
        } else {
            Sheet::from_csv(&file.name, &file.bytes, findings)
        };
        sheets.extend(sheet);
    }
    for file in pages {
        match apart::tried(Job::Page, &file.bytes) {
            Ok(()) => sheets.extend(decision_page::sheet(&file.name, &file.bytes, findings)),
            Err(limit) => {
                findings.problem(Location::file(&file.name), limit.to_string(), "a saved page like the Ombudsman's");
            }
        }
    }
    let mut bodies = Bodies::default();
    for sheet in sheets {
        let columns = columns_of(&sheet);
        let Some(table) = Table::new(sheet, columns, findings) else { continue };
        table.each_row(context.progress, findings, |row, findings| {
            let Some(record) = one(row, &mut bodies, context, findings) else { return };
            if let Some(first) = seen.insert(record.decision.reference.clone(), row.location()) {
                findings.problem(
                    row.at("reference"),
                    format!("the reference {} stands twice, first at {first}", record.decision.reference),
                    "each decision once",
                );
            }
            records.push(record);
        });
    }
    records
}

fn columns_of(sheet: &Sheet) -> Columns {
    let header = sheet.lines.first().map(|line| line.cells.as_slice()).unwrap_or_default();
    let has = |name: &str| header.iter().any(|heading| super::table::column_name(heading) == name);
    if has("withdrawn_on") && !has("outcome") { WITHDRAWALS } else { COLUMNS }
}

/// Bodies by their names in the files, and the year where it tells which council is meant. Finding out that
/// a name is no council's compares it with all of them: of an import of 100,000 decisions that was two thirds.
#[derive(Default)]
struct Bodies(HashMap<(String, Option<ReportingYear>), BodyName>);

impl Bodies {
    fn named(
        &mut self,
        cell: &Cell<'_>,
        year: Option<ReportingYear>,
        context: Context<'_>,
        findings: &mut Findings,
    ) -> Option<BodyName> {
        let (in_any_year, in_year) = ((cell.text.to_owned(), None), (cell.text.to_owned(), year));
        if let Some(known) = self.0.get(&in_any_year).or_else(|| self.0.get(&in_year)) {
            return Some(known.clone());
        }
        let body = council_lookup::body(cell, year, context, findings)?;
        let key = if matches!(body, BodyName::Other(_)) { in_any_year } else { in_year };
        self.0.insert(key, body.clone());
        Some(body)
    }
}

fn one(row: &Row<'_>, bodies: &mut Bodies, context: Context<'_>, findings: &mut Findings) -> Option<DecisionRecord> {
    let reference = reference(row, findings);
    let withdrawn_on = cells::optional_day(row, "withdrawn_on", Some(context.visible_from), findings);
    if let Some(day) = withdrawn_on {
        let reference = reference?;
        // What cannot be read now fails where it is written.
        if matches!(db::decisions::by_reference(context.conn, &reference), Ok(None)) {
            findings.remark(
                row.at("reference"),
                format!("no decision {reference} is published here"),
                "the reference of a published decision; this one is kept out should it come",
            );
        }
        return Some(withdrawn(reference, day, row));
    }
    let decision_date = row
        .need("decision_date", "the day of the decision", findings)
        .and_then(|cell| cells::day(&cell, Some(context.today), findings));
    let year = decision_date.map(ReportingYear::containing);
    let body = row
        .need("authority", "a council or another body", findings)
        .and_then(|cell| bodies.named(&cell, year, context, findings));
    let kind = word(row, "type", DecisionType::ALL, DecisionType::as_str, DecisionType::title, findings);
    let outcome = word(row, "outcome", Outcome::ALL, Outcome::as_str, Outcome::title, findings);
    let category = category(row, findings);
    let subcategory = subcategory(row, findings);
    let summary = cells::optional_text(row, "summary", MOST_SUMMARY, findings).unwrap_or_default();
    let sections = sections(row, findings);
    let url = cells::optional_url(row, "url", findings);
    let document = cells::optional_url(row, "document", findings);
    Some(DecisionRecord {
        decision: Decision {
            reference: reference?,
            kind: kind?,
            outcome: outcome?,
            category: category?,
            subcategory,
            decision_date: decision_date?,
            summary,
        },
        body: body?,
        sections,
        url,
        document,
        withdrawn_on: None,
        location: row.location(),
    })
}

/// A decision to be removed: only its reference counts, and nothing else of the row is taken over.
fn withdrawn(reference: Reference, day: Date, row: &Row<'_>) -> DecisionRecord {
    DecisionRecord {
        decision: Decision {
            reference,
            kind: DecisionType::Statement,
            outcome: Outcome::Closed,
            category: Category::Other,
            subcategory: None,
            decision_date: day,
            summary: String::new(),
        },
        body: BodyName::Other(String::new()),
        sections: Vec::new(),
        url: None,
        document: None,
        withdrawn_on: Some(day),
        location: row.location(),
    }
}

/// The case reference of a row.
pub(super) fn reference(row: &Row<'_>, findings: &mut Findings) -> Option<Reference> {
    let cell = row.need("reference", "a case reference like 19 012 345", findings)?;
    let read = Reference::parse(cell.text).ok();
    if read.is_none() {
        findings.problem(
            cell.location,
            format!("{} is not a case reference", quoted(cell.text)),
            "one like 19 012 345, with a letter at the end for joint cases",
        );
    }
    read
}

/// The category of a row.
pub(super) fn category(row: &Row<'_>, findings: &mut Findings) -> Option<Category> {
    word(row, "category", Category::ALL, Category::as_str, Category::title, findings)
}

/// The subcategory of a row as the words of an address; new ones are welcome.
pub(super) fn subcategory(row: &Row<'_>, findings: &mut Findings) -> Option<String> {
    let cell = row.get("subcategory")?;
    let slug = Slug::parse(cell.text).ok().or_else(|| Slug::from_name(cell.text));
    if slug.is_none() {
        findings.problem(cell.location, quoted(cell.text), "words like school-transport");
    }
    slug.map(|slug| slug.to_string())
}

/// A word of a closed list, as its word or its title, in any case.
pub(super) fn word<T: Copy>(
    row: &Row<'_>,
    column: &str,
    all: &[T],
    word_of: fn(T) -> &'static str,
    title_of: fn(T) -> &'static str,
    findings: &mut Findings,
) -> Option<T> {
    if let Some(cell) = row.get(column)
        && let Some(found) = all.iter().copied().find(|one| word_of(*one) == cell.text)
    {
        return Some(found);
    }
    let words = all.iter().map(|one| word_of(*one)).collect::<Vec<_>>().join(", ");
    let expected = format!("one of {words}");
    let cell = row.need(column, &expected, findings)?;
    let same = |a: &str, b: &str| Slug::from_name(a) == Slug::from_name(b);
    let found = all.iter().copied().find(|one| same(word_of(*one), cell.text) || same(title_of(*one), cell.text));
    if found.is_none() {
        findings.problem(cell.location, format!("unknown {column} {}", quoted(cell.text)), expected);
    }
    found
}

/// A part of the text as it stands in JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonSection {
    heading: String,
    text: String,
}

fn sections(row: &Row<'_>, findings: &mut Findings) -> Vec<Section> {
    let Some(cell) = row.get("sections") else { return Vec::new() };
    let Ok(read) = serde_json::from_str::<Vec<JsonSection>>(cell.text) else {
        findings.problem(cell.location, quoted(cell.text), "a JSON list of objects with heading and text");
        return Vec::new();
    };
    let too_long =
        |section: &JsonSection| section.heading.chars().count() > 200 || section.text.chars().count() > MOST_SECTION;
    if read.len() > 100 || read.iter().any(too_long) {
        findings.problem(
            cell.location,
            "the sections are too long",
            format!("at most {MOST_SECTION} characters in each"),
        );
        return Vec::new();
    }
    read.into_iter().map(|section| Section { heading: section.heading, text: section.text }).collect()
}
