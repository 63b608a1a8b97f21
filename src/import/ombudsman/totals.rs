//! Totals recomputed: each row against its own, each column against the row of totals.

use super::entry::{Entry, is_rate};
use super::headings::Header;
use crate::domain::field::{CellKind, kind_of};
use crate::import::problems::{Findings, quoted};

/// Rows against their totals, and columns against the row of totals.
pub(super) fn check(header: &Header, entries: &[Entry], findings: &mut Findings) {
    let whole = header.table.whole().map(|whole| (whole.name, format!("{}_", whole.name)));
    for entry in entries.iter().filter(|entry| entry.body.is_some()) {
        let number = |field: &str| entry.values.get(field).and_then(|(read, _)| read.number());
        let place = |field: &str| entry.values.get(field).map_or_else(|| entry.location.clone(), |(_, at)| at.clone());
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
        if let Some((total, prefix)) = &whole {
            let columns = header.headings.values().filter_map(|heading| heading.field);
            let parts: Vec<Option<f64>> =
                columns.filter(|field| field.starts_with(prefix.as_str())).map(number).collect();
            let sum: f64 = parts.iter().flatten().sum();
            // A blank part is not known and may be the rest of the total; it cannot make the sum too high.
            let may_be_rest = parts.iter().any(Option::is_none) && number(total).is_some_and(|total| total >= sum);
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
    for total in entries.iter().filter(|entry| entry.body.is_none()) {
        for (field, (read, place)) in total.values.iter().filter(|(field, _)| !is_rate(field)) {
            let counted = kind_of(field).is_none_or(|kind| kind == CellKind::Count);
            let (Some(stated), true) = (read.number(), counted) else { continue };
            let above = entries.iter().filter(|entry| entry.body.is_some());
            let sum: f64 = above.filter_map(|entry| entry.values.get(field)?.0.number()).sum();
            if (stated - sum).abs() > 1e-9 {
                findings.problem(
                    place.clone(),
                    format!("{} says {stated} in {field}", quoted(&total.name)),
                    format!("{sum}, the sum of the column; correct the row or leave it out"),
                );
            }
        }
    }
}
