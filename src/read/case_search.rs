//! A search over decisions: its hits, filtered, counted and in their order, and names put right.

use super::atlas::Atlas;
use super::case_facets::{Counted, Facets};
use super::case_filter::CaseFilter;
use super::case_order::Sort;
use super::case_words::Hits;
use super::error::ReadError;
use crate::db::{self, Connection};
use crate::domain::council::Council;
use crate::domain::decision::Reference;
use crate::domain::names;
use crate::domain::search::SearchText;

/// How like a council's name a mistyped word must be to be taken for it.
const LIKE_ENOUGH: f64 = 0.9;
/// How many letters more or fewer than the name it may have: more of them are another word ("birmigham damp").
const MOST_APART: usize = 2;

/// A mistyped name that was taken for a council's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// As typed.
    pub typed: String,
    /// The council it was taken for.
    pub council: Council,
}

/// The whole result in its order.
pub(super) struct Found {
    pub(super) places: Vec<u32>,
    pub(super) facets: Facets,
    pub(super) hits: Option<Hits>,
}

impl Found {
    pub(super) fn read(
        conn: &Connection,
        atlas: &Atlas,
        filter: &CaseFilter,
        search: &SearchText,
        order: Sort,
    ) -> Result<Self, ReadError> {
        let cases = &atlas.cases;
        if let Some(reference) = search.reference() {
            let counted = cases.count(filter, case_places(conn, atlas, reference)?.into_iter());
            if !counted.found.is_empty() {
                return Ok(Self { places: counted.found, facets: counted.facets, hits: None });
            }
        }
        if search.is_empty() && search.text().is_empty() {
            let Counted { mut found, facets } = cases.count(filter, cases.all());
            if order == Sort::Oldest {
                found.reverse();
            }
            return Ok(Self { places: found, facets, hits: None });
        }
        let best = order == Sort::Best;
        let hits = if search.is_empty() { Hits::default() } else { atlas.words.find(conn, cases, search, best)? };
        let Counted { found: mut places, facets } = cases.count(filter, hits.places.iter().copied());
        if order == Sort::Oldest {
            places.reverse();
        }
        Ok(Self { places, facets, hits: Some(hits) })
    }
}

/// The decisions of a case: the very one that was asked for first, then its siblings.
fn case_places(conn: &Connection, atlas: &Atlas, reference: &Reference) -> Result<Vec<u32>, ReadError> {
    let mut of_case = db::decisions::of_case(conn, &reference.case())?;
    of_case.sort_by_key(|one| one.decision.reference != *reference);
    Ok(of_case.iter().filter_map(|one| atlas.cases.position(one.id)).collect())
}

/// Searches in which one to four words that lie near a council's name are replaced by it, longest first.
pub(super) fn corrections(atlas: &Atlas, search: &SearchText) -> Vec<(SearchText, Corrected)> {
    let words: Vec<&str> = search.phrases().iter().flat_map(|phrase| &phrase.words).map(String::as_str).collect();
    let mut changed = Vec::new();
    for length in (1..=4.min(words.len())).rev() {
        for (start, span) in words.windows(length).enumerate() {
            let typed = span.join(" ");
            if typed.chars().count() < 4 {
                continue;
            }
            for council in atlas.register.near(&typed, 2) {
                let near = |name: &str| {
                    let letters = |text: &str| text.chars().count();
                    letters(&typed).abs_diff(letters(name)) <= MOST_APART
                        && names::likeness(&typed, name) >= LIKE_ENOUGH
                };
                if !near(&council.name) && !near(&council.official_name) {
                    continue;
                }
                let (before, after) = (words.iter().take(start), words.iter().skip(start + length));
                let text: Vec<&str> = before.copied().chain([council.name.as_str()]).chain(after.copied()).collect();
                let corrected = Corrected { typed: typed.clone(), council: council.clone() };
                changed.push((SearchText::parse(&format!("{} ", text.join(" "))), corrected));
            }
        }
    }
    changed.truncate(8);
    changed
}
