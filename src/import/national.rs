//! The national series.

use std::collections::BTreeMap;

use super::problems::Findings;
use super::sheet::Sheet;
use super::statistics::rates_match;
use super::table::{Columns, Table, nothing_else};
use super::{Context, InputFile, cells};
use crate::domain::field::kind_of;
use crate::domain::record::NationalRecord;

const FIELDS: [&str; 12] = [
    "received",
    "decided",
    "investigated",
    "upheld",
    "uphold_rate",
    "compliance_outcomes",
    "complied",
    "complied_late",
    "compliance_rate",
    "satisfactory_remedies",
    "satisfactory_remedy_rate",
    "upheld_per_100k",
];
const COLUMNS: Columns = Columns {
    required: &["year"],
    optional: &[
        "received",
        "decided",
        "investigated",
        "upheld",
        "uphold_rate",
        "compliance_outcomes",
        "complied",
        "complied_late",
        "compliance_rate",
        "satisfactory_remedies",
        "satisfactory_remedy_rate",
        "upheld_per_100k",
        "source_url",
    ],
    also: nothing_else,
};

pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<NationalRecord> {
    let mut records = Vec::new();
    let mut seen = BTreeMap::new();
    for file in files {
        let Some(sheet) = Sheet::from_csv(&file.name, &file.bytes, findings) else { continue };
        let Some(table) = Table::new(sheet, COLUMNS, findings) else { continue };
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
            for field in FIELDS {
                let Some(kind) = kind_of(field) else { continue };
                let Some(cell) = row.get(field) else { continue };
                if let Some(value) = cells::figure(&cell, kind, findings) {
                    values.push((field.to_owned(), value));
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
