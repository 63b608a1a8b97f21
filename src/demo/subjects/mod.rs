//! What complaints are about: categories and subcategories with their weight by kind of council, and the
//! phrases that summaries are made of. All cases are invented.
//!
//! In phrases `{they}`, `{them}` and `{their}` stand for the person, `{months}` and `{weeks}` for a number
//! with its unit. Issues follow "the Council", improvements follow "the Council will".

mod adult_care;
mod benefits_and_tax;
mod childrens_care;
mod education;
mod environment;
mod housing;
mod other;
mod planning;
mod transport;

use super::rng::Dice;
use crate::domain::council::CouncilKind;
use crate::domain::decision::Category;
use crate::domain::year::ReportingYear;

/// A subcategory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject {
    pub(super) category: Category,
    /// Its slug, keyed with the category.
    pub(super) slug: &'static str,
    /// Cases in a thousand, for kinds in the order of `CouncilKind::ALL`; 0 where it is not their service.
    weights: [f64; 5],
    /// More cases (or fewer) with each year, as a share.
    growth: f64,
    /// What the council is said to have done.
    pub(super) issues: &'static [&'static str],
    /// Sentences about the fault found.
    pub(super) faults: &'static [&'static str],
    /// Sentences where no fault was found.
    pub(super) no_faults: &'static [&'static str],
    /// What the council changes in its service.
    pub(super) improvements: &'static [&'static str],
}

const ALL: [&[Subject]; 9] = [
    &adult_care::SUBJECTS,
    &benefits_and_tax::SUBJECTS,
    &childrens_care::SUBJECTS,
    &education::SUBJECTS,
    &environment::SUBJECTS,
    &housing::SUBJECTS,
    &other::SUBJECTS,
    &planning::SUBJECTS,
    &transport::SUBJECTS,
];

/// All subjects.
pub(super) fn all() -> impl Iterator<Item = &'static Subject> + Clone {
    ALL.into_iter().flatten()
}

impl Subject {
    fn weight(&self, kind: CouncilKind, year: ReportingYear) -> f64 {
        let place = CouncilKind::ALL.iter().position(|one| *one == kind).unwrap_or(0);
        let weight = self.weights.get(place).copied().unwrap_or(0.0);
        weight * (1.0 + self.growth).powi(i32::from(year.start_year()) - 2018)
    }

    /// One that fits the kind of council, as often as it comes up in the year.
    pub(super) fn draw(kind: CouncilKind, year: ReportingYear, dice: &mut Dice) -> &'static Self {
        let place = dice.weighted(all().map(|subject| subject.weight(kind, year)));
        all().nth(place).unwrap_or(&other::FALLBACK)
    }
}
