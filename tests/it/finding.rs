//! Postcodes as people mistype them, towns and villages, names in common use, councils that no longer are.

use serde_json::Value;

use crate::support::app::TestApp;
use crate::support::fixture::demonstration_app;
use crate::support::page::Page;

fn found(app: &TestApp, words: &str) -> Value {
    app.get(&format!("/find.json?q={}", words.replace('&', "%26").replace(' ', "+"))).json()
}

fn slugs(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["slug"].as_str().unwrap()).collect()
}

fn councils(app: &TestApp, words: &str) -> (String, String) {
    let found = found(app, words);
    (found["answer"].as_str().unwrap().to_owned(), slugs(&found["councils"]).join(" "))
}

#[test]
fn a_postcode_is_understood_as_people_mistype_it() {
    let app = demonstration_app();
    for (words, answer) in [
        ("DE1 2FS", "postcode"),
        ("DE1-2FS", "postcode"),
        ("DE1 2FS.", "postcode"),
        ("de12fs", "postcode"),
        ("DEI 2FS", "postcode"),
        ("DE1 2F5", "postcode"),
        ("DE1 ZFS", "postcode"),
        ("DE1 2FS Derby", "postcode"),
        ("Derby, DE1 2FS", "postcode"),
        ("DE1 2F", "outcode"),
        ("DE1 2", "outcode"),
    ] {
        assert_eq!(councils(app, words), (answer.to_owned(), "derby-city-council".to_owned()), "{words}");
    }
    // The first half reaches beyond the city; most of its postcodes lie in it.
    let (answer, touched) = councils(app, "DE1");
    assert_eq!(answer, "outcode");
    assert!(touched.starts_with("derby-city-council "), "{touched}");
    assert_eq!(found(app, "DEI 2FS")["understood"], "DE1 2FS");
    let page = Page::parse(&app.page("/find?q=DEI+2FS"));
    assert!(page.text(".lede").contains("Read as DE1 2FS"), "{}", page.text(".lede"));
    assert!(page.text(".understood").contains("DEI 2FS"));
    assert_eq!(councils(app, "QQ1 1QQ").0, "unknown-postcode");
    assert_eq!(councils(app, "CF10-1AA").0, "elsewhere");
}

#[test]
fn a_town_is_served_by_its_district_and_its_county() {
    let app = demonstration_app();
    let both = "amber-valley-borough-council derbyshire-county-council";
    assert_eq!(councils(app, "Belper"), ("town".to_owned(), both.to_owned()));
    assert_eq!(councils(app, "belper, amber valley"), ("town".to_owned(), both.to_owned()));
    assert_eq!(
        councils(app, "Herne Bay").1,
        "canterbury-city-council kent-county-council",
        "the point lies off the coast"
    );
    assert_eq!(councils(app, "Whitby").1, "north-yorkshire-council");
    let page = Page::parse(&app.page("/find?q=Belper"));
    assert_eq!(page.text("h1"), "Two councils serve Belper");
    assert_eq!(page.count("article.serve"), 2);
    assert_eq!(page.count(".locator svg"), 2);
}

#[test]
fn a_name_of_several_places_asks_which() {
    let app = demonstration_app();
    let answer = found(app, "Ripley");
    assert_eq!(answer["answer"], "towns");
    let places = answer["places"].as_array().unwrap();
    assert!(places.len() >= 2, "{places:?}");
    for place in places {
        let own: Vec<&str> = place["councils"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
        let url = place["url"].as_str().unwrap().replace("/find?", "/find.json?");
        let there = app.get(&url).json();
        assert_eq!((&there["answer"], slugs(&there["councils"])), (&Value::from("town"), own), "{url}");
    }
    // A council keeps its name; a place elsewhere that shares it is offered beside it.
    let ashford = found(app, "Ashford");
    assert_eq!(slugs(&ashford["councils"]), ["ashford-borough-council"]);
    assert!(ashford["places"].as_array().unwrap().iter().any(|one| one["councils"][0] == "spelthorne-borough-council"));
    assert_eq!(app.get("/find?q=Derby").header("location"), "/councils/derby-city-council");
}

#[test]
fn names_in_common_use_lead_to_who_serves_the_place_today() {
    let app = demonstration_app();
    for (words, now, former) in [
        ("Poole", "bournemouth-christchurch-and-poole-council", "borough-of-poole"),
        ("Bournemouth", "bournemouth-christchurch-and-poole-council", "bournemouth-borough-council"),
        ("Bucks", "buckinghamshire-council", "buckinghamshire-county-council"),
        (
            "Northants",
            "north-northamptonshire-council west-northamptonshire-council",
            "northamptonshire-county-council",
        ),
        ("Hull", "hull-city-council", ""),
        ("Brum", "birmingham-city-council", ""),
        ("B&NES", "bath-and-north-east-somerset-council", ""),
    ] {
        let answer = found(app, words);
        assert_eq!(slugs(&answer["councils"]).join(" "), now, "{words}");
        assert_eq!(slugs(&answer["former"]).first().copied().unwrap_or_default(), former, "{words}");
    }
    let page = Page::parse(&app.page("/find?q=Poole"));
    assert_eq!(page.text("h1"), "Bournemouth, Christchurch and Poole Council serves Poole today");
    assert!(page.text(".before").starts_with("Before 1 April 2019 it was"), "{}", page.text(".before"));
    assert_eq!(app.get("/find?q=Brum").header("location"), "/councils/birmingham-city-council");
    assert_eq!(slugs(&found(app, "London")["councils"]).len(), 33);
}

#[test]
fn an_answer_says_what_each_council_runs_and_how_it_deals_with_complaints() {
    let app = demonstration_app();
    let answer = found(app, "DE55 1AA");
    let serving = answer["serving"].as_array().unwrap();
    assert_eq!(serving.len(), 2);
    let page = Page::parse(&app.page("/find?q=DE55+1AA"));
    let text = page.text("main");
    for one in serving {
        let own = app.get(&format!("/councils/{}.json", one["council"].as_str().unwrap())).json();
        for figure in one["statistics"].as_array().unwrap() {
            assert!(own["statistics"].as_array().unwrap().contains(figure), "{figure}");
        }
        assert_eq!(one["signs"], own["signs"]);
        assert!(text.contains(one["runs"].as_str().unwrap()), "{text}");
    }
    assert_eq!(page.count("article.serve .says"), 6);
    for part in ["What stands out", "Promises", "newest letter", "Ask the council first", "12 months"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn completion_names_councils_and_places_and_marks_what_no_longer_is() {
    let app = demonstration_app();
    let names = |words: &str| -> Vec<(String, String)> {
        let answer = app.get(&format!("/find/names.json?q={words}")).json();
        let names = answer["names"].as_array().unwrap().clone();
        let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
        names.iter().map(|one| (text(one, "value"), text(one, "kind"))).collect()
    };
    assert!(names("belp").contains(&("Belper".to_owned(), "place".to_owned())));
    assert!(names("amber+v").contains(&("Amber Valley Borough Council".to_owned(), "council".to_owned())));
    assert!(names("pool").contains(&("Borough of Poole".to_owned(), "former".to_owned())));
    assert!(names("b").is_empty());
}
