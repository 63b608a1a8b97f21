//! Figures: a measure of one council in one year, made from the cells of the yearly tables.
//!
//! Everything a reader is told about a rate (value, interval, average, verdict) is decided here, once,
//! when a version of the data is built. Pages, JSON and CSV only repeat it.

use std::collections::BTreeMap;

use super::change::Change;
use super::compare::{Expected, GroupRate, Verdict, verdict};
use super::council::{CouncilId, CouncilKind, Residents};
use super::interval::{Interval, float, poisson, wilson};
use super::measure::{Count, Denominator, Measure, Unit};
use super::shrinkage::{Counts, RankRange};
use super::year::ReportingYear;

/// All cells that one council has for one year, by column name.
#[derive(Clone, Debug)]
pub struct CouncilCells {
    /// Whose they are.
    pub council: CouncilId,
    /// The group it is averaged with.
    pub kind: CouncilKind,
    /// Residents by the estimate nearest to the year, for rates per 100,000.
    pub residents: Option<Residents>,
    /// Whether it existed in the year. The Ombudsman prints figures of councils that have ended, for cases that were
    /// still open; they stand outside every average.
    pub existed: bool,
    /// Values by canonical column.
    pub cells: BTreeMap<String, f64>,
}

/// The four states of a value. They are never mixed: nothing due is not zero, and not known is neither.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FigureValue {
    /// A rate; zero is one.
    Rate(f64),
    /// 0 of 0: there was nothing to count.
    NothingDue,
    /// No figure has been loaded.
    NotKnown,
}

/// The average of similar authorities beside a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimilarAverage {
    /// As the Ombudsman published it, in the unit of the measure.
    pub published: Option<f64>,
    /// Pooled from the counts at hand, in the unit of the measure; only when at least 80% of the group
    /// have counts.
    pub computed: Option<f64>,
    /// The group.
    pub group: CouncilKind,
    /// How many councils the group had in the year; 0 for a council that had ended, which is compared with none.
    pub count: u64,
    /// How many of them have counts here.
    pub with_counts: u64,
}

/// Several years that count the same, taken together.
#[derive(Clone, Debug, PartialEq)]
pub struct Pooled {
    /// How many years: two or three, the last of them the figure's own.
    pub years: u64,
    /// Sum of the tops.
    pub numerator: u64,
    /// Sum of the bottoms; for residents, the residents of each year.
    pub denominator: u64,
    /// 95% interval, in the unit of the measure.
    pub interval: Option<Interval>,
    /// The verdict against the group over the same years; "not compared" where the group lacks counts in one of them.
    pub verdict: Verdict,
}

impl Pooled {
    /// The years taken together, oldest first, of which the last is `last`.
    pub fn reporting_years(&self, last: ReportingYear) -> impl Iterator<Item = ReportingYear> {
        let mut years: Vec<ReportingYear> = std::iter::successors(Some(last), |year| Some(year.previous()))
            .zip(0..self.years)
            .map(|(year, _)| year)
            .collect();
        years.reverse();
        years.into_iter()
    }

    /// The rate in the unit of the measure; none without cases.
    pub fn value(&self, unit: Unit) -> Option<f64> {
        (self.denominator > 0).then(|| float(self.numerator) / float(self.denominator) * unit.factor())
    }
}

/// One measure of one council in one year.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Whose.
    pub council: CouncilId,
    /// Which measure.
    pub measure: Measure,
    /// Top of the fraction.
    pub numerator: Option<u64>,
    /// Bottom of the fraction.
    pub denominator: Option<u64>,
    /// The calendar year of the estimate, where the bottom counts residents.
    pub residents_year: Option<i16>,
    /// Recommendations carried out late; a count of its own, part of the numerator of compliance.
    pub late: Option<u64>,
    /// The rate, or why there is none.
    pub value: FigureValue,
    /// The rate as published, in the unit of the measure.
    pub published_value: Option<f64>,
    /// 95% interval, in the unit of the measure.
    pub interval: Option<Interval>,
    /// The average beside it.
    pub similar: SimilarAverage,
    /// The verdict against the group.
    pub verdict: Verdict,
    /// How likely chance alone would mark it as higher or lower, possibly or surely, were it like its group, 0 to 1.
    pub chance_of_mark: Option<f64>,
    /// The rate drawn towards the group's, in the unit of the measure; only where enough of the group have counts.
    pub shrunken: Option<f64>,
    /// Its place in the group, as far as the counts can tell.
    pub rank_range: Option<RankRange>,
    /// With the one or two years before it, where these count the same.
    pub pooled: Option<Pooled>,
    /// Against the year before, where that counts the same.
    pub change: Option<Change>,
}

impl Figure {
    /// Whether its council had ended before the year began, so that it stands outside averages and the map.
    pub fn is_after_the_end(&self) -> bool {
        self.similar.count == 0
    }

    /// Whether it has a count but no rate, because the number of residents is not known.
    pub fn lacks_residents(&self) -> bool {
        self.measure.unit() == Unit::PerHundredThousand
            && self.numerator.is_some()
            && self.denominator.is_none()
            && self.value == FigureValue::NotKnown
    }

    /// Its counts, where both are known and fit together.
    pub fn counts(&self) -> Option<Counts> {
        let (hits, base) = self.numerator.zip(self.denominator)?;
        (hits <= base).then_some(Counts { hits, base })
    }
}

impl CouncilCells {
    fn cell(&self, field: &str) -> Option<u64> {
        self.cells.get(field).copied().and_then(whole)
    }

    /// A count by the first of its ways whose columns are all known.
    fn count(&self, count: Count) -> Option<u64> {
        count.ways.iter().find_map(|way| way.iter().map(|field| self.cell(field)).sum())
    }

    fn counts(&self, measure: Measure) -> (Option<u64>, Option<u64>) {
        let row = measure.definition();
        let bottom = match row.denominator {
            Denominator::Own(count) | Denominator::Shared(count) => self.count(count),
            Denominator::Residents => self.residents.map(|residents| residents.count),
        };
        // Of nothing there is nothing, whether the table says so or leaves the cell blank.
        let nothing = (bottom == Some(0) && measure.unit() == Unit::Percent).then_some(0);
        (self.count(row.numerator).or(nothing), bottom)
    }

    fn says_something(&self, measure: Measure) -> bool {
        let (top, bottom) = self.counts(measure);
        let counted = match measure.definition().denominator {
            Denominator::Own(_) => top.is_some() || bottom.is_some(),
            // A count is known also where the number of residents is not.
            Denominator::Shared(_) | Denominator::Residents => top.is_some(),
        };
        let published = measure.rate_field().into_iter().chain(measure.similar_field());
        counted || published.into_iter().any(|field| self.cells.contains_key(field))
    }
}

/// A cell as a whole count; `None` when it is negative, broken or not whole.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked first")]
pub fn whole(value: f64) -> Option<u64> {
    (value.fract() == 0.0 && (0.0..=9e15).contains(&value)).then_some(value as u64)
}

/// The group rates of one measure over all councils that existed in a year.
pub fn group_rates(measure: Measure, councils: &[CouncilCells]) -> BTreeMap<CouncilKind, GroupRate> {
    let mut groups = BTreeMap::new();
    for one in councils.iter().filter(|one| one.existed) {
        let group = groups.entry(one.kind).or_insert(GroupRate {
            kind: one.kind,
            councils: 0,
            with_counts: 0,
            numerator: 0,
            denominator: 0,
        });
        group.councils += 1;
        if let (Some(numerator), Some(denominator)) = one.counts(measure) {
            group.with_counts += 1;
            group.numerator += numerator;
            group.denominator += denominator;
        }
    }
    groups
}

/// All figures of one year. `councils` holds every council that existed in it, with or without cells,
/// since the size of a group counts.
pub fn derive(councils: &[CouncilCells]) -> Vec<Figure> {
    let mut figures = Vec::new();
    for measure in Measure::ALL {
        let groups = group_rates(measure, councils);
        figures.extend(
            councils
                .iter()
                .filter(|one| one.says_something(measure))
                .map(|one| figure(measure, one, groups.get(&one.kind).filter(|_| one.existed))),
        );
    }
    figures
}

fn figure(measure: Measure, one: &CouncilCells, group: Option<&GroupRate>) -> Figure {
    let unit = measure.unit();
    let (numerator, denominator) = one.counts(measure);
    let cell = |field: Option<&str>| field.and_then(|field| one.cells.get(field)).copied();
    let (published_value, published) = (cell(measure.rate_field()), cell(measure.similar_field()));
    let residents = one.residents.filter(|_| unit == Unit::PerHundredThousand);
    let counts = numerator.zip(denominator).filter(|(top, bottom)| top <= bottom);
    let value = match counts {
        Some((_, 0)) => FigureValue::NothingDue,
        Some((top, bottom)) => FigureValue::Rate(float(top) / float(bottom) * unit.factor()),
        None => published_value.map_or(FigureValue::NotKnown, FigureValue::Rate),
    };
    let expected = Expected::choose(group, published, unit);
    Figure {
        council: one.council,
        measure,
        numerator,
        denominator,
        residents_year: residents.map(|residents| residents.year),
        late: measure.definition().late.and_then(|field| one.cell(field)),
        value,
        published_value,
        interval: counts.and_then(|(top, bottom)| interval(unit, top, bottom)),
        similar: SimilarAverage {
            published,
            computed: group.and_then(GroupRate::pooled).map(|rate| rate * unit.factor()),
            group: one.kind,
            count: group.map_or(0, |group| group.councils),
            with_counts: group.map_or(0, |group| group.with_counts),
        },
        verdict: counts
            .filter(|(_, bottom)| one.existed || *bottom == 0)
            .map_or(Verdict::NotCompared, |(top, bottom)| verdict(measure, top, bottom, expected)),
        chance_of_mark: None,
        shrunken: None,
        rank_range: None,
        pooled: None,
        change: None,
    }
}

/// The 95% interval of counts, in the unit of their measure.
pub(super) fn interval(unit: Unit, numerator: u64, denominator: u64) -> Option<Interval> {
    let (plain, scale) = match unit {
        Unit::Percent => (wilson(numerator, denominator)?, 100.0),
        Unit::PerHundredThousand if denominator > 0 => (poisson(numerator)?, 100_000.0 / float(denominator)),
        Unit::PerHundredThousand => return None,
    };
    Some(Interval { low: plain.low * scale, high: plain.high * scale })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn council(id: i64, cells: &[(&str, f64)]) -> CouncilCells {
        CouncilCells {
            council: CouncilId(id),
            kind: CouncilKind::Unitary,
            residents: None,
            existed: true,
            cells: cells.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect(),
        }
    }

    fn only(cells: &[(&str, f64)], measure: Measure) -> Figure {
        derive(&[council(1, cells)]).into_iter().find(|figure| figure.measure == measure).unwrap()
    }

    #[test]
    fn derby_reads_as_its_letter_does() {
        let derby = [("investigated", 13.0), ("upheld", 7.0), ("uphold_rate", 54.0), ("uphold_rate_similar", 56.0)];
        let mut others: Vec<CouncilCells> = (2..20).map(|id| council(id, &[])).collect();
        others.push(council(1, &derby));
        let figures = derive(&others);
        let figure = figures.iter().find(|figure| figure.measure == Measure::Upheld).unwrap();
        assert_eq!((figure.numerator, figure.denominator), (Some(7), Some(13)));
        assert_eq!(figure.similar.published, Some(56.0));
        assert_eq!(figure.similar.computed, None, "one of nineteen has counts");
        assert_eq!(figure.verdict, Verdict::Within);
    }

    #[test]
    fn the_four_states_stay_apart() {
        let remedies = |hits, cases| {
            only(&[("satisfactory_remedies", hits), ("upheld", cases)], Measure::SatisfactoryRemedies).value
        };
        assert_eq!(remedies(0.0, 0.0), FigureValue::NothingDue);
        assert_eq!(remedies(0.0, 6.0), FigureValue::Rate(0.0));
        assert_eq!(only(&[("compliance_rate_similar", 99.0)], Measure::Compliance).value, FigureValue::NotKnown);
        assert_eq!(only(&[("compliance_rate", 100.0)], Measure::Compliance).value, FigureValue::Rate(100.0));
        assert_eq!(only(&[("compliance_rate", 100.0)], Measure::Compliance).verdict, Verdict::NotCompared);
    }

    #[test]
    fn nothing_of_nothing_is_nothing_due_also_where_the_table_prints_a_rate_or_leaves_a_blank() {
        let compliance = |cells: &[(&str, f64)]| only(cells, Measure::Compliance);
        for cells in [&[("compliance_outcomes", 0.0)][..], &[("compliance_outcomes", 0.0), ("compliance_rate", 0.0)]] {
            let figure = compliance(cells);
            assert_eq!((figure.value, figure.verdict), (FigureValue::NothingDue, Verdict::NoRate));
            assert_eq!((figure.numerator, figure.denominator), (Some(0), Some(0)));
        }
        assert_eq!(compliance(&[("compliance_outcomes", 3.0)]).value, FigureValue::NotKnown);
    }

    #[test]
    fn figures_of_a_council_that_had_ended_stand_outside_the_averages() {
        let cells = |upheld: f64| [("upheld", upheld), ("investigated", 10.0)];
        let mut ended = council(3, &cells(10.0));
        ended.existed = false;
        let figures = derive(&[council(1, &cells(5.0)), council(2, &cells(7.0)), ended]);
        let of =
            |id| figures.iter().find(|one| one.council == CouncilId(id) && one.measure == Measure::Upheld).unwrap();
        assert_eq!((of(1).similar.computed, of(1).similar.count), (Some(60.0), 2));
        assert_eq!((of(3).numerator, of(3).verdict, of(3).similar.computed), (Some(10), Verdict::NotCompared, None));
        assert!(of(3).is_after_the_end() && !of(1).is_after_the_end());
    }

    #[test]
    fn a_rate_per_100_000_names_the_year_of_its_residents_and_keeps_the_published_rate() {
        let mut one = council(1, &[("upheld", 50.0), ("upheld_per_100k", 8.8)]);
        one.residents = Some(Residents { year: 2021, count: 553_100 });
        let figures = derive(&[one]);
        let figure = figures.iter().find(|figure| figure.measure == Measure::UpheldPer100k).unwrap();
        assert_eq!((figure.denominator, figure.residents_year), (Some(553_100), Some(2021)));
        assert_eq!(
            (figure.published_value, figure.value),
            (Some(8.8), FigureValue::Rate(50.0 / 553_100.0 * 100_000.0))
        );
        let upheld = figures.iter().find(|figure| figure.measure == Measure::Upheld).unwrap();
        assert_eq!((upheld.numerator, upheld.residents_year), (Some(50), None));
        let unknown = only(&[("upheld", 50.0), ("upheld_per_100k", 8.8)], Measure::UpheldPer100k);
        assert_eq!((unknown.denominator, unknown.value), (None, FigureValue::Rate(8.8)));
    }

    #[test]
    fn a_count_without_a_number_of_residents_is_a_figure_without_a_rate() {
        let cells: Vec<(&str, f64)> = Measure::of_family(crate::domain::measure::Family::Received)
            .flat_map(Measure::source_fields)
            .zip([13.0, 0.0, 4.0].into_iter().cycle())
            .collect();
        for measure in Measure::of_family(crate::domain::measure::Family::Received) {
            let figure = only(&cells, measure);
            assert!(figure.numerator.is_some() && figure.lacks_residents(), "{measure:?}");
            assert_eq!((figure.value, figure.verdict), (FigureValue::NotKnown, Verdict::NotCompared), "{measure:?}");
            assert_eq!((figure.interval, figure.residents_year), (None, None), "{measure:?}");
        }
        assert!(!only(&[("upheld", 2.0), ("investigated", 9.0)], Measure::Upheld).lacks_residents());
    }

    #[test]
    fn late_compliance_has_a_verdict_of_its_own() {
        let cells = |complied: f64, late: f64| {
            [("compliance_outcomes", complied), ("complied", complied), ("complied_late", late)]
        };
        let councils = [council(1, &cells(39.0, 19.0)), council(2, &cells(400.0, 60.0))];
        let figures = derive(&councils);
        let of = |measure| figures.iter().find(|one| one.measure == measure && one.council == CouncilId(1)).unwrap();
        assert_eq!(of(Measure::Compliance).verdict, Verdict::Within);
        let late = of(Measure::LateCompliance);
        assert_eq!((late.numerator, late.denominator, late.verdict), (Some(19), Some(39), Verdict::Higher));
    }

    #[test]
    fn what_was_not_for_the_ombudsman_comes_from_the_outcomes_or_from_the_totals_of_a_year() {
        let old = [
            ("decided", 52.0),
            ("decided_invalid_or_incomplete", 3.0),
            ("decided_advice_given", 4.0),
            ("decided_referred_back", 20.0),
            ("decided_closed_after_initial_enquiries", 12.0),
        ];
        let new = [("decided", 227.0), ("decided_not_for_us", 63.0), ("decided_assessed_and_closed", 96.0)];
        let counts = |cells: &[(&str, f64)], measure| {
            let figure = only(cells, measure);
            (figure.numerator, figure.denominator)
        };
        assert_eq!(counts(&old, Measure::NotForUs), (Some(27), Some(52)));
        assert_eq!(counts(&old, Measure::AssessedAndClosed), (Some(12), Some(52)));
        assert_eq!(counts(&old, Measure::ReferredBack), (Some(20), Some(52)));
        assert_eq!(counts(&new, Measure::NotForUs), (Some(63), Some(227)));
        assert_eq!(counts(&new, Measure::AssessedAndClosed), (Some(96), Some(227)));
        assert!(derive(&[council(1, &new)]).iter().all(|figure| figure.measure != Measure::ReferredBack));
    }

    #[test]
    fn the_decided_table_alone_gives_the_uphold_rate() {
        let figure = only(&[("decided_upheld", 3.0), ("decided_not_upheld", 1.0)], Measure::Upheld);
        assert_eq!((figure.numerator, figure.denominator), (Some(3), Some(4)));
    }
}
