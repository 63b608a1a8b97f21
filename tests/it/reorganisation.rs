//! Councils of a coming day, from one folder to the day itself: Surrey on 1 April 2027.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::app::TestApp;
use crate::support::fixture::{copied, demonstration, demonstration_app, done, import, text};

/// Midnight in London is an hour before midnight in UTC.
const HOUR: &str = "2027-03-31T23:00:00Z";
const A_SECOND_BEFORE: &str = "2027-03-31T22:59:59Z";
const NEW: [(&str, &str, &[&str]); 2] = [
    ("east-surrey-council", "E06000067", &["elmbridge-borough-council", "tandridge-district-council"]),
    ("west-surrey-council", "E06000068", &["woking-borough-council", "guildford-borough-council"]),
];

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/surrey-2027")
}

/// The demonstration with the release of the coming day, a second before its hour and at it.
fn site() -> &'static [TestApp; 2] {
    static SITE: OnceLock<(TempDir, [TestApp; 2])> = OnceLock::new();
    let (_, apps) = SITE.get_or_init(|| {
        let data = copied(demonstration());
        let said = done(&["import", text(&fixture()), "--publish", "--publish-at", HOUR, "--data", text(data.path())]);
        for line in ["authorities.csv: authorities: ", "boundaries.geojson: boundaries: ", "postcodes.csv: postcodes: "]
        {
            assert!(said.contains(line), "{said}");
        }
        let at = |moment| TestApp::shared_with(data.path(), &["--preview-as-of", moment]);
        let apps = [at(A_SECOND_BEFORE), at(HOUR)];
        (data, apps)
    });
    apps
}

/// The postcodes of the release with the codes of their new councils.
fn postcodes() -> Vec<(String, String)> {
    let mut rows = csv::Reader::from_path(fixture().join("postcodes.csv")).unwrap();
    rows.deserialize().map(Result::unwrap).collect()
}

fn slugs(councils: &Value) -> Vec<&str> {
    councils.as_array().unwrap().iter().map(|one| one["slug"].as_str().unwrap()).collect()
}

fn asked(app: &TestApp, words: &str) -> Value {
    app.get(&format!("/find.json?q={}", words.replace(' ', "+"))).json()
}

#[test]
fn a_second_before_the_day_nothing_shows_of_it() {
    let [before, at] = site();
    let plain = demonstration_app();
    for address in [
        "/councils.json",
        "/councils.json?former=yes",
        "/data/councils.csv",
        "/data/releases.csv",
        "/data/changes.csv",
        "/map.json",
        "/map.geojson",
        "/map/shapes.json",
        "/areas.json",
        "/areas/surrey.json",
        "/councils/surrey-county-council.json",
        "/councils/elmbridge-borough-council.csv",
        "/find.json?q=Surrey",
        "/find/names.json?q=surrey",
    ] {
        let answer = before.page(address);
        assert_eq!(answer, plain.page(address), "{address}");
        assert!(!answer.contains("2027-04-01") && !answer.to_lowercase().contains("east surrey"), "{address}");
    }
    for (slug, code, _) in NEW {
        for address in [format!("/councils/{slug}"), format!("/code/{code}"), format!("/councils/{code}.json")] {
            assert_eq!(before.get(&address).status, 404, "{address}");
            assert_ne!(at.get(&address).status, 404, "{address}");
        }
        assert!(!before.page("/sitemap.xml").contains(slug) && at.page("/sitemap.xml").contains(slug), "{slug}");
    }
}

#[test]
fn on_the_day_each_postcode_leads_to_its_new_council_and_says_who_it_was() {
    let [before, at] = site();
    let all = postcodes();
    for (slug, code, _) in NEW {
        let of_new: Vec<&str> = all.iter().filter(|(_, new)| new == code).map(|(one, _)| one.as_str()).collect();
        assert_eq!(of_new.len(), 10, "{slug}");
        for postcode in of_new {
            let then = asked(before, postcode);
            let [district, "surrey-county-council"] = slugs(&then["councils"])[..] else { panic!("{then}") };
            assert!(slugs(&then["former"]).is_empty());
            let now = asked(at, postcode);
            assert_eq!(slugs(&now["councils"]), [slug], "{postcode}");
            assert_eq!(slugs(&now["former"]), [district, "surrey-county-council"], "{postcode}");
        }
    }
    let page = at.page(&format!("/find?q={}", all[0].0.replace(' ', "+")));
    assert!(
        page.contains("It began on 1 April 2027. The figures of 2024-25 are those of the councils before it"),
        "{page}"
    );
    assert!(page.contains("Before 1 April 2027 it was ") && page.contains("Surrey County Council"), "{page}");
    assert!(page.contains("which no longer exist."), "{page}");
}

#[test]
fn postcodes_and_places_that_the_release_does_not_name_lead_there_too() {
    let [before, at] = site();
    let named: Vec<String> = postcodes().into_iter().map(|(postcode, _)| postcode).collect();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/postcodes-sample.csv");
    let rows: Vec<(String, String, f64, f64)> =
        csv::Reader::from_path(sample).unwrap().deserialize().map(Result::unwrap).collect();
    let (mut others, mut located) = (0, 0);
    for (postcode, code, latitude, longitude) in rows {
        if !("E07000207".."E07000218").contains(&code.as_str()) {
            continue;
        }
        let now = asked(at, &postcode);
        if !named.contains(&postcode) {
            others += 1;
            assert!(NEW.iter().any(|(slug, ..)| slugs(&now["councils"]) == [*slug]), "{postcode}: {now}");
            assert!(slugs(&now["former"]).contains(&"surrey-county-council"), "{postcode}: {now}");
        }
        let place = format!("/find.json?lat={latitude}&lon={longitude}");
        let [here, then] = [at, before].map(|app| app.get(&place).json());
        // A postcode at a border may lie outside the drawn line.
        if slugs(&then["councils"]).contains(&"surrey-county-council") {
            located += 1;
            assert_eq!(slugs(&here["councils"]).len(), 1, "{postcode}: {here}");
            assert!(slugs(&here["councils"])[0].ends_with("-surrey-council"), "{postcode}: {here}");
        }
    }
    assert!(others > 5 && located > 20, "{others} {located}");
    assert_eq!(asked(at, "York")["councils"], asked(before, "York")["councils"], "elsewhere nothing changes");
}

#[test]
fn the_former_councils_keep_what_was_theirs_and_the_new_ones_begin_empty() {
    let [before, at] = site();
    let county = at.page("/councils/surrey-county-council");
    for (slug, _, districts) in NEW {
        assert!(county.contains(&format!("href=\"/councils/{slug}\"")), "{slug}");
        let new = at.get(&format!("/councils/{slug}.json")).json();
        assert!(new["statistics"].as_array().unwrap().is_empty(), "{new}");
        let page = at.page(&format!("/councils/{slug}"));
        assert!(page.contains("1 April 2027"), "since when: {page}");
        for district in districts {
            assert!(page.contains(&format!("href=\"/councils/{district}\"")), "who was before: {page}");
        }
        for part in
            ["/statistics", "/decisions", "/reports", "/improvements", "/letters", "/feed.atom", "/decisions.csv"]
        {
            assert_eq!(at.get(&format!("/councils/{slug}{part}")).status, 200, "{slug}{part}");
        }
        assert_eq!(at.get(&format!("/councils/{slug}/decisions.json")).json()["total"], 0);
        assert_eq!(at.get(&format!("/councils/{slug}/improvements.json")).json()["total"], 0);
    }
    for slug in ["surrey-county-council", "elmbridge-borough-council", "woking-borough-council"] {
        // Of the council itself alone the last day changes.
        for part in ["/letters.json", "/decisions.json", "/statistics.csv"] {
            let address = format!("/councils/{slug}{part}");
            let now = at.page(&address).replace("\"active_to\":\"2027-04-01\"", "\"active_to\":null");
            assert_eq!(before.page(&address), now, "{address}");
        }
        let promises = |app: &TestApp| app.get(&format!("/councils/{slug}/improvements.json")).json()["total"].clone();
        assert_eq!(promises(before), promises(at), "{slug}");
        let entries = |app: &TestApp| app.page(&format!("/councils/{slug}/feed.atom")).matches("<entry>").count();
        assert!(entries(before) > 0 && entries(before) == entries(at), "{slug}");
        assert!(at.page(&format!("/councils/{slug}")).contains("1 April 2027"), "{slug} says until when");
    }
}

#[test]
fn lists_maps_and_sets_follow_the_day() {
    let [before, at] = site();
    let of = |app: &TestApp, address: &str| app.get(address).json();
    let count = |app: &TestApp| of(app, "/councils.json")["councils"].as_array().unwrap().len();
    assert_eq!((count(before), count(at)), (317, 317 - 12 + 2));
    // Figures are of years in which the former councils were.
    let figures = |app: &TestApp| -> Vec<Value> {
        let map = of(app, "/map.json");
        map["councils"].as_array().unwrap().iter().map(|one| one["figure"].clone()).collect()
    };
    assert_eq!(figures(before), figures(at));
    let shapes = |app: &TestApp| of(app, "/map/shapes.json")["paths"].as_object().unwrap().len();
    assert_eq!(shapes(before), shapes(at));
    assert_eq!(at.get("/?view=hex").status, 200);
    assert_eq!(at.page("/feeds.opml").matches("councils/east-surrey-council/feed.atom").count(), 1);
    assert_eq!(at.get("/compare?c=east-surrey-council&c=west-surrey-council").status, 200);
    assert_eq!(at.get("/areas/surrey").status, before.get("/areas/surrey").status);
    assert!(at.complaints().is_empty(), "{:?}", at.complaints());
}

#[test]
fn a_district_that_is_split_leads_to_one_of_its_successors_by_postcode() {
    let data = copied(demonstration());
    let known: Vec<(String, String)> = postcodes();
    // Two postcodes of one district, one for each side.
    let [(first, _), (second, _), ..] = known.as_slice() else { panic!() };
    let register = std::fs::read_to_string(fixture().join("authorities.csv")).unwrap();
    let split = register
        .replace("2027-04-01,E06000067\n", "2025-04-01,E06000067|E06000068\n")
        .replace("2027-04-01", "2025-04-01");
    import(data.path(), "authorities", "authorities.csv", &split);
    let rows = format!("pcds,lad25cd\n{first},E06000067\n{second},E06000068\n");
    import(data.path(), "postcodes", "surrey.csv", &rows);
    let app = TestApp::start(data.path());
    for (postcode, slug) in [(first, "east-surrey-council"), (second, "west-surrey-council")] {
        let found = asked(&app, postcode);
        assert_eq!(slugs(&found["councils"]), [slug], "{postcode}");
        assert!(slugs(&found["former"]).contains(&"surrey-county-council"), "{postcode}: {found}");
    }
    // A list of two postcodes leaves the others as they were.
    assert_eq!(slugs(&asked(&app, "DE1 2FS")["councils"]), ["derby-city-council"]);
}
