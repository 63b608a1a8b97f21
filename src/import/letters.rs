//! Annual review letters: a list in CSV, and the documents beside it.

use std::collections::BTreeMap;

use super::problems::{Findings, quoted};
use super::table::{Columns, Fields, Row, Table};
use super::{Context, InputFile, cells, council_lookup, letter_text};
use crate::domain::letter::{Document, DocumentKind};
use crate::domain::record::LetterRecord;

const COLUMNS: Columns = Columns {
    required: &["authority", "year", "letter_date"],
    optional: &["document", "text", "url"],
    fields: Fields::None,
};
/// A letter as text; the longest have under 20,000 characters.
const MOST_TEXT: usize = 400_000;

pub(super) fn read(files: &mut [InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<LetterRecord> {
    let mut records: Vec<LetterRecord> = Vec::new();
    let mut seen = BTreeMap::new();
    for file in files {
        let Some(table) = Table::from_csv(file, COLUMNS, findings) else { continue };
        for row in table.told(context.progress) {
            let Some(record) = one(&row, file, context, findings) else { continue };
            if let Some(first) = seen.insert((record.council, record.year), row.location()) {
                findings.problem(
                    row.location(),
                    format!("the letter for {} stands twice, first at {first}", record.year),
                    "one letter for each council and year",
                );
            }
            records.push(record);
        }
    }
    records
}

fn one(row: &Row<'_>, file: &mut InputFile, context: Context<'_>, findings: &mut Findings) -> Option<LetterRecord> {
    let (council, year) = council_lookup::council_and_year(row, context, findings);
    let letter_date = row
        .need("letter_date", "the day on the letter", findings)
        .and_then(|cell| cells::day(&cell, Some(context.visible_from), findings));
    cells::after_year(row, "letter_date", letter_date, year, findings);
    let url = cells::optional_url(row, "url", findings);
    let (text, document) = document(row, file, findings);
    Some(LetterRecord {
        council: council?.id,
        year: year?,
        letter_date: letter_date?,
        html: text.as_deref().map(letter_text::clean),
        text,
        document,
        url,
        location: row.location(),
    })
}

/// The document of a row: what it is, is decided by its bytes and not by its name.
fn document(row: &Row<'_>, file: &mut InputFile, findings: &mut Findings) -> (Option<String>, Option<Document>) {
    let Some(cell) = row.get("document") else {
        // Checked like any text, and kept to the last line break, as a document would be.
        let checked = cells::optional_text(row, "text", MOST_TEXT, findings);
        return (checked.and(row.whole_text("text")).map(str::to_owned), None);
    };
    let bytes = match file.document(cell.text) {
        Ok(bytes) => bytes,
        Err(why) => {
            let expected = "the path of a PDF, text or Markdown file beside this one";
            findings.problem(cell.location, format!("{}: {why}", quoted(cell.text)), expected);
            return (None, None);
        }
    };
    let name = cell.text.rsplit(['/', '\\']).next().unwrap_or(cell.text).to_owned();
    if bytes.starts_with(b"%PDF-") {
        return (None, Some(Document { name, kind: DocumentKind::Pdf, bytes }));
    }
    // A page that says "not found", saved under the name of the letter, is the likeliest mistake.
    let ends = |end: &str| name.to_ascii_lowercase().ends_with(end);
    if ends(".pdf") || [".html", ".htm"].into_iter().any(ends) {
        let what = if ends(".pdf") { "is called a PDF and is none" } else { "is a web page" };
        findings.problem(cell.location, format!("{} {what}", quoted(cell.text)), "a PDF, text or Markdown file");
        return (None, None);
    }
    let text = std::str::from_utf8(&bytes)
        .ok()
        .filter(|text| !text.trim().is_empty() && text.chars().count() <= MOST_TEXT)
        .filter(|text| !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}')))
        .map(|text| text.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
    if text.is_none() {
        findings.problem(
            cell.location,
            format!("{} is neither a PDF nor text in UTF-8", quoted(cell.text)),
            "a PDF, text or Markdown file",
        );
        return (None, None);
    }
    (text, Some(Document { name, kind: DocumentKind::Text, bytes }))
}
