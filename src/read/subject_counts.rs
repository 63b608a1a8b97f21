//! What is published about subjects, counted in one pass over the decisions in memory and one over the improvements.

use std::collections::BTreeSet;
use std::ops::AddAssign;

use super::atlas::Atlas;
use super::case_index::{CaseIndex, FIRST_YEAR, Row};
use super::error::ReadError;
use crate::db::{self, Connection};
use crate::domain::council::CouncilId;
use crate::domain::decision::{Category, DecisionType, Outcome};
use crate::domain::subject::Subject;
use crate::domain::year::ReportingYear;

/// What is published about a subject. These are counts of what is here and never a rate: not every decision is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Decisions in which fault was found.
    pub upheld: u64,
    /// Decisions in which none was found.
    pub not_upheld: u64,
    /// Decisions after initial enquiries.
    pub closed: u64,
    /// How many of all these decisions are public reports.
    pub reports: u64,
    /// Improvements that councils agreed.
    pub improvements: u64,
}

impl Published {
    /// All decisions, reports among them.
    pub fn decisions(self) -> u64 {
        self.upheld + self.not_upheld + self.closed
    }

    /// Whether there is nothing.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl AddAssign for Published {
    fn add_assign(&mut self, other: Self) {
        self.upheld += other.upheld;
        self.not_upheld += other.not_upheld;
        self.closed += other.closed;
        self.reports += other.reports;
        self.improvements += other.improvements;
    }
}

/// A group of what is published: what it is about, of which council and year.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    /// The council; none for another body.
    pub council: Option<CouncilId>,
    /// The year of the decisions, or in which the improvements were agreed.
    pub year: ReportingYear,
    /// Category.
    pub category: Category,
    /// Slug of the subcategory; none where it is not known.
    pub subcategory: Option<&'a str>,
    /// How much.
    pub published: Published,
}

impl CaseIndex {
    /// Every decision as a count of one.
    fn counted(&self) -> impl Iterator<Item = Counted<'_>> {
        self.rows.iter().filter_map(|row| self.counted_one(row))
    }

    fn counted_one(&self, row: &Row) -> Option<Counted<'_>> {
        let place = self.places.get(usize::try_from(row.body).ok()?)?;
        let (category, subcategory) = self.subjects.get(usize::from(row.subject))?;
        let mut published = Published { reports: u64::from(row.kind == DecisionType::Report), ..Published::default() };
        match row.outcome {
            Outcome::Upheld => published.upheld = 1,
            Outcome::NotUpheld => published.not_upheld = 1,
            Outcome::Closed => published.closed = 1,
        }
        Some(Counted {
            council: place.body.council,
            year: ReportingYear::starting_in(FIRST_YEAR + i16::from(row.year))?,
            category: *category,
            subcategory: Some(subcategory.as_str()).filter(|slug| !slug.is_empty()),
            published,
        })
    }

    /// The years in which there are decisions, oldest first.
    pub fn years(&self) -> BTreeSet<ReportingYear> {
        let numbers: BTreeSet<u8> = self.rows.iter().map(|row| row.year).collect();
        numbers.into_iter().filter_map(|year| ReportingYear::starting_in(FIRST_YEAR + i16::from(year))).collect()
    }

    /// The years in which there are decisions about a subject, oldest first.
    pub fn years_of(&self, subject: &Subject) -> BTreeSet<ReportingYear> {
        let about = |one: &Counted<'_>| {
            one.category == subject.category
                && subject.subcategory.as_deref().is_none_or(|wanted| one.subcategory == Some(wanted))
        };
        self.counted().filter(about).map(|one| one.year).collect()
    }

    /// The subcategories of a category, in order.
    pub fn subcategories_of(&self, category: Category) -> Vec<&str> {
        let of_category = self.subjects.iter().filter(|(one, slug)| *one == category && !slug.is_empty());
        let mut slugs: Vec<&str> = of_category.map(|(_, slug)| slug.as_str()).collect();
        slugs.sort_unstable();
        slugs
    }
}

/// Shows every group of decisions and improvements to `see`.
pub(super) fn each(conn: &Connection, atlas: &Atlas, mut see: impl FnMut(Counted<'_>)) -> Result<(), ReadError> {
    atlas.cases.counted().for_each(&mut see);
    for (council, category, subcategory, agreed_on, improvements) in db::improvements::agreed_by_subject(conn)? {
        see(Counted {
            council: Some(council),
            year: ReportingYear::containing(agreed_on),
            category,
            subcategory: subcategory.as_deref(),
            published: Published { improvements, ..Published::default() },
        });
    }
    Ok(())
}
