//! What a data directory teaches beside its releases: names in `names.csv`, headings in `headings.csv`. Both are read anew by
//! every command that reads files, so that nothing needs to be built again.

use std::path::Path;

use jiff::civil::Date;

use super::input::InputFile;
use super::ombudsman::headings::TaughtHeadings;
use super::problems::{Findings, quoted};
use super::table::{Columns, Fields, Table};
use super::taught::Taught;
use super::{Context, aliases};
use crate::db::Connection;
use crate::db::councils::Register;
use crate::domain::field::YearlyTable;
use crate::domain::location::Problem;
use crate::domain::progress::Unwatched;

/// The same columns as `import aliases` takes.
const NAMES: &str = "names.csv";
const HEADINGS: &str = "headings.csv";
const COLUMNS: Columns =
    Columns { required: &["table", "field", "words"], optional: &["without"], fields: Fields::None };

/// Reads what a data directory teaches. The register learns the names.
///
/// # Errors
/// What is wrong in the two files.
pub fn learn(data_dir: &Path, register: &mut Register, conn: &Connection, today: Date) -> Result<Taught, Vec<Problem>> {
    let mut findings = Findings::default();
    if let Some(file) = there(data_dir, NAMES, &mut findings) {
        let taught = Taught::default();
        let context =
            Context { register, conn, today, visible_from: today, year: None, taught: &taught, progress: &Unwatched };
        let names = aliases::read(&[file], context, &mut findings);
        if findings.problems.is_empty() {
            register.teach(&names);
        }
    }
    let mut taught = Taught::default();
    if let Some(file) = there(data_dir, HEADINGS, &mut findings) {
        headings(&file, &mut taught.headings, &mut findings);
    }
    if findings.problems.is_empty() { Ok(taught) } else { Err(findings.problems) }
}

fn there(data_dir: &Path, name: &str, findings: &mut Findings) -> Option<InputFile> {
    let path = data_dir.join(name);
    if !path.exists() {
        return None;
    }
    match InputFile::open(&path) {
        Ok(file) => Some(file),
        Err(why) => {
            findings.problem(crate::domain::location::Location::file(name), why, "a file that can be read");
            None
        }
    }
}

fn headings(file: &InputFile, taught: &mut TaughtHeadings, findings: &mut Findings) {
    let Some(table) = Table::from_csv(file, COLUMNS, findings) else { return };
    for row in table.rows() {
        let yearly = row.need("table", "received, decided or compliance", findings).and_then(|cell| {
            let found = YearlyTable::ALL.into_iter().find(|table| table.as_str() == cell.text);
            if found.is_none() {
                findings.problem(cell.location, quoted(cell.text), "received, decided or compliance");
            }
            found
        });
        let words = row.need("words", "the words of the heading", findings);
        let field = row.need("field", "a column of statistics, or ~ignored", findings);
        let without = row.get("without");
        let (Some(yearly), Some(words), Some(field)) = (yearly, words, field) else { continue };
        let without = without.as_ref().map(|cell| cell.text).unwrap_or_default();
        if !taught.add(yearly, field.text, words.text, without) {
            let expected = "a field of data/columns/ with at least one word, or ~ignored for a column that is left out";
            findings.problem(field.location, quoted(field.text), expected);
        }
    }
}
