//! A page as it was cited, and what changed since.

use maud::{Markup, html};

use super::changes::{moment, table, taken_back};
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
                ul { @for one in &page.withdrawn { li { (taken_back(one)) } } }
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
    if !page.begun {
        return "Nothing was published here by then.".to_owned();
    }
    if page.since.is_empty() && page.withdrawn.is_empty() {
        return "Nothing was published or taken back since: the data is the same.".to_owned();
    }
    let taken_back = match page.withdrawn.len() {
        0 => String::new(),
        1 => "A release that was seen then was taken back since, and what came of it is gone. ".to_owned(),
        many => format!(
            "{} releases that were seen then were taken back since, and what came of them is gone. ",
            count(many)
        ),
    };
    let Some(council) = &page.council else {
        return format!("{taken_back}What each release since changed stands on its own page.");
    };
    let own = match page.total {
        0 => format!("No release since changed or withdrew a value of {} itself.", council.name),
        1 => format!(
            "One value of {} itself was changed or withdrawn by a release since; below is what it was.",
            council.name
        ),
        total => format!(
            "{} values of {} itself were changed or withdrawn by releases since; below is what they were.",
            count(total),
            council.name
        ),
    };
    format!("{taken_back}{own} Averages and verdicts rest on other councils too and may have changed with theirs.")
}
