//! Councils side by side.

use std::collections::BTreeSet;

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
    assert_eq!((one.count("main section"), one.count("main svg.ivs circle.me")), (1, 3));
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
    for words in ["<b>0%</b>", "<b>No rate</b>", "not known", "No rate: no cases"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let rows = app.get(&format!("/compare.csv?{query}")).rows();
    let state = |council: &str, measure: &str| {
        let row = rows.iter().find(|row| row["council"] == council && row["measure"] == measure);
        row.map(|row| row["state"].clone()).unwrap_or_default()
    };
    assert_eq!(state("Derby City Council", "upheld"), "zero");
    assert_eq!(state("Derby City Council", "compliance"), "nothing-due");
    // Nothing upheld, nothing to put right; nothing carried out, nothing late.
    assert_eq!(state("Derby City Council", "satisfactory-remedies"), "nothing-due");
    assert_eq!(state("Derby City Council", "late-compliance"), "nothing-due");
    assert_eq!(state("Derby City Council", "upheld-per-100k"), "zero");
    assert_eq!(state("Derby City Council", "received-per-100k"), "not-known");
    assert_eq!(state("Leicester City Council", "upheld"), "number");
    assert!(text.contains("<h1>No average is loaded that the figures of 2021-22 could be compared with</h1>"));
}

#[test]
fn a_name_leads_to_the_address_that_lasts_and_an_unknown_one_to_its_neighbours() {
    let app = demonstration_app();
    let named = app.get("/compare?c=derby-city-council&c=Leicester&measure=upheld");
    let lasting = "/compare?c=derby-city-council&c=leicester-city-council&measure=upheld";
    assert_eq!((named.status, named.header("location")), (303, lasting));
    let unknown = app.get("/compare?c=Amber+Vally");
    assert_eq!(unknown.status, 404);
    let near = "/compare?c=amber-valley-borough-council";
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
    let twice = app.get("/compare?c=derby-city-council&c=Derby+City+Council");
    assert_eq!(twice.header("location"), "/compare?set=kind&c=derby-city-council");
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
    assert!(links.contains("/compare?set=kind&c=derby-city-council"), "{links:?}");
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

/// The slugs of a comparison in JSON.
fn compared(app: &TestApp, query: &str) -> Vec<String> {
    let json = app.get(&format!("/compare.json?{query}")).json();
    let councils = json["councils"].as_array().unwrap_or_else(|| panic!("{query}: {json}"));
    councils.iter().map(|one| one["council"]["slug"].as_str().unwrap().to_owned()).collect()
}

fn set_of(app: &TestApp, query: &str) -> BTreeSet<String> {
    compared(app, query).into_iter().collect()
}

#[test]
fn one_council_opens_with_the_seven_nearest_of_its_kind() {
    let app = demonstration_app();
    let alone = app.get("/compare?c=derby-city-council&measure=upheld");
    assert_eq!(
        (alone.status, alone.header("location")),
        (303, "/compare?set=kind&c=derby-city-council&measure=upheld")
    );
    let councils = compared(app, "set=kind&c=derby-city-council");
    assert_eq!((councils.len(), councils[0].as_str()), (8, "derby-city-council"));
    assert!(councils[..4].contains(&"nottingham-city-council".to_owned()), "{councils:?}");
    assert_eq!(compared(app, "c=derby-city-council"), councils, "a program gets them without being led elsewhere");
    let json = app.get("/compare.json?set=kind&c=derby-city-council").json();
    assert!(json["councils"].as_array().unwrap().iter().all(|one| one["council"]["kind"] == "unitary"));
    assert_eq!(json["set"]["set"], "kind");
    let text = app.page("/compare?set=kind&c=derby-city-council");
    assert!(text.contains("Derby City Council and the 7 unitary councils nearest to it."), "{text}");
}

#[test]
fn neighbours_share_a_border_on_a_map_and_each_is_the_others() {
    let app = demonstration_app();
    let derby = set_of(app, "set=neighbours&c=derby-city-council");
    let expected = [
        "amber-valley-borough-council",
        "derby-city-council",
        "derbyshire-county-council",
        "erewash-borough-council",
        "south-derbyshire-district-council",
    ];
    assert_eq!(derby, expected.map(str::to_owned).into());
    assert!(set_of(app, "set=neighbours&c=erewash-borough-council").contains("derby-city-council"));
    let counties = set_of(app, "set=neighbours&c=derbyshire-county-council");
    assert!(counties.contains("nottinghamshire-county-council") && !counties.contains("amber-valley-borough-council"));
    let island = app.page("/compare?set=neighbours&c=isle-of-wight-council");
    assert!(island.contains("No council here shares a border with Isle of Wight Council"), "{island}");
}

#[test]
fn a_county_and_each_of_its_districts_lead_to_all_of_them() {
    let app = demonstration_app();
    let from_county = set_of(app, "set=county&c=derbyshire-county-council");
    assert_eq!(from_county.len(), 8, "{from_county:?}");
    assert_eq!(set_of(app, "set=county&c=amber-valley-borough-council"), from_county);
    assert_eq!(compared(app, "set=county&c=amber-valley-borough-council")[0], "amber-valley-borough-council");
    let single = app.page("/compare?set=county&c=derby-city-council");
    assert!(single.contains("there is no county council over it"), "{single}");
}

#[test]
fn a_council_that_has_ended_is_compared_with_those_of_its_last_year() {
    let app = demonstration_app();
    let json = app.get("/compare.json?set=kind&c=northamptonshire-county-council").json();
    assert_eq!(json["year"], "2020-21");
    assert!(json["councils"].as_array().unwrap().iter().all(|one| one["existed"] == true), "{json}");
}

#[test]
fn statistical_neighbours_come_from_an_imported_list_and_their_lack_is_said() {
    let app = demonstration_app();
    let none = app.page("/compare?set=statistical&c=derby-city-council");
    assert!(none.contains("No statistical neighbours of Derby City Council have been loaded"), "{none}");
    let site = Published::new();
    let rows = "authority,rank,neighbour,model\n\
        Derby City Council,1,Stoke-on-Trent City Council,Likeness\nDerby City Council,2,Leicester City Council,Likeness\n";
    site.import("neighbours", &site.file("neighbours.csv", rows), &[]);
    let app = TestApp::start(&site.data());
    assert_eq!(
        compared(&app, "set=statistical&c=derby-city-council"),
        ["derby-city-council", "stoke-on-trent-city-council", "leicester-city-council"]
    );
    let text = app.page("/compare?set=statistical&c=derby-city-council");
    assert!(text.contains("its 2 statistical neighbours by the list “Likeness”"), "{text}");
}

#[test]
fn those_of_its_size_have_nearly_as_many_residents() {
    let app = demonstration_app();
    let councils = compared(app, "set=population&c=birmingham-city-council");
    assert_eq!((councils.len(), councils[1].as_str()), (8, "leeds-city-council"), "the next largest borough");
}

#[test]
fn whole_groups_are_found_by_the_names_that_people_use() {
    let app = demonstration_app();
    for (name, address) in [
        ("London+boroughs", "/compare?set=london"),
        ("greater+manchester", "/compare?set=greater-manchester"),
        ("South+West", "/compare?set=south-west"),
    ] {
        let answer = app.get(&format!("/compare?c=derby-city-council&c={name}"));
        assert_eq!((answer.status, answer.header("location")), (303, address));
    }
    assert_eq!(compared(app, "set=london").len(), 33);
    assert_eq!(compared(app, "set=greater-manchester").len(), 10);
    assert_eq!(set_of(app, "set=region&c=plymouth-city-council"), set_of(app, "set=south-west"));
    assert_eq!(compared(app, "set=west-midlands-combined-authority").len(), 7, "the region has the same name");
    assert!(compared(app, "set=west-midlands").len() > 30);
    let mixed = app.page("/compare?set=south-west");
    assert!(mixed.contains("They run different services"), "{mixed}");
}

#[test]
fn a_name_that_fits_nothing_keeps_the_others_and_says_so() {
    let app = demonstration_app();
    let text = app.page("/compare?c=derby-city-council&c=leicester-city-council&c=Amber+Vally");
    assert!(text.contains("No council or group of councils is called “Amber Vally”; the others stay."), "{text}");
    let near = "/compare?c=derby-city-council&amp;c=leicester-city-council&amp;c=amber-valley-borough-council";
    assert!(text.contains(near) && text.contains("Leicester City Council"), "{text}");
    let program = app.get("/compare.json?c=derby-city-council&c=leicester-city-council&c=Amber+Vally");
    assert_eq!(program.status, 404, "a program is told that it asked for nothing");
}

#[test]
fn a_set_that_makes_no_sense_is_refused_with_the_way_out() {
    let app = demonstration_app();
    for (query, status, words) in [
        ("set=neighbours", 404, "name it with “c”"),
        ("set=kind&c=derby-city-council&c=leicester-city-council", 404, "“c” names 2"),
        ("set=london&c=derby-city-council", 404, "takes no further council"),
        ("set=wessex", 400, "“wessex” is not a set of councils; expected kind, neighbours"),
    ] {
        let answer = app.get(&format!("/compare?{query}"));
        assert_eq!(answer.status, status, "{query}");
        assert!(answer.text().contains(words), "{query}: {}", answer.text());
    }
}

#[test]
fn a_set_that_is_refused_keeps_the_councils_that_were_named() {
    let app = demonstration_app();
    let two = "c=derby-city-council&c=leicester-city-council";
    let both = "/compare?c=derby-city-council&c=leicester-city-council";
    for (query, offered) in [
        ("set=kind".to_owned(), vec!["/compare?set=london", "/compare?set=district"]),
        (format!("set=kind&{two}"), vec![both, "/compare?set=kind&c=leicester-city-council"]),
        (format!("set=london&{two}"), vec![both, "/compare?set=london"]),
        (
            "set=london&c=derby-city-council".to_owned(),
            vec!["/compare?set=kind&c=derby-city-council", "/compare?set=london"],
        ),
    ] {
        let answer = app.get(&format!("/compare?{query}"));
        assert_eq!(answer.status, 404, "{query}");
        let links = Page::parse(&answer.text()).links();
        for link in offered {
            assert!(links.contains(link), "{query}: {link} is not in {links:?}");
        }
    }
}

#[test]
fn councils_of_different_times_open_on_a_year_in_which_all_existed_or_it_is_said_that_there_is_none() {
    let app = demonstration_app();
    let met = app.get("/compare.json?c=derby-city-council&c=northamptonshire-county-council").json();
    assert_eq!(met["year"], "2020-21", "the last year of the county council");
    let never = app.page("/compare?c=northamptonshire-county-council&c=north-northamptonshire-council");
    assert!(never.contains("These councils never all existed in the same year"), "{never}");
    let met = app.page("/compare?c=derby-city-council&c=northamptonshire-county-council");
    assert!(!met.contains("never all existed"), "{met}");
}

#[test]
fn what_a_comparison_speaks_of_is_said_once() {
    let app = demonstration_app();
    let text = app.page("/compare?set=county&c=derbyshire-county-council&year=2024-25");
    assert!(
        text.contains("district councils of Derbyshire in 2024-25. Figures for 1 April 2024 to 31 March 2025."),
        "{text}"
    );
    let finding = app.get(&format!("/compare.json?{THREE}")).json()["finding"].as_str().unwrap().to_owned();
    assert!(finding.contains("four measures of the letters") || !finding.contains("other figure"), "{finding}");
}

#[test]
fn a_whole_group_stands_in_one_table_with_its_trends_and_its_twins_hold_the_same_councils() {
    let app = demonstration_app();
    let text = app.page("/compare?set=london");
    let page = Page::parse(&text);
    assert_eq!(page.count("table.group tbody tr"), 33);
    assert!(page.count("table.group svg.spark[role=img][aria-label]") >= 32);
    assert!(text.contains("chance alone would still mark about"), "{text}");
    assert!(text.contains("These are all councils of their kind"), "{text}");
    let rows = app.get("/compare.csv?set=london").rows();
    let in_csv: BTreeSet<&str> = rows.iter().map(|row| row["council"].as_str()).collect();
    assert_eq!(in_csv.len(), 33);
    assert!(rows.iter().all(|row| row["measure"] == "upheld"), "the one measure that is shown");
    let json = app.get("/compare.json?set=london").json();
    assert_eq!((json["councils"].as_array().unwrap().len(), json["measure"].as_str()), (33, Some("upheld")));
    let finding = json["finding"].as_str().unwrap();
    assert!(text.contains(&format!("<h1>{finding}</h1>")) && finding.contains("33 London boroughs"), "{finding}");
}

#[test]
fn a_whole_group_can_be_seen_in_place_and_by_rate_and_the_table_holds_all_either_way() {
    let app = demonstration_app();
    let london = Page::parse(&app.page("/compare?set=london&view=place"));
    assert_eq!((london.count("figure.tiles a"), london.count("figure.tiles .gap")), (33, 23));
    assert_eq!(london.count("table.group tbody tr"), 33);
    let districts = Page::parse(&app.page("/compare?set=district&view=place"));
    assert_eq!(districts.count("svg.map.hex a"), 164);
    let region = Page::parse(&app.page("/compare?set=south-west&view=place"));
    let counties = "2 councils have no place here: counties and districts lie over each other";
    assert!(region.text("figure figcaption").contains(counties), "{}", region.text("figure figcaption"));
    let names = |query: &str| Page::parse(&app.page(query)).texts("table.group th[scope=row] a");
    let ranked = app.get("/rankings.json?kind=london&sort=shrunken").json();
    let rows = ranked["rows"].as_array().unwrap();
    let by_rate: Vec<&str> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names("/compare?set=london&view=rate"), by_rate);
    assert_eq!(london.count("svg.funnel:not(.tall)"), 1, "all of one kind, so they share its limits");
    assert_eq!(region.count("svg.funnel"), 0);
    let answer = app.get("/compare?set=london&view=best");
    assert!(answer.status == 400 && answer.text().contains("verdict, rate or place"));
}

#[test]
fn the_table_of_all_districts_is_small() {
    let app = demonstration_app();
    let answer = app.ask("GET", "/compare?set=district", &[("Accept-Encoding", "br")]);
    assert!(answer.body.len() < 60_000, "{} bytes", answer.body.len());
}

#[test]
fn a_comparison_says_whether_its_verdicts_depend_on_the_comparator() {
    let app = demonstration_app();
    let json = app.get("/compare.json?set=south-west&measure=upheld").json();
    let comparator = &json["comparators"][0];
    assert_eq!(comparator["measure"], "upheld");
    let councils = json["councils"].as_array().unwrap();
    let sum = |field: &str| -> f64 {
        let counts = councils.iter().filter_map(|one| one["statistics"][0][field].as_f64());
        counts.sum()
    };
    let pooled = sum("numerator") / sum("denominator") * 100.0;
    assert!((comparator["value"].as_f64().unwrap() - pooled).abs() < 1e-9, "{comparator}");
    let sentence = comparator["sentence"].as_str().unwrap();
    assert!(app.page("/compare?set=south-west&measure=upheld").contains(sentence), "{sentence}");
}
