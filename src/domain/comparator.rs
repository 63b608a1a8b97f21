//! Another comparator than a council's own kind: the pooled rate of the councils that stand together.

use super::compare::{Expected, Verdict, enough_of_group, verdict};
use super::figure::Figure;
use super::interval::float;

/// Fewer councils than this are no comparator: each would mostly be compared with itself.
const FEWEST_COUNCILS: u64 = 3;

/// What some councils have in common for one measure and year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SetRate {
    /// How many councils stand together.
    pub councils: u64,
    /// How many of them have counts.
    pub with_counts: u64,
    /// The sum of their tops over the sum of their bottoms, 0 to 1.
    pub rate: f64,
}

impl SetRate {
    /// Pools the figures of one measure and year. `None` with fewer than three councils, or where fewer than 80% of
    /// them have counts, without any case, or where one
    /// council has more than half of them and would be compared with itself.
    pub fn pool<'a>(councils: u64, figures: impl Iterator<Item = &'a Figure>) -> Option<Self> {
        let (mut with_counts, mut hits, mut base, mut most) = (0, 0, 0, 0);
        for counts in figures.filter_map(Figure::counts) {
            with_counts += 1;
            hits += counts.hits;
            base += counts.base;
            most = most.max(counts.base);
        }
        let enough =
            councils >= FEWEST_COUNCILS && enough_of_group(with_counts, councils) && base > 0 && most <= base / 2;
        enough.then(|| Self { councils, with_counts, rate: float(hits) / float(base) })
    }

    /// The verdict on one of the figures against the pooled rate, by the same rules as against its kind.
    pub fn verdict(&self, figure: &Figure) -> Verdict {
        figure.counts().map_or(Verdict::NotCompared, |counts| {
            verdict(figure.measure, counts.hits, counts.base, Some(Expected::Pooled(self.rate)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::council::{CouncilId, CouncilKind};
    use crate::domain::figure::{CouncilCells, derive};
    use crate::domain::measure::Measure;

    fn upheld(counts: &[(f64, f64)]) -> Vec<Figure> {
        let councils: Vec<CouncilCells> = (1..)
            .zip(counts)
            .map(|(id, (upheld, investigated))| CouncilCells {
                council: CouncilId(id),
                kind: CouncilKind::Unitary,
                residents: None,
                existed: true,
                cells: [("upheld", *upheld), ("investigated", *investigated)]
                    .map(|(name, value)| (name.to_owned(), value))
                    .into(),
            })
            .collect();
        derive(&councils).into_iter().filter(|figure| figure.measure == Measure::Upheld).collect()
    }

    #[test]
    fn councils_together_are_pooled_as_a_sum_over_a_sum() {
        let figures = upheld(&[(5.0, 10.0), (45.0, 50.0), (0.0, 40.0)]);
        let rate = SetRate::pool(3, figures.iter()).unwrap();
        assert_eq!((rate.councils, rate.with_counts), (3, 3));
        assert!((rate.rate - 0.5).abs() < 1e-12);
        let verdicts: Vec<Verdict> = figures.iter().map(|figure| rate.verdict(figure)).collect();
        assert_eq!(verdicts, [Verdict::Within, Verdict::Higher, Verdict::Lower]);
    }

    #[test]
    fn two_councils_or_a_few_of_many_are_no_comparator() {
        let figures = upheld(&[(5.0, 10.0), (45.0, 50.0), (0.0, 40.0)]);
        assert_eq!(SetRate::pool(2, figures.iter().take(2)), None);
        assert_eq!(SetRate::pool(4, figures.iter()), None, "three of four are less than 80%");
        let one_has_most = upheld(&[(42.0, 42.0), (4.0, 5.0), (3.0, 5.0)]);
        assert_eq!(SetRate::pool(3, one_has_most.iter()), None);
    }
}
