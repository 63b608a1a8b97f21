//! Small trends on one scale: a council's years as a line that no change in what is counted joins, the average of its kind
//! behind it. Years with too few cases are dots.

use maud::{Markup, html};

use super::chart::{self, r, rate, years_in_words};
use crate::db::figures::SourcedFigure;
use crate::domain::chance;
use crate::domain::compare::Verdict;
use crate::domain::figure::Figure;
use crate::domain::measure::{Measure, Unit};
use crate::domain::year::ReportingYear;

/// Free space around the lines, so that dots stay inside.
const ROOM: f64 = 4.0;
/// Half of the bar that is the range expected in a year alone.
const HALF: f64 = 2.0;

/// One scale for all the trends that stand together.
#[derive(Clone, Debug)]
pub struct Scale {
    measure: Measure,
    first: ReportingYear,
    last: ReportingYear,
    low: f64,
    high: f64,
    width: f64,
    height: f64,
    banded: bool,
}

impl Scale {
    /// A scale that holds all rates and averages of a measure, and the ranges expected where they are drawn. Rates of too
    /// few cases do not count: they stand at its ends. `None` where there are no rates.
    pub fn new<'a>(
        measure: Measure,
        figures: impl Iterator<Item = &'a SourcedFigure> + Clone,
        (width, height): (f64, f64),
        banded: bool,
    ) -> Option<Self> {
        let shown = figures.filter(|one| one.figure.measure == measure && rate(&one.figure).is_some());
        let (first, last) = (shown.clone().map(|one| one.year).min()?, shown.clone().map(|one| one.year).max()?);
        let values = shown.flat_map(|one| {
            let own = rate(&one.figure).filter(|_| one.figure.verdict != Verdict::TooFew);
            let range = chance::range(&one.figure).filter(|_| banded).map(|range| [range.low, range.high]);
            own.into_iter().chain(average(&one.figure)).chain(range.into_iter().flatten())
        });
        let (low, high) = values.fold((f64::MAX, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        if low > high {
            return None;
        }
        let (low, high) = match measure.unit() {
            Unit::Percent => ((low / 20.0).floor() * 20.0, (high / 20.0).ceil() * 20.0),
            Unit::PerHundredThousand => (0.0, high.ceil()),
        };
        Some(Self { measure, first, last, low, high: high.max(low + 1.0), width, height, banded })
    }

    /// What the scale spans, in words: "0% to 100%, 2018-19 to 2024-25".
    pub fn words(&self) -> String {
        let unit = self.measure.unit();
        format!("{} to {}, {} to {}", unit.show(self.low), unit.show(self.high), self.first, self.last)
    }

    fn x(&self, year: ReportingYear) -> f64 {
        let years = f64::from((self.last.start_year() - self.first.start_year()).max(1));
        let from_first = f64::from(year.start_year() - self.first.start_year());
        ROOM + from_first / years * (self.width - 2.0 * ROOM)
    }

    fn y(&self, value: f64) -> f64 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.height - ROOM - share * (self.height - 2.0 * ROOM)
    }
}

/// The trend of one council.
pub fn trend(history: &[SourcedFigure], scale: &Scale, name: &str) -> Markup {
    let years: Vec<&SourcedFigure> = history.iter().filter(|one| one.figure.measure == scale.measure).collect();
    let known = |one: &&SourcedFigure| rate(&one.figure).is_some();
    let Some(last) = years.iter().rev().find(|one| known(one)) else { return html! {} };
    let few: Vec<&&SourcedFigure> =
        years.iter().filter(|one| known(one) && one.figure.verdict == Verdict::TooFew).collect();
    let own = line(&years, scale, |one| rate(one).filter(|_| one.verdict != Verdict::TooFew));
    html! {
        svg.spark viewBox={ "0 0 " (r(scale.width)) " " (r(scale.height)) } role="img" aria-label=(label(&years, scale, name)) {
            @if scale.banded {
                @let ranges = years.iter().filter_map(|one| Some((one.year, chance::range(&one.figure)?)));
                path.rng d=(chart::band(ranges, |year| scale.x(year), |value| scale.y(value), HALF)) {}
            }
            path.grp d=(line(&years, scale, average)) {}
            path.me d=(own) {}
            @if !few.is_empty() {
                path.dots d=(few.iter().map(|one| dot(one, scale)).collect::<String>()) {}
            }
            path.mine d=(dot(last, scale)) {}
        }
    }
}

fn average(figure: &Figure) -> Option<f64> {
    figure.similar.computed.or(figure.similar.published)
}

fn dot(one: &SourcedFigure, scale: &Scale) -> String {
    let value = rate(&one.figure).unwrap_or(scale.low);
    format!("M{} {}h0", r(scale.x(one.year)), r(scale.y(value)))
}

/// A line through the years that follow each other within one series.
fn line(years: &[&SourcedFigure], scale: &Scale, value: impl Fn(&Figure) -> Option<f64>) -> String {
    let mut path = String::new();
    for run in chart::runs(years.iter().filter_map(|one| Some((one.year, value(&one.figure)?)))) {
        for (place, (year, value)) in run.iter().enumerate() {
            path.push_str(&format!(
                "{}{} {}",
                if place > 0 { 'L' } else { 'M' },
                r(scale.x(*year)),
                r(scale.y(*value))
            ));
        }
        // A year alone is a dot.
        if run.len() == 1 {
            path.push_str("h0");
        }
    }
    path
}

/// All years in words, with the breaks between them.
fn label(years: &[&SourcedFigure], scale: &Scale, name: &str) -> String {
    let unit = scale.measure.unit();
    let values = years.iter().filter_map(|one| Some((one.year, unit.show(rate(&one.figure)?))));
    format!("{name}: {}", years_in_words(values))
}
