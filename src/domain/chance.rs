//! How often chance alone would mark a council that is like all others of its kind: what a list of marked councils has to
//! be read against.
//!
//! Counts are whole, so the chance of lying beyond a limit is smaller than the limit's own share: of 10 cases at a rate of
//! 50%, 0 and 10 lie beyond the 99.8% limits, which happens once in 512 times.

use statrs::distribution::{Binomial, Discrete, DiscreteCDF, Poisson};

use super::change;
use super::compare::{Expected, FEWEST_CASES, Verdict};
use super::figure::Figure;
use super::interval::{Interval, float};
use super::measure::Unit;
use super::shrinkage::Counts;

/// On which side of the range expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Above it.
    Above,
    /// Below it.
    Below,
}

/// Which limit is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// The 95% limit, which verdicts call possibly higher or lower.
    Inner,
    /// The 99.8% limit.
    Outer,
}

impl Limit {
    /// The share of councils that lie beyond it on one side, where counts are large.
    fn share(self) -> f64 {
        match self {
            Self::Inner => 0.025,
            Self::Outer => 0.001,
        }
    }
}

/// The chance that a council like its group, with as many cases or residents as this one, lies beyond a limit on one side;
/// 0 where nothing is compared.
pub fn beyond(figure: &Figure, side: Side, limit: Limit) -> f64 {
    let known = figure.counts().zip(expected(figure));
    known.and_then(|(counts, expected)| tail_of(figure.measure.unit(), counts, expected, side, limit)).unwrap_or(0.0)
}

fn tail_of(unit: Unit, counts: Counts, expected: Expected, side: Side, limit: Limit) -> Option<f64> {
    let rate = expected.chance(unit);
    match unit {
        Unit::Percent if counts.base >= FEWEST_CASES => {
            Some(tail(&Binomial::new(rate, counts.base).ok()?, 0, side, limit))
        }
        // Fewer than five complaints are too few to judge, so they mark nobody.
        Unit::PerHundredThousand => {
            Some(tail(&Poisson::new(rate * float(counts.base)).ok()?, FEWEST_CASES, side, limit))
        }
        Unit::Percent => None,
    }
}

/// The chance that a council like its group, with as many cases or residents, lies beyond a 95% limit on either side; none
/// where it would not be compared.
pub fn of_a_mark(figure: &Figure) -> Option<f64> {
    of_a_mark_on(figure.measure.unit(), figure.counts()?, expected(figure)?)
}

/// The same for counts against a rate.
pub(super) fn of_a_mark_on(unit: Unit, counts: Counts, expected: Expected) -> Option<f64> {
    let sides = [Side::Above, Side::Below].map(|side| tail_of(unit, counts, expected, side, Limit::Inner));
    sides.into_iter().sum()
}

/// The rates that chance allows a council like its group with as many cases or residents, in the unit of the measure: those
/// of all counts that no verdict marks. None where nothing is compared.
pub fn range(figure: &Figure) -> Option<Interval> {
    if !figure.verdict.is_compared() {
        return None;
    }
    let unit = figure.measure.unit();
    let base = figure.counts()?.base;
    let rate = expected(figure)?.chance(unit);
    let ends = match unit {
        Unit::Percent if base >= FEWEST_CASES => unmarked(&Binomial::new(rate, base).ok()?),
        Unit::PerHundredThousand if base > 0 => unmarked(&Poisson::new(rate * float(base)).ok()?),
        _ => return None,
    };
    let value = |count: u64| float(count) / float(base) * unit.factor();
    Some(Interval { low: value(ends.0), high: value(ends.1) })
}

/// The smallest and the largest count inside the 95% limits.
fn unmarked(chance: &impl DiscreteCDF<u64, f64>) -> (u64, u64) {
    (chance.inverse_cdf(Limit::Inner.share()), chance.inverse_cdf(1.0 - Limit::Inner.share()))
}

/// The rate that the verdict of a share compares with, 0 to 1.
pub fn rate_expected(figure: &Figure) -> Option<f64> {
    expected(figure).map(|expected| expected.chance(figure.measure.unit()))
}

/// The rate that the verdict compares with.
pub(super) fn expected(figure: &Figure) -> Option<Expected> {
    let average = |rate: f64| rate / figure.measure.unit().factor();
    match (figure.similar.computed, figure.similar.published) {
        (Some(rate), _) => Some(Expected::Pooled(average(rate))),
        (None, published) => published.map(|rate| Expected::Published(average(rate))),
    }
}

/// The chance of the counts beyond a limit, those below `fewest` left out.
fn tail(chance: &impl DiscreteCDF<u64, f64>, fewest: u64, side: Side, limit: Limit) -> f64 {
    let under = |count: u64| if count == 0 { 0.0 } else { chance.cdf(count - 1) };
    match side {
        // What lies above the smallest count of which nearly all are no larger is marked.
        Side::Above => 1.0 - under(fewest.max(chance.inverse_cdf(1.0 - limit.share()) + 1)),
        Side::Below => (under(chance.inverse_cdf(limit.share())) - under(fewest)).max(0.0),
    }
}

/// How likely chance alone would mark a change between two years as higher or lower, had nothing changed: given the counts of
/// both years together, those of the later year are spread as the test of change says.
pub fn of_a_change(unit: Unit, earlier: Counts, later: Counts) -> MarksByChance {
    if change::is_too_few(unit, earlier, later) || earlier.base == 0 || later.base == 0 {
        return MarksByChance::default();
    }
    let hits = earlier.hits + later.hits;
    match unit {
        Unit::Percent => change::later_share(earlier, later).map(|chance| both_tails(&chance, hits.min(later.base))),
        Unit::PerHundredThousand => change::later_rate(earlier, later).map(|chance| both_tails(&chance, hits)),
    }
    .unwrap_or_default()
}

/// The chance of the counts from 0 to `most` that a verdict marks.
fn both_tails(chance: &impl Discrete<u64, f64>, most: u64) -> MarksByChance {
    let (low, high) = (one_tail(chance, 0..=most), one_tail(chance, (0..=most).rev()));
    MarksByChance { all: low.all + high.all, clear: low.clear + high.clear }
}

/// The same from one end: all counts that together with those before them are less likely than the limit.
fn one_tail(chance: &impl Discrete<u64, f64>, counts: impl Iterator<Item = u64>) -> MarksByChance {
    let mut marks = MarksByChance::default();
    let mut so_far = 0.0;
    for count in counts {
        so_far += chance.ln_pmf(count).exp();
        if so_far >= Limit::Inner.share() {
            break;
        }
        marks.all = so_far;
        if so_far < Limit::Outer.share() {
            marks.clear = so_far;
        }
    }
    marks
}

/// How many of some figures chance alone would mark, were every council like its group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MarksByChance {
    /// As higher or lower, possibly or surely.
    pub all: f64,
    /// Surely: beyond the 99.8% limits.
    pub clear: f64,
}

impl MarksByChance {
    /// Adds up the chances of figures.
    pub fn of<'a>(figures: impl IntoIterator<Item = &'a Figure>) -> Self {
        let mut sum = Self::default();
        for figure in figures {
            let both = |limit| beyond(figure, Side::Above, limit) + beyond(figure, Side::Below, limit);
            sum.all += both(Limit::Inner);
            sum.clear += both(Limit::Outer);
        }
        sum
    }
}

/// How many of some figures are marked, beside what chance alone would mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marks {
    /// Compared with their groups.
    pub compared: usize,
    /// Marked as higher or lower, possibly or surely.
    pub marked: usize,
    /// Surely.
    pub clearly: usize,
    /// What chance alone would mark.
    pub by_chance: MarksByChance,
}

impl Marks {
    /// Counts figures.
    pub fn of(figures: &[&Figure]) -> Self {
        let with = |verdicts: &[Verdict]| figures.iter().filter(|one| verdicts.contains(&one.verdict)).count();
        let clearly = with(&[Verdict::Higher, Verdict::Lower]);
        let marked = clearly + with(&[Verdict::PossiblyHigher, Verdict::PossiblyLower]);
        let by_chance = MarksByChance::of(figures.iter().copied());
        Self { compared: marked + with(&[Verdict::Within]), marked, clearly, by_chance }
    }
}

/// How many of some kept figures are compared with their groups, and how many marks chance alone makes among all of them.
///
/// A council with too few complaints to judge could have had enough by chance, so it counts among the marks and not among those
/// compared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Compared {
    /// Figures with a verdict that compares.
    pub councils: usize,
    /// Marks beyond the 95% limits that chance alone would make.
    pub by_chance: f64,
}

impl Compared {
    /// Adds up figures.
    pub fn of<'a>(figures: impl IntoIterator<Item = &'a Figure>) -> Self {
        let mut sum = Self::default();
        for figure in figures {
            sum.councils += usize::from(figure.verdict.is_compared());
            sum.by_chance += figure.chance_of_mark.unwrap_or_default();
        }
        sum
    }
}

/// The chance that at least two of some years lie beyond a limit, when the years are independent of each other.
pub fn at_least_two(chances: &[f64]) -> f64 {
    let (none, one) = chances
        .iter()
        .fold((1.0, 0.0), |(none, one), chance| (none * (1.0 - chance), one * (1.0 - chance) + none * chance));
    (1.0 - none - one).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::compare::{Verdict, verdict};
    use crate::domain::council::{CouncilId, CouncilKind};
    use crate::domain::figure::{FigureValue, SimilarAverage};
    use crate::domain::interval::{binomial_tails, poisson_tails};
    use crate::domain::measure::Measure;

    fn figure(measure: Measure, cases: u64, rate: f64) -> Figure {
        let average = rate * measure.unit().factor();
        Figure {
            council: CouncilId(1),
            measure,
            numerator: Some(0),
            denominator: Some(cases),
            residents_year: None,
            late: None,
            value: FigureValue::Rate(0.0),
            published_value: None,
            interval: None,
            similar: SimilarAverage {
                published: None,
                computed: Some(average),
                group: CouncilKind::Unitary,
                count: 60,
                with_counts: 60,
            },
            verdict: Verdict::Within,
            chance_of_mark: None,
            shrunken: None,
            rank_range: None,
            pooled: None,
            change: None,
        }
    }

    /// The same by adding up every count that has the verdict.
    fn added_up(measure: Measure, cases: u64, rate: f64, most: u64, marks: &[Verdict]) -> f64 {
        let chance = |count: u64| match measure.unit() {
            Unit::Percent => {
                let at_most = |count| binomial_tails(count, cases, rate).unwrap().at_most;
                at_most(count) - if count == 0 { 0.0 } else { at_most(count - 1) }
            }
            Unit::PerHundredThousand => {
                let at_most = |count| poisson_tails(count, rate * float(cases)).unwrap().at_most;
                at_most(count) - if count == 0 { 0.0 } else { at_most(count - 1) }
            }
        };
        let marked = |count: &u64| marks.contains(&verdict(measure, *count, cases, Some(Expected::Pooled(rate))));
        (0..=most).filter(marked).map(chance).sum()
    }

    #[test]
    fn the_chance_of_a_mark_is_that_of_all_counts_which_get_it() {
        let above = [Verdict::Higher, Verdict::PossiblyHigher];
        let below = [Verdict::Lower, Verdict::PossiblyLower];
        for (cases, rate) in [(4, 0.5), (5, 0.5), (10, 0.5), (13, 0.56), (135, 0.88), (40, 0.01), (200, 0.999)] {
            let of = |side, limit| beyond(&figure(Measure::Upheld, cases, rate), side, limit);
            let sum = |marks: &[Verdict]| added_up(Measure::Upheld, cases, rate, cases, marks);
            for (found, expected) in [
                (of(Side::Above, Limit::Inner), sum(&above)),
                (of(Side::Above, Limit::Outer), sum(&[Verdict::Higher])),
                (of(Side::Below, Limit::Inner), sum(&below)),
                (of(Side::Below, Limit::Outer), sum(&[Verdict::Lower])),
            ] {
                assert!((found - expected).abs() < 1e-9, "{cases} at {rate}: {found}, not {expected}");
            }
        }
        for (residents, rate) in [(2_000, 20e-5), (90_000, 12e-5), (550_000, 25e-5), (1_200_000, 2e-5)] {
            let of = |side, limit| beyond(&figure(Measure::ReceivedPer100k, residents, rate), side, limit);
            let sum = |marks: &[Verdict]| added_up(Measure::ReceivedPer100k, residents, rate, 2_000, marks);
            for (found, expected) in [
                (of(Side::Above, Limit::Inner), sum(&above)),
                (of(Side::Above, Limit::Outer), sum(&[Verdict::Higher])),
                (of(Side::Below, Limit::Inner), sum(&below)),
                (of(Side::Below, Limit::Outer), sum(&[Verdict::Lower])),
            ] {
                assert!((found - expected).abs() < 1e-9, "{residents} at {rate}: {found}, not {expected}");
            }
        }
    }

    #[test]
    fn a_rate_is_marked_when_it_lies_outside_the_range_that_chance_allows() {
        for (cases, rate) in [(5, 0.5), (10, 0.5), (42, 0.88), (135, 0.88), (40, 0.01)] {
            let range = range(&figure(Measure::Upheld, cases, rate)).unwrap();
            for count in 0..=cases {
                let value = float(count) / float(cases) * 100.0;
                let inside = range.low <= value && value <= range.high;
                let verdict = verdict(Measure::Upheld, count, cases, Some(Expected::Pooled(rate)));
                assert_eq!(inside, verdict == Verdict::Within, "{count} of {cases} at {rate}: {range:?}");
            }
        }
        assert_eq!(range(&figure(Measure::Upheld, 4, 0.5)), None, "too few cases to compare");
    }

    #[test]
    fn the_chance_of_a_marked_change_is_that_of_all_later_counts_which_get_it() {
        let counts = |hits, base| Counts { hits, base };
        for (unit, earlier, later) in [
            (Unit::Percent, counts(7, 13), counts(9, 13)),
            (Unit::Percent, counts(60, 70), counts(3, 40)),
            (Unit::Percent, counts(4, 5), counts(2, 3)),
            (Unit::PerHundredThousand, counts(20, 100_000), counts(24, 130_000)),
            (Unit::PerHundredThousand, counts(8, 90_000), counts(1, 91_000)),
        ] {
            let hits = earlier.hits + later.hits;
            let (mut all, mut clear) = (0.0, 0.0);
            for now in 0..=hits {
                let (then, now) = (counts(hits - now, earlier.base), counts(now, later.base));
                if unit == Unit::Percent && (then.hits > then.base || now.hits > now.base) {
                    continue;
                }
                let chance = match unit {
                    Unit::Percent => change::later_share(then, now).unwrap().pmf(now.hits),
                    Unit::PerHundredThousand => change::later_rate(then, now).unwrap().pmf(now.hits),
                };
                match change::between(unit, then, now) {
                    Verdict::Higher | Verdict::Lower => (all, clear) = (all + chance, clear + chance),
                    Verdict::PossiblyHigher | Verdict::PossiblyLower => all += chance,
                    _ => {}
                }
            }
            let found = of_a_change(unit, earlier, later);
            assert!((found.all - all).abs() < 1e-9, "{earlier:?} {later:?}: {found:?}, not {all}");
            assert!((found.clear - clear).abs() < 1e-9, "{earlier:?} {later:?}: {found:?}, not {clear}");
        }
        assert_eq!(of_a_change(Unit::Percent, counts(1, 2), counts(2, 2)), MarksByChance::default());
    }

    #[test]
    fn two_of_three_years_are_the_pairs_and_the_three() {
        assert!((at_least_two(&[0.5, 0.5, 0.5]) - 0.5).abs() < 1e-12);
        assert!((at_least_two(&[0.025, 0.025]) - 0.000_625).abs() < 1e-12);
        assert!(at_least_two(&[0.025]).abs() < 1e-12);
    }
}
