//! Every command that a document shows in a block of its own runs as it stands there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Commands that are not run, with the reason. What the program itself would do is still parsed.
const NOT_RUN: [(&str, &str); 8] = [
    ("cargo install --locked --path .", "builds the program, which this test has already"),
    ("cargo run --release", "builds, then serves for ever"),
    ("cargo run --release -- real", "builds, then serves for ever"),
    ("./test", "would begin this test again"),
    ("council-map serve --data real", "serves for ever"),
    ("council-map serve --listen 127.0.0.1:8080 --data /var/lib/council-map --no-demo", "serves for ever"),
    ("council-map serve --data /var/lib/council-map --public-url https://map.example.org", "serves for ever"),
    (
        "council-map serve --preview-as-of 2026-07-29T09:00:00+01:00 --listen 127.0.0.1:8081",
        "serves for ever, on a port that may be taken",
    ),
];

/// A decision as a browser saved it.
const PAGE: &str =
    "<!DOCTYPE html><html><body><h1>Leeds City Council (19 018 222)</h1><p>Category: Housing &gt; Allocations</p>
<p>Decision: Upheld</p><p>Decision date: 2 July 2020</p></body></html>";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// README.md and what lies directly in docs/.
fn documents() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.push(root().join("README.md"));
    found.retain(|path| path.extension().is_some_and(|kind| kind == "md"));
    found.sort();
    found
}

/// The commands of the blocks marked `sh`, without the notes behind them.
fn commands(document: &Path) -> Vec<String> {
    let text = fs::read_to_string(document).unwrap();
    let mut found = Vec::new();
    let mut block = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), block) {
            (Some(kind), None) => {
                assert!(!kind.is_empty(), "{}: a block must say what it holds: sh or text", document.display());
                block = Some(kind == "sh");
            }
            (Some(_), Some(_)) => block = None,
            (None, Some(true)) => {
                let command = line.split(" #").next().unwrap().trim();
                if !command.is_empty() {
                    found.push(command.to_owned());
                }
            }
            (None, _) => {}
        }
    }
    found
}

/// A folder with the files that the documents name.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let copy = |from: &str, to: &str| fs::copy(root().join(from), folder.path().join(to)).unwrap();
    for name in ["data/published", "new-files", "surrey-2027"] {
        fs::create_dir_all(folder.path().join(name)).unwrap();
    }
    copy("data/published/national.csv", "new-files/national.csv");
    for name in ["statistics", "other-pages", "own-pages", "national", "decisions"] {
        copy(&format!("data/published/{name}.csv"), &format!("data/published/{name}.csv"));
    }
    copy("data/published/statistics.csv", "figures.csv");
    for name in ["authorities.csv", "boundaries.geojson", "postcodes.csv"] {
        copy(&format!("tests/fixtures/surrey-2027/{name}"), &format!("surrey-2027/{name}"));
    }
    // What a table is, is told by its content and not by its name.
    for (name, to) in [("1-Complaints-Received", "1-received"), ("2-Complaints-Decided", "2-decided")] {
        copy(&format!("tests/fixtures/tables/plain/{name}-24-25.csv"), &format!("{to}.xlsx"));
    }
    copy("tests/fixtures/tables/plain/3-Complaints-Compliance-24-25.csv", "3-compliance.xlsx");
    let write = |name: &str, content: &str| fs::write(folder.path().join(name), content).unwrap();
    write("letters.csv", "authority,year,letter_date,document\nderby-city-council,2019-20,2020-07-22,derby.txt\n");
    write("derby.txt", "Dear Chief Executive\n");
    fs::create_dir_all(folder.path().join("letters")).unwrap();
    copy("tests/fixtures/letters/2019-hampshire.pdf", "letters/hampshire.pdf");
    fs::create_dir_all(folder.path().join("saved")).unwrap();
    write("saved/19-018-222.html", PAGE);
    write("names.csv", "alias,authority\nCouncil at the Council House,derby-city-council\n");
    folder
}

fn run(program: &str, args: &[&str], folder: &Path) -> Output {
    let mut command = if program == "council-map" { crate::support::fixture::program() } else { Command::new(program) };
    command.args(args).current_dir(folder);
    command.output().unwrap()
}

/// What a command gives to the program, when it is one of the program's.
fn arguments(command: &str) -> Option<Vec<&str>> {
    let rest = command.strip_prefix("council-map").or_else(|| command.strip_prefix("cargo run --release"))?;
    Some(rest.split_whitespace().filter(|word| *word != "--").collect())
}

#[test]
fn every_command_of_the_documents_runs_as_it_is_written() {
    let mut ran = 0;
    for document in documents() {
        let folder = folder();
        for command in commands(&document) {
            let said = |output: &Output| {
                format!("{}: {command}: {}", document.display(), String::from_utf8_lossy(&output.stderr))
            };
            if NOT_RUN.iter().any(|(known, _)| *known == command) {
                // Asked for help, the program looks at the words before it all the same.
                if let Some(mut args) = arguments(&command) {
                    args.push("--help");
                    let output = run("council-map", &args, folder.path());
                    assert!(output.status.success(), "{}", said(&output));
                }
                continue;
            }
            let mut words = command.split_whitespace();
            let program = words.next().unwrap();
            assert_eq!(program, "council-map", "{}: {command}: run it here, or say why not", document.display());
            let output = run(program, &words.collect::<Vec<_>>(), folder.path());
            assert!(output.status.success(), "{}", said(&output));
            ran += 1;
        }
    }
    assert!(ran > 5, "only {ran} commands were run");
}

#[test]
fn no_command_is_left_out_that_no_document_shows() {
    let shown: BTreeSet<String> = documents().iter().flat_map(|document| commands(document)).collect();
    let stale: Vec<&str> =
        NOT_RUN.iter().map(|(command, _)| *command).filter(|command| !shown.contains(*command)).collect();
    assert_eq!(stale, Vec::<&str>::new());
}

#[test]
fn asking_for_help_does_not_hide_a_wrong_option() {
    let output = run("council-map", &["serve", "--no-such-option", "--help"], Path::new("."));
    assert_eq!(output.status.code(), Some(2));
}
