//! The strip under a figure: the range expected, the group as dots, the council with its interval, the average as a line.

use maud::{Markup, html};

use super::chart::{average, invented, points, r, rate};
use crate::db::figures::SourcedFigure;
use crate::domain::chance;
use crate::domain::compare::Verdict;
use crate::domain::format;
use crate::domain::interval::float;
use crate::domain::measure::Unit;
use crate::read::council::FigureBlock;

/// Width and height of its view box.
pub(super) const SIZE: (f64, f64) = (300.0, 74.0);
const LEFT: f64 = 8.0;
const RIGHT: f64 = 292.0;
/// Top, middle and bottom of the range expected.
const BAND: (f64, f64, f64) = (20.0, 34.0, 48.0);
/// Base lines of what stands over it and under it.
const OVER: f64 = 13.0;
const UNDER: f64 = 69.0;
/// A letter at its widest, of the size that pages have.
const LETTER: f64 = 9.6;
/// Between what stands over the average and what stands over the council.
const APART: f64 = 10.0;

/// The strip of a figure; nothing where there is nothing to draw.
pub fn strip(block: &FigureBlock, name: &str) -> Markup {
    block.figure.as_ref().map_or_else(|| html! {}, |figure| draw(figure, &block.group, name, None))
}

/// The strip of a measure that belongs to the one of a block, named in it, since the number over it is another.
pub fn beside(one: &SourcedFigure, group: &[f64], name: &str, word: &str) -> Markup {
    draw(one, group, name, Some(word))
}

fn draw(one: &SourcedFigure, group: &[f64], name: &str, word: Option<&str>) -> Markup {
    let figure = &one.figure;
    let Some(value) = rate(figure) else { return html! {} };
    let unit = figure.measure.unit();
    let range = chance::range(figure);
    let high = range.map_or(value, |range| range.high.max(value)).max(average(figure).unwrap_or(value));
    let top = scale_end(unit, group, high);
    let x = |value: f64| LEFT + (value / top).clamp(0.0, 1.0) * (RIGHT - LEFT);
    let (over, middle, under) = BAND;
    let few = figure.verdict == Verdict::TooFew;
    let similar =
        average(figure).map(|value| (x(value), format!("{} {}", figure.similar.group.short_group(), unit.show(value))));
    let named = word.map(|word| (x(value), format!("{word} {}", format::value(figure))));
    let (similar_at, named_at) = apart(similar.as_ref(), named.as_ref());
    html! {
        svg.strip viewBox={ "0 0 " (SIZE.0) " " (SIZE.1) } role="img" aria-label=(told(one, group.len(), name)) {
            @if let Some(range) = range {
                rect.rng x=(r(x(range.low))) y=(r(over)) width=(r((x(range.high) - x(range.low)).max(1.0))) height=(r(under - over)) {}
            }
            line.ax x1=(r(LEFT)) x2=(r(RIGHT)) y1=(r(under + 6.0)) y2=(r(under + 6.0)) {}
            path.dots d=(points(spread(group, over + 5.0, under - over - 10.0).map(|(value, y)| (x(value), y)))) {}
            @if let Some((at, words)) = &similar {
                line.avg x1=(r(*at)) x2=(r(*at)) y1=(r(over - 3.0)) y2=(r(under + 3.0)) {}
                text x=(r(similar_at)) y=(r(OVER)) text-anchor="middle" { (words) }
            }
            @if let Some(interval) = figure.interval {
                line.ci x1=(r(x(interval.low))) x2=(r(x(interval.high))) y1=(r(middle)) y2=(r(middle)) {}
            }
            circle.me.thin[few] cx=(r(x(value))) cy=(r(middle)) r="5.5" {}
            text x=(r(LEFT)) y=(r(UNDER)) { (unit.show(0.0)) }
            text x=(r(RIGHT)) y=(r(UNDER)) text-anchor="end" { (unit.show(top)) }
            (invented(one.source.as_ref().is_some_and(|source| source.synthetic), f64::midpoint(LEFT, RIGHT), UNDER, "middle"))
            @if let Some((_, words)) = &named { text.lbl x=(r(named_at)) y=(r(OVER)) text-anchor="middle" { (words) } }
        }
    }
}

/// Where the middles of two texts stand over their marks so that both lie inside the drawing and clear of each other.
fn apart(similar: Option<&(f64, String)>, named: Option<&(f64, String)>) -> (f64, f64) {
    let half = |words: &str| float(u64::try_from(words.chars().count()).unwrap_or(0)) * LETTER / 2.0;
    let inside = |at: f64, half: f64| at.clamp(half, (SIZE.0 - half).max(half));
    match (similar, named) {
        (Some((a, first)), Some((b, second))) => {
            let (first, second) = (half(first), half(second));
            let (a, b, room) = (inside(*a, first), inside(*b, second), first + second + APART);
            if (a - b).abs() >= room {
                (a, b)
            } else if a <= b {
                let left = inside(f64::midpoint(a, b) - room / 2.0, first).min(SIZE.0 - second - room);
                (left, left + room)
            } else {
                let left = inside(f64::midpoint(a, b) - room / 2.0, second).min(SIZE.0 - first - room);
                (left + room, left)
            }
        }
        (Some((a, first)), None) => (inside(*a, half(first)), 0.0),
        (None, Some((b, second))) => (0.0, inside(*b, half(second))),
        (None, None) => (0.0, 0.0),
    }
}

/// Where the axis of a strip ends; it begins at 0.
pub(super) fn scale_end(unit: Unit, group: &[f64], value: f64) -> f64 {
    match unit {
        Unit::Percent => 100.0,
        Unit::PerHundredThousand => {
            let high = group.iter().copied().fold(value, f64::max);
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
    block.figure.as_ref().map_or_else(String::new, |figure| told(figure, block.group.len(), name))
}

fn told(one: &SourcedFigure, others: usize, name: &str) -> String {
    let figure = &one.figure;
    let interval = format::interval(figure).map(|interval| format!(", 95% interval {interval}")).unwrap_or_default();
    let range = chance::range(figure)
        .map(|range| format!(" Range expected: {}.", format::range(figure.measure.unit(), range)))
        .unwrap_or_default();
    format!(
        "{name} at {}{interval}, among {} other {}{}.{range}",
        format::value(figure),
        format::count(u64::try_from(others).unwrap_or(0)),
        figure.similar.group.group(),
        format::similar(figure).map(|average| format!(", whose average is {average}")).unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_over_two_marks_lie_inside_and_clear_of_each_other() {
        let words = |at: f64, text: &str| (at, text.to_owned());
        for (a, b) in [(10.0, 12.0), (150.0, 150.0), (290.0, 292.0), (292.0, 288.0), (20.0, 280.0)] {
            let (similar, named) = (words(a, "Counties 21%"), words(b, "late 49%"));
            let (first, second) = apart(Some(&similar), Some(&named));
            let (half, other) = (6.0 * LETTER, 4.0 * LETTER);
            assert!((first - second).abs() >= half + other, "{a} and {b}: {first} and {second}");
            assert!(first >= half && first <= SIZE.0 - half, "{a} and {b}: {first}");
            assert!(second >= other && second <= SIZE.0 - other, "{a} and {b}: {second}");
        }
    }
}
