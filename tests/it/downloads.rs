//! Whole tables and the SQLite file.

use std::collections::BTreeSet;

use council_map::for_tests::Dataset;

use crate::support::fixture::demonstration_app;

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
