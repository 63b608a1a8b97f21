//! The yearly statistics of councils, as canonical tables or the Ombudsman's own.

use std::collections::BTreeMap;

use super::figures::Figures;
use super::ombudsman::{self, Tables};
use super::problems::Findings;
use super::sheet::Sheet;
use super::table::{Columns, Fields, Row, Table, column_name};
use super::{Context, InputFile, cells, consistency, council_lookup, workbook};
use crate::domain::council::CouncilId;
use crate::domain::field::{Field, fixed, kind_of};
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
            workbook::sheets(&file.name, &file.bytes, findings)
        } else {
            Sheet::from_csv(&file.name, &file.bytes, findings).into_iter().collect()
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
    tables.records
}

/// Reads the sheets of one file, canonical or the Ombudsman's own.
fn read_file(
    file: &InputFile,
    sheets: Vec<Sheet>,
    context: Context<'_>,
    figures: &mut Figures,
    tables: &mut Tables,
    findings: &mut Findings,
) {
    let before = findings.problems.len();
    let count = sheets.len();
    let mut found = 0;
    for sheet in sheets {
        let header = ombudsman::headings::find(&sheet).filter(|_| !is_canonical(&sheet));
        if let Some(header) = header {
            found += 1;
            ombudsman::read_sheet(&sheet, &header, context.year, context, figures, tables, findings);
        } else if is_canonical(&sheet) || sheet.place.sheet.is_none() {
            // A CSV that holds nothing else is meant as canonical, so that its header is checked as such.
            found += 1;
            canonical(sheet, context, figures, tables, findings);
        } else if ombudsman::looks_like_data(&sheet, context) {
            found += 1;
            findings.problem(
                sheet.place.clone(),
                "the sheet lists councils, but its header row was not found",
                "a row with “Authority Name” and the headings of data/columns/",
            );
        }
    }
    if found == 0 && findings.problems.len() == before {
        findings.problem(
            Location::file(&file.name),
            format!("no table was found in {count} sheets"),
            "a row with “Authority Name” and the headings of data/columns/",
        );
    }
}

/// Whether the first row is a canonical header: half of its names are canonical columns.
fn is_canonical(sheet: &Sheet) -> bool {
    let names: Vec<String> = sheet
        .lines
        .first()
        .map(|line| line.cells.iter().map(|cell| column_name(cell)).filter(|name| !name.is_empty()).collect())
        .unwrap_or_default();
    let known = names
        .iter()
        .filter(|name| is_statistic(name) || matches!(name.as_str(), "authority" | "year" | "source_url"))
        .count();
    known > 0 && known * 2 >= names.len()
}

fn canonical(sheet: Sheet, context: Context<'_>, figures: &mut Figures, tables: &mut Tables, findings: &mut Findings) {
    let Some(table) = Table::new(sheet, COLUMNS, findings) else { return };
    let mut seen: BTreeMap<(CouncilId, ReportingYear), Location> = BTreeMap::new();
    let fields: Vec<String> = table.columns().filter(|name| is_statistic(name)).map(str::to_owned).collect();
    for row in table.told(context.progress) {
        let Some(record) = one(&row, &fields, context, findings) else { continue };
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

fn one(row: &Row<'_>, fields: &[String], context: Context<'_>, findings: &mut Findings) -> Option<StatisticsRecord> {
    let year =
        row.need("year", "a year like 2019-20", findings).and_then(|cell| cells::year(&cell, context.today, findings));
    let council = match (row.need("authority", "a council", findings), year) {
        (Some(cell), Some(year)) => council_lookup::council_of_year(&cell, year, context, findings),
        (Some(cell), None) => council_lookup::council(&cell, None, context, findings),
        (None, _) => None,
    };
    let mut values = Vec::new();
    for field in fields_in_order(fields) {
        let (Some(kind), Some(cell)) = (kind_of(field), row.get(field)) else { continue };
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
