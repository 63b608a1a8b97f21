//! Funnel limits: between which rates a council's would lie by chance alone, for each number of cases
//! (after Spiegelhalter 2005, doi 10.1002/sim.1970, appendix A.1: exact binomial, interpolated so that the
//! limits are smooth). The upper limit is the mirror of the lower, so that on both sides a dot lies inside
//! exactly if its verdict says so; the formula of the appendix draws the highest count that chance allows outside.

use statrs::distribution::{Binomial, DiscreteCDF};

use super::interval::float;

/// Limits at one number of cases, as proportions 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Number of cases.
    pub cases: u64,
    /// Lower and upper 95% limit.
    pub inner: (f64, f64),
    /// Lower and upper 99.8% limit.
    pub outer: (f64, f64),
}

/// Up to so many cases there are limits for each number.
const EACH: u64 = 30;

/// The limits for up to `most` cases around a rate `p`, at about `steps` places that lie closer where the
/// funnel bends most. Empty when `p` is 0 or 1: then every other count is impossible.
pub fn limits(p: f64, most: u64, steps: u32) -> Vec<Limits> {
    if !(p > 0.0 && p < 1.0) {
        return Vec::new();
    }
    // Between few cases the limits are no straight line.
    let few = 1..=most.min(EACH);
    let further = (0..=steps).map(|step| place(most, step, steps)).filter(|cases| *cases > EACH);
    let mut places: Vec<u64> = few.chain(further).collect();
    places.dedup();
    places.into_iter().filter_map(|cases| limits_at(p, cases)).collect()
}

/// The limits for one number of cases around a rate `p` between 0 and 1.
pub fn limits_at(p: f64, cases: u64) -> Option<Limits> {
    let (hits, misses) = (Binomial::new(p, cases).ok()?, Binomial::new(1.0 - p, cases).ok()?);
    let at = |tail| (lowest(&hits, cases, tail), 1.0 - lowest(&misses, cases, tail));
    Some(Limits { cases, inner: at(0.025), outer: at(0.001) })
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 1 and most"
)]
fn place(most: u64, step: u32, steps: u32) -> u64 {
    let share = f64::from(step) / f64::from(steps.max(1));
    (1.0 + share * share * float(most.saturating_sub(1))).round() as u64
}

/// The lower limit: between the lowest count that chance reaches often enough and the one below it.
fn lowest(chance: &Binomial, cases: u64, tail: f64) -> f64 {
    let reached = chance.inverse_cdf(tail);
    let upto = chance.cdf(reached);
    let before = if reached == 0 { 0.0 } else { chance.cdf(reached - 1) };
    let back = if upto > before { (upto - tail) / (upto - before) } else { 0.0 };
    ((float(reached) - back) / float(cases)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::compare::{Verdict, judge};
    use crate::domain::interval::binomial_tails;

    #[test]
    fn limits_close_in_on_the_rate_as_cases_grow() {
        let funnel = limits(0.8, 200, 40);
        let (first, last) = (funnel.first().unwrap(), funnel.last().unwrap());
        assert_eq!((first.cases, last.cases), (1, 200));
        assert!(last.inner.0 > 0.73 && last.inner.1 < 0.86, "{last:?}");
        assert!(first.outer.1 - first.outer.0 > last.outer.1 - last.outer.0);
        for one in &funnel {
            assert!(one.outer.0 <= one.inner.0 && one.inner.0 <= one.inner.1 && one.inner.1 <= one.outer.1, "{one:?}");
        }
    }

    #[test]
    fn a_dot_lies_inside_exactly_if_its_verdict_says_so() {
        for p in [0.03, 0.14, 0.5, 0.56, 0.82, 0.87, 0.997] {
            for cases in (1..60).chain([150, 400]) {
                let limits = limits_at(p, cases).unwrap();
                for count in 0..=cases {
                    let rate = float(count) / float(cases);
                    let inside = |(low, high): (f64, f64)| (low - 1e-12..=high + 1e-12).contains(&rate);
                    let verdict = judge(binomial_tails(count, cases, p).unwrap());
                    let clear = matches!(verdict, Verdict::Higher | Verdict::Lower);
                    assert_eq!(inside(limits.inner), verdict == Verdict::Within, "{count} of {cases} around {p}");
                    assert_eq!(inside(limits.outer), !clear, "{count} of {cases} around {p}");
                }
            }
        }
    }

    #[test]
    fn a_rate_that_allows_no_other_count_has_no_funnel() {
        assert!(limits(1.0, 50, 10).is_empty());
        assert!(limits(0.0, 50, 10).is_empty());
    }
}
