//! The small square of a verdict, filled as on the map. The words beside it say the same.

use crate::domain::compare::Verdict;
use crate::domain::measure::Measure;
use crate::export::pdf::colour::Colour;
use crate::export::pdf::column::TEXT;
use crate::export::pdf::ink::{Mark, Pen, dot, line, rectangle, within};
use crate::export::pdf::table::{Cell, Drawing};
use crate::export::pdf::text::span;
use crate::read::standing::Band;

/// The room that it takes before a text, in points.
pub(super) const ROOM: f32 = 13.0;
/// Its side, in points.
const SIDE: f32 = 8.0;
/// Between two stripes.
const STRIPE: f32 = 2.9;
const EDGE: Pen = Pen::new(Colour::EDGE, 0.5);

/// The square in a cell of a table.
fn before(band: Band) -> Drawing {
    Box::new(move |left, middle, _| swatch(band, left, middle))
}

/// A verdict in words, after its square.
pub(super) fn verdict(band: Band, measure: Measure) -> Cell {
    let words = band.title(measure.judgement());
    Cell::text([span(words, TEXT)]).after(ROOM, before(band))
}

/// The square with its left edge and its middle height.
pub(super) fn swatch(band: Band, left: f32, middle: f32) -> Vec<Mark> {
    let top = middle - SIDE / 2.0;
    let square = |fill, pen| rectangle(left, top, SIDE, SIDE, fill, Some(pen));
    let dashed = |dashes| Pen { dashes, ..EDGE };
    let marks = match band {
        Band::Verdict(Verdict::Higher) => vec![square(Some(Colour::PLUM), EDGE)],
        Band::Verdict(Verdict::Lower) => vec![square(Some(Colour::TEAL), EDGE)],
        Band::Verdict(Verdict::Within) => vec![square(Some(Colour::SAND), EDGE)],
        Band::Verdict(Verdict::PossiblyHigher) => striped(left, top, Colour::PLUM, true),
        Band::Verdict(Verdict::PossiblyLower) => striped(left, top, Colour::TEAL, false),
        Band::Verdict(Verdict::TooFew) => {
            let dots = [(2.0, 2.0), (6.0, 2.0), (4.0, 4.0), (2.0, 6.0), (6.0, 6.0)];
            let dots = dots.into_iter().map(|(x, y)| dot(left + x, top + y, 0.7, Colour::SOFT, None));
            [square(Some(Colour::PAPER), EDGE)].into_iter().chain(dots).collect()
        }
        Band::Verdict(Verdict::NotCompared) => vec![square(Some(Colour::PAPER), EDGE)],
        Band::Verdict(Verdict::NoRate) => vec![square(Some(Colour::PAPER), dashed(&[2.0, 1.5]))],
        Band::NoFigure => vec![square(Some(Colour::PAPER), dashed(&[0.6, 1.4]))],
    };
    marks.into_iter().flatten().collect()
}

fn striped(left: f32, top: f32, colour: Colour, rising: bool) -> Vec<Option<Mark>> {
    let pen = Pen::new(colour, 1.25);
    let stripes = (0_u8..=5).filter_map(|number| {
        let at = left + STRIPE * f32::from(number);
        let (low, high) = ((at - SIDE, top + SIDE), (at, top));
        let (from, to) = if rising { (low, high) } else { ((low.0, top), (high.0, top + SIDE)) };
        line(&[from, to], pen)
    });
    let stripes = stripes.collect();
    vec![
        rectangle(left, top, SIDE, SIDE, Some(Colour::SAND), None),
        within(left, top, SIDE, SIDE, stripes),
        rectangle(left, top, SIDE, SIDE, None, Some(EDGE)),
    ]
}
