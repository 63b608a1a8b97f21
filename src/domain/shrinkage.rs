//! Shrunken rates and ranks: what a group of councils says about each of its members.
//!
//! A council with few cases is drawn towards its group, one with many hardly (empirical Bayes). How strongly is estimated
//! from the group itself by the method of moments: beta-binomial for shares (Kleinman 1973, doi
//! 10.1080/01621459.1973.10481332), gamma-Poisson for rates of residents (Marshall 1991, doi 10.2307/2347593).

use super::interval::float;
use super::measure::Unit;

/// 97.5% point of the normal distribution, squared.
const Z_SQUARED: f64 = 3.841_458_820_694_124;

/// A council's counts: what was counted, of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Top of the fraction.
    pub hits: u64,
    /// Bottom of the fraction: cases or residents.
    pub base: u64,
}

/// Where a council stands in its group, as far as the counts can tell: 1 is the highest rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankRange {
    /// The highest place that can be meant.
    pub best: u64,
    /// The lowest place that can be meant.
    pub worst: u64,
    /// How many councils are ranked.
    pub of: u64,
}

/// How the true rates of a group are spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// What the counts are counts of.
    unit: Unit,
    /// The pooled rate, as a ratio.
    pub mean: f64,
    /// How much the mean weighs against a council's own counts: in cases for shares, in residents for rates of
    /// residents. Infinite where the councils differ by no more than chance.
    pub weight: f64,
}

/// A council's rate after shrinking, as a ratio, with its variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shrunken {
    /// The rate.
    pub rate: f64,
    /// The variance of what is known about it.
    pub variance: f64,
}

impl Spread {
    /// Estimates the spread from the counts of a group; `None` with fewer than two councils that have cases.
    pub fn estimate(unit: Unit, group: &[Counts]) -> Option<Self> {
        let known: Vec<(f64, f64)> =
            group.iter().filter(|one| one.base > 0).map(|one| (float(one.hits), float(one.base))).collect();
        let total: f64 = known.iter().map(|(_, base)| base).sum();
        if known.len() < 2 {
            return None;
        }
        let mean = known.iter().map(|(hits, _)| hits).sum::<f64>() / total;
        let squares: f64 = known.iter().map(|(hits, base)| base * (hits / base - mean).powi(2)).sum();
        // A group without two of them would have returned above.
        let freedom = f64::from(u32::try_from(known.len() - 1).unwrap_or(u32::MAX));
        let effective = total - known.iter().map(|(_, base)| base * base).sum::<f64>() / total;
        let weight = match unit {
            Unit::Percent => {
                let chance = mean * (1.0 - mean);
                let room = chance * (effective - freedom);
                let likeness = if room > 0.0 { (squares - freedom * chance) / room } else { 0.0 };
                if likeness > 0.0 { (1.0 / likeness.min(1.0)) - 1.0 } else { f64::INFINITY }
            }
            Unit::PerHundredThousand => {
                let variance = if effective > 0.0 { (squares - freedom * mean) / effective } else { 0.0 };
                if variance > 0.0 { mean / variance } else { f64::INFINITY }
            }
        };
        Some(Self { unit, mean, weight })
    }

    /// A council's rate drawn towards the mean.
    pub fn shrink(&self, one: Counts) -> Shrunken {
        if self.weight.is_infinite() {
            return Shrunken { rate: self.mean, variance: 0.0 };
        }
        let total = float(one.base) + self.weight;
        if total <= 0.0 {
            return Shrunken { rate: self.mean, variance: 0.0 };
        }
        let rate = (float(one.hits) + self.weight * self.mean) / total;
        let variance = match self.unit {
            Unit::Percent => rate * (1.0 - rate) / (total + 1.0),
            Unit::PerHundredThousand => rate / total,
        };
        Shrunken { rate, variance }
    }
}

/// The places that each of a group may have. One stands surely behind another only when the other's rate is higher by
/// more than chance explains, 95 times of 100, pair by pair; between all others nothing is decided.
pub fn rank_ranges(group: &[Shrunken]) -> Vec<RankRange> {
    let count = |surely: &dyn Fn(&Shrunken) -> bool| {
        u64::try_from(group.iter().filter(|other| surely(other)).count()).unwrap_or(u64::MAX)
    };
    let of = count(&|_| true);
    group
        .iter()
        .map(|one| {
            let apart =
                |other: &Shrunken| (one.rate - other.rate).powi(2) > Z_SQUARED * (one.variance + other.variance);
            RankRange {
                best: 1 + count(&|other| other.rate > one.rate && apart(other)),
                worst: of - count(&|other| other.rate < one.rate && apart(other)),
                of,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(pairs: &[(u64, u64)]) -> Vec<Counts> {
        pairs.iter().map(|(hits, base)| Counts { hits: *hits, base: *base }).collect()
    }

    #[test]
    fn few_cases_are_drawn_to_the_group_and_many_stay_where_they_are() {
        let group = counts(&[(3, 3), (40, 100), (90, 100), (50, 100), (20, 100)]);
        let spread = Spread::estimate(Unit::Percent, &group).unwrap();
        assert!(spread.weight.is_finite());
        let few = spread.shrink(group[0]).rate;
        let many = spread.shrink(group[2]).rate;
        assert!(few < 0.85 && few > spread.mean, "{few}");
        assert!((many - 0.9).abs() < 0.05, "{many}");
    }

    #[test]
    fn councils_that_differ_by_no_more_than_chance_share_one_rate_and_every_place() {
        let group = counts(&[(5, 10), (6, 12), (4, 8), (0, 0)]);
        let spread = Spread::estimate(Unit::Percent, &group).unwrap();
        let shrunken: Vec<Shrunken> = group.iter().map(|one| spread.shrink(*one)).collect();
        assert!(shrunken.iter().all(|one| (one.rate - 0.5).abs() < 1e-12));
        assert!(rank_ranges(&shrunken).iter().all(|range| *range == RankRange { best: 1, worst: 4, of: 4 }));
    }

    #[test]
    fn a_place_is_certain_only_where_the_rates_lie_clearly_apart() {
        let group = counts(&[(900, 1000), (500, 1000), (505, 1000), (100, 1000)]);
        let spread = Spread::estimate(Unit::Percent, &group).unwrap();
        let ranges = rank_ranges(&group.iter().map(|one| spread.shrink(*one)).collect::<Vec<_>>());
        let places: Vec<(u64, u64)> = ranges.iter().map(|range| (range.best, range.worst)).collect();
        assert_eq!(places, [(1, 1), (2, 3), (2, 3), (4, 4)]);
    }

    #[test]
    fn one_council_alone_has_no_group() {
        assert_eq!(Spread::estimate(Unit::Percent, &counts(&[(3, 5), (0, 0)])), None);
    }
}
