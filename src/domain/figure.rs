//! Figures: a measure of one council in one year, made from the cells of the yearly tables.
//!
//! Everything a reader is told about a rate (value, interval, average, verdict) is decided here, once,
//! when a version of the data is built. Pages, JSON and CSV only repeat it.

use std::collections::BTreeMap;

use super::compare::{Expected, GroupRate, Verdict, verdict};
use super::council::{CouncilId, CouncilKind};
use super::interval::{Interval, float, poisson, wilson};
use super::measure::{Measure, Unit};

/// All cells that one council has for one year, by column name.
#[derive(Clone, Debug)]
pub struct CouncilCells {
    /// Whose they are.
    pub council: CouncilId,
    /// The group it is averaged with.
    pub kind: CouncilKind,
    /// Residents by an estimate loaded for the year, for rates per 100,000.
    pub population: Option<u64>,
    /// Residents in mid-2020, as the register has them.
    pub population_mid_2020: Option<u64>,
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
    /// How many councils the group had in the year.
    pub count: u64,
    /// How many of them have counts here.
    pub with_counts: u64,
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
}

impl Measure {
    /// The column of the published rate.
    pub fn rate_field(self) -> &'static str {
        match self {
            Self::Upheld => "uphold_rate",
            Self::Compliance => "compliance_rate",
            Self::SatisfactoryRemedies => "satisfactory_remedy_rate",
            Self::UpheldPer100k => "upheld_per_100k",
        }
    }

    /// The column of the published average of similar authorities.
    pub fn similar_field(self) -> &'static str {
        match self {
            Self::Upheld => "uphold_rate_similar",
            Self::Compliance => "compliance_rate_similar",
            Self::SatisfactoryRemedies => "satisfactory_remedy_rate_similar",
            Self::UpheldPer100k => "upheld_per_100k_similar",
        }
    }

    /// The columns that the figure itself is made of, its average left out; the most telling first.
    pub fn source_fields(self) -> &'static [&'static str] {
        match self {
            Self::Upheld => &["uphold_rate", "upheld", "decided_upheld", "investigated", "decided_not_upheld"],
            Self::Compliance => &["compliance_rate", "compliance_outcomes", "complied", "complied_late"],
            Self::SatisfactoryRemedies => {
                &["satisfactory_remedy_rate", "satisfactory_remedies", "upheld", "decided_upheld"]
            }
            Self::UpheldPer100k => &["upheld_per_100k", "upheld", "decided_upheld"],
        }
    }
}

/// A published rate has one decimal, so from here up it gives the residents to within 2%; estimates of
/// two years lie about as far apart.
const IMPLIES_RESIDENTS: f64 = 2.5;

impl CouncilCells {
    fn count(&self, field: &str) -> Option<u64> {
        self.cells.get(field).copied().and_then(whole)
    }

    /// Upheld decisions, from the decided table where the column itself is missing.
    pub fn upheld(&self) -> Option<u64> {
        self.count("upheld").or_else(|| self.count("decided_upheld"))
    }

    /// Detailed investigations: upheld and not upheld together.
    pub fn investigated(&self) -> Option<u64> {
        self.count("investigated").or_else(|| Some(self.count("decided_upheld")? + self.count("decided_not_upheld")?))
    }

    fn counts(&self, measure: Measure) -> (Option<u64>, Option<u64>) {
        match measure {
            Measure::Upheld => (self.upheld(), self.investigated()),
            Measure::Compliance => (self.count("complied"), self.count("compliance_outcomes")),
            Measure::SatisfactoryRemedies => (self.count("satisfactory_remedies"), self.upheld()),
            Measure::UpheldPer100k => (self.upheld(), self.residents()),
        }
    }

    /// Residents; where no estimate is loaded, those that the published rate implies, or the estimate of
    /// mid-2020 where the rate is too small to imply them.
    fn residents(&self) -> Option<u64> {
        self.population.or_else(|| {
            let rate = self.cells.get("upheld_per_100k").copied()?;
            let implied = |upheld: u64| whole((float(upheld) / rate * 100_000.0).round());
            let from_rate = (rate > 0.0).then(|| self.upheld().and_then(implied)).flatten();
            if rate < IMPLIES_RESIDENTS { self.population_mid_2020.or(from_rate) } else { from_rate }
        })
    }

    fn says_something(&self, measure: Measure) -> bool {
        let has = |field: &str| self.cells.contains_key(field);
        let counted = match measure {
            Measure::Upheld => self.upheld().is_some() || self.investigated().is_some(),
            Measure::Compliance => has("complied") || has("compliance_outcomes"),
            Measure::SatisfactoryRemedies => has("satisfactory_remedies"),
            Measure::UpheldPer100k => self.upheld().is_some() && self.residents().is_some(),
        };
        counted || has(measure.rate_field()) || has(measure.similar_field())
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
    for one in councils {
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
                .map(|one| figure(measure, one, groups.get(&one.kind))),
        );
    }
    figures
}

fn figure(measure: Measure, one: &CouncilCells, group: Option<&GroupRate>) -> Figure {
    let unit = measure.unit();
    let (numerator, denominator) = one.counts(measure);
    let published_value = one.cells.get(measure.rate_field()).copied();
    let published = one.cells.get(measure.similar_field()).copied();
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
        late: (measure == Measure::Compliance).then(|| one.count("complied_late")).flatten(),
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
        verdict: counts.map_or(Verdict::NotCompared, |(top, bottom)| verdict(measure, top, bottom, expected)),
    }
}

fn interval(unit: Unit, numerator: u64, denominator: u64) -> Option<Interval> {
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
            population: None,
            population_mid_2020: None,
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
    fn residents_come_from_the_published_rate_or_from_mid_2020_where_it_is_too_small() {
        let per_100k = |upheld, rate| {
            let mut one = council(1, &[("upheld", upheld), ("upheld_per_100k", rate)]);
            one.population_mid_2020 = Some(100_000);
            derive(&[one]).into_iter().find(|figure| figure.measure == Measure::UpheldPer100k).unwrap()
        };
        assert_eq!(per_100k(10.0, 5.0).denominator, Some(200_000));
        assert_eq!(per_100k(1.0, 0.9).denominator, Some(100_000));
        let none = per_100k(0.0, 0.0);
        assert_eq!((none.denominator, none.value), (Some(100_000), FigureValue::Rate(0.0)));
        assert_ne!(none.verdict, Verdict::NotCompared);
    }

    #[test]
    fn the_decided_table_alone_gives_the_uphold_rate() {
        let figure = only(&[("decided_upheld", 3.0), ("decided_not_upheld", 1.0)], Measure::Upheld);
        assert_eq!((figure.numerator, figure.denominator), (Some(3), Some(4)));
    }
}
