//! Subjects: which councils stand out for a service, and what is published about it.

use serde_json::Value;

use crate::support::app::TestApp;
use crate::support::fixture::{Published, demonstration_app};
use crate::support::page::Page;

const EDUCATION: &str = "received-education-and-childrens-services-per-100k";

fn councils(json: &Value) -> &Vec<Value> {
    json["councils"].as_array().unwrap()
}

fn sum(rows: &[Value], key: &str) -> u64 {
    rows.iter().map(|one| one["published"][key].as_u64().unwrap()).sum()
}

#[test]
fn a_subject_repeats_the_verdicts_of_the_map_and_says_how_many_chance_would_mark() {
    let app = demonstration_app();
    let subject = app.get("/subjects/education.json?year=2024-25").json();
    let map = app.get(&format!("/map.json?measure={EDUCATION}&year=2024-25")).json();
    let verdict = |json: &Value, slug: &Value| {
        councils(json).iter().find(|one| one["slug"] == *slug).unwrap()["figure"]["verdict"].clone()
    };
    for one in councils(&subject).iter().filter(|one| !one["figure"].is_null()) {
        assert_eq!(verdict(&subject, &one["slug"]), verdict(&map, &one["slug"]), "{}", one["slug"]);
    }
    let with = |word: &str| councils(&subject).iter().filter(|one| one["figure"]["verdict"] == word).count();
    let (more, fewer, compared) = (with("higher"), with("lower"), subject["councils_compared"].as_u64().unwrap());
    let finding = subject["finding"].as_str().unwrap();
    assert!(
        finding.contains(&format!("{more} of {compared} councils compared had clearly more complaints")),
        "{finding}"
    );
    assert!(finding.contains(&format!("and {fewer} clearly fewer")), "{finding}");
    let by_chance = subject["marks_by_chance"].as_f64().unwrap();
    assert!(subject["clear_marks_by_chance"].as_f64().unwrap() < by_chance, "clear marks are a part of all");
    let most = subject["councils_compared"].as_f64().unwrap() * 0.05 + 1.0;
    assert!(by_chance > 0.0 && by_chance < most, "{by_chance} of {compared}");
    let page = app.page("/subjects/education?year=2024-25");
    assert!(page.contains("chance alone would mark "), "{page}");
}

#[test]
fn councils_that_stand_out_come_by_name_with_what_was_received_and_expected() {
    let app = demonstration_app();
    let text = app.page("/subjects/education?year=2024-25");
    let page = Page::parse(&text);
    let json = app.get("/subjects/education.json?year=2024-25").json();
    let higher: Vec<&Value> = councils(&json).iter().filter(|one| one["figure"]["verdict"] == "higher").collect();
    let first = page.text(".outliers:first-of-type tbody tr:first-child th");
    let excess = |one: &Value| one["figure"]["numerator"].as_f64().unwrap() - one["expected"].as_f64().unwrap();
    let largest = higher.iter().max_by(|a, b| excess(a).total_cmp(&excess(b))).unwrap();
    assert!(first.starts_with(largest["name"].as_str().unwrap()), "{first}");
    let order: Vec<&str> = councils(&json).iter().filter_map(|one| one["figure"]["verdict"].as_str()).collect();
    assert_eq!(order[..higher.len()], vec!["higher"; higher.len()], "the verdict comes first");
    assert!(text.contains(&format!("/?tier=county&amp;measure={EDUCATION}")), "a map of the same");
    let list = format!("/rankings?measure={EDUCATION}&year=2024-25");
    assert!(page.links().contains(&list), "the list of all councils");
    assert!(text.contains("/feed.atom?category=education"), "a feed");
}

#[test]
fn a_subcategory_counts_what_is_published_and_says_what_it_cannot_say() {
    let app = demonstration_app();
    let address = "/subjects/education/special-educational-needs";
    let json = app.get(&format!("{address}.json?year=2024-25")).json();
    assert!(json["finding"].is_null(), "{}", json["finding"]);
    let found = app.get("/decisions.json?category=education&subcategory=special-educational-needs&year=2024-25").json();
    assert_eq!(json["published"]["decisions"], found["total"]);
    let upheld = app
        .get("/decisions.json?category=education&subcategory=special-educational-needs&year=2024-25&outcome=upheld")
        .json();
    assert_eq!(json["published"]["upheld"], upheld["total"]);
    let page = app.page(&format!("{address}?year=2024-25"));
    assert!(page.contains("is not published for any council"), "{page}");
    assert!(page.contains("no verdict can be given"), "{page}");
    assert!(!page.contains("class=\"ranked\""), "no table of verdicts of its own");
}

#[test]
fn what_is_published_adds_up_over_councils_other_bodies_and_subcategories() {
    let app = demonstration_app();
    let json = app.get("/subjects/housing.json?year=2023-24").json();
    for key in ["decisions", "upheld", "not_upheld", "closed", "reports", "improvements"] {
        let others = json["published_about_other_bodies"][key].as_u64().unwrap();
        assert_eq!(json["published"][key], sum(councils(&json), key) + others, "{key}");
        assert_eq!(json["published"][key], sum(json["subcategories"].as_array().unwrap(), key), "{key}");
        let year = json["england"].as_array().unwrap().iter().find(|one| one["year"] == "2023-24").unwrap();
        assert_eq!(json["published"][key], year["published"][key], "{key}");
    }
    let reports = app.get("/reports.json?category=housing&year=2023-24").json();
    assert_eq!(json["published"]["reports"], reports["total"]);
}

#[test]
fn kind_and_region_narrow_the_councils_down_and_nothing_else_is_counted() {
    let app = demonstration_app();
    let query = "kind=unitary&region=South+West&year=2024-25";
    let json = app.get(&format!("/subjects/housing.json?{query}")).json();
    assert!(councils(&json).len() > 5);
    for one in councils(&json) {
        assert_eq!((one["kind"].as_str(), one["region"].as_str()), (Some("unitary"), Some("South West")));
    }
    assert_eq!(json["published"]["decisions"], sum(councils(&json), "decisions"));
    let found = app.get(&format!("/decisions.json?category=housing&{query}")).json();
    assert_eq!(json["published"]["decisions"], found["total"]);
    let rows = app.csv_rows(&format!("/subjects/housing.csv?{query}"));
    assert_eq!(rows.len(), councils(&json).len() + 1);
}

#[test]
fn the_list_of_subjects_says_the_same_as_their_pages() {
    let app = demonstration_app();
    let all = app.get("/subjects.json?year=2024-25").json();
    for one in all["subjects"].as_array().unwrap() {
        let word = one["category"].as_str().unwrap();
        let own = app.get(&format!("/subjects/{word}.json?year=2024-25")).json();
        assert_eq!(one["published"], own["published"], "{word}");
        assert_eq!(one["measure"], own["measure"], "{word}");
        let higher = councils(&own).iter().filter(|one| one["figure"]["verdict"] == "higher").count();
        assert_eq!(one["verdicts"]["higher"].as_u64().unwrap_or(0), u64::try_from(higher).unwrap(), "{word}");
        let year = own["england"].as_array().unwrap().iter().find(|one| one["year"] == "2024-25");
        assert_eq!(one["received"], year.map_or(Value::Null, |year| year["received"].clone()), "{word}");
    }
    let rows = app.csv_rows("/subjects.csv?year=2024-25");
    let parts: usize =
        all["subjects"].as_array().unwrap().iter().map(|one| one["subcategories"].as_array().unwrap().len()).sum();
    assert_eq!(rows.len(), 1 + 10 + parts);
}

#[test]
fn health_is_a_subject_whose_complaints_are_not_counted_apart() {
    let app = demonstration_app();
    let json = app.get("/subjects/health.json").json();
    assert!(json["measure"].is_null() && json["councils_with_figures"] == 0);
    assert!(app.page("/subjects/health").contains("does not count complaints received about health apart"));
}

#[test]
fn where_few_councils_have_figures_the_finding_says_of_how_many_it_speaks() {
    let site = Published::new();
    let rows = "authority,year,received_housing\nderby-city-council,2023-24,30\nleicester-city-council,2023-24,40\n";
    site.import("statistics", &site.file("housing.csv", rows), &[]);
    let app = TestApp::start(&site.data());
    let json = app.get("/subjects/housing.json?year=2023-24").json();
    let finding = json["finding"].as_str().unwrap();
    assert_eq!(finding, "Of 317 councils, 2 have figures here. None of the 2 can be compared in 2023-24.");
    assert_eq!((json["councils_compared"].as_u64(), json["marks_by_chance"].is_null()), (Some(0), true));
    let page = app.page("/subjects/housing?year=2023-24");
    assert!(page.contains("2 of 317 councils"), "the year in the table of England: {page}");
    let none = app.get("/subjects/planning.json?year=2023-24").json();
    let words = "No complaints received about planning and development are loaded for the 317 councils of 2023-24.";
    assert_eq!(none["finding"], words);
}

#[test]
fn a_subject_or_a_year_that_is_not_there_is_answered_with_those_that_are() {
    let app = demonstration_app();
    for (address, way) in [
        ("/subjects/schools", "/subjects/education"),
        ("/subjects/education/latin", "/subjects/education/special-educational-needs"),
        ("/subjects/education?year=1999-00", "/subjects/education?year=2024-25"),
        ("/subjects?year=1999-00", "/subjects?year=2024-25"),
    ] {
        let answer = app.get(address);
        assert_eq!(answer.status, 404, "{address}");
        assert!(Page::parse(&answer.text()).links().contains(way), "{address}");
    }
    assert_eq!(app.get("/subjects/education?region=Wales").status, 400);
}

#[test]
fn every_subject_is_in_the_sitemap() {
    let app = demonstration_app();
    let sitemap = app.page("/sitemap.xml");
    for path in ["/subjects<", "/subjects/education<", "/subjects/education/special-educational-needs<"] {
        assert!(sitemap.contains(path), "{path}");
    }
}

#[test]
fn the_words_of_a_subject_are_counted_as_the_list_behind_each_counts_them() {
    let app = demonstration_app();
    let subject = app.get("/subjects/education.json?year=2021-22").json();
    let words = subject["words"].as_array().unwrap();
    assert!(words.len() >= 2, "{words:?}");
    assert_eq!(subject["words_of_decisions"], subject["published"]["upheld"]);
    for one in words {
        let word = one["word"].as_str().unwrap();
        let list = format!("/decisions.json?category=education&year=2021-22&outcome=upheld&q={word}");
        assert_eq!(app.get(&list).json()["total"], one["decisions"], "{word}");
    }
}

#[test]
fn a_subject_shows_its_verdicts_on_a_map_its_improvements_and_its_rate_in_england() {
    let app = demonstration_app();
    let year = "2023-24";
    let json = app.get(&format!("/subjects/housing.json?year={year}")).json();
    let text = app.page(&format!("/subjects/housing?year={year}"));
    let page = Page::parse(&text);
    let compared = usize::try_from(json["councils_compared"].as_u64().unwrap()).unwrap();
    assert!(page.count("svg.map a.hi, svg.map a.phi, svg.map a.in, svg.map a.plo, svg.map a.lo") <= compared);
    assert!(page.count("svg.map .areas a") > 200 && page.count("svg.trend:not(.tall)") == 1);
    let agreed = json["improvements"].as_array().unwrap();
    assert!(!agreed.is_empty());
    for one in agreed {
        let day = one["agreed_on"].as_str().unwrap();
        assert!(("2023-04-01"..="2024-03-31").contains(&day) && one["category"] == "housing", "{one}");
    }
    let review = app.get(&format!("/national.json?year={year}")).json();
    let rates = review["per_100k"].as_array().unwrap();
    let rate = rates.iter().find(|one| one["measure"] == "received-housing-per-100k").unwrap();
    let of_year = json["england"].as_array().unwrap().iter().find(|one| one["year"] == year).unwrap();
    assert_eq!(of_year["per_100k"], rate["value"]);
}
