//! Further choices for a list of decisions, as links with counts, and what has been chosen.

use maud::{Markup, html};

use super::case_links;
use crate::domain::field::words;
use crate::domain::format;
use crate::read::case_facets::{BodyChoice, Facets};
use crate::read::case_filter::CaseFilter;
use crate::read::decisions::DecisionsPage;

/// A choice: title, count, the address that makes or undoes it, and whether it is made.
struct Choice {
    title: String,
    count: u64,
    href: String,
    chosen: bool,
}

/// All facets that still divide the list.
pub fn facets(page: &DecisionsPage) -> Markup {
    let Facets { categories, subcategories, outcomes, kinds, years, council_kinds, regions, bodies, more_bodies } =
        &page.facets;
    let filter = &page.query.filter;
    html! {
        (facet("Category", choices(page, categories, filter.category.as_ref(), |one| one.title().to_owned(), |filter, one| {
            filter.category = one.copied();
            filter.subcategory = None;
        })))
        @if filter.category.is_some() {
            (facet("Subject", choices(page, subcategories, filter.subcategory.as_ref(), |slug| words(slug), |filter, one| filter.subcategory = one.cloned())))
        }
        (facet("Outcome", choices(page, outcomes, filter.outcome.as_ref(), |one| one.title().to_owned(), |filter, one| filter.outcome = one.copied())))
        @if !page.listing.reports {
            (facet("Type", choices(page, kinds, filter.kind.as_ref(), |one| one.title().to_owned(), |filter, one| filter.kind = one.copied())))
        }
        (facet("Year", choices(page, years, filter.year.as_ref(), ToString::to_string, |filter, one| filter.year = one.copied())))
        @if page.listing.council.is_none() {
            (facet("Council or other body", body_choices(page, bodies)))
            @if *more_bodies > 0 && filter.body.is_none() {
                p.note { "And " (format::counted(u64::try_from(*more_bodies).unwrap_or(0), "other", "others")) ": search for the name, or begin at " a href="/councils" { "the council" } "." }
            }
            (facet("Kind of council", choices(page, council_kinds, filter.council_kind.as_ref(), |one| capital(one.group()), |filter, one| filter.council_kind = one.copied())))
            (facet("Region", choices(page, regions, filter.region.as_ref(), Clone::clone, |filter, one| filter.region = one.cloned())))
        }
    }
}

fn body_choices(page: &DecisionsPage, bodies: &[(BodyChoice, u64)]) -> Vec<Choice> {
    let chosen = page.query.filter.body.as_ref();
    let chosen = bodies.iter().map(|(one, _)| one).find(|one| Some(&one.slug) == chosen);
    choices(page, bodies, chosen, |one| one.name.clone(), |filter, one| filter.body = one.map(|one| one.slug.clone()))
}

fn capital(text: &str) -> String {
    words(text)
}

fn choices<T: PartialEq>(
    page: &DecisionsPage,
    counts: &[(T, u64)],
    chosen: Option<&T>,
    title: impl Fn(&T) -> String,
    set: impl Fn(&mut CaseFilter, Option<&T>),
) -> Vec<Choice> {
    counts
        .iter()
        .map(|(one, count)| {
            let chosen = chosen == Some(one);
            let href = case_links::with(&page.listing, &page.query, |filter| set(filter, (!chosen).then_some(one)));
            Choice { title: title(one), count: *count, href, chosen }
        })
        .collect()
}

fn facet(title: &str, choices: Vec<Choice>) -> Markup {
    let chosen = choices.iter().any(|one| one.chosen);
    html! {
        @if choices.len() > 1 || chosen {
            details.facet open[chosen || choices.len() <= 10] {
                summary { (title) }
                ul {
                    @for one in &choices {
                        li {
                            a href=(one.href) aria-current=[one.chosen.then_some("true")] rel="nofollow" { (one.title) @if one.chosen { span.vh { " (chosen; show all)" } } }
                            " " span { (format::count(one.count)) }
                        }
                    }
                }
            }
        }
    }
}

/// What has been chosen, each with the way to undo it.
pub fn chosen(page: &DecisionsPage) -> Markup {
    let query = &page.query;
    let filter = &query.filter;
    let without = |change: fn(&mut CaseFilter)| case_links::with(&page.listing, query, change);
    let mut removals: Vec<(String, String)> = Vec::new();
    if !query.search.text().is_empty() {
        let mut other = query.clone();
        other.search = crate::domain::search::SearchText::default();
        removals.push((format!("“{}”", shortened(query.search.text())), case_links::list(&page.listing, &other, 1)));
    }
    let mut add = |title: Option<String>, change: fn(&mut CaseFilter)| {
        removals.extend(title.map(|title| (title, without(change))));
    };
    add(page.body.clone(), |filter| filter.body = None);
    add(filter.category.map(|one| one.title().to_owned()), |filter| {
        filter.category = None;
        filter.subcategory = None;
    });
    add(filter.subcategory.as_deref().map(words), |filter| filter.subcategory = None);
    add(filter.outcome.map(|one| one.title().to_owned()), |filter| filter.outcome = None);
    add(filter.kind.map(|one| one.title().to_owned()), |filter| filter.kind = None);
    add(filter.year.map(|year| year.to_string()), |filter| filter.year = None);
    add(filter.council_kind.map(|kind| capital(kind.group())), |filter| filter.council_kind = None);
    add(filter.region.clone(), |filter| filter.region = None);
    add(filter.from.map(|day| format!("from {}", format::date(day))), |filter| filter.from = None);
    add(filter.to.map(|day| format!("to {}", format::date(day))), |filter| filter.to = None);
    html! {
        @if !removals.is_empty() {
            ul.chosen aria-label="Chosen" {
                @for (title, href) in &removals {
                    li { a href=(href) rel="nofollow" { span.vh { "Remove " } (title) span aria-hidden="true" { " ×" } } }
                }
                @if removals.len() > 1 { li { a.all href=(case_links::path(&page.listing)) { "Remove all" } } }
            }
        }
    }
}

/// A text that fits a line.
pub fn shortened(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_owned() } else { text.chars().take(60).chain(['…']).collect() }
}
