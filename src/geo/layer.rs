//! A layer of the map: every council as SVG path data, in one frame for all tiers, years and details.

use super::area::AreaRef;
use super::number::{index, nearest};
use super::path::{Dot, Pen};
use super::projection::Metres;
use super::simplify::{Limits, simplify};
use super::topology::{ArcRing, Topology, Vertex};
use crate::domain::council::GssCode;

/// North-west corner of the map on the National Grid: beyond Scilly and beyond Berwick.
const CORNER: Metres = (78_000.0, 662_000.0);
/// Metres to a unit of the view box.
const UNIT: f64 = 100.0;

/// Where a pixel is 3 km wide, a triangle of 20 square kilometres is hardly two of them.
const SMALL: Limits = Limits { triangle: 20_000_000.0, share: 0.2 };

/// How fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Detail {
    /// The whole of England on a screen: whole units of 100 m.
    Overview,
    /// Zoomed in: tenths of a unit (10 m), nearly every point.
    Full,
}

impl Detail {
    /// Overview limits were tuned on the 296 areas of the lower tier, looking at the picture: see
    /// `the_overview_of_the_lower_tier_fits_its_budget` for the size.
    fn limits(self) -> Limits {
        match self {
            Self::Overview => Limits { triangle: 3_200_000.0, share: 0.02 },
            Self::Full => Limits { triangle: 3_000.0, share: 0.0005 },
        }
    }

    /// Islands below this, in square metres, are left out, unless they are much of their council.
    fn smallest_island(self) -> f64 {
        match self {
            Self::Overview => 3_000_000.0,
            Self::Full => 0.0,
        }
    }

    /// Dots to a unit of the view box.
    fn dots(self) -> f64 {
        match self {
            Self::Overview => 1.0,
            Self::Full => 10.0,
        }
    }
}

/// A rectangle in units of the view box: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BBox {
    /// Left edge.
    pub left: i32,
    /// Top edge.
    pub top: i32,
    /// Right edge.
    pub right: i32,
    /// Bottom edge.
    pub bottom: i32,
}

impl BBox {
    /// Around both.
    pub fn joined(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// The four numbers of an SVG `viewBox`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ViewBox {
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

/// One council on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// GSS code.
    pub code: GssCode,
    /// SVG path data; fill rule `evenodd` or `nonzero`, both give the same.
    pub path: String,
    /// Around all its parts.
    pub bbox: BBox,
    /// The middle of its largest part, where a name stands.
    pub middle: (i32, i32),
}

/// One tier on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// In the order of the areas given.
    pub shapes: Vec<Shape>,
}

/// Simplified areas from which a layer and outlines of the very same lines are drawn.
pub struct Drawing {
    pub(super) codes: Vec<GssCode>,
    pub(super) topology: Topology,
    pub(super) detail: Detail,
}

impl Drawing {
    /// Finds shared borders and simplifies them.
    pub fn new(areas: &[AreaRef<'_>], detail: Detail) -> Self {
        let mut topology = Topology::new(areas);
        simplify(&mut topology, detail.limits());
        Self { codes: areas.iter().map(|area| area.code).collect(), topology, detail }
    }

    /// The same for a map of England less than 200 pixels wide, in whole units.
    pub fn small(areas: &[AreaRef<'_>]) -> Self {
        let mut topology = Topology::new(areas);
        simplify(&mut topology, SMALL);
        Self { codes: areas.iter().map(|area| area.code).collect(), topology, detail: Detail::Overview }
    }

    /// The shapes, in the order of the areas.
    pub fn layer(&self) -> Layer {
        let rings_of =
            |area: usize| self.topology.rings.iter().filter(move |ring| index(ring.area) == area).collect::<Vec<_>>();
        let shapes = self.codes.iter().enumerate().filter_map(|(area, code)| self.shape(*code, &rings_of(area)));
        Layer { shapes: shapes.collect() }
    }

    fn shape(&self, code: GssCode, rings: &[&ArcRing]) -> Option<Shape> {
        let drawn = self.drawn(rings);
        let (_, largest) = drawn.first()?;
        let mut pen = Pen::new(self.detail == Detail::Full);
        for (_, dots) in &drawn {
            pen.line(dots, true);
        }
        let bbox = self.around_dots(drawn.iter().flat_map(|(_, dots)| dots))?;
        Some(Shape { code, path: pen.finish(), bbox, middle: self.middle(largest) })
    }

    /// The rings that are worth their bytes with their dots, the largest first.
    pub(super) fn drawn<'a>(&self, rings: &[&'a ArcRing]) -> Vec<(&'a ArcRing, Vec<Dot>)> {
        let Some(largest) = rings.iter().filter(|ring| !ring.hole).max_by(|a, b| a.size.total_cmp(&b.size)) else {
            return Vec::new();
        };
        let others = rings.iter().filter(|ring| !std::ptr::eq(**ring, *largest)).filter_map(|ring| {
            let dots = self.ring(ring);
            (dots.len() >= 3 && self.is_drawn(ring, largest.size)).then_some((*ring, dots))
        });
        std::iter::once((*largest, self.ring(largest))).chain(others).collect()
    }

    /// The rectangle around some dots, in units of the view box.
    pub(super) fn around_dots<'a>(&self, dots: impl Iterator<Item = &'a Dot>) -> Option<BBox> {
        let ends = dots.fold(None, |ends: Option<(Dot, Dot)>, (x, y)| {
            let ((left, top), (right, bottom)) = ends.unwrap_or(((*x, *y), (*x, *y)));
            Some(((left.min(*x), top.min(*y)), (right.max(*x), bottom.max(*y))))
        });
        let ((left, top), (right, bottom)) = ends?;
        let unit = |dot: i32| f64::from(dot) / self.detail.dots();
        Some(BBox {
            left: nearest(unit(left).floor()),
            top: nearest(unit(top).floor()),
            right: nearest(unit(right).ceil()),
            bottom: nearest(unit(bottom).ceil()),
        })
    }

    /// The centre of gravity of a ring, in units of the view box.
    pub(super) fn middle(&self, ring: &[Dot]) -> (i32, i32) {
        let float = |(x, y): &Dot| (f64::from(*x), f64::from(*y));
        let (mut doubled, mut across, mut down) = (0.0, 0.0, 0.0);
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let ((x, y), (u, v)) = (float(a), float(b));
            let cross = x * v - u * y;
            doubled += cross;
            across += (x + u) * cross;
            down += (y + v) * cross;
        }
        let (x, y) = if doubled == 0.0 {
            ring.first().map(float).unwrap_or_default()
        } else {
            (across / (3.0 * doubled), down / (3.0 * doubled))
        };
        (nearest(x / self.detail.dots()), nearest(y / self.detail.dots()))
    }

    /// Is the ring worth its bytes? A ring with a neighbour on its other side always is.
    fn is_drawn(&self, ring: &ArcRing, largest: f64) -> bool {
        let shared = ring
            .steps
            .iter()
            .filter_map(|step| self.topology.arc(*step))
            .any(|arc| arc.left.is_some() && arc.right.is_some());
        shared || ring.size >= self.detail.smallest_island().min(largest / 12.0)
    }

    /// The ring's dots, without the first again at the end.
    pub(super) fn ring(&self, ring: &ArcRing) -> Vec<Dot> {
        let mut dots = Vec::new();
        for step in &ring.steps {
            let Some(arc) = self.topology.arc(*step) else { continue };
            if step.backwards {
                self.append(arc.vertices.iter().rev(), &mut dots);
            } else {
                self.append(arc.vertices.iter(), &mut dots);
            }
        }
        while dots.len() > 1 && dots.first() == dots.last() {
            dots.pop();
        }
        dots
    }

    /// Adds the dots of some vertices, skipping those that fall on the one before.
    pub(super) fn append<'a>(&self, vertices: impl Iterator<Item = &'a Vertex>, dots: &mut Vec<Dot>) {
        for vertex in vertices {
            let (x, y) = self.topology.point(*vertex);
            let scale = self.detail.dots() / UNIT;
            let dot = (nearest((x - CORNER.0) * scale), nearest((CORNER.1 - y) * scale));
            if dots.last() != Some(&dot) {
                dots.push(dot);
            }
        }
    }
}

impl Layer {
    /// A view box that frames these councils with a little room, for an inset; `None` when none is here.
    pub fn inset(&self, codes: &[GssCode]) -> Option<ViewBox> {
        let framed = self.shapes.iter().filter(|shape| codes.contains(&shape.code)).map(|shape| shape.bbox);
        let all = framed.reduce(BBox::joined)?;
        let room = (all.right - all.left).max(all.bottom - all.top) / 40 + 1;
        Some(ViewBox {
            x: all.left - room,
            y: all.top - room,
            width: all.right - all.left + 2 * room,
            height: all.bottom - all.top + 2 * room,
        })
    }
}
