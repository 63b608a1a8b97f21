//! The map and its table: every council of a year with its figure for one measure.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::atlas::{Atlas, Land, TierMap};
use super::error::ReadError;
use super::standing::{Band, MapRow, Order};
use crate::db::figures::SourcedFigure;
use crate::db::sources::Source;
use crate::db::{self, Connection};
use crate::domain::chance::Compared;
use crate::domain::compare::Verdict;
use crate::domain::council::{Council, CouncilId, CouncilKind, Slug, Tier};
use crate::domain::measure::{Judgement, Measure};
use crate::domain::year::ReportingYear;
use crate::geo::layer::{BBox, Detail};

/// The three views of the same address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// Geography.
    #[default]
    Map,
    /// One hexagon a council.
    Hex,
    /// Only the table.
    Table,
}

impl View {
    /// All views.
    pub const ALL: [Self; 3] = [Self::Map, Self::Hex, Self::Table];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Hex => "hex",
            Self::Table => "table",
        }
    }

    /// The title on the switch.
    pub fn title(self) -> &'static str {
        match self {
            Self::Map => "Map",
            Self::Hex => "Hexagons",
            Self::Table => "Table",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.as_str() == text)
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selection {
    /// Which view.
    pub view: View,
    /// Which tier is filled.
    pub tier: Tier,
    /// Which measure.
    pub measure: Measure,
    /// Which year; the newest with figures when not given.
    pub year: Option<ReportingYear>,
    /// Only this kind of council.
    pub kind: Option<CouncilKind>,
    /// The council, county or region that the map shows closer.
    pub at: Option<Slug>,
    /// In the table, only this verdict.
    pub band: Option<Band>,
    /// The order of the table.
    pub order: Order,
}

/// Everything that the home page shows.
#[derive(Clone, Debug)]
pub struct MapPage {
    /// What was asked for.
    pub selection: Selection,
    /// The year shown.
    pub year: ReportingYear,
    /// Years to choose from, newest first.
    pub years: Vec<ReportingYear>,
    /// Every council of the year (and kind) that the tier shows, by name: districts and single-tier councils with the
    /// counties over them, or counties and single-tier councils.
    pub rows: Vec<MapRow>,
    /// How many are in each band.
    pub counts: BTreeMap<Band, usize>,
    /// How many of them have no area on the map, since their boundaries of the year are not at hand.
    pub undrawn: BTreeMap<Band, usize>,
    /// How many were compared, and how many marks chance alone would make, if all were like their kind.
    pub compared: Compared,
    /// The files that the figures of the year came from.
    pub files: Vec<Source>,
    /// The drawn tier.
    pub map: Arc<TierMap>,
    /// What the map shows closer, in units of the view box.
    pub near: Option<BBox>,
    /// Regions to go to.
    pub regions: Vec<String>,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl MapPage {
    /// Reads what the home page shows.
    pub fn read(conn: &Connection, atlas: &Atlas, selection: Selection, today: Date) -> Result<Self, ReadError> {
        let year = selection.year.unwrap_or_else(|| atlas.default_year(today));
        let mut figures: HashMap<CouncilId, SourcedFigure> = db::figures::of_year(conn, selection.measure, year)?
            .into_iter()
            .map(|one| (one.figure.council, one))
            .collect();
        let rows: Vec<MapRow> = atlas
            .councils_in(year)
            .filter(|council| selection.kind.is_none_or(|kind| council.kind == kind))
            .filter(|council| selection.tier == Tier::District || council.kind.tiers().contains(&Tier::County))
            .map(|council| MapRow { council: council.clone(), figure: figures.remove(&council.id) })
            .collect();
        let files = db::sources::files_of_year(conn, year)?;
        Ok(Self::of_rows(atlas, selection, year, rows, files))
    }

    /// The map of rows that are at hand.
    pub fn of_rows(
        atlas: &Atlas,
        selection: Selection,
        year: ReportingYear,
        rows: Vec<MapRow>,
        files: Vec<Source>,
    ) -> Self {
        let map = atlas.map(selection.tier, year, Detail::Overview);
        let mut counts = BTreeMap::new();
        let mut undrawn = BTreeMap::new();
        for row in &rows {
            *counts.entry(row.band()).or_insert(0) += 1;
            if !map.draws(row.council.id) {
                *undrawn.entry(row.band()).or_insert(0) += 1;
            }
        }
        Self {
            year,
            years: atlas.years.iter().rev().copied().collect(),
            compared: Compared::of(rows.iter().filter_map(|row| Some(&row.figure.as_ref()?.figure))),
            rows,
            counts,
            undrawn,
            files,
            near: near(atlas, &map, &selection),
            map,
            regions: atlas.regions(),
            synthetic: atlas.synthetic,
            selection,
        }
    }

    /// How many councils are in a band.
    pub fn count(&self, band: Band) -> usize {
        self.counts.get(&band).copied().unwrap_or(0)
    }

    /// Whether a high value of the measure shown may be called good or bad.
    pub fn judgement(&self) -> Judgement {
        self.selection.measure.judgement()
    }

    /// The councils with a verdict, what stands out most first.
    pub fn with_verdict(&self, verdict: Verdict) -> Vec<&MapRow> {
        let mut rows: Vec<&MapRow> = self.rows.iter().filter(|row| row.band() == Band::Verdict(verdict)).collect();
        rows.sort_by(|a, b| Order::default().compare(a, b));
        // The lowest first where low is what stands out.
        if matches!(verdict, Verdict::Lower | Verdict::PossiblyLower) {
            rows.reverse();
        }
        rows
    }

    /// The rows of the table: those with the verdict asked for, in the order asked for.
    pub fn listed(&self) -> Vec<MapRow> {
        let mut rows: Vec<MapRow> =
            self.rows.iter().filter(|row| self.selection.band.is_none_or(|band| row.band() == band)).cloned().collect();
        rows.sort_by(|a, b| self.selection.order.compare(a, b));
        rows
    }

    /// The generated description for those who do not see the map.
    pub fn description(&self) -> String {
        let parts: Vec<String> = Band::all()
            .filter(|band| self.count(*band) > 0)
            .map(|band| format!("{} {}", self.count(band), band.title(self.judgement()).to_lowercase()))
            .collect();
        format!("{} councils: {}.", self.rows.len(), parts.join(", "))
    }

    /// The row of a council, where it is shown.
    pub fn row(&self, id: CouncilId) -> Option<&MapRow> {
        self.rows.iter().find(|row| row.council.id == id)
    }

    /// The row of the council that an area stands for; none for a stand-in or a filtered-out kind.
    pub fn row_of(&self, land: &Land) -> Option<&MapRow> {
        match land {
            Land::Council(id) => self.row(*id),
            Land::StandIn { .. } => None,
        }
    }
}

/// Around the areas of the council, or of the councils of the region, that is asked for; of the kind where none is.
fn near(atlas: &Atlas, map: &TierMap, selection: &Selection) -> Option<BBox> {
    let within = |council: &Council| match (&selection.at, selection.kind) {
        (Some(at), _) => council.slug == *at || Slug::from_name(&council.region).as_ref() == Some(at),
        (None, Some(kind)) => council.kind == kind,
        (None, None) => false,
    };
    let wanted = |id: CouncilId| atlas.register.get(id).is_some_and(within);
    let areas = map.areas.iter().filter_map(|(land, shape)| match land {
        Land::Council(id) => Some((*id, shape.bbox)),
        Land::StandIn { .. } => None,
    });
    let counties = map.counties.iter().map(|(id, shape)| (*id, shape.bbox));
    areas.chain(counties).filter(|(id, _)| wanted(*id)).map(|(_, bbox)| bbox).reduce(BBox::joined)
}
