//! JSON Lines: one object on each line, with the names of the CSV's columns.

use serde_json::{Map, Value};

use super::apart::{self, Job};
use super::problems::Findings;
use super::sheet::{LONG, Line, Sheet, decode, start};
use crate::domain::location::Location;

/// Whether a file holds JSON Lines, by its name or its first character.
pub(super) fn looks_like(name: &str, bytes: &[u8]) -> bool {
    let by_name = [".jsonl", ".ndjson", ".json"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    by_name || bytes.trim_ascii_start().starts_with(b"{")
}

/// Turns the objects into a sheet: one column for each name that occurs; lists and objects stay JSON text.
/// A long file is read once it is known that it can be within the limits.
pub(super) fn sheet(name: &str, bytes: &[u8], findings: &mut Findings) -> Option<Sheet> {
    if bytes.len() >= LONG
        && let Err(limit) = apart::tried(Job::Lines, bytes)
    {
        findings.problem(
            Location::file(name),
            format!("{limit}; only its start is looked at"),
            "decisions as docs/importing.md shows them",
        );
        return parse(name, start(bytes), findings);
    }
    parse(name, bytes, findings)
}

/// The same without a process of its own.
pub(super) fn parse(name: &str, bytes: &[u8], findings: &mut Findings) -> Option<Sheet> {
    let place = Location::file(name);
    let text = decode(bytes);
    let mut objects: Vec<(u32, Map<String, Value>)> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(object)) => {
                for name in object.keys().filter(|name| !names.contains(name)).cloned().collect::<Vec<_>>() {
                    names.push(name);
                }
                objects.push((number, object));
            }
            Ok(_) => {
                findings.problem(place.at_row(number), "the line is not an object", "one JSON object on each line");
            }
            Err(error) => findings.problem(
                place.at_row(number),
                format!("the line is not JSON: {error}"),
                "one JSON object on each line",
            ),
        }
        // An object with endless new names would make the table as wide as the file is long.
        if names.len() > 100 {
            findings.problem(place.at_row(number), "too many different names", "the names of the columns");
            return None;
        }
    }
    let mut lines = Vec::with_capacity(objects.len() + 1);
    lines.push(Line { number: 1, cells: names.clone() });
    for (number, object) in objects {
        let cells = names.iter().map(|name| object.get(name).map(shown).unwrap_or_default()).collect();
        lines.push(Line { number, cells });
    }
    Some(Sheet { place, lines })
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
