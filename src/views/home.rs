//! The home page: search, the finding, map or hexagons, legend, and the table that says the same.

use maud::{Markup, html};

use super::council_table::{self, Shown};
use super::layout::{Frame, Head, page as layout};
use super::table::{band_class, swatch};
use super::{links, map, measure_menu, sources};
use crate::domain::council::{CouncilKind, Tier};
use crate::domain::format;
use crate::domain::measure::{Measure, Unit};
use crate::geo::hexagons::Hexagons;
use crate::read::map::{Band, MapPage, MapRow, Selection, View};
use crate::read::rankings::{Key, Order, RankingQuery};

/// The page.
pub fn page(frame: &Frame, page: &MapPage, hexagons: &Hexagons) -> Markup {
    let head = Head {
        title: title(page),
        description: format!(
            "{} {}",
            page.finding(),
            "The Ombudsman’s figures for every English council, compared honestly."
        ),
        skips: &[("#table", "the table")],
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            h1 { "How well does your council put things right?" }
            p.lede { "What the Ombudsman found when people in England complained about their council, year by year, with the decisions, reports and promises behind the figures." }
            (super::find::form("", Some("In many places two councils share the work. A postcode shows both.")))
            (controls(page))
            div.views {
            div.viewhead {
                h2.finding #finding { (page.finding()) }
                (views(page.selection))
            }
            p.vh #mapdesc { (page.description()) }
            @if page.selection.view == View::Table {
                (map::patterns())
                (table(page))
                (side(page, hexagons))
            } @else {
                div.mapgrid { (drawing(page, hexagons)) (side(page, hexagons)) }
                (table(page))
            }
            }
        },
    )
}

fn drawing(page: &MapPage, hexagons: &Hexagons) -> Markup {
    html! {
        figure.themap aria-labelledby="finding" {
            a.skip.inline href="#table" { "Skip the map and go to the table" }
            div.mapbox {
                (map::patterns())
                @match page.selection.view {
                    View::Hex => { (map::hexagons(page, hexagons)) }
                    View::Map | View::Table => { (map::geography(page)) }
                }
            }
        }
    }
}

fn side(page: &MapPage, hexagons: &Hexagons) -> Markup {
    html! {
        aside.side aria-labelledby="legend" {
            (legend(page))
            (notes(page))
            @if page.selection.view == View::Hex { (without_hexagon(page, hexagons)) }
        }
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
            p.note { (format::counted(u64::try_from(missing).unwrap_or(0), "council of this year has", "councils of this year have")) " no hexagon, since the hexagons are those of today’s councils. The table has their figures." }
        }
    }
}

/// The title of each view of the map differs, so that tabs and bookmarks can be told apart.
fn title(page: &MapPage) -> String {
    let subject = if page.selection == default_of(page) {
        "How well does your council put things right?".to_owned()
    } else {
        format!("{}, {}", page.selection.measure.term(), page.year)
    };
    match page.selection.view {
        View::Map => subject,
        View::Hex => format!("{subject} As hexagons"),
        View::Table => format!("{subject} As a table"),
    }
}

fn default_of(page: &MapPage) -> Selection {
    Selection { view: page.selection.view, tier: Tier::default(), measure: Measure::default(), year: None, kind: None }
}

fn controls(page: &MapPage) -> Markup {
    let selection = &page.selection;
    html! {
        form.controls.auto method="get" action="/" {
            @if selection.view != View::Map { input type="hidden" name="view" value=(selection.view.as_str()); }
            label { "Measure " select name="measure" {
                (measure_menu::options(Some(selection.measure)))
            } }
            label { "Year " select name="year" {
                @for year in &page.years { option value=(year) selected[*year == page.year] { (year) } }
                @if page.years.is_empty() { option value="" { "none loaded" } }
            } }
            label { "Services " select name="tier" {
                @for tier in Tier::ALL { option value=(tier.as_str()) selected[tier == selection.tier] { (tier.title()) } }
            } }
            label { "Councils " select name="kind" {
                option value="" selected[selection.kind.is_none()] { "all kinds" }
                @for kind in CouncilKind::ALL { option value=(kind.as_str()) selected[selection.kind == Some(kind)] { (kind.group()) } }
            } }
            button type="submit" { "Show" }
        }
    }
}

/// Three views of the same address.
fn views(selection: Selection) -> Markup {
    html! {
        nav.seg aria-label="View" {
            @for view in View::ALL {
                a href=(links::map(Selection { view, ..selection })) aria-current=[(view == selection.view).then_some("true")] { (view.title()) }
            }
        }
    }
}

fn legend(page: &MapPage) -> Markup {
    html! {
        h2 #legend { "Against similar councils" }
        ul.key {
            @for band in Band::all().filter(|band| always_listed(*band) || map::band_in_use(page, *band)) {
                li {
                    (swatch(band))
                    span { (band.title(page.judgement())) small { (band.note()) } }
                    b { a href=(links::rankings(&of_band(page, band))) aria-label={ (page.count(band)) " councils: " (band.title(page.judgement())) } { (page.count(band)) } }
                }
            }
        }
    }
}

/// The councils of the page with one verdict.
fn of_band(page: &MapPage, band: Band) -> RankingQuery {
    let Selection { measure, year, kind, .. } = page.selection;
    RankingQuery { measure, year, kind, band: Some(band), ..RankingQuery::default() }
}

/// Bands that a reader expects to see even when nobody is in them.
fn always_listed(band: Band) -> bool {
    matches!(band_class(band), "hi" | "phi" | "in" | "plo" | "lo" | "few")
}

fn notes(page: &MapPage) -> Markup {
    let selection = &page.selection;
    html! {
        div.note {
            p {
                "Each council is compared with the pooled rate of its kind, allowing for chance. A small council’s rate swings widely, so rates alone would mostly show size. "
                a href="/about/statistics" { "How this works" }
            }
            p {
                "This view as "
                a href=(links::twin(&links::map(*selection), "csv")) { "CSV" } " · "
                a href=(links::twin(&links::map(*selection), "geojson")) { "GeoJSON" } " · "
                a href=(links::twin(&links::map(*selection), "json")) { "JSON" }
            }
            @match selection.tier {
                Tier::District => p {
                    "The map shows districts and single-tier councils, with county borders over them. County councils have "
                    a href=(links::map(Selection { tier: Tier::County, ..*selection })) { "a map of their own" }
                    "; the table lists all."
                },
                Tier::County => p {
                    "The map shows county and single-tier councils. Districts have "
                    a href=(links::map(Selection { tier: Tier::District, ..*selection })) { "a map of their own" }
                    "; the table lists all."
                },
            }
            @if page.map.areas.iter().any(|(land, _)| matches!(land, crate::read::atlas::Land::StandIn { .. })) {
                p { "Some councils of this year were later merged and their boundaries are not at hand: their successor’s area is drawn with a dashed edge and no figure. The table has their figures." }
            }
            @if selection.measure.unit() == Unit::PerHundredThousand {
                p { "Residents are counted by the estimate nearest to the year. Each council’s page names it." }
            }
            p { "Boundaries are approximate; a postcode’s answer is exact." }
        }
    }
}

fn table(page: &MapPage) -> Markup {
    html! {
        section.table #table tabindex="-1" {
            h2 #tabletitle { "All " (page.rows.len()) " councils, " (page.year) }
            p { a href=(links::rankings(&RankingQuery { measure: page.selection.measure, year: page.selection.year, kind: page.selection.kind, ..RankingQuery::default() })) { "What stands out first, with intervals and ranks" } }
            div.scroll role="region" aria-labelledby="tabletitle" tabindex="0" {
                @if page.selection.view == View::Table { (ranked(page)) } @else { (brief(page)) }
            }
            (sources::list(page.files.iter().map(|file| (page.year, file))))
            p.note { "Each council’s page names the row behind its figure; the CSV of this view names all." }
        }
    }
}

/// The table in full, whose headings lead to other orders.
fn ranked(page: &MapPage) -> Markup {
    let Selection { measure, year, kind, .. } = page.selection;
    let order = |order| links::rankings(&RankingQuery { measure, year, kind, order, ..RankingQuery::default() });
    let by_name = Order { key: Key::Name, turned: false };
    council_table::table(&page.rows, &Shown { measure, year: page.year, order: (by_name, &order) })
}

/// The table beside the map, in few bytes: it is a part of the first view.
fn brief(page: &MapPage) -> Markup {
    html! {
        // On a phone each row is a grid of its own, laid out when it is scrolled to: 317 rows as one table cost a slow phone
        // 0.3 s of blocking. The roles say again what the elements mean, for readers that go by the layout.
        table.rolled role="table" {
            caption { (page.selection.measure.term()) ", " (format::period(page.year)) ", against similar authorities" }
            thead role="rowgroup" { tr role="row" {
                th role="columnheader" scope="col" { "Council" }
                th role="columnheader" scope="col" { "Kind" }
                th.n role="columnheader" scope="col" { "Rate" }
                th.n role="columnheader" scope="col" { "Cases" }
                th.n role="columnheader" scope="col" { "Similar" }
                th role="columnheader" scope="col" { "Against similar councils" }
            } }
            tbody role="rowgroup" { @for row in &page.rows { (table_row(page, row)) } }
        }
    }
}

fn table_row(page: &MapPage, row: &MapRow) -> Markup {
    let href = match page.selection.year {
        Some(year) => links::council_in(&row.council.slug, year),
        None => links::council(&row.council.slug),
    };
    let figure = row.figure.as_ref().map(|one| &one.figure);
    html! {
        tr role="row" {
            th role="rowheader" scope="row" { a href=(href) { (row.council.name) } }
            td role="cell" { (row.council.kind.as_str()) }
            @match figure {
                Some(figure) => {
                    td.n role="cell" { (format::value(figure)) }
                    td.n role="cell" { (format::counts(figure).unwrap_or_else(|| "–".to_owned())) }
                    td.n role="cell" { (format::similar(figure).unwrap_or_else(|| "–".to_owned())) }
                    td role="cell" { span class={ "d " (band_class(row.band())) } {} (row.band().title(page.judgement())) }
                }
                None => {
                    td.n role="cell" { "–" } td.n role="cell" { "–" } td.n role="cell" { "–" }
                    td role="cell" { span.d.nof {} "No figure loaded" }
                }
            }
        }
    }
}
