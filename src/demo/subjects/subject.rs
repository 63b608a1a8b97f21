//! One subcategory: what is said of it, and how often it comes up.

use crate::domain::council::CouncilKind;
use crate::domain::decision::Category;
use crate::domain::year::ReportingYear;

/// A subcategory.
#[derive(Clone, Copy, Debug)]
pub(in crate::demo) struct Subject {
    pub(in crate::demo) category: Category,
    /// Its slug, keyed with the category.
    pub(in crate::demo) slug: &'static str,
    /// Cases in a thousand, for kinds in the order of `CouncilKind::ALL`; 0 where it is not their service.
    pub(super) weights: [f64; 5],
    /// More cases (or fewer) with each year, as a share.
    pub(super) growth: f64,
    /// What the council is said to have done.
    pub(in crate::demo) issues: &'static [&'static str],
    /// Sentences about the fault found.
    pub(in crate::demo) faults: &'static [&'static str],
    /// Sentences where no fault was found.
    pub(in crate::demo) no_faults: &'static [&'static str],
    /// What the council changes in its service.
    pub(in crate::demo) improvements: &'static [&'static str],
}

impl Subject {
    /// How often it comes up in a year, against the others.
    pub(super) fn weight(&self, kind: CouncilKind, year: ReportingYear) -> f64 {
        let place = CouncilKind::ALL.iter().position(|one| *one == kind).unwrap_or(0);
        let weight = self.weights.get(place).copied().unwrap_or(0.0);
        weight * (1.0 + self.growth).powi(i32::from(year.start_year()) - 2018)
    }
}
