//! Whole tables and the SQLite file.

use std::collections::BTreeSet;

use council_map::for_tests::{Dataset, described};
use rusqlite::Connection;

use crate::support::app::TestApp;
use crate::support::fixture::demonstration_app;

/// The file that is served, opened without this program.
fn sqlite(app: &TestApp) -> Connection {
    let file = app.data().join(format!("site-{}.db", app.version()));
    Connection::open_with_flags(file, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

#[test]
fn the_sqlite_file_comes_whole_and_in_parts() {
    let app = demonstration_app();
    let whole = app.get("/data/council-map.sqlite");
    assert!(whole.body.starts_with(b"SQLite format 3\0"));
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let part = app.ask("GET", "/data/council-map.sqlite", &[("Range", "bytes=100-199")]);
    assert_eq!(part.status, 206);
    assert_eq!(part.header("content-range"), format!("bytes 100-199/{}", whole.body.len()));
    assert_eq!(part.body, whole.body[100..200]);
    let of_another_version = [("Range", "bytes=100-199"), ("If-Range", "\"other\"")];
    assert_eq!(app.ask("GET", "/data/council-map.sqlite", &of_another_version).body.len(), whole.body.len());
    let beyond = app.ask("GET", "/data/council-map.sqlite", &[("Range", "bytes=999999999999-")]);
    assert_eq!(beyond.status, 416);
}

#[test]
fn every_table_has_the_columns_of_the_data_package_and_says_what_is_invented() {
    let app = demonstration_app();
    let package = app.get("/data/datapackage.json").json();
    let metadata = app.get("/data/csv-metadata.json").json();
    for (at, dataset) in Dataset::ALL.into_iter().enumerate() {
        let csv = app.page(&format!("/data/{}.csv", dataset.as_str()));
        let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let fields = package["resources"][at]["schema"]["fields"].as_array().unwrap();
        let described: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(header, described, "{}", dataset.as_str());
        let columns = metadata["tables"][at]["tableSchema"]["columns"].as_array().unwrap();
        let titled: Vec<&str> = columns.iter().map(|column| column["name"].as_str().unwrap()).collect();
        assert_eq!(header, titled, "{}", dataset.as_str());
        assert!(fields.iter().all(|field| field["description"].as_str().is_some_and(|text| text.len() > 5)));
        let at = header.iter().position(|name| name == "synthetic").unwrap();
        let flags: BTreeSet<String> = reader.records().map(|row| row.unwrap()[at].to_owned()).collect();
        assert!(!flags.is_empty() && flags.iter().all(|flag| flag == "true" || flag == "false"), "{flags:?}");
        if dataset == Dataset::Statistics {
            assert_eq!(flags.into_iter().collect::<Vec<_>>(), ["true"]);
        }
    }
    assert_eq!(app.get("/data/secrets.csv").status, 404);
}

#[test]
fn the_examples_of_the_description_lead_somewhere() {
    let app = demonstration_app();
    let described = app.get("/openapi.json").json();
    let values = |path: &str, what: &str| -> Vec<String> {
        let listed = described["paths"][path]["get"]["parameters"][0]["schema"][what].as_array().unwrap();
        listed.iter().map(|value| value.as_str().unwrap().to_owned()).collect()
    };
    for (path, part, what) in [
        ("/decisions/{reference}", "{reference}", "examples"),
        ("/assets/{name}", "{name}", "enum"),
        ("/councils/{slug}", "{slug}", "examples"),
        ("/code/{code}", "{code}", "examples"),
    ] {
        let values = values(path, what);
        assert!(!values.is_empty(), "{path}");
        for value in values {
            let answer = app.get(&path.replace(part, &value));
            assert!([200, 302].contains(&answer.status), "{path}: {value}");
        }
    }
}

#[test]
fn every_figure_links_to_the_release_it_came_from() {
    let app = demonstration_app();
    let page = app.page("/councils/derby-city-council");
    let key = page.split("href=\"/changes#").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(app.page("/changes").contains(&format!("id=\"{key}\"")), "{key}");
}

#[test]
fn the_sqlite_file_asks_nothing_of_a_library_that_is_newer_than_3_31() {
    let conn = sqlite(demonstration_app());
    let newer: i64 = conn
        .query_row(
            "SELECT count(*) FROM sqlite_master WHERE sql LIKE '%contentless_delete%' OR sql LIKE '%) STRICT%'
                OR sql LIKE '%contentless_unindexed%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(newer, 0);
    // The form of the index that libraries since 3.9 read; later forms have other numbers.
    let form: i64 =
        conn.query_row("SELECT v FROM decision_search_config WHERE k = 'version'", [], |row| row.get(0)).unwrap();
    assert_eq!(form, 4);
}

#[test]
fn whoever_opens_the_sqlite_file_finds_names_labels_and_a_search() {
    let app = demonstration_app();
    let conn = sqlite(app);
    let views: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(views.len() >= 6 && views.iter().all(|name| name.starts_with("readable_")), "{views:?}");
    let (council, label, verdict): (String, String, String) = conn
        .query_row(
            "SELECT council, measure_label, verdict_label FROM readable_figures
             WHERE code = 'E06000015' AND measure = 'upheld' AND year = '2023-24'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .unwrap();
    assert_eq!((council.as_str(), label.as_str()), ("Derby City Council", "Uphold rate"));
    assert!(verdict.contains(' '), "{verdict}");
    // As Datasette finds the index of a table or view, and searches with it.
    let index: String = conn
        .query_row(
            "SELECT name FROM sqlite_master WHERE rootpage = 0
                AND sql LIKE '%VIRTUAL TABLE%USING FTS%content=\"readable_decisions\"%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let found: i64 = conn
        .query_row(
            &format!("SELECT count(*) FROM readable_decisions WHERE rowid IN (SELECT rowid FROM {index} WHERE {index} MATCH 'psychologist')"),
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(found, app.get("/decisions.json?q=%22psychologist%22").json()["total"].as_i64().unwrap());
    let body: String = conn
        .query_row(&format!("SELECT body FROM {index} WHERE {index} MATCH 'psychologist'"), [], |row| row.get(0))
        .unwrap();
    assert!(body.contains("Council") || !body.is_empty());
}

#[test]
fn scripts_of_any_site_may_read_data_and_no_page() {
    let app = demonstration_app();
    for (address, allowed) in [
        ("/map.json", "*"),
        ("/map.csv", "*"),
        ("/map.geojson", "*"),
        ("/councils/nowhere.json", "*"),
        ("/councils/E06000015.json", "*"),
        ("/data/cells.csv", "*"),
        ("/data/council-map.sqlite", "*"),
        ("/version", "*"),
        ("/", ""),
        ("/data", ""),
    ] {
        assert_eq!(app.get(address).header("access-control-allow-origin"), allowed, "{address}");
    }
    let tag = app.get("/map.json").header("etag").to_owned();
    let unchanged = app.ask("GET", "/map.json", &[("If-None-Match", &tag)]);
    assert_eq!((unchanged.status, unchanged.header("access-control-allow-origin")), (304, "*"));
}

#[test]
fn a_code_stands_for_a_council_in_every_address_of_its_data() {
    let app = demonstration_app();
    for part in [".json?year=2023-24", ".csv", "/statistics.json", "/decisions.csv", "/letters.json"] {
        let by_code = app.page(&format!("/councils/E06000015{part}"));
        assert_eq!(by_code, app.page(&format!("/councils/derby-city-council{part}")), "{part}");
    }
    let page = app.get("/councils/E06000015/statistics");
    assert_eq!((page.status, page.header("location")), (303, "/councils/derby-city-council/statistics"));
    assert_eq!(
        app.get("/councils/E06000015?year=2023-24").header("location"),
        "/councils/derby-city-council?year=2023-24"
    );
    assert_eq!(app.get("/councils/E06999999.json").status, 404);
}

#[test]
fn every_csv_names_a_council_by_the_same_columns() {
    let app = demonstration_app();
    let mut with_councils = 0;
    for route in described().iter().filter(|route| route.path.ends_with(".csv")) {
        let address = route
            .path
            .replace("{slug}", "derby-city-council")
            .replace("{name}", "cells")
            .replace("{year}", "2023-24")
            .replace("{category}", "education")
            .replace("{subcategory}", "special-educational-needs")
            .replace("{region}", "south-west")
            .replace("{area}", "derbyshire");
        if address.contains("{reference}") {
            continue;
        }
        let address = if address == "/compare.csv" { format!("{address}?c=derby-city-council") } else { address };
        let rows = app.csv_rows(&address);
        let has = |name: &str| rows[0].iter().any(|column| column == name);
        assert!(!has("authority_code") && !has("council_code"), "{address}");
        assert_eq!(has("code"), has("slug"), "{address}: both keys");
        assert!(has("code") || !(has("council") || has("authority")), "{address}: a name without keys");
        if has("code") {
            with_councils += 1;
            let at = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
            let derby = rows.iter().filter(|row| row[at("code")] == "E06000015");
            assert!(derby.into_iter().all(|row| row[at("slug")] == "derby-city-council"), "{address}");
        }
    }
    assert!(with_councils > 12, "{with_councils}");
}

#[test]
fn properties_of_the_map_layer_are_the_cells_of_its_csv() {
    let app = demonstration_app();
    let layer = app.get("/map.geojson?measure=compliance").json();
    let rows = app.get("/map.csv?measure=compliance").rows();
    let features = layer["features"].as_array().unwrap();
    assert!(features.len() > 290, "{}", features.len());
    for feature in features {
        let properties = feature["properties"].as_object().unwrap();
        let row = rows.iter().find(|row| properties["code"] == row["code"]).unwrap();
        assert_eq!(properties.len(), row.len() + 1, "the short name beside them");
        for (name, cell) in row {
            let value = &properties[name];
            assert!(!value.is_object() && !value.is_array(), "{name}: {value}");
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            assert_eq!(if value.is_null() { "" } else { &text }, cell, "{name}");
        }
    }
}

#[test]
fn the_page_of_downloads_tells_their_true_sizes() {
    let app = demonstration_app();
    let listed = app.get("/data.json").json();
    let files = listed["files"].as_array().unwrap();
    assert_eq!(files.len(), Dataset::ALL.len() + 1);
    let page = app.page("/data");
    for file in files {
        let path = file["path"].as_str().unwrap();
        assert!(page.contains(&format!("href=\"{path}\"")), "{path}");
        if path.ends_with(".sqlite") {
            assert_eq!(file["bytes"].as_u64(), u64::try_from(app.edition().len()).ok());
        } else {
            let csv = app.get(path);
            assert_eq!(file["bytes"].as_u64(), u64::try_from(csv.body.len()).ok(), "{path}");
            assert_eq!(file["rows"].as_u64(), u64::try_from(app.csv_rows(path).len() - 1).ok(), "{path}");
        }
    }
}
