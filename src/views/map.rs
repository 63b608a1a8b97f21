//! The map and the hexagons as SVG: fills are classes, every area is a link with name and value, counties over districts
//! are lines.

use maud::{Markup, html};

use super::chart::invented;
use super::links;
use super::map_names::{county_outlines, hexagon_rows, labels, labels_of_hexagons, labels_of_london};
use super::map_part::{SCILLY, SCILLY_AT, SCILLY_SCALE, SHOWN, shown, shows_london, stands_out, view_box};
use super::table::band_class;
use crate::domain::council::{Council, CouncilKind, Tier};
use crate::domain::format;
use crate::geo::hexagons::{HexLayer, Hexagons};
use crate::geo::layer::Shape;
use crate::read::atlas::Land;
use crate::read::map::{MapPage, View};
use crate::read::standing::MapRow;

/// Room for the title over the inset of London.
const TITLE: i32 = 70;

/// The patterns that carry the bands without colour. Plum leans one way, teal the other.
pub fn patterns() -> Markup {
    html! {
        svg.defs width="0" height="0" aria-hidden="true" focusable="false" {
            defs {
                pattern #phi width="46" height="46" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect.pb width="46" height="46" {} rect.pp width="21" height="46" {}
                }
                pattern #plo width="46" height="46" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)" {
                    rect.pb width="46" height="46" {} rect.pt width="21" height="46" {}
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

/// The same for two pages whose drawings differ by fills and names alone.
pub fn drawing(page: &MapPage) -> String {
    let kind = page.selection.kind.map_or("", CouncilKind::as_str);
    format!("{} {} {kind}", page.selection.view.as_str(), page.map.key)
}

/// The councils whose areas are links, in the order of these.
pub fn linked<'a>(page: &'a MapPage, hexagons: &'a Hexagons) -> Vec<&'a MapRow> {
    match page.selection.view {
        View::Hex => hexagon_rows(page, layer(page, hexagons)).map(|(_, row)| row).collect(),
        View::Map | View::Table => page.map.areas.iter().filter_map(|(land, _)| page.row_of(land)).collect(),
    }
}

/// The counties drawn as lines over their districts, in the order of the drawing.
pub fn outlined<'a>(page: &'a MapPage, hexagons: &'a Hexagons) -> Vec<&'a MapRow> {
    match page.selection.view {
        View::Hex => county_outlines(page, layer(page, hexagons)).into_iter().map(|(row, _)| row).collect(),
        View::Map | View::Table => page.map.counties.iter().filter_map(|(id, _)| page.row(*id)).collect(),
    }
}

/// The map of the page's tier and year.
pub fn geography(page: &MapPage) -> Markup {
    let map = &page.map;
    let (part, times) = shown(page);
    let class = if times > 10 { format!("map z{times}") } else { "map".to_owned() };
    html! {
        svg #map class=(class) viewBox=(view_box(part)) data-whole=(view_box(SHOWN)) data-drawing=(drawing(page)) role="group" aria-labelledby="finding" aria-describedby="mapdesc" {
            path.coast d=(map.coast) {}
            g.areas {
                @for (place, (land, shape)) in map.areas.iter().enumerate() {
                    (area(page, land, shape, place == 0))
                }
            }
            g.counties aria-hidden="true" {
                @for (id, shape) in &map.counties {
                    @if let Some(row) = page.row(*id) { (county(row, shape)) }
                }
            }
            @if let Some(frame) = map.london.filter(|_| shows_london(page)) {
                rect.boxed x=(frame.x) y=(frame.y) width=(frame.width) height=(frame.height) rx="30" {}
            }
            g #labels aria-hidden="true" { (labels(page)) }
            g.inv { (invented(page.synthetic, f64::from(part.right - 200 / times), f64::from(part.bottom - 4800 / times), "end")) }
        }
    }
}

/// The same small, beside what it shows: without an inset and names, and out of the way of the keyboard, since the table that
/// it stands with holds every council.
pub fn small(page: &MapPage) -> Markup {
    let map = &page.map;
    html! {
        svg.map viewBox=(view_box(SHOWN)) role="group" aria-label=(page.description()) {
            path.coast d=(map.coast) {}
            g.areas { @for (land, shape) in &map.areas { (area(page, land, shape, false)) } }
            g.counties aria-hidden="true" {
                @for (id, shape) in &map.counties { @if let Some(row) = page.row(*id) { (county(row, shape)) } }
            }
            g.inv { (invented(page.synthetic, f64::from(SHOWN.right - 20), f64::from(SHOWN.bottom - 480), "end")) }
        }
    }
}

/// A county council on the map of districts: a line around its area, which its districts fill.
fn county(row: &MapRow, shape: &Shape) -> Markup {
    let class = band_class(row.band());
    html! {
        @if stands_out(row.band()) { path.halo d=(shape.path) {} }
        path class={ "county " (class) } data-slug=(row.council.slug) d=(shape.path) {}
    }
}

fn area(page: &MapPage, land: &Land, shape: &Shape, first: bool) -> Markup {
    match (page.row_of(land), land) {
        (Some(row), _) => {
            let (x, y) = shape.middle;
            let moved = (row.council.slug.as_str() == SCILLY).then(|| {
                let (to_x, to_y) = (SCILLY_AT.0 - SCILLY_SCALE * x, SCILLY_AT.1 - SCILLY_SCALE * y);
                format!("translate({to_x} {to_y}) scale({SCILLY_SCALE})")
            });
            link(page, row, &shape.path, first, moved.as_deref())
        }
        (None, Land::StandIn { councils, .. }) => {
            html! { path.sti d=(shape.path) { title { "Boundaries of the " (councils.len()) " councils of this year are not at hand" } } }
        }
        (None, Land::Council(_)) => html! { path.out d=(shape.path) {} },
    }
}

/// One area as a link. Only the first is a tab stop: 296 of them before what follows would keep a keyboard
/// user busy for minutes. The script moves the stop with the arrow keys.
fn link(page: &MapPage, row: &MapRow, path: &str, first: bool, moved: Option<&str>) -> Markup {
    let tab = if first { "0" } else { "-1" };
    let here = (page.selection.at.as_ref() == Some(&row.council.slug)).then_some("at");
    html! {
        a class=[here] href=(href(page, &row.council)) tabindex=(tab) transform=[moved] {
            title { (label(row, page)) }
            // The fill is the path's own: of a link it would change the style of all that the link holds.
            path class=(band_class(row.band())) d=(path) {}
        }
    }
}

fn href(page: &MapPage, council: &Council) -> String {
    match page.selection.year {
        Some(year) => links::council_in(&council.slug, year),
        None => links::council(&council.slug),
    }
}

/// Name, value with what it stands beside, and what the fill says: "Derby: 54% (7 of 13), unitary councils 83%: within the
/// range expected". A rate without its counts and verdict would be all that a screen reader hears. The card is made of the
/// three parts.
fn label(row: &MapRow, page: &MapPage) -> String {
    let name = &row.council.name;
    let band = row.band().title(page.judgement()).to_lowercase();
    match (value(row), similar(row)) {
        (Some(value), Some(similar)) => format!("{name}: {value}, {similar}: {band}"),
        (Some(value), None) => format!("{name}: {value}: {band}"),
        (None, _) => format!("{name}: {band}"),
    }
}

/// The value with its counts.
pub fn value(row: &MapRow) -> Option<String> {
    let figure = &row.figure.as_ref()?.figure;
    let counts = format::counts(figure).map(|counts| format!(" ({counts})")).unwrap_or_default();
    Some(format!("{}{counts}", format::value(figure)))
}

/// The average of its kind, named.
pub fn similar(row: &MapRow) -> Option<String> {
    let rate = format::similar(&row.figure.as_ref()?.figure)?;
    Some(format!("{} {rate}", row.council.kind.group()))
}

/// London again, larger: a tenth of the councils on 1.2% of the land. For the pointer; everyone else has
/// the same areas in the map itself.
pub fn london(page: &MapPage) -> Markup {
    let Some(frame) = page.map.london.filter(|_| shows_london(page)) else { return html! {} };
    html! {
        svg.inset.london viewBox={ (frame.x) " " (frame.y - TITLE) " " (frame.width) " " (frame.height + TITLE) } aria-hidden="true" {
            text.town x=(frame.x) y=(frame.y - TITLE + 40) { "London" tspan.wide { ", enlarged" } }
            @for (land, shape) in &page.map.areas {
                @if let Some(row) = page.row_of(land).filter(|row| row.council.kind == CouncilKind::London) {
                    // Named in the map itself, where the card finds it.
                    a href=(href(page, &row.council)) tabindex="-1" { path class=(band_class(row.band())) d=(shape.path) {} }
                }
            }
            g.lab #londonlabels { (labels_of_london(page)) }
        }
    }
}

/// The same councils, each with the same room.
pub fn hexagons(page: &MapPage, hexagons: &Hexagons) -> Markup {
    let layer = layer(page, hexagons);
    let (width, _) = layer.view_box;
    let whole = whole(layer);
    html! {
        svg.map.hex #map viewBox=(whole) data-whole=(whole) data-drawing=(drawing(page)) role="group" aria-labelledby="finding" aria-describedby="mapdesc" {
            g.areas {
                @for (place, (hex, row)) in hexagon_rows(page, layer).enumerate() {
                    (link(page, row, &hex.path, place == 0, None))
                }
            }
            g.inv { (invented(page.synthetic, f64::from(width) - 20.0, 30.0, "end")) }
            g.counties aria-hidden="true" { @for (row, shape) in &county_outlines(page, layer) { (county(row, shape)) } }
            g #labels aria-hidden="true" { (labels_of_hexagons(page, layer)) }
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

/// The view box of what is shown.
pub fn view(page: &MapPage, hexagons: &Hexagons) -> String {
    match page.selection.view {
        View::Hex => whole(layer(page, hexagons)),
        View::Map | View::Table => view_box(shown(page).0),
    }
}

/// Room above the hexagons for the note that figures are invented, in the largest letters that phones have.
const ABOVE: i32 = 110;

fn whole(layer: &HexLayer) -> String {
    let (width, height) = layer.view_box;
    format!("0 -{ABOVE} {width} {}", height + ABOVE)
}
