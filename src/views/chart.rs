//! What all drawings share: coordinates, axes, lines, what a figure gives to draw.

use maud::{Markup, html};

use crate::domain::figure::{Figure, FigureValue};
use crate::domain::interval::Interval;
use crate::domain::year::ReportingYear;

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// With names and values at the ends of the lines; letters of 13 px from a width of 560 px.
    Wide,
    /// For less, where letters of the same size need more of the width: names stand in the text beside it.
    Narrow,
}

/// A chart in both forms, of which the style sheet shows the one whose letters can be read; nothing where there is nothing to draw.
pub(super) fn in_both(draw: impl Fn(Form) -> Markup) -> Markup {
    let wide = draw(Form::Wide);
    html! { @if !wide.0.is_empty() { div.chart { (wide) (draw(Form::Narrow)) } } }
}

/// A coordinate: one decimal is a third of a pixel on a phone.
pub(super) fn r(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// The line in every picture of invented figures, since pictures are cut out of their pages.
pub(super) fn invented(synthetic: bool, x: f64, y: f64, anchor: &str) -> Markup {
    html! { @if synthetic { text.inv x=(r(x)) y=(r(y)) text-anchor=(anchor) { "Invented figures" } } }
}

/// The rate of a figure, in the unit of its measure; none where nothing was due or known.
pub(super) fn rate(figure: &Figure) -> Option<f64> {
    match figure.value {
        FigureValue::Rate(value) => Some(value),
        FigureValue::NothingDue | FigureValue::NotKnown => None,
    }
}

/// The average that is written beside a figure: published where known, else computed.
pub(super) fn average(figure: &Figure) -> Option<f64> {
    figure.similar.published.or(figure.similar.computed)
}

/// The values at which an axis has its lines.
pub(super) fn ticks(low: f64, high: f64, step: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(low), move |value| Some(value + step)).take_while(move |value| *value <= high + 1e-9)
}

/// Whether a line may lead to a year from the one before it: both follow each other and count the same.
pub(super) fn joined(before: Option<ReportingYear>, year: ReportingYear) -> bool {
    before.is_some_and(|before| before.next() == year) && !year.starts_a_new_series()
}

/// Years in runs that may be joined: each year follows the one before, and counts the same.
pub(super) fn runs<T>(years: impl IntoIterator<Item = (ReportingYear, T)>) -> Vec<Vec<(ReportingYear, T)>> {
    let mut runs: Vec<Vec<(ReportingYear, T)>> = Vec::new();
    for (year, value) in years {
        let follows = |run: &&mut Vec<(ReportingYear, T)>| joined(run.last().map(|(before, _)| *before), year);
        match runs.last_mut().filter(follows) {
            Some(run) => run.push((year, value)),
            None => runs.push(vec![(year, value)]),
        }
    }
    runs
}

/// Ranges as one path: along the upper ends of a run and back along the lower ones; a year alone is a bar, `half` wide to
/// both sides.
pub(super) fn band(
    ranges: impl IntoIterator<Item = (ReportingYear, Interval)>,
    x: impl Fn(ReportingYear) -> f64,
    y: impl Fn(f64) -> f64,
    half: f64,
) -> String {
    let mut path = String::new();
    for mut run in runs(ranges) {
        if let [(year, only)] = run.as_slice() {
            let (left, right) = (r(x(*year) - half), r(x(*year) + half));
            let (low, high) = (r(y(only.low)), r(y(only.high)));
            path.push_str(&format!("M{left} {high}L{right} {high}L{right} {low}L{left} {low}z"));
            continue;
        }
        for (place, (year, range)) in run.iter().enumerate() {
            path.push_str(&format!("{}{} {}", if place > 0 { 'L' } else { 'M' }, r(x(*year)), r(y(range.high))));
        }
        run.reverse();
        for (year, range) in &run {
            path.push_str(&format!("L{} {}", r(x(*year)), r(y(range.low))));
        }
        path.push('z');
    }
    path
}

/// The years in words, each with its value, and the breaks between them named.
pub(super) fn years_in_words(years: impl IntoIterator<Item = (ReportingYear, String)>) -> String {
    let mut text = String::new();
    for (year, value) in years {
        if !text.is_empty() {
            text.push_str(if year.starts_a_new_series() { "; counted anew from " } else { ", " });
        }
        text.push_str(&format!("{year} {value}"));
    }
    text
}

/// Points as one path of round-capped dots: a tenth of the bytes of as many circles.
pub(super) fn points(points: impl IntoIterator<Item = (f64, f64)>) -> String {
    points.into_iter().map(|(x, y)| format!("M{} {}h0", r(x), r(y))).collect()
}

/// The step between the lines of an axis from 0 to a rate per 100,000: at most eight of them.
pub(super) fn step(high: f64) -> f64 {
    [2.0, 5.0, 10.0, 20.0, 50.0, 100.0].into_iter().find(|step| high <= step * 5.0).unwrap_or(500.0)
}
