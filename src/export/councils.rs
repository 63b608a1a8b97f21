//! The list of councils as JSON and CSV.

use serde_json::{Value, json};

use super::csv::{Cell, Table};
use crate::domain::council::Council;
use crate::read::councils::CouncilsPage;

/// The list.
pub fn json(page: &CouncilsPage) -> Value {
    json!({
        "total": page.councils.len(),
        "councils": page.councils.iter().map(brief).collect::<Vec<_>>(),
        "synthetic": page.synthetic,
    })
}

/// The list.
pub fn csv(page: &CouncilsPage) -> Table {
    let header = vec![
        "code",
        "slug",
        "name",
        "official_name",
        "kind",
        "region",
        "active_from",
        "active_to",
        "population_mid_2020",
        "synthetic",
    ];
    let rows = page
        .councils
        .iter()
        .map(|council| {
            vec![
                Cell::text(council.code.as_str()),
                Cell::text(council.slug.as_str()),
                Cell::text(&council.name),
                Cell::text(&council.official_name),
                Cell::text(council.kind.word()),
                Cell::text(&council.region),
                Cell::maybe(council.active_from.map(|day| day.to_string())),
                Cell::maybe(council.active_to.map(|day| day.to_string())),
                Cell::number(council.residents_of(2020)),
                Cell::flag(page.synthetic),
            ]
        })
        .collect();
    Table { header, rows }
}

/// A council in a list.
pub fn brief(council: &Council) -> Value {
    json!({
        "slug": council.slug.as_str(),
        "name": council.name,
        "official_name": council.official_name,
        "kind": council.kind.word(),
        "code": council.code.as_str(),
        "tier": council.kind.tier_word(),
        "region": council.region,
        "active_from": council.active_from.map(|day| day.to_string()),
        "active_to": council.active_to.map(|day| day.to_string()),
    })
}
