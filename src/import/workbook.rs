//! Spreadsheets (XLSX, ODS) as sheets of texts.
//!
//! The files come from strangers: a few kilobytes can unpack to gigabytes, and one cell in the far corner
//! can claim a grid of seventeen thousand million. Both are found before anything of the size is made.

use std::io::{self, Cursor, Read};

use calamine::{Data, DataRef, Ods, OdsError, Reader, Xlsx, XlsxError};
use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::problems::Findings;
use super::sheet::{Line, Sheet};
use crate::domain::location::Location;

/// The Ombudsman's largest table unpacks to about a megabyte.
const MOST_UNPACKED: u64 = 100 * 1024 * 1024;
/// Cells with something in them, in one workbook.
const MOST_CELLS: usize = 1_000_000;
/// Columns further right than this hold no table of ours.
const MOST_COLUMNS: usize = 1_000;

/// Whether a file is a zip archive, as XLSX and ODS are.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0")
}

/// Reads all sheets of a workbook; what it really is decides, not its name.
pub(super) fn sheets(name: &str, bytes: &[u8], findings: &mut Findings) -> Vec<Sheet> {
    let place = Location::file(name);
    let expected = "a spreadsheet (XLSX or ODS) without a password, or CSV";
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        findings.problem(place, "the file is an old or an encrypted Office file", expected);
        return Vec::new();
    }
    match unpack_and_read(&place, bytes) {
        Ok(sheets) => sheets,
        Err(why) => {
            findings.problem(place, why, expected);
            Vec::new()
        }
    }
}

fn unpack_and_read(place: &Location, bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let damaged = |error: zip::result::ZipError| format!("the file is cut short or damaged: {error}");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut unpacked: u64 = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(damaged)?;
        let left = MOST_UNPACKED.saturating_sub(unpacked) + 1;
        unpacked += io::copy(&mut part.take(left), &mut io::sink())
            .map_err(|error| format!("the file is cut short or damaged: {error}"))?;
        if unpacked > MOST_UNPACKED {
            return Err(format!("the file unpacks to more than {} megabytes", MOST_UNPACKED / 1024 / 1024));
        }
    }
    if archive.index_for_name("xl/workbook.xml").is_some() {
        read_xlsx(place, bytes)
    } else if archive.index_for_name("content.xml").is_some() {
        let mut content = Vec::new();
        archive
            .by_name("content.xml")
            .map_err(damaged)?
            .read_to_end(&mut content)
            .map_err(|error| format!("the file is cut short or damaged: {error}"))?;
        repeats_are_sound(&content)?;
        read_ods(place, bytes)
    } else {
        Err("the file is a zip archive, but no XLSX or ODS spreadsheet".to_owned())
    }
}

fn read_xlsx(place: &Location, bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let plain = |error: XlsxError| match error {
        XlsxError::Password => "the spreadsheet is protected by a password".to_owned(),
        other => format!("the spreadsheet cannot be read: {other}"),
    };
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(plain)?;
    let mut sheets = Vec::new();
    let mut cells = 0;
    for name in workbook.sheet_names() {
        let mut reader = workbook.worksheet_cells_reader(&name).map_err(plain)?;
        let mut lines: Vec<Line> = Vec::new();
        while let Some(cell) = reader.next_cell().map_err(plain)? {
            let (row, column) = cell.get_position();
            let text = shown(&Data::from(DataRef::clone(cell.get_value())));
            put(&mut lines, row, column, text, &mut cells)?;
        }
        sheets.push(sheet(place, &name, lines));
    }
    Ok(sheets)
}

fn read_ods(place: &Location, bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let plain = |error: OdsError| match error {
        OdsError::Password => "the spreadsheet is protected by a password".to_owned(),
        other => format!("the spreadsheet cannot be read: {other}"),
    };
    let mut workbook: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(plain)?;
    let mut sheets = Vec::new();
    let mut cells = 0;
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).map_err(plain)?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut lines: Vec<Line> = Vec::new();
        for (row, column, value) in range.used_cells() {
            let row = first_row.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
            let column = first_column.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
            put(&mut lines, row, column, shown(value), &mut cells)?;
        }
        sheets.push(sheet(place, &name, lines));
    }
    Ok(sheets)
}

fn sheet(place: &Location, name: &str, mut lines: Vec<Line>) -> Sheet {
    lines.retain(|line| line.cells.iter().any(|cell| !cell.trim().is_empty()));
    lines.sort_by_key(|line| line.number);
    Sheet { place: Location { sheet: Some(name.to_owned()), ..place.clone() }, lines }
}

/// Puts a text into the grid; both counts start at 0 here and rows at 1 in messages.
fn put(lines: &mut Vec<Line>, row: u32, column: u32, text: String, cells: &mut usize) -> Result<(), String> {
    let at = usize::try_from(column).unwrap_or(usize::MAX);
    if text.trim().is_empty() {
        return Ok(());
    }
    *cells += 1;
    if *cells > MOST_CELLS || at > MOST_COLUMNS {
        return Err(format!("the spreadsheet is too large: more than {MOST_CELLS} cells or {MOST_COLUMNS} columns"));
    }
    let number = row.saturating_add(1);
    if lines.last().is_none_or(|line| line.number != number) {
        lines.push(Line { number, cells: Vec::new() });
    }
    if let Some(line) = lines.last_mut() {
        if line.cells.len() <= at {
            line.cells.resize(at + 1, String::new());
        }
        if let Some(cell) = line.cells.get_mut(at) {
            *cell = text;
        }
    }
    Ok(())
}

/// A value as a person would type it; numbers in the shortest form that keeps them.
fn shown(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(moment) => moment.as_f64().to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
    }
}

/// ODS says "this cell a million times" in a few bytes, and calamine writes them all out.
fn repeats_are_sound(content: &[u8]) -> Result<(), String> {
    let mut reader = XmlReader::from_reader(content);
    let mut total: u64 = 0;
    let mut row: (u64, u64, u64) = (1, 0, 0);
    loop {
        let event = reader.read_event().map_err(|error| format!("the spreadsheet cannot be read: {error}"))?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == "table:table-row" => {
                row = (repeats(tag, "table:number-rows-repeated"), 0, 0);
            }
            Event::Start(tag) | Event::Empty(tag)
                if matches!(tag.name().as_ref(), "table:table-cell" | "table:covered-table-cell") =>
            {
                let (rows, before, _) = row;
                let width = before.saturating_add(repeats(tag, "table:number-columns-repeated"));
                // Only what stands before or in a cell with a value is written out.
                let valued = tag.attributes().flatten().any(|attribute| attribute.key.as_ref().starts_with("office:"));
                row = (rows, width, if valued { width } else { row.2 });
            }
            Event::End(tag) if tag.name().as_ref() == "table:table-row" => {
                total = total.saturating_add(row.0.saturating_mul(row.2));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
        if total > u64::try_from(MOST_CELLS).unwrap_or(u64::MAX) {
            return Err(format!("the spreadsheet is too large: more than {MOST_CELLS} cells"));
        }
    }
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> u64 {
    tag.attributes()
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)
        .and_then(|attribute| attribute.value.trim().parse().ok())
        .unwrap_or(1)
}
