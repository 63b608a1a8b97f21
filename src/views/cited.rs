//! A page as it was cited, and what changed since.

use maud::{Markup, html};

use super::changes::{moment, table};
use super::layout::{Frame, Head, breadcrumbs, page as layout};
use super::links;
use crate::domain::format;
use crate::domain::london;
use crate::read::changes::ChangeLine;
use crate::read::cited::CitedPage;

/// The page.
pub fn page(frame: &Frame, page: &CitedPage) -> Markup {
    let day = format::date(london::day_of(page.as_of));
    let title = format!("Cited with data of {day}");
    let head = Head {
        title: title.clone(),
        description: "A page of this site as it was cited, and what changed since.".to_owned(),
        hidden: true,
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            (breadcrumbs(&[("England", "/".to_owned()), ("Changes", "/changes".to_owned())], &title))
            h1 { (title) }
            p.lede { (finding(page)) }
            p { a href=(page.address) { "Open the page with the newest data" } ": " (page.address) }
            @if !page.changed.is_empty() {
                @let lines: Vec<&ChangeLine> = page.changed.iter().collect();
                (table("since the citation", &lines, false))
                @if page.total > page.changed.len() {
                    p { "These are the newest of " (count(page.total)) "; the others stand with their releases." }
                }
            }
            @if !page.withdrawn.is_empty() {
                h2 { "Taken back since" }
                ul { @for one in &page.withdrawn { li { "Release " (one.key) ", published here on " (moment(one.published_at)) ", withdrawn on " (moment(one.withdrawn_at)) } } }
            }
            @if !page.since.is_empty() {
                h2 { "Published since" }
                ul { @for one in &page.since { li { a href=(links::changes_of(&one.key)) { (one.title) } ", " (moment(one.published_at)) } } }
            }
        },
    )
}

fn count(number: usize) -> String {
    format::count(u64::try_from(number).unwrap_or(u64::MAX))
}

/// Whether a reader of the page sees today what was cited.
fn finding(page: &CitedPage) -> String {
    if page.since.is_empty() && page.withdrawn.is_empty() {
        return "Nothing was published or taken back since: the page shows the data that was cited.".to_owned();
    }
    match (&page.council, page.total) {
        (Some(council), 0) => {
            format!("Nothing that was published of {} then was changed or withdrawn since.", council.name)
        }
        (Some(council), 1) => {
            format!("One value of {} was changed or withdrawn since; below is what it was.", council.name)
        }
        (Some(council), total) => format!(
            "{} values of {} were changed or withdrawn since; below is what they were.",
            count(total),
            council.name
        ),
        (None, _) => "Data was published or taken back since; each release names what it changed.".to_owned(),
    }
}
