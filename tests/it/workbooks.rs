//! Workbooks hold the rows of the CSV, and say where they came from.

use std::io::Cursor;
use std::time::{Duration, Instant};

use calamine::{Data, Reader, Xlsx};

use crate::support::app::TestApp;
use crate::support::fixture::{demonstration, demonstration_app};

const COMPARED: &str = "c=derby-city-council&c=leicester-city-council&measure=upheld";

fn workbook(app: &TestApp, address: &str) -> Xlsx<Cursor<Vec<u8>>> {
    let answer = app.get(address);
    assert_eq!(answer.status, 200, "{address}");
    assert_eq!(answer.header("content-type"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    Xlsx::new(Cursor::new(answer.body)).unwrap()
}

fn sheet_rows(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<Vec<String>> {
    assert!(book.worksheet_formula(sheet).unwrap().is_empty(), "{sheet}: no cell is a formula");
    let range = book.worksheet_range(sheet).unwrap();
    let written = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        other => panic!("{other:?}"),
    };
    range.rows().map(|row| row.iter().map(written).collect()).collect()
}

#[test]
fn a_workbook_holds_the_rows_of_the_csv() {
    let app = demonstration_app();
    for (address, query) in [("/councils/derby-city-council", String::new()), ("/compare", format!("?{COMPARED}"))] {
        let rows = app.csv_rows(&format!("{address}.csv{query}"));
        assert!(rows.len() >= 3, "{address}");
        let mut book = workbook(app, &format!("{address}.xlsx{query}"));
        assert_eq!(sheet_rows(&mut book, "Figures"), rows, "{address}");
    }
}

#[test]
fn a_councils_workbook_says_what_it_is_and_counts_what_was_received_and_decided() {
    let app = demonstration_app();
    let mut book = workbook(app, "/councils/derby-city-council.xlsx");
    assert_eq!(book.sheet_names(), ["About", "Figures", "Received by area", "Decided by outcome"]);
    let about = sheet_rows(&mut book, "About");
    let said = |what: &str| about.iter().find(|row| row[0] == what).map(|row| row[1].clone()).unwrap_or_default();
    assert_eq!(said("Council"), "Derby City Council");
    assert!(said("Invented").starts_with("Yes"), "{about:?}");
    for what in ["Source", "Licence", "Retrieved", "Published here", "State", "Verdict", "Break before 2022-23"] {
        assert!(!said(what).is_empty(), "{what}: {about:?}");
    }
    let json = app.get("/councils/derby-city-council/statistics.json").json();
    let received = sheet_rows(&mut book, "Received by area");
    let first = &json["received"][0];
    assert_eq!(received[1][1], first["areas"][0]["key"].as_str().unwrap());
    assert_eq!(received[1][3], first["areas"][0]["count"].to_string());
}

#[test]
fn a_workbook_keeps_its_bytes_for_as_long_as_the_data_stays() {
    let addresses = ["/councils/derby-city-council.xlsx".to_owned(), format!("/compare.xlsx?{COMPARED}")];
    let made = addresses.each_ref().map(|address| demonstration_app().get(address));
    let began = Instant::now();
    let other = TestApp::start(demonstration());
    // A workbook names seconds, and its archive every second one.
    std::thread::sleep(Duration::from_secs(2).saturating_sub(began.elapsed()));
    for (address, first) in addresses.iter().zip(made) {
        let again = other.get(address);
        assert_eq!((first.header("etag"), &first.body), (again.header("etag"), &again.body), "{address}");
        assert!(first.header("content-disposition").ends_with(".xlsx\""), "{}", first.header("content-disposition"));
    }
}
