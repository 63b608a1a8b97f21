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
