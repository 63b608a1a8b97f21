//! The verdict on a figure against similar councils. Computed once, when a version of the data is made.

use super::council::CouncilKind;
use super::interval::{Tails, binomial_tails, float, poisson_tails};
use super::measure::{Judgement, Measure, Unit};

/// Fewer cases than this say nothing about a council (docs/adr/0010-statistical-method.md).
pub const FEWEST_CASES: u64 = 5;

/// The share of a group's councils that must have counts before their pooled rate stands for the group.
const ENOUGH_OF_GROUP: f64 = 0.8;

/// Whether so many councils of a group have counts that together they stand for it.
pub fn enough_of_group(with_counts: u64, councils: u64) -> bool {
    councils > 0 && float(with_counts) >= ENOUGH_OF_GROUP * float(councils)
}

/// Where a figure stands against what is expected of its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Beyond the upper 99.8% limit.
    Higher,
    /// Beyond the upper 95% limit.
    PossiblyHigher,
    /// Inside the 95% limits.
    Within,
    /// Beyond the lower 95% limit.
    PossiblyLower,
    /// Beyond the lower 99.8% limit.
    Lower,
    /// Fewer than five cases.
    TooFew,
    /// No cases: 0 of 0.
    NoRate,
    /// No counts, no number of residents, or nothing to compare with.
    NotCompared,
}

impl Verdict {
    /// All verdicts in the order of a legend.
    pub const ALL: [Self; 8] = [
        Self::Higher,
        Self::PossiblyHigher,
        Self::Within,
        Self::PossiblyLower,
        Self::Lower,
        Self::TooFew,
        Self::NoRate,
        Self::NotCompared,
    ];

    /// Whether the council was compared with its group: with too few cases or without a rate or an average it is not.
    pub fn is_compared(self) -> bool {
        !matches!(self, Self::TooFew | Self::NoRate | Self::NotCompared)
    }

    /// The word in files and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::PossiblyHigher => "possibly-higher",
            Self::Within => "within",
            Self::PossiblyLower => "possibly-lower",
            Self::Lower => "lower",
            Self::TooFew => "too-few",
            Self::NoRate => "no-rate",
            Self::NotCompared => "not-compared",
        }
    }

    /// Reads the word in files.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.as_str() == text)
    }

    /// In words, as a label: better and worse where a measure may be judged, higher and lower elsewhere.
    pub fn title(self, judgement: Judgement) -> &'static str {
        use Judgement::{HigherIsBetter, HigherIsWorse, Neutral};
        match (self, judgement) {
            (Self::Higher, Neutral) => "Higher than expected",
            (Self::PossiblyHigher, Neutral) => "Possibly higher than expected",
            (Self::PossiblyLower, Neutral) => "Possibly lower than expected",
            (Self::Lower, Neutral) => "Lower than expected",
            (Self::Higher, HigherIsBetter) | (Self::Lower, HigherIsWorse) => "Better than expected",
            (Self::PossiblyHigher, HigherIsBetter) | (Self::PossiblyLower, HigherIsWorse) => {
                "Possibly better than expected"
            }
            (Self::PossiblyLower, HigherIsBetter) | (Self::PossiblyHigher, HigherIsWorse) => {
                "Possibly worse than expected"
            }
            (Self::Lower, HigherIsBetter) | (Self::Higher, HigherIsWorse) => "Worse than expected",
            (Self::Within, _) => "Within the range expected",
            (Self::TooFew, _) => "Too few cases to say",
            (Self::NoRate, _) => "No cases",
            (Self::NotCompared, _) => "Not compared",
        }
    }

    /// The small print under the label in a legend.
    pub fn note(self) -> &'static str {
        match self {
            Self::Higher | Self::Lower => "beyond the 99.8% limit",
            Self::PossiblyHigher | Self::PossiblyLower => "beyond the 95% limit",
            Self::Within => "inside the 95% limits",
            Self::TooFew => "fewer than 5 cases",
            Self::NoRate => "0 of 0: no rate, which is not 0%",
            Self::NotCompared => "no counts, no number of residents, or no average to compare with",
        }
    }
}

/// The rate of a group of similar councils in one year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupRate {
    /// The group.
    pub kind: CouncilKind,
    /// How many councils it had in the year.
    pub councils: u64,
    /// How many of them have counts.
    pub with_counts: u64,
    /// Sum of the numerators.
    pub numerator: u64,
    /// Sum of the denominators.
    pub denominator: u64,
}

impl GroupRate {
    /// The pooled rate (sum over sum, 0 to 1), when enough of the group have counts.
    pub fn pooled(&self) -> Option<f64> {
        let enough = enough_of_group(self.with_counts, self.councils) && self.denominator > 0;
        enough.then(|| float(self.numerator) / float(self.denominator))
    }
}

/// The rate a council is compared with, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expected {
    /// The group's pooled rate.
    Pooled(f64),
    /// The average as published, rounded by the publisher.
    Published(f64),
}

impl Expected {
    /// Pooled where enough of the group have counts, else published, else nothing
    /// (docs/adr/0010-statistical-method.md).
    pub fn choose(group: Option<&GroupRate>, published: Option<f64>, unit: Unit) -> Option<Self> {
        group
            .and_then(GroupRate::pooled)
            .map(Self::Pooled)
            .or_else(|| published.map(|value| Self::Published(value / unit.factor())))
    }

    /// The chance used in the comparison. A published 100% may be 99.5% before rounding: without this,
    /// one miss in fifty would be called impossible.
    pub(super) fn chance(self, unit: Unit) -> f64 {
        match (self, unit) {
            (Self::Pooled(rate), _) => rate,
            (Self::Published(rate), Unit::Percent) => rate.clamp(0.005, 0.995),
            (Self::Published(rate), Unit::PerHundredThousand) => rate.max(0.05 / 100_000.0),
        }
    }
}

/// The verdict on `numerator` of `denominator` against the rate expected.
pub fn verdict(measure: Measure, numerator: u64, denominator: u64, expected: Option<Expected>) -> Verdict {
    if denominator == 0 {
        return Verdict::NoRate;
    }
    let unit = measure.unit();
    let cases = match unit {
        Unit::Percent => denominator,
        Unit::PerHundredThousand => numerator,
    };
    if cases < FEWEST_CASES {
        return Verdict::TooFew;
    }
    let tails = expected.and_then(|expected| {
        let chance = expected.chance(unit);
        match unit {
            Unit::Percent => binomial_tails(numerator, denominator, chance),
            Unit::PerHundredThousand => poisson_tails(numerator, chance * float(denominator)),
        }
    });
    tails.map_or(Verdict::NotCompared, judge)
}

/// The verdict on a count by how likely one as high, or as low, is.
pub(super) fn judge(tails: Tails) -> Verdict {
    match tails {
        Tails { at_least, .. } if at_least < 0.001 => Verdict::Higher,
        Tails { at_most, .. } if at_most < 0.001 => Verdict::Lower,
        Tails { at_least, .. } if at_least < 0.025 => Verdict::PossiblyHigher,
        Tails { at_most, .. } if at_most < 0.025 => Verdict::PossiblyLower,
        _ => Verdict::Within,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn against(numerator: u64, denominator: u64, rate: f64) -> Verdict {
        verdict(Measure::Upheld, numerator, denominator, Some(Expected::Pooled(rate)))
    }

    #[test]
    fn small_numbers_are_never_read_as_performance() {
        assert_eq!(against(1, 4, 0.45), Verdict::TooFew);
        assert_eq!(against(0, 0, 0.45), Verdict::NoRate);
        assert_eq!(against(7, 13, 0.56), Verdict::Within);
    }

    #[test]
    fn the_limits_are_95_and_99_8_per_cent() {
        assert_eq!(against(10, 10, 0.5), Verdict::Higher); // 1 in 1,024
        assert_eq!(against(9, 10, 0.5), Verdict::PossiblyHigher); // 1.07%
        assert_eq!(against(8, 10, 0.5), Verdict::Within); // 5.5%
        assert_eq!(against(1, 10, 0.5), Verdict::PossiblyLower);
        assert_eq!(against(0, 10, 0.5), Verdict::Lower);
    }

    #[test]
    fn a_group_with_few_counts_falls_back_to_the_published_average() {
        let mut group =
            GroupRate { kind: CouncilKind::Unitary, councils: 56, with_counts: 44, numerator: 300, denominator: 600 };
        let choose = |group: &GroupRate| Expected::choose(Some(group), Some(56.0), Unit::Percent);
        assert_eq!(choose(&group), Some(Expected::Published(0.56)));
        group.with_counts = 45;
        assert_eq!(choose(&group), Some(Expected::Pooled(0.5)));
        assert_eq!(Expected::choose(None, None, Unit::Percent), None);
        assert_eq!(verdict(Measure::Upheld, 7, 13, None), Verdict::NotCompared);
    }

    #[test]
    fn a_published_average_of_100_per_cent_does_not_make_one_miss_impossible() {
        let expected = Expected::choose(None, Some(100.0), Unit::Percent);
        assert_eq!(verdict(Measure::Compliance, 49, 50, expected), Verdict::Within);
    }

    #[test]
    fn only_what_may_be_judged_is_called_better_or_worse() {
        let title = |verdict: Verdict, measure: Measure| verdict.title(measure.judgement());
        assert_eq!(title(Verdict::Higher, Measure::Upheld), "Higher than expected");
        assert_eq!(title(Verdict::Lower, Measure::Compliance), "Worse than expected");
        assert_eq!(title(Verdict::Higher, Measure::LateCompliance), "Worse than expected");
        assert_eq!(title(Verdict::PossiblyLower, Measure::LateCompliance), "Possibly better than expected");
    }

    #[test]
    fn rates_per_100_000_are_compared_as_counts() {
        let expected = Some(Expected::Pooled(5.3 / 100_000.0));
        assert_eq!(verdict(Measure::UpheldPer100k, 50, 568_000, expected), Verdict::Higher);
        assert_eq!(verdict(Measure::UpheldPer100k, 3, 100_000, expected), Verdict::TooFew);
    }
}
