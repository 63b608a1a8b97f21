//! Borders between groups of areas: county outlines over districts, region outlines over councils.

use std::collections::{BTreeSet, HashMap};

use super::layer::{Detail, Drawing};
use super::number::index;
use super::path::{Dot, Pen};
use super::topology::{Arc, Vertex};
use crate::domain::council::GssCode;

impl Drawing {
    /// Path data of the borders between different groups, on the lines of a layer: each line once, joined into lines as
    /// long as can be. The coast and borders with areas of no group are not among them.
    pub fn outline(&self, group: impl Fn(GssCode) -> Option<GssCode>) -> String {
        let group_of = |area: Option<u32>| self.codes.get(index(area?)).map(|code| group(*code));
        let divides = |arc: &&Arc| match (group_of(arc.left), group_of(arc.right)) {
            (Some(left), Some(right)) => left != right,
            _ => false,
        };
        let arcs: Vec<&Arc> = self.topology.arcs.iter().filter(divides).collect();
        let mut pen = Pen::new(self.detail == Detail::Full);
        for line in joined(&arcs) {
            let mut dots: Vec<Dot> = Vec::new();
            self.append(line.iter(), &mut dots);
            if dots.len() > 1 {
                pen.line(&dots, false);
            }
        }
        pen.finish()
    }

    /// Areas that share a border, each pair once in either order. Places that only touch in a point share none.
    pub fn borders(&self) -> BTreeSet<(GssCode, GssCode)> {
        let code = |area: Option<u32>| self.codes.get(index(area?)).copied();
        let pairs = self.topology.arcs.iter().filter_map(|arc| code(arc.left).zip(code(arc.right)));
        pairs.filter(|(left, right)| left != right).collect()
    }
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
