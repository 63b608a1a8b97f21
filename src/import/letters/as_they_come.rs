//! A letter without a list: council, year, day and figures are those that it prints.

use super::documents::{kept, text_of};
use crate::db::councils::Resolved;
use crate::db::figures;
use crate::domain::council::Council;
use crate::domain::field::words;
use crate::domain::location::Location;
use crate::domain::record::LetterRecord;
use crate::domain::year::ReportingYear;
use crate::import::figures::Figures;
use crate::import::printed::Printed;
use crate::import::problems::{Findings, quoted};
use crate::import::table::Cell;
use crate::import::{Context, InputFile, consistency, council_lookup, letter_text};

/// Canonical columns with their values.
type Cells = Vec<(String, f64)>;

/// The way out where a letter does not say enough.
const LIST: &str = "a list in CSV with authority, year, letter_date and document says it";

/// Reads a letter. Whatever is missing or does not agree is a problem that names the file.
pub(super) fn read(file: &InputFile, context: Context<'_>, findings: &mut Findings) -> Option<LetterRecord> {
    let place = Location::file(&file.name);
    let (kind, text) = match text_of(&file.name, &file.bytes) {
        Ok(read) => read,
        Err(unread) => {
            findings.problem(place, unread.found, unread.expected);
            return None;
        }
    };
    let printed = Printed::read(&text);
    let year = year(&printed, &place, context, findings);
    let council = council(&printed, year, &place, context, findings);
    if printed.date.is_none() {
        findings.problem(place.clone(), "no day stands over the letter", format!("a line like 22 July 2020; {LIST}"));
    }
    let (council, year, letter_date) = (council?, year?, printed.date?);
    if letter_date > context.visible_from {
        let expected = format!("a day not after {}", context.visible_from);
        findings.problem(place.clone(), format!("the letter is of {letter_date}, which is in the future"), expected);
        return None;
    }
    if letter_date <= year.last_day() {
        let found = format!("the letter is of {letter_date}, before {year} has ended");
        findings.problem(place.clone(), found, "a later day");
        return None;
    }
    let (office, figures) = of_printed(&printed, (council, year), &place, context, findings);
    Some(LetterRecord {
        council: council.id,
        year,
        letter_date,
        office,
        html: Some(letter_text::clean(&text)),
        text: Some(text),
        document: kept(kind, &file.name, file.bytes.clone()),
        url: None,
        figures,
        location: place,
    })
}

/// The office that a letter goes to and the figures to be taken over from its text.
pub(super) fn figures(
    text: &str,
    about: (&Council, ReportingYear),
    place: &Location,
    context: Context<'_>,
    findings: &mut Findings,
) -> (Option<String>, Cells) {
    of_printed(&Printed::read(text), about, place, context, findings)
}

fn year(printed: &Printed, place: &Location, context: Context<'_>, findings: &mut Findings) -> Option<ReportingYear> {
    let mut years: Vec<ReportingYear> =
        printed.years.iter().filter_map(|first| ReportingYear::starting_in(*first)).collect();
    if let Some(given) = context.year
        && !years.contains(&given)
    {
        if let Some(read) = years.first() {
            let found = format!("the letter is about {read}, but --year says {given}");
            findings.problem(place.clone(), found, "the same year in both, or no --year");
            return None;
        }
        years.push(given);
    }
    match years.as_slice() {
        [year] if year.first_day() <= context.today => Some(*year),
        [year] => {
            findings.problem(
                place.clone(),
                format!("the year {year} has not begun"),
                "a letter about a year that has ended",
            );
            None
        }
        [] => {
            let expected =
                format!("words like “for the year ending 31 March 2020”; --year says it for all letters, {LIST}");
            findings.problem(place.clone(), "the letter does not say which year it is about", expected);
            None
        }
        several => {
            let named = several.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ");
            findings.problem(
                place.clone(),
                format!("the letter says that it is about {named}"),
                format!("one year; {LIST}"),
            );
            None
        }
    }
}

/// The council that the address names, at the end of one of its lines.
fn council<'a>(
    printed: &Printed,
    year: Option<ReportingYear>,
    place: &Location,
    context: Context<'a>,
    findings: &mut Findings,
) -> Option<&'a Council> {
    let mut found: Vec<&Council> = Vec::new();
    for line in &printed.address {
        if let Some(council) = ends_with_council(line, year, context)
            && !found.iter().any(|one| one.id == council.id)
        {
            found.push(council);
        }
    }
    match found.as_slice() {
        [council] => match year {
            // The Ombudsman still writes about councils that have ended.
            Some(year) => {
                let cell = Cell { text: &council.official_name, location: place.clone() };
                council_lookup::existed_or_ended(&cell, council, year, context, findings)
            }
            None => Some(*council),
        },
        [] => {
            let (found, expected) = printed.address.last().map_or_else(
                || ("the letter names nobody between its day and “Dear”".to_owned(), format!("the name of a council there; {LIST}")),
                |line| {
                    let near = context.register.near(line, 3);
                    let names: Vec<&str> = near.iter().map(|council| council.official_name.as_str()).collect();
                    let expected = if names.is_empty() {
                        "a letter to a council; leave others out, or teach a further name with `council-map import aliases`".to_owned()
                    } else {
                        format!("perhaps {}; `council-map import aliases` teaches further names", names.join(" or "))
                    };
                    (format!("the letter is to {}, which is no council", quoted(line)), expected)
                },
            );
            findings.problem(place.clone(), found, expected);
            None
        }
        several => {
            let names: Vec<&str> = several.iter().map(|council| council.official_name.as_str()).collect();
            findings.problem(
                place.clone(),
                format!("the letter is to {}", names.join(" and ")),
                format!("one council; {LIST}"),
            );
            None
        }
    }
}

/// The longest end of a line that names a council: an office may stand before it.
fn ends_with_council<'a>(line: &str, year: Option<ReportingYear>, context: Context<'a>) -> Option<&'a Council> {
    let starts = std::iter::once(0).chain(line.match_indices(' ').map(|(at, _)| at + 1));
    starts.filter_map(|at| line.get(at..)).find_map(|end| match context.register.resolve(end, year) {
        // A single word that is also a place, at the end of a street, is no name of a council.
        Resolved::Council(council) if end.contains(' ') || end.len() == line.len() => Some(council),
        _ => None,
    })
}

fn of_printed(
    printed: &Printed,
    (council, year): (&Council, ReportingYear),
    place: &Location,
    context: Context<'_>,
    findings: &mut Findings,
) -> (Option<String>, Cells) {
    let figures = agreed(printed, (council, year), place, context, findings);
    (printed.office.clone(), figures)
}

/// The figures to be taken over: those that no table has given, as long as the letter agrees with itself and with the table.
fn agreed(
    printed: &Printed,
    (council, year): (&Council, ReportingYear),
    place: &Location,
    context: Context<'_>,
    findings: &mut Findings,
) -> Cells {
    if let Some((field, one, other)) = printed.contradictions.first() {
        let found = format!("the letter prints {field} as {one} and as {other}");
        findings.remark(place.at_column(field), found, "one number; none of its figures is taken over");
        return Vec::new();
    }
    // What cannot be read now fails where it is written.
    let loaded = figures::cells_of_tables(context.conn, council.id, year).unwrap_or_default();
    let of_table = |field: &str| loaded.iter().find(|(name, _)| name == field).map(|(_, value)| *value);
    let mut differ = false;
    for (field, value) in &printed.figures {
        if let Some(table) = of_table(field).filter(|table| table.to_bits() != value.to_bits()) {
            differ = true;
            let found = format!(
                "{} of {} is {value} in the letter for {year}",
                words(field).to_lowercase(),
                council.official_name
            );
            findings.remark(place.at_column(field), found, format!("{table}, as the table has it; the table stays"));
        }
    }
    if differ {
        return Vec::new();
    }
    let new: Vec<(&str, f64)> = printed
        .figures
        .iter()
        .filter(|(field, _)| of_table(field).is_none())
        .map(|(field, value)| (*field, *value))
        .collect();
    let mut checked = Figures::default();
    let mut found = Findings::default();
    for (field, value) in &new {
        checked.add((council.id, year), field, *value, &place.at_column(field), &mut found);
    }
    consistency::check(&checked, context, &mut found);
    let contradicts = !found.problems.is_empty();
    findings.remarks.append(&mut found.problems);
    findings.remarks.append(&mut found.remarks);
    if contradicts { Vec::new() } else { new.into_iter().map(|(field, value)| (field.to_owned(), value)).collect() }
}
