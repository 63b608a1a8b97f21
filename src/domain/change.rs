//! Tests of change: whether two years differ by more than chance explains, and whether a council changed otherwise than
//! its group did.

use statrs::distribution::{Binomial, DiscreteCDF, Hypergeometric};

use super::compare::{FEWEST_CASES, Verdict, judge};
use super::interval::{Tails, float};
use super::measure::Unit;
use super::shrinkage::Counts;
use super::year::ReportingYear;

/// The 95% and 99.8% points of the normal distribution, both tails.
const POINTS: (f64, f64) = (1.959_963_984_540_054, 3.090_232_306_167_813_5);

/// How a figure differs from that of an earlier year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The earlier year.
    pub since: ReportingYear,
    /// Higher or lower than then, as far as chance does not explain it.
    pub verdict: Verdict,
    /// Whether the council rose or fell otherwise than the rest of its group between the two years.
    pub against_group: Verdict,
}

/// How many cases decide whether counts say anything.
fn cases(unit: Unit, one: Counts) -> u64 {
    match unit {
        Unit::Percent => one.base,
        Unit::PerHundredThousand => one.hits,
    }
}

/// Whether the later counts show a higher or lower rate than the earlier ones: the exact conditional test, Fisher's for
/// shares, the binomial one for rates of residents.
pub fn between(unit: Unit, earlier: Counts, later: Counts) -> Verdict {
    if earlier.base == 0 || later.base == 0 {
        return Verdict::NoRate;
    }
    if is_too_few(unit, earlier, later) {
        return Verdict::TooFew;
    }
    tails_between(unit, earlier, later).map_or(Verdict::NotCompared, judge)
}

/// Whether neither year has enough cases: one with enough can show that another with few is not like it; two with few show
/// nothing.
pub(super) fn is_too_few(unit: Unit, earlier: Counts, later: Counts) -> bool {
    cases(unit, earlier).max(cases(unit, later)) < FEWEST_CASES
}

/// How likely as few, or as many, hits in the later year, given those of both years together.
pub(super) fn tails_between(unit: Unit, earlier: Counts, later: Counts) -> Option<Tails> {
    match unit {
        Unit::Percent => later_share(earlier, later).map(|chance| tails(&chance, later.hits)),
        Unit::PerHundredThousand => later_rate(earlier, later).map(|chance| tails(&chance, later.hits)),
    }
}

/// How the hits of the later year are spread if the share did not change, given those of both years together.
pub(super) fn later_share(earlier: Counts, later: Counts) -> Option<Hypergeometric> {
    Hypergeometric::new(earlier.base + later.base, earlier.hits + later.hits, later.base).ok()
}

/// The same where residents are the base.
pub(super) fn later_rate(earlier: Counts, later: Counts) -> Option<Binomial> {
    let share = float(later.base) / (float(earlier.base) + float(later.base));
    Binomial::new(share, earlier.hits + later.hits).ok()
}

fn tails(chance: &impl DiscreteCDF<u64, f64>, seen: u64) -> Tails {
    Tails { at_most: chance.cdf(seen), at_least: if seen == 0 { 1.0 } else { 1.0 - chance.cdf(seen - 1) } }
}

/// Whether a council's change differs from that of the rest of its group: the difference of the two log ratios (of odds
/// for shares, of rates for residents), half a case added to each count, against its standard error.
pub fn against(unit: Unit, own: (Counts, Counts), rest: (Counts, Counts)) -> Verdict {
    let counts = [own.0, own.1, rest.0, rest.1];
    if counts.iter().any(|one| one.base == 0) {
        return Verdict::NoRate;
    }
    if is_too_few(unit, own.0, own.1) {
        return Verdict::TooFew;
    }
    match standardised(unit, own, rest) {
        z if z > POINTS.1 => Verdict::Higher,
        z if z > POINTS.0 => Verdict::PossiblyHigher,
        z if z < -POINTS.1 => Verdict::Lower,
        z if z < -POINTS.0 => Verdict::PossiblyLower,
        z if z.is_nan() => Verdict::NotCompared,
        _ => Verdict::Within,
    }
}

/// The difference of the two changes in standard errors.
pub(super) fn standardised(unit: Unit, own: (Counts, Counts), rest: (Counts, Counts)) -> f64 {
    let [own_then, own_now, rest_then, rest_now] = [own.0, own.1, rest.0, rest.1].map(|one| logarithm(unit, one));
    let difference = (own_now.0 - own_then.0) - (rest_now.0 - rest_then.0);
    difference / (own_now.1 + own_then.1 + rest_now.1 + rest_then.1).sqrt()
}

/// The logarithm of odds or rate and its variance.
fn logarithm(unit: Unit, one: Counts) -> (f64, f64) {
    let hits = float(one.hits) + 0.5;
    match unit {
        Unit::Percent => {
            let misses = float(one.base.saturating_sub(one.hits)) + 0.5;
            ((hits / misses).ln(), 1.0 / hits + 1.0 / misses)
        }
        Unit::PerHundredThousand => ((hits / float(one.base)).ln(), 1.0 / hits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(hits: u64, base: u64) -> Counts {
        Counts { hits, base }
    }

    #[test]
    fn a_change_is_one_only_where_chance_does_not_explain_it() {
        let shares = |then, now| between(Unit::Percent, then, now);
        assert_eq!(shares(counts(7, 13), counts(9, 13)), Verdict::Within);
        assert_eq!(shares(counts(2, 20), counts(10, 20)), Verdict::PossiblyHigher);
        assert_eq!(shares(counts(40, 50), counts(15, 50)), Verdict::Lower);
        assert_eq!(shares(counts(1, 2), counts(2, 2)), Verdict::TooFew);
        assert_eq!(shares(counts(0, 0), counts(2, 9)), Verdict::NoRate);
        let rates = |then, now| between(Unit::PerHundredThousand, then, now);
        assert_eq!(rates(counts(20, 100_000), counts(24, 101_000)), Verdict::Within);
        assert_eq!(rates(counts(20, 100_000), counts(60, 101_000)), Verdict::Higher);
    }

    #[test]
    fn a_council_that_rose_as_its_group_did_changed_no_otherwise() {
        let group = (counts(500, 1000), counts(800, 1000));
        assert_eq!(against(Unit::Percent, (counts(25, 50), counts(40, 50)), group), Verdict::Within);
        assert_eq!(against(Unit::Percent, (counts(40, 50), counts(15, 50)), group), Verdict::Lower);
        assert_eq!(against(Unit::Percent, (counts(1, 2), counts(0, 2)), group), Verdict::TooFew);
    }
}
