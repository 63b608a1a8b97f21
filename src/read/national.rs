//! The national review of a year: totals, rates, areas, kinds of council, reports and common faults.

use std::collections::{BTreeMap, BTreeSet};

use super::atlas::{Atlas, shown};
use super::changed::{self, ChangedMeasure};
use super::error::ReadError;
use super::national_regions::Residents;
use super::sources::{YearSource, by_year};
use crate::db::decisions::ListedDecision;
use crate::db::national::{CellSum, PooledCounts};
use crate::db::sources::Source;
use crate::db::{self, Connection};
use crate::domain::area::AreaCounts;
use crate::domain::compare::enough_of_group;
use crate::domain::council::CouncilKind;
use crate::domain::decision::Category;
use crate::domain::field::{CellKind, fixed, part_title, parts};
use crate::domain::figure::whole as whole_number;
use crate::domain::measure::{Measure, Unit};
use crate::domain::year::ReportingYear;

/// Reports and subjects listed.
const MOST_REPORTS: u32 = 100;
const MOST_FAULTS: u32 = 12;

/// Everything that the national review shows.
#[derive(Clone, Debug)]
pub struct NationalPage {
    /// The year that was asked for, when one was.
    pub asked: Option<ReportingYear>,
    /// The year shown.
    pub year: ReportingYear,
    /// Years to choose from, newest first.
    pub years: Vec<ReportingYear>,
    /// Counts of England.
    pub totals: Vec<Total>,
    /// Rates of England.
    pub rates: Vec<NationalRate>,
    /// The rates of all years as they are shown, for the charts.
    pub series: Vec<(Measure, Vec<(ReportingYear, f64)>)>,
    /// Kinds of council.
    pub kinds: Vec<KindRow>,
    /// Rates per 100,000 residents, by region and by service area.
    pub residents: Residents,
    /// Which councils changed since the year before, measure by measure.
    pub changed: Vec<ChangedMeasure>,
    /// Complaints received by service area; empty when too few councils have them.
    pub areas: Vec<CountRow>,
    /// Complaints decided by outcome; likewise.
    pub outcomes: Vec<CountRow>,
    /// How many councils have counts by area, of how many.
    pub coverage: (u64, u64),
    /// Where the published figures of England came from, every year.
    pub sources: Vec<YearSource>,
    /// The files that the councils' own counts of the year came from.
    pub files: Vec<Source>,
    /// The year's public reports.
    pub reports: Vec<ListedDecision>,
    /// Subjects in which fault was found most often, among published decisions.
    pub faults: Vec<(Category, Option<String>, u64)>,
    /// Whether the content is invented.
    pub synthetic: bool,
}

/// A count of England and of the year before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// Canonical column.
    pub field: &'static str,
    /// Title.
    pub title: &'static str,
    /// This year.
    pub now: Option<u64>,
    /// The year before.
    pub before: Option<u64>,
}

/// A rate of England.
#[derive(Clone, Debug, PartialEq)]
pub struct NationalRate {
    /// The measure.
    pub measure: Measure,
    /// As published.
    pub now: Option<f64>,
    /// As published the year before.
    pub before: Option<f64>,
    /// The counts as published.
    pub counts: Option<(u64, u64)>,
    /// The counts as published the year before.
    pub counts_before: Option<(u64, u64)>,
}

impl NationalRate {
    /// The rate as it is shown: from the counts where they are known, since the published one is rounded.
    pub fn value(&self) -> Option<f64> {
        shown(self.measure, self.counts, self.now)
    }

    /// The same of the year before.
    pub fn value_before(&self) -> Option<f64> {
        shown(self.measure, self.counts_before, self.before)
    }

    /// Whether both years have counts, so that their difference is not one of rounded rates.
    pub fn is_exact(&self) -> bool {
        self.measure.unit() == Unit::Percent && self.counts.is_some() && self.counts_before.is_some()
    }
}

/// The pooled rates of one kind of council.
#[derive(Clone, Debug, PartialEq)]
pub struct KindRow {
    /// The kind.
    pub kind: CouncilKind,
    /// How many there were.
    pub councils: u64,
    /// For each measure.
    pub rates: Vec<KindRate>,
}

/// A pooled rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KindRate {
    /// The measure.
    pub measure: Measure,
    /// The counts added up.
    pub counts: AreaCounts,
    /// The rate, where at least 80% of the kind have counts.
    pub now: Option<f64>,
    /// The same of the year before.
    pub before: Option<f64>,
}

/// A label with its count of this year and of the year before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountRow {
    /// The key in files.
    pub key: String,
    /// The label of this year.
    pub label: String,
    /// This year.
    pub now: u64,
    /// The year before, where known.
    pub before: Option<u64>,
}

impl NationalPage {
    /// Years that have anything, newest first.
    pub fn years(atlas: &Atlas) -> Vec<ReportingYear> {
        let years: BTreeSet<ReportingYear> = atlas.national.keys().chain(&atlas.years).copied().collect();
        years.into_iter().rev().collect()
    }

    /// Reads the review of a year.
    pub fn read(
        conn: &Connection,
        atlas: &Atlas,
        asked: Option<ReportingYear>,
        year: ReportingYear,
    ) -> Result<Self, ReadError> {
        let (first, last) = (year.first_day(), year.last_day());
        let (sums, sums_before) =
            (db::national::cell_sums(conn, year)?, db::national::cell_sums(conn, year.previous())?);
        let (pooled, before) = (db::national::pooled(conn, year)?, db::national::pooled(conn, year.previous())?);
        let councils = u64::try_from(atlas.councils_in(year).count()).unwrap_or(0);
        let with_areas = covering(&sums, "received");
        Ok(Self {
            asked,
            year,
            years: Self::years(atlas),
            totals: totals(atlas, year),
            rates: Measure::of_the_letters().map(|measure| rate(atlas, measure, year)).collect(),
            series: Measure::of_the_letters().map(|measure| (measure, series(atlas, measure))).collect(),
            kinds: CouncilKind::ALL.into_iter().map(|kind| kind_row(atlas, kind, year, &pooled, &before)).collect(),
            residents: Residents::read(conn, atlas, year)?,
            changed: changed::read(conn, atlas, year)?,
            areas: counts(&sums, &sums_before, "received", year, councils),
            outcomes: counts(&sums, &sums_before, "decided", year, councils),
            coverage: (with_areas, councils),
            sources: by_year(&db::sources::national(conn)?, |_, _| true),
            files: db::sources::files_of_year(conn, year)?,
            reports: db::decisions::reports_between(conn, first, last, MOST_REPORTS)?,
            faults: db::national::faults(conn, first, last, MOST_FAULTS)?,
            synthetic: atlas.synthetic,
        })
    }
}

fn cell(atlas: &Atlas, year: ReportingYear, field: &str) -> Option<f64> {
    atlas.national.get(&year).and_then(|cells| cells.get(field)).copied()
}

fn totals(atlas: &Atlas, year: ReportingYear) -> Vec<Total> {
    let count = |year, field: &str| cell(atlas, year, field).and_then(whole_number);
    fixed()
        .filter(|field| field.is_national() && field.kind == CellKind::Count)
        .map(|field| Total {
            field: field.name,
            title: field.title,
            now: count(year, field.name),
            before: count(year.previous(), field.name),
        })
        .filter(|total| total.now.is_some() || total.before.is_some())
        .collect()
}

fn rate(atlas: &Atlas, measure: Measure, year: ReportingYear) -> NationalRate {
    let published = |year| measure.rate_field().and_then(|field| cell(atlas, year, field));
    let (counts, counts_before) =
        (atlas.counts_of_england(measure, year), atlas.counts_of_england(measure, year.previous()));
    NationalRate { measure, now: published(year), before: published(year.previous()), counts, counts_before }
}

fn series(atlas: &Atlas, measure: Measure) -> Vec<(ReportingYear, f64)> {
    atlas.national.keys().filter_map(|year| Some((*year, atlas.rate_of_england(measure, *year)?))).collect()
}

fn kind_row(
    atlas: &Atlas,
    kind: CouncilKind,
    year: ReportingYear,
    pooled: &[PooledCounts],
    before: &[PooledCounts],
) -> KindRow {
    let size = |year| u64::try_from(atlas.councils_in(year).filter(|one| one.kind == kind).count()).unwrap_or(0);
    let (councils, councils_before) = (size(year), size(year.previous()));
    let find = |list: &[PooledCounts], measure, councils| {
        let one = list.iter().find(|one| one.kind == kind && one.measure == measure);
        AreaCounts { councils, ..one.map(|one| one.counts).unwrap_or_default() }
    };
    let rates = Measure::ALL
        .into_iter()
        .map(|measure| {
            let counts = find(pooled, measure, councils);
            KindRate {
                measure,
                counts,
                now: counts.rate(measure.unit()),
                before: find(before, measure, councils_before).rate(measure.unit()),
            }
        })
        .collect();
    KindRow { kind, councils, rates }
}

/// The key of a column that is a part of a whole.
fn key<'a>(field: &'a str, whole: &str) -> Option<&'a str> {
    field.strip_prefix(whole)?.strip_prefix('_')
}

/// How many councils have at least one part of a whole: the most that any one column has.
fn covering(sums: &[CellSum], whole: &str) -> u64 {
    let mut by_field: BTreeMap<&str, u64> = BTreeMap::new();
    for one in sums.iter().filter(|one| key(&one.field, whole).is_some()) {
        *by_field.entry(&one.field).or_default() += one.councils;
    }
    by_field.values().copied().max().unwrap_or(0)
}

fn added(sums: &[CellSum], whole: &str) -> BTreeMap<String, u64> {
    let mut totals: BTreeMap<String, f64> = BTreeMap::new();
    for one in sums {
        if let Some(key) = key(&one.field, whole) {
            *totals.entry(key.to_owned()).or_default() += one.sum;
        }
    }
    totals.into_iter().filter_map(|(key, sum)| whole_number(sum).map(|sum| (key, sum))).collect()
}

/// The parts of a whole over all councils; none where fewer than 80% of them have such counts.
fn counts(sums: &[CellSum], sums_before: &[CellSum], whole: &str, year: ReportingYear, councils: u64) -> Vec<CountRow> {
    if !enough_of_group(covering(sums, whole), councils) {
        return Vec::new();
    }
    let before = if enough_of_group(covering(sums_before, whole), councils) {
        added(sums_before, whole)
    } else {
        BTreeMap::new()
    };
    let mut rows: Vec<CountRow> = added(sums, whole)
        .into_iter()
        .map(|(key, now)| CountRow {
            label: part_title(whole, &key, year).into_owned(),
            before: before.get(&key).copied(),
            now,
            key,
        })
        .collect();
    rows.sort_by_key(|row| parts(whole).position(|field| field.key() == row.key).unwrap_or(usize::MAX));
    rows
}
