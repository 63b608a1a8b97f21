//! What a list of decisions is narrowed down to, and which of these filters a decision fails.

use jiff::civil::Date;

use super::case_index::{CaseIndex, FIRST_YEAR, Place, Row};
use crate::domain::council::CouncilKind;
use crate::domain::decision::{Category, DecisionType, Outcome};
use crate::domain::field::words;
use crate::domain::format;
use crate::domain::year::ReportingYear;

/// What a list is narrowed down to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CaseFilter {
    /// Address name of one body, a council or another one.
    pub body: Option<String>,
    /// Category.
    pub category: Option<Category>,
    /// Subcategory slug of any category.
    pub subcategory: Option<String>,
    /// Outcome.
    pub outcome: Option<Outcome>,
    /// Statement or report.
    pub kind: Option<DecisionType>,
    /// Reporting year of the decision.
    pub year: Option<ReportingYear>,
    /// Kind of council.
    pub council_kind: Option<CouncilKind>,
    /// Region of England.
    pub region: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl CaseFilter {
    /// Each filter in words, in the order in which they narrow down; the body by its name, where one is asked for.
    pub fn in_words(&self, body: Option<&str>) -> Vec<String> {
        let Self { body: _, category, subcategory, outcome, kind, year, council_kind, region, from, to } = self;
        // A subcategory says more than the category that it is in.
        let subject = subcategory.as_deref().map(words).or(category.map(|one| one.title().to_owned()));
        let parts = [
            body.map(str::to_owned),
            subject,
            outcome.map(|one| one.title().to_lowercase()),
            kind.map(|one| format!("{}s", one.title().to_lowercase())),
            council_kind.map(|one| one.group().to_owned()),
            region.clone(),
            year.map(|year| year.to_string()),
            from.map(|day| format!("from {}", format::date(day))),
            to.map(|day| format!("to {}", format::date(day))),
        ];
        parts.into_iter().flatten().collect()
    }
}

/// A bit for each filter that has a facet.
pub(super) const CATEGORY: u8 = 1;
pub(super) const SUBCATEGORY: u8 = 2;
pub(super) const OUTCOME: u8 = 4;
pub(super) const KIND: u8 = 8;
pub(super) const YEAR: u8 = 16;
pub(super) const COUNCIL_KIND: u8 = 32;
pub(super) const REGION: u8 = 64;
pub(super) const BODY: u8 = 128;

/// The filter as the packed rows hold it.
pub(super) struct Wanted {
    body: Option<u32>,
    subjects: Option<Vec<bool>>,
    region: Option<u8>,
    year: Option<u8>,
}

impl Wanted {
    /// The filter in the numbers of an index.
    pub(super) fn of(filter: &CaseFilter, index: &CaseIndex) -> Self {
        Self {
            body: filter.body.as_ref().map(|slug| index.by_slug.get(slug).copied().unwrap_or(u32::MAX)),
            subjects: filter
                .subcategory
                .as_ref()
                .map(|wanted| index.subjects.iter().map(|(_, subcategory)| subcategory == wanted).collect()),
            region: filter.region.as_ref().map(|wanted| {
                index
                    .regions
                    .iter()
                    .position(|region| region == wanted)
                    .and_then(|at| u8::try_from(at).ok())
                    .unwrap_or(u8::MAX)
            }),
            year: filter.year.map(|year| u8::try_from(year.start_year() - FIRST_YEAR).unwrap_or(u8::MAX)),
        }
    }

    /// Which of the filters with a facet a decision fails; none when it fails one of the others.
    #[inline]
    pub(super) fn failed(&self, row: &Row, filter: &CaseFilter, places: &[Place]) -> Option<u8> {
        if filter.from.is_some_and(|from| row.day < from) || filter.to.is_some_and(|to| row.day > to) {
            return None;
        }
        let fails = |failed: bool, bit: u8| if failed { bit } else { 0 };
        let mut failed = fails(filter.category.is_some_and(|category| category != row.category), CATEGORY)
            | fails(filter.outcome.is_some_and(|outcome| outcome != row.outcome), OUTCOME)
            | fails(filter.kind.is_some_and(|kind| kind != row.kind), KIND)
            | fails(self.year.is_some_and(|year| year != row.year), YEAR)
            | fails(self.body.is_some_and(|body| body != row.body), BODY);
        if let Some(subjects) = &self.subjects {
            failed |= fails(!subjects.get(usize::from(row.subject)).copied().unwrap_or(false), SUBCATEGORY);
        }
        if filter.council_kind.is_some() || self.region.is_some() {
            let place = usize::try_from(row.body).ok().and_then(|body| places.get(body));
            let kind = place.and_then(|place| place.kind);
            let region = place.and_then(|place| place.region);
            failed |= fails(filter.council_kind.is_some() && filter.council_kind != kind, COUNCIL_KIND)
                | fails(self.region.is_some() && self.region != region, REGION);
        }
        Some(failed)
    }
}
