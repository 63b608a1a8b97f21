//! A grid of texts that remembers where each stands: what CSV files and spreadsheets both become.

use std::borrow::Cow;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::apart::{self, Job};
use super::problems::Findings;
use crate::domain::location::Location;

/// One row, with its number as a spreadsheet shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Counted from 1, blank rows included.
    pub(super) number: u32,
    /// Texts of the cells.
    pub(super) cells: Vec<String>,
}

/// The rows of a CSV file, or of one sheet of a workbook. Blank rows are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    /// File and sheet.
    pub(super) place: Location,
    /// Rows that are not blank.
    pub(super) lines: Vec<Line>,
}

/// More rows than any table of this domain has; a longer file is something else.
const MOST_ROWS: usize = 4_000_000;
/// More cells than any table has: the postcodes of the country with their codes are six million.
const MOST_CELLS: usize = 12_000_000;

/// From so many bytes on a file is tried first in a process apart; what takes all memory is longer.
pub(super) const LONG: usize = 4 << 20;

/// So many rows are looked at of a file with more than a table may have.
const LOOKED_AT: usize = 100_000;

/// The start of a file that is too long, in whole lines: what is wrong with its rows tells more than that they are too many.
pub(super) fn start(bytes: &[u8]) -> &[u8] {
    let start = bytes.get(..LONG).unwrap_or(bytes);
    let whole = start.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
    start.get(..whole).unwrap_or_default()
}

/// Text of a file in whatever encoding it came: UTF-8 and UTF-16 by their marks, UTF-8 when it is valid,
/// else Windows-1252, which is what Excel writes as "CSV" in Britain.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let (encoding, marked) = if bytes.starts_with(b"\xEF\xBB\xBF") {
        (UTF_8, true)
    } else if bytes.starts_with(b"\xFF\xFE") {
        (UTF_16LE, true)
    } else if bytes.starts_with(b"\xFE\xFF") {
        (UTF_16BE, true)
    } else {
        (UTF_8, false)
    };
    let text = if marked || std::str::from_utf8(bytes).is_ok() {
        encoding.decode(bytes).0
    } else {
        WINDOWS_1252.decode(bytes).0
    };
    // Old Mac exports end lines with a lone carriage return, which the counting of lines below does not know.
    if text.contains('\n') || !text.contains('\r') { text } else { Cow::Owned(text.replace('\r', "\n")) }
}

impl Sheet {
    /// Reads CSV with commas, semicolons or tabs; a long file once it is known that it can be read within the limits.
    pub(super) fn from_csv(name: &str, bytes: &[u8], findings: &mut Findings) -> Option<Self> {
        if bytes.len() >= LONG
            && let Err(limit) = apart::tried(Job::Table, bytes)
        {
            findings.problem(
                Location::file(name),
                format!("{limit}; only its start is looked at"),
                "a table like those of docs/importing.md",
            );
            return Self::parse(name, start(bytes), findings);
        }
        Self::parse(name, bytes, findings)
    }

    /// The same without a process of its own.
    pub(super) fn parse(name: &str, bytes: &[u8], findings: &mut Findings) -> Option<Self> {
        let place = Location::file(name);
        if let Some(kind) = not_text(bytes) {
            findings.problem(place, format!("the file is {kind}"), "a CSV file in UTF-8 with a header row");
            return None;
        }
        let text = decode(bytes);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator(&text))
            .from_reader(text.as_bytes());
        let mut lines = Vec::new();
        let mut cells = 0;
        let mut rows = RowCounter { text: text.as_bytes(), at: 0, breaks: 0, inner: 0 };
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    findings.problem(
                        place.clone(),
                        format!("the file cannot be read as CSV: {error}"),
                        "rows of cells",
                    );
                    return None;
                }
            };
            let number = rows.number_of(&record);
            cells += record.len();
            if lines.len() >= MOST_ROWS || cells > MOST_CELLS {
                let expected = format!("at most {MOST_ROWS} rows and {MOST_CELLS} cells");
                findings.problem(place.at_row(number), "the file is too long; only its start is looked at", expected);
                lines.truncate(LOOKED_AT);
                break;
            }
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                lines.push(Line { number, cells: record.iter().map(str::to_owned).collect() });
            }
        }
        Some(Self { place, lines })
    }
}

/// Counts rows as a spreadsheet does: blank lines count, and line breaks inside a cell do not. The reader's
/// own count is of the line where it began to look, before any blank ones.
struct RowCounter<'a> {
    text: &'a [u8],
    at: usize,
    breaks: usize,
    inner: usize,
}

impl RowCounter<'_> {
    fn number_of(&mut self, record: &csv::StringRecord) -> u32 {
        let byte = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(byte).unwrap_or(usize::MAX);
        let blank = self.text.iter().skip(start).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = self.text.get(self.at..start + blank).unwrap_or_default();
        self.breaks += passed.split(|byte| *byte == b'\n').skip(1).count();
        self.at = start + blank;
        let number = u32::try_from(self.breaks.saturating_sub(self.inner) + 1).unwrap_or(u32::MAX);
        self.inner += record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        number
    }
}

/// Names a kind of file that is no text, by its first bytes.
fn not_text(bytes: &[u8]) -> Option<&'static str> {
    let utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if bytes.starts_with(b"PK\x03\x04") {
        Some("a spreadsheet or another zip archive")
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        Some("an old or an encrypted Office file")
    } else if bytes.starts_with(b"%PDF-") {
        Some("a PDF")
    } else if !utf16 && bytes.contains(&0) {
        Some("not text: it holds zero bytes")
    } else {
        None
    }
}

/// The separator that the first lines use most; quoted text does not count.
fn separator(text: &str) -> u8 {
    let mut best = (0, b',');
    for candidate in [b',', b';', b'\t'] {
        let most = text.lines().take(20).map(|line| unquoted(line, candidate)).max().unwrap_or(0);
        if most > best.0 {
            best = (most, candidate);
        }
    }
    best.1
}

fn unquoted(line: &str, wanted: u8) -> usize {
    let mut inside = false;
    line.bytes()
        .filter(|byte| {
            inside ^= *byte == b'"';
            !inside && *byte == wanted
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<Line> {
        Sheet::from_csv("a.csv", bytes, &mut Findings::default()).unwrap().lines
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        let lines = read(b"a,b\n\n\"two\nlines\",2\nx,3\n");
        let numbers: Vec<u32> = lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 3, 4]);
        let lines = read(b"title\r\n\r\na,b\r\n\r\n\r\n1,\"2\r\n3\"\r\n4,5");
        let numbers: Vec<u32> = lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 3, 6, 7]);
    }

    #[test]
    fn byte_order_marks_semicolons_tabs_and_windows_letters_are_read_alike() {
        let expected = read("a,b\nCafé ’s,2\n".as_bytes());
        assert_eq!(read("\u{feff}a;b\r\nCafé ’s;2\r\n".as_bytes()), expected);
        assert_eq!(read(b"a\tb\nCaf\xE9 \x92s\t2\n"), expected);
        let utf16: Vec<u8> = "\u{feff}a,b\nCafé ’s,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf16), expected);
    }

    #[test]
    fn the_start_of_a_file_is_whole_lines() {
        let bytes = [b"a,b\n1,2\n".repeat(LONG / 8), b"3,4".to_vec()].concat();
        let start = start(&bytes);
        assert!(start.len() <= LONG && start.len() > LONG - 8 && start.ends_with(b"\n"), "{}", start.len());
        assert_eq!(super::start(&vec![b'a'; LONG + 1]), b"", "one line without end");
    }

    #[test]
    fn a_file_that_is_no_text_is_named_as_what_it_is() {
        for (bytes, word) in [(&b"PK\x03\x04abc"[..], "zip"), (b"%PDF-1.7", "PDF"), (b"a,b\0", "zero bytes")] {
            let mut findings = Findings::default();
            assert!(Sheet::from_csv("a.csv", bytes, &mut findings).is_none());
            assert!(findings.problems[0].found.contains(word), "{}", findings.problems[0]);
        }
    }
}
