//! Early signs as an Atom feed.

use maud::html;

use super::feed::{TAG, said, stamp, text};
use super::{links, raw};
use crate::domain::format;
use crate::read::signs::SignsFilter;
use crate::read::signs_feed::{SignEntry, SignsFeed};

/// Title and address of the feed of a list of signs, for the head of a page.
pub fn link(title: &str, filter: &SignsFilter) -> (String, String) {
    (format!("Council Map: {}", format::uncapital(title)), links::signs_feed(filter))
}

/// The feed. `origin` is `https://host` of this site.
pub fn atom(feed: &SignsFeed, origin: &str) -> String {
    let filter = &feed.page.filter;
    let (title, own) = link(&feed.page.title(), filter);
    let note = if feed.page.synthetic { "Invented for demonstration. " } else { "" };
    html! {
        (raw::xml_declaration())
        feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB" {
            title { (text(&title)) }
            subtitle { (note) "Where to look first in the figures of English councils, by open rules; no score. Independent; not the Ombudsman’s." }
            id { (TAG) "feeds" (own) }
            link rel="self" type="application/atom+xml" href={ (origin) (own) } {}
            link rel="alternate" type="text/html" href={ (origin) (links::signs(filter)) } {}
            updated { (stamp(feed.updated)) }
            author { name { "Council Map" } }
            @for one in &feed.entries {
                entry {
                    title { (text(&format!("{}: {}, {}", one.council.name, format::uncapital(one.sign.title()), feed.page.year))) }
                    id { (TAG) "signs/" (one.council.code) "/" (feed.page.year) "/" (one.sign.as_str()) }
                    link rel="alternate" type="text/html" href={ (origin) (links::council_in(&one.council.slug, feed.page.year)) "#signs" } {}
                    updated { (stamp(one.updated)) }
                    category term=(one.sign.as_str()) label=(one.sign.title()) {}
                    (said(note, &evidence(one)))
                }
            }
        }
    }
    .into_string()
}

fn evidence(one: &SignEntry) -> String {
    one.found.iter().map(|found| found.evidence.as_str()).collect::<Vec<_>>().join("\n")
}
