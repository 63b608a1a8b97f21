//! Spreadsheets (XLSX, ODS) as sheets of texts.
//!
//! The files come from strangers: a few kilobytes can unpack to gigabytes, and one cell in the far corner
//! can claim a grid of seventeen thousand million. Both are found before anything of the size is made.

mod marks;
mod percents;

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use calamine::{Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, SheetVisible, Xlsx, XlsxError};
use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use self::marks::Marks;
use super::odd_cell::{OddCell, OddCells};
use super::problems::Findings;
use super::sheet::{Line, Sheet};
use crate::domain::location::Location;

/// The Ombudsman's largest table unpacks to about a megabyte.
const MOST_UNPACKED: u64 = 100 * 1024 * 1024;
/// Cells with something in them, in one workbook.
const MOST_CELLS: usize = 1_000_000;
/// Columns further right than this hold no table of ours.
const MOST_COLUMNS: usize = 1_000;

/// A sheet of a workbook, with the cells that are neither texts nor plain numbers.
#[derive(Clone, Debug)]
pub(super) struct WorkbookSheet {
    /// Its rows.
    pub(super) sheet: Sheet,
    /// Dates, times, errors and the like.
    pub(super) odd: OddCells,
    /// Rows and columns that a reader of the file does not see, in words; none where all is seen.
    pub(super) hidden: Option<String>,
    /// Whether the whole sheet is hidden.
    pub(super) is_hidden: bool,
}

impl From<Sheet> for WorkbookSheet {
    fn from(sheet: Sheet) -> Self {
        Self { sheet, odd: OddCells::default(), hidden: None, is_hidden: false }
    }
}

/// Whether a file is a zip archive, as XLSX and ODS are.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0")
}

/// Reads all sheets of a workbook; what it really is decides, not its name.
pub(super) fn sheets(name: &str, bytes: &[u8], findings: &mut Findings) -> Vec<WorkbookSheet> {
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

fn unpack_and_read(place: &Location, bytes: &[u8]) -> Result<Vec<WorkbookSheet>, String> {
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
    let mut part = |name: &str| -> Result<String, String> {
        let mut content = Vec::new();
        archive
            .by_name(name)
            .map_err(damaged)?
            .read_to_end(&mut content)
            .map_err(|error| format!("the file is cut short or damaged: {error}"))?;
        Ok(String::from_utf8_lossy(&content).into_owned())
    };
    if let Ok(workbook) = part("xl/workbook.xml") {
        let relations = part("xl/_rels/workbook.xml.rels").unwrap_or_default();
        let styles = marks::percent_styles(&part("xl/styles.xml").unwrap_or_default());
        let (paths, calculates_on_load) = marks::parts_of_xlsx(&workbook, &relations);
        let marked = paths.into_iter().map(|(name, path)| {
            let mut of_sheet = marks::of_xlsx(&part(&path).unwrap_or_default(), &styles);
            if calculates_on_load && of_sheet.are_placeholders() {
                of_sheet.formulas.values_mut().for_each(|formula| formula.result.clear());
            }
            (name, of_sheet)
        });
        let marked = marked.collect();
        read_xlsx(place, bytes, &marked)
    } else if let Ok(content) = part("content.xml") {
        repeats_are_sound(content.as_bytes())?;
        read_ods(place, bytes, &marks::of_ods(&content))
    } else {
        Err("the file is a zip archive, but no XLSX or ODS spreadsheet".to_owned())
    }
}

fn read_xlsx(place: &Location, bytes: &[u8], marked: &BTreeMap<String, Marks>) -> Result<Vec<WorkbookSheet>, String> {
    let plain = |error: XlsxError| match error {
        XlsxError::Password => "the spreadsheet is protected by a password".to_owned(),
        other => format!("the spreadsheet cannot be read: {other}"),
    };
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(plain)?;
    let hidden = hidden_sheets(workbook.sheets_metadata());
    let mut sheets = Vec::new();
    let mut grid = Grid::default();
    for name in workbook.sheet_names() {
        let mut reader = workbook.worksheet_cells_reader(&name).map_err(plain)?;
        while let Some(cell) = reader.next_cell().map_err(plain)? {
            let (row, column) = cell.get_position();
            grid.put(row, column, &Data::from(DataRef::clone(cell.get_value())))?;
        }
        sheets.push(grid.finish(place, &name, marked.get(&name), hidden.contains(&name)));
    }
    Ok(sheets)
}

fn read_ods(place: &Location, bytes: &[u8], marked: &BTreeMap<String, Marks>) -> Result<Vec<WorkbookSheet>, String> {
    let plain = |error: OdsError| match error {
        OdsError::Password => "the spreadsheet is protected by a password".to_owned(),
        other => format!("the spreadsheet cannot be read: {other}"),
    };
    let mut workbook: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(plain)?;
    let hidden = hidden_sheets(workbook.sheets_metadata());
    let mut sheets = Vec::new();
    let mut grid = Grid::default();
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).map_err(plain)?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let row = first_row.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
            let column = first_column.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
            grid.put(row, column, value)?;
        }
        sheets.push(grid.finish(place, &name, marked.get(&name), hidden.contains(&name)));
    }
    Ok(sheets)
}

fn hidden_sheets(sheets: &[calamine::Sheet]) -> Vec<String> {
    sheets.iter().filter(|sheet| sheet.visible != SheetVisible::Visible).map(|sheet| sheet.name.clone()).collect()
}

/// The cells of a sheet while it is read, and how many the sheets before it had.
#[derive(Default)]
struct Grid {
    lines: Vec<Line>,
    odd: OddCells,
    cells: usize,
}

impl Grid {
    /// Puts a value into the grid; both counts start at 0 here and rows at 1 in messages.
    fn put(&mut self, row: u32, column: u32, value: &Data) -> Result<(), String> {
        let at = usize::try_from(column).unwrap_or(usize::MAX);
        let text = shown(value);
        if text.trim().is_empty() {
            return Ok(());
        }
        self.cells += 1;
        if self.cells > MOST_CELLS || at > MOST_COLUMNS {
            return Err(format!(
                "the spreadsheet is too large: more than {MOST_CELLS} cells or {MOST_COLUMNS} columns"
            ));
        }
        let number = row.saturating_add(1);
        if let Some(odd) = odd(value) {
            self.odd.insert(number, at, odd);
        }
        if self.lines.last().is_none_or(|line| line.number != number) {
            self.lines.push(Line { number, cells: Vec::new() });
        }
        if let Some(line) = self.lines.last_mut() {
            if line.cells.len() <= at {
                line.cells.resize(at + 1, String::new());
            }
            if let Some(cell) = line.cells.get_mut(at) {
                *cell = text;
            }
        }
        Ok(())
    }

    /// The sheet that was put together; the grid is empty again.
    fn finish(&mut self, place: &Location, name: &str, marks: Option<&Marks>, is_hidden: bool) -> WorkbookSheet {
        let mut lines = std::mem::take(&mut self.lines);
        let mut odd = std::mem::take(&mut self.odd);
        lines.retain(|line| line.cells.iter().any(|cell| !cell.trim().is_empty()));
        lines.sort_by_key(|line| line.number);
        let place = Location { sheet: Some(name.to_owned()), ..place.clone() };
        for ((row, column), formula) in marks.iter().flat_map(|marks| &marks.formulas) {
            let never_calculated = formula.result.trim().is_empty();
            let looks_up = formula.text.to_uppercase().contains("LOOKUP(") || formula.text.contains("MATCH(");
            if never_calculated {
                odd.insert(*row, *column, OddCell::NeverCalculated(formula.text.clone()));
            } else if looks_up && formula.result.trim() == "0" {
                odd.insert(*row, *column, OddCell::LookedUpZero(formula.text.clone()));
            }
        }
        if let Some(marks) = marks {
            percents::show(&marks.percents, &mut lines, &mut odd);
        }
        let hidden = marks.and_then(|marks| hidden_parts(marks, &lines));
        WorkbookSheet { sheet: Sheet { place, lines }, odd, hidden, is_hidden }
    }
}

/// Most hidden rows and columns that a remark names one by one.
const MOST_NAMED: usize = 10;

/// The hidden rows and columns that hold something, in words.
fn hidden_parts(marks: &Marks, lines: &[Line]) -> Option<String> {
    let rows: Vec<String> = lines
        .iter()
        .map(|line| line.number)
        .filter(|number| marks.hidden_rows.contains(number))
        .map(|number| number.to_string())
        .collect();
    let filled = |at: &usize| lines.iter().any(|line| line.cells.get(*at).is_some_and(|cell| !cell.trim().is_empty()));
    let columns: Vec<String> = marks
        .hidden_columns
        .iter()
        .flat_map(|(first, last)| *first..=(*last).min(MOST_COLUMNS))
        .filter(filled)
        .map(column_letters)
        .collect();
    let listed = |one: &str, several: &str, names: &[String]| match names {
        [] => None,
        [name] => Some(format!("{one} {name}")),
        _ => {
            let more = if names.len() > MOST_NAMED {
                format!(" and {} more", names.len() - MOST_NAMED)
            } else {
                String::new()
            };
            let first: Vec<&str> = names.iter().take(MOST_NAMED).map(String::as_str).collect();
            Some(format!("{several} {}{more}", first.join(", ")))
        }
    };
    let parts: Vec<String> =
        [listed("row", "rows", &rows), listed("column", "columns", &columns)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}

/// The name of a column in a spreadsheet program: 0 is A, 27 is AB.
fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// What a value is, where it is neither a text nor a number.
fn odd(value: &Data) -> Option<OddCell> {
    let text = shown(value);
    match value {
        Data::Bool(_) => Some(OddCell::Truth(text)),
        Data::DateTime(moment) if moment.is_duration() || moment.as_f64() < 1.0 => Some(OddCell::Time(text)),
        Data::DateTime(_) | Data::DateTimeIso(_) => Some(OddCell::Date(text)),
        Data::DurationIso(_) => Some(OddCell::Time(text)),
        Data::Error(_) => Some(OddCell::Error(text)),
        Data::String(text) => OddCell::written(text),
        _ => None,
    }
}

/// A value as a person would type it; numbers in the shortest form that keeps them.
fn shown(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(moment) => moment_shown(moment),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
    }
}

/// A day as `2025-03-02`, a time as `10:30:00`, both where both are there.
fn moment_shown(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if moment.is_duration() || moment.as_f64() < 1.0 {
        time
    } else if time == "00:00:00" {
        format!("{year}-{month:02}-{day:02}")
    } else {
        format!("{year}-{month:02}-{day:02} {time}")
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
