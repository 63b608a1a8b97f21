//! Postcodes: the packed table as it is, or a CSV of postcodes and councils, packed here.
//!
//! A list joins what is known, so that one county's postcodes can be imported alone; of each that now lies in another council
//! the one before is kept.

use std::sync::Arc;

use thiserror::Error;

use super::problems::{Findings, quoted};
use super::sheet::Sheet;
use super::table::{Columns, Fields, Table, column_name};
use super::{Context, InputFile};
use crate::db::error::DbError;
use crate::db::releases;
use crate::domain::council::GssCode;
use crate::domain::location::Location;
use crate::domain::postcode::Postcode;
use crate::domain::record::PostcodeRecord;
use crate::geo::postcodes::pack::{Places, built_in, pack};
use crate::geo::postcodes::{Nation, PostcodeAnswer, PostcodeTable, PostcodeTableError, Unit};

const COLUMNS: Columns = Columns { required: &["postcode", "lad_code"], optional: &[], fields: Fields::None };
pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> PostcodeRecord {
    let before = match Before::read(context) {
        Ok(before) => before,
        Err(error) => {
            let location = Location::file(&files.first().map(|file| file.name.clone()).unwrap_or_default());
            findings.problem(location, format!("the postcodes in force cannot be read: {error}"), "a whole table");
            return PostcodeRecord::default();
        }
    };
    if let [file] = files
        && file.bytes.starts_with(b"UKPCODE1")
    {
        return match PostcodeTable::from_bytes(&file.bytes) {
            Ok(table) => PostcodeRecord { table: file.bytes.clone(), former: before.former(table.units(), context) },
            Err(error) => {
                findings.problem(Location::file(&file.name), error.to_string(), "a whole table of postcodes");
                PostcodeRecord::default()
            }
        };
    }
    let mut places = Places::new();
    for file in files {
        let Some(sheet) = Sheet::from_csv(&file.name, &file.bytes, findings) else { continue };
        let sheet = as_canonical(sheet, findings);
        let Some(table) = Table::new(sheet, COLUMNS, findings) else { continue };
        table.each_row(context.progress, findings, |row, findings| {
            let postcode = row.need("postcode", "a postcode", findings).and_then(|cell| {
                Postcode::parse(cell.text)
                    .map_err(|error| findings.problem(cell.location, error.to_string(), "a postcode like DE1 2FS"))
                    .ok()
            });
            let place = row.need("lad_code", "a GSS code", findings).and_then(|cell| {
                let place = place(cell.text, context);
                if place.is_none() {
                    findings.problem(
                        cell.location,
                        quoted(cell.text),
                        "the code of an English council or of another nation",
                    );
                }
                place
            });
            let (Some(postcode), Some(place)) = (postcode, place) else { return };
            let key = (postcode.sector(), postcode.unit_number());
            if places.insert(key, place).is_some_and(|before| before != place) {
                findings.problem(row.at("postcode"), format!("{postcode} stands twice with two councils"), "each once");
            }
        });
    }
    if !findings.problems.is_empty() {
        return PostcodeRecord::default();
    }
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let former = before.former(places.iter().map(|(unit, place)| (*unit, *place)), context);
    PostcodeRecord { table: before.joined_by(&names.join(", "), places), former }
}

/// What is known of postcodes before the import.
struct Before {
    table: Arc<PostcodeTable>,
    /// Of postcodes that changed to another council, the one before.
    former: Option<PostcodeTable>,
}

impl Before {
    fn read(context: Context<'_>) -> Result<Self, BeforeError> {
        let table = match releases::blob(context.conn, releases::POSTCODES)? {
            Some(bytes) => Arc::new(PostcodeTable::from_bytes(&bytes)?),
            None => built_in()?,
        };
        let former = releases::blob(context.conn, releases::FORMER_POSTCODES)?;
        let former = former.map(|bytes| PostcodeTable::from_bytes(&bytes)).transpose()?;
        Ok(Self { table, former })
    }

    /// The whole table with these postcodes in it: a list of one county leaves those of others as they were.
    fn joined_by(&self, name: &str, places: Places) -> Vec<u8> {
        let part = u32::try_from(places.len()).is_ok_and(|count| count < self.table.len() / 2);
        let edition = if part { format!("{}; {name}", self.table.edition()) } else { name.to_owned() };
        pack(&edition, self.table.joined(places))
    }

    /// The councils before of all postcodes that now have another one, and of those that had one before.
    fn former(&self, units: impl Iterator<Item = (Unit, PostcodeAnswer)>, context: Context<'_>) -> Option<Vec<u8>> {
        let id = |code: GssCode| context.register.by_code(code).map(|council| council.id);
        let changed: Places = units
            .filter_map(|(unit, now)| match (self.table.at(unit), now) {
                (PostcodeAnswer::Council(old), PostcodeAnswer::Council(new)) if id(old) != id(new) => {
                    Some((unit, PostcodeAnswer::Council(old)))
                }
                _ => None,
            })
            .collect();
        match &self.former {
            Some(former) => Some(pack(FORMER, former.joined(changed))),
            None => (!changed.is_empty()).then(|| pack(FORMER, changed)),
        }
    }
}

/// What the table of former councils is called.
const FORMER: &str = "the council before";

/// Why the postcodes in force cannot be read.
#[derive(Debug, Error)]
enum BeforeError {
    #[error(transparent)]
    Database(#[from] DbError),
    #[error(transparent)]
    Table(#[from] PostcodeTableError),
}

/// A list of the ONS with its many columns as the two that are needed. Rows without a council's code, of postcodes that
/// lie nowhere, are left out with a remark.
fn as_canonical(mut sheet: Sheet, findings: &mut Findings) -> Sheet {
    let Some(header) = sheet.lines.first() else { return sheet };
    let names: Vec<String> = header.cells.iter().map(|cell| column_name(cell)).collect();
    let best = |rank: fn(&str) -> Option<usize>| {
        let ranked = names.iter().enumerate().filter_map(|(at, name)| Some((rank(name)?, at)));
        ranked.min().map(|(_, at)| at)
    };
    let is_canonical = COLUMNS.required.iter().all(|wanted| names.iter().any(|name| name == wanted));
    let (Some(postcode), Some(code)) = (best(postcode_rank), best(code_rank)) else { return sheet };
    if is_canonical {
        return sheet;
    }
    let before = sheet.lines.len();
    for line in &mut sheet.lines {
        let cell = |at: usize| line.cells.get(at).cloned().unwrap_or_default();
        line.cells = vec![cell(postcode), cell(code)];
    }
    sheet.lines.retain(|line| line.cells.last().is_some_and(|code| !code.trim().is_empty()));
    if let Some(header) = sheet.lines.first_mut() {
        header.cells = COLUMNS.required.iter().map(|name| (*name).to_owned()).collect();
    }
    let nowhere = before - sheet.lines.len();
    if nowhere > 0 {
        let found = format!("{nowhere} postcodes without the code of a council are left out");
        findings.remark(sheet.place.clone(), found, "nothing to do: they lie in no council");
    }
    sheet
}

/// Of several columns with the postcode, the one with a space before its second half comes first.
fn postcode_rank(name: &str) -> Option<usize> {
    ["postcode", "pcds", "pcd8", "pcd2", "pcd", "pcd7"].iter().position(|known| *known == name)
}

/// Headings of the council's code in the lists of the ONS: `oslaua` in ONSPD, `laua` in NSPL, `lad25cd` since 2025.
fn code_rank(name: &str) -> Option<usize> {
    let vintage = name.starts_with("lad") && name.ends_with("cd");
    let known = ["lad_code", "oslaua", "laua", "ladcd", "lad", "code"];
    known.iter().position(|known| *known == name).or(vintage.then_some(known.len()))
}

/// The column that a heading of the ONS files means.
pub(super) fn known_heading(heading: &str) -> Option<&'static str> {
    let name = column_name(heading);
    if postcode_rank(&name).is_some() {
        Some("postcode")
    } else if code_rank(&name).is_some() {
        Some("lad_code")
    } else {
        None
    }
}

fn place(text: &str, context: Context<'_>) -> Option<PostcodeAnswer> {
    let code = GssCode::parse(text).ok()?;
    let nation = |nation: &Nation| nation.code().starts_with(code.as_str().chars().next().unwrap_or('E'));
    if let Some(nation) = Nation::ALL.into_iter().find(nation) {
        return Some(PostcodeAnswer::Elsewhere(nation));
    }
    context.register.by_code(code).map(|council| PostcodeAnswer::Council(council.code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_the_ons_are_read_by_their_own_columns() {
        for (list, content) in [
            (
                "ONSPD",
                "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward\n\
                 \"DE1 2FS\",\"DE1  2FS\",\"DE1 2FS\",199806,,E99999999,E99999999,E06000015,E05010001\n",
            ),
            (
                "NSPL",
                "pcd,pcd2,pcds,dointr,doterm,cty,ced,laua,ward\nDE1 2FS,DE1  2FS,DE1 2FS,199806,,E99999999,,E06000015,\n",
            ),
            (
                "since 2025",
                "pcd7,pcd8,pcds,dointr,doterm,cty25cd,ced25cd,lad25cd,wd25cd\n\
                 DE1 2FS,DE1  2FS,DE1 2FS,199806,,E99999999,,E06000015,\n",
            ),
            (
                "to census areas",
                "pcd7,pcd8,pcds,dointr,doterm,oa21cd,ladcd,ladnm\nDE1 2FS,,DE1 2FS,199806,,E00000001,E06000015,Derby\n",
            ),
            ("canonical", "postcode,lad_code\nDE1 2FS,E06000015\n"),
        ] {
            let mut findings = Findings::default();
            let sheet = Sheet::parse("p.csv", content.as_bytes(), &mut findings).unwrap();
            let lines = as_canonical(sheet, &mut findings).lines;
            let cells: Vec<&[String]> = lines.iter().map(|line| line.cells.as_slice()).collect();
            assert_eq!(cells, [["postcode", "lad_code"], ["DE1 2FS", "E06000015"]], "{list}");
            assert!(findings.remarks.is_empty());
        }
    }

    #[test]
    fn postcodes_that_lie_nowhere_are_left_out_with_a_remark() {
        let mut findings = Findings::default();
        let content = b"pcds,oslaua\nGIR 0AA,\nDE1 2FS,E06000015\n";
        let sheet = Sheet::parse("p.csv", content, &mut findings).unwrap();
        assert_eq!(as_canonical(sheet, &mut findings).lines.len(), 2);
        assert!(findings.remarks[0].found.contains("1 postcodes without the code of a council"));
    }
}
