//! Letters as they come, without a list: PDF of two makers and five forms, Word, web pages, text.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::support::{Site, text};

/// A letter as text, in the form of 2019-20.
const LETTER: &str = "22 July 2020\n\nBy email\n\nMs A Example\nChief Executive\nDerby City Council\n\nDear Ms Example\n\n\
    Annual Review letter 2020\n\nI write to you about the year ending 31 March 2020.\n\n\
    54% of complaints we investigated were upheld.\n\nThis compares to an average of 56% in similar authorities.\n\n\
    7 upheld decisions\n\nStatistics are based on a total of 13 detailed investigations for the period between 1 April 2019 to 31 March 2020\n";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/letters").join(name)
}

fn figures(site: &Site, slug: &str, year: &str) -> Vec<(String, f64)> {
    let conn = site.open();
    let sql = "SELECT field, value FROM cells JOIN councils c ON c.id = council_id WHERE slug = ?1 AND year = ?2 ORDER BY field";
    let mut statement = conn.prepare(sql).unwrap();
    let rows = statement.query_map([slug, year], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_folder_of_letters_gives_council_year_day_office_text_and_figures_of_every_form() {
    let site = Site::prepared();
    for name in ["2018-three-rivers", "2019-hampshire", "2022-richmondshire", "2023-trafford", "2024-kent"] {
        let name = format!("{name}.pdf");
        site.file(&format!("letters/{name}"), fs::read(fixture(&name)).unwrap());
    }
    let folder = text(Path::new(&site.file("letters/.hidden", "")).parent().unwrap());
    site.publish("letters", &[&folder], &[]);
    let listed = fs::read_to_string(fixture("figures.csv")).unwrap();
    let rows: Vec<Vec<&str>> = listed.lines().skip(1).map(|line| line.split(',').collect()).collect();
    for row in &rows {
        let value = site.cell(row[0], row[1], row[2]);
        assert_eq!(value, row[3].parse().ok(), "{row:?}");
    }
    let all = site.count("SELECT count(*) FROM cells");
    assert_eq!(usize::try_from(all).unwrap(), rows.len(), "nothing else was read");
    let whole = "SELECT count(*) FROM letters WHERE text IS NOT NULL AND document_id IS NOT NULL AND office = 'Chief Executive'";
    assert_eq!(site.count(whole), 5);
    let conn = site.open();
    let sql = "SELECT letter_date, text FROM letters WHERE year = '2024-25'";
    let (day, letter): (String, String) = conn.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(day, "2025-07-21");
    let places = [
        "Dear Chief Executive",
        "Complaint statistics",
        "Complaints dealt with",
        "Compliance with",
        "Satisfactory remedies provided by the organisation",
    ];
    let order: Vec<usize> = places.iter().map(|words| letter.find(words).unwrap()).collect();
    assert!(order.is_sorted(), "in the order of reading: {letter}");
}

/// A document of Word with these paragraphs.
fn docx(paragraphs: &str) -> Vec<u8> {
    let runs: String = paragraphs
        .split("\n\n")
        .map(|one| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", one.replace('\n', "</w:t><w:br/><w:t>")))
        .collect();
    let xml =
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"x\" xmlns:mc=\"y\"><w:body>{runs}</w:body></w:document>");
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    archive.write_all(xml.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn word_web_pages_markdown_and_text_read_alike() {
    let html = LETTER.split("\n\n").map(|one| format!("<p>{}</p>", one.replace('\n', "<br>"))).collect::<String>();
    for (name, bytes) in [
        ("a.docx", docx(LETTER)),
        ("a.html", format!("<!DOCTYPE html><html><body><nav>Menu</nav>{html}</body></html>").into_bytes()),
        ("a.txt", LETTER.replace('\n', "\r\n").into_bytes()),
        ("a.md", LETTER.replace("54%", "**54%**").replace("Annual", "# Annual").into_bytes()),
    ] {
        let site = Site::prepared();
        site.publish("letters", &[&site.file(name, &bytes)], &[]);
        let expected = [("investigated", 13.0), ("uphold_rate", 54.0), ("uphold_rate_similar", 56.0), ("upheld", 7.0)];
        let mut read = figures(&site, "derby-city-council", "2019-20");
        read.sort_by(|a, b| a.0.cmp(&b.0));
        let mut expected = expected.map(|(field, value)| (field.to_owned(), value));
        expected.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(read, expected, "{name}");
        assert_eq!(site.count("SELECT count(*) FROM letters WHERE html LIKE '%<br>%Derby City Council%'"), 1, "{name}");
    }
}

#[test]
fn a_letter_is_held_against_the_table_and_the_table_stays() {
    let site = Site::prepared();
    let table =
        |upheld, investigated| format!("authority,year,upheld,investigated\nDerby,2019-20,{upheld},{investigated}\n");
    site.publish("statistics", &[&site.file("t.csv", table(7, 13))], &[]);
    let letter = site.file("letter.txt", LETTER);
    site.publish("letters", &[&letter], &[]);
    assert_eq!(
        site.cell("derby-city-council", "2019-20", "uphold_rate"),
        Some(54.0),
        "what the table lacks is the letter's"
    );
    let site = Site::prepared();
    site.publish("statistics", &[&site.file("t.csv", table(8, 13))], &[]);
    let answer = site.publish("letters", &[&site.file("letter.txt", LETTER)], &[]);
    assert!(answer.err.contains("letter.txt:::upheld") && answer.err.contains("is 7 in the letter"), "{}", answer.err);
    assert!(answer.err.contains("expected 8, as the table has it"), "{}", answer.err);
    assert_eq!(figures(&site, "derby-city-council", "2019-20").len(), 2, "nothing of a letter that differs");
}

#[test]
fn a_table_that_comes_later_takes_the_place_of_what_a_letter_printed() {
    let site = Site::prepared();
    site.publish("letters", &[&site.file("letter.txt", LETTER)], &[]);
    assert_eq!(figures(&site, "derby-city-council", "2019-20").len(), 4);
    let table = "authority,year,upheld,investigated\nDerby,2019-20,9,15\n";
    let answer = site.publish("statistics", &[&site.file("t.csv", table)], &[]);
    assert!(answer.out.contains("upheld 2019-20: 7 -> 9"), "both are named: {}", answer.out);
    let expected = [("investigated".to_owned(), 15.0), ("upheld".to_owned(), 9.0)];
    assert_eq!(figures(&site, "derby-city-council", "2019-20"), expected);
}

#[test]
fn what_is_no_letter_to_a_council_is_named_and_nothing_changes() {
    let site = Site::prepared();
    let pdf = fs::read(fixture("2019-hampshire.pdf")).unwrap();
    let files: [(&str, Vec<u8>, &str); 12] = [
        ("half.pdf", pdf[..pdf.len() / 2].to_vec(), "breaks off"),
        ("scan.pdf", fs::read(fixture("scan.pdf")).unwrap(), "no text in it"),
        ("locked.pdf", fs::read(fixture("encrypted.pdf")).unwrap(), "encrypted"),
        ("page.pdf", b"<html><body>Not found</body></html>".to_vec(), "called a PDF and is none"),
        ("letter.rtf", b"{\\rtf1\\ansi Dear Chief Executive\\par}".to_vec(), "RTF"),
        ("old.doc", vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "before 2007"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0".to_vec(), "neither a PDF"),
        ("empty.txt", Vec::new(), "empty"),
        (
            "park.txt",
            LETTER.replace("Derby City Council", "Peak District National Park Authority").into(),
            "is no council",
        ),
        ("near.txt", LETTER.replace("Derby City", "Derbey City").into(), "perhaps Derby City Council"),
        ("years.txt", LETTER.replace("ending 31 March 2020", "ending 31 March 2019").into(), "2018-19 and 2019-20"),
        ("day.txt", LETTER.replace("22 July 2020", "").into(), "no day stands over the letter"),
    ];
    for (name, bytes, words) in &files {
        let answer = site.refused(&["import", "letters", &site.file(name, bytes), "--publish"]);
        assert!(answer.err.starts_with(name) && answer.err.contains(words), "{name}: {}", answer.err);
        assert_eq!(answer.err.lines().count(), 2, "{name} has one problem: {}", answer.err);
    }
    let twice = [site.file("one.txt", LETTER), site.file("two.txt", LETTER)];
    let answer = site.refused(&["import", "letters", &twice[0], &twice[1]]);
    assert!(answer.err.contains("two.txt") && answer.err.contains("first at one.txt"), "{}", answer.err);
    let answer = site.refused(&["import", "letters", &twice[0], "--year", "2020-21"]);
    assert!(answer.err.contains("about 2019-20, but --year says 2020-21"), "{}", answer.err);
}

#[test]
fn a_document_nested_without_end_is_named() {
    let site = Site::prepared();
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    archive.write_all("<w:p>".repeat(200_000).as_bytes()).unwrap();
    let bytes = archive.finish().unwrap().into_inner();
    let answer = site.refused(&["import", "letters", &site.file("deep.docx", bytes)]);
    assert!(answer.err.starts_with("deep.docx:::: there is no text in the file"), "{}", answer.err);
}
