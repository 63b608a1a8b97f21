//! What figures say beside those of other councils and other years: shrunken rates and ranks within a group, three years
//! taken together, and change. Filled in once, when a version of the data is made.

use std::collections::BTreeMap;

use super::change::{self, Change};
use super::compare::{Expected, Verdict, by_chance, enough_of_group, verdict};
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

    /// The rate that it is compared with, as the verdict takes it.
    fn expected(&self) -> Option<Expected> {
        let unit = self.measure.unit();
        let computed = self.similar.computed.map(|value| Expected::Pooled(value / unit.factor()));
        computed.or_else(|| self.similar.published.map(|value| Expected::Published(value / unit.factor())))
    }
}

/// Fills in what the figures of all years, oldest first, say beside each other.
pub fn complete(years: &mut [(ReportingYear, Vec<Figure>)]) {
    for (_, figures) in years.iter_mut() {
        rank(figures);
        for figure in figures.iter_mut() {
            figure.chance_of_mark = figure
                .counts()
                .zip(figure.expected())
                .and_then(|(counts, expected)| by_chance(figure.measure, counts, expected));
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
        for figure in figures {
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
