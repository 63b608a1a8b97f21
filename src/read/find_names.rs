//! What a name means: councils by their own names and by those in common use, towns and villages, and those near it.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::atlas::Atlas;
use crate::domain::council::{Council, CouncilKind, Slug};
use crate::domain::names;
use crate::geo::places::{Gazetteer, Place};

/// The towns and villages that the binary carries; read when first asked for.
static PLACES: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::from_csv(include_bytes!("../../data/places.csv")).unwrap_or_default());

/// Names in common use, folded, with the address names of the councils that they mean.
static COMMON: LazyLock<HashMap<String, Vec<Slug>>> =
    LazyLock::new(|| common_names(include_str!("../../data/common-names.csv")));

/// How far from a place on the water its council is looked for, in degrees: the boundaries are approximate at the coast.
const ASHORE: [f64; 4] = [0.002, 0.004, 0.008, 0.016];

/// A place with the councils that serve it today, lower tier first.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundPlace {
    /// The place.
    pub place: Place,
    /// Its councils.
    pub councils: Vec<Council>,
}

impl FoundPlace {
    /// What to type to mean this place and no other of its name.
    pub fn words(&self) -> String {
        match self.councils.first() {
            Some(council) => format!("{}, {}", self.place.name, council.name),
            None => self.place.name.clone(),
        }
    }
}

fn common_names(text: &str) -> HashMap<String, Vec<Slug>> {
    let rows = text.lines().skip(1).filter_map(|line| line.split_once(','));
    rows.map(|(name, councils)| {
        (names::fold(name), councils.split('|').filter_map(|slug| Slug::parse(slug).ok()).collect())
    })
    .collect()
}

/// The councils that a name in common use means today.
pub(super) fn common<'a>(atlas: &'a Atlas, text: &str) -> Vec<&'a Council> {
    let slugs = COMMON.get(&names::fold(text)).map(Vec::as_slice).unwrap_or_default();
    slugs.iter().filter_map(|slug| atlas.register.by_slug(slug)).collect()
}

/// The councils that serve today what a council served, and the councils before them, itself included, that no longer are.
/// One that has not begun yet, or that nobody followed, stands for itself.
pub(super) fn today<'a>(atlas: &'a Atlas, council: &'a Council, day: Date) -> (Vec<&'a Council>, Vec<&'a Council>) {
    let (mut serving, mut before): (Vec<&Council>, Vec<&Council>) = (Vec::new(), Vec::new());
    let mut open = vec![council];
    while let Some(one) = open.pop() {
        let next: Vec<&Council> = one.successors.iter().filter_map(|id| atlas.register.get(*id)).collect();
        if one.active_to.is_none_or(|end| day < end) || next.is_empty() {
            push(&mut serving, one);
        } else if !before.iter().any(|known| known.id == one.id) {
            before.push(one);
            open.extend(next);
        }
    }
    serving.sort_by(|a, b| a.name.cmp(&b.name));
    (serving, before)
}

fn push<'a>(councils: &mut Vec<&'a Council>, one: &'a Council) {
    if !councils.iter().any(|known| known.id == one.id) {
        councils.push(one);
    }
}

/// Both tiers of some lower-tier councils: lower tier first, each council once.
pub(super) fn with_counties<'a>(atlas: &'a Atlas, lower: &[&'a Council], day: Date) -> Vec<&'a Council> {
    let mut all = lower.to_vec();
    let county = |council: &&Council| council.county.and_then(|id| atlas.register.get(id));
    for county in lower.iter().filter_map(county).filter(|county| county.active_on(day)) {
        push(&mut all, county);
    }
    all
}

/// The councils at a point; of a point just off the coast those of the nearest land.
fn ashore(atlas: &Atlas, place: &Place, day: Date) -> Vec<Council> {
    let at = |east: f64, north: f64| -> Vec<Council> {
        atlas.at(place.longitude + east, place.latitude + north, day).into_iter().cloned().collect()
    };
    let here = at(0.0, 0.0);
    if !here.is_empty() {
        return here;
    }
    let around = |step: f64| {
        let diagonal = step * std::f64::consts::FRAC_1_SQRT_2;
        [(0.0, step), (0.0, -step), (step, 0.0), (-step, 0.0)].into_iter().chain([
            (diagonal, diagonal),
            (diagonal, -diagonal),
            (-diagonal, diagonal),
            (-diagonal, -diagonal),
        ])
    };
    // A degree of longitude is about five eighths of one of latitude here.
    let found = ASHORE.into_iter().flat_map(around).map(|(east, north)| at(east * 1.6, north));
    found.into_iter().find(|councils| !councils.is_empty()).unwrap_or_default()
}

/// Places with their councils, the largest first; of those with the same name and councils one.
fn located(atlas: &Atlas, mut places: Vec<&Place>, day: Date) -> Vec<FoundPlace> {
    places.sort_by_key(|place| std::cmp::Reverse(place.population));
    let mut found: Vec<FoundPlace> = Vec::new();
    for place in places {
        let councils = ashore(atlas, place, day);
        let known =
            |one: &FoundPlace| names::fold(&one.place.name) == names::fold(&place.name) && one.councils == councils;
        if !councils.is_empty() && !found.iter().any(known) {
            found.push(FoundPlace { place: place.clone(), councils });
        }
    }
    found
}

/// The places of a name, also of one followed by a council, county or region that tells it from its namesakes.
pub(super) fn places(atlas: &Atlas, text: &str, day: Date) -> Vec<FoundPlace> {
    let exact = located(atlas, PLACES.named(text), day);
    if !exact.is_empty() {
        return exact;
    }
    let Some((named, rest)) = PLACES.named_first(text) else { return Vec::new() };
    let mut found = located(atlas, named, day);
    let means = |council: &Council| {
        [&council.name, &council.official_name, &council.region].into_iter().any(|name| names::fold(name) == rest)
    };
    found.retain(|one| one.councils.iter().any(means));
    // The district's own name is the surest: “Ripley, Guildford” is not the Ripley of any other council.
    let lower = |one: &FoundPlace| one.councils.first().is_some_and(means);
    if found.iter().any(lower) {
        found.retain(lower);
    }
    found
}

/// Places that begin with what was typed, the largest first.
pub(super) fn places_beginning(atlas: &Atlas, text: &str, day: Date, most: usize) -> Vec<FoundPlace> {
    if names::fold(text).len() < 3 { Vec::new() } else { located(atlas, PLACES.beginning(text, most), day) }
}

/// Places whose names are near what was typed.
pub(super) fn places_near(atlas: &Atlas, text: &str, day: Date, most: usize) -> Vec<FoundPlace> {
    located(atlas, PLACES.near(text, most), day)
}

/// Names that begin with what was typed, for completing it: councils of today, former ones, then places, the largest first.
pub(super) fn completions(atlas: &Atlas, text: &str, day: Date, most: usize) -> (Vec<Council>, Vec<Place>) {
    let mut councils: Vec<Council> = common(atlas, text).into_iter().cloned().collect();
    for council in by_name(atlas, text, day) {
        if !councils.iter().any(|known| known.id == council.id) {
            councils.push(council);
        }
    }
    councils.truncate(most);
    let mut places: Vec<Place> = PLACES.beginning(text, most).into_iter().cloned().collect();
    places.dedup_by(|a, b| a.name == b.name);
    (councils, places)
}

/// Councils of a name, or whose name begins with what was typed; current ones first.
pub(super) fn by_name(atlas: &Atlas, text: &str, day: Date) -> Vec<Council> {
    let mut found: Vec<&Council> = atlas.register.by_name(text);
    if found.is_empty() {
        let typed = names::fold(text);
        if typed.len() >= 3 {
            let begins = |council: &&Council| {
                let name = names::fold(&council.official_name);
                name.starts_with(&typed) || name.contains(&format!(" {typed}"))
            };
            found = atlas.register.councils().iter().filter(begins).collect();
        }
    }
    found.sort_by_key(|council| (!council.active_on(day), council.kind == CouncilKind::County));
    found.into_iter().take(40).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_in_common_use_means_councils_of_the_register() {
        let register = include_str!("../../data/authorities.csv");
        assert!(!PLACES.places().is_empty() && COMMON.len() > 30);
        for (name, councils) in COMMON.iter() {
            assert!(!councils.is_empty(), "{name}");
            for slug in councils {
                assert!(register.contains(&format!(",{slug},")), "{name}: {slug}");
            }
        }
    }
}
