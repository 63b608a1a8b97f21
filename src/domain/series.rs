//! What figures say beside those of other councils and other years: shrunken rates and ranks within a group, three years
//! taken together, and change. Filled in once, when a version of the data is made.

use std::collections::BTreeMap;

use super::chance;
use super::change::{self, Change};
use super::compare::{Expected, Verdict, enough_of_group, verdict};
use super::council::{CouncilId, CouncilKind};
use super::figure::{Figure, Pooled, interval};
use super::interval::float;
use super::measure::Measure;
use super::shrinkage::{Counts, Shrunken, Spread, rank_ranges};
use super::year::ReportingYear;

/// How many years are taken together.
const YEARS_TOGETHER: usize = 3;

/// The counts of a group in one year, of one measure.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    hits: u64,
    base: u64,
    enough: bool,
}

impl Figure {
    /// Whether enough of its group have counts in its year.
    fn group_is_known(&self) -> bool {
        enough_of_group(self.similar.with_counts, self.similar.count)
    }
}

/// Fills in what the figures of all years, oldest first, say beside each other.
pub fn complete(years: &mut [(ReportingYear, Vec<Figure>)]) {
    for (_, figures) in years.iter_mut() {
        rank(figures);
        for figure in figures.iter_mut() {
            figure.chance_of_mark = chance::of_a_mark(figure);
        }
    }
    let mut before: Vec<Past> = Vec::new();
    for (year, figures) in years.iter_mut() {
        if year.starts_a_new_series() {
            before.clear();
        }
        // A year left out is a gap that nothing is carried across.
        if before.last().is_some_and(|past| past.year.next() != *year) {
            before.clear();
        }
        let now = Past::of(*year, figures);
        for figure in figures.iter_mut() {
            figure.pooled = pool(figure, &now, &before);
            figure.change = before.last().and_then(|past| changed(figure, &now, past));
        }
        before.push(now);
        if before.len() >= YEARS_TOGETHER {
            before.remove(0);
        }
    }
}

/// Shrunken rates and ranks of one year, measure by measure and kind by kind.
fn rank(figures: &mut [Figure]) {
    let mut groups: BTreeMap<(Measure, CouncilKind), Vec<&mut Figure>> = BTreeMap::new();
    for figure in figures.iter_mut().filter(|one| one.group_is_known() && one.counts().is_some_and(|one| one.base > 0))
    {
        groups.entry((figure.measure, figure.similar.group)).or_default().push(figure);
    }
    for ((measure, _), mut group) in groups {
        let counts: Vec<Counts> = group.iter().filter_map(|one| one.counts()).collect();
        let Some(spread) = Spread::estimate(measure.unit(), &counts) else { continue };
        let shrunken: Vec<Shrunken> = counts.iter().map(|one| spread.shrink(*one)).collect();
        for ((figure, one), range) in group.iter_mut().zip(&shrunken).zip(rank_ranges(&shrunken)) {
            figure.shrunken = Some(one.rate * measure.unit().factor());
            figure.rank_range = Some(range);
        }
    }
}

/// A year that later ones are seen beside.
struct Past {
    year: ReportingYear,
    own: BTreeMap<(CouncilId, Measure), Counts>,
    groups: BTreeMap<(CouncilKind, Measure), Group>,
}

impl Past {
    fn of(year: ReportingYear, figures: &[Figure]) -> Self {
        let mut own = BTreeMap::new();
        let mut groups: BTreeMap<_, Group> = BTreeMap::new();
        for figure in figures.iter().filter(|figure| !figure.is_after_the_end()) {
            let Some(counts) = figure.counts() else { continue };
            own.insert((figure.council, figure.measure), counts);
            let group = groups.entry((figure.similar.group, figure.measure)).or_default();
            group.hits += counts.hits;
            group.base += counts.base;
            group.enough = figure.group_is_known();
        }
        Self { year, own, groups }
    }

    /// The counts of the group of a figure, when enough of it have some.
    fn group(&self, figure: &Figure) -> Option<Counts> {
        let group = self.groups.get(&(figure.similar.group, figure.measure)).filter(|group| group.enough)?;
        Some(Counts { hits: group.hits, base: group.base })
    }

    fn own(&self, figure: &Figure) -> Option<Counts> {
        self.own.get(&(figure.council, figure.measure)).copied()
    }
}

/// The figure together with the years before it, as far as they follow on and have counts.
fn pool(figure: &Figure, now: &Past, before: &[Past]) -> Option<Pooled> {
    let mut sum = figure.counts()?;
    let mut group = now.group(figure);
    let mut years = 1;
    for past in before.iter().rev() {
        let Some(own) = past.own(figure) else { break };
        sum = Counts { hits: sum.hits + own.hits, base: sum.base + own.base };
        group = group
            .zip(past.group(figure))
            .map(|(sum, one)| Counts { hits: sum.hits + one.hits, base: sum.base + one.base });
        years += 1;
    }
    if years < 2 {
        return None;
    }
    let expected =
        group.filter(|group| group.base > 0).map(|group| Expected::Pooled(float(group.hits) / float(group.base)));
    Some(Pooled {
        years,
        numerator: sum.hits,
        denominator: sum.base,
        interval: interval(figure.measure.unit(), sum.hits, sum.base),
        verdict: verdict(figure.measure, sum.hits, sum.base, expected),
    })
}

/// How the figure differs from the year before.
fn changed(figure: &Figure, now: &Past, past: &Past) -> Option<Change> {
    let unit = figure.measure.unit();
    let (later, earlier) = (figure.counts()?, past.own(figure)?);
    let rest = |of: &Past, own: Counts| {
        let group = of.group(figure)?;
        Some(Counts { hits: group.hits.checked_sub(own.hits)?, base: group.base.checked_sub(own.base)? })
    };
    let against_group = rest(past, earlier)
        .zip(rest(now, later))
        .map_or(Verdict::NotCompared, |rest| change::against(unit, (earlier, later), rest));
    Some(Change { since: past.year, verdict: change::between(unit, earlier, later), against_group })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::figure::{CouncilCells, FigureValue, derive};
    use crate::domain::funnel::limits_at;
    use crate::domain::interval::{binomial_tails, poisson_tails};
    use crate::domain::measure::Unit;

    /// What SciPy makes of 2,000 cases, written by `tools/reference_statistics.py`.
    const REFERENCE: &str = include_str!("../../tests/fixtures/statistics/scipy.csv");

    struct Case {
        unit: Unit,
        now: Counts,
        then: Counts,
        values: BTreeMap<String, f64>,
    }

    fn groups() -> Vec<Vec<Case>> {
        let mut reader = csv::Reader::from_reader(REFERENCE.as_bytes());
        let mut groups: Vec<Vec<Case>> = Vec::new();
        for row in reader.deserialize::<BTreeMap<String, String>>() {
            let row = row.unwrap();
            let count = |name: &str| row[name].parse::<u64>().unwrap();
            let values = row.iter().filter_map(|(name, value)| Some((name.clone(), value.parse().ok()?))).collect();
            let unit = if row["unit"] == "percent" { Unit::Percent } else { Unit::PerHundredThousand };
            let now = Counts { hits: count("k"), base: count("n") };
            let then = Counts { hits: count("then_k"), base: count("then_n") };
            if float(count("group")) > float(u64::try_from(groups.len()).unwrap()) - 1.0 {
                groups.push(Vec::new());
            }
            groups.last_mut().unwrap().push(Case { unit, now, then, values });
        }
        groups
    }

    /// Equal to six digits; far below them, both are nothing.
    fn same(case: &Case, name: &str, ours: f64) {
        let Some(theirs) = case.values.get(name) else { panic!("{name} has no reference for {:?}", case.now) };
        let near =
            (ours - theirs).abs() <= 1e-6 * theirs.abs().max(1e-6) || (ours.is_infinite() && theirs.is_infinite());
        assert!(near, "{name} of {:?} before {:?}: {ours}, reference {theirs}", case.now, case.then);
    }

    #[test]
    fn every_number_agrees_with_scipy_to_six_digits() {
        let groups = groups();
        assert_eq!(groups.iter().map(Vec::len).sum::<usize>(), 2_000);
        for group in &groups {
            let counts: Vec<Counts> = group.iter().map(|case| case.now).collect();
            let unit = group[0].unit;
            let spread = Spread::estimate(unit, &counts).unwrap();
            let shrunken: Vec<Shrunken> = counts.iter().map(|one| spread.shrink(*one)).collect();
            let ranges = rank_ranges(&shrunken);
            let sum = |of: &dyn Fn(&Case) -> Counts| {
                group.iter().map(of).fold((0, 0), |sum, one| (sum.0 + one.hits, sum.1 + one.base))
            };
            let (all_now, all_then) = (sum(&|case| case.now), sum(&|case| case.then));
            for ((case, one), range) in group.iter().zip(&shrunken).zip(ranges) {
                same(case, "mean", spread.mean);
                same(case, "weight", spread.weight);
                same(case, "shrunken", one.rate);
                same(case, "best", float(range.best));
                same(case, "worst", float(range.worst));
                if case.now.base == 0 {
                    continue;
                }
                let Counts { hits, base } = case.now;
                let own = interval(unit, hits, base).unwrap();
                same(case, "low", own.low / unit.factor());
                same(case, "high", own.high / unit.factor());
                let tails = match unit {
                    Unit::Percent => binomial_tails(hits, base, spread.mean),
                    Unit::PerHundredThousand => poisson_tails(hits, spread.mean * float(base)),
                };
                same(case, "at_most", tails.unwrap().at_most);
                same(case, "at_least", tails.unwrap().at_least);
                match chance::of_a_mark_on(unit, case.now, Expected::Pooled(spread.mean)) {
                    Some(chance) => same(case, "chance_of_mark", chance),
                    None => assert!(!case.values.contains_key("chance_of_mark")),
                }
                if unit == Unit::Percent {
                    let limits = limits_at(spread.mean, base).unwrap();
                    same(case, "limit_low", limits.inner.0);
                    same(case, "limit_high", limits.inner.1);
                }
                let between = change::tails_between(unit, case.then, case.now).unwrap();
                same(case, "change_at_most", between.at_most);
                same(case, "change_at_least", between.at_least);
                let rest = |all: (u64, u64), own: Counts| Counts { hits: all.0 - own.hits, base: all.1 - own.base };
                let rest = (rest(all_then, case.then), rest(all_now, case.now));
                same(case, "z", change::standardised(unit, (case.then, case.now), rest));
            }
        }
    }

    fn year(text: &str) -> ReportingYear {
        ReportingYear::parse(text).unwrap()
    }

    /// The figures of upheld complaints of some councils in some years.
    fn upheld(years: &[(&str, Vec<(u64, u64)>)]) -> Vec<(ReportingYear, Vec<Figure>)> {
        let mut all: Vec<(ReportingYear, Vec<Figure>)> = years
            .iter()
            .map(|(text, councils)| {
                let cells = councils.iter().zip(1..).map(|((hits, base), id)| CouncilCells {
                    council: CouncilId(id),
                    kind: CouncilKind::District,
                    residents: None,
                    existed: true,
                    cells: [("upheld", *hits), ("investigated", *base)]
                        .map(|(name, count)| (name.to_owned(), float(count)))
                        .into(),
                });
                let mut figures = derive(&cells.collect::<Vec<_>>());
                figures.retain(|one| one.measure == Measure::Upheld);
                (year(text), figures)
            })
            .collect();
        complete(&mut all);
        all
    }

    #[test]
    fn years_are_taken_together_and_compared_only_where_they_count_the_same() {
        let group = vec![(4, 9), (5, 10), (50, 100)];
        let years = ["2018-19", "2019-20", "2020-21", "2021-22", "2022-23", "2024-25"];
        let all = upheld(&years.map(|text| (text, group.clone())));
        let first = |text: &str| &all.iter().find(|(one, _)| *one == year(text)).unwrap().1[0];
        assert_eq!((first("2018-19").pooled.clone(), first("2018-19").change), (None, None));
        let counts = |text: &str| first(text).pooled.as_ref().map(|one| (one.years, one.numerator, one.denominator));
        assert_eq!(counts("2019-20"), Some((2, 8, 18)));
        assert_eq!(counts("2021-22"), Some((3, 12, 27)));
        assert_eq!(first("2021-22").pooled.as_ref().unwrap().verdict, Verdict::Within);
        assert_eq!(first("2021-22").change.unwrap().since, year("2020-21"));
        // Other cases are investigated from 2022-23 on, and 2023-24 is not here.
        assert_eq!((first("2022-23").pooled.clone(), first("2022-23").change), (None, None));
        assert_eq!((first("2024-25").pooled.clone(), first("2024-25").change), (None, None));
    }

    #[test]
    fn a_change_is_told_apart_from_that_of_the_group() {
        let others = |share: u64| (0..8).map(move |_| (share, 100));
        let years = |own: (u64, u64), share: u64| std::iter::once(own).chain(others(share)).collect();
        let all = upheld(&[("2018-19", years((20, 100), 50)), ("2019-20", years((50, 100), 80))]);
        let change = all[1].1[0].change.unwrap();
        assert_eq!((change.verdict, change.against_group), (Verdict::Higher, Verdict::Within));
    }

    /// Councils that are all alike, with a dozen cases each by the median: `cargo test --lib all_alike -- --nocapture`.
    #[test]
    fn councils_that_are_all_alike_raise_as_many_marks_as_chance_and_fill_the_ends_with_few_cases() {
        use Verdict::{Higher, Lower, PossiblyHigher, PossiblyLower};
        const ROUNDS: usize = 200;
        let mut random = fastrand::Rng::with_seed(2026);
        let (mut marks, mut expected, mut few_at_the_ends) = (0, 0.0, 0);
        for _ in 0..ROUNDS {
            let councils: Vec<(u64, u64)> = (0..317)
                .map(|_| {
                    let normal: f64 = (0..12).map(|_| random.f64()).sum::<f64>() - 6.0;
                    let cases = (1..400).find(|cases| float(*cases) >= 12.0 * (0.9 * normal).exp()).unwrap_or(400);
                    ((0..cases).filter(|_| random.f64() < 0.8).count().try_into().unwrap(), cases)
                })
                .collect();
            let mut figures = upheld(&[("2019-20", councils)]).remove(0).1;
            marks += figures
                .iter()
                .filter(|one| [Higher, Lower, PossiblyHigher, PossiblyLower].contains(&one.verdict))
                .count();
            expected += figures.iter().filter_map(|one| one.chance_of_mark).sum::<f64>();
            let rate = |one: &Figure| if let FigureValue::Rate(rate) = one.value { rate } else { 0.0 };
            figures.sort_by(|a, b| rate(a).total_cmp(&rate(b)));
            let ends = figures.iter().take(10).chain(figures.iter().rev().take(10));
            few_at_the_ends += ends.filter(|one| one.denominator < Some(12)).count();
        }
        let rounds = float(ROUNDS.try_into().unwrap());
        let (marks, expected) = (float(marks.try_into().unwrap()) / rounds, expected / rounds);
        let share = float(few_at_the_ends.try_into().unwrap()) / rounds / 20.0;
        println!(
            "of 317 councils {marks:.2} marked, {expected:.2} expected by chance; {:.0}% of the ends have few cases",
            share * 100.0
        );
        assert!((marks - expected).abs() < 0.5, "{marks} marks, {expected} expected");
        assert!(share > 0.9, "{share}");
    }
}
