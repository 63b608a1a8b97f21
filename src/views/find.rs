//! The search box and its answers.

use jiff::civil::Date;
use maud::{Markup, html};

use super::layout::{Frame, Head, page as layout};
use super::{assets, find_answer, links};
use crate::domain::council::Council;
use crate::domain::format;
use crate::read::find::{FindAnswer, FindPage};

/// The search box.
pub fn form(words: &str, hint: Option<&str>) -> Markup {
    html! {
        form.find role="search" method="get" action="/find" {
            input type="search" name="q" value=(words) aria-label="Postcode, council or case reference" placeholder="Postcode or council" autocomplete="off" enterkeyhint="search";
            button type="submit" { "Find" }
        }
        div.here {}
        @if let Some(hint) = hint { p.hint { (hint) } }
    }
}

/// The page of answers.
pub fn page(frame: &Frame, page: &FindPage) -> Markup {
    let (title, explanation) = words(page);
    let head = Head {
        title: title.clone(),
        description: "Find the councils that serve an address, and what the Ombudsman found about them.".to_owned(),
        hidden: true,
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            link rel="stylesheet" href=(assets::FIND.href);
            (super::map::patterns())
            h1 { (title) }
            p.lede { (explanation) }
            @if let Some(typed) = &page.typed { p.note.understood { "You typed “" (shortened(typed)) "”." } }
            @if let FindAnswer::Case(reference) = &page.answer {
                p { a href=(links::decision(reference)) { "Decision " (reference) } }
            }
            @if page.serving.is_empty() { (lists(page)) } @else {
                (find_answer::before(page))
                (find_answer::answer(page))
                @if !page.places.is_empty() { h2 { "Elsewhere" } (places(page)) }
            }
            section.again {
                h2 { "Another place" }
                (form(if page.serving.is_empty() { page.words() } else { String::new() }.as_str(), Some("A postcode, a town or village, the name of a council, a GSS code or a case reference.")))
                p { a href="/councils" { "All councils from A to Z" } }
            }
        },
    )
}

/// Councils and places to choose from.
fn lists(page: &FindPage) -> Markup {
    let choices = matches!(page.answer, FindAnswer::Towns(_));
    html! {
        @if choices { (places(page)) }
        @if !page.councils.is_empty() || !page.before.is_empty() {
            ul.list.found { @for council in page.councils.iter().chain(&page.before) { (one(council, page.today)) } }
        }
        @if !choices && !page.places.is_empty() {
            h2 { "Towns and villages" }
            (places(page))
        }
    }
}

/// Towns and villages, each with the councils that serve it.
fn places(page: &FindPage) -> Markup {
    html! {
        ul.list.found {
            @for found in &page.places {
                li {
                    a href=(links::find(&found.words())) { (found.words()) }
                    p.meta {
                        @for (place, council) in found.councils.iter().enumerate() {
                            @if place > 0 { " and " }
                            (council.official_name)
                        }
                    }
                }
            }
        }
    }
}

fn one(council: &Council, today: Date) -> Markup {
    html! {
        li {
            h2 { a href=(links::council(&council.slug)) { (council.official_name) } }
            p.meta {
                @if let Some(end) = council.active_to.filter(|end| *end <= today) {
                    "Former council, until " (format::date(end)) "."
                } @else {
                    (council.kind_title()) ". " (council.kind.services())
                }
            }
        }
    }
}

fn number(count: usize, one: &str, many: &str) -> String {
    format::counted(u64::try_from(count).unwrap_or(0), one, many)
}

fn words(page: &FindPage) -> (String, String) {
    const SHARE: &str = "They share the work. This is who does what, and how each deals with complaints.";
    const ALONE: &str = "It runs all local services there. This is how it deals with complaints.";
    let serve = |place: &str| match page.councils.len() {
        1 => format!("One council serves {place}"),
        2 => format!("Two councils serve {place}"),
        more => format!("{more} councils serve {place}"),
    };
    let work = if page.shared() { SHARE } else { ALONE };
    let typed = shortened(&page.words());
    match &page.answer {
        FindAnswer::Empty => (
            "Find your council".to_owned(),
            "Type a postcode, a town or village, the name of a council, or the reference of a case.".to_owned(),
        ),
        FindAnswer::Postcode(postcode) if page.typed.is_some() => {
            (serve(postcode), format!("Read as {postcode}, the only postcode that looks like it. {work}"))
        }
        FindAnswer::Postcode(place) | FindAnswer::Town(place) => (serve(place), work.to_owned()),
        FindAnswer::Outcode(outcode) => (
            format!("Councils in {outcode}"),
            format!(
                "{outcode} is the beginning of a postcode. It touches {}. A whole postcode gives the exact answer.",
                number(page.councils.len(), "council", "councils")
            ),
        ),
        FindAnswer::Elsewhere(place, nation) => (
            format!("{place} is in {nation}"),
            format!("This site is about councils in England. {nation} has an ombudsman of its own."),
        ),
        FindAnswer::UnknownPostcode(postcode) => (
            format!("{postcode} is not a postcode we know"),
            "It looks like a postcode, but the directory does not hold it. Check the letters and numbers, or type the name of the town or council.".to_owned(),
        ),
        FindAnswer::Place => {
            (serve("this place"), format!("{work} Borders on our map are approximate; near one, a postcode is surer."))
        }
        FindAnswer::NoPlace => (
            "That place is not in England".to_owned(),
            "No English council covers it. This site is about councils in England only.".to_owned(),
        ),
        FindAnswer::Towns(name) if page.places.iter().all(|one| one.place.name == *name) => {
            (format!("Which {name}?"), format!("{} have that name.", number(page.places.len(), "place", "places")))
        }
        FindAnswer::Towns(name) => (
            format!("Places like “{}”", shortened(name)),
            "These names begin with it, the largest places first.".to_owned(),
        ),
        FindAnswer::Code => (
            page.councils.first().map_or(typed, |council| council.official_name.clone()),
            "The council that has or had this code.".to_owned(),
        ),
        FindAnswer::Case(reference) => {
            (format!("Case {reference}"), "A decision with this reference is published.".to_owned())
        }
        FindAnswer::Names => {
            let all = page.councils.len() + page.before.len();
            let former = if page.before.is_empty() { "" } else { " Former councils stand after those of today." };
            let also = if page.places.is_empty() { "" } else { " Other places of the name follow." };
            (
                format!("{} for “{typed}”", number(all, "council", "councils")),
                format!("Choose one.{former}{also}"),
            )
        }
        FindAnswer::Today(name) => match page.councils.as_slice() {
            [one] => (
                format!("{} serves {} today", one.official_name, shortened(name)),
                "This is how it deals with complaints.".to_owned(),
            ),
            _ => (
                format!("Two councils serve {} today", shortened(name)),
                "Each serves a part of it. This is how each deals with complaints.".to_owned(),
            ),
        },
        FindAnswer::Near => (
            format!("No council or place is called “{typed}”"),
            "Did you mean one of these?".to_owned(),
        ),
        FindAnswer::Nothing => (
            format!("Nothing found for “{typed}”"),
            "Try a postcode such as DE1 2FS, a town, the name of a council, or a case reference such as 19 012 345.".to_owned(),
        ),
    }
}

fn shortened(words: &str) -> String {
    if words.chars().count() <= 60 { words.to_owned() } else { words.chars().take(60).chain(['…']).collect() }
}
