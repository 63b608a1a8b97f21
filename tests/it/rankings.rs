//! Councils with one measure: filtered, sorted, the same rows everywhere.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::fixture::demonstration_app;
use crate::support::page::Page;

fn rows(list: &Value) -> &[Value] {
    list["rows"].as_array().unwrap()
}

fn texts<'a>(list: &'a Value, key: &str) -> Vec<&'a str> {
    rows(list).iter().map(|row| row[key].as_str().unwrap()).collect()
}

fn numbers(list: &Value, key: &str) -> Vec<f64> {
    rows(list).iter().filter_map(|row| row[key].as_f64()).collect()
}

#[test]
fn what_stands_out_comes_first_and_each_verdict_by_its_adjusted_rate() {
    let app = demonstration_app();
    let list = app.get("/rankings.json").json();
    let verdicts = texts(&list, "verdict");
    let mut groups = verdicts.clone();
    groups.dedup();
    let known =
        ["higher", "possibly-higher", "lower", "possibly-lower", "within", "too-few", "not-compared", "no-rate"];
    let expected: Vec<&str> = known.into_iter().filter(|word| verdicts.contains(word)).collect();
    assert_eq!(groups, expected);
    for verdict in ["possibly-higher", "within"] {
        let one = app.get(&format!("/rankings.json?verdict={verdict}")).json();
        assert!(numbers(&one, "shrunken").is_sorted_by(|a, b| a >= b), "{verdict}");
        assert_eq!(rows(&one).len(), verdicts.iter().filter(|word| **word == verdict).count());
    }
}

#[test]
fn each_order_sorts_by_its_number_and_a_hyphen_turns_it() {
    let app = demonstration_app();
    let by = |sort: &str| app.get(&format!("/rankings.json?measure=received-per-100k&sort={sort}")).json();
    for (sort, key) in [("rate", "value"), ("shrunken", "shrunken"), ("cases", "numerator")] {
        assert!(numbers(&by(sort), key).is_sorted_by(|a, b| a >= b), "{sort}");
        assert!(numbers(&by(&format!("-{sort}")), key).is_sorted(), "-{sort}");
    }
    assert!(texts(&by("name"), "name").is_sorted());
    assert!(texts(&by("-name"), "name").is_sorted_by(|a, b| a >= b));
    let place = |verdict: &Value| {
        ["lower", "possibly-lower", "within", "possibly-higher", "higher"].iter().position(|one| verdict == one)
    };
    let changes: Vec<usize> = rows(&by("-change")).iter().filter_map(|row| place(&row["change"])).collect();
    assert!(!changes.is_empty() && changes.is_sorted(), "{changes:?}");
    assert_eq!(app.get("/rankings?sort=best").status, 400);
}

#[test]
fn page_json_csv_and_figures_of_each_council_say_the_same_in_the_same_order() {
    let app = demonstration_app();
    for query in
        ["measure=upheld&kind=county", "measure=late-compliance&region=North+West&sort=-rate", "q=derby&sort=name"]
    {
        let list = app.get(&format!("/rankings.json?{query}")).json();
        let csv = app.get(&format!("/rankings.csv?{query}")).rows();
        let text = app.page(&format!("/rankings?{query}"));
        let page = Page::parse(&text);
        assert_eq!(texts(&list, "slug"), csv.iter().map(|row| row["slug"].as_str()).collect::<Vec<_>>(), "{query}");
        assert_eq!(page.texts("main tbody th"), texts(&list, "name"), "{query}");
        assert!(!csv.is_empty(), "{query}");
        for (row, cells) in rows(&list).iter().zip(&csv) {
            let number = |name: &str| cells[name].parse::<f64>().ok();
            assert_eq!(row["value"].as_f64(), number("value"));
            assert_eq!(row["shrunken"].as_f64(), number("shrunken"));
            assert_eq!(row["rank_range"][1].as_f64(), number("rank_worst"));
            assert_eq!(row["verdict"].as_str().unwrap_or_default(), cells["verdict"]);
        }
    }
    let own = app.get("/councils/derby-city-council.json").json();
    let upheld = own["statistics"].as_array().unwrap().iter().find(|one| one["measure"] == "upheld").unwrap().clone();
    let list = app.get("/rankings.json?q=derby+city").json();
    for key in ["numerator", "denominator", "value", "interval", "shrunken", "rank_range", "verdict"] {
        assert_eq!(rows(&list)[0][key], upheld[key], "{key}");
    }
}

#[test]
fn filters_narrow_the_list_and_the_counts_of_verdicts_lead_to_theirs() {
    let app = demonstration_app();
    let list = app.get("/rankings.json?kind=london").json();
    assert!(texts(&list, "kind").iter().all(|kind| *kind == "london"));
    assert_eq!(list["total"], 33);
    let counts: BTreeMap<String, u64> = serde_json::from_value(list["counts"].clone()).unwrap();
    assert_eq!(counts.values().sum::<u64>(), 33);
    let text = app.page("/rankings?kind=london");
    for (verdict, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        let address = format!("/rankings?kind=london&verdict={verdict}");
        assert!(text.contains(&address.replace('&', "&amp;")), "{address}");
        assert_eq!(app.get(&address.replace("rankings?", "rankings.json?")).json()["total"], count);
    }
    let none = app.page("/rankings?q=atlantis");
    assert!(none.contains("No council fits.") && none.contains("Show all councils"));
}

#[test]
fn the_legend_of_the_map_leads_to_the_councils_it_counts() {
    let app = demonstration_app();
    let map = app.get("/map.json?measure=late-compliance&year=2023-24").json();
    let home = app.page("/?measure=late-compliance&year=2023-24");
    for verdict in ["higher", "within", "too-few"] {
        let address = format!("/?view=table&measure=late-compliance&year=2023-24&verdict={verdict}");
        assert!(home.contains(&address.replace('&', "&amp;")), "{address}");
        let table = Page::parse(&app.page(&address));
        let rows = u64::try_from(table.count("#table tbody tr")).unwrap();
        assert_eq!(Some(rows), map["counts"][verdict].as_u64(), "{verdict}");
    }
}

#[test]
fn the_heading_that_sorts_says_so_and_leads_to_the_other_way_round() {
    let app = demonstration_app();
    let page = Page::parse(&app.page("/rankings?sort=rate"));
    assert_eq!(page.count("main th[aria-sort]"), 1);
    assert_eq!(page.count("main th.r[aria-sort=descending] a[href='/rankings?sort=-rate']"), 1);
    let turned = Page::parse(&app.page("/rankings?sort=-rate"));
    assert_eq!(turned.count("main th.r[aria-sort=ascending] a[href='/rankings?sort=rate']"), 1);
    let names = Page::parse(&app.page("/rankings?sort=name"));
    assert_eq!(names.count("main th.c[aria-sort=ascending]"), 1);
}

#[test]
fn nobody_is_called_best_or_worst_and_a_place_is_a_range() {
    let app = demonstration_app();
    for query in ["", "?measure=compliance", "?measure=late-compliance&sort=-shrunken"] {
        let text = app.page(&format!("/rankings{query}"));
        let words = Page::parse(&text).texts("main").join(" ").to_lowercase();
        assert!(!words.contains("best") && !words.contains("worst"), "{query}");
    }
    let text = app.page("/rankings?kind=county");
    let places = Page::parse(&text).texts("main tbody .q");
    assert!(
        places.len() == 21 && places.iter().all(|place| place.contains(" to ") && place.ends_with(" of 21")),
        "{places:?}"
    );
    assert!(text.contains("chance alone would mark"), "{text}");
}
