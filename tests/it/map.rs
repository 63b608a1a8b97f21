//! The map says what it draws: finding, key and shapes count the same councils.

use std::collections::BTreeMap;

use council_map::for_tests::Measure;

use crate::support::app::TestApp;
use crate::support::fixture::demonstration_app;
use crate::support::page::Page;

/// Classes of fills with what the key calls them, where no measure is judged.
const CLASSES: [&str; 9] = ["hi", "phi", "in", "plo", "lo", "few", "due", "cmp", "nof"];

/// How many shapes of the map have a class: areas, and lines around the districts of a county council.
fn drawn(page: &Page, class: &str) -> usize {
    page.count(&format!("#map .areas path.{class}")) + page.count(&format!("#map .county.{class}"))
}

/// What the key says of each class: how many councils, and how many of them are not drawn.
fn key(page: &Page) -> BTreeMap<String, (usize, usize)> {
    let mut found = BTreeMap::new();
    for class in CLASSES {
        let row = format!("#key li:has(rect.{class})");
        let counts = page.texts(&format!("{row} b a"));
        let undrawn = page.texts(&format!("{row} small"));
        let number = |text: &String| text.split(' ').next().unwrap().parse().unwrap();
        if let Some(count) = counts.first() {
            found.insert(class.to_owned(), (number(count), undrawn.first().map_or(0, number)));
        }
    }
    found
}

/// The numbers in a text.
fn numbers(text: &str) -> Vec<usize> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}

/// Holds a page of the map to what it draws.
pub(crate) fn check(app: &TestApp, address: &str) {
    let page = Page::parse(&app.page(address));
    let key = key(&page);
    for class in CLASSES {
        let (count, undrawn) = key.get(class).copied().unwrap_or_default();
        assert_eq!(drawn(&page, class) + undrawn, count, "{address}: {class}");
    }
    let of = |class: &str| key.get(class).map_or(0, |(count, _)| *count);
    let all: usize = key.values().map(|(count, _)| count).sum();
    let finding = page.text("#finding");
    let said = numbers(&finding);
    let known = all - of("nof");
    if known == 0 {
        assert!(said.contains(&all), "{address}: {finding}");
        return;
    }
    let partly = of("cmp") > 0 && !finding.contains("none can be compared");
    let counted = if partly { known - of("cmp") } else { known };
    assert_eq!(said.first(), Some(&counted), "{address}: {finding}");
    assert_eq!(finding.contains("with figures"), known < all && !partly, "{address}: {finding}");
    assert_eq!(finding.contains("with counts here"), partly, "{address}: {finding}");
    let (clear, possibly) = (of("hi") + of("lo"), of("phi") + of("plo"));
    if possibly > 0 {
        assert!(finding.contains(&format!("in {possibly} ")), "{address}: {finding}, possibly {possibly}");
    }
    // Clearly: at most two named a side, the rest counted.
    let names = page.texts("#stand tbody a").into_iter().filter(|name| finding.contains(name.as_str())).count();
    let more: usize = finding
        .split(" more")
        .filter_map(|before| before.rsplit_once(" and ").and_then(|(_, number)| number.parse::<usize>().ok()))
        .sum();
    assert!(clear == 0 || names + more >= clear, "{address}: {finding}, {clear} clearly, {names} named and {more}");
    // Who stands out is drawn and named, or reached by a link.
    let rows = page.count("#stand tbody td.n b");
    assert!(rows == (clear + possibly) || page.count("#stand .grp a") > 0, "{address}: {rows} rows");
}

#[test]
fn shapes_key_and_finding_count_the_same_for_every_measure_tier_and_kind() {
    let app = demonstration_app();
    for measure in Measure::ALL.map(Measure::as_str) {
        for tier in ["district", "county"] {
            check(app, &format!("/?tier={tier}&measure={measure}"));
        }
    }
    for kind in ["county", "district", "unitary", "metropolitan", "london"] {
        check(app, &format!("/?kind={kind}"));
    }
}

#[test]
fn shapes_key_and_finding_count_the_same_in_a_year_of_each_set_of_boundaries() {
    let app = demonstration_app();
    // Councils were merged on 1 April of 2019, 2020, 2021 and 2023.
    for year in ["2018-19", "2019-20", "2020-21", "2021-22", "2023-24"] {
        for tier in ["district", "county"] {
            check(app, &format!("/?tier={tier}&year={year}"));
        }
    }
}

#[test]
fn one_sheet_tells_of_all_councils_and_the_key_leads_to_as_many_rows_as_it_says() {
    let app = demonstration_app();
    let page = Page::parse(&app.page("/"));
    assert_eq!(page.count("#map .areas a") + page.count("#map .county"), 317);
    for class in ["hi", "phi", "in", "few"] {
        let row = format!("#key li:has(rect.{class}) b a");
        let href = page.attribute(&row, "href").unwrap();
        let table = Page::parse(&app.page(&href));
        assert_eq!(table.count("#table tbody tr").to_string(), page.text(&row), "{href}");
    }
}

#[test]
fn hexagons_tell_of_all_councils_with_one_line_around_the_districts_of_each_county() {
    let app = demonstration_app();
    check(app, "/?view=hex");
    let page = Page::parse(&app.page("/?view=hex"));
    assert_eq!((page.count("#map .areas a"), page.count("#map .county")), (296, 21));
}

#[test]
fn hexagons_name_all_that_stand_out_whole_or_by_their_usual_short_names() {
    let app = demonstration_app();
    let page = Page::parse(&app.page("/?view=hex"));
    let out = page.texts("#stand tbody th a");
    assert!(out.len() > 5, "{out:?}");
    let json = app.get("/councils.json").json();
    let councils: Vec<String> =
        json["councils"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect();
    for form in ["wide", "slim"] {
        let written = page.texts(&format!("#labels .{form} text"));
        let is_of = |text: &str, name: &str| text == name || name.starts_with(&format!("{text} upon "));
        for name in &out {
            assert!(written.iter().any(|text| is_of(text, name)), "{form}: {written:?} without {name}");
        }
        let whole = |text: &String| text == "London" || councils.iter().any(|name| is_of(text, name));
        assert!(written.iter().all(whole), "{form}: {written:?}");
    }
    // Everybody else is named by its link.
    assert_eq!(page.count("#map .areas a > title"), 296);
}

#[test]
fn what_a_choice_replaces_is_what_the_page_would_show() {
    let app = demonstration_app();
    for query in ["?measure=compliance&year=2021-22", "?tier=county&measure=received-housing-per-100k", "?view=hex"] {
        let page = Page::parse(&app.page(&format!("/{query}")));
        let switch = app.get(&format!("/map/switch.json{query}")).json();
        assert_eq!(page.attribute("#map", "data-drawing").unwrap(), switch["drawing"], "{query}");
        assert_eq!(page.text("#finding"), switch["finding"], "{query}");
        let title = format!("{} · Council Map", switch["title"].as_str().unwrap());
        assert_eq!(page.text("head > title"), title, "{query}");
        assert_eq!(page.count("#map .areas a"), switch["values"].as_array().unwrap().len(), "{query}");
        for (id, markup) in switch["parts"].as_object().unwrap() {
            let part = Page::parse(&format!("<main>{}</main>", markup.as_str().unwrap()));
            // The page has the menus already, and only what is chosen is sent.
            let mut expected = page.text(&format!("#{id}"));
            for menu in ["#measure", "[name=year]", "[name=kind]"].iter().filter(|menu| part.count(menu) > 0) {
                expected = expected.replace(&page.text(menu), &part.text(menu));
            }
            assert_eq!(expected, part.text("main"), "{query}: {id}");
        }
        let class = switch["classes"].as_str().unwrap().split(' ').next().unwrap();
        assert_eq!(page.attribute("#map .areas a path", "class").unwrap(), class, "{query}");
        let told = page.texts("#map .areas a > title")[0].clone();
        assert!(told.ends_with(switch["verdicts"][class].as_str().unwrap()), "{told}");
        let beside = usize::try_from(switch["beside"][0].as_u64().unwrap()).unwrap();
        for words in [&switch["values"][0], &switch["similar"][beside]] {
            assert!(told.contains(words.as_str().unwrap()), "{told}");
        }
    }
}

#[test]
fn the_map_goes_closer_to_a_region_or_council_and_not_to_what_there_is_not() {
    let app = demonstration_app();
    let whole = Page::parse(&app.page("/")).attribute("#map", "viewBox").unwrap();
    for at in ["south-west", "london", "derbyshire-county-council", "council-of-the-isles-of-scilly"] {
        let page = Page::parse(&app.page(&format!("/?at={at}")));
        let part = page.attribute("#map", "viewBox").unwrap();
        assert!(at.contains("scilly") || part != whole, "{at}");
        assert_eq!(page.attribute("#map", "data-whole").unwrap(), whole, "{at}");
    }
    let here = Page::parse(&app.page("/?at=cornwall-council"));
    assert!(here.attribute("#map .areas a.at", "href").unwrap().contains("cornwall-council"));
    assert_eq!(app.get("/?at=atlantis").status, 404);
}
