//! CSV as spreadsheets and programs read it: RFC 4180, a byte-order mark so that Excel reads UTF-8
//! (docs/adr/0005-csv.md), and no text that a spreadsheet would run as a formula.

use csv::{Terminator, WriterBuilder};

/// The mark without which Excel shows `£` as `Â£`.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A table to be written. Column names are fixed, or made from the data as `String`.
#[derive(Debug, Default)]
pub struct Table<Name = &'static str> {
    /// Column names.
    pub header: Vec<Name>,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Text, which is guarded against being read as a formula.
    Text(String),
    /// A number as written; never guarded, so that it stays a number.
    Number(String),
    /// Yes or no, as programs read it.
    Flag(bool),
    /// Not known.
    Empty,
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A text that may be missing.
    pub fn maybe(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.into()))
    }

    /// A number that may be missing.
    pub fn number(number: Option<impl ToString>) -> Self {
        number.map_or(Self::Empty, |number| Self::Number(number.to_string()))
    }

    /// Yes or no, as programs read it.
    pub fn flag(value: bool) -> Self {
        Self::Flag(value)
    }

    fn written(self) -> String {
        match self {
            // Text that itself begins with an apostrophe before such a sign gets one more, so that an import, which
            // takes one off, gives back the same.
            Self::Text(text) if text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']) => {
                format!("'{text}")
            }
            Self::Text(text) | Self::Number(text) => text,
            Self::Flag(flag) => flag.to_string(),
            Self::Empty => String::new(),
        }
    }
}

impl<Name: AsRef<[u8]>> Table<Name> {
    /// The whole file. Writing to memory cannot fail; if it did, the file would be empty.
    pub fn into_bytes(self) -> Vec<u8> {
        let mut writer =
            WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
        let mut written = writer.write_record(&self.header);
        for row in self.rows {
            written = written.and_then(|()| writer.write_record(row.into_iter().map(Cell::written)));
        }
        written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_a_spreadsheet_would_run_is_guarded_and_numbers_stay_numbers() {
        let table = Table {
            header: vec!["name", "change"],
            rows: vec![
                vec![Cell::text("=HYPERLINK(\"x\")"), Cell::number(Some(-3))],
                vec![Cell::text("a, b"), Cell::Empty],
            ],
        };
        let text = String::from_utf8(table.into_bytes()).unwrap();
        assert_eq!(text, "\u{feff}name,change\r\n\"'=HYPERLINK(\"\"x\"\")\",-3\r\n\"a, b\",\r\n");
    }
}
