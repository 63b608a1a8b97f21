//! Annual review letters of a council: the list, with those to its predecessors, and one letter.

use std::collections::BTreeSet;

use super::atlas::Atlas;
use super::council_parts::PartCounts;
use super::error::ReadError;
use crate::db::figures::SourcedFigure;
use crate::db::letters::{Letter, ListedLetter};
use crate::db::{self, Connection};
use crate::domain::council::{Council, CouncilId};
use crate::domain::year::ReportingYear;

/// Everything that the list of letters shows.
#[derive(Clone, Debug)]
pub struct LettersPage {
    /// The council.
    pub council: Council,
    /// How much stands on its other parts.
    pub parts: PartCounts,
    /// Letters to it, newest first.
    pub own: Vec<ListedLetter>,
    /// Letters to the councils it took over from, and those that they took over from.
    pub before: Vec<(Council, Vec<ListedLetter>)>,
    /// Councils after it.
    pub successors: Vec<Council>,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl LettersPage {
    /// Reads the list.
    pub fn read(conn: &Connection, atlas: &Atlas, council: &Council) -> Result<Self, ReadError> {
        let before = ancestors(atlas, council)
            .into_iter()
            .map(|one| db::letters::of_council(conn, one.id).map(|letters| (one, letters)))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            parts: PartCounts::read(conn, council.id)?,
            own: db::letters::of_council(conn, council.id)?,
            before,
            successors: council.successors.iter().filter_map(|id| atlas.register.get(*id)).cloned().collect(),
            synthetic: atlas.synthetic,
            council: council.clone(),
        })
    }

    /// All letters of the list with the council each was sent to.
    pub fn all(&self) -> impl Iterator<Item = (&Council, &ListedLetter)> {
        let own = self.own.iter().map(|letter| (&self.council, letter));
        own.chain(self.before.iter().flat_map(|(council, letters)| letters.iter().map(move |letter| (council, letter))))
    }
}

/// The councils before a council, over all generations, by name within each.
fn ancestors(atlas: &Atlas, council: &Council) -> Vec<Council> {
    let mut found: Vec<Council> = Vec::new();
    let mut seen: BTreeSet<CouncilId> = BTreeSet::from([council.id]);
    let mut next: Vec<CouncilId> = council.predecessors.clone();
    while let Some(id) = next.pop() {
        if let Some(one) = atlas.register.get(id).filter(|_| seen.insert(id)) {
            next.extend(&one.predecessors);
            found.push(one.clone());
        }
    }
    found.sort_by(|a, b| b.active_to.cmp(&a.active_to).then_with(|| a.name.cmp(&b.name)));
    found
}

/// Everything that the page of a letter shows.
#[derive(Clone, Debug)]
pub struct LetterPage {
    /// The council it was sent to.
    pub council: Council,
    /// How much stands on its other parts.
    pub parts: PartCounts,
    /// The letter.
    pub letter: Letter,
    /// The figures of its year, in the order of the letter.
    pub figures: Vec<SourcedFigure>,
    /// Years of the letters before and after it.
    pub around: (Option<ReportingYear>, Option<ReportingYear>),
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl LetterPage {
    /// Reads the letter; `None` when there is none for the year.
    pub fn read(
        conn: &Connection,
        atlas: &Atlas,
        council: &Council,
        year: ReportingYear,
    ) -> Result<Option<Self>, ReadError> {
        let Some(letter) = db::letters::of_year(conn, council.id, year)? else { return Ok(None) };
        let years: Vec<ReportingYear> =
            db::letters::of_council(conn, council.id)?.iter().map(|letter| letter.year).collect();
        let mut figures = db::figures::of_council(conn, council.id)?;
        figures.retain(|one| one.year == year);
        Ok(Some(Self {
            parts: PartCounts::read(conn, council.id)?,
            letter,
            figures,
            around: (
                years.iter().copied().filter(|one| *one < year).max(),
                years.iter().copied().filter(|one| *one > year).min(),
            ),
            synthetic: atlas.synthetic,
            council: council.clone(),
        }))
    }
}
