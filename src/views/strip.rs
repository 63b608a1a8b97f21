//! The strip under a figure: the group as dots, the council with its interval, the average as a line.

use maud::{Markup, html};

use super::chart::{average, invented, points, r, rate};
use crate::domain::interval::float;
use crate::domain::measure::Unit;
use crate::read::council::FigureBlock;

/// Width and height of its view box.
pub(super) const SIZE: (f64, f64) = (300.0, 62.0);
const LEFT: f64 = 8.0;
const RIGHT: f64 = 292.0;

/// The strip of a figure; nothing where there is nothing to draw.
pub fn strip(block: &FigureBlock, name: &str) -> Markup {
    let Some(figure) = block.figure.as_ref().map(|one| &one.figure) else { return html! {} };
    let Some(value) = rate(figure) else { return html! {} };
    let unit = figure.measure.unit();
    let top = scale_end(unit, block, value);
    let x = |value: f64| LEFT + (value / top).clamp(0.0, 1.0) * (RIGHT - LEFT);
    let average = average(figure);
    let me = x(value);
    let (anchor, at) = match me {
        me if me < 40.0 => ("start", LEFT),
        me if me > 250.0 => ("end", RIGHT),
        me => ("middle", me),
    };
    html! {
        svg.strip viewBox="0 0 300 62" role="img" aria-label=(label(block, name)) {
            line.ax x1="8" x2="292" y1="40" y2="40" {}
            path.dots d=(points(spread(&block.group, 19.5, 13.0).map(|(value, y)| (x(value), y)))) {}
            @if let Some(average) = average {
                line.avg x1=(r(x(average))) x2=(r(x(average))) y1="13" y2="40" {}
            }
            @if let Some(interval) = figure.interval {
                line.ci x1=(r(x(interval.low))) x2=(r(x(interval.high))) y1="26" y2="26" {}
            }
            circle.me cx=(r(me)) cy="26" r="5.5" {}
            text x="8" y="56" { (unit.show(0.0)) }
            text x="292" y="56" text-anchor="end" { (unit.show(top)) }
            (invented(block.is_invented(), 150.0, 56.0, "middle"))
            text.lbl x=(r(at)) y="9" text-anchor=(anchor) { (name) }
        }
    }
}

/// Where the axis of a strip ends; it begins at 0.
pub(super) fn scale_end(unit: Unit, block: &FigureBlock, value: f64) -> f64 {
    match unit {
        Unit::Percent => 100.0,
        Unit::PerHundredThousand => {
            let high = block.group.iter().copied().fold(value, f64::max);
            (high / 5.0).ceil().max(1.0) * 5.0
        }
    }
}

/// The rates of a group with heights that keep neighbours apart.
pub(super) fn spread(group: &[f64], top: f64, height: f64) -> impl Iterator<Item = (f64, f64)> + use<> {
    let mut sorted: Vec<f64> = group.to_vec();
    sorted.sort_by(f64::total_cmp);
    // Golden-ratio steps spread neighbours evenly over the height, the same on every run.
    (0_u32..).zip(sorted).map(move |(place, value)| (value, top + (f64::from(place) * 0.618_034).fract() * height))
}

/// The strip in words.
pub(super) fn label(block: &FigureBlock, name: &str) -> String {
    let Some(figure) = block.figure.as_ref().map(|one| &one.figure) else { return String::new() };
    let interval = crate::domain::format::interval(figure)
        .map(|interval| format!(", 95% interval {interval}"))
        .unwrap_or_default();
    let others = float(u64::try_from(block.group.len()).unwrap_or(0));
    format!(
        "{name} at {}{interval}, among {others} other {}{}.",
        crate::domain::format::value(figure),
        figure.similar.group.group(),
        crate::domain::format::similar(figure)
            .map(|average| format!(", whose average is {average}"))
            .unwrap_or_default(),
    )
}
