//! Further names of councils: what a file calls them, and who they are.

use std::collections::BTreeMap;

use super::problems::{Findings, quoted};
use super::table::{Columns, Fields, Table};
use super::{Context, InputFile, cells, council_lookup};
use crate::domain::names;
use crate::domain::record::AliasRecord;

const COLUMNS: Columns = Columns { required: &["alias", "authority"], optional: &[], fields: Fields::None };

pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<AliasRecord> {
    let mut records = Vec::new();
    let mut seen = BTreeMap::new();
    for file in files {
        let Some(table) = Table::from_csv(file, COLUMNS, findings) else { continue };
        for row in table.rows() {
            let council = row
                .need("authority", "a council", findings)
                .and_then(|cell| council_lookup::council(&cell, None, context, findings));
            let alias = row.need("alias", "a name", findings).and_then(|cell| cells::text(&cell, 200, findings));
            let (Some(council), Some(alias)) = (council, alias) else { continue };
            let folded = names::fold(&alias);
            let official = |name: &str| names::fold(name) == folded;
            let owner = context
                .register
                .councils()
                .iter()
                .find(|other| other.id != council.id && (official(&other.name) || official(&other.official_name)));
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
            records.push(AliasRecord { alias, council: council.id, location: row.location() });
        }
    }
    records
}
