//! The words that stand in most published decisions of a subject in which fault was found.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::atlas::Atlas;
use super::case_index::{FIRST_YEAR, Row};
use super::error::ReadError;
use crate::db::{self, Connection};
use crate::domain::council::CouncilKind;
use crate::domain::decision::Outcome;
use crate::domain::interval::float;
use crate::domain::search::{SearchText, words};
use crate::domain::subject::Subject;
use crate::domain::telling::is_telling;
use crate::domain::year::ReportingYear;

/// Decisions read for their words, the newest of them.
const MOST_READ: usize = 2_000;
/// Words that are shown.
const SHOWN: usize = 12;
/// Words that are looked up, since several can have one stem.
const LOOKED_UP: usize = 24;
/// A word that fewer decisions hold is not one of the subject.
const FEWEST: u64 = 3;

/// The decisions whose words are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// About this subject.
    pub subject: &'a Subject,
    /// Of this year.
    pub year: ReportingYear,
    /// Only about this kind of council.
    pub kind: Option<CouncilKind>,
    /// Only about councils of this region.
    pub region: Option<&'a str>,
}

/// A word and how many of the decisions hold it, as the search finds it: with its other endings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultWord {
    /// In small letters.
    pub word: String,
    /// How many decisions hold it.
    pub decisions: u64,
}

/// The most common words of fault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaultWords {
    /// Decisions with fault that fit; they are a part of all that were made.
    pub of: u64,
    /// The words, that of most decisions first.
    pub words: Vec<FaultWord>,
}

impl FaultWords {
    /// Reads the words of a year: those that stand in more of the decisions with fault than of those without, so that what
    /// every decision of the subject is about does not count.
    pub fn read(conn: &Connection, atlas: &Atlas, wanted: Wanted<'_>) -> Result<Self, ReadError> {
        let places = |outcome| -> Vec<u32> {
            let rows = (0..).zip(&atlas.cases.rows);
            rows.filter(|(_, row)| fits(atlas, row, wanted) && row.outcome == outcome).map(|(place, _)| place).collect()
        };
        let (upheld, others) = (places(Outcome::Upheld), places(Outcome::NotUpheld));
        let (held, without) = (count(conn, atlas, &upheld)?, count(conn, atlas, &others)?);
        let read = |places: &[u32]| float(u64::try_from(places.len().min(MOST_READ)).unwrap_or(0)).max(1.0);
        let more_often = |word: &str, number: u64| {
            let other = without.get(word).copied().unwrap_or(0);
            float(number) / read(&upheld) > float(other) / read(&others)
        };
        let mut told: Vec<(String, u64)> =
            held.into_iter().filter(|(word, number)| *number >= FEWEST && more_often(word, *number)).collect();
        told.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let among: BTreeSet<u32> = upheld.iter().copied().collect();
        let mut found: Vec<(Vec<u32>, FaultWord)> = Vec::new();
        for (word, _) in told.into_iter().take(LOOKED_UP) {
            let hits = atlas.words.find(conn, &atlas.cases, &SearchText::parse(&word), false)?;
            let places: Vec<u32> = hits.places.into_iter().filter(|place| among.contains(place)).collect();
            // Words of one stem are found together. What all of them hold, such as the name of the subject, tells nothing.
            if places.len() < upheld.len() && !found.iter().any(|(same, _)| *same == places) {
                let decisions = u64::try_from(places.len()).unwrap_or(0);
                found.push((places, FaultWord { word, decisions }));
            }
        }
        let mut words: Vec<FaultWord> = found.into_iter().map(|(_, word)| word).collect();
        words.sort_by_key(|one| Reverse(one.decisions));
        words.truncate(SHOWN);
        Ok(Self { of: u64::try_from(upheld.len()).unwrap_or(0), words })
    }
}

/// Whether a decision is one of the subject, year, kind and region.
fn fits(atlas: &Atlas, row: &Row, wanted: Wanted<'_>) -> bool {
    let Wanted { subject, year, kind, region: of_region } = wanted;
    let cases = &atlas.cases;
    if row.category != subject.category || ReportingYear::starting_in(FIRST_YEAR + i16::from(row.year)) != Some(year) {
        return false;
    }
    let slug = cases.subjects.get(usize::from(row.subject)).map(|(_, slug)| slug.as_str());
    if subject.subcategory.as_deref().is_some_and(|wanted| slug != Some(wanted)) {
        return false;
    }
    let place = usize::try_from(row.body).ok().and_then(|body| cases.places.get(body));
    let region = place.and_then(|place| cases.regions.get(usize::from(place.region?)));
    kind.is_none_or(|kind| place.is_some_and(|place| place.kind == Some(kind)))
        && of_region.is_none_or(|wanted| region.is_some_and(|region| region == wanted))
}

/// In how many summaries each telling word stands.
fn count(conn: &Connection, atlas: &Atlas, places: &[u32]) -> Result<BTreeMap<String, u64>, ReadError> {
    let ids: Vec<i64> = places.iter().take(MOST_READ).filter_map(|place| atlas.cases.id(*place)).collect();
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    db::decisions::each_summary(conn, &ids, |summary| {
        let of_one: BTreeSet<String> = words(summary).into_iter().filter(|word| is_telling(word)).collect();
        for word in of_one {
            *counts.entry(word).or_default() += 1;
        }
    })?;
    Ok(counts)
}
