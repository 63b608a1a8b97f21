//! The point of an area that lies farthest from its outline: where a label or a focus ring goes.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::bounds::Bounds;

type Point = (f64, f64);

/// A square of the search, best first.
struct Square {
    at: Point,
    half: f64,
    /// From the middle to the outline; negative outside.
    distance: f64,
}

impl Square {
    fn new(at: Point, half: f64, rings: &[Vec<Point>]) -> Self {
        Self { at, half, distance: distance(at, rings) }
    }

    /// The most that any point of the square can reach.
    fn best(&self) -> f64 {
        self.distance + self.half * std::f64::consts::SQRT_2
    }
}

impl Ord for Square {
    fn cmp(&self, other: &Self) -> Ordering {
        self.best().total_cmp(&other.best())
    }
}

impl PartialOrd for Square {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Square {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Square {}

/// Squares looked at before the best so far is good enough.
const MOST_SQUARES: usize = 2000;

/// Pole of inaccessibility of closed rings (outline, then holes), to within `precision`. Quadtree search
/// after V. Agafonkin, "polylabel".
pub(super) fn pole(rings: &[Vec<Point>], precision: f64) -> Option<Point> {
    let bounds = Bounds::of(rings.first()?.iter().copied());
    let (wide, high) = (bounds.max.0 - bounds.min.0, bounds.max.1 - bounds.min.1);
    let half = wide.max(high) / 2.0;
    let middle = (bounds.min.0 + wide / 2.0, bounds.min.1 + high / 2.0);
    let mut best = Square::new(middle, 0.0, rings);
    let mut open = BinaryHeap::from([Square::new(middle, half, rings)]);
    for _ in 0..MOST_SQUARES {
        let Some(square) = open.pop() else { break };
        if square.best() - best.distance <= precision {
            break;
        }
        let half = square.half / 2.0;
        for (x, y) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            let quarter = Square::new((square.at.0 + x, square.at.1 + y), half, rings);
            if quarter.distance > best.distance {
                best = Square::new(quarter.at, 0.0, rings);
            }
            open.push(quarter);
        }
    }
    Some(best.at)
}

fn distance(at: Point, rings: &[Vec<Point>]) -> f64 {
    let mut inside = false;
    let mut least = f64::INFINITY;
    for (a, b) in rings.iter().flat_map(|ring| ring.iter().zip(ring.iter().skip(1))) {
        if (a.1 > at.1) != (b.1 > at.1) && at.0 < (b.0 - a.0) * (at.1 - a.1) / (b.1 - a.1) + a.0 {
            inside = !inside;
        }
        least = least.min(to_segment(at, *a, *b));
    }
    if inside { least.sqrt() } else { -least.sqrt() }
}

/// Squared distance from a point to a segment.
fn to_segment(p: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { ((p.0 - a.0) * dx + (p.1 - a.1) * dy) / length } else { 0.0 };
    let along = along.clamp(0.0, 1.0);
    let (x, y) = (p.0 - a.0 - along * dx, p.1 - a.1 - along * dy);
    x * x + y * y
}
