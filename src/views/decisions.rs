//! Lists of decisions and of public reports.

use maud::{Markup, html};

use super::council_head::{self, Part};
use super::layout::{Frame, Head, breadcrumbs, page as layout};
use super::{case_links, facets, links, table, under};
use crate::db::decisions::ListedDecision;
use crate::db::search::MARKS;
use crate::domain::decision::{Outcome, Reference};
use crate::domain::field::words;
use crate::domain::format;
use crate::domain::search::MOST_WORDS;
use crate::read::case_filter::CaseFilter;
use crate::read::case_order::Sort;
use crate::read::decisions::{CSV_MOST, DecisionsPage, ListedCase};

/// The page.
pub fn page(frame: &Frame, page: &DecisionsPage) -> Markup {
    let title = heading(page);
    let narrowing = facets::facets(page);
    let head = Head {
        title: if page.page > 1 { format!("{title}, page {}", page.page) } else { title.clone() },
        description: description(page),
        feed: Some(super::feed::of_list(page)),
        // Searches and deep selections are endless; the pages they lead to are what is worth finding.
        hidden: !page.query.search.text().is_empty() || page.page > 1,
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            @match (&page.listing.council, &page.parts) {
                (Some(council), Some(parts)) => {
                    (council_head::head(council, if page.listing.reports { Part::Reports } else { Part::Decisions }, &title, parts))
                }
                _ => {
                    (breadcrumbs(&[("England", "/".to_owned())], if page.listing.reports { "Public reports" } else { "Decisions" }))
                    h1 { (title) }
                }
            }
            @if page.listing.reports && page.query.search.is_empty() {
                p.lede { "The Ombudsman issues a public report where a matter concerns more people than one: repeated fault, serious injustice, a council that does not comply, a lesson for others." }
            }
            (form(page, !narrowing.0.is_empty()))
            (facets::chosen(page))
            div.mapgrid {
                div {
                    (correction(page))
                    (ignored(page))
                    @if page.decisions.is_empty() { (nothing(page)) } @else { (results(page)) }
                }
                @if !narrowing.0.is_empty() {
                    aside.side #narrow aria-label="Narrow down" { h2 { "Narrow down" } (narrowing) }
                }
            }
        },
    )
}

/// The finding: how many fit what was asked for.
fn heading(page: &DecisionsPage) -> String {
    let (one, many) =
        if page.listing.reports { ("public report", "public reports") } else { ("decision", "decisions") };
    let total = u64::try_from(page.total).unwrap_or(u64::MAX);
    // Nothing loaded is not the same as nothing there.
    let bare = page.query.filter == CaseFilter::default() && page.query.search.text().is_empty();
    let none = if bare { format!("No {many} loaded") } else { format!("No {many}") };
    let mut title = if total == 0 { none } else { format::counted(total, one, many) };
    let about =
        page.listing.council.as_ref().map(|council| council.official_name.clone()).or_else(|| page.body.clone());
    if let Some(body) = about {
        title.push_str(&format!(" about {body}"));
    }
    let filter = &page.query.filter;
    if let Some(subject) =
        filter.subcategory.as_deref().map(words).or(filter.category.map(|one| one.title().to_owned()))
    {
        title.push_str(&format!(" on {}", subject.to_lowercase()));
    }
    let rest = CaseFilter { category: None, subcategory: None, ..filter.clone() };
    for words in rest.in_words(None) {
        title.push_str(&format!(", {words}"));
    }
    if !page.query.search.text().is_empty() {
        title.push_str(&format!(" for “{}”", facets::shortened(page.query.search.text())));
    }
    title
}

fn description(page: &DecisionsPage) -> String {
    let of = page.listing.council.as_ref().map_or("English councils", |council| &council.official_name);
    let what = if page.listing.reports { "Public reports" } else { "Decisions and public reports" };
    format!(
        "{what} of the Local Government and Social Care Ombudsman about {of}: searched, filtered, counted, and as data."
    )
}

fn form(page: &DecisionsPage, can_be_narrowed: bool) -> Markup {
    let query = &page.query;
    let filter = &query.filter;
    let kept = [
        ("council", filter.body.clone()),
        ("category", filter.category.map(|one| one.as_str().to_owned())),
        ("subcategory", filter.subcategory.clone()),
        ("outcome", filter.outcome.map(|one| one.as_str().to_owned())),
        ("type", filter.kind.map(|one| one.as_str().to_owned())),
        ("year", filter.year.map(|year| year.to_string())),
        ("kind", filter.council_kind.map(|kind| kind.as_str().to_owned())),
        ("region", filter.region.clone()),
    ];
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    html! {
        form method="get" action=(case_links::path(&page.listing)) role="search" aria-label="Decisions" {
            div.find.words {
                input type="search" name="q" value=(query.search.text()) aria-label="Words, a council or a case reference" placeholder="Words, a council or a reference" autocomplete="off" enterkeyhint="search";
                button type="submit" { "Search" }
            }
            @for (name, value) in kept {
                @if let Some(value) = value { input type="hidden" name=(name) value=(value); }
            }
            div.controls {
                label { "From " input type="date" name="from" value=(day(filter.from)); }
                label { "To " input type="date" name="to" value=(day(filter.to)); }
                label { "Order " select name="sort" {
                    @for sort in Sort::ALL.into_iter().filter(|sort| *sort != Sort::Best || !query.search.is_empty()) {
                        option value=(sort.as_str()) selected[query.order() == sort] { (sort.title()) }
                    }
                } }
                button type="submit" { "Show" }
                @if can_be_narrowed { a.jump href="#narrow" { "Narrow down" } }
            }
        }
    }
}

fn correction(page: &DecisionsPage) -> Markup {
    html! {
        @if let Some(one) = &page.corrected {
            div.notice {
                p { "Nothing holds “" (one.typed) "”. These are for " strong { (one.council.name) } ": " a href=(links::council(&one.council.slug)) { (one.council.official_name) } "." }
            }
        }
    }
}

/// How many ignored words are named: whoever pasted a letter need not read all of it again.
const NAMED: usize = 12;

/// Words that were typed and not looked for.
fn ignored(page: &DecisionsPage) -> Markup {
    let ignored = page.query.search.ignored();
    let named: Vec<String> = ignored.iter().take(NAMED).map(|word| format!("“{word}”")).collect();
    let more = ignored.len() - named.len();
    html! {
        @if !ignored.is_empty() {
            div.notice {
                p {
                    "A search looks for its first " (MOST_WORDS) " words. Not looked for: " (named.join(", "))
                    @if more > 0 { " and " (more) " more" } "."
                }
            }
        }
    }
}

fn results(page: &DecisionsPage) -> Markup {
    let first = (page.page - 1) * crate::read::decisions::PAGE + 1;
    html! {
        @let (_, feed) = super::feed::of_list(page);
        p.meta {
            "Showing " (first) " to " (first + page.decisions.len() - 1) " of " (format::count(u64::try_from(page.total).unwrap_or(0))) ". "
            (under::download(page.total.min(CSV_MOST), &case_links::list(&page.listing, &page.query, 1))) " · "
            a href=(feed) { "New ones as a feed" } "."
            @if page.ranked { " " (Sort::EXPLANATION) } }
        ol.list.cases start=(first) {
            @for one in &page.decisions { (entry(page, one)) }
        }
        (pages(page))
    }
}

fn entry(page: &DecisionsPage, one: &ListedCase) -> Markup {
    let listed = &one.listed;
    let decision = &listed.decision;
    let summary = one.marked.as_ref().map_or(decision.summary.as_str(), |marked| &marked.summary);
    html! {
        li {
            h2 {
                (table::tag(decision.kind, decision.outcome)) " "
                a href=(links::decision(&decision.reference)) { (title(listed, page.listing.council.is_none())) }
            }
            @if !summary.is_empty() { p { (marked(summary)) } }
            @if let Some(excerpt) = one.marked.as_ref().and_then(|marked| marked.excerpt.as_ref()) {
                p.excerpt { "In the text: … " (marked(excerpt)) " …" }
            }
            @if let Some(why) = &one.why { p.why { strong { "Why it matters: " } (why) } }
            @if let Some(agreed) = &one.agreed {
                details.src open { summary { "What was agreed" } (table::paragraphs(agreed)) }
            }
            p.meta {
                (decision.reference) " · " (decision.subject()) " · " (format::date(decision.decision_date))
                @if decision.kind == crate::domain::decision::DecisionType::Report && decision.outcome != Outcome::Upheld { " · " (decision.outcome.title()) }
                @if let Some(document) = listed.document.as_deref().and_then(links::outside) { " · " a href=(document) rel="noopener" { "document" } }
            }
            @if !one.further.is_empty() {
                p.meta { "Same case: " (siblings(&one.further)) }
            }
        }
    }
}

/// Who and what: a list of many bodies names each, a council's own list does not repeat it.
fn title(listed: &ListedDecision, with_body: bool) -> String {
    if with_body { format!("{}: {}", listed.body, subject(listed)) } else { subject(listed) }
}

fn subject(listed: &ListedDecision) -> String {
    let decision = &listed.decision;
    decision.subcategory.as_deref().map_or_else(|| decision.category.title().to_owned(), words)
}

/// Other decisions of a case as links, each with its body and its own outcome.
pub fn siblings(others: &[ListedDecision]) -> Markup {
    html! {
        @for (place, other) in others.iter().enumerate() {
            @if place > 0 { ", " }
            a href=(links::decision(&other.decision.reference)) { (other.decision.reference) }
            " " (other.body) " (" (table_word(other)) ")"
        }
    }
}

fn table_word(other: &ListedDecision) -> String {
    let outcome = other.decision.outcome.title().to_lowercase();
    match other.decision.kind {
        crate::domain::decision::DecisionType::Report => format!("public report, {outcome}"),
        crate::domain::decision::DecisionType::Statement => outcome,
    }
}

/// Text with the words of a search between markers, as `mark` elements.
pub fn marked(text: &str) -> Markup {
    let [open, close] = MARKS;
    let mut parts = text.split(open);
    html! {
        (parts.next().unwrap_or_default())
        @for part in parts {
            @match part.split_once(close) {
                Some((hit, rest)) => { mark { (hit) } (rest) }
                None => (part),
            }
        }
    }
}

fn pages(page: &DecisionsPage) -> Markup {
    let to = |number: usize| case_links::list(&page.listing, &page.query, number);
    let shown: Vec<usize> = (1..=page.pages)
        .filter(|number| *number == 1 || *number == page.pages || number.abs_diff(page.page) <= 2)
        .collect();
    html! {
        @if page.pages > 1 {
            nav.pages aria-label="Pages" {
                @if page.page > 1 { a rel="prev" href=(to(page.page - 1)) { "Previous" } }
                @for (place, number) in shown.iter().enumerate() {
                    @if place > 0 && shown.get(place - 1).is_some_and(|before| before + 1 < *number) { span { "…" } }
                    a href=(to(*number)) aria-current=[(*number == page.page).then_some("page")] aria-label={ "Page " (number) } { (format::count(u64::try_from(*number).unwrap_or(0))) }
                }
                @if page.page < page.pages { a rel="next" href=(to(page.page + 1)) { "Next" } }
            }
        }
    }
}

/// Nothing fits: why that may be, and what to do.
fn nothing(page: &DecisionsPage) -> Markup {
    let query = &page.query;
    html! {
        h2 { "Nothing found" }
        @if !page.any {
            p { "No decisions have been loaded here yet." }
        } @else {
            ul.plain {
                @if let Some(reference) = query.search.reference() {
                    li { (unknown_reference(reference)) }
                } @else if query.search.phrases().len() > 1 {
                    li { "Every word must be in a decision: try fewer, for example “" (fewer(page)) "”." }
                } @else if !query.search.text().is_empty() {
                    li { "Check the spelling, or try another word: “homelessness”, “school transport”, “blue badge”." }
                }
                li { "Remove what narrows the list, above." }
                li { a href=(case_links::path(&page.listing)) { "Show all" } }
                @if page.listing.council.is_some() { li { a href="/decisions" { "Search the decisions about all councils" } } }
            }
        }
    }
}

fn fewer(page: &DecisionsPage) -> String {
    let longest = page.query.search.phrases().iter().max_by_key(|phrase| phrase.words.concat().chars().count());
    longest.map(|phrase| phrase.words.join(" ")).unwrap_or_default()
}

fn unknown_reference(reference: &Reference) -> Markup {
    html! { "No decision " (reference) " is published here. Not all are: some would identify a person, and some were withdrawn." }
}
