//! Rates of several councils with their intervals on one axis, each with the average of its group.

use maud::{Markup, html};

use super::chart::{average as shown_average, invented, r, rate, step, ticks};
use crate::domain::compare::Verdict;
use crate::domain::council::CouncilKind;
use crate::domain::figure::Figure;
use crate::domain::format;
use crate::domain::measure::{Measure, Unit};

const LEFT: f64 = 6.0;
/// The end of the axis; beyond it stand the values in words, which a phone leaves to the table: there the chart is cut off here.
const RIGHT: f64 = 256.0;
const EDGE: f64 = 394.0;
/// Half of the longest name of an average on a phone, where letters are largest.
const HALF_NAME: f64 = 100.0;
/// Room over the rows for the name of the one average.
const HEAD: f64 = 20.0;
/// Room under the axis for its numbers and, on a line of its own, for the mark of invented figures.
const FOOT: f64 = 32.0;
/// A row with its name over its line; where each row names its average, a line of text more.
const ROW: f64 = 36.0;
const ROW_WITH_AVERAGE: f64 = 50.0;

/// One council in the chart.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its figure.
    pub figure: Option<&'a Figure>,
    /// What is said where there is no rate.
    pub instead: String,
}

/// The chart of one measure; nothing when no council has a rate.
pub fn chart(rows: &[Row], measure: Measure, synthetic: bool) -> Markup {
    let Some(scale) = Scale::new(measure.unit(), rows) else { return html! {} };
    let common = common_average(rows);
    let step = if common.is_some() { ROW } else { ROW_WITH_AVERAGE };
    let end = (0..rows.len()).fold(HEAD, |y, _| y + step);
    let bottom = end + 4.0;
    html! {
        div.ivsbox { svg.strip.ivs viewBox={ "0 0 400 " (r(bottom + FOOT)) } role="img" aria-label=(label(rows, measure)) {
            @for value in ticks(scale.low, scale.high, scale.tick) {
                @let x = scale.x(value);
                line.ax x1=(r(x)) x2=(r(x)) y1=(r(HEAD)) y2=(r(bottom)) {}
                text x=(r(x)) y=(r(bottom + 13.0)) text-anchor=(if x > LEFT { "middle" } else { "start" }) { (measure.unit().show(value)) }
            }
            (invented(synthetic, RIGHT, bottom + 27.0, "end"))
            @if let Some((kind, average)) = common {
                @let x = scale.x(average);
                line.avg x1=(r(x)) x2=(r(x)) y1=(r(HEAD - 6.0)) y2=(r(bottom)) {}
                text.labg x=(r(x)) y="10" text-anchor=(anchor(x)) { (average_words(kind, average, measure)) }
            }
            @for (row, top) in rows.iter().zip(tops(step)) {
                (council(row, top, &scale, common.is_none()))
            }
        } }
    }
}

fn tops(step: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(HEAD), move |top| Some(top + step))
}

fn council(row: &Row, top: f64, scale: &Scale, own_average: bool) -> Markup {
    let y = top + 26.0;
    let rate = row.figure.and_then(|figure| rate(figure).map(|value| (figure, value)));
    html! {
        text.lbl x=(r(LEFT)) y=(r(top + 14.0)) { (row.name) }
        @match rate {
            Some((figure, value)) => {
                text.wide x=(r(EDGE)) y=(r(y + 3.5)) text-anchor="end" {
                    (format::value(figure)) @if let Some(interval) = format::interval(figure) { " (" (interval) ")" }
                }
                @if let Some(interval) = figure.interval {
                    line.ci x1=(r(scale.x(interval.low))) x2=(r(scale.x(interval.high))) y1=(r(y)) y2=(r(y)) {}
                }
                @if let Some(average) = shown_average(figure).filter(|_| own_average) {
                    @let x = scale.x(average);
                    line.avg x1=(r(x)) x2=(r(x)) y1=(r(y - 7.0)) y2=(r(y + 7.0)) {}
                    text.labg x=(r(x)) y=(r(y + 17.0)) text-anchor=(anchor(x)) { (average_words(figure.similar.group, average, figure.measure)) }
                }
                // A hollow dot: too few cases to say anything.
                circle.me.thin[figure.verdict == Verdict::TooFew] cx=(r(scale.x(value))) cy=(r(y)) r="4.5" {}
            }
            None => text x=(r(LEFT)) y=(r(y + 2.0)) { (row.instead) },
        }
    }
}

fn average_words(kind: CouncilKind, average: f64, measure: Measure) -> Markup {
    html! { tspan.wide { "average of " } (kind.group()) " " (measure.unit().show(average)) }
}

/// The one average, where all councils with a rate share it.
fn common_average(rows: &[Row]) -> Option<(CouncilKind, f64)> {
    let averages = || {
        rows.iter()
            .filter_map(|row| row.figure)
            .filter(|figure| rate(figure).is_some())
            .map(|figure| (figure.similar.group, shown_average(figure)))
    };
    let (kind, average) = averages().next()?;
    averages().all(|other| other == (kind, average)).then_some(())?;
    average.map(|average| (kind, average))
}

/// Where the name of an average stands so that it stays inside the chart.
fn anchor(x: f64) -> &'static str {
    if x < HALF_NAME {
        "start"
    } else if x > RIGHT - HALF_NAME {
        "end"
    } else {
        "middle"
    }
}

struct Scale {
    low: f64,
    high: f64,
    tick: f64,
}

impl Scale {
    /// An axis that holds every rate, interval and average. Dots need no zero line: where all rates are
    /// high, the axis begins higher, and its numbers say so.
    fn new(unit: Unit, rows: &[Row]) -> Option<Self> {
        let figures = rows.iter().filter_map(|row| row.figure).filter_map(|figure| Some((figure, rate(figure)?)));
        let values: Vec<f64> = figures
            .flat_map(|(figure, value)| {
                let ends = figure.interval.map(|interval| [interval.low, interval.high]);
                [value].into_iter().chain(ends.into_iter().flatten()).chain(shown_average(figure))
            })
            .collect();
        let (low, high) = (values.iter().copied().reduce(f64::min)?, values.iter().copied().reduce(f64::max)?);
        Some(match unit {
            Unit::Percent if low >= 60.0 => Self { low: 60.0, high: 100.0, tick: 10.0 },
            Unit::Percent => Self { low: 0.0, high: 100.0, tick: 20.0 },
            Unit::PerHundredThousand => {
                let tick = step(high);
                Self { low: 0.0, high: (high / tick).ceil().max(1.0) * tick, tick }
            }
        })
    }

    fn x(&self, value: f64) -> f64 {
        LEFT + ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0) * (RIGHT - LEFT)
    }
}

fn label(rows: &[Row], measure: Measure) -> String {
    let parts: Vec<String> = rows
        .iter()
        .map(|row| match row.figure.filter(|figure| rate(figure).is_some()) {
            Some(figure) => {
                let interval =
                    format::interval(figure).map(|interval| format!(", 95% interval {interval}")).unwrap_or_default();
                let average = format::similar(figure)
                    .map(|average| format!(", average of {} {average}", figure.similar.group.group()))
                    .unwrap_or_default();
                format!("{} {}{interval}{average}", row.name, format::value(figure))
            }
            None => format!("{}: {}", row.name, row.instead),
        })
        .collect();
    format!("{}: {}.", measure.term(), parts.join("; "))
}
