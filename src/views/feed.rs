//! Atom feeds (RFC 4287) and the list of them (OPML 2.0). Written with the same escaping as pages, which
//! XML shares; the tests read each back with a validator.

use std::borrow::Cow;

use jiff::Timestamp;
use maud::{Markup, html};

use super::{case_links, links, raw, replies};
use crate::domain::council::{Council, CouncilKind};
use crate::domain::decision::{Category, DecisionType, Outcome};
use crate::domain::format;
use crate::domain::sign::Sign;
use crate::read::case_filter::CaseFilter;
use crate::read::case_order::Sort;
use crate::read::decisions::{DecisionQuery, DecisionsPage, Listing};
use crate::read::feed::{Entry, EntryKind, Feed, FeedGroup, FeedQuery};
use crate::read::signs::SignsFilter;

/// The start of every identity of this site's entries; permanent (RFC 4151).
pub(super) const TAG: &str = "tag:council-map,2026:";

/// The address of a feed.
pub fn address(query: &FeedQuery) -> String {
    if let Some(council) = &query.council {
        return links::council_part(&council.slug, "feed.atom");
    }
    let CaseFilter { body, category, subcategory, outcome, kind, year, council_kind, region, from, to } = &query.filter;
    let year = year.map(|year| year.to_string());
    let (from, to) = (from.map(|day| day.to_string()), to.map(|day| day.to_string()));
    links::with_query(
        "/feed.atom",
        &[
            ("q", Some(query.search.text()).filter(|text| !text.is_empty())),
            ("category", category.map(Category::as_str)),
            ("county", query.county.as_ref().map(|county| county.slug.as_str())),
            ("region", region.as_deref()),
            ("kind", council_kind.map(CouncilKind::as_str)),
            ("council", body.as_deref()),
            ("subcategory", subcategory.as_deref()),
            ("outcome", outcome.map(Outcome::as_str)),
            ("type", kind.map(DecisionType::as_str)),
            ("year", year.as_deref()),
            ("from", from.as_deref()),
            ("to", to.as_deref()),
        ],
    )
}

/// The page that shows the same as a feed.
fn page_of(query: &FeedQuery) -> String {
    match (&query.council, &query.county) {
        (Some(council), _) | (None, Some(council)) => links::council(&council.slug),
        (None, None) => {
            let (search, filter) = (query.search.clone(), query.filter.clone());
            let wanted = DecisionQuery { search, filter, sort: Some(Sort::Newest), page: 1 };
            case_links::list(&Listing::default(), &wanted, 1)
        }
    }
}

/// Title and address of a feed, for the head of a page.
pub fn link(query: &FeedQuery) -> (String, String) {
    (query.title(), address(query))
}

/// Title and address of a council's feed.
pub fn of_council(council: &Council) -> (String, String) {
    link(&FeedQuery { council: Some(council.clone()), ..FeedQuery::default() })
}

/// Title and address of the feed of a list of decisions, whatever it is narrowed down to.
pub fn of_list(page: &DecisionsPage) -> (String, String) {
    let (listing, query) = (&page.listing, &page.query);
    let whole = query.filter == CaseFilter::default() && query.search.text().is_empty() && !listing.reports;
    if let Some(council) = listing.council.as_ref().filter(|_| whole) {
        return of_council(council);
    }
    let council = listing.council.as_ref();
    let filter = CaseFilter {
        body: council.map(|council| council.slug.to_string()).or_else(|| query.filter.body.clone()),
        kind: listing.reports.then_some(DecisionType::Report).or(query.filter.kind),
        ..query.filter.clone()
    };
    let body = council.map(|council| council.official_name.clone()).or_else(|| page.body.clone());
    link(&FeedQuery { body, search: query.search.clone(), ..FeedQuery::of(filter) })
}

/// The feed. `origin` is `https://host` of this site.
pub fn atom(feed: &Feed, origin: &str) -> String {
    let own = address(&feed.query);
    let note = if feed.synthetic { "Invented for demonstration. " } else { "" };
    html! {
        (raw::xml_declaration())
        feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB" {
            title { (text(&feed.query.title())) }
            subtitle { (note) "Decisions, public reports, letters and replies of English councils. Independent; not the Ombudsman’s." }
            id { (TAG) "feeds" (own) }
            link rel="self" type="application/atom+xml" href={ (origin) (own) } {}
            link rel="alternate" type="text/html" href={ (origin) (page_of(&feed.query)) } {}
            updated { (stamp(feed.updated)) }
            author { name { "Council Map" } }
            @for entry in &feed.entries { (one(entry, origin, note)) }
        }
    }
    .into_string()
}

fn one(entry: &Entry, origin: &str, note: &str) -> Markup {
    let (id, title, href, summary, term) = match &entry.kind {
        EntryKind::Decision(one) => {
            let decision = &one.decision;
            let outcome =
                if decision.kind == DecisionType::Report { decision.kind.title() } else { decision.outcome.title() };
            let summary = if decision.summary.is_empty() { decision.subject() } else { decision.summary.clone() };
            (
                format!("decisions/{}", decision.reference.address()),
                format!("{outcome}: {}, {} ({})", one.body, decision.subject(), decision.reference),
                links::decision(&decision.reference),
                summary,
                Some((decision.category.as_str(), decision.category.title())),
            )
        }
        EntryKind::Letter(one) => {
            let (council, letter) = &**one;
            (
                format!("letters/{}/{}", council.code, letter.year),
                format!("Annual review letter {} to {}", letter.year, council.official_name),
                links::letter(&council.slug, letter.year),
                format!(
                    "The Ombudsman’s letter of {} about complaints in the year from {}.",
                    format::date(letter.letter_date),
                    format::period(letter.year)
                ),
                None,
            )
        }
        EntryKind::Reply(one) => {
            let (council, reply) = &**one;
            let page = links::council_part(&council.slug, "statistics");
            (
                format!("replies/{}/{}/{}", council.code, reply.year, replies::word(reply)),
                format!("Reply of {} to its figures of {}", council.official_name, reply.year),
                format!("{page}#{}", replies::anchor(reply)),
                reply.text.clone(),
                None,
            )
        }
    };
    html! {
        entry {
            title { (text(&title)) }
            id { (TAG) (id) }
            link rel="alternate" type="text/html" href={ (origin) (href) } {}
            updated { (stamp(entry.updated)) }
            published { (entry.day) "T00:00:00Z" }
            @if let Some((term, label)) = term { category term=(term) label=(label) {} }
            (said(note, &summary))
        }
    }
}

/// All feeds as an OPML list.
pub fn opml(groups: &[FeedGroup], origin: &str, updated: Timestamp) -> String {
    let day = updated.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    html! {
        (raw::xml_declaration())
        opml version="2.0" {
            head { title { "Council Map: feeds" } dateModified { (day) } }
            body {
                @for group in groups {
                    outline text=(group.title) {
                        @for query in &group.feeds {
                            @let title = query.title();
                            outline type="rss" text=(text(&title)) title=(text(&title)) xmlUrl={ (origin) (address(query)) } htmlUrl={ (origin) (page_of(query)) } {}
                        }
                    }
                }
                outline text="Early signs" {
                    @for sign in std::iter::once(None).chain(Sign::ALL.map(Some)) {
                        @let filter = SignsFilter { sign, ..SignsFilter::default() };
                        @let title = format!("Council Map: {}", sign.map_or_else(|| "early signs".to_owned(), |sign| format::uncapital(sign.title())));
                        outline type="rss" text=(title) title=(title) xmlUrl={ (origin) (links::signs_feed(&filter)) } htmlUrl={ (origin) (links::signs(&filter)) } {}
                    }
                }
            }
        }
    }
    .into_string()
}

/// What an entry says: as text, and where it has several paragraphs, with these too.
pub(super) fn said(note: &str, whole: &str) -> Markup {
    let paragraphs: Vec<&str> = whole.split('\n').map(str::trim).filter(|paragraph| !paragraph.is_empty()).collect();
    html! {
        summary { (note) (text(whole)) }
        @if let [first, second, others @ ..] = paragraphs.as_slice() {
            content type="xhtml" {
                div xmlns="http://www.w3.org/1999/xhtml" {
                    p { (note) (text(first)) }
                    @for paragraph in [second].into_iter().chain(others) { p { (text(paragraph)) } }
                }
            }
        }
    }
}

/// Whole seconds, as most readers of feeds expect.
pub(super) fn stamp(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Without the characters that XML 1.0 has no way to write.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    if text.chars().all(allowed) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| allowed(*c)).collect())
    }
}
