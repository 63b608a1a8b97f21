//! The Ombudsman's own yearly tables: received, decided, compliance (docs/domain.md, "The yearly tables").

mod cells;
mod columns;
mod entry;
pub(super) mod headings;
mod rows;
mod totals;
mod years;

use std::collections::BTreeMap;

use self::cells::{Read, plain, read};
use self::entry::{Entry, Value, is_rate};
use self::headings::Header;
use self::rows::RowKind;
use self::years::Years;
use super::figures::Figures;
use super::odd_cell::OddCell;
use super::problems::Findings;
use super::scale::{self, Scale, ScaledRate, published};
use super::sheet::{Line, Sheet};
use super::table::Cell;
use super::workbook::WorkbookSheet;
use super::{Context, council_lookup};
use crate::db::councils::Resolved;
use crate::domain::council::{CouncilId, GssCode};
use crate::domain::field::{CellKind, YearlyTable, kind_of};
use crate::domain::location::Location;
use crate::domain::record::{BodyName, StatisticsRecord};
use crate::domain::year::ReportingYear;

/// What the sheets of the tables hold.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// Figures of councils.
    pub(super) records: Vec<StatisticsRecord>,
    /// Bodies that are no councils, whose rows are left out.
    pub(super) others: Vec<String>,
    /// Names of rows of averages and of groups, which are left out.
    pub(super) summaries: Vec<String>,
}

/// Reads one sheet whose header was found. A table that does not say its year is named in `without_year`, so that a file
/// of many sheets says so once.
pub(super) fn read_sheet(
    read: &WorkbookSheet,
    header: &Header,
    context: Context<'_>,
    figures: &mut Figures,
    tables: &mut Tables,
    without_year: &mut Vec<(Location, YearlyTable)>,
    findings: &mut Findings,
) {
    let sheet = &read.sheet;
    if !columns::are_sound(sheet, header, findings) {
        return;
    }
    let Some(years) = years::of_table(sheet, header, context, without_year, findings) else { return };
    let mut entries = Vec::new();
    for line in sheet.lines.iter().skip(header.lines) {
        entries.extend(entry(read, header, line, &years, context, findings));
    }
    scale_rates(&mut entries, findings);
    totals::check(header, &entries, context.register, findings);
    for entry in &entries {
        if entry.kind.is_left_out() {
            tables.summaries.push(entry.name.clone());
        }
        match (&entry.body, entry.year) {
            (Some(BodyName::Council(council)), Some(year)) => {
                tables.records.extend(record(*council, year, header, entry, figures, findings));
            }
            (Some(BodyName::Other(name)), _) => tables.others.push(name.clone()),
            _ => {}
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

/// A row of data; `None` for blank rows and notes.
fn entry(
    sheet: &WorkbookSheet,
    header: &Header,
    line: &Line,
    years: &Years,
    context: Context<'_>,
    findings: &mut Findings,
) -> Option<Entry> {
    let location = sheet.sheet.place.at_row(line.number);
    let mut name = String::new();
    let mut name_column = "authority";
    let mut code = None;
    let mut values = BTreeMap::new();
    for (at, heading) in &header.headings {
        let text = line.cells.get(*at).map(|text| text.trim()).unwrap_or_default();
        let odd = sheet.odd.get(line.number, *at);
        match heading.field {
            Some("authority") if !text.is_empty() => {
                text.clone_into(&mut name);
                name_column = &heading.text;
            }
            Some("~code") if !text.is_empty() => {
                code = Some(Cell { text, location: location.at_column(&heading.text) });
            }
            Some(field) if kind_of(field).is_some() || matches!(field, "~on_time" | "~not_complied" | "~upheld") => {
                let odd = odd.cloned().or_else(|| OddCell::written(text));
                if !text.is_empty() || odd.is_some() {
                    values.insert(field, Value { read: read(text), odd, location: location.at_column(&heading.text) });
                }
            }
            _ => {}
        }
    }
    let kind = RowKind::of(&name);
    let says_nothing = |value: &Value| value.odd.is_none() && value.read == Read::Nothing;
    if values.values().all(says_nothing) || kind == RowKind::Note {
        // A note, a heading of a group, or a council without figures this year.
        return None;
    }
    let is_text = |value: &Value| value.odd.is_none() && !value.read.is_value();
    if values.values().all(is_text) && !may_be_council(&name, context) {
        // A note whose text stands in a column of figures.
        return None;
    }
    if header.headings.values().any(|heading| heading.field == Some("authority") && heading.text == name) {
        // The header again, at the top of a printed page.
        return None;
    }
    if kind.is_left_out() {
        return Some(Entry { name, kind, year: None, body: None, values, location });
    }
    for (field, value) in &mut values {
        value.settle(kind_of(field).unwrap_or(CellKind::Count), findings);
    }
    if kind != RowKind::Body {
        return Some(Entry { name, kind, year: years.stated(line), body: None, values, location });
    }
    let place = location.at_column(name_column);
    if name.is_empty() {
        findings.problem(place, "the row has figures and no name", "the name of an authority, or “Total”");
        return None;
    }
    let year = years.of_row(line, &location, context, findings)?;
    let body = body(&name, place, code.as_ref(), year, context, findings)?;
    Some(Entry { name, kind, year: Some(year), body: Some(body), values, location })
}

/// Whether a name is a council's, or near enough to one to be a mistyped one.
fn may_be_council(name: &str, context: Context<'_>) -> bool {
    let text = plain(name);
    !matches!(context.register.resolve(text, None), Resolved::Unknown | Resolved::NoCouncil(_))
        || !context.register.near(text, 1).is_empty()
}

/// Whom a row is about; footnote marks at the end of a name are left out when the name alone is known. A code beside the
/// name must be of the same council; it settles which of two councils of one name is meant.
fn body(
    name: &str,
    place: Location,
    code: Option<&Cell<'_>>,
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
    let coded = code.and_then(|code| GssCode::parse(code.text).ok()).and_then(|code| context.register.by_code(code));
    let named = match (context.register.resolve(text, Some(year)), coded) {
        (Resolved::Council(council), _) => Some(council),
        (Resolved::Ambiguous(several), Some(coded)) => several.into_iter().find(|council| council.id == coded.id),
        _ => None,
    };
    if let (Some(coded), Some(code)) = (coded, code)
        && named.is_none_or(|council| council.id != coded.id)
    {
        council_lookup::code_and_name_differ(code, coded, &cell, findings);
        return None;
    }
    match named {
        Some(council) => council_lookup::existed_or_ended(&cell, council, year, context, findings)
            .map(|council| BodyName::Council(council.id)),
        // Its figures are part of the totals, whatever becomes of its row.
        None if matches!(context.register.resolve(text, Some(year)), Resolved::NoCouncil(_)) => {
            Some(BodyName::Other(text.to_owned()))
        }
        None => council_lookup::body(&cell, Some(year), context, findings),
    }
}

/// Rates written as ratios (0.76) become per cents, column by column.
fn scale_rates(entries: &mut [Entry], findings: &mut Findings) {
    let mut columns: BTreeMap<String, Vec<ScaledRate>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !entry.kind.is_left_out()) {
        for (field, value) in entry.values.iter().filter(|(field, _)| is_rate(field)) {
            if let Some(number) = value.read.number() {
                let of_counts = entry.rate_of_counts(field);
                let has_sign = matches!(value.read, Read::Percent(_));
                let rate = ScaledRate { value: number, has_sign, of_counts, location: value.location.clone() };
                columns.entry((*field).to_owned()).or_default().push(rate);
            }
        }
    }
    let scales: BTreeMap<String, Scale> = columns
        .into_iter()
        .map(|(field, rates)| {
            let scale = scale::of_column(&field, &rates, true, findings);
            (field, scale)
        })
        .collect();
    for entry in entries {
        for (field, value) in entry.values.iter_mut().filter(|(field, _)| is_rate(field)) {
            value.read = match value.read {
                Read::Number(number) if scales.get(*field) == Some(&Scale::Ratios) => {
                    Read::Percent(published(number * 100.0))
                }
                Read::Number(number) => Read::Percent(published(number)),
                ref other => other.clone(),
            };
        }
    }
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
    for (field, Value { read, location, .. }) in &entry.values {
        let Some(value) = read.number() else { continue };
        match *field {
            "~on_time" if !entry.values.contains_key("complied") => {
                let late = entry.number("complied_late").unwrap_or(0.0);
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
    let part = |field: &str| entry.values.get(field).and_then(|one| Some((one.read.number()?, one.location.clone())));
    let Some((upheld, place)) = part("decided_upheld") else { return };
    add("upheld", upheld, &place, findings);
    if let Some((not_upheld, _)) = part("decided_not_upheld").filter(|_| part("investigated").is_none()) {
        add("investigated", upheld + not_upheld, &place, findings);
    }
}
