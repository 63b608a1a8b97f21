//! Service improvements.

use std::collections::BTreeMap;

use super::decisions::{category, reference, subcategory};
use super::problems::Findings;
use super::table::{Columns, Fields, Row, Table};
use super::{Context, InputFile, cells, council_lookup};
use crate::domain::record::ImprovementRecord;
use crate::domain::year::ReportingYear;

const COLUMNS: Columns = Columns {
    required: &["reference", "authority", "category", "summary", "agreed_on"],
    optional: &["subcategory", "due_on", "achieved_on"],
    fields: Fields::None,
};
/// A promise in public words; the longest of the Ombudsman's have under 2,000.
const MOST_SUMMARY: usize = 8_000;

pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<ImprovementRecord> {
    let mut records: Vec<ImprovementRecord> = Vec::new();
    let mut seen = BTreeMap::new();
    for file in files {
        let Some(table) = Table::from_csv(file, COLUMNS, findings) else { continue };
        table.each_row(context.progress, findings, |row, findings| {
            let Some(record) = one(row, context, findings) else { return };
            let key = (record.council, record.reference.clone(), record.summary.clone());
            if let Some(first) = seen.insert(key, row.location()) {
                findings.problem(
                    row.location(),
                    format!("the improvement of {} stands twice, first at {first}", record.reference),
                    "each improvement once",
                );
            }
            records.push(record);
        });
    }
    records
}

fn one(row: &Row<'_>, context: Context<'_>, findings: &mut Findings) -> Option<ImprovementRecord> {
    let agreed_on = row
        .need("agreed_on", "the day of the agreement", findings)
        .and_then(|cell| cells::day(&cell, Some(context.visible_from), findings));
    let due_on = cells::optional_day(row, "due_on", None, findings);
    let achieved_on = cells::optional_day(row, "achieved_on", Some(context.visible_from), findings);
    for (column, day) in [("due_on", due_on), ("achieved_on", achieved_on)] {
        if let (Some(day), Some(agreed)) = (day, agreed_on)
            && day < agreed
        {
            findings.problem(row.at(column), format!("{day} is before the agreement of {agreed}"), "a later day");
        }
    }
    let council = row
        .need("authority", "a council", findings)
        .and_then(|cell| council_lookup::council(&cell, agreed_on.map(ReportingYear::containing), context, findings));
    let reference = reference(row, findings);
    let category = category(row, findings);
    let summary =
        row.need("summary", "what was agreed", findings).and_then(|cell| cells::text(&cell, MOST_SUMMARY, findings));
    Some(ImprovementRecord {
        reference: reference?,
        council: council?.id,
        category: category?,
        subcategory: subcategory(row, findings),
        summary: summary?,
        agreed_on: agreed_on?,
        due_on,
        achieved_on,
        location: row.location(),
    })
}
