//! Does a ring cross itself? A tree of boxes over consecutive segments finds the pairs worth testing.

use super::area::LonLat;
use super::bounds::Bounds;
use super::number::nearest;

/// Pairs of boxes looked at before giving up. A round ring of 100,000 points stays within it; a comb
/// of 100,000 slanting teeth would take 5,000 million.
const BUDGET: u32 = 2_000_000;
/// Segments in a leaf of the tree.
const LEAF: usize = 8;
/// Twice 2 km², in square grid steps at England's latitude: a loop of this size passes as a knot if it is also less
/// than a twentieth of its ring. The ONS's own generalised files have such knots where points were rounded or the
/// mouth of a creek closed: four in the districts of 2022, 28 in the counties of 2019, up to 1.1 km².
const KNOT: i128 = 53_000_000_000;
/// Twice a hectare: passes in any ring (one islet of 2022 is nothing but a knot).
const SPECK: i128 = 270_000_000;

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

/// One side of the ring, from its `place`-th point to the next.
#[derive(Clone, Copy)]
struct Segment {
    place: usize,
    from: Grid,
    to: Grid,
}

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

/// Tests a closed ring. Touching at a point is allowed (official files do it), and so is a tiny knot.
pub(super) fn crossing(ring: &[LonLat]) -> Crossing {
    let points: Vec<Grid> = ring.iter().map(|p| (scaled(p.lon), scaled(p.lat))).collect();
    let segments: Vec<Segment> = points
        .iter()
        .zip(points.iter().skip(1))
        .enumerate()
        .filter(|(_, (from, to))| from != to)
        .map(|(place, (from, to))| Segment { place, from: *from, to: *to })
        .collect();
    let mut search = Search { whole: doubled_area(&points), points: &points, left: BUDGET };
    search.within(&Node::new(&segments)).unwrap_or(Crossing::None)
}

struct Search<'a> {
    points: &'a [Grid],
    whole: i128,
    left: u32,
}

impl Search<'_> {
    fn within(&mut self, node: &Node<'_>) -> Option<Crossing> {
        match node.halves.as_deref() {
            Some((a, b)) => self.within(a).or_else(|| self.within(b)).or_else(|| self.between(a, b)),
            None => self.pairs(node.segments, node.segments),
        }
    }

    fn between(&mut self, a: &Node<'_>, b: &Node<'_>) -> Option<Crossing> {
        if !self.spend(1) {
            return Some(Crossing::TooTangled);
        }
        if !a.bounds.overlaps(&b.bounds) {
            return None;
        }
        match (a.halves.as_deref(), b.halves.as_deref()) {
            (None, None) => self.pairs(a.segments, b.segments),
            (Some((c, d)), _) if a.segments.len() >= b.segments.len() || b.halves.is_none() => {
                self.between(c, b).or_else(|| self.between(d, b))
            }
            (_, Some((c, d))) => self.between(a, c).or_else(|| self.between(a, d)),
            (Some((c, d)), None) => self.between(c, b).or_else(|| self.between(d, b)),
        }
    }

    fn pairs(&mut self, a: &[Segment], b: &[Segment]) -> Option<Crossing> {
        for s in a {
            for t in b.iter().filter(|t| cross(s, t)) {
                let loop_points = s.place.abs_diff(t.place);
                if !self.spend(u32::try_from(loop_points).unwrap_or(u32::MAX)) {
                    return Some(Crossing::TooTangled);
                }
                let at = meeting(s, t);
                if !self.is_knot(at, s.place.min(t.place) + 1, loop_points) {
                    return Some(Crossing::At(LonLat { lon: degrees(at.0), lat: degrees(at.1) }));
                }
            }
        }
        None
    }

    /// Two crossing lines cut the ring into two loops; is the smaller one of no size?
    fn is_knot(&self, at: Grid, first: usize, count: usize) -> bool {
        let points = self.points.get(first..first + count).unwrap_or_default();
        let ends = points.first().zip(points.last()).map_or(0, |(a, b)| product(at, *a) + product(*b, at));
        let open: i128 = points.iter().zip(points.iter().skip(1)).map(|(a, b)| product(*a, *b)).sum();
        let inner = open + ends;
        let smaller = inner.abs().min((self.whole - inner).abs());
        smaller <= KNOT.min(self.whole.abs() / 20).max(SPECK)
    }

    fn spend(&mut self, steps: u32) -> bool {
        let rest = self.left.checked_sub(steps);
        self.left = rest.unwrap_or(0);
        rest.is_some()
    }
}

fn cross(s: &Segment, t: &Segment) -> bool {
    let apart = |line: &Segment, p: Grid, q: Grid| turn(line, p).signum() * turn(line, q).signum() < 0;
    apart(s, t.from, t.to) && apart(t, s.from, s.to)
}

/// Twice the signed area of the triangle: positive when `p` lies left of the segment.
fn turn(line: &Segment, p: Grid) -> i128 {
    product((line.to.0 - line.from.0, line.to.1 - line.from.1), (p.0 - line.from.0, p.1 - line.from.1))
}

/// Twice the signed area within the points, the last joined to the first.
fn doubled_area(points: &[Grid]) -> i128 {
    points.iter().zip(points.iter().cycle().skip(1)).map(|(a, b)| product(*a, *b)).sum()
}

fn product(a: Grid, b: Grid) -> i128 {
    i128::from(a.0) * i128::from(b.1) - i128::from(a.1) * i128::from(b.0)
}

/// Where two crossing lines meet, to the grid. The weights are areas, so the crossing's own precision is kept.
fn meeting(s: &Segment, t: &Segment) -> Grid {
    let (before, after) = (turn(t, s.from).abs(), turn(t, s.to).abs());
    let sum = (before + after).max(1);
    let along = |a: i64, b: i64| a + i64::try_from(i128::from(b - a) * before / sum).unwrap_or(0);
    (along(s.from.0, s.to.0), along(s.from.1, s.to.1))
}

fn bounds_of(segment: &Segment) -> Bounds {
    Bounds::of([segment.from, segment.to].map(|(x, y)| (degrees(x), degrees(y))))
}

fn scaled(degrees: f64) -> i64 {
    i64::from(nearest(degrees * 1e7))
}

fn degrees(grid: i64) -> f64 {
    f64::from(i32::try_from(grid).unwrap_or(i32::MAX)) / 1e7
}
