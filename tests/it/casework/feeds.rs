//! No validator of Atom in a package runs offline, so a reader of its own crate parses every feed and the
//! rules of RFC 4287, section 4, are held one by one.

use std::collections::BTreeSet;

use atom_syndication::Feed;

use super::site::site;
use crate::support::app::TestApp;

fn valid(site: &TestApp, path: &str) -> Feed {
    let reply = site.get(path);
    assert_eq!(reply.status, 200, "{path}");
    assert!(reply.header("content-type").contains("application/atom+xml"), "{:?}", reply.headers);
    let feed: Feed = reply.text().parse().unwrap_or_else(|error| panic!("{path}: {error}"));
    assert!(feed.id().starts_with("tag:") && !feed.title().as_str().is_empty() && !feed.authors().is_empty(), "{path}");
    let own = feed.links().iter().find(|link| link.rel() == "self").unwrap();
    assert_eq!(own.href(), format!("http://{}{path}", site.address()), "the feed names itself, absolutely");
    let mut seen = BTreeSet::new();
    for entry in feed.entries() {
        assert!(entry.id().starts_with("tag:") && seen.insert(entry.id().to_owned()), "{path}: {}", entry.id());
        assert!(!entry.title().as_str().is_empty() && entry.summary().is_some(), "{path}: {}", entry.id());
        assert!(entry.links().iter().any(|link| link.rel() == "alternate" && link.href().starts_with("http")));
        assert!(entry.updated() <= feed.updated(), "{path}: {}", entry.id());
    }
    feed
}

#[test]
fn every_kind_of_feed_is_valid_and_has_a_title_of_its_own() {
    let site = site();
    let paths = [
        "/feed.atom",
        "/feed.atom?category=housing",
        "/feed.atom?county=derbyshire-county-council",
        "/feed.atom?region=East+Midlands",
        "/feed.atom?kind=district",
        "/feed.atom?q=fault",
        "/feed.atom?q=nothing+like+it",
        "/feed.atom?category=housing&outcome=upheld&type=statement&year=2019-20&from=2019-04-01",
        "/councils/derby-city-council/feed.atom",
        "/signs.atom",
        "/signs.atom?sign=public-report",
        "/signs.atom?kind=county&region=East+Midlands",
        "/improvements.atom",
        "/improvements.atom?state=overdue",
        "/councils/derby-city-council/improvements.atom",
    ];
    let titles: BTreeSet<String> = paths.iter().map(|path| valid(site, path).title().as_str().to_owned()).collect();
    assert_eq!(titles.len(), paths.len(), "{titles:?}");
}

#[test]
fn a_feed_holds_full_summaries_as_text_and_does_not_change_by_itself() {
    let site = site();
    let feed = valid(site, "/councils/derby-city-council/feed.atom");
    let decision = feed.entries().iter().find(|entry| entry.id().ends_with("decisions/19-000-001")).unwrap();
    let summary = decision.summary().unwrap().as_str();
    assert!(summary.contains("Mr X & Mrs Y complained. <img src=x onerror=alert(1)> We found fault."), "{summary}");
    assert!(feed.entries().iter().any(|entry| entry.id().ends_with("letters/E06000015/2019-20")));
    assert_eq!(site.page("/feed.atom"), site.page("/feed.atom"));
}

#[test]
fn the_feed_of_a_county_holds_its_districts() {
    let site = site();
    let feed = valid(site, "/feed.atom?county=derbyshire-county-council");
    let ids: Vec<&str> = feed.entries().iter().map(atom_syndication::Entry::id).collect();
    assert_eq!(ids, ["tag:council-map,2026:decisions/19-000-005"]);
}

#[test]
fn the_list_of_feeds_names_each_once() {
    let site = site();
    let list = site.page("/feeds.opml");
    let addresses: Vec<&str> = list.split("xmlUrl=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(addresses.len() > 340, "{}", addresses.len());
    assert_eq!(addresses.iter().collect::<BTreeSet<_>>().len(), addresses.len());
}
