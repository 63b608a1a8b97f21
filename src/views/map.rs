//! The map and the hexagons as SVG: fills are classes, every area is a link with name and value.

use maud::{Markup, html};

use super::chart::invented;
use super::links;
use super::table::band_class;
use crate::domain::council::{Council, CouncilKind, Tier};
use crate::domain::format;
use crate::geo::hexagons::{HexLayer, Hexagons};
use crate::geo::layer::{Shape, ViewBox};
use crate::read::atlas::Land;
use crate::read::map::{Band, MapPage, MapRow};

/// Where the inset of London stands, in units of the view box: over the North Sea.
const INSET: (i32, i32, u32, u32) = (4290, 300, 1500, 1230);

/// Cities for orientation, in units of the view box (National Grid easting and northing in hundreds of
/// metres from the map's corner).
const CITIES: [(&str, i32, i32); 9] = [
    ("Newcastle", 3470, 980),
    ("Leeds", 3520, 2280),
    ("Manchester", 3060, 2640),
    ("Nottingham", 3790, 3220),
    ("Norwich", 5450, 3530),
    ("Birmingham", 3290, 3750),
    ("Bristol", 2810, 4890),
    ("London", 4520, 4810),
    ("Plymouth", 1700, 6070),
];

/// East of this a name stands left of its dot: to the right it would leave the drawing.
const NEAR_THE_EDGE: i32 = 5000;

/// The patterns that carry the bands without colour. Plum leans one way, teal the other.
pub fn patterns() -> Markup {
    html! {
        svg.defs width="0" height="0" aria-hidden="true" focusable="false" {
            defs {
                pattern #phi width="50" height="50" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect.pb width="50" height="50" {} rect.pp width="22" height="50" {}
                }
                pattern #plo width="50" height="50" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)" {
                    rect.pb width="50" height="50" {} rect.pt width="22" height="50" {}
                }
                pattern #few width="42" height="42" patternUnits="userSpaceOnUse" {
                    rect.pw width="42" height="42" {} circle.pd cx="21" cy="21" r="7" {}
                }
                // In the inset of London everything is drawn about four times as large.
                pattern #iphi width="13" height="13" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect.pb width="13" height="13" {} rect.pp width="5.7" height="13" {}
                }
                pattern #iplo width="13" height="13" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)" {
                    rect.pb width="13" height="13" {} rect.pt width="5.7" height="13" {}
                }
                pattern #ifew width="11" height="11" patternUnits="userSpaceOnUse" {
                    rect.pw width="11" height="11" {} circle.pd cx="5.5" cy="5.5" r="1.8" {}
                }
                pattern #sphi width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect.pb width="5" height="5" {} rect.pp width="2.2" height="5" {}
                }
                pattern #splo width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)" {
                    rect.pb width="5" height="5" {} rect.pt width="2.2" height="5" {}
                }
                pattern #sfew width="4.2" height="4.2" patternUnits="userSpaceOnUse" {
                    rect.pw width="4.2" height="4.2" {} circle.pd cx="2.1" cy="2.1" r=".7" {}
                }
            }
        }
    }
}

/// The map of the page's tier and year.
pub fn geography(page: &MapPage) -> Markup {
    let map = &page.map;
    let (width, height) = map.size;
    html! {
        svg.map #map viewBox={ "0 0 " (width) " " (height) } role="group" aria-labelledby="finding" aria-describedby="mapdesc" {
            g.areas {
                @for (place, (land, shape)) in map.areas.iter().enumerate() {
                    (area(page, land, shape, place == 0))
                }
            }
            @if !map.outline.is_empty() { path.cty d=(map.outline) {} }
            @if let Some(frame) = map.london.filter(|_| shows_london(page)) { (london(page, frame)) }
            g.inset { (invented(page.synthetic, f64::from(width) - 20.0, f64::from(height) - 30.0, "end")) }
            g.city aria-hidden="true" {
                @for (name, x, y) in CITIES {
                    g transform={ "translate(" (x) " " (y) ")" } {
                        g.place {
                            circle r="24" {}
                            @if x > NEAR_THE_EDGE {
                                text x="-48" y="36" text-anchor="end" { (name) }
                            } @else {
                                text x="48" y="36" { (name) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The same small, beside what it shows: without an inset and names, and out of the way of the keyboard, since the table that
/// it stands with holds every council.
pub fn small(page: &MapPage) -> Markup {
    let map = &page.map;
    let (width, height) = map.size;
    html! {
        svg.map viewBox={ "0 0 " (width) " " (height) } role="group" aria-label=(page.description()) {
            g.areas { @for (land, shape) in &map.areas { (area(page, land, shape, false)) } }
            @if !map.outline.is_empty() { path.cty d=(map.outline) {} }
            g.inset { (invented(page.synthetic, f64::from(width) - 20.0, f64::from(height) - 30.0, "end")) }
        }
    }
}

fn area(page: &MapPage, land: &Land, shape: &Shape, first: bool) -> Markup {
    match (page.row_of(land), land) {
        (Some(row), _) => link(page, row, &shape.path, first),
        (None, Land::StandIn { councils, .. }) => {
            html! { path.sti d=(shape.path) { title { "Boundaries of the " (councils.len()) " councils of this year are not at hand" } } }
        }
        (None, Land::Council(_)) => html! { path.out d=(shape.path) {} },
    }
}

/// One area as a link. Only the first is a tab stop: 296 of them before the table would keep a keyboard
/// user busy for minutes. The script moves the stop with the arrow keys.
fn link(page: &MapPage, row: &MapRow, path: &str, first: bool) -> Markup {
    let tab = if first { "0" } else { "-1" };
    html! {
        a class=(band_class(row.band())) href=(href(page, &row.council)) tabindex=(tab) {
            title { (label(page, row)) }
            path d=(path) {}
        }
    }
}

fn href(page: &MapPage, council: &Council) -> String {
    match page.selection.year {
        Some(year) => links::council_in(&council.slug, year),
        None => links::council(&council.slug),
    }
}

/// Name, value and what the fill says: "Derby, 54% (7 of 13), within the range expected". A rate without its
/// counts and verdict would be all that a screen reader hears.
fn label(page: &MapPage, row: &MapRow) -> String {
    let name = &row.council.name;
    let band = row.band().title(page.judgement()).to_lowercase();
    match &row.figure {
        Some(one) => {
            let counts = format::counts(&one.figure).map(|counts| format!(" ({counts})")).unwrap_or_default();
            format!("{name}, {}{counts}, {band}", format::value(&one.figure))
        }
        None => format!("{name}, {band}"),
    }
}

/// Whether London's boroughs are among the councils shown.
fn shows_london(page: &MapPage) -> bool {
    page.rows.iter().any(|row| row.council.kind == CouncilKind::London)
}

/// London again, larger: a tenth of the councils on 1.2% of the land. For the pointer; everyone else has
/// the same areas in the map itself.
fn london(page: &MapPage, frame: ViewBox) -> Markup {
    let (x, y, width, height) = INSET;
    html! {
        g.inset aria-hidden="true" {
            text x=(x) y=(y - 50) { "London, enlarged" }
            rect.frame x=(x) y=(y) width=(width) height=(height) rx="20" {}
            svg x=(x) y=(y) width=(width) height=(height) viewBox={ (frame.x) " " (frame.y) " " (frame.width) " " (frame.height) } {
                @for (land, shape) in &page.map.areas {
                    @if let Some(row) = page.row_of(land).filter(|row| row.council.kind == CouncilKind::London) {
                        (link(page, row, &shape.path, false))
                    }
                }
            }
        }
    }
}

/// The same councils, each with the same room.
pub fn hexagons(page: &MapPage, hexagons: &Hexagons) -> Markup {
    let layer = layer(page, hexagons);
    let (width, height) = layer.view_box;
    let rows = || {
        layer
            .hexagons
            .iter()
            .filter_map(|hex| page.rows.iter().find(|row| row.council.code == hex.code).map(|row| (hex, row)))
    };
    html! {
        svg.map.hex #map viewBox={ "0 0 " (width) " " (height) } role="group" aria-labelledby="finding" aria-describedby="mapdesc" {
            g.areas {
                @for (place, (hex, row)) in rows().enumerate() {
                    (link(page, row, &hex.path, place == 0))
                }
            }
            g.inset { (invented(page.synthetic, f64::from(width) - 20.0, f64::from(height) - 30.0, "end")) }
            g.hexname aria-hidden="true" {
                @for (hex, row) in rows() {
                    text x=(hex.centre.0) y=(hex.centre.1 + 17) { (abbreviation(&row.council.name)) }
                }
            }
        }
    }
}

/// The hexagons of the tier shown.
pub fn layer<'a>(page: &MapPage, hexagons: &'a Hexagons) -> &'a HexLayer {
    match page.selection.tier {
        Tier::District => &hexagons.lower,
        Tier::County => &hexagons.county,
    }
}

/// Three letters that hint at a name: "Der" for Derby; the whole name is in the link.
pub(super) fn abbreviation(name: &str) -> String {
    name.chars().filter(|c| c.is_alphabetic()).take(3).collect()
}

/// Whether anything of the band can be on this page's map.
pub fn band_in_use(page: &MapPage, band: Band) -> bool {
    page.count(band) > 0
}
