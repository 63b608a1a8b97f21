//! What all drawings share.

use maud::{Markup, html};

/// A coordinate: one decimal is a third of a pixel on a phone.
pub(super) fn r(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// The line in every picture of invented figures, since pictures are cut out of their pages.
pub(super) fn invented(synthetic: bool, x: f64, y: f64, anchor: &str) -> Markup {
    html! { @if synthetic { text.inv x=(r(x)) y=(r(y)) text-anchor=(anchor) { "Invented figures" } } }
}

/// The step between the lines of an axis from 0 to a rate per 100,000: at most eight of them.
pub(super) fn step(high: f64) -> f64 {
    [2.0, 5.0, 10.0, 20.0, 50.0, 100.0].into_iter().find(|step| high <= step * 5.0).unwrap_or(500.0)
}
