//! The list of councils as JSON and CSV.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::csv::{Cell, Table};
use super::word::Word;
use crate::domain::council::{Council, CouncilKind, GssCode};
use crate::read::councils::CouncilsPage;

/// A list of councils.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Councils")]
pub struct CouncilsJson<'a> {
    total: usize,
    councils: Vec<CouncilBrief<'a>>,
    synthetic: bool,
}

/// A council in a list.
#[derive(Serialize, JsonSchema)]
pub struct CouncilBrief<'a> {
    slug: &'a str,
    name: &'a str,
    official_name: &'a str,
    kind: Word<CouncilKind>,
    #[schemars(regex(pattern = GssCode::PATTERN))]
    code: &'a str,
    tier: &'static str,
    region: &'a str,
    active_from: Option<Date>,
    active_to: Option<Date>,
}

/// The list.
pub fn json(page: &CouncilsPage) -> CouncilsJson<'_> {
    CouncilsJson {
        total: page.councils.len(),
        councils: page.councils.iter().map(brief).collect(),
        synthetic: page.synthetic,
    }
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
                Cell::text(council.kind.as_str()),
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

/// The columns by which a row of any table names a council: its GSS code, its place in addresses, its official name.
pub(super) const COLUMNS: [&str; 3] = ["code", "slug", "council"];

/// The cells of these columns.
pub(super) fn cells(council: &Council) -> [Cell; 3] {
    [Cell::text(council.code.as_str()), Cell::text(council.slug.as_str()), Cell::text(&council.official_name)]
}

/// A council in a list.
pub fn brief(council: &Council) -> CouncilBrief<'_> {
    CouncilBrief {
        slug: council.slug.as_str(),
        name: &council.name,
        official_name: &council.official_name,
        kind: Word(council.kind),
        code: council.code.as_str(),
        tier: council.kind.tier_word(),
        region: &council.region,
        active_from: council.active_from,
        active_to: council.active_to,
    }
}
