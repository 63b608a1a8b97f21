//! All figures of one council: rates, complaints received by area and decided by outcome, every year.

use std::collections::{BTreeMap, BTreeSet};

use super::atlas::Atlas;
use super::council_parts::PartCounts;
use super::error::ReadError;
use super::sources::{YearSource, by_year};
use crate::db::figures::SourcedFigure;
use crate::db::replies::SourcedReply;
use crate::db::sources::SourcedCell;
use crate::db::{self, Connection};
use crate::domain::council::Council;
use crate::domain::field::{AREAS, OUTCOMES, area_title, outcome_title};
use crate::domain::figure::{FigureValue, whole};
use crate::domain::funnel::{self, Limits};
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
    /// The measures in the order of the letter.
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
    /// Where its values came from.
    pub sources: Vec<YearSource>,
    /// The group in the newest year with counts.
    pub funnel: Option<Funnel>,
}

impl MeasureHistory {
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

/// Counts by label for a run of years that share their labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountTable {
    /// Years, oldest first.
    pub years: Vec<ReportingYear>,
    /// A row for each label.
    pub rows: Vec<CountRow>,
    /// The totals of each year.
    pub totals: Vec<Total>,
    /// Where its values came from.
    pub sources: Vec<YearSource>,
}

/// The counts under one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountRow {
    /// The key in files.
    pub key: String,
    /// The label in these years.
    pub label: String,
    /// A count for each year of the table; `None` is not known, which is not zero.
    pub counts: Vec<Option<u64>>,
}

/// A year's total: as stated, and as the sum of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// As the source states it.
    pub stated: Option<u64>,
    /// The sum of the parts that are known.
    pub sum: Option<u64>,
    /// Whether every part is known.
    pub complete: bool,
}

/// What comparing a total with its parts shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The parts add up to the total.
    Agrees,
    /// They do not.
    Differs,
    /// Parts are missing, so nothing can be said.
    Incomplete,
    /// There is no total or no part.
    NotPossible,
}

impl Total {
    /// Compares the total with its parts.
    pub fn check(self) -> Check {
        match (self.stated, self.sum) {
            (Some(stated), Some(sum)) if stated == sum && self.complete => Check::Agrees,
            (Some(stated), Some(sum)) if self.complete || sum > stated => Check::Differs,
            (Some(_), Some(_)) => Check::Incomplete,
            _ => Check::NotPossible,
        }
    }

    /// The total to show: stated, else the sum of all parts.
    pub fn shown(self) -> Option<u64> {
        self.stated.or(self.sum.filter(|_| self.complete))
    }
}

impl Check {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs => "differs",
            Self::Incomplete => "incomplete",
            Self::NotPossible => "not-possible",
        }
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
            .map(|measure| measure_history(conn, council, measure, &years, &history, &places))
            .collect::<Result<Vec<_>, ReadError>>()?;
        let cells = db::figures::cells(conn, council.id)?;
        let received =
            count_tables(&cells, "received", &AREAS.map(|(key, _)| key), |key, _| area_title(key).into_owned());
        let decided = count_tables(&cells, "decided", &OUTCOMES.map(|(key, ..)| key), |key, year| {
            outcome_title(key, year).into_owned()
        });
        let named = |ids: &[crate::domain::council::CouncilId]| {
            ids.iter().filter_map(|id| atlas.register.get(*id)).cloned().collect::<Vec<_>>()
        };
        Ok(Self {
            parts: PartCounts::read(conn, council.id)?,
            predecessors: named(&council.predecessors),
            successors: named(&council.successors),
            measures,
            received: sourced(received, "received", &places),
            decided: sourced(decided, "decided", &places),
            replies: db::replies::of_council(conn, council.id)?,
            synthetic: atlas.synthetic,
            council: council.clone(),
        })
    }
}

fn measure_history(
    conn: &Connection,
    council: &Council,
    measure: Measure,
    years: &BTreeSet<ReportingYear>,
    history: &[SourcedFigure],
    places: &[SourcedCell],
) -> Result<MeasureHistory, ReadError> {
    let of_year =
        |year: ReportingYear| history.iter().find(|one| one.year == year && one.figure.measure == measure).cloned();
    let years: Vec<(ReportingYear, Option<SourcedFigure>)> = years.iter().map(|year| (*year, of_year(*year))).collect();
    let newest = years.iter().rev().find_map(|(_, one)| one.as_ref().filter(|one| point(one).is_some()));
    let funnel = match newest {
        Some(newest) if measure.unit() == Unit::Percent => funnel(conn, council, newest)?,
        _ => None,
    };
    let sources =
        by_year(places, |_, field| measure.source_fields().contains(&field) || measure.similar_field() == field);
    Ok(MeasureHistory { measure, years, sources, funnel })
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

/// The cells of one year: the stated total and the parts by key.
#[derive(Default)]
struct YearCells {
    total: Option<u64>,
    parts: BTreeMap<String, u64>,
}

/// Tables of counts, a new one wherever the labels change.
fn count_tables(
    cells: &[(ReportingYear, String, f64)],
    total: &str,
    order: &[&str],
    label: impl Fn(&str, ReportingYear) -> String,
) -> Vec<CountTable> {
    let mut years: BTreeMap<ReportingYear, YearCells> = BTreeMap::new();
    for (year, field, value) in cells {
        let Some(count) = whole(*value) else { continue };
        if field == total {
            years.entry(*year).or_default().total = Some(count);
        } else if let Some(key) = field.strip_prefix(total).and_then(|rest| rest.strip_prefix('_')) {
            years.entry(*year).or_default().parts.insert(key.to_owned(), count);
        }
    }
    let mut runs: Vec<(BTreeMap<String, String>, Vec<(ReportingYear, YearCells)>)> = Vec::new();
    for (year, cells) in years {
        let labels: BTreeMap<String, String> = cells.parts.keys().map(|key| (key.clone(), label(key, year))).collect();
        match runs.last_mut().filter(|(known, _)| same_labels(known, &labels)) {
            Some((known, run)) => {
                known.extend(labels);
                run.push((year, cells));
            }
            None => runs.push((labels, vec![(year, cells)])),
        }
    }
    runs.into_iter().map(|(labels, run)| table(&labels, &run, order)).collect()
}

/// The tables with the places that their values came from.
fn sourced(mut tables: Vec<CountTable>, total: &str, places: &[SourcedCell]) -> Vec<CountTable> {
    for table in &mut tables {
        let years = &table.years;
        table.sources = by_year(places, |year, field| {
            let part = field.strip_prefix(total).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
            part && years.contains(&year)
        });
    }
    tables
}

/// Whether two years' labels say the same: shared keys have the same label, and one year may only leave
/// out what the other has.
fn same_labels(known: &BTreeMap<String, String>, more: &BTreeMap<String, String>) -> bool {
    let shared = more.iter().filter(|(key, label)| known.get(*key) == Some(label)).count();
    shared == known.len().min(more.len())
}

fn table(labels: &BTreeMap<String, String>, run: &[(ReportingYear, YearCells)], order: &[&str]) -> CountTable {
    let mut keys: Vec<&String> = labels.keys().collect();
    keys.sort_by_key(|key| order.iter().position(|one| one == key).unwrap_or(order.len()));
    let rows: Vec<CountRow> = keys
        .into_iter()
        .map(|key| CountRow {
            key: key.clone(),
            label: labels.get(key).cloned().unwrap_or_default(),
            counts: run.iter().map(|(_, cells)| cells.parts.get(key).copied()).collect(),
        })
        .collect();
    let totals = run
        .iter()
        .map(|(_, cells)| Total {
            stated: cells.total,
            sum: (!cells.parts.is_empty()).then(|| cells.parts.values().sum()),
            complete: !cells.parts.is_empty() && cells.parts.len() == labels.len(),
        })
        .collect();
    CountTable { years: run.iter().map(|(year, _)| *year).collect(), rows, totals, sources: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(text: &str) -> ReportingYear {
        ReportingYear::parse(text).unwrap()
    }

    fn decided(cells: &[(&str, &str, f64)]) -> Vec<CountTable> {
        let cells: Vec<_> = cells.iter().map(|(at, field, value)| (year(at), (*field).to_owned(), *value)).collect();
        count_tables(&cells, "decided", &OUTCOMES.map(|(key, ..)| key), |key, year| {
            outcome_title(key, year).into_owned()
        })
    }

    #[test]
    fn years_with_other_labels_stand_in_a_table_of_their_own() {
        let tables = decided(&[
            ("2022-23", "decided_upheld", 3.0),
            ("2022-23", "decided_not_upheld", 1.0),
            ("2023-24", "decided_upheld", 0.0),
            ("2024-25", "decided_upheld", 5.0),
        ]);
        let labels: Vec<&str> = tables.iter().flat_map(|table| &table.rows).map(|row| row.label.as_str()).collect();
        assert_eq!(labels, ["Not upheld", "Upheld", "Investigated: upheld"]);
        assert_eq!(tables[0].rows[1].counts, [Some(3), Some(0)]);
        assert_eq!(tables[0].rows[0].counts, [Some(1), None], "not known is not zero");
    }

    #[test]
    fn a_total_is_checked_against_its_parts() {
        let check = |total: f64, upheld: f64| {
            decided(&[
                ("2019-20", "decided", total),
                ("2019-20", "decided_upheld", upheld),
                ("2019-20", "decided_not_upheld", 6.0),
            ])[0]
                .totals[0]
                .check()
        };
        assert_eq!(check(13.0, 7.0), Check::Agrees);
        assert_eq!(check(14.0, 7.0), Check::Differs);
        let alone = decided(&[("2019-20", "decided", 4.0)]);
        assert_eq!((alone[0].totals[0].check(), alone[0].totals[0].shown()), (Check::NotPossible, Some(4)));
    }

    #[test]
    fn missing_parts_leave_a_total_unchecked() {
        let tables = decided(&[
            ("2018-19", "decided_upheld", 1.0),
            ("2018-19", "decided_not_upheld", 1.0),
            ("2019-20", "decided", 9.0),
            ("2019-20", "decided_upheld", 4.0),
        ]);
        assert_eq!(tables[0].totals[1].check(), Check::Incomplete);
        assert_eq!(tables[0].totals[0].shown(), Some(2));
    }
}
