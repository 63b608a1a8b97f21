//! The search box and its answers.

use maud::{Markup, html};

use super::layout::{Frame, Head, page as layout};
use super::links;
use crate::domain::council::{Council, CouncilKind};
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
            h1 { (title) }
            p.lede { (explanation) }
            @if let FindAnswer::Case(reference) = &page.answer {
                p { a href=(links::decision(reference)) { "Decision " (reference) } }
            }
            @if !page.councils().is_empty() {
                ul.list.found {
                    @for council in page.councils() { (answer(council)) }
                }
            }
            h2 { "Search again" }
            (form(&page.words(), Some("A postcode, the name of a council, a GSS code or a case reference.")))
            p { a href="/councils" { "All councils from A to Z" } }
        },
    )
}

fn answer(council: &Council) -> Markup {
    html! {
        li {
            h2 { a href=(links::council(&council.slug)) { (council.official_name) } }
            p.meta {
                @if let Some(end) = council.active_to {
                    "Abolished on " (format::date(end)) ". "
                }
                (council.kind.title()) ". " (council.kind.services())
            }
        }
    }
}

fn words(page: &FindPage) -> (String, String) {
    let both = |councils: &[Council]| councils.iter().any(|council| council.kind == CouncilKind::County);
    match &page.answer {
        FindAnswer::Empty => (
            "Find your council".to_owned(),
            "Type a postcode, the name of a council, or the reference of a case.".to_owned(),
        ),
        FindAnswer::Postcode(postcode, councils) if both(councils) => (
            format!("Two councils serve {postcode}"),
            "They share the work. The district council comes first; the county council runs schools, social care and roads.".to_owned(),
        ),
        FindAnswer::Postcode(postcode, _) => (
            format!("One council serves {postcode}"),
            "It runs all local services there.".to_owned(),
        ),
        FindAnswer::Outcode(outcode, councils) => (
            format!("Councils in {outcode}"),
            format!("{outcode} is the first half of a postcode. It touches {}. A whole postcode gives the exact answer.", format::counted(u64::try_from(councils.len()).unwrap_or(0), "council", "councils")),
        ),
        FindAnswer::Elsewhere(place, nation) => (
            format!("{place} is in {nation}"),
            format!("This site is about councils in England. {nation} has an ombudsman of its own."),
        ),
        FindAnswer::UnknownPostcode(postcode) => (
            format!("{postcode} is not a postcode we know"),
            "It looks like a postcode, but the directory does not hold it. Check the letters and numbers, or type the name of the council.".to_owned(),
        ),
        FindAnswer::Place(councils) if both(councils) => (
            "Two councils serve this place".to_owned(),
            "They share the work. Borders on our map are approximate; near one, a postcode is surer.".to_owned(),
        ),
        FindAnswer::Place(_) => (
            "One council serves this place".to_owned(),
            "Borders on our map are approximate; near one, a postcode is surer.".to_owned(),
        ),
        FindAnswer::NoPlace => (
            "That place is not in England".to_owned(),
            "No English council covers it. This site is about councils in England only.".to_owned(),
        ),
        FindAnswer::Code(council) => (council.official_name.clone(), "The council that has or had this code.".to_owned()),
        FindAnswer::Case(reference) => (format!("Case {reference}"), "A decision with this reference is published.".to_owned()),
        FindAnswer::Names(councils) => (
            format!("{} for “{}”", format::counted(u64::try_from(councils.len()).unwrap_or(0), "council", "councils"), shortened(&page.words())),
            "Current councils first.".to_owned(),
        ),
        FindAnswer::Near(_) => (
            format!("No council is called “{}”", shortened(&page.words())),
            "Did you mean one of these?".to_owned(),
        ),
        FindAnswer::Nothing => (
            format!("Nothing found for “{}”", shortened(&page.words())),
            "Try a postcode such as DE1 2FS, the name of a council, or a case reference such as 19 012 345.".to_owned(),
        ),
    }
}

fn shortened(words: &str) -> String {
    if words.chars().count() <= 60 { words.to_owned() } else { words.chars().take(60).chain(['…']).collect() }
}
