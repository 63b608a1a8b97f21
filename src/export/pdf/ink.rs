//! What is drawn on a sheet: text, lines, areas.

use krilla::geom::{Path, PathBuilder, Rect};
use krilla::num::NormalizedF32;
use krilla::paint::{LineCap, LineJoin, Stroke, StrokeDash};

use super::colour::Colour;
use super::text::Line;

/// A line's look.
#[derive(Clone, Copy, Debug)]
pub struct Pen {
    /// Its colour.
    pub colour: Colour,
    /// In points.
    pub width: f32,
    /// Lengths of dashes and of the gaps between them; none for a whole line.
    pub dashes: &'static [f32],
}

impl Pen {
    /// A whole line.
    pub const fn new(colour: Colour, width: f32) -> Self {
        Self { colour, width, dashes: &[] }
    }

    pub(super) fn stroke(self) -> Stroke {
        Stroke {
            paint: self.colour.rgb().into(),
            width: self.width,
            miter_limit: 4.0,
            line_cap: LineCap::Butt,
            line_join: LineJoin::Round,
            opacity: NormalizedF32::ONE,
            dash: (!self.dashes.is_empty()).then(|| StrokeDash { array: self.dashes.to_vec(), offset: 0.0 }),
        }
    }
}

/// One thing that is drawn. Places are in points from the upper left corner of the sheet.
pub enum Mark {
    /// A line of text, from its left end on the baseline.
    Text {
        /// From the left.
        x: f32,
        /// The baseline, from the top.
        y: f32,
        /// What is set.
        line: Line,
    },
    /// A shape, filled, outlined or both.
    Shape {
        /// The shape.
        path: Path,
        /// What fills it.
        fill: Option<Colour>,
        /// What its outline is drawn with.
        pen: Option<Pen>,
    },
    /// Marks that are seen only inside a shape.
    Within {
        /// The shape.
        path: Path,
        /// What is drawn.
        marks: Vec<Mark>,
    },
}

/// A straight line, or several joined.
pub fn line(points: &[(f32, f32)], pen: Pen) -> Option<Mark> {
    Some(Mark::Shape { path: joined(points, false)?, fill: None, pen: Some(pen) })
}

/// An area with straight edges.
pub fn area(points: &[(f32, f32)], fill: Colour) -> Option<Mark> {
    Some(Mark::Shape { path: joined(points, true)?, fill: Some(fill), pen: None })
}

fn joined(points: &[(f32, f32)], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (place, (x, y)) in points.iter().enumerate() {
        if place == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
    }
    if closed {
        path.close();
    }
    path.finish()
}

/// A rectangle.
pub fn rectangle(x: f32, y: f32, width: f32, height: f32, fill: Option<Colour>, pen: Option<Pen>) -> Option<Mark> {
    Some(Mark::Shape { path: rectangular(x, y, width, height)?, fill, pen })
}

pub(super) fn rectangular(x: f32, y: f32, width: f32, height: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, width, height)?);
    path.finish()
}

/// Marks that are seen only inside a rectangle.
pub fn within(x: f32, y: f32, width: f32, height: f32, marks: Vec<Mark>) -> Option<Mark> {
    Some(Mark::Within { path: rectangular(x, y, width, height)?, marks })
}

/// How far the handles of a curve lie that stands for a quarter of a circle, as a part of the radius.
const HANDLE: f32 = 0.552_285;

/// A filled circle.
pub fn dot(x: f32, y: f32, radius: f32, fill: Colour, pen: Option<Pen>) -> Option<Mark> {
    let (r, h) = (radius, radius * HANDLE);
    let mut path = PathBuilder::new();
    path.move_to(x + r, y);
    path.cubic_to(x + r, y + h, x + h, y + r, x, y + r);
    path.cubic_to(x - h, y + r, x - r, y + h, x - r, y);
    path.cubic_to(x - r, y - h, x - h, y - r, x, y - r);
    path.cubic_to(x + h, y - r, x + r, y - h, x + r, y);
    path.close();
    Some(Mark::Shape { path: path.finish()?, fill: Some(fill), pen })
}
