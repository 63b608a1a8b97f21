//! The yearly statistics of councils, as canonical tables or the Ombudsman's own.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::Figures;
use super::odd_cell::OddCells;
use super::ombudsman::headings::{self, Header};
use super::ombudsman::{self, Tables};
use super::problems::Findings;
use super::scale::{self, Scale, ScaledRate};
use super::sheet::{Line, Sheet};
use super::table::{Columns, Fields, Row, Table, column_name};
use super::taught::Taught;
use super::workbook::WorkbookSheet;
use super::year_claims::Claim;
use super::{Context, InputFile, cells, consistency, council_lookup, spreadsheet, workbook, year_claims};
use crate::db::councils::Resolved;
use crate::domain::council::CouncilId;
use crate::domain::field::{CellKind, Field, YearlyTable, fixed, kind_of};
use crate::domain::format::counted_of;
use crate::domain::location::Location;
use crate::domain::record::StatisticsRecord;
use crate::domain::year::ReportingYear;

pub(super) use super::consistency::rates_match;

const COLUMNS: Columns =
    Columns { required: &["authority", "year"], optional: &["source_url"], fields: Fields::OfCouncils };

fn is_statistic(name: &str) -> bool {
    kind_of(name).is_some()
}

pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<StatisticsRecord> {
    let mut figures = Figures::default();
    let mut tables = Tables::default();
    for file in files {
        let sheets = if workbook::looks_like(&file.bytes) {
            spreadsheet::sheets(&file.name, &file.bytes, findings)
        } else {
            Sheet::from_csv(&file.name, &file.bytes, findings).into_iter().map(WorkbookSheet::from).collect()
        };
        read_file(file, sheets, context, &mut figures, &mut tables, findings);
    }
    consistency::check(&figures, context, findings);
    if !tables.others.is_empty()
        && let Some(file) = files.first()
    {
        let some = tables.others.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
        let found =
            format!("{} rows are of bodies that are no councils ({some}, …) and are left out", tables.others.len());
        findings.remark(Location::file(&file.name), found, "nothing to do, unless one of them is a council");
    }
    if !tables.summaries.is_empty()
        && let Some(file) = files.first()
    {
        let names: BTreeSet<&str> = tables.summaries.iter().map(String::as_str).collect();
        let names = names.into_iter().take(5).collect::<Vec<_>>().join(", ");
        let rows = counted_of(u64::try_from(tables.summaries.len()).unwrap_or(u64::MAX), "rows");
        let found = format!("{rows} of averages and groups left out: {names}");
        findings.remark(Location::file(&file.name), found, "nothing to do, unless one of them is a council");
    }
    tables.records
}

/// No table of a year has a twentieth of it; each name in it is held against those of all councils.
const MOST_ROWS: usize = 20_000;

/// Reads the sheets of one file, canonical or the Ombudsman's own.
fn read_file(
    file: &InputFile,
    sheets: Vec<WorkbookSheet>,
    context: Context<'_>,
    figures: &mut Figures,
    tables: &mut Tables,
    findings: &mut Findings,
) {
    let before = findings.problems.len();
    let count = sheets.len();
    let mut found = 0;
    let mut without_year = Vec::new();
    for mut sheet in sheets {
        let reading = Reading::of(&sheet.sheet, context.taught);
        if sheet.is_hidden {
            if !matches!(reading, Reading::Unknown) {
                found += 1;
                let expected = "nothing to do; show the sheet in a spreadsheet program if it is to be read";
                findings.remark(
                    sheet.sheet.place,
                    "the sheet is hidden and is left out, though it holds a table",
                    expected,
                );
            }
            continue;
        }
        if let Some(hidden) = sheet.hidden.as_ref().filter(|_| !matches!(reading, Reading::Unknown)) {
            let found =
                format!("{hidden} of the sheet cannot be seen in a spreadsheet program, and is read all the same");
            findings.remark(sheet.sheet.place.clone(), found, "nothing to do, unless it was hidden to be left out");
        }
        match reading {
            Reading::Ombudsman(_) if sheet.sheet.lines.len() > MOST_ROWS => {
                found += 1;
                let rows = format!("the table has {} rows", sheet.sheet.lines.len());
                findings.problem(sheet.sheet.place.clone(), rows, format!("at most {MOST_ROWS}"));
            }
            Reading::Ombudsman(header) => {
                found += 1;
                ombudsman::read_sheet(&sheet, &header, context, figures, tables, &mut without_year, findings);
            }
            Reading::Canonical(above) => {
                found += 1;
                let titles: Vec<Line> = sheet.sheet.lines.drain(..above).collect();
                canonical(sheet, &titles, context, figures, tables, findings);
            }
            // A CSV that holds nothing else is meant as canonical, so that its header is checked as such.
            Reading::Unknown if sheet.sheet.place.sheet.is_none() => {
                found += 1;
                canonical(sheet, &[], context, figures, tables, findings);
            }
            Reading::Unknown if ombudsman::looks_like_data(&sheet.sheet, context) => {
                found += 1;
                findings.problem(
                    sheet.sheet.place.clone(),
                    "the sheet lists councils, but its header row was not found",
                    "a row with “Authority Name” and the headings of data/columns/",
                );
            }
            Reading::Unknown => {}
        }
    }
    name_tables_without_year(without_year, findings);
    if found == 0 && findings.problems.len() == before {
        findings.problem(
            Location::file(&file.name),
            format!("no table was found in {count} sheets"),
            "a row with “Authority Name” and the headings of data/columns/",
        );
    }
}

/// One problem for all tables of a file that do not say their year.
fn name_tables_without_year(tables: Vec<(Location, YearlyTable)>, findings: &mut Findings) {
    let others = tables.len().saturating_sub(1);
    let Some((place, table)) = tables.into_iter().next() else { return };
    let more = if others == 0 { String::new() } else { format!("; nor do {others} more sheets of the file") };
    findings.problem(
        place,
        format!("this is a table of {}, and it does not say its year{more}", table.title()),
        "the year in its title, in the name of its sheet, in a column, or on the command line, like --year 2024-25",
    );
}

/// What a sheet is, by all of its rows: a title above a table may use the table's own words.
pub(super) enum Reading {
    /// A canonical table whose header stands below so many lines.
    Canonical(usize),
    /// One of the Ombudsman's tables.
    Ombudsman(Header),
    /// Neither.
    Unknown,
}

impl Reading {
    /// Reads what a sheet is.
    pub(super) fn of(sheet: &Sheet, taught: &Taught) -> Self {
        let canonical = sheet
            .lines
            .iter()
            .take(headings::SEARCHED)
            .map(canonical_columns)
            .enumerate()
            .filter(|(_, known)| *known > 0)
            .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        match (canonical, headings::find(sheet, &taught.headings)) {
            (Some((_, known)), Some(header)) if header.known() > known => Self::Ombudsman(header),
            (Some((above, _)), _) => Self::Canonical(above),
            (None, Some(header)) => Self::Ombudsman(header),
            (None, None) => Self::Unknown,
        }
    }
}

/// How many canonical columns a line names, where it is a canonical header: council and year are among them, and half of
/// its names are known.
fn canonical_columns(line: &Line) -> usize {
    let names: Vec<String> = line.cells.iter().map(|cell| column_name(cell)).filter(|name| !name.is_empty()).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let is_known = |name: &&String| is_statistic(name) || matches!(name.as_str(), "authority" | "year" | "source_url");
    let known = names.iter().filter(is_known).count();
    if has("authority") && has("year") && known * 2 >= names.len() { known } else { 0 }
}

fn canonical(
    sheet: WorkbookSheet,
    titles: &[Line],
    context: Context<'_>,
    figures: &mut Figures,
    tables: &mut Tables,
    findings: &mut Findings,
) {
    let WorkbookSheet { sheet, odd, .. } = sheet;
    let claims = year_claims::around(&sheet.place, titles, context.year);
    let Some(table) = Table::new(sheet, COLUMNS, findings) else { return };
    let mut contradicted = false;
    let mut seen: BTreeMap<(CouncilId, ReportingYear), Location> = BTreeMap::new();
    let fields: Vec<String> = table.columns().filter(|name| is_statistic(name)).map(str::to_owned).collect();
    let mut rows = Vec::new();
    table.each_row(context.progress, findings, |row, findings| {
        let Some(record) = one(row, &fields, &odd, context, &mut tables.others, findings) else { return };
        if !contradicted && !year_claims::agree(&claims, &BTreeSet::from([record.year])) {
            contradicted = true;
            let said = Claim::new("the row", [record.year]);
            let all: Vec<Claim> = claims.iter().cloned().chain(said).collect();
            let expected =
                "the same year everywhere; correct what is wrong, and leave --year out where each row has its year";
            findings.problem(row.at("year"), year_claims::listed(&all), expected);
        }
        rows.push((*row, record));
    });
    scale_rates(&mut rows, &fields, findings);
    for (row, record) in rows {
        let key = (record.council, record.year);
        for (field, value) in &record.cells {
            figures.add(key, field, *value, &row.at(field), findings);
        }
        if let Some(first) = seen.insert(key, row.location()).filter(|_| record.cells.is_empty()) {
            findings.problem(row.location(), format!("the row stands twice, first at {first}"), "each row once");
        }
        tables.records.push(record);
    }
}

/// Rates written as ratios become per cents, column by column; a per cent sign says what a number is.
fn scale_rates(rows: &mut [(Row<'_>, StatisticsRecord)], fields: &[String], findings: &mut Findings) {
    for field in fields.iter().filter(|field| kind_of(field) == Some(CellKind::Percent)) {
        let is_plain = |row: &Row<'_>| row.get(field).is_some_and(|cell| !cell.text.ends_with('%'));
        let rates: Vec<ScaledRate> = rows
            .iter()
            .filter_map(|(row, record)| {
                let value = |name: &str| record.cells.iter().find(|(of, _)| of == name).map(|(_, value)| *value);
                let (part, whole) = Field::named(field).and_then(|field| field.rate_of).unzip();
                let of_counts = part.and_then(value).zip(whole.and_then(value).filter(|whole| *whole > 0.0));
                Some(ScaledRate {
                    value: value(field)?,
                    has_sign: !is_plain(row),
                    of_counts: of_counts.map(|(part, whole)| part / whole * 100.0),
                    location: row.at(field),
                })
            })
            .collect();
        if scale::of_column(field, &rates, false, findings) == Scale::Ratios {
            let cells = rows.iter_mut().filter(|(row, _)| is_plain(row)).flat_map(|(_, record)| &mut record.cells);
            cells.filter(|(of, _)| of == field).for_each(|(_, value)| *value = scale::published(*value * 100.0));
        }
    }
}

fn one(
    row: &Row<'_>,
    fields: &[String],
    odd: &OddCells,
    context: Context<'_>,
    others: &mut Vec<String>,
    findings: &mut Findings,
) -> Option<StatisticsRecord> {
    let year =
        row.need("year", "a year like 2019-20", findings).and_then(|cell| cells::year(&cell, context.today, findings));
    let council = row.need("authority", "a council", findings).and_then(|cell| {
        if matches!(context.register.resolve(cell.text, year), Resolved::NoCouncil(_)) {
            others.push(cell.text.to_owned());
            return None;
        }
        council_lookup::council(&cell, year, context, findings).map(|council| (cell, council))
    });
    let council = council.and_then(|(cell, council)| match year {
        Some(year) => council_lookup::existed_or_ended(&cell, council, year, context, findings),
        None => Some(council),
    });
    if let Some(council) = council {
        council_lookup::name_agrees(row, council, year, context, findings);
    }
    let mut values = Vec::new();
    for field in fields_in_order(fields) {
        let Some(kind) = kind_of(field) else { continue };
        if let Some(odd) = row.place(field).and_then(|(line, column)| odd.get(line, column))
            && !odd.report(kind, &row.at(field), findings)
        {
            continue;
        }
        let Some(cell) = row.get(field) else { continue };
        if let Some(value) = cells::figure(&cell, kind, findings) {
            values.push((field.to_owned(), value));
        }
    }
    let source_url = cells::optional_url(row, "source_url", findings);
    Some(StatisticsRecord { council: council?.id, year: year?, cells: values, source_url, location: row.location() })
}

/// The fixed columns in their order, then the others by name.
fn fields_in_order(fields: &[String]) -> impl Iterator<Item = &str> {
    let known = fixed().map(|field| field.name).filter(|name| fields.iter().any(|field| field == name));
    let is_fixed = |name: &str| Field::named(name).is_some_and(Field::is_fixed);
    known.chain(fields.iter().map(String::as_str).filter(move |name| !is_fixed(name)))
}
