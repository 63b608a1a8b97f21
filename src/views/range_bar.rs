//! A row's bar: the range expected as a band, the average of the kind, the council with its interval.

use maud::{Markup, html};

use super::chart::r;
use crate::domain::chance;
use crate::domain::compare::Verdict;
use crate::domain::figure::{Figure, FigureValue};
use crate::domain::interval::Interval;
use crate::domain::measure::{Measure, Unit};

const WIDTH: f64 = 180.0;
const ROOM: f64 = 5.0;

/// The axis that all rows share.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    measure: Measure,
    high: f64,
}

impl Axis {
    /// From 0 to 100%, or to the highest rate or average per 100,000 that is shown.
    pub fn new<'a>(measure: Measure, figures: impl Iterator<Item = &'a Figure>) -> Self {
        let high = match measure.unit() {
            Unit::Percent => 100.0,
            Unit::PerHundredThousand => figures.filter_map(rate).fold(1.0, f64::max).ceil(),
        };
        Self { measure, high }
    }

    /// Its ends in words: "0% to 100%".
    pub fn words(self) -> String {
        let unit = self.measure.unit();
        format!("{} to {}", unit.show(0.0), unit.show(self.high))
    }

    fn x(self, value: f64) -> f64 {
        ROOM + (value / self.high).clamp(0.0, 1.0) * (WIDTH - 2.0 * ROOM)
    }
}

fn rate(figure: &Figure) -> Option<f64> {
    match figure.value {
        FigureValue::Rate(value) => Some(value),
        FigureValue::NothingDue | FigureValue::NotKnown => None,
    }
}

/// The bar of one figure; nothing where it has no rate. Its numbers stand in words beside it.
pub fn bar(figure: &Figure, axis: Axis) -> Markup {
    let Some(value) = rate(figure) else { return html! {} };
    let average = figure.similar.computed.or(figure.similar.published);
    html! {
        svg.bar viewBox="0 0 180 20" preserveAspectRatio="xMinYMid" aria-hidden="true" {
            path.ax d="M5 17.5H175" {}
            @if let Some(Interval { low, high }) = chance::range(figure) {
                rect.rng x=(r(axis.x(low) - 1.0)) y="3" width=(r(axis.x(high) - axis.x(low) + 2.0)) height="13" {}
            }
            @if let Some(average) = average { path.avg d={ "M" (r(axis.x(average))) " 3v13" } {} }
            @if let Some(interval) = figure.interval {
                path.ci d={ "M" (r(axis.x(interval.low))) " 9.5H" (r(axis.x(interval.high))) } {}
            }
            circle.me.thin[figure.verdict == Verdict::TooFew] cx=(r(axis.x(value))) cy="9.5" r="4" {}
        }
    }
}
