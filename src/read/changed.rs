//! Which councils changed since the year before by more than chance explains.

use std::collections::HashMap;

use super::atlas::Atlas;
use super::error::ReadError;
use crate::db::figures::SourcedFigure;
use crate::db::{self, Connection};
use crate::domain::chance::{self, MarksByChance};
use crate::domain::change::Change;
use crate::domain::compare::Verdict;
use crate::domain::council::{Council, CouncilId};
use crate::domain::figure::Figure;
use crate::domain::interval::float;
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;

/// The measures whose changes are told: those that stand alone on a council's page and the complaints received.
pub fn measures() -> impl Iterator<Item = Measure> {
    Measure::ALL.into_iter().filter(|measure| measure.stands_alone() || *measure == Measure::ReceivedPer100k)
}

/// A council with a figure of two years that follow on each other.
#[derive(Clone, Debug)]
pub struct ChangedCouncil {
    /// The council.
    pub council: Council,
    /// The later year.
    pub now: SourcedFigure,
    /// The year before.
    pub before: SourcedFigure,
    /// What the tests say.
    pub change: Change,
}

impl ChangedCouncil {
    /// How far the rate moved, in the unit of the measure.
    fn distance(&self) -> f64 {
        let rate = |figure: &Figure| figure.counts().map(|counts| float(counts.hits) / float(counts.base));
        rate(&self.now.figure).zip(rate(&self.before.figure)).map_or(0.0, |(now, before)| (now - before).abs())
    }
}

/// The changes of one measure.
#[derive(Clone, Debug)]
pub struct ChangedMeasure {
    /// Which.
    pub measure: Measure,
    /// How many councils have counts of both years that can be tested.
    pub tested: usize,
    /// How many of them are marked as changed, possibly or surely.
    pub marked: usize,
    /// How many chance alone would mark so, had no council changed.
    pub by_chance: MarksByChance,
    /// Those that surely changed, beyond the 99.8% limit, those that moved furthest first.
    pub councils: Vec<ChangedCouncil>,
}

impl ChangedMeasure {
    /// Reads the changes of a measure since the year before.
    fn read(conn: &Connection, atlas: &Atlas, measure: Measure, year: ReportingYear) -> Result<Self, ReadError> {
        let mut before: HashMap<CouncilId, SourcedFigure> = HashMap::new();
        for one in db::figures::of_year(conn, measure, year.previous())? {
            before.insert(one.figure.council, one);
        }
        let mut found =
            Self { measure, tested: 0, marked: 0, by_chance: MarksByChance::default(), councils: Vec::new() };
        for now in db::figures::of_year(conn, measure, year)? {
            let id = now.figure.council;
            let (Some(change), Some(before), Some(council)) =
                (now.figure.change, before.remove(&id), atlas.register.get(id))
            else {
                continue;
            };
            found.add(ChangedCouncil { council: council.clone(), now, before, change });
        }
        found
            .councils
            .sort_by(|a, b| b.distance().total_cmp(&a.distance()).then_with(|| a.council.name.cmp(&b.council.name)));
        Ok(found)
    }

    fn add(&mut self, one: ChangedCouncil) {
        if matches!(one.change.verdict, Verdict::TooFew | Verdict::NoRate | Verdict::NotCompared) {
            return;
        }
        self.tested += 1;
        self.marked += usize::from(one.change.verdict != Verdict::Within);
        if let Some((earlier, later)) = one.before.figure.counts().zip(one.now.figure.counts()) {
            let chance = chance::of_a_change(self.measure.unit(), earlier, later);
            self.by_chance.all += chance.all;
            self.by_chance.clear += chance.clear;
        }
        if matches!(one.change.verdict, Verdict::Higher | Verdict::Lower) {
            self.councils.push(one);
        }
    }
}

/// The changes since the year before, measure by measure; none where the year counts other cases.
pub fn read(conn: &Connection, atlas: &Atlas, year: ReportingYear) -> Result<Vec<ChangedMeasure>, ReadError> {
    measures().map(|measure| ChangedMeasure::read(conn, atlas, measure, year)).collect()
}
