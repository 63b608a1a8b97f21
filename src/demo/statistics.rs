//! The yearly counts of every council, and the rows made of them.

use std::collections::BTreeMap;

use super::options::Options;
use super::rng::DemoRng;
use super::row::{FILE, percent, place};
use super::targets::{Target, targets};
use super::temper::{Temper, USUAL_FAILING, logistic, number, tempers};
use crate::db::councils::Register;
use crate::domain::council::{CouncilId, CouncilKind};
use crate::domain::field::{CellKind, Field, fixed, parts};
use crate::domain::interval::float;
use crate::domain::record::StatisticsRecord;
use crate::domain::year::ReportingYear;

/// The invented counts of one council in one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CouncilYear {
    pub(super) council: CouncilId,
    pub(super) kind: CouncilKind,
    pub(super) year: ReportingYear,
    /// By the estimate nearest to the year, as the figures count them.
    pub(super) population: u64,
    /// In the order of the areas in `domain::field`.
    pub(super) received: [u64; 9],
    /// In the order of the outcomes in `domain::field`.
    pub(super) decided: [u64; 6],
    pub(super) outcomes: u64,
    pub(super) complied: u64,
    pub(super) late: u64,
    pub(super) satisfactory: u64,
}

impl CouncilYear {
    pub(super) fn upheld(&self) -> u64 {
        let [.., upheld] = self.decided;
        upheld
    }

    pub(super) fn not_upheld(&self) -> u64 {
        let [.., not_upheld, _] = self.decided;
        not_upheld
    }

    pub(super) fn closed(&self) -> u64 {
        let [.., closed, _, _] = self.decided;
        closed
    }

    pub(super) fn investigated(&self) -> u64 {
        self.upheld() + self.not_upheld()
    }

    /// The value of a fixed column that is a count.
    pub(super) fn count(&self, column: &str) -> Option<u64> {
        Some(match column {
            "received" => self.received.iter().sum(),
            "decided" => self.decided.iter().sum(),
            "investigated" => self.investigated(),
            "upheld" => self.upheld(),
            "compliance_outcomes" => self.outcomes,
            "complied" => self.complied,
            "complied_late" => self.late,
            "satisfactory_remedies" => self.satisfactory,
            _ => return None,
        })
    }

    /// Counties and single-tier councils cover England once.
    pub(super) fn stands_for_residents(&self) -> bool {
        self.kind != CouncilKind::District
    }

    fn rate(&self, field: &Field) -> Option<f64> {
        match (field.rate_of, field.kind) {
            (Some((top, bottom)), _) => percent(self.count(top)?, self.count(bottom)?),
            (None, CellKind::PerHundredThousand) if field.average_of.is_none() => self.per_100k(),
            (None, _) => None,
        }
    }

    /// Seen from 2023-24 on, with one decimal.
    fn per_100k(&self) -> Option<f64> {
        let seen = self.year.start_year() >= 2023 && self.population > 0;
        seen.then(|| (float(self.upheld()) * 1_000_000.0 / float(self.population)).round() / 10.0)
    }
}

/// All councils in all years in which they existed: by year, then in the order of the register.
pub(super) fn invent(register: &Register, options: &Options) -> Vec<CouncilYear> {
    let tempers = tempers(register, options.seed, options.alike);
    targets()
        .flat_map(|(year, target)| {
            let active: Vec<&Temper> = tempers.iter().filter(|temper| temper.council.active_in(year)).collect();
            invent_year(options, year, target, &active)
        })
        .collect()
}

fn invent_year(options: &Options, year: ReportingYear, target: Target, active: &[&Temper]) -> Vec<CouncilYear> {
    let seed = options.seed;
    let wobble = |temper: &Temper| DemoRng::new(seed, "wobble", [number(temper.council.id), number_of(year)]);
    // The year's own ups and downs: spread wider than chance alone, as real series are.
    // Nobody can stand out by a few points above 83%, so those who do come nearer to 100% by then.
    let stretch = 1.0 + (target.upheld / (1.0 - target.upheld)).ln().max(0.0);
    let scores: Vec<(f64, f64)> = active
        .iter()
        .map(|temper| {
            // As many for each resident of the year as everywhere, since figures are compared so.
            if options.alike {
                let residents = float(temper.residents_in(year)) / float(temper.population.max(1));
                return (temper.volume * residents, temper.leaning);
            }
            let mut rng = wobble(temper);
            (temper.volume * rng.gamma(24.0), temper.leaning + temper.outstanding * stretch + 0.12 * rng.normal())
        })
        .collect();
    let volume: f64 = scores.iter().map(|(volume, _)| volume).sum();
    let scale = if volume > 0.0 { target.investigated / volume } else { 0.0 };
    let level = level(&scores, target.upheld);
    active
        .iter()
        .zip(&scores)
        .map(|(temper, (volume, leaning))| {
            let mut rng = DemoRng::new(seed, "statistics", [number(temper.council.id), number_of(year)]);
            let expected = volume * scale;
            one(temper, year, target, expected, logistic(level + leaning), &mut rng)
        })
        .collect()
}

/// The level on the log-odds scale at which the expected share upheld of all councils meets the target.
fn level(scores: &[(f64, f64)], target: f64) -> f64 {
    let share = |level: f64| {
        let (hits, cases) = scores.iter().fold((0.0, 0.0), |(hits, cases), (volume, leaning)| {
            (hits + volume * logistic(level + leaning), cases + volume)
        });
        if cases > 0.0 { hits / cases } else { target }
    };
    let halved = (0..50).fold((-6.0, 6.0), |(low, high), _| {
        let middle = f64::midpoint(low, high);
        if share(middle) < target { (middle, high) } else { (low, middle) }
    });
    halved.0
}

fn one(
    temper: &Temper,
    year: ReportingYear,
    target: Target,
    expected: f64,
    share: f64,
    rng: &mut DemoRng,
) -> CouncilYear {
    let investigated = rng.poisson(expected);
    let upheld = rng.binomial(investigated, share);
    // Districts see a smaller part of their complaints investigated (Bolsover 4 of 16, Derby 13 of 52).
    let ratio = if temper.council.kind == CouncilKind::District { target.decided + 0.9 } else { target.decided };
    let other = rng.poisson(expected * (ratio - 1.0));
    let [invalid, advice, referred, closed] = rng.deal(other, [0.07, 0.09, 0.46, 0.38]);
    let received = rng.poisson(expected * ratio * 1.02);
    let outcomes = rng.binomial(upheld, 0.82) + rng.poisson(float(upheld) * 0.07 + 0.04);
    let failed = rng.binomial(outcomes, temper.failing * (1.0 - target.complied) / USUAL_FAILING);
    let complied = outcomes - failed;
    let late = rng.binomial(complied, (target.late * temper.lateness).min(0.9));
    CouncilYear {
        council: temper.council.id,
        kind: temper.council.kind,
        year,
        population: temper.residents_in(year),
        received: rng.deal(received, temper.areas),
        decided: [invalid, advice, referred, closed, investigated - upheld, upheld],
        outcomes,
        complied,
        late,
        satisfactory: rng.binomial(upheld, target.satisfactory * temper.remedying),
    }
}

/// The rows as a file would hold them, published rates and averages included.
pub(super) fn records(councils: &[CouncilYear], seed: u64) -> Vec<StatisticsRecord> {
    let averages = averages(councils, seed);
    councils
        .iter()
        .zip(2..)
        .map(|(one, row)| StatisticsRecord {
            council: one.council,
            year: one.year,
            cells: cells(one, &averages),
            source_url: None,
            location: place(FILE, row),
        })
        .collect()
}

/// Published averages of similar authorities by year, kind and the column of the rate.
type Averages = BTreeMap<(ReportingYear, CouncilKind, &'static str), f64>;

fn averages(councils: &[CouncilYear], seed: u64) -> Averages {
    let mut averages = Averages::new();
    for (year, _) in targets() {
        for kind in CouncilKind::ALL {
            let group: Vec<&CouncilYear> = councils.iter().filter(|one| one.year == year && one.kind == kind).collect();
            let mut rng = DemoRng::new(seed, kind.as_str(), [number_of(year), 0]);
            let rates = fixed().filter_map(|field| field.rate_of.map(|(top, bottom)| (field.name, top, bottom)));
            for (rate, numerator, denominator) in rates {
                let sum = |column| group.iter().filter_map(|one| one.count(column)).sum();
                if let Some(pooled) = percent(sum(numerator), sum(denominator)) {
                    // A mean of rates differs from the pooled rate by a point now and then.
                    let off = if rng.chance(0.2) { f64::from(rng.between(0, 1) * 2 - 1) } else { 0.0 };
                    averages.insert((year, kind, rate), (pooled + off).clamp(0.0, 100.0));
                }
            }
            let residents: u64 = group.iter().map(|one| one.population).sum();
            if year.start_year() >= 2023 && residents > 0 {
                let upheld: u64 = group.iter().map(|one| one.upheld()).sum();
                let rate = (float(upheld) * 1_000_000.0 / float(residents)).round() / 10.0;
                averages.insert((year, kind, "upheld_per_100k"), rate);
            }
        }
    }
    averages
}

fn cells(one: &CouncilYear, averages: &Averages) -> Vec<(String, f64)> {
    let fixed = fixed().filter_map(|field| {
        let average = || averages.get(&(one.year, one.kind, field.average_of?)).copied();
        let value = one.count(field.name).map(float).or_else(|| one.rate(field)).or_else(average)?;
        Some((field.name.to_owned(), value))
    });
    let areas = parts("received").zip(one.received);
    // The last of them are totals of the others, which no file has beside them.
    let outcomes = parts("decided").zip(one.decided);
    let parts = areas.chain(outcomes).map(|(field, count)| (field.name.to_owned(), float(count)));
    fixed.chain(parts).collect()
}

/// A year as a place of a stream.
pub(super) fn number_of(year: ReportingYear) -> u64 {
    u64::try_from(year.start_year()).unwrap_or(0)
}
