//! Files that are made to take all memory.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::support::Site;

/// A workbook of one long text that 15,000 cells repeat: 1.5 GB once each cell has its own.
fn workbook() -> Vec<u8> {
    const SHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let cell = |row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>");
    let cells: String = (1..=15_000).map(cell).collect();
    let book = "<sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets>";
    let link = format!("<Relationship Id=\"r1\" Type=\"{LINK}/worksheet\" Target=\"worksheets/sheet1.xml\"/>");
    let root = format!("<Relationship Id=\"r0\" Type=\"{LINK}/officeDocument\" Target=\"xl/workbook.xml\"/>");
    let parts = [
        ("_rels/.rels", format!("<Relationships xmlns=\"{PACKAGE}\">{root}</Relationships>")),
        ("xl/workbook.xml", format!("<workbook xmlns=\"{SHEET}\" xmlns:r=\"{LINK}\">{book}</workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships xmlns=\"{PACKAGE}\">{link}</Relationships>")),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{SHEET}\"><si><t>{}</t></si></sst>", "a".repeat(100_000))),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{SHEET}\"><sheetData>{cells}</sheetData></worksheet>"),
        ),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_that_takes_all_memory_ends_its_reader_and_is_named() {
    let site = Site::prepared();
    let answer = site.refused(&["import", "statistics", &site.file("bomb.xlsx", workbook()), "--year", "2019-20"]);
    assert!(answer.err.starts_with("bomb.xlsx:::: "), "{}", answer.err);
    assert!(answer.err.contains("more than 1 GB of memory"), "{}", answer.err);
}

/// How long a message on one line may be; and there are few of them.
fn short(said: &str) {
    assert!(said.len() < 60_000 && said.lines().all(|line| line.len() < 1_000), "{} bytes", said.len());
}

#[test]
fn wrong_rows_without_end_are_shown_as_two_hundred_and_one_long_line_not_at_all() {
    let site = Site::prepared();
    let rows = "Nobody,2019-20,7\n".repeat(30_000);
    let said =
        site.refused(&["import", "statistics", &site.file("rows.csv", format!("authority,year,upheld\n{rows}"))]).err;
    short(&said);
    assert_eq!(said.matches("Nobody").count(), 200, "{}", said.len());
    assert!(
        said.ends_with("and more than 9800 more\nmore than 10000 problems; nothing was changed\n"),
        "{}",
        said.len()
    );
    let line = "a".repeat(5 << 20);
    let file = site.file("line.csv", format!("authority,year,{line}\n{line},2019-20,7\n"));
    short(&site.refused(&["import", "statistics", &file]).err);
    short(&site.refused(&["check", &file]).err);
    let file = site.file("line.jsonl", format!("{{\"reference\": \"{line}\"}}"));
    short(&site.refused(&["import", "decisions", &file]).err);
}

#[test]
fn pages_and_areas_that_are_nested_without_end_are_refused_with_a_sentence() {
    let site = Site::prepared();
    let nested = |open: &str| open.repeat(3_000);
    for open in ["<div>", "<table><tr><td>", "<b>"] {
        let file = site.file("page.html", format!("<!doctype html><title>a</title><h1>b</h1>{}", nested(open)));
        let said = site.refused(&["import", "decisions", &file]).err;
        assert!(said.contains("page.html"), "{open}: {said}");
        short(&said);
    }
    let areas = site.file("areas.geojson", format!("{{\"type\":\"FeatureCollection\",\"features\":{}", nested("[")));
    let said = site.refused(&["import", "boundaries", &areas]).err;
    assert!(said.contains("areas.geojson"), "{said}");
    short(&said);
}

#[test]
fn what_a_file_says_to_a_terminal_is_not_passed_on() {
    let site = Site::prepared();
    let name = "\x1b[2Ja\x07.csv";
    let file = site.file(name, "authority,year,\x1b]0;title\x07\u{202e}\nDerby \x1b[31m\u{202e},2019-20,7\n");
    for args in [&["import", "statistics", &file][..], &["import", "decisions", &file], &["check", &file]] {
        let answer = site.refused(args);
        let said = answer.out + &answer.err;
        let odd = said.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
        assert_eq!(odd, None, "{args:?}: {said:?}");
    }
}
