//! Points, rings, and the land of councils.

use jiff::civil::Date;

use super::bounds::Bounds;
use crate::domain::council::GssCode;

/// A point in degrees (WGS84).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LonLat {
    /// Degrees east of Greenwich.
    pub lon: f64,
    /// Degrees north of the equator.
    pub lat: f64,
}

/// A closed line: the last point is the first again.
pub type Ring = Vec<LonLat>;

/// One piece of land. The outer ring runs anticlockwise, the holes clockwise (RFC 7946, 3.1.6).
#[derive(Clone, Debug, PartialEq)]
pub struct Polygon {
    /// The outline.
    pub exterior: Ring,
    /// What is cut out: another council's land, or water.
    pub holes: Vec<Ring>,
}

impl Polygon {
    /// The outline, then the holes.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        std::iter::once(&self.exterior).chain(&self.holes)
    }
}

/// The area of one council at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct Boundary {
    /// GSS code.
    pub code: GssCode,
    /// Name, if the file gives one.
    pub name: Option<String>,
    /// First day in force; `None` for as long as is known.
    pub valid_from: Option<Date>,
    /// First day no longer in force; `None` while it is.
    pub valid_to: Option<Date>,
    /// One or more pieces of land.
    pub polygons: Vec<Polygon>,
}

impl Boundary {
    /// Is it in force on that day?
    pub fn in_force(&self, on: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= on) && self.valid_to.is_none_or(|to| on < to)
    }

    /// The middle of the rectangle around it; `None` without land.
    pub fn middle(&self) -> Option<LonLat> {
        let points = self.polygons.iter().flat_map(|polygon| &polygon.exterior).map(|point| (point.lon, point.lat));
        let Bounds { min, max } = Bounds::of(points);
        (min.0 <= max.0).then(|| LonLat { lon: f64::midpoint(min.0, max.0), lat: f64::midpoint(min.1, max.1) })
    }
}

/// An area to draw: a council's code and the land to draw for it, which for a council whose own boundary
/// is not at hand may be its successor's.
#[derive(Clone, Copy, Debug)]
pub struct AreaRef<'a> {
    /// The code that the shape carries.
    pub code: GssCode,
    /// Its land.
    pub polygons: &'a [Polygon],
}

impl<'a> From<&'a Boundary> for AreaRef<'a> {
    fn from(boundary: &'a Boundary) -> Self {
        Self { code: boundary.code, polygons: &boundary.polygons }
    }
}
