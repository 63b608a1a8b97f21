//! What is chosen for the home page: measure, year, services, kind, region, view, and the order of the table.

use maud::{Markup, html};

use super::council_table::order_title;
use super::{links, measure_menu};
use crate::domain::council::{CouncilKind, Slug, Tier};
use crate::read::map::{MapPage, Selection, View};
use crate::read::standing::Order;

/// Where choices lead back to: the map, with what was chosen above it.
const PLACE: &str = "#atlas";

fn here(selection: &Selection) -> String {
    format!("{}{PLACE}", links::map(selection))
}

/// One row: what is measured, in which year, by which councils, in which view. On a phone it folds into one line.
pub fn controls(page: &MapPage) -> Markup {
    html! {
        form.ctl.auto #filters tabindex="-1" method="get" action={ "/" (PLACE) } aria-label="What is shown" { (choices(page)) }
    }
}

pub fn choices(page: &MapPage) -> Markup {
    with_menus(page, measure_menu::options(Some(page.selection.measure)), true)
}

/// The same for a page that has the menus of all views already, each with what is chosen alone: a fifth of the bytes of a change.
pub fn choices_again(page: &MapPage) -> Markup {
    let measure = page.selection.measure;
    with_menus(page, html! { option value=(measure.as_str()) { (measure.title()) } }, false)
}

fn with_menus(page: &MapPage, options: Markup, whole: bool) -> Markup {
    let selection = &page.selection;
    html! {
            details.fold {
                summary { (selection.measure.title()) " " small { (page.year) " · " span { "Change" } } }
                div.opts {
                    select #measure name="measure" aria-label="Measure" { (options) }
                    (years(page, whole))
                    (tiers(selection))
                    details.others {
                        summary { "More" }
                        div {
                            label { "Councils " select name="kind" {
                                @if whole || selection.kind.is_none() { option value="" selected[selection.kind.is_none()] { "all kinds" } }
                                @for kind in CouncilKind::ALL.into_iter().filter(|kind| whole || selection.kind == Some(*kind)) { option value=(kind.as_str()) selected[selection.kind == Some(kind)] { (kind.group()) } }
                            } }
                            @if selection.view == View::Map { (regions(page)) }
                        }
                    }
                    @if selection.view == View::Table { (orders(page)) }
                    button type="submit" { "Show" }
                }
            }
            nav.seg.push aria-label="View" {
                @for view in View::ALL {
                    a href=(here(&Selection { view, ..selection.clone() })) aria-current=[(view == selection.view).then_some("true")] { (view.title()) }
                }
            }
            // Last, so that the script finds everything else in its place.
            @if selection.view != View::Map { input type="hidden" name="view" value=(selection.view.as_str()); }
            @if selection.tier != Tier::default() { input type="hidden" name="tier" value=(selection.tier.as_str()); }
    }
}

/// On a phone the headings of the table, which sort it, have no room.
fn orders(page: &MapPage) -> Markup {
    let Selection { order, band, .. } = &page.selection;
    html! {
        label.onphone { "Order " select name="sort" {
            @for one in Order::all() { option value=(one.word()) selected[one == *order] { (order_title(one)) } }
        } }
        @if let Some(band) = band { input type="hidden" name="verdict" value=(band.as_str()); }
    }
}

/// The year, and a step back and forward.
fn years(page: &MapPage, whole: bool) -> Markup {
    let place = page.years.iter().position(|year| *year == page.year);
    let at = |place: Option<usize>| place.and_then(|place| page.years.get(place)).copied();
    let before = at(place.map(|place| place + 1));
    let after = at(place.and_then(|place| place.checked_sub(1)));
    let step = |year, sign: &str, rel: &str, title: &str| {
        html! {
            @match year {
                Some(year) => { a href=(here(&Selection { year: Some(year), ..page.selection.clone() })) rel=(rel) aria-label={ (title) ", " (year) } { (sign) } }
                None => { span.off aria-hidden="true" { (sign) } }
            }
        }
    };
    html! {
        div.step role="group" aria-label="Year" {
            (step(before, "‹", "prev", "Year before"))
            select name="year" aria-label="Year" {
                @for year in page.years.iter().filter(|year| whole || **year == page.year) { option value=(year) selected[*year == page.year] { (year) } }
                @if page.years.is_empty() { option value="" { "none" } }
            }
            (step(after, "›", "next", "Year after"))
        }
    }
}

/// Which of the two maps, in the words of those who live there.
fn tiers(selection: &Selection) -> Markup {
    let whole = |tier: Tier| selection.kind.is_none_or(|kind| kind.tiers().contains(&tier));
    html! {
        div.seg role="group" aria-label="Services" {
            @for tier in Tier::ALL {
                @let kind = selection.kind.filter(|_| whole(tier));
                a href=(here(&Selection { tier, kind, ..selection.clone() })) aria-current=[(tier == selection.tier).then_some("true")] title=(tier.services()) { (tier.title()) }
            }
        }
    }
}

fn regions(page: &MapPage) -> Markup {
    let at = page.selection.at.as_ref();
    let regions: Vec<(Slug, &String)> =
        page.regions.iter().filter_map(|name| Some((Slug::from_name(name)?, name))).collect();
    let other = at.filter(|at| regions.iter().all(|(slug, _)| slug != *at));
    html! {
        label { "Go to " select name="at" {
            option value="" selected[at.is_none()] { "all of England" }
            @if let Some(other) = other { option value=(other) selected { (name_of(page, other)) } }
            @for (slug, name) in &regions { option value=(slug) selected[at == Some(slug)] { (name) } }
        } }
    }
}

/// A council that the map shows closer, by its name where it is among those shown.
fn name_of(page: &MapPage, slug: &Slug) -> String {
    let row = page.rows.iter().find(|row| row.council.slug == *slug);
    row.map_or_else(|| slug.to_string(), |row| row.council.name.clone())
}
