//! Which decisions hold a word: read from the full-text index, kept for common words.
//!
//! SQLite hands over the rows of a word one by one, which for a word of every second decision among
//! 2,000,000 takes half a second. Common words are few and asked for again and again, so their rows are
//! kept as compressed bitmaps over the places of `CaseIndex`; words together are then one AND of bitmaps, and
//! the best of what they find is one more.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use moka::sync::Cache;
use roaring::RoaringBitmap;

use super::case_index::CaseIndex;
use super::error::ReadError;
use crate::db::{self, Connection, ReadPool};
use crate::domain::search::{self, SearchText};

/// At most this much is kept; 12,000 decisions never come to a tenth of it.
const MOST_BYTES: u64 = 64 << 20;

/// Rows of a word that stands in fewer decisions are read as quickly as they are looked up.
const COMMON: u64 = 1_000;

/// How many decisions the common words are told from, and in how many of them a word is common.
const SAMPLE: u32 = 1_000;
const COMMON_IN_SAMPLE: u32 = 20;

/// The decisions that hold a word or phrase, by place.
struct Holders {
    /// Anywhere.
    any: RoaringBitmap,
    /// In what a list shows of a decision: summary, subject, the body's name.
    listed: RoaringBitmap,
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// Places of the decisions: newest first, or in the order of `Sort::Best` when that was asked for.
    pub places: Vec<u32>,
    /// The expression that found them, for marking.
    pub expression: String,
}

/// The kept words of one edition.
pub struct CaseWords {
    kept: Cache<String, Arc<Holders>>,
}

impl Default for CaseWords {
    fn default() -> Self {
        let weigh = |word: &String, holders: &Arc<Holders>| {
            let bytes = holders.any.serialized_size() + holders.listed.serialized_size() + word.len() + 200;
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        Self { kept: Cache::builder().max_capacity(MOST_BYTES).weigher(weigh).build() }
    }
}

impl CaseWords {
    /// Finds decisions that hold all words and phrases. `best` puts those first that hold them all in what a list
    /// shows of them, however many there are; either way the newer stand before the older.
    pub fn find(
        &self,
        conn: &Connection,
        cases: &CaseIndex,
        search: &SearchText,
        best: bool,
    ) -> Result<Hits, ReadError> {
        let mut expressions = db::search::expressions(search, false);
        let mut holders = self.all(conn, cases, &expressions)?;
        let mut any = together(&holders, |one| &one.any);
        if any.is_empty() && search.is_unfinished() {
            // Words are matched by their stems, so a word that is not finished yet is looked for only where
            // nothing holds it as it stands.
            expressions = db::search::expressions(search, true);
            holders = self.all(conn, cases, &expressions)?;
            any = together(&holders, |one| &one.any);
        }
        let expression = expressions.join(" AND ");
        if !best {
            return Ok(Hits { places: any.into_iter().collect(), expression });
        }
        let listed = together(&holders, |one| &one.listed);
        let others = &any - &listed;
        Ok(Hits { places: listed.into_iter().chain(others).collect(), expression })
    }

    /// Reads the words that many decisions hold before somebody asks for them.
    pub fn warm(&self, pool: &ReadPool, cases: &CaseIndex) -> Result<(), ReadError> {
        for word in pool.with(common_words)? {
            for expression in db::search::expressions(&SearchText::parse(&word), false) {
                pool.with(|conn| self.holders(conn, cases, &expression))?;
            }
            if self.kept.weighted_size() > MOST_BYTES / 4 * 3 {
                break;
            }
        }
        Ok(())
    }

    fn all(
        &self,
        conn: &Connection,
        cases: &CaseIndex,
        expressions: &[String],
    ) -> Result<Vec<Arc<Holders>>, ReadError> {
        expressions.iter().map(|one| self.holders(conn, cases, one)).collect()
    }

    fn holders(&self, conn: &Connection, cases: &CaseIndex, expression: &str) -> Result<Arc<Holders>, ReadError> {
        if let Some(kept) = self.kept.get(expression) {
            return Ok(kept);
        }
        let places = |expression: &str| -> Result<RoaringBitmap, ReadError> {
            let mut places: Vec<u32> = Vec::new();
            db::search::each_match(conn, expression, |id| places.extend(cases.position(id)))?;
            places.sort_unstable();
            Ok(RoaringBitmap::from_sorted_iter(places).unwrap_or_default())
        };
        let holders =
            Arc::new(Holders { any: places(expression)?, listed: places(&db::search::listed_only(expression))? });
        if holders.any.len() >= COMMON {
            self.kept.insert(expression.to_owned(), Arc::clone(&holders));
        }
        Ok(holders)
    }
}

/// The places that all words share.
fn together(holders: &[Arc<Holders>], part: impl Fn(&Holders) -> &RoaringBitmap) -> RoaringBitmap {
    let mut parts: Vec<&RoaringBitmap> = holders.iter().map(|one| part(one)).collect();
    parts.sort_by_key(|part| part.len());
    let Some((first, others)) = parts.split_first() else { return RoaringBitmap::new() };
    others.iter().fold((*first).clone(), |both, other| both & *other)
}

/// The words of at least every fiftieth decision, the commonest first.
fn common_words(conn: &Connection) -> Result<Vec<String>, ReadError> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    db::search::sample(conn, SAMPLE, |text| {
        let words: HashSet<String> = search::words(text).into_iter().collect();
        for word in words {
            *counts.entry(word).or_default() += 1;
        }
    })?;
    let mut common: Vec<(String, u32)> = counts.into_iter().filter(|(_, count)| *count >= COMMON_IN_SAMPLE).collect();
    common.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(common.into_iter().map(|(word, _)| word).collect())
}
