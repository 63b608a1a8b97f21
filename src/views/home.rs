//! The home page: search, the finding and who stands out, the map or the hexagons with their key; or the table of the same.

use maud::{Markup, html};

use super::council_table::{self, Shown, short_title};
use super::layout::{Frame, Head, page as layout};
use super::map_choices::{choices_again, controls};
use super::map_standouts::{chance, listed, stand_out};
use super::table::{band_class, swatch};
use super::{links, map, map_names, map_part, sources};
use crate::domain::council::{CouncilKind, Tier};
use crate::domain::format;
use crate::domain::measure::Unit;
use crate::geo::hexagons::Hexagons;
use crate::read::atlas::Land;
use crate::read::feed::FeedQuery;
use crate::read::map::{MapPage, Selection, View};
use crate::read::standing::{Band, Order};

/// The page.
pub fn page(frame: &Frame, page: &MapPage, hexagons: &Hexagons) -> Markup {
    let table = page.selection.view == View::Table;
    let head = Head {
        title: title(page),
        description: format!(
            "{} {}",
            page.finding(),
            "The Ombudsman’s figures for every English council, compared honestly."
        ),
        skips: if table {
            &[("#filters", "the filters"), ("#table", "the table")]
        } else {
            &[("#atlas", "the map"), ("#filters", "the filters"), ("#stand", "the table of councils that stand out")]
        },
        feed: Some(super::feed::link(&FeedQuery::default())),
        year: Some(page.year),
        ..Head::default()
    };
    let content = html! {
        (map::patterns())
        @if table { (as_table(page)) } @else { (as_map(page, hexagons)) }
    };
    layout(frame, &head, &content)
}

/// The parts of the page that a choice of measure or year replaces, by their ids.
pub fn parts(page: &MapPage, hexagons: &Hexagons) -> Vec<(&'static str, Markup)> {
    let mut parts = vec![
        ("told", told(page)),
        ("filters", choices_again(page)),
        ("mapdesc", html! { (page.description()) }),
        ("what", what(page)),
        ("stand", stand_out(page)),
        ("key", legend(page)),
        ("notes", notes(page, hexagons)),
    ];
    match page.selection.view {
        View::Map => {
            parts.push(("labels", map_names::labels(page)));
            parts.push(("londonlabels", map_names::labels_of_london(page)));
        }
        View::Hex => parts.push(("labels", map_names::labels_of_hexagons(page, map::layer(page, hexagons)))),
        View::Table => {}
    }
    parts
}

fn as_map(page: &MapPage, hexagons: &Hexagons) -> Markup {
    html! {
        div.home {
            div.ask {
                h1 { "How well does your council put things right?" }
                (super::find::form("", Some("A postcode shows who does what.")))
            }
            div.headline #told { (told(page)) }
            section.atlas #atlas tabindex="-1" aria-label="Map" {
                (controls(page))
                p.vh #mapdesc { (page.description()) }
                figure.sea.near[page.selection.view == View::Map && map_part::is_closer(page)] aria-labelledby="finding" {
                    @match page.selection.view {
                        View::Hex => div.pane { (map::hexagons(page, hexagons)) }
                        View::Map | View::Table => { div.pane { (map::geography(page)) } (map::london(page)) }
                    }
                    figcaption.what #what { (what(page)) }
                    p.keys { "Keys: arrows, + − 0" }
                }
            }
            p.vh #said role="status" {}
            section.stand #stand tabindex="-1" aria-label="Councils that stand out" { (stand_out(page)) }
            section.key #key aria-labelledby="legend" { (legend(page)) }
        }
        div.notes #notes { (notes(page, hexagons)) }
    }
}

/// The finding.
fn told(page: &MapPage) -> Markup {
    html! { h2.finding #finding { (page.finding()) } }
}

/// What the map shows, in its corner.
fn what(page: &MapPage) -> Markup {
    let measure = page.selection.measure;
    let meaning = measure.definition().meaning.split_inclusive(". ").next().unwrap_or_default().trim_end();
    html! {
        b { (measure.title()) ", " span.nb { (page.year) } }
        span { (meaning) " Each council is compared with its own kind, allowing for chance." }
    }
}

/// The title of each view of the map differs, so that tabs and bookmarks can be told apart.
pub fn title(page: &MapPage) -> String {
    let Selection { view, tier, measure, year, kind, at, .. } = &page.selection;
    let plain = Selection { view: *view, ..Selection::default() };
    let subject = if page.selection == plain {
        "How well does your council put things right?".to_owned()
    } else {
        let tier = if *tier == Tier::default() { "" } else { ", schools and care" };
        let kind = kind.map(|kind| format!(", {}", kind.group())).unwrap_or_default();
        let at = at.as_ref().map(|at| format!(", at {at}")).unwrap_or_default();
        let year = year.unwrap_or(page.year);
        format!("{}, {year}{tier}{kind}{at}", measure.term())
    };
    let end = if subject.ends_with('?') { "" } else { "." };
    match view {
        View::Map => subject,
        View::Hex => format!("{subject}{end} As hexagons"),
        View::Table => format!("{subject}{end} As a table"),
    }
}

/// The bands with their counts, which lead to the table.
fn legend(page: &MapPage) -> Markup {
    let hex = page.selection.view == View::Hex;
    html! {
        h2 #legend { "Compared with its own kind" }
        ul {
            @for band in Band::all().filter(|band| always_listed(*band) || page.count(*band) > 0) {
                @let title = band.title(page.judgement());
                @let short = title.strip_suffix(" than expected").filter(|short| short.starts_with("Possibly")).unwrap_or(title);
                @let undrawn = if hex { 0 } else { page.undrawn.get(&band).copied().unwrap_or(0) };
                li {
                    (swatch(band))
                    span { (short) @if undrawn > 0 { " " small { (undrawn) " not drawn" } } }
                    b { a href=(listed(page, Some(band))) aria-label={ (page.count(band)) " councils: " (title) } { (page.count(band)) } }
                }
            }
            @if !hex && !page.map.counties.is_empty() && page.rows.iter().any(|row| row.council.kind == CouncilKind::County) {
                li { svg.sw viewBox="0 0 24 24" aria-hidden="true" { rect.line x="2" y="2" width="20" height="20" rx="3" {} } span { "Outline: a county council" } }
            }
        }
    }
}

/// Bands that a reader expects to see even when nobody is in them.
fn always_listed(band: Band) -> bool {
    matches!(band_class(band), "hi" | "phi" | "in" | "plo" | "lo" | "few")
}

fn notes(page: &MapPage, hexagons: &Hexagons) -> Markup {
    let address = links::map(&page.selection);
    html! {
        p {
            "This view as "
            a href=(links::twin(&address, "csv")) { "CSV" } " · "
            a href=(links::twin(&address, "geojson")) { "GeoJSON" } " · "
            a href=(links::twin(&address, "json")) { "JSON" }
            ". Boundaries are approximate; a postcode’s answer is exact."
        }
        @if page.map.areas.iter().any(|(land, _)| matches!(land, Land::StandIn { .. })) {
            p { "Some councils of this year were later merged and their boundaries are not at hand: their successor’s area is drawn with a dashed edge and no figure. The table has their figures." }
        }
        @if page.selection.measure.unit() == Unit::PerHundredThousand {
            p { "Residents are counted by the estimate nearest to the year. Each council’s page names it." }
        }
        @if page.selection.view == View::Hex { (without_hexagon(page, hexagons)) }
        (sources::list(page.files.iter().map(|file| (page.year, file))))
    }
}

/// The hexagons are laid out for the councils of today; those of an earlier year that ended since have none.
fn without_hexagon(page: &MapPage, hexagons: &Hexagons) -> Markup {
    let layer = map::layer(page, hexagons);
    let missing = page
        .rows
        .iter()
        .filter(|row| row.council.kind.tiers().contains(&page.selection.tier))
        .filter(|row| layer.hexagons.iter().all(|hex| hex.code != row.council.code))
        .count();
    html! {
        @if missing > 0 {
            p { (format::counted(u64::try_from(missing).unwrap_or(0), "council of this year has", "councils of this year have")) " no hexagon, since the hexagons are those of today’s councils. The table has their figures." }
        }
    }
}

/// The same councils as rows.
fn as_table(page: &MapPage) -> Markup {
    let Selection { measure, kind, .. } = page.selection;
    let rows = page.listed();
    let order = |order: Order| links::map(&Selection { order, ..page.selection.clone() });
    let shown = Shown { measure, year: page.year, order: (page.selection.order, &order) };
    let councils = kind.map_or("councils", CouncilKind::group);
    html! {
        div.tableview {
            div.bartop {
                h1 { (measure.term()) ", " span.nb { (page.year) ":" } " " (rows.len()) " " (councils) }
                section.atlas #atlas tabindex="-1" aria-label="What is shown" { (controls(page)) }
            }
            p.lede #finding { (page.finding()) " " (chance(page)) " So a rank is a range." }
            p.vh #said role="status" {}
            nav.chips aria-label="Verdict" {
                a href=(listed(page, None)) aria-current=[page.selection.band.is_none().then_some("true")] { "All " b { (page.rows.len()) } }
                @for band in Band::all().filter(|band| page.count(*band) > 0 || page.selection.band == Some(*band)) {
                    a href=(listed(page, Some(band))) aria-current=[(page.selection.band == Some(band)).then_some("true")] {
                        (swatch(band)) (short_title(band, page.judgement())) " " b { (page.count(band)) }
                    }
                }
            }
            section.table #table tabindex="-1" aria-label="Table" {
                (council_table::table(&rows, &shown))
            }
            (sources::list(page.files.iter().map(|file| (page.year, file))))
            p.note { "Each council’s page names the row behind its figure; the " a href=(links::twin(&links::map(&page.selection), "csv")) { "CSV" } " of this view names all." }
        }
    }
}
