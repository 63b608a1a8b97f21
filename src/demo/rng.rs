//! Chance that can be repeated: every stream of numbers is named by the seed, a label and a place, so a
//! council's figures do not change when another council is added to the register.

use std::f64::consts::TAU;

use crate::domain::figure::whole;
use crate::domain::interval::float;

/// One stream of numbers.
#[derive(Clone, Debug)]
pub(super) struct DemoRng(fastrand::Rng);

impl DemoRng {
    /// The stream of one purpose and place.
    pub(super) fn new(seed: u64, label: &str, place: [u64; 2]) -> Self {
        let words = label.bytes().map(u64::from).chain(place);
        Self(fastrand::Rng::with_seed(words.fold(mixed(seed), |state, word| mixed(state ^ word))))
    }

    /// A number from 0 up to, not including, 1.
    pub(super) fn unit(&mut self) -> f64 {
        self.0.f64()
    }

    /// True in this share of cases.
    pub(super) fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        self.0.i32(low..=high.max(low))
    }

    /// A number between two others.
    pub(super) fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// One of several; `None` of an empty list.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        if list.is_empty() { None } else { list.get(self.0.usize(..list.len())) }
    }

    /// One of several phrases.
    pub(super) fn phrase(&mut self, list: &[&'static str]) -> &'static str {
        self.pick(list).copied().unwrap_or_default()
    }

    /// The place of one of several weights, by its share in their sum.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let mut left = self.unit() * weights.clone().sum::<f64>();
        let mut last = 0;
        for (place, weight) in weights.enumerate().filter(|(_, weight)| *weight > 0.0) {
            last = place;
            left -= weight;
            if left < 0.0 {
                break;
            }
        }
        last
    }

    /// A standard normal number (Box and Muller).
    pub(super) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (TAU * self.unit()).cos()
    }

    /// A gamma number with mean 1 (Marsaglia and Tsang, doi 10.1145/358407.358414); `shape` of 1 or more.
    pub(super) fn gamma(&mut self, shape: f64) -> f64 {
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && (1.0 - self.unit()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v / shape;
            }
        }
    }

    /// A Poisson count; above a mean of 60 the rounded normal, which is then within 1% of it.
    pub(super) fn poisson(&mut self, mean: f64) -> u64 {
        if mean > 60.0 {
            let about = mean + mean.sqrt() * self.normal();
            return whole(about.max(0.0).round()).unwrap_or(0);
        }
        let floor = (-mean).exp();
        let mut product = self.unit();
        let mut count = 0;
        while product > floor {
            product *= self.unit();
            count += 1;
        }
        count
    }

    /// How many of `cases` hit, each with the same chance.
    pub(super) fn binomial(&mut self, cases: u64, share: f64) -> u64 {
        (0..cases).map(|_| u64::from(self.chance(share))).sum()
    }

    /// A total dealt out to places by their weights.
    pub(super) fn deal<const N: usize>(&mut self, total: u64, weights: [f64; N]) -> [u64; N] {
        let mut left = total;
        let mut rest: f64 = weights.iter().sum();
        weights.map(|weight| {
            let share = if rest > 0.0 { (weight / rest).min(1.0) } else { 0.0 };
            let dealt = if float(left) * share > 60.0 {
                let mean = float(left) * share;
                let about = mean + (mean * (1.0 - share)).sqrt() * self.normal();
                whole(about.max(0.0).round()).unwrap_or(0).min(left)
            } else {
                self.binomial(left, share)
            };
            left -= dealt;
            rest -= weight;
            dealt
        })
    }
}

/// The finishing step of SplitMix64: neighbouring seeds give unrelated streams.
fn mixed(word: u64) -> u64 {
    let mut z = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(count: u32, mut draw: impl FnMut() -> f64) -> f64 {
        (0..count).map(|_| draw()).sum::<f64>() / f64::from(count)
    }

    #[test]
    fn streams_repeat_and_differ_by_seed_label_and_place() {
        let first = |seed, label, place| DemoRng::new(seed, label, place).unit().to_bits();
        assert_eq!(first(1, "a", [2, 3]), first(1, "a", [2, 3]));
        for other in [first(2, "a", [2, 3]), first(1, "b", [2, 3]), first(1, "a", [3, 2])] {
            assert_ne!(first(1, "a", [2, 3]), other);
        }
    }

    #[test]
    fn counts_have_the_means_asked_for() {
        let mut rng = DemoRng::new(7, "test", [0, 0]);
        for wanted in [0.3, 4.0, 25.0, 400.0] {
            let found = mean(4000, || float(rng.poisson(wanted)));
            assert!((found / wanted - 1.0).abs() < 0.08, "{wanted}: {found}");
        }
        assert!((mean(4000, || rng.gamma(5.0)) - 1.0).abs() < 0.05);
        assert!((mean(4000, || float(rng.binomial(20, 0.7))) - 14.0).abs() < 0.3);
    }

    #[test]
    fn a_total_dealt_out_is_neither_more_nor_less() {
        let mut rng = DemoRng::new(7, "deal", [0, 0]);
        for total in [0, 1, 13, 900] {
            let dealt = rng.deal(total, [5.0, 0.0, 3.0, 2.0]);
            assert_eq!((dealt.iter().sum::<u64>(), dealt[1]), (total, 0));
        }
    }
}
