//! The home page's table as JSON and CSV.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::councils::{self, CouncilBrief};
use super::csv::{Cell, Table};
use super::figure::{self, FigureJson};
use super::word::Word;
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;
use crate::read::map::MapPage;
use crate::read::standing::{Band, MapRow};

/// All councils with one measure of one year.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Map")]
pub struct MapJson<'a> {
    measure: Word<Measure>,
    year: String,
    tier: &'static str,
    finding: String,
    /// How many councils have each verdict.
    counts: BTreeMap<&'static str, usize>,
    councils: Vec<WithFigure<'a>>,
    synthetic: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct WithFigure<'a> {
    #[serde(flatten)]
    council: CouncilBrief<'a>,
    figure: Option<FigureJson<'a>>,
}

/// All rows with their figures.
pub fn json(page: &MapPage) -> MapJson<'_> {
    let counts = Band::all().map(|band| (band.as_str(), page.count(band)));
    let councils = page.rows.iter().map(|row| WithFigure {
        council: councils::brief(&row.council),
        figure: row.figure.as_ref().map(|one| figure::json(one, page.synthetic)),
    });
    MapJson {
        measure: Word(page.selection.measure),
        year: page.year.to_string(),
        tier: page.selection.tier.as_str(),
        finding: page.finding(),
        counts: counts.collect(),
        councils: councils.collect(),
        synthetic: page.synthetic,
    }
}

/// All rows with their figures.
pub fn csv(page: &MapPage) -> Table {
    table(&page.rows, page.selection.measure, page.year, page.synthetic)
}

/// Councils with one measure of one year, in the order given.
pub fn table<'a>(
    rows: impl IntoIterator<Item = &'a MapRow>,
    measure: Measure,
    year: ReportingYear,
    synthetic: bool,
) -> Table {
    let rows = rows.into_iter().map(|row| {
        let council = &row.council;
        let mut cells = councils::cells(council).to_vec();
        cells.extend([Cell::text(council.kind.as_str()), Cell::text(&council.region)]);
        cells.extend(match &row.figure {
            Some(one) => figure::cells(one, synthetic),
            None => figure::no_cells(year.to_string(), measure.as_str(), synthetic),
        });
        cells
    });
    Table { rows: rows.collect(), header: columns() }
}

/// The columns of `table`.
pub(super) fn columns() -> Vec<&'static str> {
    councils::COLUMNS.into_iter().chain(["kind", "region"]).chain(figure::COLUMNS).collect()
}
