//! England per 100,000 residents: complaints received and upheld by region, complaints received by service area.

use super::area::{AreaRate, YearCounts};
use super::areas::{self, Area, AreaKind};
use super::atlas::Atlas;
use super::error::ReadError;
use crate::db::Connection;
use crate::domain::council::Council;
use crate::domain::measure::{Family, Measure};
use crate::domain::year::ReportingYear;

/// What regions show: complaints received and upheld, then received by service area. Upheld complaints are not counted by
/// service area in the councils' tables.
pub fn measures() -> impl Iterator<Item = Measure> {
    [Measure::ReceivedPer100k, Measure::UpheldPer100k].into_iter().chain(service_areas())
}

/// Complaints received about each service area.
pub fn service_areas() -> impl Iterator<Item = Measure> {
    Measure::of_family(Family::Received).filter(|measure| *measure != Measure::ReceivedPer100k)
}

/// Rates per 100,000 residents of England and of its regions.
#[derive(Clone, Debug)]
pub struct Residents {
    /// Of all councils.
    pub england: Vec<AreaRate>,
    /// Of the councils of each region, by name.
    pub regions: Vec<(Area, Vec<AreaRate>)>,
}

impl Residents {
    /// Adds up the counts of a year and of the one before.
    pub fn read(conn: &Connection, atlas: &Atlas, year: ReportingYear) -> Result<Self, ReadError> {
        let (now, before) = (YearCounts::read(conn, year)?, YearCounts::read(conn, year.previous())?);
        let all: Vec<&Council> = atlas.councils_in(year).collect();
        let all_before: Vec<&Council> = atlas.councils_in(year.previous()).collect();
        let rates = |own: &[&Council], earlier: &[&Council]| {
            let rate = |measure| AreaRate {
                measure,
                now: now.of(measure, own),
                before: before.of(measure, earlier),
                england: now.of(measure, &all),
            };
            measures().map(rate).collect::<Vec<_>>()
        };
        let regions = areas::all(atlas).into_iter().filter(|area| area.kind == AreaKind::Region);
        let regions = regions.map(|region| {
            let own = rates(&region.councils(atlas, year), &region.councils(atlas, year.previous()));
            (region, own)
        });
        Ok(Self { regions: regions.collect(), england: rates(&all, &all_before) })
    }

    /// Whether any council has a count.
    pub fn is_known(&self) -> bool {
        self.england.iter().any(|rate| rate.now.with_counts > 0)
    }

    /// England's rate of a measure.
    pub fn of_england(&self, measure: Measure) -> Option<&AreaRate> {
        self.england.iter().find(|rate| rate.measure == measure)
    }
}
