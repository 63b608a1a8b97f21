//! Choosing the councils of a comparison: without scripts, by links and one form.

use maud::{Markup, html};

use super::{links, measure_menu};
use crate::domain::council::Council;
use crate::domain::council_set::MOST;
use crate::domain::format;
use crate::read::compare::ComparePage;
use crate::read::compare_layout::Arrangement;

/// The councils chosen, each with the way to take it out.
pub fn chosen(page: &ComparePage) -> Markup {
    html! {
        @if !page.councils.is_empty() {
            ul.chosen aria-label="Councils compared" {
                @for one in &page.councils {
                    li { a href=(address(page, |other| other.id != one.council.id, &[])) rel="nofollow" {
                        span.vh { "Remove " } (one.council.official_name) span aria-hidden="true" { " ×" }
                    } }
                }
            }
        }
    }
}

/// The form: one more council, which measure, which year.
pub fn form(page: &ComparePage) -> Markup {
    let full = page.councils.len() >= MOST;
    html! {
        form.controls method="get" action="/compare" aria-label="Comparison" {
            @for one in &page.councils { input type="hidden" name="c" value=(one.council.slug); }
            @if full {
                span.note { "No more than " (MOST) " councils fit. Take one out to add another." }
            } @else {
                label { (if page.councils.is_empty() { "Council " } else { "Add a council " }) (field()) }
                @if page.councils.is_empty() { label { "and another " (field()) } }
                (names(page))
            }
            label { "Measure " select name="measure" {
                option value="" { "those of the letters" }
                (measure_menu::options(page.measure))
            } }
            (years(page))
            button type="submit" { "Show" }
        }
    }
}

/// The forms over a whole group: which measure and year of it, or other councils.
pub fn of_group(page: &ComparePage) -> Markup {
    html! {
        div.pair {
        form.controls.auto method="get" action="/compare" aria-label="Comparison" {
            @if let Some(ready) = &page.set {
                input type="hidden" name="set" value=(ready.set.word());
                @if let Some(centre) = ready.set.around() { input type="hidden" name="c" value=(centre.slug); }
            }
            @if page.arrangement != Arrangement::default() { input type="hidden" name="view" value=(page.arrangement.as_str()); }
            label { "Measure " select name="measure" { (measure_menu::options(page.measure)) } }
            (years(page))
            button type="submit" { "Show" }
        }
        form.controls method="get" action="/compare" aria-label="Other councils" {
            label { "Another council or group " (field()) }
            (names(page))
            @if let Some(measure) = page.measure { input type="hidden" name="measure" value=(measure.as_str()); }
            @if let Some(year) = page.asked_year { input type="hidden" name="year" value=(year); }
            button type="submit" { "Compare" }
        }
        }
    }
}

fn years(page: &ComparePage) -> Markup {
    html! {
        label { "Year " select name="year" {
            @if page.asked_year.is_none_or(|year| !page.years.contains(&year)) { option value="" { "newest" } }
            @for year in &page.years { option value=(year) selected[page.asked_year == Some(*year)] { (year) } }
        } }
    }
}

/// What may be typed: councils of today and whole groups.
fn names(page: &ComparePage) -> Markup {
    html! {
        datalist #councils {
            @for group in &page.groups { option value=(format::capital(&group.title())) {} }
            @for name in &page.names { option value=(name) {} }
        }
    }
}

fn field() -> Markup {
    html! { input type="text" name="c" size="16" list="councils" autocomplete="off"; }
}

/// Councils of the same kind near the first one.
pub fn nearby(page: &ComparePage) -> Markup {
    let Some(first) = page.councils.first() else { return html! {} };
    let room = MOST.saturating_sub(page.councils.len());
    let offered: Vec<&Council> = page.nearby.iter().take(room).collect();
    html! {
        @if !offered.is_empty() {
            p.note {
                "Add one of the " (first.council.kind.group()) " near " (first.label) ": "
                @for (place, council) in offered.iter().enumerate() {
                    @if place > 0 { ", " }
                    a href=(address(page, |_| true, &[*council])) rel="nofollow" { (council.name) }
                }
                @if offered.len() > 1 && !page.is_comparison() {
                    ", or " a href=(address(page, |_| true, &offered)) rel="nofollow" { "all of them" }
                }
                "."
            }
        }
    }
}

/// The same comparison with other councils.
fn address(page: &ComparePage, keep: impl Fn(&Council) -> bool, add: &[&Council]) -> String {
    let kept = page.councils.iter().map(|one| &one.council).filter(|one| keep(one));
    links::compare(kept.chain(add.iter().copied()).map(|one| &one.slug), page.measure, page.asked_year)
}
