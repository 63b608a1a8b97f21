//! A council that serves a place, in a few sentences: its newest figures, what stands out, promises and letter.

use jiff::civil::Date;

use super::atlas::Atlas;
use super::council::year_shown;
use super::error::ReadError;
use super::signs::Signs;
use crate::db::figures::SourcedFigure;
use crate::db::improvements::ListedImprovement;
use crate::db::letters::ListedLetter;
use crate::db::{self, Connection};
use crate::domain::council::Council;
use crate::domain::improvement::ImprovementState;
use crate::domain::measure::Measure;
use crate::domain::sign::{Evidence, Found};
use crate::domain::year::ReportingYear;

/// What a resident is told first.
#[derive(Clone, Debug)]
pub struct Serving {
    /// The council.
    pub council: Council,
    /// The newest year with figures of it.
    pub year: ReportingYear,
    /// The first three measures of the letters, each with its figure where one is loaded.
    pub figures: Vec<(Measure, Option<SourcedFigure>)>,
    /// Early signs of the year.
    pub signs: Signs,
    /// How many improvements it has agreed in all.
    pub improvements: usize,
    /// Those that are overdue, the longest overdue first.
    pub overdue: Vec<ListedImprovement>,
    /// Its newest letter.
    pub letter: Option<ListedLetter>,
}

impl Serving {
    /// Reads what is known of a council.
    pub(super) fn read(conn: &Connection, atlas: &Atlas, council: &Council, today: Date) -> Result<Self, ReadError> {
        let history = db::figures::of_council(conn, council.id)?;
        let year = year_shown(atlas, council, None, &history, today);
        let figure =
            |measure: Measure| history.iter().find(|one| one.year == year && one.figure.measure == measure).cloned();
        let improvements = db::improvements::of_council(conn, council.id)?;
        let is_overdue = |one: &&ListedImprovement| {
            ImprovementState::on(today, one.due_on, one.achieved_on) == ImprovementState::Overdue
        };
        let mut overdue: Vec<ListedImprovement> = improvements.iter().filter(is_overdue).cloned().collect();
        overdue.sort_by_key(|one| one.due_on);
        Ok(Self {
            figures: Measure::of_the_letters().take(3).map(|measure| (measure, figure(measure))).collect(),
            signs: Signs::of_council(conn, atlas, council.id, year, &history, today)?,
            improvements: improvements.len(),
            overdue,
            letter: db::letters::of_council(conn, council.id)?.into_iter().next(),
            year,
            council: council.clone(),
        })
    }

    /// The signs that neither the figures nor the promises shown tell already.
    pub fn told(&self) -> Vec<(String, &Found)> {
        let mut told = self.signs.told();
        told.retain(|(_, found)| found.stands != Evidence::Improvements);
        told
    }
}
