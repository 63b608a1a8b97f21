//! Rows that are no councils, marks and shorthand, and what a data directory teaches of names and headings.

use std::fs;

use super::reader::Reader;
use super::support::Site;

const HEADER: &str = "Authority Name,Invalid or Incomplete,Advice Given,Referred Back for Local Resolution,\
                      Closed after Initial Enquiries,Not Upheld,Upheld,Total,Uphold Rate (%)";
const DERBY: &str = "Derby City Council,1,2,3,4,2,6,18,75";
const LEEDS: &str = "Leeds City Council,2,2,2,2,5,5,18,50";

#[test]
fn averages_and_groups_are_left_out_and_the_total_stays_right() {
    let table = format!(
        "{HEADER}\n{DERBY}\n{LEEDS}\nTotal,3,4,5,6,7,11,36,\nAverage,1.5,2,2.5,3,3.5,5.5,18,62\n\
         Median of unitary authorities,1,2,2.5,3,3.5,5.5,18,62\nLondon boroughs,40,40,40,40,40,40,240,50\n"
    );
    let read = Reader::new().statistics("decided.csv", table.clone(), Some("2024-25"));
    assert_eq!(read.value("leeds-city-council 2024-25 upheld"), Some(5.0));
    let expected = "3 rows of averages and groups left out: Average, London boroughs, Median of unitary authorities";
    assert!(read.remarks_on(expected), "{read:?}");
    let wrong = Reader::new().statistics("decided.csv", table.replace("7,11,36", "7,12,36"), Some("2024-25"));
    assert!(wrong.problem().contains("“Total” says 12 in decided_upheld; expected 11, the sum of the column"));
}

#[test]
fn a_subtotal_is_held_against_the_rows_above_it_or_the_councils_of_its_kind() {
    let table = format!(
        "{HEADER}\n{DERBY}\nSubtotal,1,2,3,4,2,6,18,\n{LEEDS}\nSubtotal,2,2,2,2,5,5,18,\nTotal,3,4,5,6,7,11,36,\n\
         Unitary councils total,1,2,3,4,2,6,18,\n"
    );
    let reader = Reader::new();
    let read = reader.statistics("decided.csv", table.clone(), Some("2024-25"));
    assert_eq!(read.value("derby-city-council 2024-25 upheld"), Some(6.0));
    let wrong = reader.statistics("decided.csv", table.replacen("Subtotal,2,", "Subtotal,3,", 1), Some("2024-25"));
    let expected =
        "decided.csv::5:Invalid or Incomplete: “Subtotal” says 3 in decided_invalid_or_incomplete; expected 2";
    assert!(wrong.problem().starts_with(expected), "{wrong:?}");
}

#[test]
fn notes_with_text_in_a_column_of_figures_are_no_rows() {
    let table = format!("{HEADER}\n{DERBY}\nNote 1,See the guide,,,,,,,\n2,Rates are of cases investigated,,,,,,,\n");
    let read = Reader::new().statistics("decided.csv", table, Some("2024-25"));
    assert_eq!(read.value("derby-city-council 2024-25 upheld"), Some(6.0));
    let mistyped = format!("{HEADER}\nDurby City Council,one,,,,,,,\n");
    assert!(!Reader::new().statistics("decided.csv", mistyped, Some("2024-25")).problems.is_empty());
}

#[test]
fn shorthand_says_no_value_and_spaces_and_words_are_read_as_they_are_meant() {
    let table = format!(
        "{HEADER}\nTrafford Council,0,1,1,0,0,0,2,[z]\nDerby City Council,−,..,[x],[c],0,6,6,100 per cent\n\
         Leeds City Council,nil,,,,0,\"1\u{2009}234\",\"1\u{a0}234\",100%\n"
    );
    let read = Reader::new().statistics("decided.csv", table, Some("2024-25"));
    assert_eq!(read.value("trafford-metropolitan-borough-council 2024-25 uphold_rate"), None);
    assert_eq!(read.value("derby-city-council 2024-25 uphold_rate"), Some(100.0));
    assert_eq!(read.value("derby-city-council 2024-25 decided_advice_given"), None);
    assert_eq!(read.value("leeds-city-council 2024-25 upheld"), Some(1234.0));
    assert_eq!(read.value("leeds-city-council 2024-25 decided_invalid_or_incomplete"), None);
}

#[test]
fn marks_of_footnotes_and_long_headings_are_understood() {
    let reader = Reader::new();
    let marked = HEADER.replace("Not Upheld,Upheld,", "Not Upheld2,Upheld²,");
    let read = reader.statistics("decided.csv", format!("{marked}\n{DERBY}\n"), Some("2024-25"));
    assert_eq!(read.value("derby-city-council 2024-25 decided_not_upheld"), Some(2.0));
    let long = "Authority Name,Complaints where compliance with the recommended remedy was recorded,Complied on time,\
        Complied late,Not complied,Compliance rate (%)\nDerby City Council,7,6,1,0,100\n";
    let read = reader.statistics("compliance.csv", long, Some("2024-25"));
    assert_eq!(read.value("derby-city-council 2024-25 compliance_outcomes"), Some(7.0));
    assert_eq!(read.value("derby-city-council 2024-25 complied"), Some(7.0));
}

#[test]
fn a_code_of_one_council_beside_the_name_of_another_is_a_problem_that_names_both() {
    let reader = Reader::new();
    let table = format!("ONS code,{HEADER}\nE08000035,{DERBY}\n");
    let read = reader.statistics("decided.csv", table.clone(), Some("2024-25"));
    assert!(
        read.problem().starts_with(
            "decided.csv::2:ONS code: “E08000035” is the code of Leeds City Council, but Authority Name says “Derby City \
             Council”; expected code and name of the same council"
        ),
        "{read:?}"
    );
    let right = reader.statistics("decided.csv", table.replace("E08000035", "E06000015"), Some("2024-25"));
    assert_eq!(right.value("derby-city-council 2024-25 upheld"), Some(6.0));
    let canonical = "authority,authority_name,year,upheld\nE08000035,Derby City Council,2024-25,7\n";
    assert!(reader.statistics("a.csv", canonical, None).problem().contains("is the code of Leeds City Council"));
}

/// Rows of bodies that lie near councils' names.
fn strangers() -> String {
    let others = ["West Midlands CA", "Norfolk Broads", "Hertsmere Leisure", "Other"];
    let rows: Vec<String> = others.iter().map(|name| format!("{name},1,0,0,0,0,1,2,100")).collect();
    format!("{HEADER}\n{DERBY}\n{}\nTotal,5,2,3,4,2,10,26,\n", rows.join("\n"))
}

#[test]
fn a_name_near_a_council_can_be_taught_to_be_no_council() {
    let site = Site::prepared();
    let table = site.file("decided.csv", strangers());
    let answer = site.run(&["import", "statistics", &table, "--year", "2024-25", "--publish"]);
    assert_eq!(answer.status, 1);
    let offer = "decided.csv::3:Authority Name: unknown council “West Midlands CA”; expected perhaps ";
    assert!(answer.err.starts_with(offer), "{}", answer.err);
    let line = "if it is no council, `council-map import aliases` teaches so with the line West Midlands CA,other body";
    assert!(answer.err.contains(line), "{}", answer.err);
    let names = "alias,authority\nWest Midlands CA,other body\nNorfolk Broads,other body\nHertsmere Leisure,other body\n\
        Other,left out\n";
    site.publish("aliases", &[&site.file("names.csv", names)], &[]);
    let again = site.publish("aliases", &[&site.file("names.csv", names)], &[]);
    assert!(again.out.contains("nothing new"), "{}", again.out);
    let answer = site.publish("statistics", &[&table], &["--year", "2024-25"]);
    assert!(answer.err.contains("4 rows are of bodies that are no councils"), "{}", answer.err);
    assert_eq!(site.cell("derby-city-council", "2024-25", "upheld"), Some(6.0));
    assert_eq!(site.count("SELECT count(DISTINCT council_id) FROM cells"), 1);
}

#[test]
fn files_in_the_data_directory_teach_names_and_headings_without_a_release() {
    let site = Site::prepared();
    let table =
        strangers().replace(",Upheld,", ",Complaints that we agreed with,").replace("Uphold Rate (%)", "Colour");
    let table = site.file("decided.csv", table);
    let import = ["import", "statistics", &table, "--year", "2024-25", "--publish"];
    assert_eq!(site.run(&import).status, 1);
    let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/examples");
    fs::copy(examples.join("names.csv"), site.data().join("names.csv")).unwrap();
    let headings = fs::read_to_string(examples.join("headings.csv")).unwrap();
    fs::write(site.data().join("headings.csv"), headings).unwrap();
    let answer = site.run(&import);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_eq!(site.cell("derby-city-council", "2024-25", "upheld"), Some(6.0));
    // A service area that is new stands under its own name and is part of the total.
    let of = |total: u32| {
        format!(
            "Authority Name,Housing,Digital Services,Total\nDerby City Council,5,2,{total}\n\
        Leeds City Council,9,1,10\nHull City Council,1,1,2\n"
        )
    };
    let areas = site.file("received.csv", of(7));
    site.publish("statistics", &[&areas], &["--year", "2024-25"]);
    assert_eq!(site.cell("derby-city-council", "2024-25", "received_digital_services"), Some(2.0));
    let wrong = site.file("received.csv", of(6));
    let answer = site.run(&["import", "statistics", &wrong, "--year", "2024-25", "--publish"]);
    assert!(answer.err.contains("received is 6; expected 7, the sum of the row"), "{}", answer.err);
    fs::write(site.data().join("headings.csv"), "table,field,words\ndecided,uphelt,we agreed\n").unwrap();
    let answer = site.run(&import);
    assert_eq!(answer.status, 1);
    assert!(
        answer.err.starts_with("headings.csv::2:field: “uphelt”; expected a field of data/columns/"),
        "{}",
        answer.err
    );
}

#[test]
fn councils_are_known_by_their_names_of_today_and_by_those_before() {
    let reader = Reader::new();
    let names = [
        ("Southend-on-Sea City Council", "southend-on-sea-borough-council"),
        ("Southend-on-Sea Borough Council", "southend-on-sea-borough-council"),
        ("Milton Keynes Council", "milton-keynes-council"),
        ("Colchester Borough", "colchester-borough-council"),
        ("Shepway District Council", "folkestone-and-hythe-district-council"),
        ("Shepway", "folkestone-and-hythe-district-council"),
        ("North  Somerset Council", "north-somerset-council"),
    ];
    for (name, slug) in names {
        let read = reader.statistics("a.csv", format!("authority,year,upheld\n{name},2024-25,7\n"), None);
        assert_eq!(read.value(&format!("{slug} 2024-25 upheld")), Some(7.0), "{name}");
    }
    let site = Site::prepared();
    let full = "SELECT count(*) FROM councils WHERE official_name IN ('Southend-on-Sea City Council', \
        'Colchester City Council', 'Milton Keynes City Council')";
    assert_eq!(site.count(full), 3);
    assert_eq!(site.count("SELECT count(*) FROM councils WHERE official_name LIKE '%  %'"), 0);
}

#[test]
fn other_nations_are_left_out_of_boundaries_with_one_remark() {
    let square = |code: &str, lon: f64, lat: f64| {
        let (east, north) = (lon + 0.1, lat + 0.1);
        format!(
            r#"{{"type":"Feature","properties":{{"LAD24CD":"{code}"}},"geometry":{{"type":"Polygon","coordinates":
            [[[{lon},{lat}],[{east},{lat}],[{east},{north}],[{lon},{north}],[{lon},{lat}]]]}}}}"#
        )
    };
    let features =
        [square("E06000015", -1.5, 52.9), square("W06000015", -3.2, 51.4), square("S12000033", -2.2, 57.1)].join(",");
    let site = Site::prepared();
    let file = site.file("lad24.geojson", format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#));
    let answer = site.run(&["import", "boundaries", &file]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    let remark = "look at lad24.geojson:::: 2 areas of Wales, Scotland and Northern Ireland are left out";
    assert!(answer.err.contains(remark), "{}", answer.err);
}
