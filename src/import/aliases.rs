//! Further names of councils, and names that are no council's: what a file calls them, and who they are.

use std::collections::BTreeMap;

use super::problems::{Findings, quoted};
use super::table::{Columns, Fields, Table};
use super::{Context, InputFile, cells, council_lookup};
use crate::domain::names;
use crate::domain::record::{AliasRecord, NameMeans, NoCouncil};

const COLUMNS: Columns = Columns { required: &["alias", "authority"], optional: &[], fields: Fields::None };

pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<AliasRecord> {
    let mut records = Vec::new();
    let mut seen = BTreeMap::new();
    for file in files {
        let Some(table) = Table::from_csv(file, COLUMNS, findings) else { continue };
        for row in table.rows() {
            let means = row.need("authority", "a council, “other body” or “left out”", findings).and_then(|cell| {
                match NoCouncil::parse(cell.text) {
                    Some(no_council) => Some(NameMeans::NoCouncil(no_council)),
                    None => council_lookup::council(&cell, None, context, findings)
                        .map(|council| NameMeans::Council(council.id)),
                }
            });
            let alias = row.need("alias", "a name", findings).and_then(|cell| cells::text(&cell, 200, findings));
            let (Some(means), Some(alias)) = (means, alias) else { continue };
            let folded = names::fold(&alias);
            let official = |name: &str| names::fold(name) == folded;
            let owner = context
                .register
                .councils()
                .iter()
                .filter(|other| means != NameMeans::Council(other.id))
                .find(|other| official(&other.name) || official(&other.official_name));
            if folded.is_empty() {
                findings.problem(row.at("alias"), quoted(&alias), "a name with letters");
            } else if let Some(owner) = owner {
                let found = format!("{} is the name of {}", quoted(&alias), owner.official_name);
                findings.problem(row.at("alias"), found, "a name that no other council has");
            } else if let Some(first) = seen.insert(folded, row.location()) {
                findings.problem(
                    row.at("alias"),
                    format!("{} stands twice, first at {first}", quoted(&alias)),
                    "each name once",
                );
            }
            records.push(AliasRecord { alias, means, location: row.location() });
        }
    }
    records
}
