//! Regions, combined authorities and counties: their councils with verdicts, and what their counts add up to.

use serde_json::Value;

use crate::support::app::TestApp;
use crate::support::fixture::{Published, demonstration_app};
use crate::support::page::Page;

fn slugs(area: &Value) -> Vec<&str> {
    area["councils"].as_array().unwrap().iter().map(|one| one["slug"].as_str().unwrap()).collect()
}

fn rate<'a>(area: &'a Value, list: &str, measure: &str) -> &'a Value {
    area[list].as_array().unwrap().iter().find(|one| one["measure"] == measure).unwrap()
}

fn figure<'a>(council: &'a Value, measure: &str) -> &'a Value {
    council["statistics"].as_array().unwrap().iter().find(|one| one["measure"] == measure).unwrap()
}

#[test]
fn an_area_repeats_the_figures_of_its_councils_and_adds_up_their_counts() {
    let app = demonstration_app();
    let area = app.get("/regions/south-west.json?year=2024-25").json();
    let mut sums = (0, 0);
    for council in area["councils"].as_array().unwrap() {
        let slug = council["slug"].as_str().unwrap();
        assert_eq!(council["region"], "South West", "{slug}");
        let own = app.get(&format!("/councils/{slug}.json?year=2024-25")).json();
        for one in council["statistics"].as_array().unwrap() {
            assert_eq!(one, figure(&own, one["measure"].as_str().unwrap()), "{slug}");
        }
        let upheld = figure(council, "upheld");
        sums.0 += upheld["numerator"].as_u64().unwrap();
        sums.1 += upheld["denominator"].as_u64().unwrap();
    }
    let upheld = rate(&area, "rates", "upheld");
    assert_eq!((upheld["numerator"].as_u64(), upheld["denominator"].as_u64()), (Some(sums.0), Some(sums.1)));
    let finding = area["finding"].as_str().unwrap();
    assert!(finding.contains(&format!("({} of {})", sums.0, sums.1)), "{finding}");
}

#[test]
fn residents_of_a_county_and_its_districts_count_once_in_rates_per_100_000() {
    let app = demonstration_app();
    let area = app.get("/areas/derbyshire.json?year=2024-25").json();
    assert_eq!(slugs(&area).first(), Some(&"derbyshire-county-council"), "the county council stands first");
    assert_eq!(area["councils"].as_array().unwrap().len(), 9);
    let residents = |one: &Value| figure(one, "received-per-100k")["denominator"].as_u64().unwrap();
    let councils = area["councils"].as_array().unwrap();
    let (county, districts) = (residents(&councils[0]), councils[1..].iter().map(residents).sum::<u64>());
    let received = rate(&area, "received", "received-per-100k");
    assert_eq!(received["denominator"].as_u64(), Some(county.max(districts)));
    let sum: u64 = councils.iter().map(|one| figure(one, "received-per-100k")["numerator"].as_u64().unwrap()).sum();
    assert_eq!(received["numerator"].as_u64(), Some(sum));
    let before = app.get("/areas/derbyshire.json?year=2023-24").json();
    assert_eq!(received["year_before"], rate(&before, "received", "received-per-100k")["numerator"]);
}

#[test]
fn a_combined_authority_has_its_constituent_councils_and_those_before_them() {
    let app = demonstration_app();
    let manchester = app.get("/areas/greater-manchester.json").json();
    assert_eq!(manchester["councils"].as_array().unwrap().len(), 10);
    assert!(manchester["area"]["established_by"].as_str().unwrap().contains("2011"));
    let now = app.get("/areas/york-and-north-yorkshire.json?year=2024-25").json();
    assert_eq!(slugs(&now), ["north-yorkshire-council", "city-of-york-council"]);
    let earlier = app.get("/areas/york-and-north-yorkshire.json?year=2021-22").json();
    let before = slugs(&earlier);
    assert!(
        before.contains(&"north-yorkshire-county-council") && before.contains(&"city-of-york-council"),
        "{before:?}"
    );
    assert!(!before.contains(&"north-yorkshire-council"));
}

#[test]
fn a_county_whose_council_was_abolished_shows_its_last_year() {
    let app = demonstration_app();
    let cumbria = app.get("/areas/cumbria.json").json();
    assert_eq!(cumbria["year"], "2022-23");
    let answer = app.get("/areas/cumbria?year=2023-24");
    assert_eq!(answer.status, 404);
    assert!(Page::parse(&answer.text()).links().contains("/areas/cumbria?year=2022-23"));
}

#[test]
fn the_page_names_who_stands_out_and_what_chance_would_mark() {
    let app = demonstration_app();
    let area = app.get("/regions/south-west.json?year=2024-25").json();
    let text = app.page("/regions/south-west?year=2024-25");
    let clear: usize = area["councils"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|one| one["statistics"].as_array().unwrap())
        .filter(|one| one["verdict"] == "higher" || one["verdict"] == "lower")
        .count();
    assert_eq!(Page::parse(&text).count("ul.plain li"), clear);
    assert!(text.contains("chance alone would mark "), "{text}");
    assert!(Page::parse(&text).links().contains("/subjects/housing?year=2024-25&region=South+West"), "{text}");
    let by_chance = area["marks_by_chance"].as_f64().unwrap();
    assert!(by_chance > 0.0 && by_chance < area["figures_compared"].as_f64().unwrap() * 0.05 + 1.0, "{by_chance}");
}

#[test]
fn where_few_councils_have_counts_nothing_is_added_up_and_the_page_says_of_how_many_it_speaks() {
    let site = Published::new();
    let rows = "authority,year,received,received_housing\nbolton-metropolitan-borough-council,2021-22,50,12\n\
        wigan-metropolitan-borough-council,2021-22,60,20\n";
    site.import("statistics", &site.file("received.csv", rows), &[]);
    let app = TestApp::start(&site.data());
    let area = app.get("/areas/greater-manchester.json?year=2021-22").json();
    let finding = area["finding"].as_str().unwrap();
    assert!(finding.starts_with("Of its 10 councils, "), "{finding}");
    assert!(finding.contains("Too few have counts to add up"), "{finding}");
    let housing = rate(&area, "received", "received-housing-per-100k");
    assert_eq!((housing["with_counts"].as_u64(), housing["numerator"].as_u64()), (Some(2), Some(32)));
    assert!(housing["value"].is_null() && housing["year_before"].is_null(), "{housing}");
    assert!(app.page("/areas/greater-manchester?year=2021-22").contains("2 of 10 councils"));
}

#[test]
fn the_list_has_every_area_once_and_each_stands_in_the_sitemap() {
    let app = demonstration_app();
    let all = app.get("/areas.json").json();
    let links = Page::parse(&app.page("/areas")).links();
    let sitemap = app.page("/sitemap.xml");
    let areas = all["areas"].as_array().unwrap();
    for one in areas {
        let path = if one["kind"] == "region" { "regions" } else { "areas" };
        let address = format!("/{path}/{}", one["slug"].as_str().unwrap());
        assert!(links.contains(&address), "{address}");
        assert!(sitemap.contains(&format!("{address}<")), "{address}");
    }
    let mut addresses: Vec<(bool, &str)> =
        areas.iter().map(|one| (one["kind"] == "region", one["slug"].as_str().unwrap())).collect();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), areas.len(), "no two areas have one address");
    assert_eq!(app.csv_rows("/areas.csv").len(), areas.len() + 1);
}

#[test]
fn a_council_leads_to_its_areas_and_a_mistaken_path_to_the_right_one() {
    let app = demonstration_app();
    let links = Page::parse(&app.page("/councils/amber-valley-borough-council")).links();
    for way in ["/regions/east-midlands", "/areas/derbyshire"] {
        assert!(links.contains(way), "{way}");
    }
    let answer = app.get("/regions/derbyshire");
    assert_eq!(answer.status, 404);
    assert!(Page::parse(&answer.text()).links().contains("/areas/derbyshire"));
}

#[test]
fn the_csv_has_a_row_for_each_measure_of_the_area_and_of_each_council() {
    let app = demonstration_app();
    let rows = app.get("/areas/derbyshire.csv?year=2024-25").rows();
    let scope = |word: &str| rows.iter().filter(|row| row["scope"] == word).count();
    assert_eq!((scope("area"), scope("council")), (14, 9 * 5));
    let json = app.get("/areas/derbyshire.json?year=2024-25").json();
    let county =
        rows.iter().find(|row| row["council"] == "Derbyshire County Council" && row["measure"] == "upheld").unwrap();
    assert_eq!(county["verdict"], figure(&json["councils"][0], "upheld")["verdict"].as_str().unwrap());
}

#[test]
fn sums_are_over_all_councils_with_the_count_and_rates_over_those_whose_residents_are_known() {
    let app = demonstration_app();
    let area = app.get("/regions/south-east.json?year=2019-20").json();
    let number = |one: &Value, key: &str| one[key].as_u64().unwrap();
    let own: Vec<&Value> =
        area["councils"].as_array().unwrap().iter().map(|one| figure(one, "received-per-100k")).collect();
    let received = rate(&area, "received", "received-per-100k");
    assert_eq!(number(received, "numerator"), own.iter().map(|one| number(one, "numerator")).sum::<u64>());
    assert_eq!(number(received, "with_counts"), number(received, "councils"));
    let rated: Vec<&&Value> = own.iter().filter(|one| one["denominator"].is_u64()).collect();
    assert!(rated.len() < own.len(), "some have no number of residents");
    assert_eq!(number(received, "with_rates"), u64::try_from(rated.len()).unwrap());
    assert_eq!(number(received, "rate_numerator"), rated.iter().map(|one| number(one, "numerator")).sum::<u64>());
    let page = app.page("/regions/south-east?year=2019-20");
    assert!(page.contains(&format!("over {} of {} councils", rated.len(), own.len())), "{page}");
    let later = app.get("/regions/south-east.json?year=2020-21").json();
    assert_eq!(rate(&later, "received", "received-per-100k")["year_before"], received["numerator"]);
    let review = app.get("/national.json?year=2019-20").json();
    let by_outcome = review["decided"].as_array().unwrap().iter().find(|one| one["key"] == "upheld").unwrap();
    let of_england = rate(&review, "per_100k", "upheld-per-100k");
    assert_eq!(number(of_england, "numerator"), number(by_outcome, "count"), "one number in both tables");
}

#[test]
fn a_rate_of_residents_is_not_known_where_one_tier_of_a_county_is_missing_and_the_page_says_so() {
    let app = demonstration_app();
    let area = app.get("/areas/east-midlands.json?year=2024-25").json();
    assert!(!slugs(&area).contains(&"amber-valley-borough-council"), "its members are county and city councils");
    let received = rate(&area, "received", "received-per-100k");
    assert_eq!((received["with_counts"].as_u64(), received["with_rates"].as_u64()), (Some(4), Some(2)));
    assert!(received["value"].is_null() && received["numerator"].as_u64() > Some(0), "{received}");
    let page = app.page("/areas/east-midlands?year=2024-25");
    assert!(page.contains("a rate needs the county’s districts too"), "{page}");
}
