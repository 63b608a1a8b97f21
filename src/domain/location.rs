//! Where in a file something stands, for messages and for provenance.

use std::fmt;

use serde::Serialize;

/// A place in a source file. Rows count from 1 as a spreadsheet shows them, the header included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Location {
    /// File name as given on the command line.
    pub file: String,
    /// Sheet, where the file has several.
    pub sheet: Option<String>,
    /// Row from 1; none when the whole file is meant.
    pub row: Option<u32>,
    /// Heading of the column.
    pub column: Option<String>,
}

/// Characters of a heading that are enough to recognise it.
const LONGEST_COLUMN: usize = 100;

impl Location {
    /// The whole of a file.
    pub fn file(name: &str) -> Self {
        Self { file: name.to_owned(), ..Self::default() }
    }

    /// A row of the same file and sheet.
    #[must_use]
    pub fn at_row(&self, row: u32) -> Self {
        Self { row: Some(row), column: None, ..self.clone() }
    }

    /// A column of the same row.
    #[must_use]
    pub fn at_column(&self, column: &str) -> Self {
        // A heading may be a line of a hundred megabytes.
        let shown = column.char_indices().nth(LONGEST_COLUMN).map_or(column, |(end, _)| column.split_at(end).0);
        Self { column: Some(shown.to_owned()), ..self.clone() }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = self.row.map(|row| row.to_string()).unwrap_or_default();
        let sheet = self.sheet.as_deref().unwrap_or_default();
        let column = self.column.as_deref().unwrap_or_default();
        write!(f, "{}:{sheet}:{row}:{column}", self.file)
    }
}

/// Something wrong in a file: where, what was found, what was expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where.
    pub location: Location,
    /// What is wrong, with the text found.
    pub found: String,
    /// What was expected instead.
    pub expected: String,
}

impl Problem {
    /// A problem at a place.
    pub fn new(location: Location, found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { location, found: found.into(), expected: expected.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; expected {}", self.location, self.found, self.expected)
    }
}
