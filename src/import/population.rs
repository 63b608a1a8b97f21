//! Mid-year population estimates.

use std::collections::BTreeMap;

use super::problems::{Findings, quoted};
use super::table::{Columns, Fields, Table};
use super::{Context, InputFile, cells, council_lookup};
use crate::domain::record::PopulationRecord;

const COLUMNS: Columns =
    Columns { required: &["authority", "year", "population"], optional: &[], fields: Fields::None };

pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<PopulationRecord> {
    let mut records = Vec::new();
    let mut seen = BTreeMap::new();
    for file in files {
        let Some(table) = Table::from_csv(file, COLUMNS, findings) else { continue };
        for row in table.told(context.progress) {
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
                council_lookup::name_agrees(&row, council, None, context, findings);
            }
            let (Some(council), Some(year), Some(population)) = (council, year, population) else { continue };
            if let Some(first) = seen.insert((council.id, year), row.location()) {
                findings.problem(
                    row.location(),
                    format!("{} stands twice for {year}, first at {first}", council.official_name),
                    "one row for each council and year",
                );
            }
            records.push(PopulationRecord { council: council.id, year, population, location: row.location() });
        }
    }
    records
}
