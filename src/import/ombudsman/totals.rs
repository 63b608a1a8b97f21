//! Totals recomputed: each row against its own, each column against the rows of totals.

use std::collections::BTreeSet;

use super::entry::{Entry, is_rate};
use super::headings::Header;
use super::rows::RowKind;
use crate::db::councils::Register;
use crate::domain::field::{CellKind, FIELDS, Field, YearlyTable, kind_of, open_whole};
use crate::import::problems::{Findings, quoted};

/// Rows against their totals, and columns against the rows of totals.
pub(super) fn check(header: &Header, entries: &[Entry], register: &Register, findings: &mut Findings) {
    let parts = parts_of_row(header);
    for entry in entries.iter().filter(|entry| entry.body.is_some()) {
        row(entry, header, &parts, findings);
    }
    for (at, total) in entries.iter().enumerate() {
        let of_kind = match total.kind {
            RowKind::Total => None,
            RowKind::Subtotal(kind) => kind,
            _ => continue,
        };
        let above = entries.get(..at).unwrap_or_default();
        let since = above.iter().rposition(|entry| matches!(entry.kind, RowKind::Total | RowKind::Subtotal(_)));
        let section = above.get(since.map_or(0, |last| last + 1)..).unwrap_or_default();
        let kind_of_entry = |entry: &Entry| Some(register.get(entry.body.as_ref()?.council()?)?.kind);
        for (field, value) in total.values.iter().filter(|(field, _)| !is_rate(field)) {
            let counted = kind_of(field).is_none_or(|kind| kind == CellKind::Count);
            let (Some(stated), true) = (value.read.number(), counted) else { continue };
            let of_year = |entry: &&Entry| total.year.is_none() || entry.year == total.year;
            let sum = |rows: &[Entry], kind: Option<_>| -> f64 {
                rows.iter()
                    .filter(|entry| entry.body.is_some())
                    .filter(of_year)
                    .filter(|entry| kind.is_none() || kind_of_entry(entry) == kind)
                    .filter_map(|entry| entry.number(field))
                    .sum()
            };
            let (whole, of_section) = (sum(entries, None), sum(section, None));
            let of_kind = of_kind.map(|kind| sum(entries, Some(kind)));
            let is_it = |sum: f64| (stated - sum).abs() <= 1e-9;
            if (total.kind == RowKind::Total && is_it(whole)) || is_it(of_section) || of_kind.is_some_and(is_it) {
                continue;
            }
            let expected = match (total.kind, of_kind) {
                (RowKind::Total, _) => format!("{whole}, the sum of the column"),
                (_, Some(sum)) => format!("{sum}, the sum of its councils, or {of_section}, that of the rows above it"),
                _ => format!("{of_section}, the sum of the rows above it"),
            };
            findings.problem(
                value.location.clone(),
                format!("{} says {stated} in {field}", quoted(&total.name)),
                format!("{expected}; correct the row or leave it out"),
            );
        }
    }
}

/// The columns of a header that add up to the total of a row. Where the table has a total of some of them too, such as
/// "not for us", it stands for those of its parts that have no column.
fn parts_of_row(header: &Header) -> Vec<&'static str> {
    let Some(whole) = header.table.whole() else { return Vec::new() };
    let columns: BTreeSet<&'static str> = header.headings.values().filter_map(|heading| heading.field).collect();
    let has = |name: &str| columns.contains(name);
    let parts = || FIELDS.iter().filter(|field| field.part_of == Some(whole.name));
    let stands_for =
        |field: &Field| !field.sum_of.is_empty() && has(field.name) && !field.sum_of.iter().all(|part| has(part));
    let mut left_out: BTreeSet<&str> =
        parts().filter(|field| stands_for(field)).flat_map(|field| field.sum_of.iter().copied()).collect();
    left_out.extend(parts().filter(|field| !field.sum_of.is_empty() && !stands_for(field)).map(|field| field.name));
    let mut found: Vec<&'static str> =
        parts().map(|field| field.name).filter(|name| has(name) && !left_out.contains(name)).collect();
    // Areas that a data directory taught.
    found.extend(columns.iter().copied().filter(|column| open_whole(column).is_some()));
    let investigated = ["decided_upheld", "decided_not_upheld"];
    if header.table == YearlyTable::Decided && has("investigated") && !investigated.into_iter().all(has) {
        found.retain(|name| !investigated.contains(name));
        found.push("investigated");
    }
    found
}

fn row(entry: &Entry, header: &Header, parts: &[&'static str], findings: &mut Findings) {
    let number = |field: &str| entry.number(field);
    let place =
        |field: &str| entry.values.get(field).map_or_else(|| entry.location.clone(), |value| value.location.clone());
    let check = |total_field: &str, sum: f64, parts: &str, findings: &mut Findings| {
        if let Some(total) = number(total_field)
            && (total - sum).abs() > 1e-9
        {
            findings.problem(
                place(total_field),
                format!("{total_field} is {total}"),
                format!("{sum}, the sum of {parts}"),
            );
        }
    };
    if let Some(total) = header.table.whole().map(|whole| whole.name).filter(|_| !parts.is_empty()) {
        let values: Vec<Option<f64>> = parts.iter().map(|part| number(part)).collect();
        let sum: f64 = values.iter().flatten().sum();
        // What has no column or is blank may be the rest of the total; it cannot make the sum too high.
        let is_partial = values.iter().any(Option::is_none) || !makes_up_a_whole(header.table, parts);
        let may_be_rest = is_partial && number(total).is_some_and(|total| total >= sum);
        if !may_be_rest {
            check(total, sum, "the row", findings);
        }
    }
    if let (Some(upheld), Some(not_upheld)) = (number("decided_upheld"), number("decided_not_upheld")) {
        check("investigated", upheld + not_upheld, "upheld and not upheld", findings);
    }
    if let (Some(on_time), Some(missed)) = (number("~on_time"), number("~not_complied")) {
        let sum = on_time + number("complied_late").unwrap_or(0.0) + missed;
        check("compliance_outcomes", sum, "on time, late and not complied", findings);
        check("complied", sum - missed, "on time and late", findings);
    }
}

/// Whether the columns are all that the total is made of. Service areas change over the years, so that those which a table
/// has are taken for all; outcomes do not.
fn makes_up_a_whole(table: YearlyTable, parts: &[&str]) -> bool {
    let has = |any: &[&str]| any.iter().any(|part| parts.contains(part));
    table != YearlyTable::Decided
        || (has(&["decided_not_for_us", "decided_referred_back"])
            && has(&["decided_assessed_and_closed", "decided_closed_after_initial_enquiries"])
            && has(&["investigated", "decided_upheld"]))
}
