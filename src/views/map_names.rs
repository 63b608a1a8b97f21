//! Which names stand on the map: those who stand out, towns for orientation, everybody where the map is closer.

use maud::{Markup, html};

use super::map_labels::{Label, Room, Seat, Wanted, place};
use super::map_part::{SCILLY, SCILLY_AT, shown, shows_london, stands_out};
use crate::domain::compare::Verdict;
use crate::domain::council::{Council, CouncilId, CouncilKind};
use crate::geo::hexagons::{HexLayer, Hexagon, outline};
use crate::geo::layer::{BBox, Shape};
use crate::read::atlas::Land;
use crate::read::map::MapPage;
use crate::read::standing::{Band, MapRow};

/// Letters on a map 520 px wide, and on a phone, in units of the view box: about 13 and 15 px.
const WIDE: i32 = 132;
const SLIM: i32 = 219;
/// On a phone 320 px wide.
const SLIMMEST: i32 = 272;
/// The same on the hexagons.
const HEX_WIDE: i32 = 84;
const HEX_SLIM: i32 = 158;
const HEX_SLIMMEST: i32 = 196;
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
    let place = |wanted: &[Wanted<'_>], inset: BBox, size: i32, largest: i32| {
        let inset = (times == 10).then_some(inset);
        let taken: Vec<BBox> = taken.iter().copied().chain(inset).collect();
        let lines = if times == 10 { usize::MAX } else { 0 };
        let [size, largest] = [size, largest].map(|size| size * 10 / times);
        names(&place(wanted, &taken, Room { size, largest, within: part, lines }))
    };
    html! {
        g.lab.wide { (place(&wide, INSET_WIDE, WIDE, WIDE)) }
        g.lab.slim { (place(&slim, INSET_SLIM, SLIM, SLIMMEST)) }
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
    names(&place(&wanted, &taken, Room { size: IN_LONDON, largest: IN_LONDON, within, lines: 0 }))
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
        Wanted { name: &self.council.name, around: self.shape.bbox, middle: self.shape.middle, seat: Seat::Land }
    }
}

/// The councils that stand out, in London or elsewhere: clearly first.
fn named_areas(page: &MapPage, in_london: bool) -> Vec<Named<'_>> {
    let rows = standing_out(page).filter(|(_, row)| (row.council.kind == CouncilKind::London) == in_london);
    rows.filter_map(|(verdict, row)| {
        let (shape, filled) = shape_of(page, row.council.id)?;
        Some(Named { council: &row.council, shape, clearly: Band::Verdict(verdict).is_clear(), filled })
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
            Some(Wanted { name: &row.council.name, around: shape.bbox, middle: shape.middle, seat: Seat::Land })
        })
        .collect()
}

fn towns(page: &MapPage) -> impl Iterator<Item = Wanted<'_>> {
    let around = |x: i32, y: i32| BBox { left: x - 24, top: y - 24, right: x + 24, bottom: y + 24 };
    let london = page.map.london.filter(|_| shows_london(page)).map(|frame| {
        let around = BBox { left: frame.x, top: frame.y, right: frame.x + frame.width, bottom: frame.y + frame.height };
        Wanted {
            name: "London",
            around,
            middle: (frame.x + frame.width / 2, frame.y + frame.height / 2),
            seat: Seat::Dot,
        }
    });
    let towns = TOWNS.into_iter().map(move |(name, x, y)| Wanted {
        name,
        around: around(x, y),
        middle: (x, y),
        seat: Seat::Dot,
    });
    london.into_iter().chain(towns)
}

/// The names on the hexagons: those that stand out beside their own, then counties and London where their names fit inside. A
/// phone has room for those that stand out.
pub fn labels_of_hexagons(page: &MapPage, layer: &HexLayer) -> Markup {
    let hexagons: Vec<(&Hexagon, &MapRow)> = hexagon_rows(page, layer).collect();
    let counties = county_outlines(page, layer);
    let (width, height) = layer.view_box;
    let within = BBox { left: 0, top: 0, right: width, bottom: height };
    let around = |row: &MapRow| {
        let own = hexagons.iter().find(|(_, other)| other.council.id == row.council.id);
        own.map(|(hexagon, _)| (hexagon.bbox(), hexagon.centre, Seat::Beside)).or_else(|| {
            let (_, shape) = counties.iter().find(|(other, _)| other.council.id == row.council.id)?;
            Some((shape.bbox, shape.middle, Seat::Land))
        })
    };
    let named: Vec<Wanted> = standing_out(page)
        .filter_map(|(_, row)| {
            let (around, middle, seat) = around(row)?;
            Some(Wanted { name: &row.council.name, around, middle, seat })
        })
        .collect();
    let taken: Vec<BBox> = named.iter().filter(|one| one.seat == Seat::Beside).map(|one| one.around).collect();
    let quiet = counties.iter().filter(|(row, _)| !stands_out(row.band()));
    let inside = quiet.map(|(row, shape)| Wanted {
        name: &row.council.name,
        around: shape.bbox,
        middle: shape.middle,
        seat: Seat::Inside,
    });
    let boroughs = hexagons.iter().filter(|(_, row)| row.council.kind == CouncilKind::London);
    let london = boroughs.map(|(hexagon, _)| hexagon.bbox()).reduce(BBox::joined).map(|around| Wanted {
        name: "London",
        around,
        middle: (i32::midpoint(around.left, around.right), i32::midpoint(around.top, around.bottom)),
        seat: Seat::Inside,
    });
    // It lies apart, where nobody would look for it.
    let apart = hexagons.iter().filter(|(_, row)| row.council.slug.as_str() == SCILLY && !stands_out(row.band()));
    let scilly = apart.map(|(hexagon, row)| Wanted {
        name: &row.council.name,
        around: hexagon.bbox(),
        middle: hexagon.centre,
        seat: Seat::Dot,
    });
    let all: Vec<Wanted> = named.iter().copied().chain(scilly).chain(inside).chain(london).collect();
    let placed = |wanted: &[Wanted<'_>], size: i32, largest: i32| {
        names(&place(wanted, &taken, Room { size, largest, within, lines: MOST_NAMED.min(named.len()) }))
    };
    html! {
        g.lab.wide { (placed(&all, HEX_WIDE, HEX_WIDE)) }
        g.lab.slim { (placed(&named, HEX_SLIM, HEX_SLIMMEST)) }
    }
}

/// Names of the hexagons of a part of England, each with whether it stands out: those that do, beside their own; the others on
/// theirs in one line or two where they fit, unless there is room for few.
pub fn names_of_hexagons(hexagons: &[(&Hexagon, &str, bool)], within: BBox, size: i32, few: bool) -> Markup {
    let out = hexagons.iter().filter(|(.., out)| *out);
    let wanted: Vec<Wanted> = out
        .map(|(hexagon, name, _)| Wanted { name, around: hexagon.bbox(), middle: hexagon.centre, seat: Seat::Beside })
        .collect();
    let taken: Vec<BBox> = wanted.iter().map(|one| one.around).collect();
    let beside = place(&wanted, &taken, Room { size, largest: size, within, lines: wanted.len() });
    let others = hexagons
        .iter()
        .filter(|(hexagon, _, out)| !few && !out && beside.iter().all(|label| !label.lies_over(&hexagon.bbox(), size)));
    html! {
        (names(&beside))
        @for (hexagon, name, _) in others {
            @let lines = two_lines(name, hexagon.bbox(), size);
            @for (line, y) in lines.iter().zip(line_places(hexagon.centre.1, lines.len(), size)) {
                text.town x=(hexagon.centre.0) y=(y) text-anchor="middle" { (line) }
            }
        }
    }
}

/// A name in one line, else in two, else not at all: as it fits into a box in plain letters.
fn two_lines(name: &str, room: BBox, size: i32) -> Vec<&str> {
    let fits = |line: &&str| {
        let letters = i32::try_from(line.chars().count()).unwrap_or(i32::MAX / 1000);
        letters * size * 3 / 5 <= room.right - room.left
    };
    if fits(&name) {
        return vec![name];
    }
    let broken = name.rsplit_once(' ').map(|(first, last)| vec![first, last]);
    broken.filter(|lines| lines.iter().all(fits)).unwrap_or_default()
}

/// The base lines of one or two lines around a middle.
fn line_places(middle: i32, lines: usize, size: i32) -> impl Iterator<Item = i32> {
    let first = middle + size / 3 - if lines > 1 { size * 3 / 5 } else { 0 };
    std::iter::successors(Some(first), move |y| Some(y + size * 6 / 5))
}

/// The hexagons that have a council on the page.
pub fn hexagon_rows<'a>(page: &'a MapPage, layer: &'a HexLayer) -> impl Iterator<Item = (&'a Hexagon, &'a MapRow)> {
    let row_of = |hex: &Hexagon| page.rows.iter().find(|row| row.council.code == hex.code);
    layer.hexagons.iter().filter_map(move |hex| row_of(hex).map(|row| (hex, row)))
}

/// The counties of the page, each with the line around the hexagons of its districts.
pub fn county_outlines<'a>(page: &'a MapPage, layer: &HexLayer) -> Vec<(&'a MapRow, Shape)> {
    let counties = page.rows.iter().filter(|row| row.council.kind == CouncilKind::County);
    counties
        .filter_map(|county| {
            let of_it = hexagon_rows(page, layer).filter(|(_, row)| row.council.county == Some(county.council.id));
            let of_it: Vec<&Hexagon> = of_it.map(|(hexagon, _)| hexagon).collect();
            Some((county, outline(county.council.code, &of_it)?))
        })
        .collect()
}

/// The councils that stand out, clearly first.
fn standing_out(page: &MapPage) -> impl Iterator<Item = (Verdict, &MapRow)> {
    [Verdict::Higher, Verdict::Lower, Verdict::PossiblyHigher, Verdict::PossiblyLower]
        .into_iter()
        .flat_map(|verdict| page.with_verdict(verdict).into_iter().map(move |row| (verdict, row)))
}

fn names(labels: &[Label]) -> Markup {
    html! {
        @for label in labels {
            @let Wanted { name, middle, around, seat } = label.wanted;
            @if seat == Seat::Dot && around.right - around.left < 100 { circle cx=(middle.0) cy=(middle.1) r="22" {} }
            @if label.leads { line x1=(middle.0) y1=(middle.1) x2=(label.x) y2=(label.y - 40) {} }
            text class=[seat.orients().then_some("town")] x=(label.x) y=(label.y) text-anchor=(label.anchor.as_str()) { (name) }
        }
    }
}
