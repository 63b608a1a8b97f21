//! Which councils a ready set holds.

use jiff::civil::Date;

use super::areas::{self, Area, AreaKind};
use super::atlas::{Atlas, summer};
use super::error::ReadError;
use crate::db::{self, Connection};
use crate::domain::council::{Council, CouncilKind};
use crate::domain::council_set::{CouncilSet, Group, MOST, Relation, region_in_a_sentence};
use crate::domain::year::ReportingYear;
use crate::geo::LonLat;

/// A degree of longitude in degrees of latitude in the middle of England, close enough to order neighbours.
const DEGREE_EAST: f64 = 0.6;

/// What stands behind the word of a combined authority that is called as a region is.
const COMBINED: &str = "-combined-authority";

/// What councils are called that have nothing in common but their set.
const COUNCILS: &str = "councils";

/// The councils of a set in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members {
    /// The council in the middle first, where there is one and it belongs; the others as the set orders them.
    pub councils: Vec<Council>,
    /// What its councils are called behind their number: "London boroughs".
    pub noun: String,
    /// What the set is, in one sentence; where it holds nobody, why.
    pub sentence: String,
    /// Whether it holds fewer councils than a comparison needs.
    pub is_empty: bool,
}

/// The groups that can be compared whole: kinds, regions, combined authorities. London is a kind, so its region is left out.
pub fn groups(atlas: &Atlas) -> Vec<Group> {
    let kinds = CouncilKind::ALL.into_iter().map(Group::Kind);
    let regions = atlas.regions().into_iter().filter(|region| region != "London").map(Group::Region);
    let mut groups: Vec<Group> = kinds.chain(regions).collect();
    for area in areas::all(atlas).into_iter().filter(|area| area.kind == AreaKind::Combined) {
        // Some are called as a region is.
        let taken = groups.iter().any(|group| group.word() == area.slug.as_str());
        let word = if taken { format!("{}{COMBINED}", area.slug) } else { area.slug.to_string() };
        groups.push(Group::Combined { word, name: area.name });
    }
    groups
}

/// The area of a combined authority by its word.
fn combined(atlas: &Atlas, word: &str) -> Option<Area> {
    let named = |slug: &str| areas::named(atlas, false, slug).filter(|area| area.kind == AreaKind::Combined);
    word.strip_suffix(COMBINED).and_then(named).or_else(|| named(word))
}

/// Councils of a group in a year, by name.
fn of_group(atlas: &Atlas, group: &Group, year: ReportingYear) -> Vec<Council> {
    let area = match group {
        Group::Combined { word, .. } => combined(atlas, word),
        Group::Kind(_) | Group::Region(_) => None,
    };
    let holds = |council: &&Council| match group {
        Group::Kind(kind) => council.kind == *kind,
        Group::Region(region) => council.region == *region,
        Group::Combined { .. } => area.as_ref().is_some_and(|area| area.has(atlas, council)),
    };
    atlas.councils_in(year).filter(holds).cloned().collect()
}

/// The year whose councils a set holds: the one asked for, else the newest, or the last of a council that has ended.
pub fn year_of(atlas: &Atlas, set: &CouncilSet, asked: Option<ReportingYear>, today: Date) -> ReportingYear {
    let newest = atlas.default_year(today);
    let ended = set.around().and_then(|council| council.active_to).map(|end| ReportingYear::containing(end).previous());
    asked.unwrap_or_else(|| ended.map_or(newest, |last| last.min(newest)))
}

/// Looks up the councils of a set.
///
/// # Errors
/// The database fails.
pub fn members(
    conn: &Connection,
    atlas: &Atlas,
    set: &CouncilSet,
    year: ReportingYear,
    today: Date,
) -> Result<Members, ReadError> {
    Ok(match set {
        CouncilSet::Whole(group) => whole(atlas, group, year),
        CouncilSet::Around(relation, council) => match relation {
            Relation::Kind => around(
                council,
                nearest(atlas, council, year, today, MOST - 1),
                |others| format!("the {others} {} nearest to it", council.kind.group()),
                || format!("There are no other {} in {year}.", council.kind.group()),
            ),
            Relation::Population => around(
                council,
                as_large(atlas, council, year),
                |others| format!("the {others} {} nearest to it in number of residents", council.kind.group()),
                || format!("How many people live in {} is not known here.", council.official_name),
            ),
            Relation::Neighbours => {
                let others = atlas.neighbours(council, year).into_iter().cloned().collect();
                around(
                    council,
                    others,
                    |others| match others {
                        1 => "the one council that shares a border with it".to_owned(),
                        _ => format!("the {others} councils that share a border with it"),
                    },
                    || no_border(council, year),
                )
            }
            Relation::Region => region(atlas, council, year),
            Relation::County => county(atlas, council, year),
            Relation::Statistical => statistical(conn, atlas, council, year)?,
        },
    })
}

/// Whether a set around a council can hold anybody, as far as the register tells.
pub fn makes_sense(relation: Relation, council: &Council) -> bool {
    match relation {
        Relation::County => council.county.is_some() || council.kind == CouncilKind::County,
        Relation::Region => council.kind != CouncilKind::London,
        Relation::Kind | Relation::Neighbours | Relation::Statistical | Relation::Population => true,
    }
}

fn whole(atlas: &Atlas, group: &Group, year: ReportingYear) -> Members {
    let councils = of_group(atlas, group, year);
    let sentence = match councils.len() {
        0 => format!("There were no {} in {year}.", group.councils()),
        count => format!("All {count} {} in {year}.", group.councils()),
    };
    Members { is_empty: councils.len() < 2, councils, sentence, noun: group.councils() }
}

/// A council with others; where there are none, alone, with the reason.
fn around(
    council: &Council,
    others: Vec<Council>,
    words: impl Fn(usize) -> String,
    nobody: impl Fn() -> String,
) -> Members {
    let is_empty = others.is_empty();
    let sentence = if is_empty { nobody() } else { format!("{} and {}.", council.official_name, words(others.len())) };
    Members {
        councils: std::iter::once(council.clone()).chain(others).collect(),
        sentence,
        is_empty,
        noun: COUNCILS.to_owned(),
    }
}

fn no_border(council: &Council, year: ReportingYear) -> String {
    if council.active_in(year) {
        format!("No council here shares a border with {} in {year}.", council.official_name)
    } else {
        format!("{} did not exist in {year}, so it had no neighbours.", council.official_name)
    }
}

fn region(atlas: &Atlas, council: &Council, year: ReportingYear) -> Members {
    let group = Group::Region(council.region.clone());
    let mut members = whole(atlas, &group, year);
    members.councils.sort_by_key(|one| one.id != council.id);
    members.sentence = format!(
        "All {} councils in {} in {year}, {} among them.",
        members.councils.len(),
        region_in_a_sentence(&council.region),
        council.official_name
    );
    members
}

/// The districts of the county that a council is, or lies in.
fn county(atlas: &Atlas, council: &Council, year: ReportingYear) -> Members {
    let county = if council.kind == CouncilKind::County {
        Some(council)
    } else {
        council.county.and_then(|id| atlas.register.get(id))
    };
    let Some(county) = county else {
        let sentence = format!(
            "{} runs all services of its area: there is no county council over it and no district under it.",
            council.official_name
        );
        return Members { councils: vec![council.clone()], sentence, is_empty: true, noun: COUNCILS.to_owned() };
    };
    let mut councils: Vec<Council> =
        atlas.councils_in(year).filter(|one| one.county == Some(county.id)).cloned().collect();
    councils.sort_by_key(|one| one.id != council.id);
    let is_empty = councils.len() < 2;
    let sentence = if is_empty {
        format!("There were no districts of {} in {year}.", county.name)
    } else {
        format!("The {} district councils of {} in {year}.", councils.len(), county.name)
    };
    let noun = format!("district councils of {}", county.name);
    Members { councils: if is_empty { vec![council.clone()] } else { councils }, sentence, is_empty, noun }
}

fn statistical(conn: &Connection, atlas: &Atlas, council: &Council, year: ReportingYear) -> Result<Members, ReadError> {
    let (model, ids) = db::councils::statistical_neighbours(conn, council.id)?.unwrap_or_default();
    let found = ids.into_iter().filter_map(|id| atlas.register.get(id)).filter(|one| one.active_in(year)).cloned();
    let words = |others: usize| match others {
        1 => format!("its one statistical neighbour by the list “{model}”"),
        _ => format!("its {others} statistical neighbours by the list “{model}”"),
    };
    let nobody = || {
        format!(
            "No statistical neighbours of {} have been loaded: which councils are most like it is a list that somebody else makes, and none is part of this version of the data.",
            council.official_name
        )
    };
    Ok(around(council, found.collect(), words, nobody))
}

/// Those of a council's kind in a year, without itself.
fn alike<'a>(atlas: &'a Atlas, council: &Council, year: ReportingYear) -> impl Iterator<Item = &'a Council> {
    let (id, kind) = (council.id, council.kind);
    atlas.councils_in(year).filter(move |other| other.kind == kind && other.id != id)
}

/// The nearest of its kind, nearest first, as many as are asked for.
pub(super) fn nearest(atlas: &Atlas, council: &Council, year: ReportingYear, today: Date, most: usize) -> Vec<Council> {
    by_distance(atlas, council, alike(atlas, council, year), today, most)
}

/// Those of its kind whose number of residents is nearest to its own by ratio, as many as fit beside it.
fn as_large(atlas: &Atlas, council: &Council, year: ReportingYear) -> Vec<Council> {
    let residents = |one: &Council| one.residents_in(year).map(|residents| residents.count.max(1));
    let Some(own) = residents(council) else { return Vec::new() };
    let apart = |count: u64| {
        let (small, large) = (own.min(count), own.max(count));
        crate::domain::interval::float(large) / crate::domain::interval::float(small)
    };
    let mut others: Vec<(f64, &Council)> =
        alike(atlas, council, year).filter_map(|other| Some((apart(residents(other)?), other))).collect();
    others.sort_by(|a, b| a.0.total_cmp(&b.0));
    others.into_iter().take(MOST - 1).map(|(_, other)| other.clone()).collect()
}

/// Councils by how far the middles of their areas lie from a council's, nearest first.
pub fn by_distance<'a>(
    atlas: &Atlas,
    from: &Council,
    others: impl Iterator<Item = &'a Council>,
    today: Date,
    most: usize,
) -> Vec<Council> {
    let Some(here) = place(atlas, from, today) else { return Vec::new() };
    let mut placed: Vec<(f64, &Council)> =
        others.filter_map(|other| place(atlas, other, today).map(|there| (distance(here, there), other))).collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    placed.into_iter().take(most).map(|(_, council)| council.clone()).collect()
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
