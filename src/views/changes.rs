//! The page of changes: what each release added, changed and withdrew.

use std::borrow::Cow;

use jiff::Timestamp;
use maud::{Markup, html};

use super::layout::{Frame, Head, breadcrumbs, page as layout};
use super::links;
use crate::domain::field::words;
use crate::domain::format;
use crate::domain::release::WithdrawnRelease;
use crate::read::changes::{ChangeLine, ChangesPage, ReleaseChanges};

/// Characters of a value in the list of all releases; what a council said may be two pages.
const LONGEST: usize = 240;

/// The page.
pub fn page(frame: &Frame, page: &ChangesPage) -> Markup {
    let only = page.only.as_ref().and(page.releases.first());
    let title = match only {
        Some(one) => format!("What changed with release {}", one.release.key),
        None => "What changed, release by release".to_owned(),
    };
    let head = Head {
        title: title.clone(),
        description: "What each release of data added, changed and withdrew, with old and new values.".to_owned(),
        ..Head::default()
    };
    let crumbs = match only {
        Some(_) => breadcrumbs(&[("England", "/".to_owned()), ("Changes", "/changes".to_owned())], &title),
        None => breadcrumbs(&[("England", "/".to_owned())], "Changes"),
    };
    layout(
        frame,
        &head,
        &html! {
            (crumbs)
            h1 { (title) }
            p.lede { "Newest release first. A correction is a release of its own: the value before it stays here, beside the new one. A decision that was withdrawn leaves neither its reference nor its text." }
            @for one in &page.releases { (release(one, page.only.is_some())) }
            (withdrawn(&page.withdrawn))
            p.meta { "The whole log is in " a href="/data/changes.csv" { "changes.csv" } " and " a href="/data/council-map.sqlite" { "council-map.sqlite" } "." }
        },
    )
}

fn release(one: &ReleaseChanges, whole: bool) -> Markup {
    let release = &one.release;
    let (added, changed): (Vec<&ChangeLine>, Vec<&ChangeLine>) =
        one.lines.iter().partition(|line| line.change.action == "added");
    let shown = u64::try_from(one.lines.len()).unwrap_or(u64::MAX);
    html! {
        section id=(release.key) {
            h2 { (release.title) }
            p.meta {
                "Release " (release.key) ", published here on " (moment(release.published_at)) ". Source: "
                @match release.source_url.as_deref().and_then(links::outside) {
                    Some(url) => a href=(url) rel="noopener" { (release.source) },
                    None => (release.source),
                }
                ", retrieved on " (moment(release.retrieved_at)) ". Licence: " (release.licence) "."
                @if release.synthetic { " Invented for demonstration." }
            }
            @if added.is_empty() && changed.is_empty() {
                p { "Nothing that was visible changed." }
            }
            @if !added.is_empty() {
                ul { @for line in &added { li { (addition(line)) } } }
            }
            @if !changed.is_empty() { (table(&release.title, &changed, whole)) }
            @if one.total > shown {
                p { a href=(links::changes_of(&release.key)) { "All " (format::count(one.total)) " changes of release " (release.key) } }
            }
        }
    }
}

/// Releases that were taken back: that they were here, and nothing of what they held.
fn withdrawn(releases: &[WithdrawnRelease]) -> Markup {
    html! {
        @if !releases.is_empty() {
            section {
                h2 { "Releases taken back" }
                p { "Nothing of them is shown any more, and what they had changed is as it was before." }
                ul {
                    @for one in releases.iter().rev() {
                        li id=(one.key) { (taken_back(one)) }
                    }
                }
            }
        }
    }
}

/// One of them in words.
pub(super) fn taken_back(one: &WithdrawnRelease) -> String {
    format!(
        "Release {}, published here on {}, withdrawn on {}",
        one.key,
        moment(one.published_at),
        moment(one.withdrawn_at)
    )
}

fn addition(line: &ChangeLine) -> Markup {
    let change = &line.change;
    html! {
        (format::counted_of(change.what.parse().unwrap_or_default(), &change.noun)) " added"
        @if let Some(year) = &change.year { " for " (year) }
    }
}

/// Lines that changed or withdrew something, with both values.
pub(super) fn table(title: &str, lines: &[&ChangeLine], whole: bool) -> Markup {
    html! {
        div.scroll role="region" aria-label={ "Changed or withdrawn: " (title) } tabindex="0" {
            table {
                caption { "Changed or withdrawn" }
                thead { tr {
                    th scope="col" { "What" } th scope="col" { "Council" } th scope="col" { "Year" }
                    th scope="col" { "Before" } th scope="col" { "Since" }
                } }
                tbody {
                    @for line in lines {
                        @let change = &line.change;
                        tr {
                            th scope="row" { (words(&change.noun)) ": " (words(&change.what).to_lowercase()) }
                            td { @if let Some(council) = &line.council { a href=(links::council(&council.slug)) { (council.name) } } }
                            td { (change.year.as_deref().unwrap_or_default()) }
                            td { (shortened(change.old.as_deref().unwrap_or("–"), whole)) }
                            td { @match &change.new { Some(new) => (shortened(new, whole)), None => "withdrawn" } }
                        }
                    }
                }
            }
        }
    }
}

/// The beginning of a long value; whole on the page of one release, and in the twins.
fn shortened(text: &str, whole: bool) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) if !whole => Cow::Owned(format!("{}…", text.get(..end).unwrap_or(text))),
        _ => Cow::Borrowed(text),
    }
}

/// A day in England: the moment itself stands in the twins.
pub(super) fn moment(moment: Timestamp) -> String {
    format::date(crate::domain::london::day_of(moment))
}
