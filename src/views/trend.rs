//! A measure over the years as a line chart: labels on the lines, breaks drawn and named, and no line
//! across a change in what is counted.

use maud::{Markup, html};

use super::chart::{self, invented, joined, r, rate, step, ticks, years_in_words};
use crate::db::figures::SourcedFigure;
use crate::domain::measure::{Measure, Unit};
use crate::domain::year::ReportingYear;

/// Width and height of its view box; a funnel has the same.
pub(super) const SIZE: (f64, f64) = (560.0, 182.0);
const LEFT: f64 = 40.0;
const RIGHT: f64 = 436.0;
const TOP: f64 = 18.0;
const BOTTOM: f64 = 150.0;
/// More years than this have no room for all their names.
const MOST_LABELS: usize = 8;

/// The chart of one measure; nothing when fewer than two years have a rate.
pub fn trend(history: &[SourcedFigure], measure: Measure, name: &str, group: &str, synthetic: bool) -> Markup {
    let own = series(history, measure, |one| rate(&one.figure));
    let average = series(history, measure, |one| chart::average(&one.figure));
    lines(&own, &average, measure, name, group, synthetic)
}

/// The chart of a series and, where there is one, the series it is seen against.
pub fn lines(
    own: &[(ReportingYear, f64)],
    average: &[(ReportingYear, f64)],
    measure: Measure,
    name: &str,
    group: &str,
    synthetic: bool,
) -> Markup {
    let (Some(first), Some(last)) = (
        own.iter().chain(average).map(|(year, _)| *year).min(),
        own.iter().chain(average).map(|(year, _)| *year).max(),
    ) else {
        return html! {};
    };
    if own.len() < 2 {
        return html! {};
    }
    let scale = Scale::new(measure.unit(), first, last, own.iter().chain(average).map(|(_, value)| *value));
    let years: Vec<ReportingYear> =
        (first.start_year()..=last.start_year()).filter_map(ReportingYear::starting_in).collect();
    html! {
        svg.trend viewBox="0 0 560 182" role="img" aria-label=(label(own, average, measure, name, group)) {
            @if let Some(covid) = years.iter().find(|year| year.start_year() == 2020) {
                rect.brk x=(r(scale.x(*covid) - 20.0)) width="40" y=(r(TOP)) height=(r(BOTTOM - TOP)) {}
                text x=(r(scale.x(*covid))) y="13" text-anchor="middle" { "Covid pause" }
            }
            @for value in ticks(scale.low, scale.high, scale.tick) {
                line.ax x1=(r(LEFT)) x2=(r(RIGHT)) y1=(r(scale.y(value))) y2=(r(scale.y(value))) {}
                text x=(r(LEFT - 6.0)) y=(r(scale.y(value) + 4.0)) text-anchor="end" { (measure.unit().show(value)) }
            }
            @for year in years.iter().filter(|year| year.starts_a_new_series() && **year != first) {
                @let x = scale.between(*year);
                line.cut x1=(r(x)) x2=(r(x)) y1=(r(TOP)) y2=(r(BOTTOM)) {}
                text.why x=(r(x + 4.0)) y=(r(BOTTOM - 18.0)) { "selection of" }
                text.why x=(r(x + 4.0)) y=(r(BOTTOM - 4.0)) { "cases changed" }
            }
            @for (place, year) in years.iter().rev().enumerate() {
                // A phone has room for every other year, the newest among them; so has a long series everywhere.
                @if place % 2 == 0 || years.len() <= MOST_LABELS { text.odd[place % 2 == 1] x=(r(scale.x(*year))) y="170" text-anchor="middle" { (year) } }
            }
            (invented(synthetic, 558.0, 170.0, "end"))
            path.grp d=(line(average, &scale)) {}
            path.me d=(line(own, &scale)) {}
            path.dots.mine d=(dots(own, &scale)) {}
            (labels(own, average, &scale, measure, name, group))
        }
    }
}

/// Names at the ends of the lines, kept apart.
fn labels(
    own: &[(ReportingYear, f64)],
    average: &[(ReportingYear, f64)],
    scale: &Scale,
    measure: Measure,
    name: &str,
    group: &str,
) -> Markup {
    let end = |list: &[(ReportingYear, f64)]| list.last().map(|(_, value)| (*value, scale.y(*value) + 4.0));
    let (mine, theirs) = (end(own), end(average));
    let (mine_y, theirs_y) = match (mine, theirs) {
        (Some((_, a)), Some((_, b))) if (a - b).abs() < 13.0 => {
            let middle = f64::midpoint(a, b);
            if a <= b { (middle - 6.5, middle + 6.5) } else { (middle + 6.5, middle - 6.5) }
        }
        (a, b) => (a.map_or(0.0, |(_, y)| y), b.map_or(0.0, |(_, y)| y)),
    };
    html! {
        @if let Some((value, _)) = mine {
            text.lab x=(r(RIGHT + 8.0)) y=(r(mine_y)) { (ending(own, scale, short(name), &measure.unit().show(value))) }
        }
        @if let Some((value, _)) = theirs {
            text.labg x=(r(RIGHT + 8.0)) y=(r(theirs_y)) { (group) " " (measure.unit().show(value)) }
        }
    }
}

/// Name and value; where the line ends before the chart does, its year instead of the name.
fn ending(own: &[(ReportingYear, f64)], scale: &Scale, name: &str, value: &str) -> String {
    match own.last() {
        Some((year, _)) if *year != scale.last => format!("{value} in {year}"),
        _ => format!("{name} {value}"),
    }
}

/// A name that fits beside the chart; the full one stands in the heading.
fn short(name: &str) -> &str {
    if name.chars().count() <= 11 { name } else { "Council" }
}

fn series(
    history: &[SourcedFigure],
    measure: Measure,
    value: impl Fn(&SourcedFigure) -> Option<f64>,
) -> Vec<(ReportingYear, f64)> {
    history
        .iter()
        .filter(|one| one.figure.measure == measure)
        .filter_map(|one| value(one).map(|value| (one.year, value)))
        .collect()
}

struct Scale {
    first: ReportingYear,
    last: ReportingYear,
    step: f64,
    low: f64,
    high: f64,
    tick: f64,
}

impl Scale {
    fn new(unit: Unit, first: ReportingYear, last: ReportingYear, values: impl Iterator<Item = f64>) -> Self {
        let (low, high) = values.fold((f64::MAX, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let (tick, low, high) = match unit {
            Unit::Percent if low >= 80.0 => (10.0, 80.0, 100.0),
            Unit::Percent => (20.0, (low / 20.0).floor() * 20.0, (high / 20.0).ceil() * 20.0),
            Unit::PerHundredThousand => {
                let tick = step(high);
                (tick, 0.0, (high / tick).ceil() * tick)
            }
        };
        let years = f64::from((last.start_year() - first.start_year()).max(1));
        Self { first, last, step: (RIGHT - LEFT - 48.0) / years, low, high: high.max(low + tick), tick }
    }

    fn x(&self, year: ReportingYear) -> f64 {
        LEFT + 24.0 + f64::from(year.start_year() - self.first.start_year()) * self.step
    }

    /// Half-way between a year and the one before.
    fn between(&self, year: ReportingYear) -> f64 {
        self.x(year) - self.step / 2.0
    }

    fn y(&self, value: f64) -> f64 {
        BOTTOM - (value - self.low) / (self.high - self.low) * (BOTTOM - TOP)
    }
}

/// A line through the years that follow each other within one series.
fn line(values: &[(ReportingYear, f64)], scale: &Scale) -> String {
    let mut path = String::new();
    let mut before: Option<ReportingYear> = None;
    for (year, value) in values {
        path.push_str(&format!(
            "{}{} {}",
            if joined(before, *year) { 'L' } else { 'M' },
            r(scale.x(*year)),
            r(scale.y(*value))
        ));
        before = Some(*year);
    }
    path
}

fn dots(values: &[(ReportingYear, f64)], scale: &Scale) -> String {
    chart::points(values.iter().map(|(year, value)| (scale.x(*year), scale.y(*value))))
}

/// Both series in words, with the breaks in them.
fn label(
    own: &[(ReportingYear, f64)],
    average: &[(ReportingYear, f64)],
    measure: Measure,
    name: &str,
    group: &str,
) -> String {
    let said = |values: &[(ReportingYear, f64)]| {
        years_in_words(values.iter().map(|(year, value)| (*year, measure.unit().show(*value))))
    };
    let average = if average.is_empty() { String::new() } else { format!(" Average, {group}: {}.", said(average)) };
    format!("{} of {name} by year: {}.{average}", measure.term(), said(own))
}
