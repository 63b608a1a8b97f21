//! The Ombudsman's own tables, as openpyxl, LibreOffice and plain CSV writers make them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::support::{Site, text};

const CSV_NAMES: [&str; 3] =
    ["1-Complaints-Received-24-25.csv", "2-Complaints-Decided-24-25.csv", "3-Complaints-Compliance-24-25.csv"];

pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tables")
}

/// All figures of the database in force.
fn figures(site: &Site) -> BTreeMap<(String, String), String> {
    let conn = site.open();
    let mut statement = conn
        .prepare("SELECT slug, field, value FROM cells JOIN councils c ON c.id = council_id WHERE year = '2024-25'")
        .unwrap();
    let rows = statement.query_map([], |row| {
        Ok(((row.get::<_, String>(0)?, row.get::<_, String>(1)?), row.get::<_, f64>(2)?.to_string()))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

fn imported(files: &[PathBuf], year: &[&str]) -> (Site, BTreeMap<(String, String), String>) {
    let site = Site::prepared();
    let names: Vec<String> = files.iter().map(|file| text(file)).collect();
    site.publish("statistics", &names.iter().map(String::as_str).collect::<Vec<_>>(), year);
    let found = figures(&site);
    (site, found)
}

#[test]
fn every_writer_and_layout_gives_the_same_figures() {
    let (_, expected) = imported(&[folder().join("expected.csv")], &[]);
    assert!(expected.len() > 300, "{}", expected.len());
    let mut variants: Vec<Vec<PathBuf>> =
        ["openpyxl.xlsx", "libreoffice.xlsx", "libreoffice.ods"].iter().map(|name| vec![folder().join(name)]).collect();
    for style in ["plain", "semicolons", "windows"] {
        variants.push(CSV_NAMES.iter().map(|name| folder().join(style).join(name)).collect());
    }
    for files in variants {
        let (site, found) = imported(&files, &["--year", "2024-25"]);
        for (key, value) in &expected {
            assert_eq!(found.get(key), Some(value), "{key:?} of {files:?}");
        }
        assert_eq!(found.len(), expected.len(), "{files:?}");
        // Every figure says where it stands.
        let places =
            site.count("SELECT count(*) FROM cells JOIN sources s ON s.id = source_id WHERE row > 3 AND file <> ''");
        assert_eq!(usize::try_from(places).unwrap(), found.len(), "{files:?}");
    }
}

#[test]
fn nothing_due_stays_apart_from_zero() {
    let (_, found) = imported(&[folder().join("openpyxl.xlsx")], &["--year", "2024-25"]);
    let trafford = |field: &str| found.get(&("trafford-metropolitan-borough-council".to_owned(), field.to_owned()));
    assert_eq!(trafford("investigated").map(String::as_str), Some("0"), "{:?}", found.keys().collect::<Vec<_>>());
    assert_eq!(trafford("uphold_rate"), None);
}

#[test]
fn a_table_without_its_year_is_refused_with_the_way_out() {
    let site = Site::prepared();
    let table = fs::read_to_string(folder().join("plain").join(CSV_NAMES[0])).unwrap();
    let untitled = site.file("received.csv", table.replacen(", 2024-25", "", 1));
    let answer = site.run(&["import", "statistics", &untitled]);
    assert_eq!(answer.status, 1);
    assert!(answer.err.contains("received.csv::3:: this is a table of complaints received"), "{}", answer.err);
    assert!(answer.err.contains("--year 2024-25"), "{}", answer.err);
}

#[test]
fn a_wrong_total_names_its_sheet_row_and_column() {
    let site = Site::prepared();
    let table = fs::read_to_string(folder().join("plain").join(CSV_NAMES[1])).unwrap();
    let wrong =
        table.replace("Brighton & Hove City Council,0,4,11,3,3,9,30,", "Brighton & Hove City Council,0,4,11,3,3,9,31,");
    assert_ne!(table, wrong);
    let file = site.file("decided.csv", wrong);
    let answer = site.run(&["import", "statistics", &file, "--year", "2024-25", "--publish"]);
    assert_eq!(answer.status, 1);
    assert!(
        answer.err.starts_with("decided.csv::6:Total: decided is 31; expected 30, the sum of the row"),
        "{}",
        answer.err
    );
}

#[test]
fn a_blank_part_may_be_the_rest_of_its_total_and_never_makes_it_too_high() {
    let table = fs::read_to_string(folder().join("plain").join(CSV_NAMES[1])).unwrap();
    let row = "Brighton & Hove City Council,0,4,11,3,3,9,30,";
    for (changed, status) in
        [("Brighton & Hove City Council,0,,11,3,3,9,30,", 0), ("Brighton & Hove City Council,0,,11,3,3,9,20,", 1)]
    {
        let site = Site::prepared();
        // The row of totals adds up what is known, so it is left out here.
        let lines: Vec<&str> = table.lines().filter(|line| !line.starts_with("Total")).collect();
        let file = site.file("decided.csv", lines.join("\n").replace(row, changed));
        let answer = site.run(&["import", "statistics", &file, "--year", "2024-25"]);
        assert_eq!(answer.status, status, "{changed}: {}", answer.err);
    }
}
