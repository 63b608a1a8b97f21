//! Which names stand on the map: those who stand out, towns for orientation, everybody where the map is closer.

use maud::{Markup, html};

use super::map_labels::{Label, Room, Wanted, place};
use super::map_part::{SCILLY, SCILLY_AT, shown, shows_london, stands_out};
use crate::domain::council::{Council, CouncilId, CouncilKind};
use crate::geo::layer::{BBox, Shape};
use crate::read::atlas::Land;
use crate::read::map::MapPage;

/// Letters on a map 520 px wide, and on a phone, in units of the view box: about 13 and 15 px.
const WIDE: i32 = 132;
const SLIM: i32 = 219;
/// Letters in the inset of London.
const IN_LONDON: i32 = 36;
/// Where the inset of London lies over the map on a window 1280 px wide, and on a phone, with the room around it.
const INSET_WIDE: BBox = BBox { left: 4980, top: 0, right: 5782, bottom: 2100 };
const INSET_SLIM: BBox = BBox { left: 4100, top: 0, right: 5782, bottom: 1700 };

/// Towns for orientation, in units of the view box (National Grid easting and northing in hundreds of metres from the
/// map's corner).
const TOWNS: [(&str, i32, i32); 7] = [
    ("Birmingham", 3290, 3750),
    ("Leeds", 3520, 2280),
    ("Bristol", 2810, 4890),
    ("Manchester", 3060, 2640),
    ("Norwich", 5450, 3530),
    ("Plymouth", 1700, 6070),
    ("Newcastle", 3470, 980),
];

/// Names of councils on the whole map, those that stand out clearly first: more hide what they name, and their places make most
/// of the bytes of a change of measure.
const MOST_NAMED: usize = 12;

/// The names on the map, in letters for a desktop and in letters for a phone, which has room for few.
pub fn labels(page: &MapPage) -> Markup {
    let (part, times) = shown(page);
    let areas = named_areas(page, false);
    let taken: Vec<BBox> = areas.iter().filter(|one| one.filled).map(|one| one.shape.bbox).collect();
    let wanted = |clearly: bool| {
        let named = areas.iter().filter(|one| !clearly || one.clearly).map(Named::wanted);
        let named: Vec<Wanted> = named.take(MOST_NAMED).collect();
        let towns = towns(page).filter(|town| named.iter().all(|one| !one.name.starts_with(town.name)));
        let towns: Vec<Wanted> = towns.collect();
        named.into_iter().chain(towns).collect::<Vec<_>>()
    };
    let (wide, slim) = if times > 10 {
        // Closer, everything that has room is named.
        let mut all: Vec<Wanted> = areas.iter().map(Named::wanted).collect();
        all.extend(others(page, part));
        (all.clone(), all)
    } else {
        (wanted(false), wanted(true))
    };
    let place = |wanted: &[Wanted<'_>], inset: BBox, size: i32| {
        let inset = (times == 10).then_some(inset);
        let taken: Vec<BBox> = taken.iter().copied().chain(inset).collect();
        names(&place(wanted, &taken, Room { size: size * 10 / times, within: part, lines: times == 10 }))
    };
    html! {
        g.lab.wide { (place(&wide, INSET_WIDE, WIDE)) }
        g.lab.slim { (place(&slim, INSET_SLIM, SLIM)) }
        @if times == 10 && page.rows.iter().any(|row| row.council.slug.as_str() == SCILLY) {
            g.lab { text.town x=(SCILLY_AT.0 - 190) y=(SCILLY_AT.1 - 190) { "Scilly" } }
        }
    }
}

/// The names in the inset of London.
pub fn labels_of_london(page: &MapPage) -> Markup {
    let Some(frame) = page.map.london.filter(|_| shows_london(page)) else { return html! {} };
    let areas = named_areas(page, true);
    let taken: Vec<BBox> = areas.iter().map(|one| one.shape.bbox).collect();
    let wanted: Vec<Wanted> = areas.iter().map(Named::wanted).collect();
    let within = BBox { left: frame.x, top: frame.y, right: frame.x + frame.width, bottom: frame.y + frame.height };
    names(&place(&wanted, &taken, Room { size: IN_LONDON, within, lines: false }))
}

/// A council that stands out, with its shape.
struct Named<'a> {
    council: &'a Council,
    shape: &'a Shape,
    clearly: bool,
    /// Whether it is an area and not a line.
    filled: bool,
}

impl<'a> Named<'a> {
    fn wanted(&self) -> Wanted<'a> {
        Wanted { name: &self.council.name, around: self.shape.bbox, middle: self.shape.middle, dot: false }
    }
}

/// The councils that stand out, in London or elsewhere: clearly first.
fn named_areas(page: &MapPage, in_london: bool) -> Vec<Named<'_>> {
    use crate::domain::compare::Verdict::{Higher, Lower, PossiblyHigher, PossiblyLower};
    let rows = [Higher, Lower, PossiblyHigher, PossiblyLower]
        .into_iter()
        .flat_map(|verdict| page.with_verdict(verdict).into_iter().map(move |row| (verdict, row)));
    let rows = rows.filter(|(_, row)| (row.council.kind == CouncilKind::London) == in_london);
    rows.filter_map(|(verdict, row)| {
        let (shape, filled) = shape_of(page, row.council.id)?;
        Some(Named { council: &row.council, shape, clearly: matches!(verdict, Higher | Lower), filled })
    })
    .collect()
}

fn shape_of(page: &MapPage, id: CouncilId) -> Option<(&Shape, bool)> {
    let area = page.map.areas.iter().find(|(land, _)| *land == Land::Council(id)).map(|(_, shape)| (shape, true));
    area.or_else(|| page.map.counties.iter().find(|(county, _)| *county == id).map(|(_, shape)| (shape, false)))
}

/// Every council with an area in a part of the map.
fn others(page: &MapPage, part: BBox) -> Vec<Wanted<'_>> {
    let inside = |(x, y): (i32, i32)| (part.left..part.right).contains(&x) && (part.top..part.bottom).contains(&y);
    let areas = page.map.areas.iter().filter(|(_, shape)| inside(shape.middle));
    areas
        .filter_map(|(land, shape)| {
            let row = page.row_of(land).filter(|row| !stands_out(row.band()))?;
            Some(Wanted { name: &row.council.name, around: shape.bbox, middle: shape.middle, dot: false })
        })
        .collect()
}

fn towns(page: &MapPage) -> impl Iterator<Item = Wanted<'_>> {
    let around = |x: i32, y: i32| BBox { left: x - 24, top: y - 24, right: x + 24, bottom: y + 24 };
    let london = page.map.london.filter(|_| shows_london(page)).map(|frame| {
        let around = BBox { left: frame.x, top: frame.y, right: frame.x + frame.width, bottom: frame.y + frame.height };
        Wanted { name: "London", around, middle: (frame.x + frame.width / 2, frame.y + frame.height / 2), dot: true }
    });
    let towns =
        TOWNS.into_iter().map(move |(name, x, y)| Wanted { name, around: around(x, y), middle: (x, y), dot: true });
    london.into_iter().chain(towns)
}

fn names(labels: &[Label]) -> Markup {
    html! {
        @for label in labels {
            @let Wanted { name, middle, around, dot } = label.wanted;
            @if dot && around.right - around.left < 100 { circle cx=(middle.0) cy=(middle.1) r="22" {} }
            @if label.leads { line x1=(middle.0) y1=(middle.1) x2=(label.x) y2=(label.y - 40) {} }
            text class=[dot.then_some("town")] x=(label.x) y=(label.y) text-anchor=(label.anchor.as_str()) { (name) }
        }
    }
}
