//! What stays the same about a council over the years: its size, how often people complain about it, how
//! often fault is found, how promptly it acts. Without this every council would be chance around its group,
//! and no map of it would show anything.

use super::rng::DemoRng;
use crate::db::councils::Register;
use crate::domain::council::{Council, CouncilId, CouncilKind};
use crate::domain::interval::float;
use crate::domain::year::ReportingYear;

/// Share of recommendations that are not carried out in a usual year, over all councils.
pub(super) const USUAL_FAILING: f64 = 0.005;

/// The lasting traits of one council.
#[derive(Clone, Debug)]
pub(super) struct Temper<'a> {
    pub(super) council: &'a Council,
    /// Residents in mid-2020; shared out of its successor's where the register has none.
    pub(super) population: u64,
    /// Investigations to be expected, before the year's total is met.
    pub(super) volume: f64,
    /// How far its uphold rate lies from the national one, in log-odds.
    pub(super) leaning: f64,
    /// How far it stands out above its group, where it does, in log-odds of a year with 50%.
    pub(super) outstanding: f64,
    /// Share of recommendations it fails to carry out, in a usual year.
    pub(super) failing: f64,
    /// Late recommendations against the usual share.
    pub(super) lateness: f64,
    /// Satisfactory remedies against the usual share.
    pub(super) remedying: f64,
    /// Weights of the service areas, in the order of the areas in `domain::field`.
    pub(super) areas: [f64; 9],
}

impl Temper<'_> {
    /// Residents by the estimate nearest to a year, as the figures count them.
    pub(super) fn residents_in(&self, year: ReportingYear) -> u64 {
        self.council.residents_in(year).map_or(self.population, |residents| residents.count)
    }
}

/// All councils of the register with their traits; with those of their kinds where all are to be alike.
pub(super) fn tempers(register: &Register, seed: u64, alike: bool) -> Vec<Temper<'_>> {
    if alike {
        let all = register.councils().iter();
        return all.map(|council| like_its_kind(council, residents(register, council))).collect();
    }
    let mut tempers: Vec<Temper<'_>> =
        register.councils().iter().map(|council| temper(council, residents(register, council), seed)).collect();
    set_apart(&mut tempers, seed);
    tempers
}

/// Makes nine of the councils with many cases stand out plainly, four above their group and five below: with
/// few cases nothing could be told from chance.
fn set_apart(tempers: &mut [Temper<'_>], seed: u64) {
    let mut rng = DemoRng::new(seed, "apart", [0, 0]);
    let many = tempers.iter_mut().filter(|temper| temper.volume > 26.0 && temper.council.active_to.is_none());
    let mut drawn: Vec<(f64, &mut Temper<'_>)> = many.map(|temper| (rng.unit(), temper)).collect();
    drawn.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (place, (_, temper)) in drawn.into_iter().enumerate().take(9) {
        if place < 4 {
            temper.outstanding = rng.within(1.2, 1.5);
        } else {
            temper.leaning -= rng.within(1.1, 1.7);
        }
    }
}

fn temper(council: &Council, population: u64, seed: u64) -> Temper<'_> {
    let mut rng = DemoRng::new(seed, "temper", [number(council.id), 0]);
    let (per_100k, lean) = usual(council.kind);
    let volume = soft_limit(per_100k * float(population) / 100_000.0 * rng.gamma(11.0));
    let leaning = lean + 0.22 * rng.normal();
    // Failures come in heaps: nearly all councils carry out everything, a few do not.
    let failing = if rng.chance(0.06) { rng.within(0.03, 0.09) } else { 0.001 };
    Temper {
        council,
        population,
        volume,
        leaning,
        outstanding: 0.0,
        failing,
        lateness: rng.gamma(2.5),
        remedying: rng.gamma(8.0),
        areas: areas(council.kind).map(|weight| weight * rng.gamma(12.0)),
    }
}

/// The traits that every council of a kind would have, were there no differences but those of chance: no more complaints from
/// any resident than from another, the same shares of them upheld, put right and late.
fn like_its_kind(council: &Council, population: u64) -> Temper<'_> {
    let (per_100k, leaning) = usual(council.kind);
    Temper {
        council,
        population,
        volume: per_100k * float(population) / 100_000.0,
        leaning,
        outstanding: 0.0,
        failing: USUAL_FAILING,
        lateness: 1.0,
        remedying: 1.0,
        areas: areas(council.kind),
    }
}

/// The largest councils have 90 to 130 investigations a year: above 75 more residents add less.
fn soft_limit(volume: f64) -> f64 {
    if volume > 75.0 { 75.0 + 0.4 * (volume - 75.0) } else { volume }
}

/// Investigations per 100,000 residents in a usual year, and the group's uphold rate against England's in
/// log-odds. 2019-20: England 61%, unitaries 56%, districts 45% (published averages in letters).
fn usual(kind: CouncilKind) -> (f64, f64) {
    match kind {
        CouncilKind::County => (4.2, 0.15),
        CouncilKind::District => (2.9, -0.62),
        CouncilKind::Unitary => (5.6, -0.12),
        CouncilKind::Metropolitan => (7.0, 0.05),
        CouncilKind::London => (11.8, 0.28),
    }
}

/// How the complaints about a kind of council spread over the service areas.
fn areas(kind: CouncilKind) -> [f64; 9] {
    match kind {
        CouncilKind::County => [28.0, 0.0, 4.0, 48.0, 3.0, 14.0, 0.0, 1.5, 1.5],
        CouncilKind::District => [0.0, 20.0, 9.0, 0.0, 19.0, 3.0, 19.0, 28.0, 2.0],
        CouncilKind::Unitary => [15.0, 11.0, 5.0, 23.0, 12.0, 10.0, 9.0, 13.0, 2.0],
        CouncilKind::Metropolitan => [16.0, 12.0, 5.0, 23.0, 13.0, 9.0, 11.0, 9.0, 2.0],
        CouncilKind::London => [11.0, 12.0, 4.0, 16.0, 9.0, 13.0, 28.0, 5.0, 2.0],
    }
}

/// Residents of a council. Those abolished before 2021 have none in the register: they share those of their
/// successors, a county having all of them, a unitary three times what a district has.
fn residents(register: &Register, council: &Council) -> u64 {
    if let Some(known) = council.residents_of(2020) {
        return known;
    }
    let share = |kind: CouncilKind| if kind == CouncilKind::District { 1 } else { 3 };
    council
        .successors
        .iter()
        .filter_map(|id| register.get(*id))
        .map(|successor| {
            let whole = successor.residents_of(2020).unwrap_or(0);
            let parts: u64 = successor
                .predecessors
                .iter()
                .filter_map(|id| register.get(*id))
                .filter(|one| one.kind != CouncilKind::County)
                .map(|one| share(one.kind))
                .sum();
            if council.kind == CouncilKind::County { whole } else { whole * share(council.kind) / parts.max(1) }
        })
        .sum()
}

/// The logistic curve: log-odds to a share.
pub(super) fn logistic(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

/// A council as a place of a stream.
pub(super) fn number(id: CouncilId) -> u64 {
    u64::try_from(id.0).unwrap_or(0)
}
