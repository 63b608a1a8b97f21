//! A subject in England year by year: complaints received, and what is published.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::atlas::Atlas;
use super::error::ReadError;
use super::subject_counts::Published;
use crate::db::{self, Connection};
use crate::domain::area::{AreaCounts, MemberCounts};
use crate::domain::council::{Council, CouncilId};
use crate::domain::figure::whole as whole_number;
use crate::domain::measure::Unit;
use crate::domain::subject::ServiceArea;
use crate::domain::year::ReportingYear;

/// A year of the subject in England.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubjectYear {
    /// The year.
    pub year: ReportingYear,
    /// Complaints received about the service area, over the councils that have the count.
    pub received: Option<u64>,
    /// How many councils those are.
    pub councils_with_counts: u64,
    /// Of how many.
    pub councils: u64,
    /// What is published about the subject, all bodies together.
    pub published: Published,
    /// Complaints received about the service area, with the residents of the councils that have the count.
    pub counts: AreaCounts,
}

impl SubjectYear {
    /// Complaints received per 100,000 residents, where at least 80% of the councils have the count and a number of residents.
    pub fn per_100k(&self) -> Option<f64> {
        self.counts.rate(Unit::PerHundredThousand)
    }
}

/// Complaints received by year, each person of the councils that have the count once.
fn counts(
    conn: &Connection,
    atlas: &Atlas,
    area: Option<ServiceArea>,
) -> Result<BTreeMap<ReportingYear, AreaCounts>, ReadError> {
    let Some(area) = area else { return Ok(BTreeMap::new()) };
    let mut years: BTreeMap<ReportingYear, HashMap<CouncilId, (u64, Option<u64>)>> = BTreeMap::new();
    for (council, year, top, bottom) in db::figures::counts_of_measure(conn, area.measure)? {
        years.entry(year).or_default().insert(council, (top, bottom));
    }
    let sum = |(year, counts): (ReportingYear, HashMap<CouncilId, (u64, Option<u64>)>)| {
        let member = |council: &Council| MemberCounts {
            council: council.id,
            kind: council.kind,
            county: council.county,
            counts: counts.get(&council.id).copied(),
        };
        let members: Vec<MemberCounts> = atlas.councils_in(year).map(member).collect();
        (year, AreaCounts::of(area.measure.unit(), &members))
    };
    Ok(years.into_iter().map(sum).collect())
}

/// England year by year, newest first.
pub(super) fn by_year(
    conn: &Connection,
    atlas: &Atlas,
    area: Option<ServiceArea>,
    published: &BTreeMap<ReportingYear, Published>,
) -> Result<Vec<SubjectYear>, ReadError> {
    let received: BTreeMap<ReportingYear, (f64, u64)> = match area {
        Some(area) => db::national::column_by_year(conn, area.field)?,
        None => Vec::new(),
    }
    .into_iter()
    .map(|(year, sum, councils)| (year, (sum, councils)))
    .collect();
    let counts = counts(conn, atlas, area)?;
    let years: BTreeSet<ReportingYear> = received.keys().chain(published.keys()).copied().collect();
    let row = |year: ReportingYear| SubjectYear {
        year,
        received: received.get(&year).and_then(|(sum, _)| whole_number(*sum)),
        councils_with_counts: received.get(&year).map_or(0, |(_, councils)| *councils),
        councils: u64::try_from(atlas.councils_in(year).count()).unwrap_or(0),
        published: published.get(&year).copied().unwrap_or_default(),
        counts: counts.get(&year).copied().unwrap_or_default(),
    };
    Ok(years.into_iter().rev().map(row).collect())
}
