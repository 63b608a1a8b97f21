//! Finding councils: by postcode, outward code, name, GSS code, case reference, town or position.

use jiff::civil::Date;

use super::atlas::Atlas;
use super::error::ReadError;
use super::find_names::{self, FoundPlace};
use super::locator_map::LocatorMap;
use super::serving::Serving;
use crate::db::{self, Connection};
use crate::domain::council::{Council, CouncilKind, GssCode};
use crate::domain::decision::Reference;
use crate::domain::postcode::{Outcode, Postcode, Typed};
use crate::geo::places::Place;
use crate::geo::postcodes::PostcodeAnswer;

/// How many councils are told about in full; more are listed.
const IN_FULL: usize = 2;
/// How many places are offered for a name that is none.
const OFFERED: usize = 6;
/// How many names complete what was typed, of councils and of places.
const COMPLETED: usize = 8;

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum FindQuery {
    /// Words typed by a person.
    Text(String),
    /// A place in degrees.
    Place {
        /// North.
        lat: f64,
        /// East.
        lon: f64,
    },
}

/// What was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindAnswer {
    /// Nothing was typed.
    Empty,
    /// A postcode in England.
    Postcode(String),
    /// The beginning of a postcode: every lower-tier council it touches, with their counties.
    Outcode(String),
    /// A postcode elsewhere: its nation.
    Elsewhere(String, &'static str),
    /// Well-formed, but no live postcode.
    UnknownPostcode(String),
    /// A point inside England.
    Place,
    /// A point outside.
    NoPlace,
    /// A town or village, by its name.
    Town(String),
    /// Several towns and villages of one name.
    Towns(String),
    /// A GSS code.
    Code,
    /// A case reference that is known here.
    Case(Reference),
    /// Councils of this name.
    Names,
    /// A name that councils no longer have, or never had: those who serve its area today.
    Today(String),
    /// None of this name; these are near.
    Near,
    /// Nothing fits.
    Nothing,
}

/// What was understood, and whom it means.
#[derive(Clone, Debug, PartialEq)]
struct Understood {
    answer: FindAnswer,
    /// Today's councils first, lower tier first.
    councils: Vec<Council>,
    /// Councils that no longer are, which had the name or the place.
    before: Vec<Council>,
    /// Places to choose from.
    places: Vec<FoundPlace>,
    /// What was typed, where it was read as something else.
    typed: Option<String>,
}

impl From<FindAnswer> for Understood {
    fn from(answer: FindAnswer) -> Self {
        Self { answer, councils: Vec::new(), before: Vec::new(), places: Vec::new(), typed: None }
    }
}

/// A question and its answer.
#[derive(Clone, Debug)]
pub struct FindPage {
    /// As asked.
    pub query: FindQuery,
    /// As understood.
    pub answer: FindAnswer,
    /// The councils of the answer: today's first, lower tier first.
    pub councils: Vec<Council>,
    /// Councils that no longer are, which had the name or served the place.
    pub before: Vec<Council>,
    /// Towns and villages to choose from.
    pub places: Vec<FoundPlace>,
    /// What was typed, where it was read as something else.
    pub typed: Option<String>,
    /// What is known of each of the councils that serve one place.
    pub serving: Vec<Serving>,
    /// Where it lies.
    pub map: Option<LocatorMap>,
    /// The day for which the answer is true.
    pub today: Date,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl FindPage {
    /// Answers a question; there is an answer to everything.
    pub fn read(conn: &Connection, atlas: &Atlas, query: FindQuery, today: Date) -> Result<Self, ReadError> {
        let understood = match &query {
            FindQuery::Place { lat, lon } => {
                let councils: Vec<Council> = atlas.at(*lon, *lat, today).into_iter().cloned().collect();
                let answer = if councils.is_empty() { FindAnswer::NoPlace } else { FindAnswer::Place };
                Understood { councils, ..answer.into() }
            }
            FindQuery::Text(text) => by_text(conn, atlas, text.trim(), today)?,
        };
        let Understood { answer, councils, before, places, typed } = understood;
        let one_place =
            matches!(answer, FindAnswer::Postcode(_) | FindAnswer::Place | FindAnswer::Town(_) | FindAnswer::Today(_));
        let serving = if one_place && councils.len() <= IN_FULL {
            councils.iter().map(|council| Serving::read(conn, atlas, council, today)).collect::<Result<_, _>>()?
        } else {
            Vec::new()
        };
        let map = if serving.is_empty() { None } else { LocatorMap::of(atlas, &councils, today) };
        Ok(Self { query, answer, councils, before, places, typed, serving, map, today, synthetic: atlas.synthetic })
    }

    /// The words asked for, for showing them again.
    pub fn words(&self) -> String {
        match &self.query {
            FindQuery::Text(text) => text.clone(),
            FindQuery::Place { lat, lon } => format!("{lat}, {lon}"),
        }
    }

    /// Whether two of the councils share the work in one place.
    pub fn shared(&self) -> bool {
        self.councils.iter().any(|council| council.kind == CouncilKind::County)
            && self.councils.iter().any(|council| council.kind == CouncilKind::District)
    }
}

/// What completes the words typed so far.
#[derive(Clone, Debug)]
pub struct Completions {
    /// As typed.
    pub words: String,
    /// Councils, today's first.
    pub councils: Vec<Council>,
    /// Towns and villages, the largest first.
    pub places: Vec<Place>,
    /// The day that tells former councils from others.
    pub today: Date,
}

impl Completions {
    /// Names that begin with the words; nothing for fewer than two letters.
    pub fn read(atlas: &Atlas, words: String, today: Date) -> Self {
        let (councils, places) = if words.trim().chars().count() < 2 {
            (Vec::new(), Vec::new())
        } else {
            find_names::completions(atlas, words.trim(), today, COMPLETED)
        };
        Self { words, councils, places, today }
    }
}

fn by_text(conn: &Connection, atlas: &Atlas, text: &str, today: Date) -> Result<Understood, ReadError> {
    if text.is_empty() {
        return Ok(FindAnswer::Empty.into());
    }
    let typed = Typed::read(text);
    if let Some(found) = by_postcode(atlas, text, &typed, today) {
        return Ok(found);
    }
    if let Some(council) = GssCode::parse(text).ok().and_then(|code| atlas.register.by_code(code)) {
        return Ok(Understood { councils: vec![council.clone()], ..FindAnswer::Code.into() });
    }
    if let Ok(reference) = Reference::parse(text)
        && db::decisions::by_reference(conn, &reference)?.is_some()
    {
        return Ok(FindAnswer::Case(reference).into());
    }
    let beginning = || typed.unfinished.and_then(|(outcode, sector)| by_beginning(atlas, outcode, sector, today));
    Ok(by_exact_name(atlas, text, today).or_else(beginning).unwrap_or_else(|| by_likeness(atlas, text, today)))
}

/// A whole postcode as typed, or the only one that exists when letters and digits that look alike are exchanged.
fn by_postcode(atlas: &Atlas, text: &str, typed: &Typed, today: Date) -> Option<Understood> {
    let known = |postcode: &Postcode| atlas.postcodes.lookup(*postcode) != PostcodeAnswer::Unknown;
    if let Some(postcode) = typed.exact.filter(known) {
        return Some(of_postcode(atlas, postcode, today));
    }
    let alike: Vec<Postcode> = typed.alike.iter().copied().filter(known).collect();
    if let [postcode] = alike.as_slice() {
        let understood = of_postcode(atlas, *postcode, today);
        return Some(Understood { typed: Some(text.to_owned()), ..understood });
    }
    typed.exact.map(|postcode| of_postcode(atlas, postcode, today))
}

fn of_postcode(atlas: &Atlas, postcode: Postcode, today: Date) -> Understood {
    let shown = postcode.to_string();
    match atlas.postcodes.lookup(postcode) {
        PostcodeAnswer::Council(code) => {
            let former = atlas.council_before(postcode);
            // Postcodes may come in before the day on which their councils begin.
            let begun = atlas.register.by_code(code).is_none_or(|one| one.active_from.is_none_or(|from| from <= today));
            let code = former.filter(|_| !begun).map_or(code, |former| former.code);
            let (councils, mut before) = serving(atlas, &[code], today);
            if let Some(former) = former.filter(|one| ended(one, today) && !before.iter().any(|it| it.id == one.id)) {
                before.extend(cloned(&with_ended_counties(atlas, &[former], today)));
            }
            let known = !councils.is_empty();
            let answer = if known { FindAnswer::Postcode(shown) } else { FindAnswer::UnknownPostcode(shown) };
            Understood { councils, before, ..answer.into() }
        }
        PostcodeAnswer::Elsewhere(nation) => FindAnswer::Elsewhere(shown, nation.name()).into(),
        PostcodeAnswer::Unknown => FindAnswer::UnknownPostcode(shown).into(),
    }
}

/// The councils that serve the areas of some lower-tier codes today, with their counties, and those before them.
fn serving(atlas: &Atlas, codes: &[GssCode], today: Date) -> (Vec<Council>, Vec<Council>) {
    let (mut lower, mut before): (Vec<&Council>, Vec<&Council>) = (Vec::new(), Vec::new());
    for council in codes.iter().filter_map(|code| atlas.register.by_code(*code)) {
        let (now, ended) = find_names::today(atlas, council, today);
        lower.extend(now.into_iter().filter(|one| !lower.iter().any(|known| known.id == one.id)).collect::<Vec<_>>());
        before.extend(ended);
    }
    (cloned(&find_names::with_counties(atlas, &lower, today)), cloned(&with_ended_counties(atlas, &before, today)))
}

fn ended(council: &Council, today: Date) -> bool {
    council.active_to.is_some_and(|end| end <= today)
}

/// Councils that no longer are, and the counties over them that are no longer either.
fn with_ended_counties<'a>(atlas: &'a Atlas, councils: &[&'a Council], today: Date) -> Vec<&'a Council> {
    let mut all = councils.to_vec();
    for council in councils {
        let county = council.county.and_then(|id| atlas.register.get(id)).filter(|county| ended(county, today));
        if let Some(county) = county.filter(|county| !all.iter().any(|known| known.id == county.id)) {
            all.push(county);
        }
    }
    all
}

fn cloned(councils: &[&Council]) -> Vec<Council> {
    councils.iter().copied().cloned().collect()
}

/// The first half of a postcode, or that and a digit.
fn by_beginning(atlas: &Atlas, outcode: Outcode, sector: Option<u8>, today: Date) -> Option<Understood> {
    let shown = match sector {
        Some(digit) => format!("{outcode} {}", char::from(digit)),
        None => outcode.to_string(),
    };
    let (councils, _) = serving(atlas, &atlas.postcodes.outcode(outcode, sector), today);
    if !councils.is_empty() {
        return Some(Understood { councils, ..FindAnswer::Outcode(shown).into() });
    }
    let nations = atlas.postcodes.outcode_nations(outcode, sector);
    nations.first().map(|nation| FindAnswer::Elsewhere(shown, nation.name()).into())
}

/// Councils of exactly this name or of one in common use, and places of the name that are not theirs.
fn by_exact_name(atlas: &Atlas, text: &str, today: Date) -> Option<Understood> {
    let own = atlas.register.by_name(text);
    let common = if own.is_empty() { find_names::common(atlas, text) } else { Vec::new() };
    let mut places = find_names::places(atlas, text, today);
    if own.is_empty() && common.is_empty() {
        return match places.as_slice() {
            [] => None,
            [one] => {
                let FoundPlace { place, councils } = one.clone();
                Some(Understood { councils, ..FindAnswer::Town(place.name).into() })
            }
            [one, ..] => {
                let name = one.place.name.clone();
                Some(Understood { places, ..FindAnswer::Towns(name).into() })
            }
        };
    }
    let (mut now, mut before): (Vec<&Council>, Vec<&Council>) = (Vec::new(), Vec::new());
    for council in own.iter().chain(&common) {
        let (serving, ended) = find_names::today(atlas, council, today);
        let (ended_here, begun) = (!ended.is_empty(), own.iter().any(|one| one.active_on(today)));
        before.extend(ended);
        // Where a council of today has the name, another that had it is only told of.
        if !(ended_here && begun) {
            now.extend(
                serving.into_iter().filter(|one| !now.iter().any(|known| known.id == one.id)).collect::<Vec<_>>(),
            );
        }
    }
    let predecessors = common.iter().flat_map(|council| &council.predecessors).filter_map(|id| atlas.register.get(*id));
    before.extend(predecessors);
    before.sort_by_key(|council| (council.kind == CouncilKind::District, council.name.clone()));
    before.dedup_by_key(|council| council.id);
    now.sort_by_key(|council| (!council.active_on(today), council.kind == CouncilKind::County));
    places.retain(|one| !one.councils.iter().any(|council| now.iter().any(|own| own.id == council.id)));
    let named = own.iter().any(|council| council.active_on(today));
    let of_today = !named && !before.is_empty() && now.len() <= IN_FULL;
    let answer = if of_today { FindAnswer::Today(text.to_owned()) } else { FindAnswer::Names };
    Some(Understood { councils: cloned(&now), before: cloned(&before), places, ..answer.into() })
}

/// Names that begin with what was typed, else those that are near it.
fn by_likeness(atlas: &Atlas, text: &str, today: Date) -> Understood {
    let begun = find_names::by_name(atlas, text, today);
    let (councils, before): (Vec<Council>, Vec<Council>) = begun.into_iter().partition(|one| one.active_on(today));
    match (councils.len(), before.len()) {
        (0, 0) => {}
        (1, _) => return Understood { councils, before, ..FindAnswer::Names.into() },
        _ => {
            let places = find_names::places_beginning(atlas, text, today, OFFERED);
            return Understood { councils, before, places, ..FindAnswer::Names.into() };
        }
    }
    let places = find_names::places_beginning(atlas, text, today, OFFERED);
    match places.as_slice() {
        [] => {}
        [one] => {
            let FoundPlace { place, councils } = one.clone();
            return Understood { councils, typed: Some(text.to_owned()), ..FindAnswer::Town(place.name).into() };
        }
        _ => return Understood { places, ..FindAnswer::Towns(text.to_owned()).into() },
    }
    let near: Vec<Council> = atlas.register.near(text, 8).into_iter().cloned().collect();
    let places = find_names::places_near(atlas, text, today, OFFERED);
    let answer = if near.is_empty() && places.is_empty() { FindAnswer::Nothing } else { FindAnswer::Near };
    Understood { councils: near, places, ..answer.into() }
}
