//! Who may use whom (docs/architecture.md), read from the `use` lines of the sources.

use std::fs;
use std::path::{Path, PathBuf};

fn files(below: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(below).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Path below `src`, and text without its tests.
fn sources() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&src, &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&src).unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod").next().unwrap().to_owned();
            (name, code)
        })
        .filter(|(name, _)| !name.contains("tests"))
        .collect()
}

/// Modules of ours that a file names after `crate::`, groups included.
fn used(code: &str) -> Vec<String> {
    let mut all = Vec::new();
    for part in code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
        .split("crate::")
        .skip(1)
    {
        let names = match part.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap().split(',').map(str::trim).map(str::to_owned).collect(),
            None => vec![part.to_owned()],
        };
        for name in names {
            // Every address of the site is made in one file, for pages and data alike.
            if name.starts_with("views::links") {
                continue;
            }
            all.push(name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    all
}

#[test]
fn each_layer_uses_only_the_layers_below_it() {
    let may: [(&str, &[&str]); 12] = [
        ("domain", &["domain"]),
        ("geo", &["geo", "domain"]),
        ("db", &["db", "domain"]),
        ("demo", &["demo", "domain", "db", "import"]),
        ("read", &["read", "domain", "db", "geo"]),
        ("views", &["views", "domain", "read", "db", "geo"]),
        ("export", &["export", "domain", "read", "db", "geo"]),
        ("import", &["import", "domain", "geo", "db"]),
        ("site", &["site", "domain", "read", "db", "geo"]),
        ("pages", &["pages", "site", "domain", "read", "db", "geo", "views", "export"]),
        ("web", &["web", "pages", "site", "domain", "export", "views"]),
        ("cli", &["cli", "domain", "read", "db", "geo", "views", "export", "import", "site", "web", "demo"]),
    ];
    let mut wrong = Vec::new();
    for (file, code) in sources() {
        let layer = file.split(['/', '.']).next().unwrap().to_owned();
        let Some((_, allowed)) = may.iter().find(|(name, _)| *name == layer) else { continue };
        for name in used(&code).iter().filter(|name| may.iter().any(|(layer, _)| layer == name)) {
            if !allowed.contains(&name.as_str()) {
                wrong.push(format!("{file} uses {name}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn each_foreign_crate_has_its_home() {
    let homes: [(&str, &[&str]); 6] = [
        ("rusqlite", &["db"]),
        ("actix_web", &["web"]),
        ("maud", &["views"]),
        ("clap", &["cli"]),
        ("rust_xlsxwriter", &["export"]),
        ("indicatif", &["cli"]),
    ];
    let exceptions = [("pages/page.rs", "maud")];
    let mut wrong = Vec::new();
    for (file, code) in sources() {
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
        .map(|(file, code)| (file, code.lines().count()))
        .filter(|(_, lines)| *lines > 360)
        .map(|(file, lines)| format!("{file} has {lines} lines"))
        .collect();
    assert_eq!(long, Vec::<String>::new());
}
