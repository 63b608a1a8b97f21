//! The head that all pages of one council share: the way down, its name, and the ways to its other pages.

use maud::{Markup, html};

use super::layout::breadcrumbs;
use super::links;
use crate::domain::council::{Council, Slug};
use crate::domain::format;
use crate::read::council::CouncilPage;
use crate::read::council_parts::PartCounts;

/// The title of the part that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The overview.
    Overview,
    /// Received and decided by year.
    Statistics,
    /// Published decisions.
    Decisions,
    /// Public reports.
    Reports,
    /// Agreed improvements.
    Improvements,
    /// Annual review letters.
    Letters,
    /// The committee pack.
    Pack,
}

/// The head of the overview: the council's name, and what it is, with the residents that the figures of the year count. One
/// that is no more says so first, and who came after it.
pub fn overview(page: &CouncilPage) -> Markup {
    let council = &page.council;
    let what = format::what_it_is(council, council.residents_in(page.year), page.today);
    let line = html! {
        p.sub {
            @if let Some(end) = page.ended() {
                strong { (council.official_name) " was abolished on " (format::date(end)) ". " }
                @if !page.successors.is_empty() { "Its work passed to " (names(&page.successors, links::council)) ". " }
            }
            (what)
        }
    };
    whole(council, Part::Overview, &council.official_name, &line, &page.parts)
}

/// The head of another part, whose `title` is its finding or topic.
pub fn head(council: &Council, here: Part, title: &str, counts: &PartCounts) -> Markup {
    whole(council, here, title, &html! {}, counts)
}

/// Breadcrumbs, the `h1`, a line under it, and the ways to the council's other pages.
fn whole(council: &Council, here: Part, title: &str, line: &Markup, counts: &PartCounts) -> Markup {
    let region = links::region(&council.region);
    html! {
        @if here == Part::Overview {
            (breadcrumbs(&[("England", "/councils".to_owned()), (&council.region, region)], &council.name))
        } @else {
            (breadcrumbs(&[
                ("England", "/councils".to_owned()), (&council.region, region), (&council.official_name, links::council(&council.slug)),
            ], word(here)))
        }
        h1 { (title) }
        (line)
        (tabs(council, here, counts))
    }
}

fn word(part: Part) -> &'static str {
    match part {
        Part::Overview => "Overview",
        Part::Statistics => "Statistics",
        Part::Decisions => "Decisions",
        Part::Reports => "Public reports",
        Part::Improvements => "Improvements",
        Part::Letters => "Letters",
        Part::Pack => "Committee pack",
    }
}

fn tabs(council: &Council, here: Part, counts: &PartCounts) -> Markup {
    let part = |part: &str| links::council_part(&council.slug, part);
    let entries = [
        (Part::Overview, links::council(&council.slug), None),
        (Part::Statistics, part("statistics"), None),
        (Part::Decisions, part("decisions"), Some(counts.decisions)),
        (Part::Reports, part("reports"), Some(counts.reports)),
        (Part::Improvements, part("improvements"), Some(counts.improvements)),
        (Part::Letters, part("letters"), Some(counts.letters)),
        (Part::Pack, part("pack"), None),
    ];
    html! {
        nav.tabs aria-label="About this council" {
            @for (entry, href, count) in entries {
                // The comparison is a page of several councils, so that none of these is the one shown there.
                @if entry == Part::Pack { a href=(links::compare_alike(council)) { "Compare" } }
                a href=(href) aria-current=[(entry == here).then_some("page")] {
                    (word(entry)) @if let Some(count) = count { " " (format::count(count)) }
                }
            }
        }
    }
}

/// Councils in a sentence, each a link to the page that `href` makes of its address name.
pub(super) fn names(councils: &[Council], href: impl Fn(&Slug) -> String) -> Markup {
    html! {
        @for (place, council) in councils.iter().enumerate() {
            @if place > 0 && place + 1 == councils.len() { " and " } @else if place > 0 { ", " }
            a href=(href(&council.slug)) { (council.official_name) }
        }
    }
}
