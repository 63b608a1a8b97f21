//! Finding councils: by postcode, outward code, name, GSS code, case reference or place.

use jiff::civil::Date;

use super::atlas::Atlas;
use super::error::ReadError;
use crate::db::{self, Connection};
use crate::domain::council::{Council, GssCode};
use crate::domain::decision::Reference;
use crate::domain::postcode::{Outcode, Postcode};
use crate::geo::postcodes::PostcodeAnswer;

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
    /// A postcode in England: its councils, lower tier first.
    Postcode(String, Vec<Council>),
    /// The first half of a postcode: every lower-tier council it touches, with their counties.
    Outcode(String, Vec<Council>),
    /// A postcode elsewhere: its nation.
    Elsewhere(String, &'static str),
    /// Well-formed, but no live postcode.
    UnknownPostcode(String),
    /// A point inside England.
    Place(Vec<Council>),
    /// A point outside.
    NoPlace,
    /// A GSS code.
    Code(Council),
    /// A case reference that is known here.
    Case(Reference),
    /// Councils of this name.
    Names(Vec<Council>),
    /// None of this name; these are near.
    Near(Vec<Council>),
    /// Nothing fits.
    Nothing,
}

/// A question and its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct FindPage {
    /// As asked.
    pub query: FindQuery,
    /// As understood.
    pub answer: FindAnswer,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl FindPage {
    /// Answers a question; there is an answer to everything.
    pub fn read(conn: &Connection, atlas: &Atlas, query: FindQuery, today: Date) -> Result<Self, ReadError> {
        let answer = match &query {
            FindQuery::Place { lat, lon } => {
                let found: Vec<Council> = atlas.at(*lon, *lat, today).into_iter().cloned().collect();
                if found.is_empty() { FindAnswer::NoPlace } else { FindAnswer::Place(found) }
            }
            FindQuery::Text(text) => by_text(conn, atlas, text.trim(), today)?,
        };
        Ok(Self { query, answer, synthetic: atlas.synthetic })
    }

    /// The councils of the answer.
    pub fn councils(&self) -> &[Council] {
        match &self.answer {
            FindAnswer::Postcode(_, councils)
            | FindAnswer::Outcode(_, councils)
            | FindAnswer::Place(councils)
            | FindAnswer::Names(councils)
            | FindAnswer::Near(councils) => councils,
            FindAnswer::Code(council) => std::slice::from_ref(council),
            _ => &[],
        }
    }

    /// The words asked for, for showing them again.
    pub fn words(&self) -> String {
        match &self.query {
            FindQuery::Text(text) => text.clone(),
            FindQuery::Place { lat, lon } => format!("{lat}, {lon}"),
        }
    }
}

fn by_text(conn: &Connection, atlas: &Atlas, text: &str, today: Date) -> Result<FindAnswer, ReadError> {
    if text.is_empty() {
        return Ok(FindAnswer::Empty);
    }
    if let Ok(postcode) = Postcode::parse(text) {
        return Ok(by_postcode(atlas, postcode));
    }
    if let Some(council) = GssCode::parse(text).ok().and_then(|code| atlas.register.by_code(code)) {
        return Ok(FindAnswer::Code(council.clone()));
    }
    if let Ok(reference) = Reference::parse(text)
        && db::decisions::by_reference(conn, &reference)?.is_some()
    {
        return Ok(FindAnswer::Case(reference));
    }
    let named = by_name(atlas, text, today);
    if !named.is_empty() {
        return Ok(FindAnswer::Names(named));
    }
    if let Ok(outcode) = Outcode::parse(text) {
        let councils = both(atlas, &atlas.postcodes.outcode(outcode));
        if !councils.is_empty() {
            return Ok(FindAnswer::Outcode(outcode.to_string(), councils));
        }
        if let Some(nation) = atlas.postcodes.outcode_nations(outcode).first() {
            return Ok(FindAnswer::Elsewhere(outcode.to_string(), nation.name()));
        }
    }
    let near: Vec<Council> = atlas.register.near(text, 8).into_iter().cloned().collect();
    Ok(if near.is_empty() { FindAnswer::Nothing } else { FindAnswer::Near(near) })
}

fn by_postcode(atlas: &Atlas, postcode: Postcode) -> FindAnswer {
    let shown = postcode.to_string();
    match atlas.postcodes.lookup(postcode) {
        PostcodeAnswer::Council(code) => {
            let councils = both(atlas, &[code]);
            if councils.is_empty() { FindAnswer::UnknownPostcode(shown) } else { FindAnswer::Postcode(shown, councils) }
        }
        PostcodeAnswer::Elsewhere(nation) => FindAnswer::Elsewhere(shown, nation.name()),
        PostcodeAnswer::Unknown => FindAnswer::UnknownPostcode(shown),
    }
}

/// Both tiers of some lower-tier codes: lower tier first, each council once.
fn both(atlas: &Atlas, codes: &[GssCode]) -> Vec<Council> {
    let lower: Vec<&Council> = codes.iter().filter_map(|code| atlas.register.by_code(*code)).collect();
    let mut all: Vec<Council> = lower.iter().copied().cloned().collect();
    for county in lower.iter().filter_map(|council| council.county.and_then(|id| atlas.register.get(id))) {
        if !all.iter().any(|known| known.id == county.id) {
            all.push(county.clone());
        }
    }
    all
}

/// Councils of a name, or whose name begins with what was typed; current ones first.
pub(super) fn by_name(atlas: &Atlas, text: &str, today: Date) -> Vec<Council> {
    let mut found: Vec<&Council> = atlas.register.by_name(text);
    if found.is_empty() {
        let typed = crate::domain::names::fold(text);
        if typed.len() >= 3 {
            found = atlas
                .register
                .councils()
                .iter()
                .filter(|council| {
                    let name = crate::domain::names::fold(&council.official_name);
                    name.starts_with(&typed) || name.contains(&format!(" {typed}"))
                })
                .collect();
        }
    }
    found.sort_by_key(|council| {
        (!council.active_on(today), council.kind == crate::domain::council::CouncilKind::County)
    });
    found.into_iter().take(40).cloned().collect()
}
