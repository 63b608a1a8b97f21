//! Does a ring cross itself? A tree of boxes over consecutive segments finds the pairs worth testing.

use super::boundaries::LonLat;
use super::bounds::Bounds;
use super::number::nearest;

/// Pairs of boxes looked at before giving up. The largest official ring (8,000 points) takes 60,000;
/// a comb of 100,000 slanting teeth would take 5,000 million.
const BUDGET: u32 = 2_000_000;
/// Segments in a leaf of the tree.
const LEAF: usize = 8;

/// What the test found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Crossing {
    /// No two segments cross.
    None,
    /// Two do, near this point.
    At(LonLat),
    /// Not decided within the budget.
    TooTangled,
}

/// Ten-millionths of a degree (11 mm): whole numbers, so that the sign of a turn is exact.
type Grid = (i64, i64);
type Segment = (Grid, Grid);

struct Node<'a> {
    segments: &'a [Segment],
    bounds: Bounds,
    halves: Option<Box<(Node<'a>, Node<'a>)>>,
}

impl<'a> Node<'a> {
    fn new(segments: &'a [Segment]) -> Self {
        if segments.len() <= LEAF {
            let bounds = segments.iter().fold(Bounds::EMPTY, |all, s| all.union(bounds_of(s)));
            return Self { segments, bounds, halves: None };
        }
        let (a, b) = segments.split_at(segments.len() / 2);
        let (a, b) = (Self::new(a), Self::new(b));
        Self { segments, bounds: a.bounds.union(b.bounds), halves: Some(Box::new((a, b))) }
    }
}

/// Tests a closed ring. Touching at a point is allowed (official files do it), crossing is not.
pub(super) fn crossing(ring: &[LonLat]) -> Crossing {
    let grid: Vec<Grid> = ring.iter().map(|p| (scaled(p.lon), scaled(p.lat))).collect();
    let segments: Vec<Segment> =
        grid.iter().zip(grid.iter().skip(1)).filter(|(a, b)| a != b).map(|(a, b)| (*a, *b)).collect();
    let mut left = BUDGET;
    match within(&Node::new(&segments), &mut left) {
        Some(found) => found,
        None => Crossing::None,
    }
}

fn within(node: &Node<'_>, left: &mut u32) -> Option<Crossing> {
    match node.halves.as_deref() {
        Some((a, b)) => within(a, left).or_else(|| within(b, left)).or_else(|| between(a, b, left)),
        None => pairs(node.segments, node.segments),
    }
}

fn between(a: &Node<'_>, b: &Node<'_>, left: &mut u32) -> Option<Crossing> {
    let Some(rest) = left.checked_sub(1) else { return Some(Crossing::TooTangled) };
    *left = rest;
    if !a.bounds.overlaps(&b.bounds) {
        return None;
    }
    match (a.halves.as_deref(), b.halves.as_deref()) {
        (None, None) => pairs(a.segments, b.segments),
        (Some((c, d)), _) if a.segments.len() >= b.segments.len() || b.halves.is_none() => {
            between(c, b, left).or_else(|| between(d, b, left))
        }
        (_, Some((c, d))) => between(a, c, left).or_else(|| between(a, d, left)),
        (Some((c, d)), None) => between(c, b, left).or_else(|| between(d, b, left)),
    }
}

fn pairs(a: &[Segment], b: &[Segment]) -> Option<Crossing> {
    a.iter().find_map(|s| b.iter().find_map(|t| meet(s, t)))
}

fn meet(s: &Segment, t: &Segment) -> Option<Crossing> {
    let apart = |p: Grid, q: Grid| turn(*s, p).signum() * turn(*s, q).signum() < 0;
    let split = |p: Grid, q: Grid| turn(*t, p).signum() * turn(*t, q).signum() < 0;
    (apart(t.0, t.1) && split(s.0, s.1)).then(|| {
        let middle = |a: i64, b: i64| degrees(a.midpoint(b));
        Crossing::At(LonLat { lon: middle(s.0.0, s.1.0), lat: middle(s.0.1, s.1.1) })
    })
}

/// Twice the signed area of the triangle: positive when `p` lies left of the segment.
fn turn((a, b): Segment, p: Grid) -> i128 {
    let wide = |v: i64| i128::from(v);
    (wide(b.0) - wide(a.0)) * (wide(p.1) - wide(a.1)) - (wide(b.1) - wide(a.1)) * (wide(p.0) - wide(a.0))
}

fn bounds_of((a, b): &Segment) -> Bounds {
    Bounds::of([(degrees(a.0), degrees(a.1)), (degrees(b.0), degrees(b.1))])
}

fn scaled(degrees: f64) -> i64 {
    i64::from(nearest(degrees * 1e7))
}

fn degrees(grid: i64) -> f64 {
    f64::from(i32::try_from(grid).unwrap_or(i32::MAX)) / 1e7
}
