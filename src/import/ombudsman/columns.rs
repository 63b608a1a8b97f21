//! Whether the columns of a table are known and enough.

use std::collections::BTreeMap;

use super::cells::read;
use super::headings::{self, Header};
use crate::domain::field::YearlyTable;
use crate::import::problems::{Findings, quoted};
use crate::import::sheet::Sheet;

/// The columns without which a table means nothing: all of one of these sets. The first is the usual one.
fn needed(table: YearlyTable) -> &'static [&'static [&'static str]] {
    match table {
        YearlyTable::Received => &[&[]],
        YearlyTable::Decided => {
            &[&["decided_upheld", "decided_not_upheld"], &["decided_upheld", "investigated"], &["upheld_per_100k"]]
        }
        YearlyTable::Compliance => {
            &[&["compliance_outcomes"], &["satisfactory_remedies"], &["satisfactory_remedy_rate"]]
        }
    }
}

/// Every column with values must be known, and no field may stand twice.
pub(super) fn are_sound(sheet: &Sheet, header: &Header, findings: &mut Findings) -> bool {
    let here = sheet.place.at_row(header.row);
    let before = findings.problems.len();
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let width = sheet.lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
    for at in 0..width {
        let used = || {
            sheet
                .lines
                .iter()
                .skip(header.lines)
                .any(|line| line.cells.get(at).is_some_and(|text| read(text).is_value()))
        };
        match header.headings.get(&at) {
            None if used() => findings.problem(
                here.clone(),
                format!("column {} holds numbers and has no heading", at + 1),
                "a heading over every column",
            ),
            None => {}
            Some(heading) => match heading.field {
                None if used() => findings.problem(
                    here.at_column(&heading.text),
                    format!("unknown heading {} in the table of {}", quoted(&heading.text), header.table.title()),
                    format!(
                        "a heading that {} describes; a line in headings.csv of the data directory teaches another, or that \
                         the column is left out",
                        headings::file(header.table)
                    ),
                ),
                Some(field) if !field.starts_with('~') || field == "~on_time" => {
                    if let Some(first) = seen.insert(field, &heading.text) {
                        findings.problem(
                            here.at_column(&heading.text),
                            format!("{} means {field}, and so does {}", quoted(&heading.text), quoted(first)),
                            "each column once",
                        );
                    }
                }
                _ => {}
            },
        }
    }
    let has = |fields: &[&str]| fields.iter().all(|field| seen.contains_key(field));
    let needed = needed(header.table);
    if let Some(usual) = needed.first()
        && !needed.iter().any(|fields| has(fields))
    {
        for field in usual.iter().filter(|field| !seen.contains_key(*field)) {
            let found = format!("the table of {} has no column for {field}", header.table.title());
            findings.problem(here.clone(), found, format!("a heading that {} describes", headings::file(header.table)));
        }
    }
    findings.problems.len() == before
}
