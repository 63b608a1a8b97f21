//! A council's overview.

use std::collections::{BTreeMap, BTreeSet};

use council_map::for_tests::ReportingYear;

use crate::support::app::TestApp;
use crate::support::fixture::demonstration_app;
use crate::support::page::Page;

const DERBYSHIRE: &str = "/councils/derbyshire-county-council";

fn page(app: &TestApp, address: &str) -> Page {
    Page::parse(&app.page(address))
}

#[test]
fn a_council_is_told_in_three_sentences_before_any_figure() {
    let app = demonstration_app();
    for slug in ["derbyshire-county-council", "amber-valley-borough-council", "city-of-london-corporation"] {
        let page = page(app, &format!("/councils/{slug}?year=2024-25"));
        let told = page.texts(".told li");
        assert_eq!(told.len(), 3, "{slug}: {told:?}");
        assert_eq!(page.count(".told .sw"), 3, "{slug}: each with its mark");
        let text = page.text("main");
        assert!(text.find(&told[2]) < text.find("Interval, averages and source"), "{slug}");
    }
}

#[test]
fn the_city_of_london_is_called_no_borough() {
    let app = demonstration_app();
    let city = page(app, "/councils/city-of-london-corporation").text("main");
    assert!(
        city.contains("City corporation. It runs all local services here.") && !city.contains("London borough. "),
        "{city}"
    );
    assert!(
        page(app, "/councils/london-borough-of-brent")
            .text("main")
            .contains("London borough. It runs all local services here.")
    );
    assert!(page(app, "/councils").text("main").contains("City of London City corporation"), "the list says so too");
}

#[test]
fn four_figures_stand_equal_with_one_key_after_the_first() {
    let page = page(demonstration_app(), &format!("{DERBYSHIRE}?year=2024-25"));
    assert_eq!(page.count(".four > .stat"), 4);
    assert_eq!(page.count(".four > .stat:first-child + .chartkey"), 1);
    let key = page.text(".four > .chartkey");
    assert!(key.contains("range expected of county councils") && key.contains("the other 20"), "{key}");
}

#[test]
fn a_figure_of_which_all_was_done_draws_how_much_came_late() {
    let app = demonstration_app();
    let late = app.get(&format!("{DERBYSHIRE}.json?year=2024-25")).json();
    let of = |measure: &str| {
        let all = late["statistics"].as_array().unwrap();
        all.iter().find(|one| one["measure"] == measure).unwrap().clone()
    };
    let (done, late) = (of("compliance"), of("late-compliance"));
    assert_eq!(done["numerator"], done["denominator"], "the demonstration has all done here");
    let strip = page(app, &format!("{DERBYSHIRE}?year=2024-25")).texts(".stat .strip .lbl");
    assert_eq!(strip, [format!("late {}", late["shown"].as_str().unwrap())]);
}

#[test]
fn complaints_received_stand_against_the_number_expected_and_add_up_to_those_of_the_statistics() {
    let app = demonstration_app();
    let json = app.get(&format!("{DERBYSHIRE}.json?year=2024-25")).json();
    let page = page(app, &format!("{DERBYSHIRE}?year=2024-25"));
    let mut counted: Vec<u64> = page.texts(".received .t").iter().map(|text| text.parse().unwrap()).collect();
    let about = |one: &serde_json::Value| {
        one["measure"].as_str().unwrap().starts_with("received-") && one["measure"] != "received-per-100k"
    };
    let areas = json["statistics"].as_array().unwrap().iter().filter(|one| about(one));
    let mut expected: Vec<u64> = areas.map(|one| one["numerator"].as_u64().unwrap()).collect();
    assert!(counted.is_sorted_by(|a, b| a >= b), "most first: {counted:?}");
    counted.sort_unstable();
    expected.sort_unstable();
    assert_eq!(counted, expected);
    assert!(page.texts(".received .e").iter().all(|text| text.contains("expected")), "each beside the number expected");
}

#[test]
fn every_number_of_residents_on_a_page_is_the_same() {
    let app = demonstration_app();
    for slug in ["derbyshire-county-council", "city-of-london-corporation", "council-of-the-isles-of-scilly"] {
        let text = page(app, &format!("/councils/{slug}?year=2024-25")).text("main");
        let numbers: Vec<&str> = text
            .match_indices(" residents in ")
            .filter_map(|(at, _)| text.split_at(at).0.rsplit(' ').next())
            .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
            .collect();
        assert!(numbers.len() >= 2, "{slug}: {numbers:?}");
        assert!(numbers.iter().all(|one| one == &numbers[0]), "{slug}: {numbers:?}");
    }
}

#[test]
fn a_former_council_says_so_first_and_runs_nothing() {
    let app = demonstration_app();
    for (slug, after) in [
        ("aylesbury-vale-district-council", "Buckinghamshire Council"),
        ("northamptonshire-county-council", "North Northamptonshire Council"),
    ] {
        let page = page(app, &format!("/councils/{slug}"));
        let line = page.text("main .sub");
        assert!(line.contains("was abolished on 1 April") && line.contains(after), "{line}");
        let text = page.text("main");
        for word in [" runs ", " run "] {
            assert!(!text.contains(word), "{slug} says “{word}”: {text}");
        }
        assert!(page.text(".route").contains(after), "complaints go to who came after");
    }
    assert!(page(app, DERBYSHIRE).text("main .sub").contains("It runs schools"));
}

#[test]
fn decisions_of_a_year_begin_with_reports_and_those_upheld() {
    let app = demonstration_app();
    let place = |tag: &String| match tag.as_str() {
        "Public report" => 0,
        "Upheld" => 1,
        _ => 2,
    };
    // Years of a council in which fault was found in some of its decisions and not in others.
    let mut found: BTreeMap<(String, ReportingYear), BTreeSet<bool>> = BTreeMap::new();
    for row in app.get("/data/decisions.csv").rows() {
        let year = ReportingYear::containing(row["decision_date"].parse().unwrap());
        found.entry((row["authority"].clone(), year)).or_default().insert(row["outcome"] == "upheld");
    }
    let mixed: Vec<_> = found.iter().filter(|(_, outcomes)| outcomes.len() == 2).map(|(of, _)| of).take(5).collect();
    assert!(!mixed.is_empty(), "no council has decisions of both kinds");
    for (slug, year) in mixed {
        let tags = page(app, &format!("/councils/{slug}?year={year}")).texts(".decided .tag");
        let places: Vec<u8> = tags.iter().map(place).collect();
        assert!(places.is_sorted() && !places.is_empty(), "{slug}, {year}: {places:?}");
    }
}

#[test]
fn the_nearest_of_its_kind_stand_beside_it_and_lead_to_their_comparison() {
    let app = demonstration_app();
    let page = page(app, &format!("{DERBYSHIRE}?year=2024-25"));
    assert_eq!(page.count(".near .spark"), 6);
    let names = page.texts(".near .trends a");
    assert!(names.contains(&"Nottinghamshire".to_owned()), "{names:?}");
    let compared = page.links().into_iter().find(|link| link.starts_with("/compare?c=derbyshire")).unwrap();
    assert_eq!(compared.matches("c=").count(), 6, "{compared}");
    assert_eq!(app.get(&compared).status, 200);
}

#[test]
fn complaints_are_counted_also_where_the_number_of_residents_is_not_known() {
    let app = demonstration_app();
    let address = "/councils/aylesbury-vale-district-council";
    let json = app.get(&format!("{address}.json?year=2019-20")).json();
    let statistics = json["statistics"].as_array().unwrap();
    let of = |measure: &str| statistics.iter().find(|one| one["measure"] == measure).unwrap();
    let received = of("received-per-100k");
    let number = received["numerator"].as_u64().unwrap();
    assert!(number > 0 && received["denominator"].is_null(), "{received}");
    assert_eq!((received["state"].as_str(), received["verdict"].as_str()), (Some("not-known"), Some("not-compared")));
    let why = "The number of residents is not known here, so there is no rate and no number expected.";
    let overview = page(app, &format!("{address}?year=2019-20"));
    let found = overview.text("p.found");
    assert!(found.contains(&format!("{number} complaints and enquiries came to the Ombudsman in 2019-20")), "{found}");
    assert!(found.contains(why), "{found}");
    assert_eq!(overview.count(".received tbody tr"), 9);
    let pack = page(app, &format!("{address}/pack?year=2019-20")).text("main");
    assert!(pack.contains(why) && !pack.contains("No table of complaints received"), "{pack}");
}
