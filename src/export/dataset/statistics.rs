//! The columns of the yearly statistics, which grow with the files that were imported.

use super::ColumnKind::{Integer, Number};
use super::{AUTHORITY, AUTHORITY_NAME, Column, SOURCE_URL, SYNTHETIC, YEAR};
use crate::domain::field::{AREAS, CellKind, FIXED, OUTCOMES, kind_of, words};

/// A column for each that councils have values for; of the fixed ones all.
pub(super) fn columns(fields: &[String]) -> Vec<Column> {
    let mut columns: Vec<Column> = [AUTHORITY, AUTHORITY_NAME, YEAR].iter().map(Column::from).collect();
    let further = fields.iter().map(String::as_str).filter(|field| !FIXED.iter().any(|(name, _)| name == field));
    for name in FIXED.iter().map(|(name, _)| *name).chain(further) {
        let kind = match kind_of(name) {
            Some(CellKind::Count) => Integer,
            _ => Number,
        };
        columns.push(Column { name: name.to_owned(), kind, description: field_description(name) });
    }
    columns.extend([SOURCE_URL, SYNTHETIC].iter().map(Column::from));
    columns
}

fn field_description(name: &str) -> String {
    if let Some(area) = name.strip_prefix("received_") {
        let title =
            AREAS.iter().find(|(key, _)| *key == area).map_or_else(|| words(area), |(_, title)| (*title).to_owned());
        return format!("Complaints and enquiries received: {title}.");
    }
    if let Some(outcome) = name.strip_prefix("decided_") {
        let title = OUTCOMES
            .iter()
            .find(|(key, ..)| *key == outcome)
            .map_or_else(|| words(outcome), |(_, title, _)| (*title).to_owned());
        return format!("Decided: {title}.");
    }
    match name {
        "received" => "Complaints and enquiries received in the year.",
        "decided" => "Complaints and enquiries decided in the year.",
        "investigated" => "Decided after detailed investigation: upheld and not upheld.",
        "upheld" => "Detailed investigations in which fault was found.",
        "uphold_rate" => "Upheld of investigated, per cent, as published.",
        "compliance_outcomes" => "Cases whose compliance was recorded in the year.",
        "complied" => "Of these, cases in which the council did what it had agreed, late ones included.",
        "complied_late" => "Of these, the late ones.",
        "compliance_rate" => "Complied of compliance outcomes, per cent, as published.",
        "satisfactory_remedies" => "Upheld cases in which the council had offered enough before.",
        "satisfactory_remedy_rate" => "Satisfactory remedies of upheld, per cent, as published.",
        "upheld_per_100k" => "Upheld complaints per 100,000 residents, as published.",
        name if name.ends_with("_similar") => "The published average of similar authorities.",
        _ => "As in the yearly tables.",
    }
    .to_owned()
}
