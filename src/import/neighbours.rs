//! Statistical nearest neighbours.

use std::collections::BTreeMap;

use super::problems::{Findings, quoted};
use super::table::{Columns, Fields, Table};
use super::{Context, InputFile, cells, council_lookup};
use crate::domain::record::NeighbourRecord;

const COLUMNS: Columns =
    Columns { required: &["authority", "rank", "neighbour"], optional: &["model"], fields: Fields::None };
/// What a file without a column for the model holds.
const MODEL: &str = "Nearest neighbours";

pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<NeighbourRecord> {
    let mut records = Vec::new();
    let mut seen = BTreeMap::new();
    for file in files {
        let Some(table) = Table::from_csv(file, COLUMNS, findings) else { continue };
        for row in table.rows() {
            let one = |column: &str, findings: &mut Findings| {
                row.need(column, "a council", findings)
                    .and_then(|cell| council_lookup::council(&cell, None, context, findings))
            };
            let council = one("authority", findings);
            let neighbour = one("neighbour", findings);
            let rank = row.need("rank", "a rank from 1", findings).and_then(|cell| {
                let rank = cell.text.parse::<u32>().ok().filter(|rank| (1..=400).contains(rank));
                if rank.is_none() {
                    findings.problem(cell.location, quoted(cell.text), "a rank from 1 to 400");
                }
                rank
            });
            let model = cells::optional_text(&row, "model", 80, findings).unwrap_or_else(|| MODEL.to_owned());
            let (Some(council), Some(neighbour), Some(rank)) = (council, neighbour, rank) else { continue };
            if council.id == neighbour.id {
                findings.problem(row.at("neighbour"), "a council is named as its own neighbour", "another council");
            }
            if let Some(first) = seen.insert((council.id, model.clone(), rank), row.location()) {
                findings.problem(
                    row.location(),
                    format!("rank {rank} of {} stands twice, first at {first}", council.official_name),
                    "each rank once for each council and model",
                );
            }
            records.push(NeighbourRecord {
                council: council.id,
                rank,
                neighbour: neighbour.id,
                model,
                location: row.location(),
            });
        }
    }
    records
}
