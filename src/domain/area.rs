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
    /// How many districts are left out of the rate because the county council over them is not in it.
    pub without_county_council: u64,
    /// How many councils of counties are left out of it because too few of the districts have counts.
    pub without_districts: u64,
}

/// Why counts give no rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNoRate {
    /// Too few councils have the count.
    TooFew,
    /// Too few of those that have it have a known number of residents.
    NoResidents,
    /// Districts have the count, and the county council over them does not.
    NoCountyCouncil,
    /// A county council has the count, and too few of its districts do, or they are not among the councils.
    NoDistricts,
}

impl WhyNoRate {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::TooFew, Self::NoResidents, Self::NoCountyCouncil, Self::NoDistricts];

    /// Its word in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TooFew => "too-few-counts",
            Self::NoResidents => "residents-not-known",
            Self::NoCountyCouncil => "no-county-council",
            Self::NoDistricts => "no-districts",
        }
    }
}

/// A county council and the districts in its area. Each provides a part of the services to the same residents.
#[derive(Clone, Copy, Debug, Default)]
struct CountyArea {
    /// The count and the residents of the county council, where both are known.
    council: Option<(u64, u64)>,
    /// How many districts there are.
    districts: u64,
    /// How many of them have both.
    with_rates: u64,
    numerator: u64,
    residents: u64,
}

impl CountyArea {
    fn add(&mut self, kind: CouncilKind, counts: Option<(u64, u64)>) {
        if kind == CouncilKind::County {
            self.council = counts;
            return;
        }
        self.districts += 1;
        if let Some((numerator, residents)) = counts {
            self.with_rates += 1;
            self.numerator += numerator;
            self.residents += residents;
        }
    }
}

impl AreaCounts {
    /// Adds up the counts of councils. A county council and the districts in its area count the same residents: they are
    /// counted once, and only where both tiers have counts. Without the county council, education, care and roads would be
    /// missing from a rate of all residents; without the districts, housing and planning.
    pub fn of(unit: Unit, members: &[MemberCounts]) -> Self {
        let mut sum = Self::default();
        let mut counties: BTreeMap<CouncilId, CountyArea> = BTreeMap::new();
        for one in members {
            sum.councils += 1;
            if let Some((numerator, _)) = one.counts {
                sum.with_counts += 1;
                sum.numerator += numerator;
            }
            let rated = one.counts.and_then(|(numerator, denominator)| Some((numerator, denominator?)));
            let county = if one.kind == CouncilKind::County { Some(one.council) } else { one.county };
            match county.filter(|_| unit == Unit::PerHundredThousand) {
                Some(county) => counties.entry(county).or_default().add(one.kind, rated),
                None => rated.into_iter().for_each(|counts| sum.rate_of(1, counts)),
            }
        }
        for area in counties.values() {
            sum.rate_of_county(area);
        }
        sum
    }

    fn rate_of(&mut self, councils: u64, (numerator, denominator): (u64, u64)) {
        self.with_rates += councils;
        self.rate_numerator += numerator;
        self.denominator += denominator;
    }

    fn rate_of_county(&mut self, area: &CountyArea) {
        match area.council {
            None => self.without_county_council += area.with_rates,
            Some(_) if !enough_of_group(area.with_rates, area.districts) => {
                self.without_districts += 1 + area.with_rates;
            }
            Some((numerator, residents)) => {
                self.rate_of(1 + area.with_rates, (numerator + area.numerator, residents.max(area.residents)));
            }
        }
    }

    /// The pooled rate in a unit, when at least 80% of the councils have what it needs.
    pub fn rate(&self, unit: Unit) -> Option<f64> {
        let known = enough_of_group(self.with_rates, self.councils) && self.denominator > 0;
        known.then(|| float(self.rate_numerator) / float(self.denominator) * unit.factor())
    }

    /// Why there is no pooled rate; nothing where there is one.
    pub fn why_no_rate(&self, unit: Unit) -> Option<WhyNoRate> {
        if self.rate(unit).is_some() {
            return None;
        }
        let one_tier = self.without_county_council + self.without_districts;
        Some(if one_tier > 0 && enough_of_group(self.with_rates + one_tier, self.councils) {
            if self.without_county_council >= self.without_districts {
                WhyNoRate::NoCountyCouncil
            } else {
                WhyNoRate::NoDistricts
            }
        } else if unit == Unit::PerHundredThousand && enough_of_group(self.with_counts, self.councils) {
            WhyNoRate::NoResidents
        } else {
            WhyNoRate::TooFew
        })
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

    /// A county council and its eight districts, each with counts.
    fn county_area() -> Vec<MemberCounts> {
        let districts = (2..10).map(|id| member(id, CouncilKind::District, Some(1), Some((10, 100_000))));
        std::iter::once(member(1, CouncilKind::County, None, Some((120, 800_000)))).chain(districts).collect()
    }

    #[test]
    fn a_county_area_has_a_rate_only_with_both_its_tiers() {
        const UNIT: Unit = Unit::PerHundredThousand;
        let whole = AreaCounts::of(UNIT, &county_area());
        assert_eq!((whole.rate(UNIT), whole.why_no_rate(UNIT)), (Some(25.0), None));

        let mut districts_alone = county_area();
        districts_alone[0].counts = None;
        let sum = AreaCounts::of(UNIT, &districts_alone);
        assert_eq!((sum.numerator, sum.with_counts), (80, 8), "eight of nine are more than 80%");
        assert_eq!((sum.rate(UNIT), sum.why_no_rate(UNIT)), (None, Some(WhyNoRate::NoCountyCouncil)));
        districts_alone.remove(0);
        assert_eq!(AreaCounts::of(UNIT, &districts_alone).why_no_rate(UNIT), Some(WhyNoRate::NoCountyCouncil));

        let county_alone = AreaCounts::of(UNIT, &county_area()[..1]);
        assert_eq!((county_alone.numerator, county_alone.with_rates), (120, 0));
        assert_eq!(county_alone.why_no_rate(UNIT), Some(WhyNoRate::NoDistricts));

        let mut without_residents = county_area();
        for one in &mut without_residents {
            one.counts = one.counts.map(|(count, _)| (count, None));
        }
        assert_eq!(AreaCounts::of(UNIT, &without_residents).why_no_rate(UNIT), Some(WhyNoRate::NoResidents));
    }

    #[test]
    fn a_county_of_one_tier_leaves_the_rate_of_the_others_in_its_region_as_it_is() {
        let unitaries = (20..60).map(|id| member(id, CouncilKind::Unitary, None, Some((30, 200_000))));
        let mut members: Vec<MemberCounts> = county_area().into_iter().chain(unitaries).collect();
        members[0].counts = None;
        let sum = AreaCounts::of(Unit::PerHundredThousand, &members);
        assert_eq!((sum.with_rates, sum.without_county_council, sum.councils), (40, 8, 49));
        assert_eq!(sum.numerator, 1_280);
        assert!(sum.rate(Unit::PerHundredThousand).is_some_and(|rate| (rate - 15.0).abs() < 1e-9));
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
    fn a_tier_is_named_as_the_reason_only_where_it_would_make_up_for_what_is_missing() {
        let mut members = county_area();
        members[0].counts = None;
        let unknown = (20..40).map(|id| MemberCounts {
            council: CouncilId(id),
            kind: CouncilKind::Unitary,
            county: None,
            counts: Some((30, None)),
        });
        members.extend(unknown);
        let sum = AreaCounts::of(Unit::PerHundredThousand, &members);
        assert_eq!(sum.without_county_council, 8);
        assert_eq!(sum.why_no_rate(Unit::PerHundredThousand), Some(WhyNoRate::NoResidents));
    }

    #[test]
    fn cases_are_added_up_whoever_has_them() {
        let sum = AreaCounts::of(Unit::Percent, &derbyshire());
        assert_eq!((sum.denominator, sum.whole()), (1_800_000, Some(120)));
        assert_eq!(AreaCounts::of(Unit::Percent, &[]).rate(Unit::Percent), None);
    }
}
