//! All figures of one council: rates, complaints received by area and decided by outcome, every year.

use std::collections::BTreeSet;

use super::atlas::Atlas;
use super::council_parts::PartCounts;
use super::count_tables::{CountTable, count_tables, sourced};
use super::error::ReadError;
use super::sources::{YearSource, by_year};
use crate::db::figures::SourcedFigure;
use crate::db::replies::SourcedReply;
use crate::db::sources::SourcedCell;
use crate::db::{self, Connection};
use crate::domain::council::Council;
use crate::domain::figure::FigureValue;
use crate::domain::funnel::{self, Limits};
use crate::domain::history;
use crate::domain::measure::{Measure, Unit};
use crate::domain::year::ReportingYear;

/// Fewer councils than this make no funnel.
const FEWEST_POINTS: usize = 8;
/// Places at which the limits of a funnel are computed.
const FUNNEL_STEPS: u32 = 48;

/// Everything that the statistics page of a council shows.
#[derive(Clone, Debug)]
pub struct StatisticsPage {
    /// The council.
    pub council: Council,
    /// How much stands on its other parts.
    pub parts: PartCounts,
    /// Councils before, whose years stand on their own pages.
    pub predecessors: Vec<Council>,
    /// Councils after.
    pub successors: Vec<Council>,
    /// All measures, those of the letters first.
    pub measures: Vec<MeasureHistory>,
    /// Complaints received by service area, a table for each run of years with the same labels.
    pub received: Vec<CountTable>,
    /// Complaints decided by outcome, likewise.
    pub decided: Vec<CountTable>,
    /// What it replied to its figures, newest year first.
    pub replies: Vec<SourcedReply>,
    /// Whether the content is invented.
    pub synthetic: bool,
}

/// One measure over all years.
#[derive(Clone, Debug)]
pub struct MeasureHistory {
    /// Which measure.
    pub measure: Measure,
    /// Each year of the site in which the council existed, oldest first, with its figure.
    pub years: Vec<(ReportingYear, Option<SourcedFigure>)>,
    /// What its years say together, in sentences.
    pub history: Vec<String>,
    /// Where its values came from.
    pub sources: Vec<YearSource>,
    /// The group in the newest year with counts.
    pub funnel: Option<Funnel>,
}

impl MeasureHistory {
    /// One measure alone, without the sources of its values.
    pub fn read(conn: &Connection, council: &Council, measure: Measure) -> Result<Self, ReadError> {
        let figures = db::figures::of_council(conn, council.id)?;
        let years = figures.iter().map(|one| one.year).collect();
        Self::of(conn, council, measure, &years, &figures, &[])
    }

    fn of(
        conn: &Connection,
        council: &Council,
        measure: Measure,
        years: &BTreeSet<ReportingYear>,
        figures: &[SourcedFigure],
        places: &[SourcedCell],
    ) -> Result<Self, ReadError> {
        let of_year =
            |year: ReportingYear| figures.iter().find(|one| one.year == year && one.figure.measure == measure).cloned();
        let years: Vec<(ReportingYear, Option<SourcedFigure>)> =
            years.iter().map(|year| (*year, of_year(*year))).collect();
        let newest = years.iter().rev().find_map(|(_, one)| one.as_ref().filter(|one| point(one).is_some()));
        let funnel = match newest {
            Some(newest) if measure.unit() == Unit::Percent && measure.stands_alone() => funnel(conn, council, newest)?,
            _ => None,
        };
        let fields: Vec<&str> = measure.source_fields().into_iter().chain(measure.similar_field()).collect();
        let sources = by_year(places, |_, field| fields.contains(&field));
        let figures: Vec<_> = years.iter().filter_map(|(year, one)| Some((*year, &one.as_ref()?.figure))).collect();
        let history = history::sentences(&figures);
        Ok(Self { measure, years, history, sources, funnel })
    }

    /// The figures alone, oldest first.
    pub fn figures(&self) -> Vec<SourcedFigure> {
        self.years.iter().filter_map(|(_, one)| one.clone()).collect()
    }
}

/// The councils of a group by number of cases and rate, with the limits of chance.
#[derive(Clone, Debug)]
pub struct Funnel {
    /// The year.
    pub year: ReportingYear,
    /// The rate that the limits are drawn around, 0 to 1.
    pub expected: f64,
    /// The limits.
    pub limits: Vec<Limits>,
    /// Cases and rate in per cent of the other councils of the group.
    pub others: Vec<(u64, f64)>,
    /// Cases and rate of this council.
    pub own: (u64, f64),
}

impl Funnel {
    /// The most cases that any council has.
    pub fn most(&self) -> u64 {
        self.others.iter().map(|(cases, _)| *cases).chain([self.own.0]).max().unwrap_or(1)
    }
}

impl StatisticsPage {
    /// Reads the page.
    pub fn read(conn: &Connection, atlas: &Atlas, council: &Council) -> Result<Self, ReadError> {
        let history = db::figures::of_council(conn, council.id)?;
        let mut years: BTreeSet<ReportingYear> =
            atlas.years.iter().copied().filter(|year| council.active_in(*year)).collect();
        years.extend(history.iter().map(|one| one.year));
        let places = db::sources::of_council(conn, council.id)?;
        let measures = Measure::ALL
            .into_iter()
            .map(|measure| MeasureHistory::of(conn, council, measure, &years, &history, &places))
            .collect::<Result<Vec<_>, ReadError>>()?;
        let cells = db::figures::cells(conn, council.id)?;
        let table = |total: &str| sourced(count_tables(&cells, total), total, &places);
        let named = |ids: &[crate::domain::council::CouncilId]| {
            ids.iter().filter_map(|id| atlas.register.get(*id)).cloned().collect::<Vec<_>>()
        };
        Ok(Self {
            parts: PartCounts::read(conn, council.id)?,
            predecessors: named(&council.predecessors),
            successors: named(&council.successors),
            measures,
            received: table("received"),
            decided: table("decided"),
            replies: db::replies::of_council(conn, council.id)?,
            synthetic: atlas.synthetic,
            council: council.clone(),
        })
    }
}

/// Cases and rate, where both are known.
fn point(one: &SourcedFigure) -> Option<(u64, f64)> {
    match (one.figure.value, one.figure.denominator) {
        (FigureValue::Rate(value), Some(cases)) if cases > 0 => Some((cases, value)),
        _ => None,
    }
}

fn funnel(conn: &Connection, council: &Council, newest: &SourcedFigure) -> Result<Option<Funnel>, ReadError> {
    let Some(own) = point(newest) else { return Ok(None) };
    let similar = newest.figure.similar;
    let Some(expected) = similar.computed.or(similar.published).map(|value| value / 100.0) else { return Ok(None) };
    let others: Vec<(u64, f64)> = db::figures::of_year(conn, newest.figure.measure, newest.year)?
        .iter()
        .filter(|one| one.figure.similar.group == council.kind && one.figure.council != council.id)
        .filter_map(point)
        .collect();
    if others.len() < FEWEST_POINTS {
        return Ok(None);
    }
    let most = others.iter().map(|(cases, _)| *cases).chain([own.0]).max().unwrap_or(1);
    let limits = funnel::limits(expected, most, FUNNEL_STEPS);
    Ok(Some(Funnel { year: newest.year, expected, limits, others, own }))
}
