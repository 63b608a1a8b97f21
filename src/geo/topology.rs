//! Areas cut into arcs: lines between two meeting points, each kept once with the area on either side.
//!
//! Neighbours must share their vertices exactly. Where a file does not keep to that, both lines are
//! kept and the areas count as apart.

use std::collections::HashMap;

use super::area::{AreaRef, LonLat};
use super::number::{id, index, nearest};
use super::projection::{Metres, NationalGrid};

/// Position of an area in the list given.
pub(super) type Area = u32;
/// Position of a point in [`Topology::points`].
pub(super) type Vertex = u32;

/// A line whose inner points belong to no other arc.
#[derive(Debug)]
pub(super) struct Arc {
    /// From one end to the other; first and last are the same for an island.
    pub(super) vertices: Vec<Vertex>,
    pub(super) left: Option<Area>,
    pub(super) right: Option<Area>,
    /// Square metres of the smallest ring that the arc is part of.
    pub(super) smallest: f64,
}

impl Arc {
    pub(super) fn ends(&self) -> Option<(Vertex, Vertex)> {
        Some((*self.vertices.first()?, *self.vertices.last()?))
    }
}

/// One passage along an arc.
#[derive(Clone, Copy, Debug)]
pub(super) struct DirectedArc {
    pub(super) arc: u32,
    pub(super) backwards: bool,
}

/// A ring as arcs, in the order in which they are walked.
#[derive(Debug)]
pub(super) struct ArcRing {
    pub(super) area: Area,
    pub(super) hole: bool,
    pub(super) steps: Vec<DirectedArc>,
    /// Square metres.
    pub(super) size: f64,
}

#[derive(Debug, Default)]
pub(super) struct Topology {
    pub(super) points: Vec<Metres>,
    pub(super) arcs: Vec<Arc>,
    /// In the order of the areas, of their polygons, outline first.
    pub(super) rings: Vec<ArcRing>,
}

/// A ring of different vertices; the step from the last to the first is understood.
struct RawRing {
    area: Area,
    hole: bool,
    vertices: Vec<Vertex>,
}

impl Topology {
    pub(super) fn new(areas: &[AreaRef<'_>]) -> Self {
        let (points, raw) = number_vertices(areas);
        let meeting = meeting_points(points.len(), &raw);
        let mut topology = Self { points, ..Self::default() };
        let mut known = HashMap::new();
        for ring in &raw {
            topology.add(ring, &meeting, &mut known);
        }
        topology
    }

    pub(super) fn point(&self, vertex: Vertex) -> Metres {
        self.points.get(index(vertex)).copied().unwrap_or_default()
    }

    pub(super) fn arc(&self, step: DirectedArc) -> Option<&Arc> {
        self.arcs.get(index(step.arc))
    }

    fn add(&mut self, ring: &RawRing, meeting: &[bool], known: &mut HashMap<(Vertex, Vertex), DirectedArc>) {
        let size = self.size(&ring.vertices);
        let mut steps = Vec::new();
        for vertices in cut(&ring.vertices, meeting) {
            let Some(step) = self.step(vertices, known) else { continue };
            if let Some(arc) = self.arcs.get_mut(index(step.arc)) {
                let owner = if step.backwards { &mut arc.right } else { &mut arc.left };
                *owner = Some(ring.area);
                arc.smallest = arc.smallest.min(size);
            }
            steps.push(step);
        }
        self.rings.push(ArcRing { area: ring.area, hole: ring.hole, steps, size });
    }

    /// Finds the arc that starts with the same two points, in either direction, or adds it. Two arcs
    /// that share a segment are the same arc: else they would have parted at a meeting point.
    fn step(
        &mut self,
        vertices: Vec<Vertex>,
        known: &mut HashMap<(Vertex, Vertex), DirectedArc>,
    ) -> Option<DirectedArc> {
        let (first, second) = (*vertices.first()?, *vertices.get(1)?);
        if let Some(step) = known.get(&(first, second)) {
            return Some(*step);
        }
        let mut from_end = vertices.iter().rev();
        let (last, before) = (*from_end.next()?, *from_end.next()?);
        let arc = id(self.arcs.len());
        known.insert((last, before), DirectedArc { arc, backwards: true });
        known.insert((first, second), DirectedArc { arc, backwards: false });
        self.arcs.push(Arc { vertices, left: None, right: None, smallest: f64::INFINITY });
        Some(DirectedArc { arc, backwards: false })
    }

    fn size(&self, vertices: &[Vertex]) -> f64 {
        let next = vertices.iter().cycle().skip(1);
        let doubled: f64 = vertices
            .iter()
            .zip(next)
            .map(|(a, b)| {
                let (a, b) = (self.point(*a), self.point(*b));
                a.0 * b.1 - b.0 * a.1
            })
            .sum();
        (doubled / 2.0).abs()
    }
}

/// Gives every place one number. Places are equal when they agree to a ten-millionth of a degree (11 mm).
fn number_vertices(areas: &[AreaRef<'_>]) -> (Vec<Metres>, Vec<RawRing>) {
    let grid = NationalGrid::new().ok();
    let mut points = Vec::new();
    let mut numbers = HashMap::new();
    let mut rings = Vec::new();
    for (area, reference) in areas.iter().enumerate() {
        for polygon in reference.polygons {
            for (place, ring) in polygon.rings().enumerate() {
                let mut vertices: Vec<Vertex> = Vec::with_capacity(ring.len());
                for at in ring {
                    let project = |at: &LonLat| grid.as_ref()?.project(at.lon, at.lat);
                    let vertex = *numbers.entry((nearest(at.lon * 1e7), nearest(at.lat * 1e7))).or_insert_with(|| {
                        points.push(project(at).unwrap_or_default());
                        id(points.len() - 1)
                    });
                    if vertices.last() != Some(&vertex) {
                        vertices.push(vertex);
                    }
                }
                if vertices.first() == vertices.last() {
                    vertices.pop();
                }
                if vertices.len() >= 3 {
                    rings.push(RawRing { area: id(area), hole: place > 0, vertices });
                }
            }
        }
    }
    (points, rings)
}

/// A point where lines part: two passages through it have different neighbours.
fn meeting_points(count: usize, rings: &[RawRing]) -> Vec<bool> {
    let mut passage: Vec<Option<(Vertex, Vertex)>> = vec![None; count];
    let mut meeting = vec![false; count];
    for ring in rings {
        let around = ring.vertices.iter().cycle();
        let triples = ring.vertices.iter().zip(around.clone().skip(1)).zip(around.skip(2));
        for ((before, at), after) in triples {
            let pair = (*before.min(after), *before.max(after));
            let at = index(*at);
            match passage.get_mut(at) {
                Some(Some(seen)) if *seen != pair => {
                    if let Some(flag) = meeting.get_mut(at) {
                        *flag = true;
                    }
                }
                Some(empty) => *empty = Some(pair),
                None => {}
            }
        }
    }
    meeting
}

/// A ring as runs from meeting point to meeting point; a ring without any runs from its lowest-numbered
/// point, so that both sides of an enclave's border start alike.
fn cut(ring: &[Vertex], meeting: &[bool]) -> Vec<Vec<Vertex>> {
    let meets = |vertex: &Vertex| meeting.get(index(*vertex)).copied().unwrap_or(false);
    let start = ring
        .iter()
        .position(meets)
        .or_else(|| ring.iter().enumerate().min_by_key(|(_, vertex)| **vertex).map(|(place, _)| place))
        .unwrap_or(0);
    let walk = ring.iter().cycle().skip(start).take(ring.len() + 1);
    let mut runs = Vec::new();
    let mut run = Vec::new();
    for vertex in walk {
        run.push(*vertex);
        if run.len() > 1 && meets(vertex) {
            runs.push(std::mem::replace(&mut run, vec![*vertex]));
        }
    }
    if run.len() > 1 {
        runs.push(run);
    }
    runs
}
