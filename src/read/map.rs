//! The map and its table: every council of a year with its figure for one measure.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::atlas::{Atlas, Land, TierMap};
use super::error::ReadError;
use crate::db::figures::SourcedFigure;
use crate::db::sources::Source;
use crate::db::{self, Connection};
use crate::domain::compare::Verdict;
use crate::domain::council::{Council, CouncilId, CouncilKind, Tier};
use crate::domain::measure::{Judgement, Measure};
use crate::domain::year::ReportingYear;
use crate::geo::layer::Detail;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
}

/// How a council is filled: its verdict, or that nothing is loaded for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// A figure with this verdict.
    Verdict(Verdict),
    /// No figure has been loaded.
    NoFigure,
}

impl Band {
    /// Every band in the order of the legend.
    pub fn all() -> impl Iterator<Item = Self> {
        Verdict::ALL.into_iter().map(Self::Verdict).chain([Self::NoFigure])
    }

    /// The word in addresses and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verdict(verdict) => verdict.as_str(),
            Self::NoFigure => "no-figure",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::all().find(|band| band.as_str() == text)
    }

    /// Whether it lies beyond the 99.8% limits.
    pub fn is_clear(self) -> bool {
        matches!(self, Self::Verdict(Verdict::Higher | Verdict::Lower))
    }

    /// In words.
    pub fn title(self, judgement: Judgement) -> &'static str {
        match self {
            Self::Verdict(verdict) => verdict.title(judgement),
            Self::NoFigure => "No figure loaded",
        }
    }

    /// The small print of the legend.
    pub fn note(self) -> &'static str {
        match self {
            Self::Verdict(verdict) => verdict.note(),
            Self::NoFigure => "nothing is known here for this year",
        }
    }
}

/// One row of the table.
#[derive(Clone, Debug)]
pub struct MapRow {
    /// The council.
    pub council: Council,
    /// Its figure, when one is loaded.
    pub figure: Option<SourcedFigure>,
}

impl MapRow {
    /// How it is filled.
    pub fn band(&self) -> Band {
        self.figure.as_ref().map_or(Band::NoFigure, |one| Band::Verdict(one.figure.verdict))
    }
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
    /// Every council of the year (and kind), by name.
    pub rows: Vec<MapRow>,
    /// How many are in each band.
    pub counts: BTreeMap<Band, usize>,
    /// The files that the figures of the year came from.
    pub files: Vec<Source>,
    /// The drawn tier.
    pub map: Arc<TierMap>,
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
        let mut counts = BTreeMap::new();
        for row in &rows {
            *counts.entry(row.band()).or_insert(0) += 1;
        }
        Self {
            selection,
            year,
            years: atlas.years.iter().rev().copied().collect(),
            rows,
            counts,
            files,
            map: atlas.map(selection.tier, year, Detail::Overview),
            synthetic: atlas.synthetic,
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

    /// The finding that stands over the map: one sentence.
    pub fn finding(&self) -> String {
        let of = |verdict| self.count(Band::Verdict(verdict));
        let all = self.rows.len();
        let compared: usize =
            [Verdict::Higher, Verdict::PossiblyHigher, Verdict::Within, Verdict::PossiblyLower, Verdict::Lower]
                .into_iter()
                .map(of)
                .sum();
        let councils = self.selection.kind.map_or("councils", CouncilKind::group);
        let known = all - self.count(Band::NoFigure);
        if known == 0 {
            return format!("No figures have been loaded for the {all} {councils} of {}.", self.year);
        }
        if compared == 0 {
            return format!(
                "Of {all} {councils}, {known} have a figure here for {}; none can be compared yet.",
                self.year
            );
        }
        let what = self.selection.measure.definition().sentences.as_expected;
        let (high, low) = match self.judgement() {
            Judgement::Neutral => ("higher", "lower"),
            Judgement::HigherIsBetter => ("better", "worse"),
            Judgement::HigherIsWorse => ("worse", "better"),
        };
        let within = of(Verdict::Within);
        let higher = either(of(Verdict::Higher), high, of(Verdict::PossiblyHigher));
        let lower = either(of(Verdict::Lower), low, of(Verdict::PossiblyLower));
        let rest = match all - compared {
            0 => String::new(),
            rest => format!("; of {rest} nothing can be said"),
        };
        format!("Of {all} {councils}, {within} had {what} of their kind; {higher}, {lower}{rest}.")
    }

    /// The generated description for those who do not see the map.
    pub fn description(&self) -> String {
        let parts: Vec<String> = Band::all()
            .filter(|band| self.count(*band) > 0)
            .map(|band| format!("{} {}", self.count(band), band.title(self.judgement()).to_lowercase()))
            .collect();
        format!("{} councils: {}.", self.rows.len(), parts.join(", "))
    }

    /// The row of the council that an area stands for; none for a stand-in or a filtered-out kind.
    pub fn row_of(&self, land: &Land) -> Option<&MapRow> {
        match land {
            Land::Council(id) => self.rows.iter().find(|row| row.council.id == *id),
            Land::StandIn { .. } => None,
        }
    }
}

/// How many are surely, and how many possibly, outside: "1 higher and 5 possibly".
fn either(sure: usize, way: &str, possibly: usize) -> String {
    match (sure, possibly) {
        (0, 0) => format!("none {way}"),
        (sure, 0) => format!("{sure} {way}"),
        (0, possibly) => format!("{possibly} possibly {way}"),
        (sure, possibly) => format!("{sure} {way} and {possibly} possibly"),
    }
}
