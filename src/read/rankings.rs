//! Councils of a year with one measure, filtered and in an order: what stands out first.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::atlas::Atlas;
use super::error::ReadError;
use super::standing::{Band, MapRow, Order};
use crate::db::figures::SourcedFigure;
use crate::db::sources::Source;
use crate::db::{self, Connection};
use crate::domain::chance::Compared;
use crate::domain::council::{Council, CouncilId, CouncilKind};
use crate::domain::measure::Measure;
use crate::domain::names::plain_words;
use crate::domain::year::ReportingYear;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct RankingQuery {
    /// Which measure.
    pub measure: Measure,
    /// Which year; the newest with figures when not given.
    pub year: Option<ReportingYear>,
    /// Only this kind of council.
    pub kind: Option<CouncilKind>,
    /// Only this region.
    pub region: Option<String>,
    /// Only this verdict.
    pub band: Option<Band>,
    /// Only councils whose names hold these words.
    pub text: Option<String>,
    /// In which order.
    pub order: Order,
}

impl RankingQuery {
    /// Whether a council fits all but the verdict.
    fn fits(&self, council: &Council, words: &[String]) -> bool {
        // What holds no letter and no digit names no council.
        let is_named = |name: &str| match self.text {
            Some(_) if words.is_empty() => false,
            _ => words.iter().all(|word| name.contains(word.as_str())),
        };
        let name = || plain_words(&format!("{} {}", council.name, council.official_name)).join(" ");
        self.kind.is_none_or(|kind| council.kind == kind)
            && self.region.as_ref().is_none_or(|region| council.region == *region)
            && is_named(&name())
    }
}

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct RankingPage {
    /// What was asked for.
    pub query: RankingQuery,
    /// The year shown.
    pub year: ReportingYear,
    /// Years to choose from, newest first.
    pub years: Vec<ReportingYear>,
    /// Regions to choose from.
    pub regions: Vec<String>,
    /// The councils, in the order asked for.
    pub rows: Vec<MapRow>,
    /// How many councils each verdict has, whichever is asked for.
    pub counts: BTreeMap<Band, usize>,
    /// How many of them chance alone would mark as outside the range, if all were like their kind.
    pub by_chance: f64,
    /// How many councils it could mark.
    pub compared: usize,
    /// The files that the figures of the year came from.
    pub files: Vec<Source>,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl RankingPage {
    /// Reads the rows.
    pub fn read(conn: &Connection, atlas: &Atlas, query: RankingQuery, today: Date) -> Result<Self, ReadError> {
        let year = query.year.unwrap_or_else(|| atlas.default_year(today));
        let mut figures: HashMap<CouncilId, SourcedFigure> =
            db::figures::of_year(conn, query.measure, year)?.into_iter().map(|one| (one.figure.council, one)).collect();
        let words = plain_words(query.text.as_deref().unwrap_or_default());
        let mut rows: Vec<MapRow> = atlas
            .councils_in(year)
            .filter(|council| query.fits(council, &words))
            .map(|council| MapRow { council: council.clone(), figure: figures.remove(&council.id) })
            .collect();
        let mut counts = BTreeMap::new();
        for row in &rows {
            *counts.entry(row.band()).or_insert(0) += 1;
        }
        let Compared { councils, by_chance } =
            Compared::of(rows.iter().filter_map(|row| Some(&row.figure.as_ref()?.figure)));
        rows.retain(|row| query.band.is_none_or(|band| row.band() == band));
        rows.sort_by(|a, b| query.order.compare(a, b));
        Ok(Self {
            year,
            years: atlas.years.iter().rev().copied().collect(),
            regions: atlas.regions(),
            rows,
            counts,
            by_chance,
            compared: councils,
            files: db::sources::files_of_year(conn, year)?,
            synthetic: atlas.synthetic,
            query,
        })
    }

    /// How many councils have a verdict.
    pub fn count(&self, band: Band) -> usize {
        self.counts.get(&band).copied().unwrap_or(0)
    }

    /// How many councils fit, whatever their verdict.
    pub fn all(&self) -> usize {
        self.counts.values().sum()
    }
}
