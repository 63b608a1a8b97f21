//! The report of an import as a page that stands alone: it is sent and filed, so it carries its own style.

use maud::{DOCTYPE, Markup, html};

use super::raw;
use crate::domain::format;
use crate::domain::location::Problem;
use crate::domain::tally::Tally;

/// What the report says.
#[derive(Clone, Copy, Debug)]
pub struct ImportReport<'a> {
    /// What was imported, in a word of the command line.
    pub kind: &'a str,
    /// The files, as they were named.
    pub files: &'a [String],
    /// How it ended, in a sentence.
    pub ending: &'a str,
    /// What is wrong; with any of these nothing was changed.
    pub problems: &'a [Problem],
    /// What a person should look at.
    pub remarks: &'a [Problem],
    /// What it changes, where there are no problems.
    pub tally: Option<&'a Tally>,
}

/// The page.
pub fn page(report: &ImportReport<'_>) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Import of " (report.kind) " · Council Map" }
                style { (raw::style_sheet()) }
            }
            body {
                main.wrap {
                    h1 { "Import of " (report.kind) }
                    p.lede { (report.ending) }
                    h2 { "Files" }
                    ul { @for file in report.files { li { (file) } } }
                    @if !report.problems.is_empty() {
                        (places("Problems", report.problems, "Nothing was changed. Each of these must be put right in its file, or the file left out."))
                    }
                    @if !report.remarks.is_empty() {
                        (places("To look at", report.remarks, "These do not stop the import. They may be right all the same."))
                    }
                    @if let Some(tally) = report.tally { (changes(tally)) }
                }
            }
        }
    }
}

fn places(title: &str, problems: &[Problem], explanation: &str) -> Markup {
    html! {
        h2 { (title) " (" (problems.len()) ")" }
        div.scroll {
            table {
                caption { (explanation) }
                thead { tr {
                    th scope="col" { "File" }
                    th scope="col" { "Sheet" }
                    th.n scope="col" { "Row" }
                    th scope="col" { "Column" }
                    th scope="col" { "Found" }
                    th scope="col" { "Expected" }
                } }
                tbody {
                    @for problem in problems {
                        tr {
                            th scope="row" { (problem.location.file) }
                            td { (problem.location.sheet.as_deref().unwrap_or("–")) }
                            td.n { (problem.location.row.map_or_else(|| "–".to_owned(), |row| row.to_string())) }
                            td { (problem.location.column.as_deref().unwrap_or("–")) }
                            td { (problem.found) }
                            td { (problem.expected) }
                        }
                    }
                }
            }
        }
    }
}

fn changes(tally: &Tally) -> Markup {
    html! {
        h2 { "Changes" }
        p {
            (format::count(tally.added)) " added, " (format::count(tally.changed)) " changed, "
            (format::count(tally.removed)) " removed, " (format::count(tally.unchanged)) " as before."
        }
        ul { @for line in &tally.lines { li { (line) } } }
    }
}
