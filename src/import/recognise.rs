//! What a file holds, by its content: its name says nothing that can be relied on.

use super::input::InputFile;
use super::ombudsman::headings;
use super::problems::Findings;
use super::sheet::{Line, Sheet};
use super::statistics::Reading;
use super::table::column_name;
use super::taught::Taught;
use super::{decision_page, json_lines, letters, neighbours, population, spreadsheet, workbook};
use crate::domain::field::{Field, kind_of};
use crate::domain::release::ImportKind;

/// What a file was taken for, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The kind.
    pub kind: ImportKind,
    /// Why, for the end of a sentence.
    pub why: String,
}

/// Enough of a long table to see its header: titles above it take a few lines.
const HEAD: usize = 64 * 1024;
/// Columns that only a file of the kind has together.
const SIGNS: [(ImportKind, &[&str]); 10] = [
    (ImportKind::Authorities, &["code", "slug", "official_name"]),
    (ImportKind::Aliases, &["alias", "authority"]),
    (ImportKind::Replies, &["authority", "year", "replied_on", "text"]),
    (ImportKind::Letters, &["authority", "year", "letter_date"]),
    (ImportKind::Improvements, &["reference", "authority", "agreed_on"]),
    (ImportKind::Decisions, &["reference", "outcome"]),
    (ImportKind::Decisions, &["reference", "withdrawn_on"]),
    (ImportKind::Neighbours, &["authority", "rank", "neighbour"]),
    (ImportKind::Population, &["authority", "year", "population"]),
    (ImportKind::Postcodes, &["postcode", "lad_code"]),
];

/// Recognises a file.
///
/// # Errors
/// What it looks like, where that is nothing that can be imported by itself.
pub fn recognise(file: &InputFile) -> Result<Recognised, String> {
    let found = |kind, why: &str| Ok(Recognised { kind, why: why.to_owned() });
    let bytes = file.bytes.as_slice();
    if bytes.starts_with(b"UKPCODE") {
        return found(ImportKind::Postcodes, "it is a packed table of postcodes");
    }
    if letters::is_docx(bytes) {
        return found(ImportKind::Letters, "it is a document of Word");
    }
    if workbook::looks_like(bytes) {
        return workbook_kind(file);
    }
    if decision_page::looks_like(&file.name, bytes) {
        return found(ImportKind::Decisions, "it is a saved page");
    }
    if bytes.starts_with(b"%PDF-") {
        return found(ImportKind::Letters, "it is a PDF");
    }
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if start.starts_with(b"{") && holds(bytes, "\"reference\"") && json_lines::looks_like(&file.name, bytes) {
        return found(ImportKind::Decisions, "its lines are JSON with a reference");
    }
    if start.starts_with(b"{") {
        return if holds(bytes, "\"FeatureCollection\"") || holds(bytes, "\"Topology\"") {
            found(ImportKind::Boundaries, "it is a collection of areas")
        } else {
            Err("it is JSON, but no collection of areas".to_owned())
        };
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if letters::is_letter(head) {
        return found(ImportKind::Letters, "it begins as a letter of the Ombudsman does");
    }
    let sheet = Sheet::from_csv(&file.name, head, &mut Findings::default())
        .ok_or_else(|| "it is neither a table nor a page".to_owned())?;
    table_kind(&sheet).ok_or_else(|| "no row of it is the header of a table that can be imported".to_owned())
}

/// Whether the first part of a file holds a text.
fn holds(bytes: &[u8], text: &str) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    String::from_utf8_lossy(head).contains(text)
}

fn workbook_kind(file: &InputFile) -> Result<Recognised, String> {
    let mut findings = Findings::default();
    let sheets = spreadsheet::sheets(&file.name, &file.bytes, &mut findings);
    if let Some(problem) = findings.problems.first() {
        return Err(problem.found.clone());
    }
    sheets
        .iter()
        .find_map(|sheet| {
            let sheet = &sheet.sheet;
            of_statistics(sheet).or_else(|| of_neighbours(sheet)).or_else(|| of_estimates(sheet))
        })
        .ok_or_else(|| "no sheet of it holds a table that can be imported".to_owned())
}

fn table_kind(sheet: &Sheet) -> Option<Recognised> {
    for line in sheet.lines.iter().take(headings::SEARCHED) {
        let names: Vec<String> = line.cells.iter().map(|cell| known_name(cell)).collect();
        let has = |wanted: &str| names.iter().any(|name| name == wanted);
        let signs = SIGNS.into_iter().find(|(_, columns)| columns.iter().all(|column| has(column)));
        let national = || has("year") && !has("authority") && names.iter().any(|name| is_national(name));
        let kind = signs.map(|(kind, _)| kind).or_else(|| national().then_some(ImportKind::National));
        if let Some(kind) = kind.filter(|_| !is_of_figures(line)) {
            return Some(Recognised { kind, why: format!("row {} has its columns", line.number) });
        }
    }
    of_statistics(sheet).or_else(|| of_neighbours(sheet)).or_else(|| of_estimates(sheet))
}

fn of_neighbours(sheet: &Sheet) -> Option<Recognised> {
    let why = "it is a table of nearest neighbours".to_owned();
    neighbours::is_published(sheet).then_some(Recognised { kind: ImportKind::Neighbours, why })
}

fn of_estimates(sheet: &Sheet) -> Option<Recognised> {
    let why = "it is a table of mid-year estimates".to_owned();
    population::is_published(sheet).then_some(Recognised { kind: ImportKind::Population, why })
}

/// A heading as a column, those of the ONS lists of postcodes too.
fn known_name(heading: &str) -> String {
    let name = column_name(heading);
    // "code" alone is a column of the register too.
    let ons = super::postcodes::known_heading(heading).filter(|_| name != "code");
    ons.map_or(name, str::to_owned)
}

fn is_national(name: &str) -> bool {
    Field::named(name).is_some_and(Field::is_national)
}

/// Whether a line holds figures of councils, beside which the other signs count for nothing.
fn is_of_figures(line: &Line) -> bool {
    let names: Vec<String> = line.cells.iter().map(|cell| column_name(cell)).collect();
    names.iter().any(|name| name == "authority") && names.iter().any(|name| kind_of(name).is_some())
}

fn of_statistics(sheet: &Sheet) -> Option<Recognised> {
    let why = match Reading::of(sheet, &Taught::default()) {
        Reading::Canonical(above) => {
            let row = sheet.lines.get(above).map_or(1, |line| line.number);
            format!("row {row} has its columns")
        }
        Reading::Ombudsman(header) => format!("row {} heads a table of {}", header.row, header.table.title()),
        Reading::Unknown => return None,
    };
    Some(Recognised { kind: ImportKind::Statistics, why })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn files_are_recognised_by_what_they_hold() {
        let of = |content: &str| {
            let file = InputFile::in_memory("a.txt", content.as_bytes().to_vec(), Path::new(""));
            recognise(&file).map(|found| found.kind)
        };
        for (content, kind) in [
            ("authority,year,upheld\nDerby,2019-20,7\n", ImportKind::Statistics),
            ("Decided 2024-25\n\nAuthority Name,Not Upheld,Upheld\nDerby,2,6\n", ImportKind::Statistics),
            ("year,upheld\n2019-20,7\n", ImportKind::National),
            ("alias,authority\nx,Derby\n", ImportKind::Aliases),
            ("authority,year,population\nDerby,2021,7\n", ImportKind::Population),
            ("pcds,lad23cd\nDE1 2FS,E06000015\n", ImportKind::Postcodes),
            ("authority,year,letter_date\nDerby,2019-20,2020-07-22\n", ImportKind::Letters),
            ("22 July 2020\n\nDear Chief Executive\n\nAnnual Review letter 2020\n", ImportKind::Letters),
            ("%PDF-1.7", ImportKind::Letters),
            ("reference;authority;outcome\n", ImportKind::Decisions),
            ("reference,withdrawn_on\n", ImportKind::Decisions),
            ("{\"type\":\"FeatureCollection\",\"features\":[]}", ImportKind::Boundaries),
            ("authority,rank,neighbour\n", ImportKind::Neighbours),
            ("LA,SN1,SN2,SN3\nDerby,a,b,c\n", ImportKind::Neighbours),
            ("pcd,pcd2,pcds,dointr,oscty,oslaua\n", ImportKind::Postcodes),
        ] {
            assert_eq!(of(content), Ok(kind), "{content}");
        }
        for content in ["Dear Chief Executive\n\nA letter.\n", "{}", ""] {
            assert!(of(content).is_err(), "{content}");
        }
    }
}
