//! The list of areas as JSON and CSV.

use schemars::JsonSchema;
use serde::Serialize;

use super::csv::{Cell, Table};
use super::word::Word;
use crate::read::areas::{Area, AreaKind, AreasPage};

/// Areas that several councils share.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Areas")]
pub struct AreasJson<'a> {
    areas: Vec<Counted<'a>>,
    synthetic: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Counted<'a> {
    #[serde(flatten)]
    area: AreaBrief<'a>,
    /// How many councils it has today; none where the county council was abolished.
    councils: usize,
}

/// An area.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
pub(super) struct AreaBrief<'a> {
    kind: Word<AreaKind>,
    slug: &'a str,
    name: &'a str,
    /// The law that established a combined authority.
    established_by: Option<&'a str>,
}

pub(super) fn brief(area: &Area) -> AreaBrief<'_> {
    AreaBrief { kind: Word(area.kind), slug: area.slug.as_str(), name: &area.name, established_by: area.established_by }
}

/// The list.
pub fn json(page: &AreasPage) -> AreasJson<'_> {
    let areas = page.areas.iter().map(|(area, councils)| Counted { area: brief(area), councils: *councils });
    AreasJson { areas: areas.collect(), synthetic: page.synthetic }
}

/// The list.
pub fn csv(page: &AreasPage) -> Table {
    let rows = page.areas.iter().map(|(area, councils)| {
        vec![
            Cell::text(area.kind.as_str()),
            Cell::text(area.slug.as_str()),
            Cell::text(&area.name),
            Cell::maybe(area.established_by),
            Cell::number(Some(councils)),
            Cell::flag(page.synthetic),
        ]
    });
    Table { rows: rows.collect(), header: vec!["kind", "area", "name", "established_by", "councils", "synthetic"] }
}
