//! The Ombudsman's own yearly tables: received, decided, compliance (docs/domain.md, "The yearly tables").

mod cells;
mod entry;
pub(super) mod headings;
mod totals;

use std::collections::BTreeMap;

use self::cells::{Read, plain, read};
use self::entry::{Entry, is_rate};
use self::headings::Header;
use super::figures::Figures;
use super::problems::{Findings, quoted};
use super::sheet::{Line, Sheet};
use super::table::Cell;
use super::{Context, council_lookup};
use crate::db::councils::Resolved;
use crate::domain::council::CouncilId;
use crate::domain::field::{CellKind, FIELDS, YearlyTable, kind_of};
use crate::domain::location::Location;
use crate::domain::names::plain_words;
use crate::domain::record::{BodyName, StatisticsRecord};
use crate::domain::year::ReportingYear;

/// What the sheets of the tables hold.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// Figures of councils.
    pub(super) records: Vec<StatisticsRecord>,
    /// Bodies that are no councils, whose rows are left out.
    pub(super) others: Vec<String>,
}

/// Reads one sheet whose header was found.
pub(super) fn read_sheet(
    sheet: &Sheet,
    header: &Header,
    year: Option<ReportingYear>,
    context: Context<'_>,
    figures: &mut Figures,
    tables: &mut Tables,
    findings: &mut Findings,
) {
    let Some(year) = year else {
        findings.problem(
            sheet.place.at_row(header.row),
            format!("this is a table of {}, and it does not say its year", header.table.title()),
            "the year on the command line, like --year 2024-25",
        );
        return;
    };
    if !columns_are_sound(sheet, header, findings) {
        return;
    }
    let mut entries = Vec::new();
    for line in sheet.lines.iter().skip(header.lines) {
        entries.extend(entry(sheet, header, line, year, context, findings));
    }
    scale_rates(&mut entries);
    totals::check(header, &entries, findings);
    for entry in &entries {
        match &entry.body {
            Some(BodyName::Council(council)) => {
                tables.records.extend(record(*council, year, header, entry, figures, findings));
            }
            Some(BodyName::Other(name)) => tables.others.push(name.clone()),
            None => {}
        }
    }
}

/// Whether several rows of a sheet name councils and hold numbers: a table whose header was lost.
pub(super) fn looks_like_data(sheet: &Sheet, context: Context<'_>) -> bool {
    let is_row = |line: &&Line| {
        line.cells.iter().any(|text| read(text).is_value())
            && line.cells.iter().any(|text| {
                text.len() > 4 && matches!(context.register.resolve(plain(text), None), Resolved::Council(_))
            })
    };
    sheet.lines.iter().filter(is_row).take(3).count() == 3
}

/// Every column with values must be known, and no field may stand twice.
fn columns_are_sound(sheet: &Sheet, header: &Header, findings: &mut Findings) -> bool {
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
                    format!("a heading that {} describes", headings::file(header.table)),
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
    let needed = FIELDS.iter().filter(|field| field.needed && field.table == header.table).map(|field| field.name);
    for field in needed.filter(|field| !seen.contains_key(field)) {
        let found = format!("the table of {} has no column for {field}", header.table.title());
        findings.problem(here.clone(), found, format!("a heading that {} describes", headings::file(header.table)));
    }
    findings.problems.len() == before
}

/// A row of data; `None` for blank rows and notes.
fn entry(
    sheet: &Sheet,
    header: &Header,
    line: &Line,
    year: ReportingYear,
    context: Context<'_>,
    findings: &mut Findings,
) -> Option<Entry> {
    let location = sheet.place.at_row(line.number);
    let mut name = String::new();
    let mut name_column = "authority";
    let mut values = BTreeMap::new();
    for (at, heading) in &header.headings {
        let Some(text) = line.cells.get(*at).map(|text| text.trim()).filter(|text| !text.is_empty()) else { continue };
        match heading.field {
            Some("authority") => {
                text.clone_into(&mut name);
                name_column = &heading.text;
            }
            Some(field) if kind_of(field).is_some() || matches!(field, "~on_time" | "~not_complied" | "~upheld") => {
                values.insert(field, (read(text), location.at_column(&heading.text)));
            }
            _ => {}
        }
    }
    let has_values = values.values().any(|(read, _)| read.is_value());
    if !has_values && values.values().all(|(read, _)| *read == Read::Nothing) {
        // A note, a heading of a group, or a council without figures this year.
        return None;
    }
    if header.headings.values().any(|heading| heading.field == Some("authority") && heading.text == name) {
        // The header again, at the top of a printed page.
        return None;
    }
    if is_total(&name) {
        return Some(Entry { name, body: None, values, location });
    }
    for (read, place) in values.values() {
        if let Read::Wrong(text) = read {
            findings.problem(place.clone(), quoted(text), "a number, or a dash for no value");
        }
    }
    let place = location.at_column(name_column);
    if name.is_empty() {
        findings.problem(place, "the row has figures and no name", "the name of an authority, or “Total”");
        return None;
    }
    let body = body(&name, place, year, context, findings)?;
    Some(Entry { name, body: Some(body), values, location })
}

/// Names of rows that add up others.
fn is_total(name: &str) -> bool {
    let words = plain_words(name);
    let first = words.first().map(String::as_str).unwrap_or_default();
    matches!(first, "total" | "totals" | "subtotal" | "overall" | "sum")
        || matches!(
            words.join(" ").as_str(),
            "grand total" | "england" | "england total" | "all authorities" | "all councils" | "national total"
        )
        || words.last().is_some_and(|last| last == "total" || last == "totals")
}

/// Whom a row is about; footnote marks at the end of a name are left out when the name alone is known.
fn body(
    name: &str,
    place: Location,
    year: ReportingYear,
    context: Context<'_>,
    findings: &mut Findings,
) -> Option<BodyName> {
    let bare = plain(name);
    let undigited = bare.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let text = [name, bare, undigited]
        .into_iter()
        .find(|text| matches!(context.register.resolve(text, Some(year)), Resolved::Council(_)))
        .unwrap_or(bare);
    let cell = Cell { text, location: place };
    match context.register.resolve(text, Some(year)) {
        Resolved::Council(_) => {
            council_lookup::council_of_year(&cell, year, context, findings).map(|council| BodyName::Council(council.id))
        }
        _ => council_lookup::body(&cell, Some(year), context, findings),
    }
}

/// Rates written as fractions (0.76) become per cents. A column that never exceeds 1 is one of fractions;
/// in another, a number between 0 and 1 is one, since published rates are whole per cents.
fn scale_rates(entries: &mut [Entry]) {
    let mut largest: BTreeMap<&str, f64> = BTreeMap::new();
    for entry in entries.iter() {
        for (field, (read, _)) in &entry.values {
            if let Read::Number(value) = read {
                let most = largest.entry(field).or_insert(0.0);
                *most = most.max(*value);
            }
        }
    }
    let fractions: BTreeMap<&str, bool> = largest.into_iter().map(|(field, most)| (field, most <= 1.0)).collect();
    for entry in entries {
        for (field, (read, _)) in entry.values.iter_mut().filter(|(field, _)| is_rate(field)) {
            *read = match *read {
                Read::Number(value) if value < 1.0 || fractions.get(field) == Some(&true) => {
                    Read::Percent(published(value * 100.0))
                }
                Read::Number(value) => Read::Percent(published(value)),
                ref other => other.clone(),
            };
        }
    }
}

/// A rate as it was published: formulas carry more places than anybody printed, and those are rounded to
/// the whole per cent; one place is kept as it stands.
fn published(rate: f64) -> f64 {
    let tenth = (rate * 10.0).round() / 10.0;
    if (rate - tenth).abs() < 1e-6 { tenth } else { crate::domain::measure::round_half_up(rate) }
}

fn record(
    council: CouncilId,
    year: ReportingYear,
    header: &Header,
    entry: &Entry,
    figures: &mut Figures,
    findings: &mut Findings,
) -> Option<StatisticsRecord> {
    let mut cells = Vec::new();
    let mut add = |field: &str, value: f64, location: &Location, findings: &mut Findings| {
        let kind = kind_of(field);
        let most = if kind == Some(CellKind::Percent) { 100.0 } else { 1e7 };
        if !(0.0..=most).contains(&value) || (kind == Some(CellKind::Count) && value.fract() != 0.0) {
            let expected = if kind == Some(CellKind::Count) { "a whole number from 0" } else { "a rate from 0 to 100" };
            findings.problem(location.clone(), value.to_string(), expected);
            return;
        }
        figures.add((council, year), field, value, location, findings);
        cells.push((field.to_owned(), value));
    };
    for (field, (read, location)) in &entry.values {
        let Some(value) = read.number() else { continue };
        match *field {
            "~on_time" if !entry.values.contains_key("complied") => {
                let late = entry.values.get("complied_late").and_then(|(read, _)| read.number()).unwrap_or(0.0);
                add("complied", value + late, location, findings);
            }
            field if kind_of(field) == Some(CellKind::PerHundredThousand) => {
                add(field, (value * 10.0).round() / 10.0, location, findings);
            }
            field if field.starts_with('~') => {}
            field => add(field, value, location, findings),
        }
    }
    if header.table == YearlyTable::Decided {
        derived(entry, &mut add, findings);
    }
    cells.sort_by(|a, b| a.0.cmp(&b.0));
    (!cells.is_empty()).then(|| StatisticsRecord {
        council,
        year,
        cells,
        source_url: None,
        location: entry.location.clone(),
    })
}

/// The table of decisions names its parts; `upheld` and `investigated` are the same counts under the names
/// of the letters.
fn derived(entry: &Entry, add: &mut impl FnMut(&str, f64, &Location, &mut Findings), findings: &mut Findings) {
    let part = |field: &str| entry.values.get(field).and_then(|(read, at)| Some((read.number()?, at.clone())));
    let (Some((upheld, place)), Some((not_upheld, _))) = (part("decided_upheld"), part("decided_not_upheld")) else {
        return;
    };
    add("upheld", upheld, &place, findings);
    if part("investigated").is_none() {
        add("investigated", upheld + not_upheld, &place, findings);
    }
}
