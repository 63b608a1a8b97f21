//! All subjects: what complaints were about, in a year.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::atlas::Atlas;
use super::error::ReadError;
use super::subject::years;
use super::subject_counts::{self, Published};
use crate::db::{self, Connection};
use crate::domain::compare::Verdict;
use crate::domain::decision::Category;
use crate::domain::figure::whole as whole_number;
use crate::domain::measure::Measure;
use crate::domain::subject::ServiceArea;
use crate::domain::year::ReportingYear;

/// A category with what is known of it in the year.
#[derive(Clone, Debug)]
pub struct SubjectRow {
    /// The category.
    pub category: Category,
    /// The area in which complaints received about it are counted.
    pub area: Option<ServiceArea>,
    /// Complaints received about that area, over the councils that have the count.
    pub received: Option<u64>,
    /// How many councils those are.
    pub councils_with_counts: u64,
    /// How many councils have each verdict.
    pub verdicts: BTreeMap<Verdict, u64>,
    /// What is published about the category.
    pub published: Published,
    /// Its subcategories with what is published about each, in order.
    pub subcategories: Vec<(String, Published)>,
}

impl SubjectRow {
    /// How many councils have a verdict.
    pub fn count(&self, verdict: Verdict) -> u64 {
        self.verdicts.get(&verdict).copied().unwrap_or(0)
    }
}

/// Everything that the list of subjects shows.
#[derive(Clone, Debug)]
pub struct SubjectsPage {
    /// The year that was asked for, when one was.
    pub asked: Option<ReportingYear>,
    /// The year shown.
    pub year: ReportingYear,
    /// Years to choose from, newest first.
    pub years: Vec<ReportingYear>,
    /// The categories.
    pub subjects: Vec<SubjectRow>,
    /// How many councils the year had.
    pub councils: u64,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl SubjectsPage {
    /// Reads the list of subjects.
    pub fn read(
        conn: &Connection,
        atlas: &Atlas,
        asked: Option<ReportingYear>,
        today: Date,
    ) -> Result<Self, ReadError> {
        let year = asked.unwrap_or_else(|| atlas.default_year(today));
        let mut published: BTreeMap<(Category, Option<String>), Published> = BTreeMap::new();
        subject_counts::each(conn, atlas, |one| {
            if one.year == year {
                *published.entry((one.category, one.subcategory.map(str::to_owned))).or_default() += one.published;
            }
        })?;
        let mut received: BTreeMap<String, (f64, u64)> = BTreeMap::new();
        for sum in db::national::cell_sums(conn, year)? {
            let entry = received.entry(sum.field).or_default();
            *entry = (entry.0 + sum.sum, entry.1 + sum.councils);
        }
        let mut verdicts: BTreeMap<Measure, BTreeMap<Verdict, u64>> = BTreeMap::new();
        for (measure, verdict, councils) in db::figures::verdicts(conn, year)? {
            verdicts.entry(measure).or_default().insert(verdict, councils);
        }
        let subjects = Category::ALL.iter().map(|category| {
            let area = category.service_area();
            let counted = area.and_then(|area| received.get(area.field)).copied();
            let mut sum = Published::default();
            let mut subcategories: Vec<(String, Published)> = Vec::new();
            for ((_, slug), one) in published.iter().filter(|((of, _), _)| of == category) {
                sum += *one;
                subcategories.extend(slug.clone().map(|slug| (slug, *one)));
            }
            subcategories.sort_by_key(|(_, one)| std::cmp::Reverse((one.upheld, one.decisions())));
            SubjectRow {
                category: *category,
                area,
                received: counted.and_then(|(sum, _)| whole_number(sum)),
                councils_with_counts: counted.map_or(0, |(_, councils)| councils),
                verdicts: area.and_then(|area| verdicts.get(&area.measure)).cloned().unwrap_or_default(),
                published: sum,
                subcategories,
            }
        });
        Ok(Self {
            asked,
            year,
            years: years(atlas),
            subjects: subjects.collect(),
            councils: u64::try_from(atlas.councils_in(year).count()).unwrap_or(0),
            synthetic: atlas.synthetic,
        })
    }
}
