//! Councils that differ by chance alone, and how many of them are marked as standing out.

use statrs::distribution::{DiscreteCDF, Poisson};

use super::*;
use crate::domain::chance::MarksByChance;
use crate::domain::figure::{CouncilCells, Figure, derive};
use crate::domain::series::complete;

/// The figures of a demonstration, as an edition holds them.
fn figures(register: &Register, options: &Options) -> Vec<Figure> {
    let records = statistics::records(&invent(register, options), options.seed);
    let mut years: BTreeMap<ReportingYear, Vec<CouncilCells>> = BTreeMap::new();
    for record in records {
        let council = register.get(record.council).unwrap();
        years.entry(record.year).or_default().push(CouncilCells {
            council: council.id,
            kind: council.kind,
            residents: council.residents_in(record.year),
            existed: true,
            cells: record.cells.into_iter().collect(),
        });
    }
    let mut derived: Vec<_> = years.into_iter().map(|(year, councils)| (year, derive(&councils))).collect();
    complete(&mut derived);
    derived.into_iter().flat_map(|(_, figures)| figures).collect()
}

fn is_clear(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Higher | Verdict::Lower)
}

fn is_marked(verdict: Verdict) -> bool {
    is_clear(verdict) || matches!(verdict, Verdict::PossiblyHigher | Verdict::PossiblyLower)
}

/// The most marks that chance raises in 999 of 1,000 demonstrations, over all measures: a sum of rare and independent marks is
/// spread no wider than a Poisson count.
fn most(by_chance: f64) -> usize {
    let share = 1.0 - 0.001 / f64::from(u8::try_from(Measure::ALL.len()).unwrap());
    usize::try_from(Poisson::new(by_chance).unwrap().inverse_cdf(share)).unwrap()
}

/// Marks found and marks that chance alone makes, possibly or surely and surely, of one measure over all years.
fn marks(figures: &[Figure], measure: Measure) -> [(usize, f64); 2] {
    let own: Vec<&Figure> = figures.iter().filter(|one| one.measure == measure).collect();
    let by_chance = MarksByChance::of(own.iter().copied());
    let count = |is: fn(Verdict) -> bool| own.iter().filter(|one| is(one.verdict)).count();
    [(count(is_marked), by_chance.all), (count(is_clear), by_chance.clear)]
}

#[test]
fn councils_that_are_alike_are_marked_no_more_often_than_chance_allows() {
    let register = register();
    let alike = figures(&register, &Options { alike: true, ..Options::default() });
    for measure in Measure::ALL {
        for (found, by_chance) in marks(&alike, measure) {
            assert!(found <= most(by_chance), "{}: {found} marked, by chance {by_chance}", measure.as_str());
        }
        // Nobody changed otherwise than the rest of its kind either: one in twenty of the comparisons says so by chance.
        let changes = alike.iter().filter(|one| one.measure == measure).filter_map(|one| one.change);
        let tested = changes.clone().filter(|one| is_marked(one.against_group) || one.against_group == Verdict::Within);
        let (tested, found) = (size(tested.count()), changes.filter(|one| is_marked(one.against_group)).count());
        assert!(found <= most(0.05 * tested), "{}: {found} of {tested} changed", measure.as_str());
    }
    // As it is invented otherwise, councils differ, and far more of them are marked: 103 where chance alone makes 29.
    let ordinary = figures(&register, &Options::default());
    let [(found, by_chance), _] = marks(&ordinary, Measure::Upheld);
    assert!(
        found > most(2.0 * by_chance),
        "the ordinary demonstration has differences: {found}, by chance {by_chance}"
    );
}
