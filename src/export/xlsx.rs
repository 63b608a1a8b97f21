//! XLSX of the same tables that CSV is made of, so that the two cannot disagree.
//!
//! The bytes depend on the content alone: the day of making is that of the release, so a workbook keeps its
//! ETag for as long as the data stays.

use jiff::Timestamp;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Table as ExcelTable, TableColumn, TableStyle,
    Workbook as ExcelBook, Worksheet, XlsxError,
};

use super::csv::{Cell, Table};

/// The widest that a column of a table becomes, in pixels; longer text is cut at the next cell.
const WIDEST: u32 = 280;
/// Widths of the two columns of the first sheet, in characters.
const ABOUT_WIDTHS: (f64, f64) = (26.0, 96.0);

/// The longest text of a cell, in UTF-16 units (Excel's specifications and limits).
const MOST_IN_A_CELL: usize = 32_767;
/// What stands at the end of a text that was cut.
const CUT: &str = " … (cut here: a cell holds no more; whole in CSV and JSON)";

/// A workbook: what it is, then its tables.
#[derive(Debug)]
pub struct Workbook {
    /// Its title.
    pub title: String,
    /// What the first sheet says, in pairs.
    pub about: Vec<(String, String)>,
    /// Sheets by name.
    pub sheets: Vec<(&'static str, Table)>,
    /// When its data was published.
    pub made_at: Timestamp,
}

impl Workbook {
    /// The whole file.
    ///
    /// # Errors
    /// More text or rows than the format holds.
    pub fn into_bytes(self) -> Result<Vec<u8>, XlsxError> {
        let mut book = ExcelBook::new();
        let made_at = ExcelDateTime::from_timestamp(self.made_at.as_second())?;
        book.set_properties(
            &DocProperties::new().set_title(&self.title).set_author("Council Map").set_creation_datetime(&made_at),
        );
        about(book.add_worksheet(), &self.title, &self.about)?;
        for (name, table) in self.sheets {
            sheet(book.add_worksheet(), name, table)?;
        }
        book.save_to_buffer()
    }
}

fn about(sheet: &mut Worksheet, title: &str, pairs: &[(String, String)]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name("About")?;
    sheet.set_column_width(0, ABOUT_WIDTHS.0)?.set_column_width(1, ABOUT_WIDTHS.1)?;
    sheet.write_string_with_format(0, 0, title, &Format::new().set_bold().set_font_size(14))?;
    for (row, (what, text)) in (2..).zip(pairs) {
        sheet.write_string_with_format(row, 0, what, &bold)?.write_string_with_format(row, 1, text, &wrapped)?;
    }
    Ok(())
}

fn sheet(sheet: &mut Worksheet, name: &str, table: Table) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for (column, name) in (0..).zip(&table.header) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
    }
    let last_row = u32::try_from(table.rows.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
    let last_column = u16::try_from(table.header.len()).map_err(|_| XlsxError::RowColumnLimitError)?.saturating_sub(1);
    for (row, cells) in (1..).zip(table.rows) {
        for (column, cell) in (0..).zip(cells) {
            write(sheet, row, column, cell)?;
        }
    }
    // A table of the format needs a row beside its header.
    if last_row > 0 {
        let columns: Vec<TableColumn> =
            table.header.iter().map(|name| TableColumn::new().set_header(*name).set_header_format(&bold)).collect();
        let known_as = name.to_lowercase().replace(' ', "_");
        let style = TableStyle::Light1;
        sheet.add_table(
            0,
            0,
            last_row,
            last_column,
            &ExcelTable::new().set_name(known_as).set_columns(&columns).set_style(style),
        )?;
    }
    sheet.set_autofit_max_width(WIDEST).autofit();
    Ok(())
}

/// A text that is longer than a cell holds is cut, and says so.
fn within_a_cell(text: String) -> String {
    if text.encode_utf16().count() <= MOST_IN_A_CELL {
        return text;
    }
    let mut room = MOST_IN_A_CELL - CUT.encode_utf16().count();
    let fits = |letter: &char| {
        let units = letter.len_utf16();
        let fits = units <= room;
        room = room.saturating_sub(units);
        fits
    };
    text.chars().take_while(fits).chain(CUT.chars()).collect()
}

/// Text is written as text, so no spreadsheet runs it and nothing has to stand before it.
fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string(row, column, within_a_cell(text))?,
        // As a word, which the CSV has too: what a spreadsheet shows of a boolean depends on its language.
        Cell::Flag(flag) => sheet.write_string(row, column, flag.to_string())?,
        Cell::Number(text) => match text.parse::<f64>() {
            Ok(number) => sheet.write_number(row, column, number)?,
            Err(_) => sheet.write_string(row, column, text)?,
        },
        Cell::Empty => sheet,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;

    fn workbook() -> Workbook {
        Workbook {
            title: "Derby".to_owned(),
            about: vec![("Source".to_owned(), "=1+1".to_owned())],
            sheets: vec![
                (
                    "Figures",
                    Table {
                        header: vec!["name", "change"],
                        rows: vec![
                            vec![Cell::text("=HYPERLINK(\"x\")"), Cell::number(Some(-3))],
                            vec![Cell::text("2019-20"), Cell::Empty],
                            vec![Cell::text("0012"), Cell::number(Some(53.846))],
                        ],
                    },
                ),
                ("Received by area", Table { header: vec!["year"], rows: Vec::new() }),
            ],
            made_at: "2020-07-29T09:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn text_stays_text_and_numbers_are_numbers() {
        let mut book = Xlsx::new(Cursor::new(workbook().into_bytes().unwrap())).unwrap();
        assert_eq!(book.sheet_names(), ["About", "Figures", "Received by area"]);
        let sheet = book.worksheet_range("Figures").unwrap();
        let cells: Vec<&[Data]> = sheet.rows().collect();
        assert_eq!(cells[0], [Data::String("name".to_owned()), Data::String("change".to_owned())]);
        assert_eq!(cells[1], [Data::String("=HYPERLINK(\"x\")".to_owned()), Data::Float(-3.0)]);
        assert_eq!(cells[2], [Data::String("2019-20".to_owned()), Data::Empty]);
        assert_eq!(cells[3], [Data::String("0012".to_owned()), Data::Float(53.846)]);
        assert!(book.worksheet_formula("Figures").unwrap().is_empty(), "no cell is a formula");
        assert!(book.worksheet_formula("About").unwrap().is_empty());
    }

    #[test]
    fn a_text_that_no_cell_holds_is_cut_and_says_so() {
        let whole = "é".repeat(MOST_IN_A_CELL);
        assert_eq!(within_a_cell(whole.clone()), whole);
        for long in ["é".repeat(MOST_IN_A_CELL + 1), "😀".repeat(MOST_IN_A_CELL)] {
            let cut = within_a_cell(long);
            let units = cut.encode_utf16().count();
            assert!(cut.ends_with("whole in CSV and JSON)") && units <= MOST_IN_A_CELL && units > MOST_IN_A_CELL - 3);
            let sheets = vec![("Figures", Table { header: vec!["text"], rows: vec![vec![Cell::text(cut)]] })];
            assert!(Workbook { sheets, ..workbook() }.into_bytes().is_ok());
        }
    }

    #[test]
    fn the_same_data_makes_the_same_bytes() {
        let first = workbook().into_bytes().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert_eq!(first, workbook().into_bytes().unwrap());
    }
}
