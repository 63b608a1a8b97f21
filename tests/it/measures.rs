//! Every measure on every page and in every download, whichever row of the table it is.

use council_map::for_tests::{Family, Judgement, Measure};
use serde_json::Value;

use crate::support::fixture::demonstration_app;
use crate::support::page::Page;

fn figure(council: &Value, measure: Measure) -> Value {
    let found = council["statistics"].as_array().unwrap().iter().find(|one| one["measure"] == measure.as_str());
    found.unwrap_or_else(|| panic!("{}", measure.as_str())).clone()
}

#[test]
fn every_measure_has_a_map_a_table_and_downloads() {
    let app = demonstration_app();
    for measure in Measure::ALL {
        let word = measure.as_str();
        let json = app.get(&format!("/map.json?measure={word}&year=2024-25")).json();
        assert_eq!(json["measure"], word);
        let councils = json["councils"].as_array().unwrap();
        let compared = councils.iter().filter(|one| {
            !matches!(one["figure"]["verdict"].as_str(), None | Some("too-few" | "no-rate" | "not-compared"))
        });
        assert!(compared.count() > 0, "{word}");
        let computed = councils.iter().filter(|one| one["figure"]["similar_average"]["computed"].is_number()).count();
        assert_eq!(computed, councils.len(), "{word}");
        let page = app.page(&format!("/?measure={word}&view=table&year=2024-25"));
        assert!(page.contains(&format!("<option value=\"{word}\" selected>")), "{word}");
        let marked = councils.iter().any(|one| {
            ["higher", "possibly-higher", "possibly-lower", "lower"]
                .iter()
                .any(|word| one["figure"]["verdict"] == *word)
        });
        let judged = measure.judgement() != Judgement::Neutral && marked;
        let words = ["Worse", "Better", "Possibly worse", "Possibly better"]
            .iter()
            .any(|word| page.contains(&format!("</span>{word}")));
        assert_eq!(words, judged, "{word}");
        let rows = app.csv_rows(&format!("/map.csv?measure={word}&year=2024-25"));
        assert_eq!(rows.len(), councils.len() + 1, "{word}");
    }
}

#[test]
fn a_council_has_every_measure_and_shows_those_of_the_letters_first() {
    let app = demonstration_app();
    let json = app.get("/councils/derby-city-council.json?year=2024-25").json();
    let words: Vec<&str> =
        json["statistics"].as_array().unwrap().iter().map(|one| one["measure"].as_str().unwrap()).collect();
    assert_eq!(words, Measure::ALL.map(Measure::as_str));
    let statistics = app.page("/councils/derby-city-council/statistics");
    let page = Page::parse(&statistics);
    for measure in Measure::ALL {
        assert_eq!(page.count(&format!("#{}", measure.as_str())), 1, "{}", measure.as_str());
    }
    let menu = Page::parse(&app.page("/"));
    assert_eq!(menu.count("select[name=measure] optgroup"), Family::ALL.len());
    assert_eq!(menu.count("select[name=measure] option"), Measure::ALL.len());
    let rows = app.get("/councils/derby-city-council/statistics.csv").rows();
    for measure in Measure::ALL {
        assert!(
            rows.iter().any(|row| row["table"] == "rates" && row["key"] == measure.as_str()),
            "{}",
            measure.as_str()
        );
    }
    let schema = app.get("/openapi.json").json()["components"]["schemas"]["Measure"]["enum"].clone();
    assert_eq!(schema, serde_json::json!(Measure::ALL.map(Measure::as_str)));
}

#[test]
fn late_compliance_is_judged_apart_from_compliance() {
    let app = demonstration_app();
    let mut judged = 0;
    for year in ["2019-20", "2020-21", "2022-23", "2023-24", "2024-25"] {
        let json = app.get(&format!("/councils/derbyshire-county-council.json?year={year}")).json();
        let (all, late) = (figure(&json, Measure::Compliance), figure(&json, Measure::LateCompliance));
        assert_eq!((&late["numerator"], &late["denominator"]), (&all["late"], &all["numerator"]), "{year}");
        if matches!(late["verdict"].as_str(), Some("higher" | "possibly-higher")) && all["verdict"] == "within" {
            judged += 1;
            let page = app.page(&format!("/councils/derbyshire-county-council?year={year}"));
            assert!(page.contains("Late compliance rate: ") && page.contains("worse than expected"), "{year}");
        }
    }
    assert!(judged > 0);
}

#[test]
fn a_page_counts_residents_by_one_estimate_and_names_its_year() {
    let app = demonstration_app();
    for (year, estimate) in [("2019-20", 2020), ("2020-21", 2020), ("2021-22", 2021), ("2024-25", 2021)] {
        let address = format!("/councils/derby-city-council?year={year}");
        let json = app.get(&address.replace('?', ".json?")).json();
        let one = figure(&json, Measure::UpheldPer100k);
        assert_eq!(one["residents_year"], estimate, "{year}");
        let residents = json["council"]["residents"].as_array().unwrap().iter().find(|one| one["year"] == estimate);
        assert_eq!(residents.unwrap()["count"], one["denominator"], "{year}");
        let text = Page::parse(&app.page(&address)).text("main");
        let named = format!("residents in {estimate}");
        assert!(
            text.matches(" residents in 20").count() == text.matches(&named).count() && text.contains(&named),
            "{text}"
        );
    }
}
