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
mod subject;
mod transport;

pub(super) use self::subject::Subject;
use super::rng::DemoRng;
use crate::domain::council::CouncilKind;
use crate::domain::year::ReportingYear;

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
    /// One that fits the kind of council, as often as it comes up in the year.
    pub(super) fn draw(kind: CouncilKind, year: ReportingYear, rng: &mut DemoRng) -> &'static Self {
        let place = rng.weighted(all().map(|subject| subject.weight(kind, year)));
        all().nth(place).unwrap_or(&other::FALLBACK)
    }
}
