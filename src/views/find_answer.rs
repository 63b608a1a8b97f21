//! The councils that serve one place, side by side: what each runs, how it deals with complaints, how to complain.

use maud::{Markup, html};

use super::council_head::names;
use super::table::swatch;
use super::{complaint, links, sentences};
use crate::db::improvements::ListedImprovement;
use crate::domain::council::{Council, CouncilKind};
use crate::domain::format;
use crate::read::find::FindPage;
use crate::read::locator_map::LocatorMap;
use crate::read::serving::Serving;
use crate::read::standing::Band;

/// How many overdue promises and early signs are told; the rest are counted.
const TOLD: usize = 2;
/// Letters of a promise that are shown before it is cut.
const LONGEST_PROMISE: usize = 110;

/// The councils, the map beside them, and the way to complain.
pub fn answer(page: &FindPage) -> Markup {
    html! {
        div.answer {
            div.serving.pairs[page.serving.len() > 1] { @for one in &page.serving { (council(one)) } }
            aside.beside {
                @if let Some(map) = &page.map { (locator(map)) }
                (complaint::route(&[], page.shared()))
            }
        }
    }
}

/// Councils that no longer are, each with the day until which it was.
pub fn before(page: &FindPage) -> Markup {
    let mut ends: Vec<_> = page.before.iter().filter_map(|council| council.active_to).collect();
    ends.sort_unstable();
    ends.dedup();
    ends.reverse();
    html! {
        @for end in ends {
            @let then: Vec<Council> = page.before.iter().filter(|one| one.active_to == Some(end)).cloned().collect();
            p.before {
                "Before " (format::date(end)) " it was " (names(&then, links::council))
                ", which no longer " @if then.len() == 1 { "exists" } @else { "exist" } "."
            }
        }
    }
}

fn council(one: &Serving) -> Markup {
    let council = &one.council;
    html! {
        article.serve {
            h2 { a href=(links::council(&council.slug)) { (council.official_name) } }
            p.runs { b { "Your " (word(council.kind)) " runs" } " " (council.kind.runs()) "." }
            @let begun = council.begins_after(one.year);
            @if let Some(from) = begun {
                p.says { (swatch(Band::NoFigure)) span { (sentences::not_begun(from, one.year)) } }
            } @else {
                p.of { "The year to " (format::date(one.year.last_day())) }
            }
            @for (measure, figure) in one.figures.iter().filter(|_| begun.is_none()) {
                p.says {
                    @match figure {
                        Some(figure) => {
                            (swatch(Band::Verdict(figure.figure.verdict)))
                            span { (sentences::brief(&figure.figure)) @if figure.source.as_ref().is_some_and(|source| source.synthetic) { span.vh { " Invented." } } }
                        }
                        None => {
                            (swatch(Band::NoFigure))
                            span { (measure.title()) ": no figure of the year is loaded. That is not a zero." }
                        }
                    }
                }
            }
            div.signs { (stands_out(one)) }
            div.promises { (promises(one)) }
            p.letter { (letter(one)) }
            p.acts { a href=(links::council(&council.slug)) { "All figures of " (council.name) } }
        }
    }
}

fn word(kind: CouncilKind) -> &'static str {
    match kind {
        CouncilKind::County => "county council",
        CouncilKind::District => "district council",
        CouncilKind::London => "borough council",
        CouncilKind::Unitary | CouncilKind::Metropolitan => "council",
    }
}

fn stands_out(one: &Serving) -> Markup {
    let told = one.told();
    let more = u64::try_from(told.len().saturating_sub(TOLD)).unwrap_or(0);
    html! {
        h3 { "What stands out" }
        @if told.is_empty() {
            @let (strong, rest) = one.signs.nothing();
            p { @if one.signs.found.is_empty() { @if let Some(strong) = strong { b { (strong) } " " } (rest) } @else { "Nothing but what is overdue." } }
        }
        @for (titles, found) in told.into_iter().take(TOLD) {
            p { a href=(links::evidence(&one.council.slug, one.year, found)) { (titles) } ". " (found.evidence) }
        }
        @if more > 0 {
            p { a href=(format!("{}#signs", links::council(&one.council.slug))) { (format::counted(more, "more sign", "more signs")) } }
        }
    }
}

fn promises(one: &Serving) -> Markup {
    let (all, overdue) = (u64::try_from(one.improvements).unwrap_or(0), u64::try_from(one.overdue.len()).unwrap_or(0));
    let href = links::council_part(&one.council.slug, "improvements");
    html! {
        h3 { "Promises" }
        @if all == 0 {
            p { "No agreed improvement of it is loaded here." }
        } @else if overdue == 0 {
            p { b { "None is overdue" } " of the " a href=(href) { (format::counted(all, "improvement", "improvements")) } " that it agreed." }
        } @else {
            p {
                b { (format::counted(overdue, "promise is", "promises are")) " overdue" } " of the "
                a href=(href) { (format::counted(all, "improvement", "improvements")) } " that it agreed. The longest overdue: "
                @for (place, promise) in one.overdue.iter().take(TOLD).enumerate() {
                    @if place > 0 { "; " } (overdue_one(promise))
                }
                "."
            }
        }
    }
}

fn overdue_one(promise: &ListedImprovement) -> Markup {
    let text = promise.summary.trim_end_matches('.');
    let cut: String = text.chars().take(LONGEST_PROMISE).collect();
    html! {
        "“" (cut) @if cut.len() < text.len() { "…" } "”"
        @if let Some(due) = promise.due_on { ", due " (format::date(due)) }
    }
}

fn letter(one: &Serving) -> Markup {
    html! {
        @match &one.letter {
            None => "No letter of the Ombudsman to it is loaded here.",
            Some(letter) => {
                "The Ombudsman’s newest letter to it: "
                @if letter.has_text || letter.has_document {
                    a href=(links::letter(&one.council.slug, letter.year)) { (format::date(letter.letter_date)) }
                } @else if let Some(url) = letter.url.as_deref().and_then(links::outside) {
                    a href=(url) rel="noopener" { (format::date(letter.letter_date)) }
                } @else { (format::date(letter.letter_date)) }
                "."
            }
        }
    }
}

fn locator(map: &LocatorMap) -> Markup {
    let (england, frame) = (map.england.bbox, map.frame);
    let (width, height) = (england.right - england.left, england.bottom - england.top);
    html! {
        figure.locator {
            svg viewBox=(format!("{} {} {width} {height}", england.left, england.top)) aria-hidden="true" {
                path.l-eng d=(map.england.path) {}
                @for path in &map.place { path.l-cty d=(path) {} }
            }
            svg viewBox=(format!("{} {} {} {}", frame.x, frame.y, frame.width, frame.height)) aria-hidden="true" {
                @for path in &map.around { path.l-d d=(path) {} }
                @for path in &map.here { path.l-here d=(path) {} }
            }
            figcaption { (map.caption) "." }
        }
    }
}
