//! Two to eight councils side by side: their figures of a year and of all years.

use jiff::civil::Date;

use super::atlas::{Atlas, summer};
use super::error::ReadError;
use super::find;
use crate::db::councils::Resolved;
use crate::db::figures::SourcedFigure;
use crate::db::{self, Connection};
use crate::domain::council::{Council, CouncilKind};
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;
use crate::geo::LonLat;

/// Fewer than this is no comparison.
pub const FEWEST: usize = 2;
/// More than this fits no page.
pub const MOST: usize = 8;
/// How many councils nearby are offered.
const NEARBY: usize = 6;
/// A degree of longitude in degrees of latitude in the middle of England, close enough to order neighbours.
const DEGREE_EAST: f64 = 0.6;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct CompareQuery {
    /// The councils, each once, in the order asked for.
    pub councils: Vec<Council>,
    /// Only this measure; all when not given.
    pub measure: Option<Measure>,
    /// Which year; the newest with figures of one of them when not given.
    pub year: Option<ReportingYear>,
}

/// Why a text names no one council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unnamed {
    /// Any of these may be meant.
    Several(Vec<Council>),
    /// None is.
    Unknown,
}

/// Reads a slug, a code or a name as a person types it.
///
/// # Errors
/// No council has the name, or several have.
pub fn named(atlas: &Atlas, text: &str, year: Option<ReportingYear>, today: Date) -> Result<Council, Unnamed> {
    let year = year.unwrap_or_else(|| atlas.default_year(today));
    let found = match atlas.register.resolve(text, Some(year)) {
        Resolved::Council(council) => return Ok(council.clone()),
        Resolved::Ambiguous(councils) => councils.into_iter().cloned().collect(),
        Resolved::Unknown => find::by_name(atlas, text, today),
    };
    match <[Council; 1]>::try_from(found) {
        Ok([council]) => Ok(council),
        Err(none) if none.is_empty() => Err(Unnamed::Unknown),
        Err(several) => Err(Unnamed::Several(several.into_iter().take(MOST).collect())),
    }
}

/// One of the councils compared.
#[derive(Clone, Debug)]
pub struct ComparedCouncil {
    /// The council.
    pub council: Council,
    /// Its name, the official one where another of them has the same short one.
    pub label: String,
    /// Who took over from it.
    pub successors: Vec<Council>,
    /// Its figures of the measures shown, all years, oldest first.
    pub history: Vec<SourcedFigure>,
}

/// What there is of a council for a measure and a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing<'a> {
    /// A figure, whose value may be a rate, nothing due or not known.
    Figure(&'a SourcedFigure),
    /// Nothing is loaded.
    NothingLoaded,
    /// The council did not exist.
    DidNotExist,
}

impl ComparedCouncil {
    /// What there is of a measure and a year.
    pub fn standing(&self, measure: Measure, year: ReportingYear) -> Standing<'_> {
        match self.history.iter().find(|one| one.year == year && one.figure.measure == measure) {
            Some(figure) => Standing::Figure(figure),
            None if self.council.active_in(year) => Standing::NothingLoaded,
            None => Standing::DidNotExist,
        }
    }
}

/// Everything that the comparison shows.
#[derive(Clone, Debug)]
pub struct ComparePage {
    /// The councils in the order asked for.
    pub councils: Vec<ComparedCouncil>,
    /// The one measure asked for.
    pub measure: Option<Measure>,
    /// The year shown.
    pub year: ReportingYear,
    /// The year that was asked for, when one was.
    pub asked_year: Option<ReportingYear>,
    /// Years in which one of them existed, newest first.
    pub years: Vec<ReportingYear>,
    /// Councils of the same kind near the first one.
    pub nearby: Vec<Council>,
    /// Official names of the councils of today, for a form.
    pub names: Vec<String>,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl ComparePage {
    /// Reads the comparison.
    pub fn read(conn: &Connection, atlas: &Atlas, query: CompareQuery, today: Date) -> Result<Self, ReadError> {
        let CompareQuery { councils, measure, year: asked_year } = query;
        let shown = |one: &SourcedFigure| measure.is_none_or(|measure| one.figure.measure == measure);
        let mut compared = Vec::new();
        for council in &councils {
            let mut history = db::figures::of_council(conn, council.id)?;
            history.retain(shown);
            compared.push(ComparedCouncil {
                label: label(council, &councils),
                successors: council.successors.iter().filter_map(|id| atlas.register.get(*id)).cloned().collect(),
                history,
                council: council.clone(),
            });
        }
        let newest = compared.iter().filter_map(|one| one.history.last()).map(|one| one.year).max();
        let existed = |year: &ReportingYear| councils.is_empty() || councils.iter().any(|one| one.active_in(*year));
        Ok(Self {
            measure,
            year: asked_year.or(newest).unwrap_or_else(|| atlas.default_year(today)),
            asked_year,
            years: atlas.years.iter().rev().copied().filter(existed).collect(),
            nearby: nearby(atlas, &councils, today),
            names: atlas.register.current(today).map(|council| council.official_name.clone()).collect(),
            synthetic: atlas.synthetic,
            councils: compared,
        })
    }

    /// Whether there are enough councils to compare.
    pub fn is_comparison(&self) -> bool {
        self.councils.len() >= FEWEST
    }

    /// The measures shown with charts: the one asked for, else those of the letters.
    pub fn measures(&self) -> Vec<Measure> {
        self.measure.map_or_else(|| Measure::of_the_letters().collect(), |measure| vec![measure])
    }

    /// The measures of the downloads: the one asked for, else all.
    pub fn downloaded(&self) -> Vec<Measure> {
        self.measure.map_or_else(|| Measure::ALL.to_vec(), |measure| vec![measure])
    }

    /// Every council with what there is of a measure in the year shown.
    pub fn standings(&self, measure: Measure) -> impl Iterator<Item = (&ComparedCouncil, Standing<'_>)> {
        self.councils.iter().map(move |one| (one, one.standing(measure, self.year)))
    }

    /// The kinds of council among them, each once. Each kind is a group with an average of its own.
    pub fn kinds(&self) -> Vec<CouncilKind> {
        let mut kinds: Vec<CouncilKind> = self.councils.iter().map(|one| one.council.kind).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    }

    /// The average of a kind as it stands beside one of its figures: published, else computed here.
    pub fn average(&self, kind: CouncilKind, measure: Measure, year: ReportingYear) -> Option<f64> {
        let of_kind = self
            .councils
            .iter()
            .flat_map(|one| &one.history)
            .filter(|one| one.year == year && one.figure.measure == measure && one.figure.similar.group == kind);
        of_kind.map(|one| one.figure.similar).find_map(|similar| similar.published.or(similar.computed))
    }
}

fn label(council: &Council, all: &[Council]) -> String {
    let shared = all.iter().any(|other| other.id != council.id && other.name == council.name);
    if shared { council.official_name.clone() } else { council.name.clone() }
}

/// Councils of the first one's kind that are not among them yet, nearest first.
fn nearby(atlas: &Atlas, chosen: &[Council], today: Date) -> Vec<Council> {
    let Some(from) = chosen.first() else { return Vec::new() };
    let Some(here) = place(atlas, from, today) else { return Vec::new() };
    let mut others: Vec<(f64, &Council)> = atlas
        .register
        .current(today)
        .filter(|other| other.kind == from.kind && chosen.iter().all(|one| one.id != other.id))
        .filter_map(|other| place(atlas, other, today).map(|there| (distance(here, there), other)))
        .collect();
    others.sort_by(|a, b| a.0.total_cmp(&b.0));
    others.into_iter().take(NEARBY).map(|(_, council)| council.clone()).collect()
}

/// Where a council is, or was: its successor stands in where its own outline is not at hand.
fn place(atlas: &Atlas, council: &Council, today: Date) -> Option<LonLat> {
    let day = council.active_to.map_or(today, |_| summer(ReportingYear::containing(today)));
    let outline = atlas.boundary(council, day).or_else(|| {
        let successor = council.successors.first().and_then(|id| atlas.register.get(*id))?;
        atlas.boundary(successor, day)
    });
    outline.and_then(crate::geo::Boundary::middle)
}

fn distance(a: LonLat, b: LonLat) -> f64 {
    ((a.lon - b.lon) * DEGREE_EAST).hypot(a.lat - b.lat)
}
