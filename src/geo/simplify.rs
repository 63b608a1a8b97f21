//! Fewer points, the same map: Visvalingam's method on all arcs at once.
//!
//! Points go in the order of the triangle they make with their neighbours, smallest first. A point stays
//! when its triangle holds another point: then no line can come to cross another. Arcs of small areas
//! have a smaller limit of their own, so that the City of London keeps its shape.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use super::bounds::Bounds;
use super::number::{index, nearest};
use super::projection::Metres;
use super::topology::{Topology, Vertex};

/// How much to leave out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Square metres of a triangle that may go.
    pub(super) triangle: f64,
    /// The same as a share of the smallest area that the arc bounds.
    pub(super) share: f64,
}

/// Side of the cells in which points are looked up, in metres.
const CELL: f64 = 2000.0;

/// A point that may go, at its triangle's size relative to the arc's limit.
struct Candidate {
    weight: f64,
    vertex: Vertex,
    version: u32,
}

impl Ord for Candidate {
    /// Smallest weight first out of a heap that gives the greatest; ties by number, so that every run is alike.
    fn cmp(&self, other: &Self) -> Ordering {
        other.weight.total_cmp(&self.weight).then_with(|| other.vertex.cmp(&self.vertex))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

/// An inner point of an arc, with its living neighbours.
#[derive(Clone, Copy)]
struct Link {
    arc: u32,
    before: Vertex,
    after: Vertex,
    version: u32,
}

struct Work<'a> {
    topology: &'a Topology,
    /// By vertex; `None` for ends of arcs and for points that have gone.
    links: Vec<Option<Link>>,
    gone: Vec<bool>,
    /// By arc: the limit in square metres, and how many inner points may still go.
    arcs: Vec<(f64, usize)>,
    cells: HashMap<(i32, i32), Vec<Vertex>>,
    heap: BinaryHeap<Candidate>,
}

/// Takes points out of every arc of the topology.
pub(super) fn simplify(topology: &mut Topology, limits: Limits) {
    let gone = {
        let mut work = Work::new(topology, limits);
        work.run();
        work.gone
    };
    for arc in &mut topology.arcs {
        arc.vertices.retain(|vertex| !gone.get(index(*vertex)).copied().unwrap_or(false));
    }
}

impl<'a> Work<'a> {
    fn new(topology: &'a Topology, limits: Limits) -> Self {
        let count = topology.points.len();
        let mut links = vec![None; count];
        for (arc, line) in (0..).zip(&topology.arcs) {
            let triples = line.vertices.iter().zip(line.vertices.iter().skip(1)).zip(line.vertices.iter().skip(2));
            for ((before, at), after) in triples {
                if let Some(link) = links.get_mut(index(*at)) {
                    *link = Some(Link { arc, before: *before, after: *after, version: 0 });
                }
            }
        }
        let mut cells: HashMap<_, Vec<_>> = HashMap::new();
        for (vertex, point) in (0..).zip(&topology.points) {
            cells.entry(cell(*point)).or_default().push(vertex);
        }
        let arcs = allowances(topology, limits);
        let mut work = Self { topology, links, gone: vec![false; count], arcs, cells, heap: BinaryHeap::new() };
        for vertex in (0..).take(count) {
            work.weigh(vertex, 0.0);
        }
        work
    }

    fn run(&mut self) {
        while let Some(candidate) = self.heap.pop() {
            let Some(link) = self.link(candidate.vertex) else { continue };
            let spare = self.arcs.get(index(link.arc)).is_some_and(|(_, spare)| *spare > 0);
            if link.version != candidate.version || !spare || self.holds_a_point(candidate.vertex, link) {
                continue;
            }
            self.take_out(candidate.vertex, link);
            self.weigh(link.before, candidate.weight);
            self.weigh(link.after, candidate.weight);
        }
    }

    fn link(&self, vertex: Vertex) -> Option<Link> {
        self.links.get(index(vertex)).copied().flatten()
    }

    fn take_out(&mut self, vertex: Vertex, link: Link) {
        if let Some(slot) = self.links.get_mut(index(vertex)) {
            *slot = None;
        }
        if let Some(gone) = self.gone.get_mut(index(vertex)) {
            *gone = true;
        }
        if let Some((_, spare)) = self.arcs.get_mut(index(link.arc)) {
            *spare = spare.saturating_sub(1);
        }
        if let Some(Some(before)) = self.links.get_mut(index(link.before)) {
            before.after = link.after;
            before.version += 1;
        }
        if let Some(Some(after)) = self.links.get_mut(index(link.after)) {
            after.before = link.before;
            after.version += 1;
        }
    }

    /// Puts a point up for going, if it may; never before one that went already (`least`).
    fn weigh(&mut self, vertex: Vertex, least: f64) {
        let Some(link) = self.link(vertex) else { return };
        let [a, b, c] = [link.before, vertex, link.after].map(|v| self.topology.point(v));
        let limit = self.arcs.get(index(link.arc)).map_or(0.0, |(limit, _)| *limit);
        let weight = (turn(a, b, c).abs() / 2.0 / limit).max(least);
        if weight < 1.0 {
            self.heap.push(Candidate { weight, vertex, version: link.version });
        }
    }

    /// Does the triangle that would be cut off hold a living point?
    fn holds_a_point(&self, vertex: Vertex, link: Link) -> bool {
        let corners = [link.before, vertex, link.after];
        let [a, b, c] = corners.map(|v| self.topology.point(v));
        let bounds = Bounds::of([a, b, c]);
        let (low, high) = (cell(bounds.min), cell(bounds.max));
        let living = |v: &&Vertex| !corners.contains(*v) && !self.gone.get(index(**v)).copied().unwrap_or(true);
        (low.0..=high.0)
            .flat_map(|x| (low.1..=high.1).map(move |y| (x, y)))
            .filter_map(|place| self.cells.get(&place))
            .flatten()
            .filter(living)
            .map(|v| self.topology.point(*v))
            .any(|p| bounds.contains(p) && in_triangle(p, a, b, c))
    }
}

/// For each arc its limit, and how many of its inner points may go: an island keeps three points, and
/// of two arcs between the same ends each keeps an inner one, or they would become one line.
fn allowances(topology: &Topology, limits: Limits) -> Vec<(f64, usize)> {
    let mut between: HashMap<(Vertex, Vertex), usize> = HashMap::new();
    let ordered = |(a, b): (Vertex, Vertex)| (a.min(b), a.max(b));
    for ends in topology.arcs.iter().filter_map(super::topology::Arc::ends) {
        *between.entry(ordered(ends)).or_default() += 1;
    }
    let allowance = |arc: &super::topology::Arc| {
        let keep = match arc.ends() {
            Some((a, b)) if a == b => 2,
            Some(ends) if between.get(&ordered(ends)).is_some_and(|arcs| *arcs > 1) => 1,
            _ => 0,
        };
        let limit = limits.triangle.min(arc.smallest * limits.share);
        (limit, arc.vertices.len().saturating_sub(2 + keep))
    };
    topology.arcs.iter().map(allowance).collect()
}

fn cell((x, y): Metres) -> (i32, i32) {
    (nearest((x / CELL).floor()), nearest((y / CELL).floor()))
}

/// Twice the signed area of a triangle.
fn turn(a: Metres, b: Metres, c: Metres) -> f64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

/// Inside or on the edge.
fn in_triangle(p: Metres, a: Metres, b: Metres, c: Metres) -> bool {
    let sides = [turn(a, b, p), turn(b, c, p), turn(c, a, p)];
    sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0)
}
