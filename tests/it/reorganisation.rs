//! Councils of a coming day, from one folder to the day itself: Surrey on 1 April 2027.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::app::TestApp;
use crate::support::fixture::{copied, demonstration, demonstration_app, done, text};

/// Midnight in London is an hour before midnight in UTC.
const HOUR: &str = "2027-03-31T23:00:00Z";
const A_SECOND_BEFORE: &str = "2027-03-31T22:59:59Z";
const A_SECOND_AFTER: &str = "2027-03-31T23:00:01Z";
const NEW: [(&str, &str, &[&str]); 2] = [
    ("east-surrey-council", "E06000067", &["elmbridge-borough-council", "tandridge-district-council"]),
    ("west-surrey-council", "E06000068", &["woking-borough-council", "guildford-borough-council"]),
];

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/surrey-2027")
}

/// The demonstration with the release of the coming day, a second before its hour and a second after it.
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
        let apps = [at(A_SECOND_BEFORE), at(A_SECOND_AFTER)];
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

/// What is asked a second before the hour and a second after it, with what is answered.
const ASKED: [(&str, u16, u16); 15] = [
    ("/councils/east-surrey-council", 404, 200),
    ("/councils/west-surrey-council/statistics", 404, 200),
    ("/councils/west-surrey-council/pack", 404, 200),
    ("/councils/E06000067.json", 404, 200),
    ("/code/E06000068", 404, 302),
    ("/councils/east-surrey-council/feed.atom", 404, 200),
    ("/embed/east-surrey-council", 404, 200),
    ("/councils/surrey-county-council", 200, 200),
    ("/councils/woking-borough-council/letters", 200, 200),
    ("/councils/E07000217.json", 200, 200),
    ("/compare?c=woking-borough-council&c=guildford-borough-council", 200, 200),
    ("/areas/surrey", 200, 200),
    ("/regions/south-east", 200, 200),
    ("/map.geojson", 200, 200),
    ("/?view=hex", 200, 200),
];

#[test]
fn addresses_of_new_councils_begin_at_the_hour_and_those_of_old_ones_stay() {
    let [before, after] = site();
    for (address, then, now) in ASKED {
        assert_eq!((before.get(address).status, after.get(address).status), (then, now), "{address}");
    }
}

#[test]
fn the_demonstration_carries_on_through_the_day() {
    let [before, after] = site();
    for address in [
        "/data/cells.csv",
        "/data/statistics.csv",
        "/data/national.csv",
        "/data/decisions.csv",
        "/data/improvements.csv",
        "/data/letters.csv",
        "/data/replies.csv",
    ] {
        assert_eq!(before.page(address), after.page(address), "{address}");
    }
    let addresses = |app: &TestApp| -> BTreeSet<String> {
        let places = app.page("/sitemap.xml");
        let paths = places.split("<loc>http://").skip(1).filter_map(|rest| Some(rest.split_once("</loc>")?.0));
        paths.map(|place| place.split_once('/').unwrap().1.to_owned()).collect()
    };
    let (then, now) = (addresses(before), addresses(after));
    let lost: Vec<&String> = then.difference(&now).collect();
    assert!(lost.is_empty() && then.len() > 1_000, "{lost:?} of {}", then.len());
}

/// A site of a day after: figures of the first year of the new councils, which for the test began on 1 April 2025, since no
/// figures can be of years to come. One district is divided between both.
fn years_after() -> &'static (TempDir, TestApp) {
    static SITE: OnceLock<(TempDir, TestApp)> = OnceLock::new();
    SITE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let of = |name: &str| fs::read_to_string(fixture().join(name)).unwrap().replace("2027-04-01", "2025-04-01");
        let split = of("authorities.csv").replacen("E06000067\nE07000208", "E06000067|E06000068\nE07000208", 1);
        let [(first, _), (second, _), ..] = &postcodes()[..] else { panic!() };
        let of_both = format!("pcds,lad25cd\n{first},E06000067\n{second},E06000068\n");
        for (name, content) in [
            ("authorities.csv", split.as_str()),
            ("boundaries.geojson", &of("boundaries.geojson")),
            ("population.csv", &of("population.csv")),
            ("postcodes.csv", &of_both),
            ("statistics.csv", FIGURES),
        ] {
            fs::write(folder.path().join(name), content).unwrap();
        }
        let data = tempfile::tempdir().unwrap();
        done(&["import", text(folder.path()), "--publish", "--data", text(data.path())]);
        let app = TestApp::shared(data.path());
        (data, app)
    })
}

/// Invented figures of the last year of the old councils and the first of the new.
const FIGURES: &str = "authority,year,investigated,upheld,received,received_housing
Surrey County Council,2024-25,58,51,318,4
Elmbridge Borough Council,2024-25,2,2,27,5
Woking Borough Council,2024-25,5,4,13,2
Derby City Council,2024-25,20,15,95,20
Derby City Council,2025-26,22,17,90,18
East Surrey Council,2025-26,40,31,130,20
West Surrey Council,2025-26,50,24,150,30
";

#[test]
fn the_map_of_each_year_draws_the_councils_of_that_year() {
    let (_, app) = years_after();
    let old = ["surrey-county-council", "elmbridge-borough-council", "woking-borough-council"];
    let new = NEW.map(|(slug, ..)| slug);
    for (year, drawn, others) in [("2024-25", &old[..], &new[..]), ("2025-26", &new, &old)] {
        let map = app.get(&format!("/map.json?year={year}")).json();
        let listed: Vec<&str> = slugs(&map["councils"]);
        let layer = app.page(&format!("/map.geojson?year={year}"));
        let views: Vec<String> = ["map", "hex", "table"]
            .into_iter()
            .flat_map(|view| ["district", "county"].map(|tier| format!("/?view={view}&tier={tier}&year={year}")))
            .map(|address| app.page(&address))
            .collect();
        for slug in drawn {
            assert!(listed.contains(slug), "{slug} {year}");
            // A county council is drawn on the map of schools, care and roads.
            let shown = views.iter().filter(|view| view.contains(&format!("/councils/{slug}"))).count();
            assert!(shown >= 3, "{slug} {year}: {shown}");
        }
        for slug in others {
            assert!(!listed.contains(slug) && !layer.contains(slug), "{slug} {year}");
            assert!(!views.iter().any(|view| view.contains(&format!("/councils/{slug}"))), "{slug} {year}");
        }
    }
    let newest = app.get("/map.json").json();
    assert_eq!(newest["year"], "2025-26");
    let east = newest["councils"].as_array().unwrap().iter().find(|one| one["slug"] == new[0]).unwrap();
    assert_eq!((&east["figure"]["numerator"], &east["figure"]["denominator"]), (&31.into(), &40.into()));
}

#[test]
fn sets_and_areas_have_the_councils_of_their_year() {
    let (_, app) = years_after();
    for (year, has) in [("2024-25", "woking-borough-council"), ("2025-26", "west-surrey-council")] {
        let region = app.get(&format!("/regions/south-east.json?year={year}")).json();
        assert!(slugs(&region["councils"]).contains(&has), "{region}");
        let ranking = app.page(&format!("/rankings.csv?year={year}"));
        assert!(ranking.contains(has), "{year}");
    }
    // What a county was with its districts stays to be read, and says that it is no more.
    let county = app.page("/areas/surrey");
    assert!(county.contains("Surrey County Council was abolished on 1 April 2025."), "{county}");
    for (slug, ..) in NEW {
        assert!(county.contains("Later figures are those of ") && county.contains(slug), "{slug}");
    }
    assert_eq!(app.get("/areas/surrey?year=2025-26").status, 404);
    assert!(app.page("/areas").contains("until it was abolished"));
}

#[test]
fn a_new_council_has_figures_and_residents_and_names_those_before_it() {
    let (_, app) = years_after();
    let page = app.page("/councils/east-surrey-council");
    assert!(page.contains("545,200 residents in 2021") && page.contains("31 of 40"), "{page}");
    assert!(page.contains("took over from") && page.contains("/councils/surrey-county-council"), "{page}");
    assert!(page.contains("/councils/west-surrey-council"), "nearby and alike: {page}");
    let found = asked(app, "East Surrey");
    assert_eq!(slugs(&found["councils"])[0], "east-surrey-council", "{found}");
    assert_eq!(app.get("/councils/east-surrey-council/feed.atom").status, 200);
    let old = app.page("/councils/woking-borough-council");
    assert!(old.contains("Woking Borough Council was abolished on 1 April 2025."), "{old}");
    assert!(old.contains("href=\"/councils/west-surrey-council\"") && old.contains("4 of 5"), "{old}");
    assert!(app.complaints().is_empty(), "{:?}", app.complaints());
}

#[test]
fn a_district_that_is_split_leads_to_one_of_its_successors_by_postcode() {
    let (_, app) = years_after();
    let [(first, _), (second, _), ..] = &postcodes()[..] else { panic!() };
    for (postcode, slug) in [(first, "east-surrey-council"), (second, "west-surrey-council")] {
        let found = asked(app, postcode);
        assert_eq!(slugs(&found["councils"]), [slug], "{postcode}");
        assert!(slugs(&found["former"]).contains(&"surrey-county-council"), "{postcode}: {found}");
    }
    // A list of two postcodes leaves the others as they were.
    assert_eq!(slugs(&asked(app, "DE1 2FS")["councils"]), ["derby-city-council"]);
}
