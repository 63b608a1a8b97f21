//! Councils side by side.

use crate::support::app::TestApp;
use crate::support::fixture::{Published, demonstration_app};
use crate::support::page::Page;

const THREE: &str = "c=derby-city-council&c=leicester-city-council&c=nottingham-city-council";

#[test]
fn a_comparison_repeats_the_figures_of_the_councils_pages() {
    let app = demonstration_app();
    let all = app.get(&format!("/compare.json?{THREE}&year=2023-24")).json();
    assert_eq!((all["year"].as_str(), all["measure"].is_null()), (Some("2023-24"), true));
    for council in all["councils"].as_array().unwrap() {
        let slug = council["council"]["slug"].as_str().unwrap();
        let own = app.get(&format!("/councils/{slug}.json?year=2023-24")).json();
        assert_eq!(council["statistics"], own["statistics"], "{slug}");
    }
    let one = app.get(&format!("/compare.json?{THREE}&measure=compliance")).json();
    assert_eq!(one["measure"], "compliance");
    for council in one["councils"].as_array().unwrap() {
        let measures: Vec<&str> =
            council["statistics"].as_array().unwrap().iter().map(|one| one["measure"].as_str().unwrap()).collect();
        assert_eq!(measures, ["compliance"]);
    }
}

#[test]
fn the_page_has_a_finding_a_table_a_chart_and_all_years_for_each_measure() {
    let app = demonstration_app();
    let text = app.page(&format!("/compare?{THREE}"));
    let page = Page::parse(&text);
    let finding = app.get(&format!("/compare.json?{THREE}")).json()["finding"].as_str().unwrap().to_owned();
    assert!(text.contains(&format!("<h1>{finding}</h1>")), "{finding}");
    assert_eq!(page.count("main section"), 5, "one for each measure of the letters, one for all others");
    assert_eq!(page.count("main table caption"), 10, "one table for all, two for each measure, one for the others");
    assert_eq!(page.count("main svg.ivs[role=img][aria-label]"), 4);
    assert!(page.count("tr.brkrow") >= 4, "breaks are marked");
    let one = Page::parse(&app.page(&format!("/compare?{THREE}&measure=upheld")));
    assert_eq!((one.count("main section"), one.count("main svg.ivs circle.me"), one.count("details")), (1, 3, 0));
}

#[test]
fn councils_of_several_kinds_keep_the_averages_of_their_own_groups() {
    let app = demonstration_app();
    let text = app.page("/compare?c=derby-city-council&c=amber-valley-borough-council&measure=upheld");
    assert!(text.contains("each group has an average of its own"), "{text}");
    assert!(text.contains("average of unitary councils") && text.contains("average of district councils"));
    let alike = app.page(&format!("/compare?{THREE}&measure=upheld"));
    assert!(!alike.contains("each group has an average of its own"));
}

#[test]
fn a_council_that_did_not_exist_in_the_year_says_so_in_its_row() {
    let app = demonstration_app();
    let query = "c=derby-city-council&c=northamptonshire-county-council&year=2023-24&measure=upheld";
    let text = app.page(&format!("/compare?{query}"));
    assert!(text.contains("Did not exist in 2023-24: it was abolished on 1 April 2021."), "{text}");
    assert!(text.contains("Its work passed to North Northamptonshire Council and West Northamptonshire Council."));
    let json = app.get(&format!("/compare.json?{query}")).json();
    assert_eq!(
        (json["councils"][0]["existed"].as_bool(), json["councils"][1]["existed"].as_bool()),
        (Some(true), Some(false))
    );
    assert_eq!(json["councils"][1]["statistics"], serde_json::json!([]));
    let younger =
        app.page("/compare?c=derby-city-council&c=north-northamptonshire-council&year=2018-19&measure=upheld");
    assert!(younger.contains("Did not exist in 2018-19: it began on 1 April 2021."), "{younger}");
}

#[test]
fn zero_nothing_due_and_not_known_stay_apart_when_compared() {
    let site = Published::new();
    let rows = "authority,year,investigated,upheld,compliance_outcomes,complied,upheld_per_100k\n\
        derby-city-council,2021-22,10,0,0,0,\nleicester-city-council,2021-22,10,5,3,3,\n";
    site.import("statistics", &site.file("states.csv", rows), &[]);
    let app = TestApp::start(&site.data());
    let query = "c=derby-city-council&c=leicester-city-council&year=2021-22";
    let text = app.page(&format!("/compare?{query}"));
    for words in ["<b>0%</b>", "<b>No rate</b>", "not known", "No rate: nothing was due"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let rows = app.csv_rows(&format!("/compare.csv?{query}"));
    let state = |council: &str, measure: &str| {
        let row = rows.iter().find(|row| row[1] == council && row[5] == measure);
        row.map(|row| row[10].clone()).unwrap_or_default()
    };
    assert_eq!(state("Derby City Council", "upheld"), "zero");
    assert_eq!(state("Derby City Council", "compliance"), "nothing-due");
    assert_eq!(state("Derby City Council", "satisfactory-remedies"), "not-known");
    assert_eq!(state("Derby City Council", "late-compliance"), "not-known");
    assert_eq!(state("Leicester City Council", "upheld"), "number");
    assert!(text.contains("<h1>No average is loaded that the figures of 2021-22 could be compared with</h1>"));
}

#[test]
fn a_name_leads_to_the_address_that_lasts_and_an_unknown_one_to_its_neighbours() {
    let app = demonstration_app();
    let named = app.get("/compare?c=derby-city-council&c=Leicester&measure=upheld");
    let lasting = "/compare?c=derby-city-council&c=leicester-city-council&measure=upheld";
    assert_eq!((named.status, named.header("location")), (303, lasting));
    let unknown = app.get("/compare?c=Amber+Vally&c=derby-city-council");
    assert_eq!(unknown.status, 404);
    let near = "/compare?c=amber-valley-borough-council&amp;c=derby-city-council";
    assert!(unknown.text().contains("Amber Vally") && unknown.text().contains(near), "{}", unknown.text());
    let json = app.get("/compare.json?c=no-such-council");
    assert_eq!((json.status, json.json()["error"]["status"].as_u64()), (404, Some(404)));
    assert_eq!(app.get(&format!("/compare?{THREE}&year=1999-00")).status, 404);
}

#[test]
fn a_comparison_takes_two_to_eight_councils_each_once() {
    let app = demonstration_app();
    let empty = Page::parse(&app.page("/compare?c=&c="));
    assert_eq!(empty.count("form[action='/compare'] input[name=c][type=text]"), 2);
    let one = app.page("/compare?c=derby-city-council&c=derby-city-council");
    assert!(one.contains("Choose at least one council more.") && one.contains("unitary councils near Derby"), "{one}");
    let twice = app.get(&format!("/compare.json?{THREE}&c=derby-city-council")).json();
    assert_eq!(twice["councils"].as_array().unwrap().len(), 3);
    let slugs = app.get("/councils.json?kind=unitary").json();
    let query = |count: usize| -> String {
        let councils = slugs["councils"].as_array().unwrap().iter().take(count);
        councils.map(|one| format!("c={}", one["slug"].as_str().unwrap())).collect::<Vec<_>>().join("&")
    };
    let full = Page::parse(&app.page(&format!("/compare?{}", query(8))));
    assert_eq!(full.count("form input[name=c][type=text]"), 0, "no room for a ninth");
    let more = app.get(&format!("/compare?{}", query(9)));
    assert_eq!(more.status, 400);
    assert!(more.text().contains("“c” names 9 councils"), "{}", more.text());
}

#[test]
fn a_councils_page_leads_to_its_comparison() {
    let app = demonstration_app();
    let links = Page::parse(&app.page("/councils/derby-city-council")).links();
    assert!(links.contains("/compare?c=derby-city-council"), "{links:?}");
    assert!(links.contains("/councils/derby-city-council.xlsx"), "{links:?}");
}

#[test]
fn the_finding_names_who_stands_out_and_repeats_the_verdict() {
    let app = demonstration_app();
    let map = app.get("/map.json?measure=upheld").json();
    let with = |verdict: &str| {
        let all = map["councils"].as_array().unwrap();
        all.iter().find(|one| one["figure"]["verdict"] == verdict).cloned()
    };
    let (outside, within) = (with("higher").or(with("lower")).unwrap(), with("within").unwrap());
    let slugs = [&outside, &within].map(|one| format!("c={}", one["slug"].as_str().unwrap())).join("&");
    let finding = app.get(&format!("/compare.json?{slugs}&measure=upheld")).json()["finding"].clone();
    let name = outside["name"].as_str().unwrap();
    let verdict = outside["figure"]["verdict"].as_str().unwrap();
    let year = map["year"].as_str().unwrap();
    assert_eq!(finding, format!("The uphold rate of {name} was {verdict} than expected in {year}"));
}
