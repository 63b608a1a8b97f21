//! Where the values of a table came from: release, file, sheet and rows, in few lines.

use maud::{Markup, html};

use super::figure;
use crate::db::sources::Source;

/// The sources under a table: each file once, with its rows and what each holds.
pub fn list<'a, Of: ToString>(values: impl IntoIterator<Item = (Of, &'a Source)>) -> Markup {
    let mut files: Vec<(Source, Vec<(Option<u32>, String)>)> = Vec::new();
    for (of, source) in values {
        let file = Source { row: None, ..source.clone() };
        let place = (source.row, of.to_string());
        match files.iter_mut().find(|(known, _)| *known == file) {
            Some((_, places)) => places.push(place),
            None => files.push((file, vec![place])),
        }
    }
    html! {
        @if !files.is_empty() {
            details.src {
                summary { "Where these figures come from" }
                ul { @for (file, places) in &files { li { (figure::cite_rows(file, &rows(places))) } } }
            }
        }
    }
}

/// The rows in words: "row 12", or "rows 12 (2019-20), 45 (2020-21)" where they differ.
fn rows(places: &[(Option<u32>, String)]) -> String {
    let mut known = places.iter().filter_map(|(row, of)| row.map(|row| (row, of)));
    let Some((first, of)) = known.next() else { return String::new() };
    let rest: Vec<(u32, &String)> = known.collect();
    if rest.iter().all(|(row, _)| *row == first) {
        return if rest.is_empty() { format!(", row {first} ({of})") } else { format!(", row {first}") };
    }
    let all = std::iter::once((first, of)).chain(rest);
    format!(", rows {}", all.map(|(row, of)| format!("{row} ({of})")).collect::<Vec<_>>().join(", "))
}
