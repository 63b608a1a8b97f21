//! The national series.

use std::collections::BTreeMap;

use super::problems::Findings;
use super::statistics::rates_match;
use super::table::{Columns, Fields, Table};
use super::{Context, InputFile, cells};
use crate::domain::record::NationalRecord;

const COLUMNS: Columns = Columns { required: &["year"], optional: &["source_url"], fields: Fields::National };

pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<NationalRecord> {
    let mut records = Vec::new();
    let mut seen = BTreeMap::new();
    for file in files {
        let Some(table) = Table::from_csv(file, COLUMNS, findings) else { continue };
        for row in table.rows() {
            let Some(cell) = row.need("year", "a year like 2019-20", findings) else { continue };
            let Some(year) = cells::year(&cell, context.today, findings) else { continue };
            if let Some(first) = seen.insert(year, row.location()) {
                findings.problem(
                    cell.location,
                    format!("the year {year} stands twice, first at {first}"),
                    "each year once",
                );
            }
            let mut values = Vec::new();
            for field in COLUMNS.fields.fixed() {
                let Some(cell) = row.get(field.name) else { continue };
                if let Some(value) = cells::figure(&cell, field.kind, findings) {
                    values.push((field.name.to_owned(), value));
                }
            }
            let by_field: BTreeMap<&str, f64> = values.iter().map(|(field, value)| (field.as_str(), *value)).collect();
            rates_match(|field| by_field.get(field).copied(), |field| row.at(field), findings);
            let source_url = cells::optional_url(&row, "source_url", findings);
            records.push(NationalRecord { year, cells: values, source_url, location: row.location() });
        }
    }
    records
}
