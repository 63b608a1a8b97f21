//! Mid-year population estimates.

mod estimates;

use std::collections::BTreeMap;

use super::problems::{Findings, quoted};
use super::sheet::Sheet;
use super::table::{Columns, Fields, Table};
use super::{Context, InputFile, cells, council_lookup, spreadsheet, workbook};
use crate::domain::record::PopulationRecord;

const COLUMNS: Columns =
    Columns { required: &["authority", "year", "population"], optional: &[], fields: Fields::None };

pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<PopulationRecord> {
    let mut records = Vec::new();
    let mut seen = BTreeMap::new();
    for file in files {
        let sheets: Vec<Sheet> = if workbook::looks_like(&file.bytes) {
            spreadsheet::sheets(&file.name, &file.bytes, findings).into_iter().map(|sheet| sheet.sheet).collect()
        } else {
            Sheet::from_csv(&file.name, &file.bytes, findings).into_iter().collect()
        };
        if let Some((sheet, header)) = table_of_all_persons(&sheets) {
            records.extend(estimates::read(sheet, &header, context, &mut seen, findings));
            continue;
        }
        let Some(sheet) = sheets.into_iter().next() else { continue };
        let Some(table) = Table::new(sheet, COLUMNS, findings) else { continue };
        table.each_row(context.progress, findings, |row, findings| {
            let year = row.need("year", "a calendar year", findings).and_then(|cell| {
                let year = cell.text.parse::<i16>().ok().filter(|year| (1974..=context.today.year()).contains(year));
                if year.is_none() {
                    findings.problem(cell.location, quoted(cell.text), "a calendar year that has begun, like 2023");
                }
                year
            });
            let council = row
                .need("authority", "a council", findings)
                .and_then(|cell| council_lookup::council(&cell, None, context, findings));
            let population = row
                .need("population", "a number of residents", findings)
                .and_then(|cell| cells::count(&cell, findings));
            if let Some(council) = council {
                council_lookup::name_agrees(row, council, None, context, findings);
            }
            let (Some(council), Some(year), Some(population)) = (council, year, population) else { return };
            if let Some(first) = seen.insert((council.id, year), row.location()) {
                findings.problem(
                    row.location(),
                    format!("{} stands twice for {year}, first at {first}", council.official_name),
                    "one row for each council and year",
                );
            }
            records.push(PopulationRecord { council: council.id, year, population, location: row.location() });
        });
    }
    records
}

/// Whether a sheet is a table of estimates as published, not a canonical one.
pub(super) fn is_published(sheet: &Sheet) -> bool {
    estimates::find(sheet).is_some()
}

/// The sheet of estimates: of several, the one that its name says to be of persons, since the others are of one sex.
fn table_of_all_persons(sheets: &[Sheet]) -> Option<(&Sheet, estimates::Header)> {
    let mut found: Vec<_> = sheets.iter().filter_map(|sheet| Some((sheet, estimates::find(sheet)?))).collect();
    let of_persons =
        |sheet: &Sheet| sheet.place.sheet.as_ref().is_some_and(|name| name.to_lowercase().contains("persons"));
    let at = found.iter().position(|(sheet, _)| of_persons(sheet)).unwrap_or(0);
    (at < found.len()).then(|| found.swap_remove(at))
}
