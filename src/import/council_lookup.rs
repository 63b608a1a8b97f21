//! Which council a cell names.

use jiff::civil::Date;

use super::problems::{Findings, quoted};
use super::table::{Cell, Row};
use super::{Context, cells};
use crate::db::councils::{Register, Resolved};
use crate::domain::council::Council;
use crate::domain::names::plain_words;
use crate::domain::record::{BodyName, NoCouncil};
use crate::domain::year::ReportingYear;

/// Words that only councils have in their names: such a name must resolve.
const COUNCIL_WORDS: [&str; 3] = ["council", "borough", "councils"];
/// Words that no council of the register has in its name. A body that has one may lie as near to a council's
/// name as it likes: "Derbyshire Fire and Rescue Service".
const OTHER_WORDS: [&str; 46] = [
    "academy",
    "agency",
    "ambulance",
    "association",
    "authority",
    "board",
    "care",
    "centre",
    "church",
    "clinic",
    "college",
    "commission",
    "commissioner",
    "company",
    "crematorium",
    "fire",
    "foundation",
    "group",
    "health",
    "healthcare",
    "home",
    "homes",
    "hospital",
    "hospitals",
    "hospice",
    "house",
    "housing",
    "icb",
    "infant",
    "junior",
    "limited",
    "ltd",
    "llp",
    "mayor",
    "nhs",
    "panel",
    "park",
    "partnership",
    "plc",
    "police",
    "primary",
    "school",
    "service",
    "services",
    "surgery",
    "trust",
];
/// For so many years after its end figures of a council may be printed: its cases are closed by then. Later ones are of
/// somebody else.
const YEARS_AFTER_END: i16 = 3;
/// Near matches offered for an unknown name.
const OFFERED: usize = 3;

/// The council that a cell names; a problem when none or several may be meant.
pub(super) fn council<'a>(
    cell: &Cell<'_>,
    year: Option<ReportingYear>,
    context: Context<'a>,
    findings: &mut Findings,
) -> Option<&'a Council> {
    match context.register.resolve(cell.text, year) {
        Resolved::Council(council) => Some(council),
        Resolved::Ambiguous(several) => {
            ambiguous(cell, &several, findings);
            None
        }
        Resolved::NoCouncil(_) => {
            findings.problem(
                cell.location.clone(),
                format!("{} is known as no council", quoted(cell.text)),
                "a council",
            );
            None
        }
        Resolved::Unknown => {
            // Beyond those that are shown nobody reads what was perhaps meant, and looking for it takes longest.
            let near = if findings.are_many() { Vec::new() } else { context.register.near(cell.text, OFFERED) };
            unknown(cell, &near, findings);
            None
        }
    }
}

/// The council that a cell names, which must have existed in the year.
pub(super) fn council_of_year<'a>(
    cell: &Cell<'_>,
    year: ReportingYear,
    context: Context<'a>,
    findings: &mut Findings,
) -> Option<&'a Council> {
    existed(cell, council(cell, Some(year), context, findings)?, year, context, findings)
}

/// A council that a cell names, if it existed in the year.
fn existed<'a>(
    cell: &Cell<'_>,
    council: &'a Council,
    year: ReportingYear,
    context: Context<'a>,
    findings: &mut Findings,
) -> Option<&'a Council> {
    if council.active_in(year) {
        return Some(council);
    }
    findings.problem(
        cell.location.clone(),
        format!("{} did not exist in {year}", council.official_name),
        instead(council, year, context.register),
    );
    None
}

/// A council that a row of figures names. The Ombudsman still prints figures of councils that have ended; they are kept
/// under the council's own name, with a remark. Before its first day a council has none.
pub(super) fn existed_or_ended<'a>(
    cell: &Cell<'_>,
    council: &'a Council,
    year: ReportingYear,
    context: Context<'a>,
    findings: &mut Findings,
) -> Option<&'a Council> {
    let may_be_printed = |end: &Date| {
        *end <= year.first_day() && year.start_year() < ReportingYear::containing(*end).start_year() + YEARS_AFTER_END
    };
    let Some(end) = council.active_to.filter(may_be_printed) else {
        return existed(cell, council, year, context, findings);
    };
    findings.remark(
        cell.location.clone(),
        format!(
            "{} ended on {end}; its figures for {year} are kept under its own name, outside averages and the map",
            council.official_name
        ),
        format!("nothing to do, unless {} is meant", instead(council, year, context.register)),
    );
    Some(council)
}

/// Reports a row whose code is of one council and whose name is of another, or of nobody.
pub(super) fn code_and_name_differ(code: &Cell<'_>, coded: &Council, name: &Cell<'_>, findings: &mut Findings) {
    let column = name.location.column.as_deref().unwrap_or("its name");
    findings.problem(
        code.location.clone(),
        format!(
            "{} is the code of {}, but {column} says {}",
            quoted(code.text),
            coded.official_name,
            quoted(name.text)
        ),
        "code and name of the same council; correct one of them",
    );
}

/// Holds what a canonical row may carry beside its council, its name for people and its keys, against the council.
pub(super) fn name_agrees(
    row: &Row<'_>,
    council: &Council,
    year: Option<ReportingYear>,
    context: Context<'_>,
    findings: &mut Findings,
) {
    let Some(code) = row.get("authority") else { return };
    for beside in ["authority_name", "code", "slug"].into_iter().filter_map(|column| row.get(column)) {
        let same = match context.register.resolve(beside.text, year) {
            Resolved::Council(other) => other.id == council.id,
            Resolved::Ambiguous(several) => several.iter().any(|one| one.id == council.id),
            Resolved::NoCouncil(_) | Resolved::Unknown => false,
        };
        if !same {
            code_and_name_differ(&code, council, &beside, findings);
        }
    }
}

/// The council and the year that a row names; the council must have existed in the year.
pub(super) fn council_and_year<'a>(
    row: &Row<'_>,
    context: Context<'a>,
    findings: &mut Findings,
) -> (Option<&'a Council>, Option<ReportingYear>) {
    let year =
        row.need("year", "a year like 2019-20", findings).and_then(|cell| cells::year(&cell, context.today, findings));
    let council = match (row.need("authority", "a council", findings), year) {
        (Some(cell), Some(year)) => council_of_year(&cell, year, context, findings),
        (Some(cell), None) => council(&cell, None, context, findings),
        (None, _) => None,
    };
    if let Some(council) = council {
        name_agrees(row, council, year, context, findings);
    }
    (council, year)
}

/// What to write in the place of a council that was not there in the year.
fn instead(council: &Council, year: ReportingYear, register: &Register) -> String {
    let later = council.active_to.is_some_and(|end| end <= year.first_day());
    let others = if later { &council.successors } else { &council.predecessors };
    let names: Vec<&str> =
        others.iter().filter_map(|id| register.get(*id)).map(|other| other.official_name.as_str()).collect();
    if names.is_empty() { "a council that existed then".to_owned() } else { names.join(" or ") }
}

/// The body that a cell of a casework file names: a council, or another body kept by its name.
pub(super) fn body(
    cell: &Cell<'_>,
    year: Option<ReportingYear>,
    context: Context<'_>,
    findings: &mut Findings,
) -> Option<BodyName> {
    match context.register.resolve(cell.text, year) {
        Resolved::Council(council) => Some(BodyName::Council(council.id)),
        Resolved::Ambiguous(several) => {
            ambiguous(cell, &several, findings);
            None
        }
        Resolved::NoCouncil(NoCouncil::OtherBody) => super::cells::text(cell, 200, findings).map(BodyName::Other),
        Resolved::NoCouncil(NoCouncil::LeftOut) => {
            let found = format!("the row of {} is left out, as its name was taught", quoted(cell.text));
            findings.remark(cell.location.clone(), found, "nothing to do");
            None
        }
        Resolved::Unknown => {
            let near = context.register.near(cell.text, OFFERED);
            if may_be_another_body(cell.text, near.is_empty()) {
                return super::cells::text(cell, 200, findings).map(BodyName::Other);
            }
            unknown(cell, &near, findings);
            None
        }
    }
}

/// The rule of docs/importing.md: a name that says council or borough, or lies near a council's name, is one.
pub(super) fn may_be_another_body(name: &str, nothing_near: bool) -> bool {
    let words = plain_words(name);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    !words.is_empty() && !has(&COUNCIL_WORDS) && (nothing_near || has(&OTHER_WORDS))
}

fn ambiguous(cell: &Cell<'_>, several: &[&Council], findings: &mut Findings) {
    findings.problem(
        cell.location.clone(),
        format!("{} may be several councils", quoted(cell.text)),
        format!("one of {}", listed(several)),
    );
}

fn unknown(cell: &Cell<'_>, near: &[&Council], findings: &mut Findings) {
    let expected = if near.is_empty() {
        "a GSS code, an address name or a known name; `council-map import aliases` teaches further names, and names that \
         are no council’s"
            .to_owned()
    } else {
        format!(
            "perhaps {}; if it is no council, `council-map import aliases` teaches so with the line {},other body",
            listed(near),
            super::problems::clip(cell.text)
        )
    };
    findings.problem(cell.location.clone(), format!("unknown council {}", quoted(cell.text)), expected);
}

fn listed(councils: &[&Council]) -> String {
    councils
        .iter()
        .map(|council| format!("{} ({})", council.official_name, council.code))
        .collect::<Vec<_>>()
        .join(" or ")
}
