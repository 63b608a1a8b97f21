//! Councils that share a border, and how much of it.

use std::collections::BTreeMap;

use super::area::AreaRef;
use super::number::index;
use super::topology::Topology;
use crate::domain::council::GssCode;

/// Who borders whom, from the shared lines of one tier on one day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbours {
    of: BTreeMap<GssCode, Vec<(GssCode, f64)>>,
}

impl Neighbours {
    /// Measures every shared border.
    pub fn new(areas: &[AreaRef<'_>]) -> Self {
        let topology = Topology::new(areas);
        let code = |area: Option<u32>| areas.get(index(area?)).map(|area| area.code);
        let mut metres: BTreeMap<(GssCode, GssCode), f64> = BTreeMap::new();
        for arc in &topology.arcs {
            if let (Some(a), Some(b)) = (code(arc.left), code(arc.right))
                && a != b
            {
                let points = arc.vertices.iter().map(|vertex| topology.point(*vertex));
                let length: f64 = points.clone().zip(points.skip(1)).map(|(p, q)| (q.0 - p.0).hypot(q.1 - p.1)).sum();
                *metres.entry((a, b)).or_default() += length;
                *metres.entry((b, a)).or_default() += length;
            }
        }
        let mut of: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for ((a, b), length) in metres {
            of.entry(a).or_default().push((b, length));
        }
        for list in of.values_mut() {
            list.sort_by(|a, b| b.1.total_cmp(&a.1));
        }
        Self { of }
    }

    /// The neighbours of a council with the metres of border that they share, longest first.
    pub fn of(&self, code: GssCode) -> &[(GssCode, f64)] {
        self.of.get(&code).map_or(&[], Vec::as_slice)
    }
}
