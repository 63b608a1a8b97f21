//! One decision: its text, its siblings, and who else had this fault and what they changed.

use std::collections::{BTreeSet, HashMap};

use super::atlas::Atlas;
use super::decisions::others_of_case;
use super::error::ReadError;
use super::report;
use crate::db::decisions::ListedDecision;
use crate::db::figures::Source;
use crate::db::improvements::ListedImprovement;
use crate::db::{self, Connection};
use crate::domain::council::Council;
use crate::domain::decision::{Reference, Section};

/// How many decisions with the same fault are shown.
const SIMILAR: usize = 4;
/// How many of the newest on the subject are weighed: older ones teach less.
const WEIGHED: u32 = 300;

/// Another decision on the same subject, in similar words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimilarCase {
    /// The decision.
    pub listed: ListedDecision,
    /// What the body changed after it.
    pub improvements: Vec<ListedImprovement>,
}

/// Everything that the page of a decision shows.
#[derive(Clone, Debug)]
pub struct DecisionPage {
    /// The decision.
    pub listed: ListedDecision,
    /// The council, when the body is one.
    pub council: Option<Council>,
    /// Why it matters, for a report that says so.
    pub why: Option<String>,
    /// Whether it was upheld although it begins by saying that it was not investigated.
    pub settled_early: bool,
    /// Parts of its text, where imported.
    pub sections: Vec<Section>,
    /// Decisions of the same case about other bodies, and further reports.
    pub siblings: Vec<ListedDecision>,
    /// What the body agreed to change.
    pub improvements: Vec<ListedImprovement>,
    /// Who else had this fault.
    pub similar: Vec<SimilarCase>,
    /// Where it was read from.
    pub source: Option<Source>,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl DecisionPage {
    /// Reads a decision; none when it is not published here.
    pub fn read(conn: &Connection, atlas: &Atlas, reference: &Reference) -> Result<Option<Self>, ReadError> {
        let Some(listed) = db::decisions::by_reference(conn, reference)? else { return Ok(None) };
        let sections = db::decisions::sections(conn, listed.id)?;
        let decision = &listed.decision;
        Ok(Some(Self {
            why: report::why_it_matters(decision.kind, &decision.summary, &sections),
            settled_early: decision.is_settled_early(&sections),
            council: listed.council.and_then(|id| atlas.register.get(id)).cloned(),
            sections,
            siblings: others_of_case(conn, &listed)?,
            improvements: db::improvements::of_case(conn, reference)?,
            similar: similar(conn, &listed)?,
            source: db::decisions::source(conn, listed.id)?,
            synthetic: atlas.synthetic,
            listed,
        }))
    }
}

/// Upheld decisions on the same subject whose summaries share the most telling words, those that led to a
/// change in the service first.
fn similar(conn: &Connection, one: &ListedDecision) -> Result<Vec<SimilarCase>, ReadError> {
    let decision = &one.decision;
    let mut chosen = Vec::new();
    for improved in [true, false] {
        if chosen.len() >= SIMILAR || decision.summary.is_empty() {
            break;
        }
        let on_subject =
            db::decisions::upheld_on(conn, decision.category, decision.subcategory.as_deref(), improved, WEIGHED)?;
        chosen.extend(nearest(one, on_subject, SIMILAR - chosen.len()));
    }
    chosen
        .into_iter()
        .map(|listed| {
            let improvements = db::improvements::of_case(conn, &listed.decision.reference)?;
            Ok(SimilarCase { listed, improvements })
        })
        .collect()
}

/// The decisions with the most telling words in common. A word tells the more the fewer of them hold it.
fn nearest(one: &ListedDecision, others: Vec<ListedDecision>, most: usize) -> Vec<ListedDecision> {
    let own = telling_words(&one.decision.summary);
    let case = one.decision.reference.case();
    let others: Vec<(BTreeSet<String>, ListedDecision)> = others
        .into_iter()
        .filter(|other| other.decision.reference.case() != case)
        .map(|other| (telling_words(&other.decision.summary), other))
        .collect();
    let mut holders: HashMap<&str, u32> = HashMap::new();
    for word in others.iter().flat_map(|(words, _)| words) {
        *holders.entry(word).or_default() += 1;
    }
    let all = f64::from(u32::try_from(others.len()).unwrap_or(u32::MAX)) + 1.0;
    let weight = |word: &str| (all / f64::from(holders.get(word).copied().unwrap_or(1))).ln();
    let mut scored: Vec<(f64, usize)> = others
        .iter()
        .enumerate()
        .map(|(place, (words, _))| (own.intersection(words).map(|word| weight(word)).sum::<f64>(), place))
        .filter(|(score, _)| *score > 0.0)
        .collect();
    // Newest first among equals: the others come in that order.
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    scored.truncate(most);
    let wanted: Vec<usize> = scored.into_iter().map(|(_, place)| place).collect();
    let mut taken: Vec<(usize, ListedDecision)> = others
        .into_iter()
        .enumerate()
        .filter_map(|(place, (_, other))| Some((wanted.iter().position(|one| *one == place)?, other)))
        .collect();
    taken.sort_by_key(|(rank, _)| *rank);
    taken.into_iter().map(|(_, other)| other).collect()
}

/// The words of a text that may tell what it is about: long ones, without their endings.
fn telling_words(text: &str) -> BTreeSet<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() >= 5)
        .map(|word| {
            let ends = ["ing", "ed", "es", "s"];
            ends.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word).to_owned()
        })
        .collect()
}
