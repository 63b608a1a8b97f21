//! Every decision in a few bytes, in memory: lists are filtered, ordered and counted here, in one pass.
//!
//! Facet counts over a big result are what makes faceted search slow in a database. One pass over these
//! rows counts all facets at once: 27 ms for a list of all of 2,000,000 decisions (`cargo bench --bench search`).

use std::collections::HashMap;

use jiff::civil::Date;

use super::error::ReadError;
use crate::db::councils::Register;
use crate::db::decisions::Body;
use crate::db::{self, Connection};
use crate::domain::council::{CouncilId, CouncilKind};
use crate::domain::decision::{Category, DecisionType, Outcome};
use crate::domain::year::ReportingYear;

/// One decision, packed.
#[derive(Clone, Copy, Debug)]
struct Row {
    id: u32,
    day: Date,
    subject: u16,
    year: u8,
    kind: DecisionType,
    outcome: Outcome,
    category: Category,
    body: u32,
}

/// A body with what is known of it through the register.
#[derive(Clone, Debug)]
struct Place {
    body: Body,
    kind: Option<CouncilKind>,
    region: Option<u8>,
}

/// All decisions of an edition, newest first.
#[derive(Default)]
pub struct CaseIndex {
    rows: Vec<Row>,
    positions: Vec<u32>,
    places: Vec<Place>,
    by_slug: HashMap<String, u32>,
    subjects: Vec<(Category, String)>,
    regions: Vec<String>,
}

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
}

/// What one pass found.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// Positions of the decisions that pass every filter, in the order given.
    pub found: Vec<u32>,
    /// The facets.
    pub facets: Facets,
}

/// The oldest reporting year that is told apart; older ones count with it.
const FIRST_YEAR: i16 = 1974;

const CATEGORY: u8 = 1;
const SUBCATEGORY: u8 = 2;
const OUTCOME: u8 = 4;
const KIND: u8 = 8;
const YEAR: u8 = 16;
const COUNCIL_KIND: u8 = 32;
const REGION: u8 = 64;

impl CaseIndex {
    /// Reads all decisions of an edition.
    pub fn load(conn: &Connection, register: &Register) -> Result<Self, ReadError> {
        let mut index = Self::default();
        let mut body_of = HashMap::new();
        for body in db::decisions::bodies(conn)? {
            index.add_place(body, register, &mut body_of);
        }
        let mut subject_of: HashMap<(Category, Option<String>), u16> = HashMap::new();
        db::search::each_case(conn, |case| {
            let next = u16::try_from(index.subjects.len()).unwrap_or(u16::MAX);
            let subject = *subject_of.entry((case.category, case.subcategory)).or_insert_with_key(|(category, sub)| {
                index.subjects.push((*category, sub.clone().unwrap_or_default()));
                next
            });
            let (Ok(id), Some(body)) = (u32::try_from(case.id), body_of.get(&case.body)) else { return };
            index.rows.push(Row {
                id,
                day: case.day,
                subject,
                year: u8::try_from(ReportingYear::containing(case.day).start_year() - FIRST_YEAR).unwrap_or(0),
                kind: case.kind,
                outcome: case.outcome,
                category: case.category,
                body: *body,
            });
        })?;
        index.rows.shrink_to_fit();
        // Newest first; of one day in the order in which they came.
        index.rows.sort_by_key(|row| std::cmp::Reverse(row.day));
        index.number();
        Ok(index)
    }

    /// Notes the place of every row number.
    fn number(&mut self) {
        let slot = |id: u32| usize::try_from(id).unwrap_or(usize::MAX);
        let most = self.rows.iter().map(|row| slot(row.id) + 1).max().unwrap_or(0);
        self.positions = vec![u32::MAX; most];
        for (position, row) in (0_u32..).zip(&self.rows) {
            if let Some(place) = self.positions.get_mut(slot(row.id)) {
                *place = position;
            }
        }
    }

    fn add_place(&mut self, body: Body, register: &Register, body_of: &mut HashMap<i64, u32>) {
        let number = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        let council = body.council.and_then(|id| register.get(id));
        let region = council.map(|council| {
            let known = self.regions.iter().position(|region| *region == council.region);
            let place = known.unwrap_or_else(|| {
                self.regions.push(council.region.clone());
                self.regions.len() - 1
            });
            u8::try_from(place).unwrap_or(u8::MAX)
        });
        body_of.insert(body.id, number);
        self.by_slug.insert(body.slug.clone(), number);
        self.places.push(Place { kind: council.map(|council| council.kind), region, body });
    }

    /// How many decisions there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Address names of all bodies that decisions name, in order.
    pub fn body_slugs(&self) -> Vec<String> {
        let mut slugs: Vec<String> = self.by_slug.keys().cloned().collect();
        slugs.sort();
        slugs
    }

    /// All subcategories, in order, each once.
    pub fn subcategories(&self) -> Vec<String> {
        let mut slugs: Vec<String> =
            self.subjects.iter().map(|(_, slug)| slug.clone()).filter(|slug| !slug.is_empty()).collect();
        slugs.sort();
        slugs.dedup();
        slugs
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A body by its address name: its name, and the council when it is one.
    pub fn body(&self, slug: &str) -> Option<(&str, Option<CouncilId>)> {
        let place = self.places.get(usize::try_from(*self.by_slug.get(slug)?).ok()?)?;
        Some((&place.body.name, place.body.council))
    }

    /// Whether a subcategory exists under any category.
    pub fn knows_subcategory(&self, slug: &str) -> bool {
        !slug.is_empty() && self.subjects.iter().any(|(_, known)| known == slug)
    }

    /// Whether a region exists.
    pub fn knows_region(&self, name: &str) -> bool {
        self.regions.iter().any(|known| known == name)
    }

    /// The place of a decision in the order of days; none for a row that is not listed.
    pub fn position(&self, id: i64) -> Option<u32> {
        self.positions.get(usize::try_from(id).ok()?).copied().filter(|place| *place != u32::MAX)
    }

    /// The row number of the decision at a place.
    pub fn id(&self, position: u32) -> Option<i64> {
        self.rows.get(usize::try_from(position).ok()?).map(|row| i64::from(row.id))
    }

    /// The places of all decisions, newest first.
    pub fn all(&self) -> impl Iterator<Item = u32> + use<> {
        0..u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    /// Filters and counts decisions given by their places, in one pass.
    pub fn count(&self, filter: &CaseFilter, places: impl Iterator<Item = u32>) -> Counted {
        let wanted = self.wanted(filter);
        let mut tally = Tally::new(self);
        let mut found = Vec::new();
        for position in places {
            let Some(row) = usize::try_from(position).ok().and_then(|place| self.rows.get(place)) else { continue };
            let Some(failed) = self.failed(row, filter, &wanted) else { continue };
            if failed == 0 {
                found.push(position);
            }
            tally.add(row, failed);
        }
        Counted { found, facets: tally.facets(self, filter) }
    }

    fn wanted(&self, filter: &CaseFilter) -> Wanted {
        Wanted {
            body: filter.body.as_ref().map(|slug| self.by_slug.get(slug).copied().unwrap_or(u32::MAX)),
            subjects: filter
                .subcategory
                .as_ref()
                .map(|wanted| self.subjects.iter().map(|(_, subcategory)| subcategory == wanted).collect()),
            region: filter.region.as_ref().map(|wanted| {
                self.regions
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
    fn failed(&self, row: &Row, filter: &CaseFilter, wanted: &Wanted) -> Option<u8> {
        if wanted.body.is_some_and(|body| body != row.body)
            || filter.from.is_some_and(|from| row.day < from)
            || filter.to.is_some_and(|to| row.day > to)
        {
            return None;
        }
        let fails = |failed: bool, bit: u8| if failed { bit } else { 0 };
        let mut failed = fails(filter.category.is_some_and(|category| category != row.category), CATEGORY)
            | fails(filter.outcome.is_some_and(|outcome| outcome != row.outcome), OUTCOME)
            | fails(filter.kind.is_some_and(|kind| kind != row.kind), KIND)
            | fails(wanted.year.is_some_and(|year| year != row.year), YEAR);
        if let Some(subjects) = &wanted.subjects {
            failed |= fails(!subjects.get(usize::from(row.subject)).copied().unwrap_or(false), SUBCATEGORY);
        }
        if filter.council_kind.is_some() || wanted.region.is_some() {
            let place = usize::try_from(row.body).ok().and_then(|body| self.places.get(body));
            let kind = place.and_then(|place| place.kind);
            let region = place.and_then(|place| place.region);
            failed |= fails(filter.council_kind.is_some() && filter.council_kind != kind, COUNCIL_KIND)
                | fails(wanted.region.is_some() && wanted.region != region, REGION);
        }
        Some(failed)
    }
}

/// The filter as the packed rows hold it.
struct Wanted {
    body: Option<u32>,
    subjects: Option<Vec<bool>>,
    region: Option<u8>,
    year: Option<u8>,
}

/// Counters of one pass. A decision counts for a facet when it fails no filter but that facet's own.
struct Tally {
    subjects: Vec<u64>,
    categories_only: Vec<u64>,
    outcomes: [u64; 3],
    kinds: [u64; 2],
    years: [u64; 256],
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
    fn new(index: &CaseIndex) -> Self {
        Self {
            subjects: vec![0; index.subjects.len()],
            categories_only: vec![0; index.subjects.len()],
            outcomes: [0; 3],
            kinds: [0; 2],
            years: [0; 256],
            kind_bodies: vec![0; index.places.len()],
            region_bodies: vec![0; index.places.len()],
        }
    }

    #[inline]
    fn add(&mut self, row: &Row, failed: u8) {
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
        if only(COUNCIL_KIND) {
            bump(&mut self.kind_bodies, body);
        }
        if only(REGION) {
            bump(&mut self.region_bodies, body);
        }
    }

    fn facets(&self, index: &CaseIndex, filter: &CaseFilter) -> Facets {
        let of_category = |category: Category| {
            let subjects = index.subjects.iter().zip(&self.categories_only);
            subjects.filter(|((known, _), _)| *known == category).map(|(_, count)| *count).sum::<u64>()
        };
        let mut subcategories: Vec<(String, u64)> = index
            .subjects
            .iter()
            .zip(&self.subjects)
            .filter(|((category, slug), _)| filter.category == Some(*category) && !slug.is_empty())
            .map(|((_, slug), count)| (slug.clone(), *count))
            .collect();
        subcategories.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let bodies = |counts: &[u64], matching: &dyn Fn(&Place) -> bool| {
            index.places.iter().zip(counts).filter(|(place, _)| matching(place)).map(|(_, count)| *count).sum::<u64>()
        };
        let region = |place: usize| {
            let number = u8::try_from(place).unwrap_or(u8::MAX);
            bodies(&self.region_bodies, &|place| place.region == Some(number))
        };
        let mut regions: Vec<(String, u64)> =
            index.regions.iter().enumerate().map(|(place, name)| (name.clone(), region(place))).collect();
        regions.sort();
        Facets {
            categories: present(Category::ALL.iter().map(|one| (*one, of_category(*one)))),
            subcategories: present(subcategories),
            outcomes: present(Outcome::ALL.iter().map(|one| (*one, at(&self.outcomes, place_of(Outcome::ALL, one))))),
            kinds: present(
                DecisionType::ALL.iter().map(|one| (*one, at(&self.kinds, place_of(DecisionType::ALL, one)))),
            ),
            years: present((0_u8..=255).rev().map(|place| {
                let summer = jiff::civil::date(FIRST_YEAR + i16::from(place), 6, 1);
                (ReportingYear::containing(summer), at(&self.years, usize::from(place)))
            })),
            council_kinds: present(
                CouncilKind::ALL.map(|kind| (kind, bodies(&self.kind_bodies, &|place| place.kind == Some(kind)))),
            ),
            regions: present(regions),
        }
    }
}

fn present<T>(counts: impl IntoIterator<Item = (T, u64)>) -> Vec<(T, u64)> {
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}
