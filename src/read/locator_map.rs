//! Two small maps beside an answer: England with the county or council, and that with the council inside.

use jiff::civil::Date;

use super::atlas::{Atlas, Land};
use crate::domain::council::{Council, CouncilId, CouncilKind, Tier};
use crate::domain::format;
use crate::domain::year::ReportingYear;
use crate::geo::layer::{BBox, Detail, Shape, ViewBox};

/// Paths in the units of the large map.
#[derive(Clone, Debug, PartialEq)]
pub struct LocatorMap {
    /// England; the same for every answer.
    pub england: Shape,
    /// What is filled in England: the county, or the council.
    pub place: Vec<String>,
    /// What the second map shows.
    pub frame: ViewBox,
    /// The areas around: the other districts of the county, or the neighbours.
    pub around: Vec<String>,
    /// The council.
    pub here: Vec<String>,
    /// Both maps in words.
    pub caption: String,
}

impl LocatorMap {
    /// Draws where the councils of a place lie; nothing where the boundaries have none of them.
    pub(super) fn of(atlas: &Atlas, councils: &[Council], today: Date) -> Option<Self> {
        let newest = atlas.default_year(today);
        let all_then = councils.iter().all(|council| council.active_in(newest));
        let year = if all_then { newest } else { ReportingYear::containing(today) };
        let map = atlas.map(Tier::District, year, Detail::Overview);
        let lower: Vec<&Council> = councils.iter().filter(|council| council.kind != CouncilKind::County).collect();
        let county = councils.iter().find(|council| council.kind == CouncilKind::County);
        let is_here = |land: &Land| lower.iter().any(|council| council.id == land_of(land));
        let (here, others): (Vec<_>, Vec<_>) = map.areas.iter().partition(|(land, _)| is_here(land));
        let here: Vec<&Shape> = here.into_iter().map(|(_, shape)| shape).collect();
        let outline = county.and_then(|county| map.counties.iter().find(|(id, _)| *id == county.id));
        let place: Vec<&Shape> = outline.map_or_else(|| here.clone(), |(_, shape)| vec![shape]);
        let frame = frame(&place, outline.is_none())?;
        let in_county = |land: &Land| {
            let council = atlas.register.get(land_of(land));
            council.is_some_and(|one| one.county.is_some() && one.county == county.map(|county| county.id))
        };
        let is_around = |(land, shape): &&(Land, Shape)| match outline {
            Some(_) => in_county(land),
            None => touches(shape.bbox, frame),
        };
        Some(Self {
            england: atlas.england(today)?.clone(),
            place: paths(&place),
            frame,
            around: others.into_iter().filter(is_around).map(|(_, shape)| shape.path.clone()).collect(),
            here: paths(&here),
            caption: caption(&lower, county),
        })
    }
}

fn paths(shapes: &[&Shape]) -> Vec<String> {
    shapes.iter().map(|shape| shape.path.clone()).collect()
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

fn land_of(land: &Land) -> CouncilId {
    match land {
        Land::Council(id) | Land::StandIn { successor: id, .. } => *id,
    }
}

/// Around all of them, with a little room, or with enough to see the neighbours.
fn frame(shapes: &[&Shape], neighbours: bool) -> Option<ViewBox> {
    let all = shapes.iter().map(|shape| shape.bbox).reduce(BBox::joined)?;
    let (width, height) = (all.right - all.left, all.bottom - all.top);
    let room = width.max(height) / if neighbours { 3 } else { 36 } + 1;
    Some(ViewBox { x: all.left - room, y: all.top - room, width: width + 2 * room, height: height + 2 * room })
}

fn touches(bbox: BBox, frame: ViewBox) -> bool {
    bbox.left < frame.x + frame.width
        && bbox.right > frame.x
        && bbox.top < frame.y + frame.height
        && bbox.bottom > frame.y
}
