//! Files of several kinds at once: recognised, checked together, published as one version.

use std::fs;
use std::path::Path;

use super::support::{Site, text};

const FIGURES: &str = "authority,year,investigated,upheld\nOur little town,2019-20,13,7\n";
const NAMES: &str = "alias,authority\nOur little town,derby-city-council\n";
const POPULATION: &str = "authority,year,population\nDerby,2023,270000\n";

/// A folder with files of four kinds and notes.
fn folder(site: &Site) -> String {
    site.file("drop/a-figures.csv", FIGURES);
    site.file("drop/names.csv", NAMES);
    site.file("drop/people.txt", POPULATION);
    let letter = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/letters/2019-hampshire.pdf");
    site.file("drop/letter.pdf", fs::read(letter).unwrap());
    let notes = site.file("drop/notes.txt", "To be asked: the letter of Kent.\n");
    text(Path::new(&notes).parent().unwrap())
}

#[test]
fn a_folder_is_recognised_checked_together_and_published_as_one_version() {
    let site = Site::prepared();
    let folder = folder(&site);
    let before = site.everything();
    let checked = site.run(&["check", &folder]);
    assert_eq!(checked.status, 0, "{}", checked.err);
    for line in [
        "a-figures.csv: statistics: row 1 has its columns",
        "names.csv: aliases: row 1 has its columns",
        "people.txt: population: row 1 has its columns",
        "statistics: 2 added, 0 changed",
        "checked only; nothing was changed",
    ] {
        assert!(checked.out.contains(line), "{line}: {}", checked.out);
    }
    assert!(checked.out.contains("letter.pdf: letters: it is a PDF"), "{}", checked.out);
    assert!(checked.out.contains("notes.txt: passed over: "), "{}", checked.out);
    assert_eq!(site.everything(), before);
    let versions = site.editions().editions.len();
    let published = site.run(&["import", &folder, "--publish"]);
    assert_eq!(published.status, 0, "{}", published.err);
    assert_eq!(site.editions().editions.len(), versions + 1);
    assert_eq!(site.cell("derby-city-council", "2019-20", "upheld"), Some(7.0));
    assert_eq!(site.cell("hampshire-county-council", "2019-20", "upheld"), Some(17.0), "from the letter");
    assert_eq!(site.count("SELECT population FROM populations WHERE year = 2023"), 270_000);
    let again = site.run(&["import", &folder, "--publish"]);
    assert!(again.out.contains("nothing new, so nothing was published"), "{}", again.out);
}

#[test]
fn one_wrong_file_of_a_folder_keeps_all_of_them_out() {
    let site = Site::prepared();
    let folder = folder(&site);
    site.file("drop/people.txt", "authority,year,population\nDerby,2023,many\n");
    let answer = site.refused(&["import", &folder, "--publish"]);
    assert!(answer.err.contains("people.txt::2:population: “many”"), "{}", answer.err);
    assert!(answer.err.ends_with("1 problem; nothing was changed\n"), "{}", answer.err);
}

#[test]
fn a_file_without_a_kind_is_recognised_or_its_kind_is_asked_for() {
    let site = Site::prepared();
    let json = site.run(&["check", &site.file("a.csv", "year,upheld\n2010-11,7\n")]);
    assert!(json.out.contains("a.csv: national: row 1 has its columns"), "{}", json.out);
    let letter = site.file("letter.txt", "Dear Chief Executive\n\nA letter.\n");
    let answer = site.refused(&["import", &letter]);
    assert!(answer.err.contains("expected a file of a known kind; name its kind before it"), "{}", answer.err);
    let typed = site.run(&["import", "statistic", &letter]);
    assert_eq!(typed.status, 2);
    assert!(typed.err.contains("“statistic” cannot be imported; expected one of"), "{}", typed.err);
}
