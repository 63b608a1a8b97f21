//! The national review: regions, service areas and changes agree with the pages they come of.

use std::collections::BTreeSet;

use council_map::for_tests::Measure;

use crate::support::fixture::demonstration_app;
use crate::support::page::Page;

#[test]
fn regions_show_what_their_own_pages_show() {
    let app = demonstration_app();
    let review = app.get("/national.json?year=2023-24").json();
    let regions = review["regions"].as_array().unwrap();
    assert_eq!(regions.len(), 9);
    for region in regions {
        let slug = region["slug"].as_str().unwrap();
        let own = app.get(&format!("/regions/{slug}.json?year=2023-24")).json();
        let rates = region["rates"].as_array().unwrap();
        for rate in own["received"].as_array().unwrap() {
            assert!(rates.contains(rate), "{slug}: {rate}");
        }
    }
    let rows = app.get("/national.csv?year=2023-24").rows();
    let sum = |group: &str| -> f64 {
        let fits = |key: &str, of: &str| key == "received-per-100k" && (of == "England") == (group == "England");
        let rows = rows.iter().filter(|row| row["table"] == "per_100k" && fits(&row["key"], &row["group"]));
        rows.map(|row| row["numerator"].parse::<f64>().unwrap()).sum()
    };
    assert!(sum("England") > 1000.0);
    assert!((sum("England") - sum("regions")).abs() < 0.5, "regions tile England");
}

#[test]
fn england_has_one_rate_on_every_page() {
    let app = demonstration_app();
    let review = app.get("/national.json").json();
    let year = review["year"].as_str().unwrap();
    let rate = review["rates"].as_array().unwrap().iter().find(|one| one["measure"] == "compliance").unwrap();
    let (top, bottom) = (rate["numerator"].as_f64().unwrap(), rate["denominator"].as_f64().unwrap());
    let shown = Measure::Compliance.unit().show(top / bottom * 100.0);
    let page = Page::parse(&app.page(&format!("/national?year={year}")));
    assert!(page.texts("p.big").contains(&shown), "{shown}");
    let council = app.page(&format!("/councils/derby-city-council?year={year}"));
    assert!(council.contains(&format!("England {shown}")), "{shown}: {council}");
}

#[test]
fn only_councils_whose_change_is_more_than_chance_explains_are_named() {
    let app = demonstration_app();
    let review = app.get("/national.json?year=2021-22").json();
    let changed = review["changed"].as_array().unwrap();
    let text = app.page("/national?year=2021-22");
    for one in changed {
        let measure = one["measure"].as_str().unwrap();
        let ranked = app.get(&format!("/rankings.json?measure={measure}&year=2021-22")).json();
        let clear: BTreeSet<&str> = ranked["rows"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| matches!(one["change"].as_str(), Some("higher" | "lower")))
            .map(|one| one["slug"].as_str().unwrap())
            .collect();
        let named: BTreeSet<&str> =
            one["councils"].as_array().unwrap().iter().map(|one| one["slug"].as_str().unwrap()).collect();
        assert_eq!(named, clear, "{measure}");
        assert_eq!(one["since"], "2020-21");
        let by_chance = one["clear_marks_by_chance"].as_f64().unwrap();
        assert!(by_chance <= 0.002 * one["tested"].as_f64().unwrap() + 0.05, "{measure}: {by_chance}");
    }
    assert!(text.contains("Which councils changed most") && text.contains("chance alone would mark about 1"), "{text}");
    let page = Page::parse(&app.page("/national?year=2022-23"));
    assert!(
        page.text("main").contains("2022-23 counts other cases than the years before, so no change is worked out.")
    );
}
