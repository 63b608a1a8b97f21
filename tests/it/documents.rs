//! What is written points only at what is there.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files of one of these kinds in a folder and below.
fn files(folder: &Path, kinds: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let made = ["target", "node_modules", "var", "real"].iter().any(|name| path.ends_with(name));
        if path.is_dir() && !hidden && !made {
            files(&path, kinds, found);
        } else if path.extension().is_some_and(|kind| kinds.iter().any(|one| kind == *one)) {
            found.push(path);
        }
    }
}

fn texts(kinds: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    files(root(), kinds, &mut found);
    found
        .into_iter()
        .map(|path| (path.strip_prefix(root()).unwrap().display().to_string(), fs::read_to_string(&path).unwrap()))
        .collect()
}

/// On one line, without the marks of comments: a citation may be broken over two lines.
fn unbroken(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(|line| line.trim_start_matches([' ', '/', '!', '#', '-', '*'])).collect();
    lines.join(" ")
}

#[test]
fn every_document_that_is_named_is_there_with_the_heading_named() {
    let (mut wrong, mut headings) = (Vec::new(), 0);
    for (file, text) in texts(&["rs", "sql", "mjs", "py", "css", "toml", "md"]) {
        let text = unbroken(&text);
        for after in text.split("docs/").skip(1) {
            let name: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || "/-_.".contains(*c)).collect();
            let Some((stem, _)) = name.rsplit_once(".md") else { continue };
            let name = format!("{stem}.md");
            let Ok(document) = fs::read_to_string(root().join("docs").join(&name)) else {
                wrong.push(format!("{file} names docs/{name}"));
                continue;
            };
            let behind = after.strip_prefix(&name).and_then(|rest| rest.strip_prefix(", \""));
            if let Some(heading) = behind.and_then(|rest| rest.split('"').next()) {
                headings += 1;
                if !document.contains(&format!("\n## {heading}\n")) {
                    wrong.push(format!("{file} names the heading “{heading}” of docs/{name}"));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(headings > 5, "only {headings} headings are named");
}

#[test]
fn every_link_from_one_document_to_another_leads_somewhere() {
    let (mut wrong, mut followed) = (Vec::new(), 0);
    for (file, text) in texts(&["md"]) {
        let folder = root().join(&file).parent().unwrap().to_owned();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            if target.is_empty() || target.contains("://") {
                continue;
            }
            followed += 1;
            if !folder.join(target).exists() {
                wrong.push(format!("{file} links to {target}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(followed > 5, "only {followed} links were followed");
}
