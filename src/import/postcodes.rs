//! Postcodes: the packed table as it is, or a CSV of postcodes and councils, packed here.
//!
//! The layout of the packed form stands in `tools/build_postcodes.py`.

use std::collections::{BTreeMap, BTreeSet};

use super::problems::{Findings, quoted};
use super::sheet::Sheet;
use super::table::{Columns, Fields, Table, column_name};
use super::{Context, InputFile};
use crate::domain::council::GssCode;
use crate::domain::location::Location;
use crate::domain::postcode::Postcode;
use crate::geo::postcodes::PostcodeTable;

const COLUMNS: Columns = Columns { required: &["postcode", "lad_code"], optional: &[], fields: Fields::None };
/// Codes of the other nations' councils begin with these; the table keeps the nation.
const NATIONS: [(char, &str); 5] =
    [('W', "W92000004"), ('S', "S92000003"), ('N', "N92000002"), ('L', "L93000001"), ('M', "M83000003")];
const LONGEST_RUN: u16 = u16::MAX;
const BITMAP_BYTES: usize = 56;

pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<u8> {
    if let [file] = files
        && file.bytes.starts_with(b"UKPCODE")
    {
        if let Err(error) = PostcodeTable::from_bytes(&file.bytes) {
            findings.problem(Location::file(&file.name), error.to_string(), "a whole table of postcodes");
        }
        return file.bytes.clone();
    }
    let mut places: BTreeMap<([u8; 5], usize), String> = BTreeMap::new();
    for file in files {
        let Some(sheet) = Sheet::from_csv(&file.name, &file.bytes, findings) else { continue };
        let Some(table) = Table::new(with_known_headings(sheet), COLUMNS, findings) else { continue };
        for row in table.told(context.progress) {
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
            let (Some(postcode), Some(place)) = (postcode, place) else { continue };
            let key = (postcode.sector(), postcode.unit_number());
            if places.insert(key, place.clone()).is_some_and(|before| before != place) {
                findings.problem(row.at("postcode"), format!("{postcode} stands twice with two councils"), "each once");
            }
        }
    }
    if !findings.problems.is_empty() {
        return Vec::new();
    }
    let edition = files.first().map(|file| file.name.clone()).unwrap_or_default();
    pack(&edition, &places)
}

/// Headings of the ONS files are taken too.
fn with_known_headings(mut sheet: Sheet) -> Sheet {
    if let Some(header) = sheet.lines.first_mut() {
        for heading in &mut header.cells {
            if let Some(known) = known_heading(heading) {
                known.clone_into(heading);
            }
        }
    }
    sheet
}

/// The column that a heading of the ONS files means.
pub(super) fn known_heading(heading: &str) -> Option<&'static str> {
    let name = column_name(heading);
    if matches!(name.as_str(), "pcd" | "pcds" | "pcd7" | "pcd8") {
        Some("postcode")
    } else if matches!(name.as_str(), "laua" | "oslaua" | "lad" | "ladcd" | "code")
        || (name.starts_with("lad") && name.ends_with("cd"))
    {
        Some("lad_code")
    } else {
        None
    }
}

fn place(text: &str, context: Context<'_>) -> Option<String> {
    let code = GssCode::parse(text).ok()?;
    let first = code.as_str().chars().next()?;
    if let Some((_, nation)) = NATIONS.iter().find(|(letter, _)| *letter == first) {
        return Some((*nation).to_owned());
    }
    context.register.by_code(code).map(|council| council.code.to_string())
}

fn pack(edition: &str, units: &BTreeMap<([u8; 5], usize), String>) -> Vec<u8> {
    let names: BTreeSet<&str> = units.values().map(String::as_str).collect();
    let numbers: BTreeMap<&str, u16> = names.iter().copied().zip(0_u16..).collect();
    let mut sectors: BTreeMap<[u8; 5], [u8; BITMAP_BYTES]> = BTreeMap::new();
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for ((sector, unit), place) in units {
        let bits = sectors.entry(*sector).or_insert([0; BITMAP_BYTES]);
        if let Some(byte) = bits.get_mut(unit / 8) {
            *byte |= 1 << (unit % 8);
        }
        let number = numbers.get(place.as_str()).copied().unwrap_or_default();
        match runs.last_mut() {
            Some((last, length)) if *last == number && *length < LONGEST_RUN => *length += 1,
            _ => runs.push((number, 1)),
        }
    }
    let edition: String = edition.chars().take(200).collect();
    let mut bytes = b"UKPCODE1".to_vec();
    bytes.extend(u16::try_from(edition.len()).unwrap_or_default().to_le_bytes());
    bytes.extend(edition.as_bytes());
    bytes.extend(u16::try_from(names.len()).unwrap_or_default().to_le_bytes());
    for name in names {
        bytes.extend(name.as_bytes());
    }
    bytes.extend(u32::try_from(sectors.len()).unwrap_or_default().to_le_bytes());
    for (sector, bits) in sectors {
        bytes.extend(sector);
        bytes.extend(bits);
    }
    bytes.extend(u32::try_from(runs.len()).unwrap_or_default().to_le_bytes());
    for (place, length) in runs {
        bytes.extend(place.to_le_bytes());
        bytes.extend(length.to_le_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::postcodes::PostcodeAnswer;

    #[test]
    fn a_packed_list_answers_as_the_list_did() {
        let pairs =
            [("DE1 2FS", "E06000015"), ("DE1 2FT", "E06000015"), ("CF10 1AA", "W92000004"), ("DE1 1AA", "E07000032")];
        let units: BTreeMap<_, _> = pairs
            .iter()
            .map(|(text, place)| (Postcode::parse(text).unwrap(), (*place).to_owned()))
            .map(|(postcode, place)| ((postcode.sector(), postcode.unit_number()), place))
            .collect();
        let table = PostcodeTable::from_bytes(&pack("test", &units)).unwrap();
        let answer = |text: &str| table.lookup(Postcode::parse(text).unwrap());
        assert_eq!(answer("DE1 2FT"), PostcodeAnswer::Council(GssCode::parse("E06000015").unwrap()));
        assert_eq!(answer("DE1 1AA"), PostcodeAnswer::Council(GssCode::parse("E07000032").unwrap()));
        assert!(matches!(answer("CF10 1AA"), PostcodeAnswer::Elsewhere(_)));
        assert_eq!(answer("DE1 2FU"), PostcodeAnswer::Unknown);
    }
}
