//! Areas put together: counties over their districts; and which areas share a border.

use std::collections::{BTreeSet, HashMap};

use super::layer::{Detail, Drawing, Shape};
use super::number::index;
use super::path::{Dot, Pen};
use super::topology::{Arc, ArcRing, Vertex};
use crate::domain::council::GssCode;

impl Drawing {
    /// Several areas as one: the lines that have one of them on one side alone, on the lines of a layer. None where none of
    /// the areas is among them.
    pub fn around(&self, code: GssCode, member: impl Fn(GssCode) -> bool) -> Option<Shape> {
        let inside: Vec<bool> = self.codes.iter().map(|code| member(*code)).collect();
        let is_inside = |area: Option<u32>| area.and_then(|area| inside.get(index(area))).copied().unwrap_or(false);
        let mut wanted = vec![false; self.topology.arcs.len()];
        for (area, _) in inside.iter().enumerate().filter(|(_, inside)| **inside) {
            let rings: Vec<&ArcRing> = self.topology.rings.iter().filter(|ring| index(ring.area) == area).collect();
            for step in self.drawn(&rings).iter().flat_map(|(ring, _)| &ring.steps) {
                if let Some(flag) = wanted.get_mut(index(step.arc)) {
                    *flag = true;
                }
            }
        }
        let arcs = self
            .topology
            .arcs
            .iter()
            .zip(&wanted)
            .filter(|(arc, wanted)| **wanted && is_inside(arc.left) != is_inside(arc.right));
        let arcs: Vec<&Arc> = arcs.map(|(arc, _)| arc).collect();
        let lines: Vec<Vec<Dot>> = joined(&arcs).iter().map(|line| self.closed(line)).collect();
        let largest = lines.iter().max_by_key(|line| extent(line))?;
        let mut pen = Pen::new(self.detail == Detail::Full);
        for line in lines.iter().filter(|line| line.len() > 2) {
            pen.line(line, true);
        }
        let bbox = self.around_dots(lines.iter().flatten())?;
        let middle = self.middle(largest);
        Some(Shape { code, path: pen.finish(), bbox, middle })
    }

    /// The dots of a line that comes back to where it began, without the first again at the end.
    fn closed(&self, line: &[Vertex]) -> Vec<Dot> {
        let mut dots: Vec<Dot> = Vec::new();
        self.append(line.iter(), &mut dots);
        while dots.len() > 1 && dots.first() == dots.last() {
            dots.pop();
        }
        dots
    }

    /// Areas that share a border, each pair once in either order. Places that only touch in a point share none.
    pub fn borders(&self) -> BTreeSet<(GssCode, GssCode)> {
        let code = |area: Option<u32>| self.codes.get(index(area?)).copied();
        let pairs = self.topology.arcs.iter().filter_map(|arc| code(arc.left).zip(code(arc.right)));
        pairs.filter(|(left, right)| left != right).collect()
    }
}

/// How far a line reaches from west to east: the largest line of a county is the one around it.
fn extent(line: &[Dot]) -> i32 {
    let (west, east) = (line.iter().map(|dot| dot.0).min(), line.iter().map(|dot| dot.0).max());
    east.zip(west).map_or(0, |(east, west)| east - west)
}

/// Arcs end to end, for as long as one goes on from where the last stopped.
fn joined(arcs: &[&Arc]) -> Vec<Vec<Vertex>> {
    let mut at: HashMap<Vertex, Vec<usize>> = HashMap::new();
    for (place, arc) in arcs.iter().enumerate() {
        if let Some((first, last)) = arc.ends() {
            at.entry(last).or_default().push(place);
            at.entry(first).or_default().push(place);
        }
    }
    let mut used = vec![false; arcs.len()];
    let mut lines = Vec::new();
    for (place, arc) in arcs.iter().enumerate() {
        if std::mem::replace(used.get_mut(place).unwrap_or(&mut true), true) {
            continue;
        }
        let mut line = arc.vertices.clone();
        while let Some(next) = line.last().and_then(|end| {
            let free = |place: &&usize| !used.get(**place).copied().unwrap_or(true);
            at.get(end)?.iter().find(free).copied()
        }) {
            if let Some(flag) = used.get_mut(next) {
                *flag = true;
            }
            let Some(arc) = arcs.get(next) else { break };
            if arc.vertices.first() == line.last() {
                line.extend(arc.vertices.iter().skip(1));
            } else {
                line.extend(arc.vertices.iter().rev().skip(1));
            }
        }
        lines.push(line);
    }
    lines
}
