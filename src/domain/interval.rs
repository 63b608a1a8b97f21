//! Uncertainty of a rate, and how far a count lies from what is expected.
//!
//! Wilson score interval for proportions: it stays sensible at 0 and 1 and for a handful of cases, where
//! the textbook interval does not (Brown, Cai and DasGupta 2001). Exact tails for the comparison, since
//! the counts are tiny (Spiegelhalter 2005 for the funnel limits).

use statrs::distribution::{Binomial, ChiSquared, ContinuousCDF, DiscreteCDF, Poisson};

/// A 95% interval, in the unit of the rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// 97.5% point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson score interval of `hits` of `cases`, as proportions 0 to 1; `None` without cases.
pub fn wilson(hits: u64, cases: u64) -> Option<Interval> {
    if cases == 0 || hits > cases {
        return None;
    }
    let (k, n) = (float(hits), float(cases));
    let p = k / n;
    let z2 = Z * Z;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    Some(Interval {
        low: if hits == 0 { 0.0 } else { (middle - half).max(0.0) },
        high: if hits == cases { 1.0 } else { (middle + half).min(1.0) },
    })
}

/// Exact Poisson interval of a count (Garwood), in counts.
pub fn poisson(count: u64) -> Option<Interval> {
    let k = float(count);
    let quantile = |p: f64, degrees: f64| ChiSquared::new(degrees).ok().map(|chi| chi.inverse_cdf(p) / 2.0);
    let low = if count == 0 { 0.0 } else { quantile(0.025, 2.0 * k)? };
    Some(Interval { low, high: quantile(0.975, 2.0 * k + 2.0)? })
}

/// Probabilities of a count at most and at least as large as the one seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tails {
    /// P(X <= seen).
    pub at_most: f64,
    /// P(X >= seen).
    pub at_least: f64,
}

/// Tails of `hits` of `cases` when every case is a hit with chance `p`.
pub fn binomial_tails(hits: u64, cases: u64, p: f64) -> Option<Tails> {
    let chance = Binomial::new(p, cases).ok()?;
    Some(Tails { at_most: chance.cdf(hits), at_least: if hits == 0 { 1.0 } else { 1.0 - chance.cdf(hits - 1) } })
}

/// Tails of a count when `expected` are expected.
pub fn poisson_tails(count: u64, expected: f64) -> Option<Tails> {
    let chance = Poisson::new(expected).ok()?;
    Some(Tails { at_most: chance.cdf(count), at_least: if count == 0 { 1.0 } else { 1.0 - chance.cdf(count - 1) } })
}

/// A count as a float: exact below 2^53, far above any count here.
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(interval: Interval) -> (f64, f64) {
        ((interval.low * 100.0).round(), (interval.high * 100.0).round())
    }

    #[test]
    fn wilson_gives_the_textbook_values() {
        assert_eq!(percent(wilson(2, 2).unwrap()), (34.0, 100.0));
        assert_eq!(percent(wilson(8, 10).unwrap()), (49.0, 94.0));
        assert_eq!(percent(wilson(40, 50).unwrap()), (67.0, 89.0));
        let derby = wilson(7, 13).unwrap();
        assert!((derby.low * 100.0 - 29.1).abs() < 0.05 && (derby.high * 100.0 - 76.8).abs() < 0.05, "{derby:?}");
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(3, 2), None);
    }

    #[test]
    fn poisson_interval_matches_published_tables() {
        let ten = poisson(10).unwrap();
        assert!((ten.low - 4.795).abs() < 0.001 && (ten.high - 18.391).abs() < 0.001, "{ten:?}");
        assert!((poisson(0).unwrap().high - 3.689).abs() < 0.001);
    }

    #[test]
    fn tails_add_up_to_one_and_the_count_itself() {
        let tails = binomial_tails(3, 10, 0.5).unwrap();
        assert!((tails.at_most - 0.171_875).abs() < 1e-9);
        assert!((tails.at_least - 0.945_312_5).abs() < 1e-9);
        assert!((binomial_tails(0, 4, 0.3).unwrap().at_least - 1.0).abs() < 1e-12);
    }
}
