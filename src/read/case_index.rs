//! Every decision in a few bytes, in memory: lists are filtered, ordered and counted here, in one pass.
//!
//! Facet counts over a big result are what makes faceted search slow in a database. One pass over these
//! rows counts all facets at once: 16 ms for a list of all of 2,000,000 decisions (`cargo bench --bench search`).

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
pub(super) struct Row {
    pub(super) id: u32,
    pub(super) day: Date,
    pub(super) subject: u16,
    pub(super) year: u8,
    pub(super) kind: DecisionType,
    pub(super) outcome: Outcome,
    pub(super) category: Category,
    pub(super) body: u32,
}

/// A body with what is known of it through the register.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) body: Body,
    pub(super) kind: Option<CouncilKind>,
    pub(super) region: Option<u8>,
}

/// All decisions of an edition, newest first.
#[derive(Default)]
pub struct CaseIndex {
    pub(super) rows: Vec<Row>,
    positions: Vec<u32>,
    pub(super) places: Vec<Place>,
    pub(super) by_slug: HashMap<String, u32>,
    pub(super) subjects: Vec<(Category, String)>,
    pub(super) regions: Vec<String>,
}

/// The oldest reporting year that is told apart; older ones count with it.
pub(super) const FIRST_YEAR: i16 = 1974;

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
}
