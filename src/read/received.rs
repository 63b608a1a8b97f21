//! Complaints received, in all and by service area, against the number expected.

use crate::db::figures::SourcedFigure;
use crate::domain::chance;
use crate::domain::compare::Verdict;
use crate::domain::figure::Figure;
use crate::domain::interval::{Interval, float};
use crate::domain::measure::{Family, Measure, Unit};
use crate::domain::year::ReportingYear;

/// Complaints received about one service area, or in all.
#[derive(Clone, Debug)]
pub struct ReceivedRow {
    /// The measure.
    pub measure: Measure,
    /// How many were received.
    pub count: u64,
    /// How many would be, at the rate of its group; none where that is not known.
    pub expected: Option<f64>,
    /// The numbers that chance allows; none where nothing is compared.
    pub range: Option<Interval>,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether nothing is expected because the number of residents is not known.
    pub lacks_residents: bool,
}

impl ReceivedRow {
    /// The rows of a year, from the figures of all years: all complaints first, then the service areas.
    pub(super) fn of_year(history: &[SourcedFigure], year: ReportingYear) -> Vec<Self> {
        let of_measure = |measure| history.iter().find(|one| one.year == year && one.figure.measure == measure);
        Measure::of_family(Family::Received).filter_map(|measure| Self::of(of_measure(measure)?)).collect()
    }

    fn of(one: &SourcedFigure) -> Option<Self> {
        let figure = &one.figure;
        Some(Self {
            measure: figure.measure,
            count: figure.numerator?,
            expected: figure.similar.computed.and_then(|rate| number(figure, rate)),
            range: chance::range(figure).and_then(|range| {
                Some(Interval { low: number(figure, range.low)?, high: number(figure, range.high)? })
            }),
            verdict: figure.verdict,
            lacks_residents: figure.lacks_residents(),
        })
    }

    /// Whether it counts all complaints, whatever they are about.
    pub fn is_total(&self) -> bool {
        self.measure == Measure::ReceivedPer100k
    }

    /// The number expected as one reads it.
    pub fn expected(&self) -> String {
        self.expected.map_or_else(|| "not known".to_owned(), |expected| format!("{expected:.0}"))
    }
}

/// Why none of the rows has a number expected, as a sentence; nothing where one has it, or where there are no rows.
pub fn why_none_expected(rows: &[ReceivedRow]) -> Option<&'static str> {
    if rows.is_empty() || rows.iter().any(|row| row.expected.is_some()) {
        return None;
    }
    Some(if rows.iter().any(|row| row.lacks_residents) {
        "The number of residents is not known here, so there is no rate and no number expected."
    } else {
        "The rate of its group is not known here, so there is no number expected."
    })
}

/// How many complaints a rate means for the residents of a figure.
fn number(figure: &Figure, rate: f64) -> Option<f64> {
    Some(rate / Unit::PerHundredThousand.factor() * float(figure.denominator?))
}
