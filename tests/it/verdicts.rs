//! A verdict is worked out once: wherever a figure stands, it is the same.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Reader, Xlsx};
use council_map::for_tests::{Family, Measure, Verdict};

use crate::support::app::TestApp;
use crate::support::fixture::demonstration_app;
use crate::support::pdf::{Pdf, Tagged};

/// Verdicts by year and measure, from rows whose first one names the columns.
fn of_rows(rows: &[Vec<String>]) -> BTreeMap<(String, String), String> {
    let column = |name: &str| rows[0].iter().position(|one| one == name).unwrap();
    let (year, measure, verdict) = (column("year"), column("measure"), column("verdict"));
    rows[1..].iter().map(|row| ((row[year].clone(), row[measure].clone()), row[verdict].clone())).collect()
}

fn of_workbook(app: &TestApp, slug: &str) -> BTreeMap<(String, String), String> {
    let mut book = Xlsx::new(Cursor::new(app.get(&format!("/councils/{slug}.xlsx")).body)).unwrap();
    let rows = book.worksheet_range("Figures").unwrap();
    let rows: Vec<Vec<String>> = rows.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    of_rows(&rows)
}

/// What names a measure in the first column of the pack's tables, if it is there.
fn named_in_pack(measure: &str) -> Option<String> {
    let measure = Measure::parse(measure).unwrap();
    if measure.family() != Family::Received {
        return measure.stands_alone().then(|| measure.title().to_owned());
    }
    let mut letters = measure.numerator().chars();
    Some(letters.next()?.to_uppercase().chain(letters).collect())
}

/// Verdicts by the name of the measure, from the tables of the pack.
fn of_pack(pdf: &[u8]) -> BTreeMap<String, String> {
    let tables = Pdf::read(pdf).tree();
    let rows = tables.of_kind("Table").into_iter().take(2).flat_map(Tagged::rows);
    rows.filter_map(|row| Some((row.first()?.clone(), row.last()?.clone()))).collect()
}

#[test]
fn five_hundred_figures_have_one_verdict_each_in_csv_xlsx_json_rankings_pdf_embed_and_picture() {
    let app = demonstration_app();
    let mut random = fastrand::Rng::with_seed(2026);
    let councils = app.get("/councils.json").json();
    let councils = councils["councils"].as_array().unwrap();
    let mut rankings: BTreeMap<(String, String), serde_json::Value> = BTreeMap::new();
    let mut packs: BTreeMap<(String, String), BTreeMap<String, String>> = BTreeMap::new();
    let (mut seen, mut printed) = (0, 0);
    while seen < 500 {
        let slug = councils[random.usize(..councils.len())]["slug"].as_str().unwrap();
        let csv = of_rows(&app.csv_rows(&format!("/councils/{slug}.csv")));
        assert_eq!(of_workbook(app, slug), csv, "{slug}");
        let mut figures: Vec<_> = csv.into_iter().collect();
        random.shuffle(&mut figures);
        let mut overviews: BTreeMap<String, serde_json::Value> = BTreeMap::new();
        for ((year, measure), verdict) in figures.into_iter().take(40) {
            let named = format!("{slug}, {year}, {measure}");
            let json = overviews
                .entry(year.clone())
                .or_insert_with(|| app.get(&format!("/councils/{slug}.json?year={year}")).json());
            let of_measure = |list: &serde_json::Value, key: &str, value: &str| {
                list.as_array()
                    .unwrap()
                    .iter()
                    .find(|one| one[key] == value)
                    .unwrap_or_else(|| panic!("{named}"))
                    .clone()
            };
            assert_eq!(of_measure(&json["statistics"], "measure", &measure)["verdict"], *verdict, "{named}");
            let ranked = rankings
                .entry((year.clone(), measure.clone()))
                .or_insert_with(|| app.get(&format!("/rankings.json?year={year}&measure={measure}")).json());
            assert_eq!(of_measure(&ranked["rows"], "slug", slug)["verdict"], *verdict, "{named}, ranked");
            let title = Verdict::parse(&verdict).unwrap().title(Measure::parse(&measure).unwrap().judgement());
            let embed = app.page(&format!("/embed/{slug}?measure={measure}&year={year}"));
            assert!(embed.contains(&format!("{title}</p>")), "{named}, embedded: {title} not in {embed}");
            // A pack takes a debug build half a second, so those of two years stand for all.
            if let Some(name) = named_in_pack(&measure).filter(|_| year.as_str() >= "2023-24") {
                let pack = packs
                    .entry((slug.to_owned(), year.clone()))
                    .or_insert_with(|| of_pack(&app.get(&format!("/councils/{slug}/pack.pdf?year={year}")).body));
                assert_eq!(pack.get(&name).map(String::as_str), Some(title), "{named}, printed");
                printed += 1;
            }
            let picture = app.page(&format!("/share/{slug}.svg?measure={measure}&year={year}"));
            assert!(picture.contains(&format!("\">{title}")), "{named}, drawn: {title} not in {picture}");
            seen += 1;
        }
    }
    // The pack shows five measures and the complaints received, of thirty measures.
    assert!(printed > 40, "{printed}");
}
