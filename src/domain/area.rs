//! Areas that several councils share: the pooled counts of their councils, and how many people live there.

use std::collections::BTreeMap;

use super::compare::enough_of_group;
use super::council::{CouncilId, CouncilKind};
use super::interval::float;
use super::measure::Unit;

/// The counts of one council, of one measure in one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberCounts {
    /// Whose.
    pub council: CouncilId,
    /// Its kind.
    pub kind: CouncilKind,
    /// The county council over it.
    pub county: Option<CouncilId>,
    /// Top of the fraction and, where it is known, the bottom; none without a count.
    pub counts: Option<(u64, Option<u64>)>,
}

/// The counts of an area added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AreaCounts {
    /// How many councils there are.
    pub councils: u64,
    /// How many of them have the count.
    pub with_counts: u64,
    /// The counts of all that have one added up.
    pub numerator: u64,
    /// How many have also what a rate needs, such as the number of residents.
    pub with_rates: u64,
    /// The counts of these alone added up: the top of the rate.
    pub rate_numerator: u64,
    /// Their denominators added up, the bottom of the rate; of residents, each person once.
    pub denominator: u64,
}

impl AreaCounts {
    /// Adds up the counts of councils. A county council and the districts in its area count the same residents: they are
    /// counted once, as the county council has them, or its districts where it has no counts here or is not among these.
    pub fn of(unit: Unit, members: &[MemberCounts]) -> Self {
        let mut sum = Self::default();
        let mut counties: BTreeMap<CouncilId, (u64, u64)> = BTreeMap::new();
        for one in members {
            sum.councils += 1;
            let Some((numerator, denominator)) = one.counts else { continue };
            sum.with_counts += 1;
            sum.numerator += numerator;
            let Some(denominator) = denominator else { continue };
            sum.with_rates += 1;
            sum.rate_numerator += numerator;
            let county = if one.kind == CouncilKind::County { Some(one.council) } else { one.county };
            match county {
                Some(county) if unit == Unit::PerHundredThousand => {
                    let (own, districts) = counties.entry(county).or_default();
                    *if one.kind == CouncilKind::County { own } else { districts } += denominator;
                }
                _ => sum.denominator += denominator,
            }
        }
        sum.denominator += counties.values().map(|(own, districts)| own.max(districts)).sum::<u64>();
        sum
    }

    /// The pooled rate in a unit, when at least 80% of the councils have what it needs.
    pub fn rate(&self, unit: Unit) -> Option<f64> {
        let known = enough_of_group(self.with_rates, self.councils) && self.denominator > 0;
        known.then(|| float(self.rate_numerator) / float(self.denominator) * unit.factor())
    }

    /// The numerators added up, when every council has counts: sums of some councils cannot be compared with those of others.
    pub fn whole(&self) -> Option<u64> {
        (self.councils > 0 && self.with_counts == self.councils).then_some(self.numerator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(id: i64, kind: CouncilKind, county: Option<i64>, counts: Option<(u64, u64)>) -> MemberCounts {
        let counts = counts.map(|(top, bottom)| (top, Some(bottom)));
        MemberCounts { council: CouncilId(id), kind, county: county.map(CouncilId), counts }
    }

    fn derbyshire() -> Vec<MemberCounts> {
        vec![
            member(1, CouncilKind::County, None, Some((60, 800_000))),
            member(2, CouncilKind::District, Some(1), Some((10, 300_000))),
            member(3, CouncilKind::District, Some(1), Some((20, 500_000))),
            member(4, CouncilKind::Unitary, None, Some((30, 200_000))),
        ]
    }

    #[test]
    fn residents_of_a_county_and_its_districts_are_counted_once() {
        let sum = AreaCounts::of(Unit::PerHundredThousand, &derbyshire());
        assert_eq!((sum.numerator, sum.denominator), (120, 1_000_000));
        assert_eq!(sum.rate(Unit::PerHundredThousand), Some(12.0));
    }

    #[test]
    fn districts_stand_for_their_residents_where_the_county_has_no_counts() {
        let mut members = derbyshire();
        members[0].counts = None;
        let sum = AreaCounts::of(Unit::PerHundredThousand, &members);
        assert_eq!((sum.numerator, sum.denominator, sum.with_counts), (60, 1_000_000, 3));
        assert_eq!((sum.rate(Unit::PerHundredThousand), sum.whole()), (None, None), "three of four are less than 80%");
        members.remove(0);
        assert_eq!(AreaCounts::of(Unit::PerHundredThousand, &members).denominator, 1_000_000);
    }

    #[test]
    fn a_council_without_a_number_of_residents_counts_in_the_sum_and_not_in_the_rate() {
        let mut members: Vec<MemberCounts> =
            (1..=5).map(|id| member(id, CouncilKind::Unitary, None, Some((10, 100_000)))).collect();
        members[4].counts = Some((50, None));
        let sum = AreaCounts::of(Unit::PerHundredThousand, &members);
        assert_eq!((sum.numerator, sum.with_counts, sum.whole()), (90, 5, Some(90)));
        assert_eq!((sum.rate_numerator, sum.with_rates, sum.denominator), (40, 4, 400_000));
        assert_eq!(sum.rate(Unit::PerHundredThousand), Some(10.0));
        members[3].counts = Some((50, None));
        assert_eq!(AreaCounts::of(Unit::PerHundredThousand, &members).rate(Unit::PerHundredThousand), None);
    }

    #[test]
    fn cases_are_added_up_whoever_has_them() {
        let sum = AreaCounts::of(Unit::Percent, &derbyshire());
        assert_eq!((sum.denominator, sum.whole()), (1_800_000, Some(120)));
        assert_eq!(AreaCounts::of(Unit::Percent, &[]).rate(Unit::Percent), None);
    }
}
