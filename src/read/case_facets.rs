//! Facets: how many decisions each further choice would leave, counted in the one pass over the rows.

use super::case_filter::{BODY, CATEGORY, COUNCIL_KIND, CaseFilter, KIND, OUTCOME, REGION, SUBCATEGORY, Wanted, YEAR};
use super::case_index::{CaseIndex, FIRST_YEAR, Place, Row};
use crate::domain::council::CouncilKind;
use crate::domain::decision::{Category, DecisionType, Outcome};
use crate::domain::year::ReportingYear;

/// Bodies that the facet names, those with most decisions first. All 317 councils would outweigh the list itself.
pub const MOST_BODIES: usize = 12;

/// How many decisions each further choice would leave, the other choices kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By category.
    pub categories: Vec<(Category, u64)>,
    /// By subcategory of the chosen category.
    pub subcategories: Vec<(String, u64)>,
    /// By outcome.
    pub outcomes: Vec<(Outcome, u64)>,
    /// By type.
    pub kinds: Vec<(DecisionType, u64)>,
    /// By reporting year, newest first.
    pub years: Vec<(ReportingYear, u64)>,
    /// By kind of council.
    pub council_kinds: Vec<(CouncilKind, u64)>,
    /// By region, A to Z.
    pub regions: Vec<(String, u64)>,
    /// By council or other body, most decisions first, `MOST_BODIES` at most.
    pub bodies: Vec<(BodyChoice, u64)>,
    /// Bodies with decisions that are not among these.
    pub more_bodies: usize,
}

/// A body as a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyChoice {
    /// Address name.
    pub slug: String,
    /// Name for readers.
    pub name: String,
}

/// What one pass found.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// Positions of the decisions that pass every filter, in the order given.
    pub found: Vec<u32>,
    /// The facets.
    pub facets: Facets,
}

/// Counters of one pass. A decision counts for a facet when it fails no filter but that facet's own.
pub(super) struct Tally {
    subjects: Vec<u64>,
    categories_only: Vec<u64>,
    outcomes: [u64; 3],
    kinds: [u64; 2],
    years: [u64; 256],
    bodies: Vec<u64>,
    kind_bodies: Vec<u64>,
    region_bodies: Vec<u64>,
}

fn bump(counters: &mut [u64], place: usize) {
    if let Some(counter) = counters.get_mut(place) {
        *counter += 1;
    }
}

fn at(counters: &[u64], place: usize) -> u64 {
    counters.get(place).copied().unwrap_or(0)
}

fn place_of<T: PartialEq>(all: &[T], one: &T) -> usize {
    all.iter().position(|known| known == one).unwrap_or(usize::MAX)
}

impl Tally {
    pub(super) fn new(index: &CaseIndex) -> Self {
        Self {
            subjects: vec![0; index.subjects.len()],
            categories_only: vec![0; index.subjects.len()],
            outcomes: [0; 3],
            kinds: [0; 2],
            years: [0; 256],
            bodies: vec![0; index.places.len()],
            kind_bodies: vec![0; index.places.len()],
            region_bodies: vec![0; index.places.len()],
        }
    }

    #[inline]
    pub(super) fn add(&mut self, row: &Row, failed: u8) {
        let only = |bits: u8| failed & !bits == 0;
        let body = usize::try_from(row.body).unwrap_or(usize::MAX);
        if only(CATEGORY | SUBCATEGORY) {
            bump(&mut self.categories_only, usize::from(row.subject));
        }
        if only(SUBCATEGORY) {
            bump(&mut self.subjects, usize::from(row.subject));
        }
        if only(OUTCOME) {
            bump(&mut self.outcomes, place_of(Outcome::ALL, &row.outcome));
        }
        if only(KIND) {
            bump(&mut self.kinds, place_of(DecisionType::ALL, &row.kind));
        }
        if only(YEAR) {
            bump(&mut self.years, usize::from(row.year));
        }
        if only(BODY) {
            bump(&mut self.bodies, body);
        }
        if only(COUNCIL_KIND) {
            bump(&mut self.kind_bodies, body);
        }
        if only(REGION) {
            bump(&mut self.region_bodies, body);
        }
    }

    pub(super) fn facets(&self, index: &CaseIndex, filter: &CaseFilter) -> Facets {
        let (bodies, more_bodies) = self.bodies(index, filter);
        Facets {
            categories: present(Category::ALL.iter().map(|one| (*one, self.of_category(index, *one)))),
            subcategories: present(self.subcategories(index, filter)),
            outcomes: present(Outcome::ALL.iter().map(|one| (*one, at(&self.outcomes, place_of(Outcome::ALL, one))))),
            kinds: present(
                DecisionType::ALL.iter().map(|one| (*one, at(&self.kinds, place_of(DecisionType::ALL, one)))),
            ),
            years: present((0_u8..=255).rev().map(|place| {
                let summer = jiff::civil::date(FIRST_YEAR + i16::from(place), 6, 1);
                (ReportingYear::containing(summer), at(&self.years, usize::from(place)))
            })),
            council_kinds: present(
                CouncilKind::ALL
                    .map(|kind| (kind, sum_where(index, &self.kind_bodies, |place| place.kind == Some(kind)))),
            ),
            regions: present(self.regions(index)),
            bodies,
            more_bodies,
        }
    }

    fn of_category(&self, index: &CaseIndex, category: Category) -> u64 {
        let subjects = index.subjects.iter().zip(&self.categories_only);
        subjects.filter(|((known, _), _)| *known == category).map(|(_, count)| *count).sum()
    }

    /// Subcategories of the chosen category, most decisions first.
    fn subcategories(&self, index: &CaseIndex, filter: &CaseFilter) -> Vec<(String, u64)> {
        let mut subcategories: Vec<(String, u64)> = index
            .subjects
            .iter()
            .zip(&self.subjects)
            .filter(|((category, slug), _)| filter.category == Some(*category) && !slug.is_empty())
            .map(|((_, slug), count)| (slug.clone(), *count))
            .collect();
        subcategories.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        subcategories
    }

    fn regions(&self, index: &CaseIndex) -> Vec<(String, u64)> {
        let count = |number: usize| {
            let number = u8::try_from(number).unwrap_or(u8::MAX);
            sum_where(index, &self.region_bodies, |place| place.region == Some(number))
        };
        let mut regions: Vec<(String, u64)> =
            index.regions.iter().enumerate().map(|(number, name)| (name.clone(), count(number))).collect();
        regions.sort();
        regions
    }

    /// The chosen body first, then those with most decisions; and how many more there are.
    fn bodies(&self, index: &CaseIndex, filter: &CaseFilter) -> (Vec<(BodyChoice, u64)>, usize) {
        let chosen = |place: &Place| filter.body.as_ref() == Some(&place.body.slug);
        let mut counted: Vec<(&Place, u64)> =
            index.places.iter().zip(self.bodies.iter().copied()).filter(|(_, count)| *count > 0).collect();
        counted.sort_by(|(a, most), (b, more)| {
            chosen(b).cmp(&chosen(a)).then(more.cmp(most)).then_with(|| a.body.name.cmp(&b.body.name))
        });
        let more = counted.len().saturating_sub(MOST_BODIES);
        counted.truncate(MOST_BODIES);
        let choice = |place: &Place| BodyChoice { slug: place.body.slug.clone(), name: place.body.name.clone() };
        (counted.into_iter().map(|(place, count)| (choice(place), count)).collect(), more)
    }
}

/// Decisions of the bodies that match.
fn sum_where(index: &CaseIndex, counts: &[u64], matching: impl Fn(&Place) -> bool) -> u64 {
    index.places.iter().zip(counts).filter(|(place, _)| matching(place)).map(|(_, count)| *count).sum()
}

fn present<T>(counts: impl IntoIterator<Item = (T, u64)>) -> Vec<(T, u64)> {
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}

impl CaseIndex {
    /// Filters and counts decisions given by their places, in one pass.
    pub fn count(&self, filter: &CaseFilter, places: impl Iterator<Item = u32>) -> Counted {
        let wanted = Wanted::of(filter, self);
        let mut tally = Tally::new(self);
        let mut found = Vec::new();
        for position in places {
            let Some(row) = usize::try_from(position).ok().and_then(|place| self.rows.get(place)) else { continue };
            let Some(failed) = wanted.failed(row, filter, &self.places) else { continue };
            if failed == 0 {
                found.push(position);
            }
            tally.add(row, failed);
        }
        Counted { found, facets: tally.facets(self, filter) }
    }
}
