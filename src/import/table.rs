//! A canonical table: a header row, and rows whose cells are asked for by the name of their column.

use std::collections::BTreeMap;

use super::input::InputFile;
use super::problems::{Findings, quoted};
use super::sheet::{Line, Sheet};
use crate::domain::field::{self, Field, kind_of};
use crate::domain::location::Location;
use crate::domain::names::likeness_folded;
use crate::domain::progress::{Progress, each};

/// The columns a kind of file may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    /// Without these the file means nothing.
    pub(super) required: &'static [&'static str],
    /// These may be there.
    pub(super) optional: &'static [&'static str],
    /// The columns of the yearly statistics that may be there too.
    pub(super) fields: Fields,
}

/// Which columns of the yearly statistics a kind of file may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fields {
    /// None.
    None,
    /// Those that England has.
    National,
    /// All, the open-ended ones such as `received_<area>` among them.
    OfCouncils,
}

impl Fields {
    /// The fixed ones, in their order.
    pub(super) fn fixed(self) -> impl Iterator<Item = &'static Field> {
        field::fixed().filter(move |field| match self {
            Self::None => false,
            Self::National => field.is_national(),
            Self::OfCouncils => true,
        })
    }

    fn knows(self, name: &str) -> bool {
        match self {
            Self::None => false,
            Self::National => self.fixed().any(|field| field.name == name),
            Self::OfCouncils => kind_of(name).is_some(),
        }
    }
}

impl Columns {
    fn knows(&self, name: &str) -> bool {
        WRITTEN.contains(&name)
            || self.required.contains(&name)
            || self.optional.contains(&name)
            || self.fields.knows(name)
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        let fields = self.fields.fixed().map(|field| field.name);
        self.required.iter().copied().chain(fields).chain(self.optional.iter().copied())
    }

    fn nearest(&self, name: &str) -> Option<&'static str> {
        self.names()
            .map(|known| (likeness_folded(known, name), known))
            .filter(|(likeness, _)| *likeness > 0.85)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, known)| known)
    }
}

/// Columns that downloads carry beside the canonical ones: the first is heeded, the second is for people, the others join
/// tables.
const WRITTEN: [&str; 4] = [SYNTHETIC, "authority_name", "code", "slug"];
/// Says of each row whether it is invented.
const SYNTHETIC: &str = "synthetic";

/// A checked header and the rows under it.
#[derive(Clone, Debug)]
pub(super) struct Table {
    place: Location,
    names: BTreeMap<String, usize>,
    lines: Vec<Line>,
}

/// One cell that holds something.
#[derive(Clone, Debug)]
pub(super) struct Cell<'a> {
    /// Its text without spaces around it.
    pub(super) text: &'a str,
    /// Where it stands.
    pub(super) location: Location,
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    table: &'a Table,
    line: &'a Line,
}

/// A heading as a column name: lower case, words joined by underscores.
pub(super) fn column_name(heading: &str) -> String {
    heading.trim().trim_start_matches('\u{feff}').to_lowercase().replace([' ', '-'], "_")
}

impl Table {
    /// The table of a CSV file, unless it has problems.
    pub(super) fn from_csv(file: &InputFile, columns: Columns, findings: &mut Findings) -> Option<Self> {
        Self::new(Sheet::from_csv(&file.name, &file.bytes, findings)?, columns, findings)
    }

    /// Takes the first row as the header and checks it and the width of every row.
    pub(super) fn new(sheet: Sheet, columns: Columns, findings: &mut Findings) -> Option<Self> {
        let Sheet { place, lines } = sheet;
        let mut lines = lines.into_iter();
        let Some(header) = lines.next() else {
            let expected = format!("a header row with the columns {}", columns.required.join(", "));
            findings.problem(place, "the file is empty", expected);
            return None;
        };
        let names = read_header(&place, &header, columns, findings)?;
        let mut kept = Vec::new();
        for line in lines {
            if findings.are_endless() {
                break;
            }
            let width = line.cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
            if width > header.cells.len() || line.cells.len() < header.cells.len() {
                findings.problem(
                    place.at_row(line.number),
                    format!("the row has {} cells", width.max(line.cells.len())),
                    format!(
                        "{}, as the header has; text with commas or quotes needs quotes around it",
                        header.cells.len()
                    ),
                );
            } else if let Some(text) = unnamed(&header, &line) {
                findings.problem(
                    place.at_row(line.number),
                    format!("{} stands under no heading", quoted(text)),
                    "a heading over every column that holds something",
                );
            } else {
                kept.push(line);
            }
        }
        let table = Self { place, names, lines: kept };
        findings.invented |= table.rows().any(|row| row.get(SYNTHETIC).is_some_and(|cell| cell.text == "true"));
        Some(table)
    }

    /// The rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.lines.iter().map(move |line| Row { table: self, line })
    }

    /// Reads the rows one by one, telling how many are done, until problems have no end.
    pub(super) fn each_row<'a>(
        &'a self,
        progress: &dyn Progress,
        findings: &mut Findings,
        mut read: impl FnMut(&Row<'a>, &mut Findings),
    ) {
        let stage = format!("Checking {}", self.place.file);
        for line in each(progress, &stage, self.lines.iter()) {
            if findings.are_endless() {
                break;
            }
            read(&Row { table: self, line }, findings);
        }
    }

    /// Names of all columns that the file has.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }
}

fn read_header(
    place: &Location,
    header: &Line,
    columns: Columns,
    findings: &mut Findings,
) -> Option<BTreeMap<String, usize>> {
    let mut names = BTreeMap::new();
    let before = findings.problems.len();
    let here = place.at_row(header.number);
    for (at, heading) in header.cells.iter().enumerate() {
        let name = column_name(heading);
        if name.is_empty() {
            // Harmless as long as nothing stands under it, which `unnamed` checks.
            continue;
        }
        if !columns.knows(&name) {
            let all = columns.names().collect::<Vec<_>>().join(", ");
            let expected =
                columns.nearest(&name).map_or_else(|| format!("one of {all}"), |near| format!("perhaps {near}"));
            findings.problem(here.at_column(heading.trim()), format!("unknown column {}", quoted(heading)), expected);
        } else if names.insert(name, at).is_some() {
            findings.problem(here.at_column(heading.trim()), "the column stands twice", "each column once");
        }
    }
    for missing in columns.required.iter().filter(|name| !names.contains_key(**name)) {
        findings.problem(here.at_column(missing), format!("the column {missing} is missing"), "it in the header row");
    }
    (findings.problems.len() == before).then_some(names)
}

/// A text that stands under a blank heading.
fn unnamed<'a>(header: &Line, line: &'a Line) -> Option<&'a str> {
    let mut pairs = header.cells.iter().zip(&line.cells);
    pairs.find(|(heading, cell)| heading.trim().is_empty() && !cell.trim().is_empty()).map(|(_, cell)| cell.as_str())
}

/// Downloads put an apostrophe before text that a spreadsheet would run as a formula (docs/adr/0005-csv.md).
fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@']) => rest,
        _ => text,
    }
}

impl<'a> Row<'a> {
    /// Where the row stands.
    pub(super) fn location(&self) -> Location {
        self.table.place.at_row(self.line.number)
    }

    /// The place of one of its cells.
    pub(super) fn at(&self, column: &str) -> Location {
        self.location().at_column(column)
    }

    /// Row, counted from 1, and column, counted from 0, of one of its cells.
    pub(super) fn place(&self, column: &str) -> Option<(u32, usize)> {
        Some((self.line.number, *self.table.names.get(column)?))
    }

    /// A cell; `None` when it is blank or the file has no such column.
    pub(super) fn get(&self, column: &str) -> Option<Cell<'a>> {
        let at = self.table.names.get(column)?;
        let text = unguarded(self.line.cells.get(*at)?.trim());
        (!text.is_empty()).then(|| Cell { text, location: self.at(column) })
    }

    /// The text of a cell with the spaces and lines around it; `None` when it is blank.
    pub(super) fn whole_text(&self, column: &str) -> Option<&'a str> {
        let at = self.table.names.get(column)?;
        self.line.cells.get(*at).map(|text| unguarded(text)).filter(|text| !text.trim().is_empty())
    }

    /// A cell that must not be blank.
    pub(super) fn need(&self, column: &str, expected: &str, findings: &mut Findings) -> Option<Cell<'a>> {
        let cell = self.get(column);
        if cell.is_none() {
            findings.problem(self.at(column), format!("{column} is empty"), expected);
        }
        cell
    }
}
