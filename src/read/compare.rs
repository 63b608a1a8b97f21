//! Councils side by side: two to eight with their figures of a year and of all years, or a whole group with one measure.

use std::collections::HashMap;

use jiff::civil::Date;

use super::atlas::Atlas;
use super::compare_layout::{Arrangement, Places};
use super::compare_set::{self, Members};
use super::error::ReadError;
use super::find_names;
use crate::db::councils::Resolved;
use crate::db::figures::SourcedFigure;
use crate::db::{self, Connection};
use crate::domain::council::{Council, CouncilId, CouncilKind};
use crate::domain::council_set::{CouncilSet, Group, MOST, Relation};
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;

/// Fewer than this is no comparison.
pub const FEWEST: usize = 2;
/// How many councils nearby are offered.
const NEARBY: usize = 6;
/// How many names near a mistyped one are offered.
const NEAR_NAMES: usize = 5;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct CompareQuery {
    /// A ready set, in place of councils.
    pub set: Option<CouncilSet>,
    /// The councils, each once, in the order asked for; none where a set is asked for.
    pub councils: Vec<Council>,
    /// Names that are none of a council, in the order asked for.
    pub unnamed: Vec<(String, Unnamed)>,
    /// Only this measure; all when not given.
    pub measure: Option<Measure>,
    /// Which year; the newest with figures of one of them when not given.
    pub year: Option<ReportingYear>,
    /// How the councils of a whole group are laid out.
    pub arrangement: Arrangement,
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
        Resolved::NoCouncil(_) | Resolved::Unknown => find_names::by_name(atlas, text, today),
    };
    match <[Council; 1]>::try_from(found) {
        Ok([council]) => Ok(council),
        Err(none) if none.is_empty() => Err(Unnamed::Unknown),
        Err(several) => Err(Unnamed::Several(several.into_iter().take(MOST).collect())),
    }
}

/// A name that is none of a council, with the councils that may have been meant.
#[derive(Clone, Debug)]
pub struct UnknownName {
    /// As it was typed.
    pub text: String,
    /// Whether several councils have it; else none has.
    pub several: bool,
    /// Those that may have been meant.
    pub meant: Vec<Council>,
}

/// A ready set as it was found.
#[derive(Clone, Debug)]
pub struct ReadySet {
    /// Which set.
    pub set: CouncilSet,
    /// What its councils are called behind their number: "London boroughs".
    pub noun: String,
    /// What it is, or why it holds nobody, in a sentence.
    pub sentence: String,
    /// Whether it holds nobody to compare.
    pub is_empty: bool,
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
    /// The ready set, where one was asked for.
    pub set: Option<ReadySet>,
    /// The councils in the order asked for, or that of the set.
    pub councils: Vec<ComparedCouncil>,
    /// Names that were asked for and are none of a council.
    pub unknown: Vec<UnknownName>,
    /// The one measure asked for, or shown of more councils than fit side by side.
    pub measure: Option<Measure>,
    /// How the councils of a whole group are laid out.
    pub arrangement: Arrangement,
    /// Where they lie, when they are laid out by place.
    pub places: Places,
    /// The year shown.
    pub year: ReportingYear,
    /// The year that was asked for, when one was.
    pub asked_year: Option<ReportingYear>,
    /// Whether no reporting year saw all of them, as none sees a council and its successor.
    pub never_together: bool,
    /// Years in which one of them existed, newest first.
    pub years: Vec<ReportingYear>,
    /// Councils of the same kind near the first one.
    pub nearby: Vec<Council>,
    /// Ready sets around a council.
    pub ready: Vec<CouncilSet>,
    /// Groups that can be compared whole.
    pub groups: Vec<Group>,
    /// Official names of the councils of today, for a form.
    pub names: Vec<String>,
    /// How many councils of each kind there were in the year shown.
    pub of_kind: HashMap<CouncilKind, usize>,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl ComparePage {
    /// Reads the comparison.
    pub fn read(conn: &Connection, atlas: &Atlas, query: CompareQuery, today: Date) -> Result<Self, ReadError> {
        let CompareQuery { set, councils, unnamed, measure, year: asked_year, arrangement } = query;
        let found = match set {
            Some(set) => {
                let year = compare_set::year_of(atlas, &set, asked_year, today);
                let members = compare_set::members(conn, atlas, &set, year, today)?;
                Some((set, members, year))
            }
            None => None,
        };
        let ended = found.as_ref().filter(|(set, ..)| set.around().is_some_and(|one| one.active_to.is_some()));
        let of_set = ended.map(|(.., year)| *year);
        let (set, councils) = match found {
            Some((set, Members { councils, noun, sentence, is_empty }, _)) => {
                (Some(ReadySet { set, noun, sentence, is_empty }), councils)
            }
            None => (None, councils),
        };
        let measure = if councils.len() > MOST { Some(measure.unwrap_or_default()) } else { measure };
        let mut histories = histories(conn, atlas, &councils, measure)?;
        let compared: Vec<ComparedCouncil> = councils
            .iter()
            .map(|council| ComparedCouncil {
                label: label(council, &councils),
                successors: council.successors.iter().filter_map(|id| atlas.register.get(*id)).cloned().collect(),
                history: histories.remove(&council.id).unwrap_or_default(),
                council: council.clone(),
            })
            .collect();
        let newest = compared.iter().filter_map(|one| one.history.last()).map(|one| one.year).max();
        // Councils of different times meet in a year that is not the newest of either.
        let all_existed = |year: &ReportingYear| councils.iter().all(|one| one.active_in(*year));
        let shared = compared.iter().flat_map(|one| &one.history).map(|one| one.year).filter(all_existed).max();
        let shared = shared.filter(|_| set.is_none());
        let never_together = set.is_none() && councils.len() > 1 && never_together(&councils);
        let year = asked_year.or(of_set).or(shared).or(newest).unwrap_or_else(|| atlas.default_year(today));
        let existed = |year: &ReportingYear| councils.is_empty() || councils.iter().any(|one| one.active_in(*year));
        let centre = set.as_ref().map_or_else(|| councils.first(), |ready| ready.set.around()).cloned();
        let mut of_kind = HashMap::new();
        for council in atlas.councils_in(year) {
            *of_kind.entry(council.kind).or_insert(0) += 1;
        }
        let by_place = arrangement == Arrangement::Place && councils.len() > MOST;
        Ok(Self {
            measure,
            arrangement,
            places: if by_place { Places::of(atlas, &councils) } else { Places::None },
            year,
            asked_year,
            never_together,
            years: atlas.years.iter().rev().copied().filter(existed).collect(),
            nearby: nearby(atlas, &councils, today),
            ready: centre.as_ref().map(sets_around).unwrap_or_default(),
            groups: compare_set::groups(atlas),
            names: atlas.register.current(today).map(|council| council.official_name.clone()).collect(),
            unknown: unnamed.into_iter().map(|(text, why)| unknown(atlas, text, why)).collect(),
            of_kind,
            synthetic: atlas.synthetic,
            councils: compared,
            set,
        })
    }

    /// Whether there are enough councils to compare.
    pub fn is_comparison(&self) -> bool {
        self.councils.len() >= FEWEST
    }

    /// Whether there are more than fit side by side.
    pub fn is_whole_group(&self) -> bool {
        self.councils.len() > MOST
    }

    /// Those that existed in the year shown.
    pub fn existing(&self) -> impl Iterator<Item = &ComparedCouncil> {
        self.councils.iter().filter(|one| one.council.active_in(self.year))
    }

    /// The council that the set is around.
    pub fn centre(&self) -> Option<&Council> {
        self.set.as_ref().and_then(|ready| ready.set.around())
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

/// The figures of councils, all years, oldest first: of all measures, or of one. A whole group is read by year, since
/// it has most of the rows of each.
fn histories(
    conn: &Connection,
    atlas: &Atlas,
    councils: &[Council],
    measure: Option<Measure>,
) -> Result<HashMap<CouncilId, Vec<SourcedFigure>>, ReadError> {
    let mut histories: HashMap<CouncilId, Vec<SourcedFigure>> = HashMap::new();
    match measure {
        Some(measure) if councils.len() > MOST => {
            for year in &atlas.years {
                for figure in db::figures::of_year(conn, measure, *year)? {
                    histories.entry(figure.figure.council).or_default().push(figure);
                }
            }
        }
        _ => {
            for council in councils {
                let mut history = db::figures::of_council(conn, council.id)?;
                history.retain(|one| measure.is_none_or(|measure| one.figure.measure == measure));
                histories.insert(council.id, history);
            }
        }
    }
    Ok(histories)
}

/// The ready sets that make sense around a council.
fn sets_around(council: &Council) -> Vec<CouncilSet> {
    let relations = Relation::ALL.into_iter().filter(|relation| compare_set::makes_sense(*relation, council));
    relations.map(|relation| CouncilSet::Around(relation, Box::new(council.clone()))).collect()
}

/// Whether the last of them began only after the first had ended.
fn never_together(councils: &[Council]) -> bool {
    let began = councils.iter().filter_map(|one| one.active_from).max();
    let ended = councils.iter().filter_map(|one| one.active_to).min();
    began.zip(ended).is_some_and(|(began, ended)| began >= ended)
}

fn unknown(atlas: &Atlas, text: String, why: Unnamed) -> UnknownName {
    match why {
        Unnamed::Several(meant) => UnknownName { text, several: true, meant },
        Unnamed::Unknown => {
            let meant = atlas.register.near(&text, NEAR_NAMES).into_iter().cloned().collect();
            UnknownName { text, several: false, meant }
        }
    }
}

fn label(council: &Council, all: &[Council]) -> String {
    let shared = all.iter().any(|other| other.id != council.id && other.name == council.name);
    if shared { council.official_name.clone() } else { council.name.clone() }
}

/// Councils of the first one's kind that are not among them yet, nearest first.
fn nearby(atlas: &Atlas, chosen: &[Council], today: Date) -> Vec<Council> {
    let Some(from) = chosen.first() else { return Vec::new() };
    if chosen.len() >= MOST {
        return Vec::new();
    }
    let others = atlas
        .register
        .current(today)
        .filter(|other| other.kind == from.kind && chosen.iter().all(|one| one.id != other.id));
    compare_set::by_distance(atlas, from, others, today, NEARBY)
}
