//! Who may use whom: docs/architecture.md says it of the layers, and no files use each other in a circle.

mod uses;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use self::uses::{Source, circles, uses};

fn sources() -> Vec<Source> {
    uses::sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

/// The module map of docs/architecture.md: each folder below `src`, and the folders or files that it may use.
fn module_map() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/architecture.md")).unwrap();
    text.lines()
        .filter_map(|line| {
            let (folder, rest) = line.strip_prefix("| `src/")?.split_once("/` |")?;
            let (_, may_use) = rest.split_once('|')?;
            let names = may_use.split('`').skip(1).step_by(2);
            Some((folder.to_owned(), names.map(str::to_owned).collect()))
        })
        .collect()
}

/// The folder of the module map that a file belongs to, if any.
fn layer<'a>(map: &'a BTreeMap<String, Vec<String>>, file: &str) -> Option<&'a String> {
    map.keys().filter(|folder| Path::new(file).starts_with(folder)).max_by_key(|folder| folder.len())
}

#[test]
fn each_layer_uses_only_what_the_module_map_allows() {
    let map = module_map();
    let sources = sources();
    let mut wrong = Vec::new();
    for (file, used) in uses(&sources) {
        let Some(own) = layer(&map, file) else {
            if file != "main.rs" && !file.starts_with("lib.rs") {
                wrong.push(format!("{file} is in no folder of the module map"));
            }
            continue;
        };
        for other in used {
            let theirs = layer(&map, other);
            let file_allowed = map[own].iter().any(|name| other == format!("{name}.rs"));
            if theirs != Some(own) && !theirs.is_some_and(|name| map[own].contains(name)) && !file_allowed {
                wrong.push(format!("{file} uses {other}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let sources = sources();
    let uses = uses(&sources);
    let circles: Vec<String> = circles(&uses)
        .into_iter()
        .map(|circle| {
            let within = |file: &str| uses[file].intersection(&circle).copied().collect::<Vec<_>>().join(", ");
            circle.iter().map(|file| format!("\n  {file} uses {}", within(file))).collect()
        })
        .collect();
    assert!(circles.is_empty(), "{} circles:{}", circles.len(), circles.join("\n"));
}

#[test]
fn each_foreign_crate_has_its_home() {
    let homes: [(&str, &[&str]); 8] = [
        ("rusqlite", &["db"]),
        ("actix_web", &["web"]),
        ("maud", &["views"]),
        ("clap", &["cli"]),
        ("rust_xlsxwriter", &["export"]),
        ("indicatif", &["cli"]),
        ("krilla", &["export"]),
        ("rustybuzz", &["export"]),
    ];
    let exceptions = [("pages/page.rs", "maud")];
    let mut wrong = Vec::new();
    for Source { file, code, .. } in sources() {
        let layer = file.split(['/', '.']).next().unwrap().to_owned();
        let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for (name, allowed) in homes {
            let excepted = exceptions.contains(&(file.as_str(), name));
            if code.contains(&format!("{name}::")) && !allowed.contains(&layer.as_str()) && !excepted {
                wrong.push(format!("{file} names {name}"));
            }
        }
        if code.contains("PreEscaped") && file != "views/raw.rs" {
            wrong.push(format!("{file} names PreEscaped"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let long: Vec<String> = sources()
        .into_iter()
        .map(|source| (source.file, source.code.lines().count()))
        .filter(|(_, lines)| *lines > 360)
        .map(|(file, lines)| format!("{file} has {lines} lines"))
        .collect();
    assert_eq!(long, Vec::<String>::new());
}
