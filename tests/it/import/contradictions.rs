//! Evidence in a file that contradicts itself is a problem that names both sides.

use super::reader::Reader;

/// The header of the Ombudsman's table of decisions, and a row that is right.
const HEADER: &str = "Authority Name,Invalid or Incomplete,Advice Given,Referred Back for Local Resolution,\
                      Closed after Initial Enquiries,Not Upheld,Upheld,Total,Uphold Rate (%)";
const DERBY: &str = "Derby City Council,1,2,3,4,2,6,18,75";

#[test]
fn a_year_on_the_command_line_that_the_title_or_the_name_of_the_file_denies_is_refused() {
    let reader = Reader::new();
    let titled = format!("\"Complaints decided, 1 April 2022 to 31 March 2023\"\n{HEADER}\n{DERBY}\n");
    let read = reader.statistics("decided.csv", titled.clone(), Some("2024-25"));
    assert!(
        read.problem().starts_with(
            "decided.csv::2:: the year is not clear: the title in row 1 says 2022-23, --year says 2024-25;"
        ),
        "{read:?}"
    );
    let read = reader.statistics("2-Complaints-Decided-23-24.csv", format!("{HEADER}\n{DERBY}\n"), Some("2024-25"));
    assert!(read.problem().contains("the name of the file says 2023-24, --year says 2024-25"), "{read:?}");
    let read = reader.statistics("2-Complaints-Decided-23-24.csv", titled, None);
    assert!(read.problem().contains("the title in row 1 says 2022-23, the name of the file says 2023-24"), "{read:?}");
}

#[test]
fn a_table_that_says_its_year_needs_no_other_word() {
    let reader = Reader::new();
    let key = "derby-city-council 2022-23 upheld";
    let titled = format!("Complaints decided 2022/23\n{HEADER}\n{DERBY}\n");
    assert_eq!(reader.statistics("decided.csv", titled, None).value(key), Some(6.0));
    let named = format!("{HEADER}\n{DERBY}\n");
    assert_eq!(reader.statistics("decided-2022-23.csv", named, None).value(key), Some(6.0));
}

#[test]
fn a_column_of_years_gives_each_row_its_year() {
    let reader = Reader::new();
    let table = format!("Year,{HEADER}\n2022-23,{DERBY}\n2023-24,Leeds City Council,2,2,2,2,5,5,18,50\n");
    let read = reader.statistics("decided.csv", table.clone(), None);
    assert_eq!(read.value("derby-city-council 2022-23 upheld"), Some(6.0));
    assert_eq!(read.value("leeds-city-council 2023-24 upheld"), Some(5.0));
    let read = reader.statistics("decided.csv", format!("Decided in 2022-23\n{table}"), Some("2024-25"));
    let problem = read.problem();
    for part in [
        "the title in row 1 says 2022-23",
        "--year says 2024-25",
        "the column Year in row 3 says 2022-23",
        "the column Year in row 4 says 2023-24",
    ] {
        assert!(problem.contains(part), "{problem}");
    }
}

#[test]
fn the_year_of_a_canonical_row_is_held_against_the_command_line_too() {
    let read = Reader::new().statistics("a.csv", "authority,year,upheld\nDerby,2019-20,7\n", Some("2024-25"));
    let expected = "a.csv::2:year: the year is not clear: --year says 2024-25, the row says 2019-20;";
    assert!(read.problem().starts_with(expected), "{read:?}");
}

#[test]
fn a_title_in_the_words_of_a_canonical_file_does_not_make_one() {
    let table = "\u{feff}Compliance outcomes;;;;;;\n;;;;;;\n\
        Authority Name;Compliance outcomes recorded;Complied on time;Complied late;Not complied;Compliance rate (%);\
        Average compliance rate (%) of similar authorities\n\
        Derby City Council;7;6;1;0;100%;99%\nRutland County Council;0;0;0;0;N/A;99%\n";
    let read = Reader::new().statistics("compliance.csv", table, Some("2019-20"));
    for (field, value) in [("compliance_outcomes", 7.0), ("complied", 7.0), ("complied_late", 1.0)] {
        assert_eq!(read.value(&format!("derby-city-council 2019-20 {field}")), Some(value), "{field}");
    }
    assert_eq!(read.value("rutland-county-council 2019-20 compliance_outcomes"), Some(0.0));
    assert_eq!(read.value("rutland-county-council 2019-20 compliance_rate"), None);
}

#[test]
fn a_canonical_table_below_a_title_is_read_as_one() {
    let table = "Figures of our councils,,\n,,\nauthority,year,upheld\nDerby,2019-20,7\n";
    let read = Reader::new().statistics("a.csv", table, None);
    assert_eq!(read.value("derby-city-council 2019-20 upheld"), Some(7.0));
}
