//! The list of councils.

use maud::{Markup, html};

use super::layout::{Frame, Head, breadcrumbs, page as layout};
use super::{links, under};
use crate::domain::council::{Council, CouncilKind};
use crate::domain::format;
use crate::read::councils::CouncilsPage;

/// The page.
pub fn page(frame: &Frame, page: &CouncilsPage) -> Markup {
    let title = heading(page);
    let head = Head {
        title: title.clone(),
        description: "Every English council with its own page of complaints figures, decisions and letters.".to_owned(),
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            (breadcrumbs(&[("England", "/".to_owned())], "Councils"))
            h1 { (title) }
            (filters(page))
            p {
                @if !page.councils.is_empty() { (under::download(page.councils.len(), &frame.address)) " · " }
                @if let Some(region) = &page.filter.region { a href=(links::region(region)) { "Figures of " (region) " added up" } " · " }
                a href="/areas" { "Regions, combined authorities and counties" } " · "
                a href="/compare" { "Compare councils side by side" }
            }
            @if page.councils.is_empty() {
                p { "No council fits. " a href="/councils" { "Show all" } }
            } @else {
                nav.letters aria-label="A to Z" {
                    @for letter in letters(page) { a href={ "#letter-" (letter) } { (letter) } " " }
                }
                @for letter in letters(page) {
                    h2.letter id={ "letter-" (letter) } { (letter) }
                    ul.az { @for council in page.councils.iter().filter(|council| initial(council) == letter) { (entry(page, council)) } }
                }
            }
        },
    )
}

fn heading(page: &CouncilsPage) -> String {
    let kind = page.filter.kind.map_or("councils", CouncilKind::group);
    let region = page.filter.region.as_ref().map(|region| format!(" in {region}")).unwrap_or_default();
    let former = if page.filter.former { ", former ones included" } else { "" };
    format!("{} {kind}{region}{former}", page.councils.len())
}

fn initial(council: &Council) -> char {
    council.name.chars().next().unwrap_or('?').to_ascii_uppercase()
}

fn letters(page: &CouncilsPage) -> Vec<char> {
    let mut letters: Vec<char> = page.councils.iter().map(initial).collect();
    letters.sort_unstable();
    letters.dedup();
    letters
}

fn filters(page: &CouncilsPage) -> Markup {
    html! {
        form.controls.auto method="get" action="/councils" {
            label { "Kind " select name="kind" {
                option value="" { "all kinds" }
                @for kind in CouncilKind::ALL { option value=(kind.as_str()) selected[page.filter.kind == Some(kind)] { (kind.group()) } }
            } }
            label { "Region " select name="region" {
                option value="" { "all of England" }
                @for region in &page.regions { option value=(region) selected[page.filter.region.as_ref() == Some(region)] { (region) } }
            } }
            label.check { input type="checkbox" name="former" value="yes" checked[page.filter.former]; " former councils too" }
            button type="submit" { "Show" }
        }
    }
}

fn entry(page: &CouncilsPage, council: &Council) -> Markup {
    html! {
        li {
            a href=(links::council(&council.slug)) { (council.name) }
            span.meta {
                " " (council.kind_title())
                @if !council.active_on(page.today) {
                    @if let Some(end) = council.active_to { ", until " (format::date(end)) }
                }
            }
        }
    }
}
