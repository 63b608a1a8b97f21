//! Which councils hold a point.

use jiff::civil::Date;

use super::area::{Boundary, LonLat, Ring};
use super::bounds::Bounds;
use crate::domain::council::GssCode;

/// Rings sorted for asking: one box test for most of them.
pub struct Locator {
    areas: Vec<Area>,
}

struct Area {
    code: GssCode,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
    bounds: Bounds,
    polygons: Vec<(Bounds, Vec<Ring>)>,
}

impl Locator {
    /// Takes in boundaries of all tiers and times.
    pub fn new(boundaries: &[Boundary]) -> Self {
        let area = |boundary: &Boundary| {
            let around = |ring: &Ring| Bounds::of(ring.iter().map(|p| (p.lon, p.lat)));
            let polygons: Vec<_> =
                boundary.polygons.iter().map(|p| (around(&p.exterior), p.rings().cloned().collect())).collect();
            let bounds = polygons.iter().fold(Bounds::EMPTY, |all, (bounds, _)| all.union(*bounds));
            let Boundary { code, valid_from, valid_to, .. } = *boundary;
            Area { code, valid_from, valid_to, bounds, polygons }
        };
        Self { areas: boundaries.iter().map(area).collect() }
    }

    /// The councils whose area holds the point on that day, in the order given: none at sea, one or two on
    /// land. A point on a border belongs to one side only.
    pub fn locate(&self, lon: f64, lat: f64, on: Date) -> Vec<GssCode> {
        let at = LonLat { lon, lat };
        self.areas.iter().filter(|area| area.in_force(on) && area.holds(at)).map(|area| area.code).collect()
    }
}

impl Area {
    fn in_force(&self, on: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= on) && self.valid_to.is_none_or(|to| on < to)
    }

    fn holds(&self, at: LonLat) -> bool {
        let point = (at.lon, at.lat);
        self.bounds.contains(point)
            && self.polygons.iter().any(|(bounds, rings)| bounds.contains(point) && inside(at, rings))
    }
}

/// Even-odd rule over the outline and its holes.
fn inside(at: LonLat, rings: &[Ring]) -> bool {
    let segments = rings.iter().flat_map(|ring| ring.iter().zip(ring.iter().skip(1)));
    segments.filter(|(a, b)| passes_east(at, **a, **b)).count() % 2 == 1
}

/// Does a ray to the east meet the segment? Counted from its southern end, so that both neighbours of a
/// border reckon with the same numbers and exactly one of them gets the point.
fn passes_east(at: LonLat, a: LonLat, b: LonLat) -> bool {
    if (a.lat > at.lat) == (b.lat > at.lat) {
        return false;
    }
    let (south, north) = if a.lat < b.lat { (a, b) } else { (b, a) };
    at.lon < (north.lon - south.lon) * (at.lat - south.lat) / (north.lat - south.lat) + south.lon
}
