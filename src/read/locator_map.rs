//! Two small maps beside an answer: England with the county or council, and that with the council inside.

use jiff::civil::Date;

use super::atlas::{Atlas, Land, TierMap};
use crate::domain::council::{Council, CouncilId, CouncilKind, Tier};
use crate::domain::format;
use crate::domain::year::ReportingYear;
use crate::geo::layer::{BBox, Detail, Shape};

/// Paths in the units of the large map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatorMap {
    /// Width and height of England.
    pub england: (u32, u32),
    /// The coast of England; the same for every answer.
    pub coast: String,
    /// What is filled in England: the county, or the council.
    pub place: Vec<String>,
    /// Left, top, width and height of the second map.
    pub frame: (i32, i32, i32, i32),
    /// The areas around: the other districts of the county, or the neighbours.
    pub around: Vec<String>,
    /// The council.
    pub here: Vec<String>,
    /// Both maps in words.
    pub caption: String,
}

/// A share of the width around what is framed.
const ROOM: i32 = 12;

impl LocatorMap {
    /// Draws where the councils of a place lie; nothing where the boundaries have none of them.
    pub(super) fn of(atlas: &Atlas, councils: &[Council], today: Date) -> Option<Self> {
        let newest = atlas.default_year(today);
        let all_then = councils.iter().all(|council| council.active_in(newest));
        let year = if all_then { newest } else { ReportingYear::containing(today) };
        let map = atlas.map(Tier::District, year, Detail::Overview);
        let lower: Vec<&Council> = councils.iter().filter(|council| council.kind != CouncilKind::County).collect();
        let county = councils.iter().find(|council| council.kind == CouncilKind::County);
        let here: Vec<&Shape> = lower.iter().flat_map(|council| shapes(&map, council.id)).collect();
        let of_county = |(land, shape): &'_ (Land, Shape)| {
            let one = atlas.register.get(land_of(land))?;
            (one.county.is_some() && one.county == county.map(|one| one.id)).then(|| shape.clone())
        };
        let county_shapes: Vec<Shape> = map.areas.iter().filter_map(of_county).collect();
        let first: Vec<&Shape> = if county.is_some() { county_shapes.iter().collect() } else { here.clone() };
        let framed = framed(if county.is_some() { &first } else { &here }, county.is_none())?;
        let around: Vec<String> = if county.is_some() {
            county_shapes.iter().filter(|one| !here.iter().any(|own| own.code == one.code)).map(path).collect()
        } else {
            let near = map.areas.iter().map(|(_, shape)| shape).filter(|one| touches(one.bbox, framed));
            near.filter(|one| !here.iter().any(|own| own.code == one.code)).map(path).collect()
        };
        Some(Self {
            england: map.size,
            coast: atlas.coast(today),
            place: first.iter().map(|shape| shape.path.clone()).collect(),
            frame: framed,
            around,
            here: here.iter().map(|shape| shape.path.clone()).collect(),
            caption: caption(&lower, county),
        })
    }
}

fn caption(lower: &[&Council], county: Option<&Council>) -> String {
    let names: Vec<&str> = lower.iter().map(|council| council.name.as_str()).collect();
    let names = format::listed(&names);
    match county {
        Some(county) if names.is_empty() => format!("{} in England", county.name),
        Some(county) => format!("{} in England; {names} (dark) in it", county.name),
        None => format!("{names} in England, and among its neighbours"),
    }
}

fn path(shape: &Shape) -> String {
    shape.path.clone()
}

fn land_of(land: &Land) -> CouncilId {
    match land {
        Land::Council(id) | Land::StandIn { successor: id, .. } => *id,
    }
}

fn shapes(map: &TierMap, id: CouncilId) -> impl Iterator<Item = &Shape> {
    map.areas.iter().filter(move |(land, _)| land_of(land) == id).map(|(_, shape)| shape)
}

/// Around all of them, with more room where neighbours are to be seen.
fn framed(shapes: &[&Shape], neighbours: bool) -> Option<(i32, i32, i32, i32)> {
    let all = shapes.iter().map(|shape| shape.bbox).reduce(|a, b| BBox {
        left: a.left.min(b.left),
        top: a.top.min(b.top),
        right: a.right.max(b.right),
        bottom: a.bottom.max(b.bottom),
    })?;
    let longest = (all.right - all.left).max(all.bottom - all.top);
    let room = if neighbours { longest / 3 } else { longest / ROOM / 3 } + 1;
    Some((all.left - room, all.top - room, all.right - all.left + 2 * room, all.bottom - all.top + 2 * room))
}

fn touches(bbox: BBox, (left, top, width, height): (i32, i32, i32, i32)) -> bool {
    bbox.left < left + width && bbox.right > left && bbox.top < top + height && bbox.bottom > top
}
