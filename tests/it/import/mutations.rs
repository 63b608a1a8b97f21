//! Two hundred ways to spoil a good table: each imports right or is refused with its place, and none panics.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;

use council_map::for_tests::Connection;
use council_map::for_tests::ImportKind;
use council_map::for_tests::Records;
use council_map::for_tests::Register;
use council_map::for_tests::ReportingYear;
use council_map::for_tests::Unwatched;
use council_map::for_tests::{Context, InputFile, Taught, read};
use fastrand::Rng;

use super::support::Site;
use super::tables::folder;

type Grid = Vec<Vec<String>>;
type Cells = BTreeMap<(i64, String), f64>;

/// What a spoilt table may do.
#[derive(Clone, Copy, Debug, PartialEq)]
enum May {
    /// Import, as long as every figure is right.
    BeRight,
    /// Only be refused.
    BeRefused,
}

struct Bench {
    site: Site,
    conn: Connection,
    register: Register,
}

impl Bench {
    fn new() -> Self {
        let site = Site::prepared();
        let conn = site.open();
        let register = Register::load(&conn).unwrap();
        Self { site, conn, register }
    }

    fn read(&self, name: &str, bytes: Vec<u8>) -> Result<Cells, Vec<String>> {
        let today = jiff::civil::date(2026, 11, 22);
        let year = ReportingYear::parse("2024-25").ok();
        let context = Context {
            register: &self.register,
            conn: &self.conn,
            today,
            visible_from: today,
            year,
            taught: &Taught::default(),
            progress: &Unwatched,
        };
        let mut files = [InputFile::in_memory(name, bytes, self.site.data())];
        match read(ImportKind::Statistics, &mut files, context) {
            (Some(Records::Statistics(records)), _) => Ok(records
                .into_iter()
                .flat_map(|record| {
                    record.cells.into_iter().map(move |(field, value)| ((record.council.0, field), value))
                })
                .collect()),
            (_, findings) => {
                assert!(!findings.problems.is_empty());
                Err(findings.problems.iter().map(ToString::to_string).collect())
            }
        }
    }

    fn holds(&self, what: &str, name: &str, bytes: Vec<u8>, expected: &Cells, may: May) {
        match self.read(name, bytes) {
            Ok(cells) => {
                assert_eq!(may, May::BeRight, "{what} was taken as right");
                for (key, value) in &cells {
                    assert_eq!(expected.get(key), Some(value), "{what}: {key:?}");
                }
            }
            Err(problems) => {
                assert!(
                    problems.iter().all(|problem| problem.starts_with(&format!("{name}:"))),
                    "{what}: {problems:?}"
                );
            }
        }
    }
}

fn grid() -> Grid {
    let text = fs::read(folder().join("plain/2-Complaints-Decided-24-25.csv")).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_slice());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn bytes(grid: &Grid) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in grid {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

/// The header stands in the second row of the grid, since the blank one is no record.
const HEADER: usize = 1;
const ROWS: std::ops::Range<usize> = 2..17;
const COLUMNS: std::ops::Range<usize> = 1..10;

fn spoil(grid: &mut Grid, number: usize, dice: &mut Rng) -> (String, May) {
    let (row, column) = (dice.usize(ROWS), dice.usize(COLUMNS));
    let counted = dice.usize(1..8);
    match number % 16 {
        0 => {
            let gone = grid.remove(row);
            grid.retain(|line| line[0] != "Total");
            (format!("without the row {gone:?}"), May::BeRight)
        }
        1 => {
            let twice = grid[row].clone();
            let what = format!("with the row {twice:?} twice");
            let councils = grid[row][0].contains("Council") || grid[row][0].contains("Borough");
            grid.insert(row, twice);
            (what, if councils { May::BeRefused } else { May::BeRight })
        }
        2 => {
            for line in grid.iter_mut().filter(|line| line.len() > column) {
                line.remove(column);
            }
            (format!("without column {column}"), May::BeRight)
        }
        3 => {
            for line in grid.iter_mut().filter(|line| line.len() > column) {
                let cell = line[column].clone();
                line.insert(column, cell);
            }
            (format!("with column {column} twice"), May::BeRefused)
        }
        4 => {
            "Colour".clone_into(&mut grid[HEADER][column]);
            (format!("with heading {column} renamed"), May::BeRefused)
        }
        5 => {
            let other = dice.usize(COLUMNS);
            for line in grid.iter_mut().filter(|line| line.len() > column.max(other)) {
                line.swap(column, other);
            }
            (format!("with columns {column} and {other} swapped"), May::BeRight)
        }
        6 => {
            let blank = vec![String::new(); 10];
            for _ in 0..dice.usize(1..6) {
                grid.insert(HEADER, blank.clone());
            }
            grid.insert(HEADER, vec!["Another note".to_owned()]);
            ("with the header further down".to_owned(), May::BeRight)
        }
        7 => {
            grid.remove(HEADER);
            ("without its header".to_owned(), May::BeRefused)
        }
        8 => {
            let total: u32 = grid[row][7].parse().unwrap();
            grid[row][7] = (total + 1).to_string();
            (format!("with a wrong total in row {row}"), May::BeRefused)
        }
        9 => {
            let name = ["Atlantis Borough Council", "Darby City Council", "Council"][dice.usize(0..3)];
            name.clone_into(&mut grid[row][0]);
            (format!("with {name}"), May::BeRefused)
        }
        10 => {
            let name = ["Dorset County Council", "Forest Heath District Council", "Taunton Deane Borough Council"]
                [dice.usize(0..3)];
            name.clone_into(&mut grid[row][0]);
            (format!("with the abolished {name}"), May::BeRefused)
        }
        11 => {
            let text = ["many", "1O", "7;8", "=1+1", "-4", "2.5"][dice.usize(0..6)];
            text.clone_into(&mut grid[row][counted]);
            (format!("with “{text}” in row {row}, column {counted}"), May::BeRefused)
        }
        12 => {
            let last = grid.iter().position(|line| line[0] == "Total").unwrap();
            let total: u32 = grid[last][counted].parse().unwrap();
            grid[last][counted] = (total + 3).to_string();
            (format!("with a wrong sum under column {counted}"), May::BeRefused)
        }
        13 => {
            for line in &mut *grid {
                line.insert(0, String::new());
            }
            ("one column further right".to_owned(), May::BeRight)
        }
        14 => {
            grid[HEADER].swap(5, 6);
            ("with “Upheld” and “Not Upheld” exchanged".to_owned(), May::BeRefused)
        }
        _ => {
            String::clear(&mut grid[row][0]);
            (format!("without the name of row {row}"), May::BeRefused)
        }
    }
}

#[test]
fn two_hundred_spoilt_tables_import_right_or_are_refused_with_their_place() {
    let bench = Bench::new();
    let expected = bench.read("decided.csv", bytes(&grid())).unwrap();
    assert!(expected.len() > 120, "{}", expected.len());
    let mut dice = Rng::with_seed(4);
    let mut refused = 0;
    for number in 0..208 {
        let mut spoilt = grid();
        let (what, may) = spoil(&mut spoilt, number, &mut dice);
        refused += u32::from(may == May::BeRefused);
        bench.holds(&what, "decided.csv", bytes(&spoilt), &expected, may);
    }
    assert!(refused > 100);
}

#[test]
fn damaged_spreadsheets_are_refused_or_read_right() {
    let bench = Bench::new();
    let mut dice = Rng::with_seed(5);
    for name in ["openpyxl.xlsx", "libreoffice.ods", "libreoffice.xlsx"] {
        let whole = fs::read(folder().join(name)).unwrap();
        let expected = bench.read(name, whole.clone()).unwrap();
        for _ in 0..10 {
            let cut = dice.usize(1..whole.len());
            bench.holds(&format!("{name} cut at {cut}"), name, whole[..cut].to_vec(), &expected, May::BeRefused);
        }
        for _ in 0..20 {
            let mut flipped = whole.clone();
            let at = dice.usize(0..whole.len());
            flipped[at] ^= 1 << dice.u8(0..8);
            bench.holds(&format!("{name} with byte {at} changed"), name, flipped, &expected, May::BeRight);
        }
        // What a file is, is decided by its content.
        bench.holds("renamed", "table.csv", whole, &expected, May::BeRight);
    }
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn spreadsheet(content: &str) -> Vec<u8> {
    let open = r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="a">"#;
    let close = "</table:table></office:spreadsheet></office:body></office:document-content>";
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest/>"),
        ("content.xml", format!("{open}{content}{close}").as_bytes()),
    ])
}

#[test]
fn bombs_and_locked_files_are_refused_before_they_do_harm() {
    let bench = Bench::new();
    let refused = |what: &str, content: Vec<u8>, word: &str| {
        let problems = bench.read("a.xlsx", content).expect_err(what);
        assert!(problems[0].contains(word), "{what}: {problems:?}");
    };
    refused("a zip bomb", archive(&[("xl/workbook.xml", &vec![0_u8; 101 * 1024 * 1024])]), "unpacks to more than");
    refused("an encrypted file", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1encrypted".to_vec(), "encrypted");
    refused("another archive", archive(&[("a.txt", b"hello")]), "no XLSX or ODS");
    refused("an empty archive", archive(&[]), "file");
    let cell =
        r#"<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16000"/>"#;
    let rows = format!(r#"<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>"#);
    refused("a million rows in a line", spreadsheet(&rows), "too large");
    refused("a picture", b"\x89PNG\r\n\x1a\n\0\0".to_vec(), "not text");
}
