//! Cells of workbooks that are neither texts nor plain numbers: a figure is never made of them in silence.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::reader::{Read, Reader};

const HEADER: [&str; 4] = ["Authority Name", "Adult Care Services", "Benefits & Tax", "Housing"];
const TITLE: &str = "Complaints received, 2024-25";

/// A workbook with one table, two rows of it right, and what a test does to it.
fn workbook(change: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    table(sheet);
    change(sheet);
    book.save_to_buffer().unwrap()
}

fn table(sheet: &mut Worksheet) {
    sheet.write(0, 0, TITLE).unwrap();
    for (at, heading) in (0..).zip(HEADER) {
        sheet.write(1, at, heading).unwrap();
    }
    for (row, name) in [(2, "Derby City Council"), (3, "Leeds City Council")] {
        sheet.write(row, 0, name).unwrap();
        for column in 1..4 {
            sheet.write(row, column, 5).unwrap();
        }
    }
}

fn read(change: impl FnOnce(&mut Worksheet)) -> Read {
    Reader::new().statistics("received.xlsx", workbook(change), None)
}

#[test]
fn a_date_a_time_a_logical_value_and_an_error_in_a_count_are_problems_with_their_place() {
    let reader = Reader::new();
    let says = |change: &dyn Fn(&mut Worksheet), expected: &str| {
        let read = reader.statistics("received.xlsx", workbook(change), None);
        let expected = format!("received.xlsx:Sheet1:3:Adult Care Services: {expected}; expected a number");
        assert!(read.problem().starts_with(&expected), "{read:?}");
    };
    let day = ExcelDateTime::from_ymd(2025, 3, 2).unwrap();
    says(
        &|sheet| drop(sheet.write_with_format(2, 1, &day, &Format::new().set_num_format("d mmm yyyy"))),
        "a date, 2025-03-02",
    );
    let time = ExcelDateTime::from_hms(3, 2, 0).unwrap();
    says(
        &|sheet| drop(sheet.write_with_format(2, 1, &time, &Format::new().set_num_format("hh:mm:ss"))),
        "a time, 03:02:00",
    );
    says(&|sheet| drop(sheet.write(2, 1, true)), "the logical value TRUE");
    says(&|sheet| drop(sheet.write(2, 1, "#REF!")), "the error #REF!");
}

#[test]
fn a_formula_that_was_never_calculated_is_no_blank_cell() {
    let unsaved = read(|sheet| drop(sheet.write(2, 1, Formula::new("=3+3").set_result(""))));
    assert!(unsaved.problem().contains("the formula =3+3 has no result in the file"), "{unsaved:?}");
    // What writes noughts for results asks whoever opens the file to calculate.
    let nought = read(|sheet| drop(sheet.write(2, 1, Formula::new("=3+3"))));
    assert!(nought.problem().contains("the formula =3+3 has no result in the file"), "{nought:?}");
    let calculated = read(|sheet| drop(sheet.write(2, 1, Formula::new("=3+3").set_result("6"))));
    assert_eq!(calculated.value("derby-city-council 2024-25 received_adult_care_services"), Some(6.0));
}

#[test]
fn the_nought_of_a_look_up_is_remarked_on() {
    let found = read(|sheet| {
        sheet.write(2, 1, Formula::new("=IFERROR(VLOOKUP(A3,X1:Z9,2,FALSE),0)").set_result("0")).unwrap();
        sheet.write(2, 2, Formula::new("=2+3").set_result("5")).unwrap();
    });
    assert_eq!(found.value("derby-city-council 2024-25 received_adult_care_services"), Some(0.0));
    assert!(
        found.remarks_on("received.xlsx:Sheet1:3:Adult Care Services: the 0 is the result of the look-up"),
        "{found:?}"
    );
}

#[test]
fn hidden_rows_columns_and_sheets_are_named() {
    let found = read(|sheet| {
        sheet.set_row_hidden(3).unwrap();
        sheet.set_column_hidden(2).unwrap();
    });
    assert!(found.remarks_on("received.xlsx:Sheet1::: row 4 and column C of the sheet cannot be seen"), "{found:?}");
    assert_eq!(found.value("leeds-city-council 2024-25 received_benefits_and_tax"), Some(5.0));
    let mut book = Workbook::new();
    table(book.add_worksheet());
    let old = book.add_worksheet().set_name("old").unwrap();
    table(old);
    old.write(2, 1, 9).unwrap();
    old.set_hidden(true);
    let found = Reader::new().statistics("received.xlsx", book.save_to_buffer().unwrap(), None);
    assert!(found.remarks_on("received.xlsx:old::: the sheet is hidden and is left out"), "{found:?}");
    assert_eq!(found.value("derby-city-council 2024-25 received_adult_care_services"), Some(5.0));
}

#[test]
fn sheets_of_several_years_are_each_taken_by_their_year_or_the_cause_is_named_once() {
    let book = |names: [&str; 3], title: &str| {
        let mut book = Workbook::new();
        for name in names {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            table(sheet);
            sheet.write(0, 0, title).unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    let reader = Reader::new();
    let read = reader.statistics("received.xlsx", book(["2022-23", "2023-24", "2024-25"], "Complaints received"), None);
    for year in ["2022-23", "2023-24", "2024-25"] {
        assert_eq!(read.value(&format!("derby-city-council {year} received_housing")), Some(5.0));
    }
    let read = reader.statistics("received.xlsx", book(["a", "b", "c"], "Complaints received"), None);
    assert!(read.problem().contains("does not say its year; nor do 2 more sheets of the file"), "{read:?}");
}

/// A table of decisions with rates, each with a number format.
fn rates(cells: [(f64, &str); 2]) -> Read {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Complaints decided, 2024-25").unwrap();
    for (at, heading) in
        (0..).zip(["Authority Name", "Not Upheld", "Upheld", "Average uphold rate (%) of similar authorities"])
    {
        sheet.write(1, at, heading).unwrap();
    }
    for ((row, name), (rate, format)) in (2..).zip(["Derby City Council", "Leeds City Council"]).zip(cells) {
        sheet.write(row, 0, name).unwrap();
        sheet.write(row, 1, 5).unwrap();
        sheet.write(row, 2, 7).unwrap();
        sheet.write_with_format(row, 3, rate, &Format::new().set_num_format(format)).unwrap();
    }
    Reader::new().statistics("decided.xlsx", book.save_to_buffer().unwrap(), None)
}

#[test]
fn a_number_format_of_per_cents_says_what_a_number_is() {
    let found = rates([(0.61, "0%"), (0.745, "0.0%")]);
    assert_eq!(found.value("derby-city-council 2024-25 uphold_rate_similar"), Some(61.0));
    assert_eq!(found.value("leeds-city-council 2024-25 uphold_rate_similar"), Some(74.5));
    let found = rates([(0.61, "General"), (0.74, "General")]);
    assert_eq!(found.value("derby-city-council 2024-25 uphold_rate_similar"), Some(61.0), "a column of ratios");
    let found = rates([(0.61, "0%"), (0.74, "General")]);
    assert_eq!(found.value("leeds-city-council 2024-25 uphold_rate_similar"), Some(74.0), "and so whatever some show");
    let found = rates([(61.0, "General"), (0.74, "General")]);
    let problem = found.problem();
    assert!(problem.contains("is 0.74 here and 61 at decided.xlsx:Sheet1:3:"), "{problem}");
    assert!(rates([(61.0, "0%"), (0.74, "0%")]).problem().contains("6100"), "a hundred times too much");
}

#[test]
fn a_count_shown_as_a_per_cent_is_a_problem() {
    let format = Format::new().set_num_format("0%");
    let found = read(|sheet| drop(sheet.write_with_format(2, 1, 5, &format)));
    assert!(found.problem().contains("the per cent 500% by the number format of the cell"), "{found:?}");
}
