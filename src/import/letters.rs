//! Annual review letters: as they come, or a list in CSV with the documents beside it.

mod as_they_come;
mod documents;

use std::collections::BTreeMap;

use self::documents::{Unread, kept, text_of};
use super::document::{MOST_TEXT, NoText};
use super::problems::{Findings, quoted};
use super::sheet::decode;
use super::table::{Columns, Fields, Row, Table, column_name};
use super::{Context, InputFile, cells, council_lookup, letter_text};
use crate::domain::council::CouncilId;
use crate::domain::letter::{Document, DocumentKind};
use crate::domain::location::Location;
use crate::domain::record::LetterRecord;
use crate::domain::year::ReportingYear;

const COLUMNS: Columns = Columns {
    required: &["authority", "year", "letter_date"],
    optional: &["document", "text", "url"],
    fields: Fields::None,
};

pub(super) fn read(files: &mut [InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<LetterRecord> {
    let mut records: Vec<LetterRecord> = Vec::new();
    let mut seen = Seen::default();
    let (lists, letters): (Vec<&mut InputFile>, Vec<&mut InputFile>) = files.iter_mut().partition(|file| is_list(file));
    let mut listed: Vec<Vec<u8>> = Vec::new();
    for file in lists {
        let Some(table) = Table::from_csv(file, COLUMNS, findings) else { continue };
        table.each_row(context.progress, findings, |row, findings| {
            let Some(record) = one(row, file, context, findings) else { return };
            seen.once(&record, findings);
            records.push(record);
        });
        listed.extend(file.documents.iter().map(|(_, bytes)| bytes.clone()));
    }
    // A folder holds the documents of its list too.
    let letters: Vec<&InputFile> =
        letters.into_iter().map(|file| &*file).filter(|file| !listed.contains(&file.bytes)).collect();
    for file in crate::domain::progress::each(context.progress, "Reading letters", letters.iter()) {
        let Some(record) = as_they_come::read(file, context, findings) else { continue };
        seen.once(&record, findings);
        records.push(record);
    }
    records
}

/// The letters of an import by council and year, with the place of each.
#[derive(Default)]
struct Seen(BTreeMap<(CouncilId, ReportingYear), Location>);

impl Seen {
    fn once(&mut self, record: &LetterRecord, findings: &mut Findings) {
        if let Some(first) = self.0.insert((record.council, record.year), record.location.clone()) {
            findings.problem(
                record.location.clone(),
                format!("the letter for {} stands twice, first at {first}", record.year),
                "one letter for each council and year",
            );
        }
    }
}

/// Whether a file is a document of Word: the name of its main part stands in it unpacked.
pub(super) fn is_docx(bytes: &[u8]) -> bool {
    const PART: &[u8] = b"word/document.xml";
    bytes.starts_with(b"PK\x03\x04") && bytes.windows(PART.len()).any(|part| part == PART)
}

/// Whether a text is a letter that the Ombudsman wrote about a year.
pub(super) fn is_letter(bytes: &[u8]) -> bool {
    let text = decode(bytes).to_lowercase();
    text.lines().any(|line| line.starts_with("dear ")) && text.contains("annual review letter")
}

/// Whether a file is a list of letters and not a letter, by its header row.
fn is_list(file: &InputFile) -> bool {
    if file.name.to_ascii_lowercase().ends_with(".csv") {
        return true;
    }
    let start = decode(file.bytes.get(..4096).unwrap_or(&file.bytes));
    let header = start.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let names: Vec<String> = header.split([',', ';', '\t']).map(|cell| column_name(cell.trim_matches('"'))).collect();
    COLUMNS.required.iter().filter(|name| names.iter().any(|one| one == *name)).count() > 1
}

fn one(row: &Row<'_>, file: &mut InputFile, context: Context<'_>, findings: &mut Findings) -> Option<LetterRecord> {
    let (council, year) = council_lookup::council_and_year(row, context, findings);
    let letter_date = row
        .need("letter_date", "the day on the letter", findings)
        .and_then(|cell| cells::day(&cell, Some(context.visible_from), findings));
    cells::after_year(row, "letter_date", letter_date, year, findings);
    let url = cells::optional_url(row, "url", findings);
    let (text, document) = document(row, file, findings);
    let (council, year) = (council?, year?);
    let read =
        text.as_deref().map(|text| as_they_come::figures(text, (council, year), &row.location(), context, findings));
    let (office, figures) = read.unwrap_or_default();
    Some(LetterRecord {
        council: council.id,
        year,
        letter_date: letter_date?,
        office,
        html: text.as_deref().map(letter_text::clean),
        text,
        document,
        url,
        figures,
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
            let expected = "the path of a PDF, DOCX, HTML, text or Markdown file beside this one";
            findings.problem(cell.location, format!("{}: {why}", quoted(cell.text)), expected);
            return (None, None);
        }
    };
    let name = cell.text.rsplit(['/', '\\']).next().unwrap_or(cell.text).to_owned();
    match text_of(&name, &bytes) {
        Ok((kind, text)) => (Some(text), kept(kind, &name, bytes)),
        // The list says what could not be read from it.
        Err(Unread { why: Some(why @ (NoText::Picture | NoText::DamagedPdf)), .. }) => {
            findings.remark(
                cell.location,
                format!("{}: {why}", quoted(cell.text)),
                "nothing to do, if it opens elsewhere",
            );
            (None, Some(Document { name, kind: DocumentKind::Pdf, bytes }))
        }
        Err(unread) => {
            findings.problem(cell.location, format!("{}: {}", quoted(cell.text), unread.found), unread.expected);
            (None, None)
        }
    }
}
