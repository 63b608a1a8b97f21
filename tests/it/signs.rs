//! Early signs: by council and by sign.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::app::TestApp;
use crate::support::fixture::{Published, demonstration_app};
use crate::support::page::Page;

/// The signs of each council, by its address name.
fn by_council(list: &Value) -> BTreeMap<String, Vec<Value>> {
    let councils = list["councils"].as_array().unwrap();
    let signs = |one: &Value| one["signs"].as_array().unwrap().clone();
    councils.iter().map(|one| (one["slug"].as_str().unwrap().to_owned(), signs(one))).collect()
}

#[test]
fn the_list_repeats_what_each_councils_own_page_says() {
    let app = demonstration_app();
    for year in ["2024-25", "2021-22"] {
        let list = by_council(&app.get(&format!("/signs.json?year={year}")).json());
        for slug in ["derbyshire-county-council", "derby-city-council", "amber-valley-borough-council"] {
            let own = app.get(&format!("/councils/{slug}.json?year={year}")).json();
            let listed = list.get(slug).cloned().unwrap_or_default();
            assert_eq!(own["signs"], Value::Array(listed.clone()), "{slug} {year}");
            let text = app.page(&format!("/councils/{slug}?year={year}"));
            assert!(text.contains("Early signs"));
            for sign in &listed {
                let evidence = sign["evidence"].as_str().unwrap();
                assert!(text.contains(evidence), "{slug} {year}: {evidence}");
            }
            assert_eq!(text.contains("Nothing stands out"), listed.is_empty(), "{slug} {year}");
        }
    }
}

#[test]
fn every_sign_of_a_verdict_is_borne_out_by_the_figures() {
    let app = demonstration_app();
    let year = "2024-25";
    let verdicts = |measure: &str| -> BTreeMap<String, String> {
        let map = app.get(&format!("/map.json?measure={measure}&year={year}")).json();
        let councils = map["councils"].as_array().unwrap();
        let word =
            |one: &Value| Some((one["slug"].as_str()?.to_owned(), one["figure"]["verdict"].as_str()?.to_owned()));
        councils.iter().filter_map(word).collect()
    };
    let with = |sign: &str| -> BTreeSet<String> {
        by_council(&app.get(&format!("/signs.json?sign={sign}&year={year}")).json()).into_keys().collect()
    };
    let having = |measure: &str, words: &[&str]| -> BTreeSet<String> {
        verdicts(measure).into_iter().filter(|(_, word)| words.contains(&word.as_str())).map(|(slug, _)| slug).collect()
    };
    assert_eq!(with("late"), having("late-compliance", &["higher", "possibly-higher"]));
    assert_eq!(with("few-received"), having("received-per-100k", &["lower"]));
    assert!(!with("few-received").is_empty());
    let mut outside = having("upheld", &["higher", "lower"]);
    outside.extend(having("upheld-per-100k", &["higher", "lower"]));
    outside.extend(having("late-compliance", &["higher"]));
    outside.extend(having("compliance", &["lower"]));
    outside.extend(having("satisfactory-remedies", &["lower"]));
    assert_eq!(with("outside-limits"), outside);
}

#[test]
fn a_list_by_sign_shows_its_evidence_and_the_whole_list_its_names_and_both_have_twins_with_the_same_rows() {
    let app = demonstration_app();
    let all = app.get("/signs.json").json();
    let rows = app.get("/signs.csv").rows();
    let signs: usize = by_council(&all).values().map(Vec::len).sum();
    assert_eq!(rows.len(), signs);
    let page = Page::parse(&app.page("/signs"));
    assert_eq!(page.count("main section ul.az li"), {
        let pairs: BTreeSet<(&str, &str)> =
            rows.iter().map(|row| (row["slug"].as_str(), row["sign"].as_str())).collect();
        pairs.len()
    });
    let one = app.get("/signs.csv?sign=public-report&kind=county").rows();
    assert!(!one.is_empty() && one.iter().all(|row| row["sign"] == "public-report" && row["kind"] == "county"));
    let text = app.page("/signs?sign=public-report&kind=county");
    assert_eq!(Page::parse(&text).count("main section ul.list li"), one.len());
    for row in &one {
        assert!(text.contains(&row["evidence"]), "{}", row["evidence"]);
    }
}

#[test]
fn the_evidence_of_every_kind_of_sign_leads_to_a_page() {
    let app = demonstration_app();
    let mut seen = BTreeSet::new();
    for row in app.get("/signs.csv").rows() {
        if seen.insert(row["sign"].clone()) {
            let (path, fragment) = row["url"].split_once('#').unwrap_or((&row["url"], ""));
            let text = app.page(path);
            assert!(fragment.is_empty() || text.contains(&format!("id=\"{fragment}\"")), "{}", row["url"]);
        }
    }
    assert!(seen.len() >= 7, "{seen:?}");
}

#[test]
fn a_list_says_how_many_signs_chance_alone_would_raise() {
    let app = demonstration_app();
    let text = app.page("/signs?sign=outside-again");
    assert!(text.contains("If all councils of a kind were alike, chance alone would raise"), "{text}");
    assert!(text.contains(" councils raise it."), "figures and councils are told apart: {text}");
    let counts = &app.get("/signs.json").json()["counts"];
    let late = counts["late"]["by_chance"].as_f64().unwrap();
    assert!(late > 0.0 && late < 0.025 * 317.0, "{late}");
    assert_eq!(counts["public-report"]["by_chance"], 0.0);
    assert!(!app.page("/signs?sign=public-report").contains("chance alone would raise"));
}

#[test]
fn promises_of_an_earlier_year_are_looked_at_on_its_last_day() {
    let site = Published::new();
    let rows = "authority,year,investigated,upheld\nderby-city-council,2019-20,13,7\nderby-city-council,2020-21,13,7\n";
    site.import("statistics", &site.file("figures.csv", rows), &[]);
    let rows = "reference,authority,category,summary,agreed_on,due_on,achieved_on\n\
        18 000 001,derby-city-council,housing,Look again,2019-06-01,2019-09-01,2020-06-01\n\
        18 000 002,derby-city-council,housing,Tell staff,2019-06-01,2020-09-01,2020-10-01\n";
    site.import("improvements", &site.file("promises.csv", rows), &[]);
    let app = TestApp::start(&site.data());
    let of = |year: &str| {
        let list = app.get(&format!("/signs.json?year={year}&sign=overdue")).json();
        by_council(&list).into_values().flatten().map(|sign| sign["evidence"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(of("2019-20"), ["\"1 promise was overdue on 31 March 2020: it was due on 1 September 2019.\""]);
    assert!(of("2020-21").is_empty(), "the newest year looks at today, and both were kept since");
}

#[test]
fn the_feed_of_a_list_has_an_entry_for_each_sign_of_each_council_in_it() {
    let app = demonstration_app();
    for query in ["", "?kind=county&sign=public-report", "?year=2021-22&region=East+Midlands"] {
        let rows = app.get(&format!("/signs.csv{query}")).rows();
        let wanted: BTreeSet<String> =
            rows.iter().map(|row| format!("signs/{}/{}/{}", row["code"], row["year"], row["sign"])).collect();
        let feed = app.page(&format!("/signs.atom{query}"));
        let ids = feed.split("<id>tag:council-map,2026:").skip(2).filter_map(|rest| rest.split('<').next());
        assert_eq!(ids.map(str::to_owned).collect::<BTreeSet<_>>(), wanted, "{query}");
        let page = app.page(&format!("/signs{query}"));
        assert!(page.contains(&format!("href=\"/signs.atom{}\"", query.replace('&', "&amp;"))), "{query}");
    }
}

#[test]
fn what_is_asked_for_wrongly_is_named() {
    let app = demonstration_app();
    let answer = app.get("/signs?sign=worst");
    assert_eq!(answer.status, 400);
    assert!(answer.text().contains("“worst” is not a sign") && answer.text().contains("public-report"));
    assert_eq!(app.get("/signs?year=1990-91").status, 404);
}
