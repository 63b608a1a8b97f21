//! Mid-year estimates in the layouts in which they are published.

use rust_xlsxwriter::Workbook;

use super::reader::Reader;
use super::support::Site;

fn imports(site: &Site, name: &str, content: &str, expected: &[(i64, i64)]) {
    let file = site.file(name, content);
    site.publish("population", &[&file], &[]);
    for (year, people) in expected {
        let sql = format!(
            "SELECT population FROM populations JOIN councils c ON c.id = council_id
             WHERE slug = 'derby-city-council' AND year = {year}"
        );
        assert_eq!(site.count(&sql), *people, "{name} {year}");
    }
}

#[test]
fn estimates_are_read_as_published() {
    let site = Site::prepared();
    let mye2 = "\"MYE2: Population estimates, Mid-2022\",,,,\nCode,Name,Geography,All ages,0\n\
        K02000001,UNITED KINGDOM,Country,\"67,596,281\",1\nE06000015,Derby,Unitary Authority,\"263,490\",3000\n\
        W06000015,Cardiff,Unitary Authority,\"372,089\",4000\n";
    imports(&site, "mye2.csv", mye2, &[(2022, 263_490)]);
    let nomis = "\"Population estimates\"\n\n\"local authority: district / unitary\",\"mnemonic\",\"2018\",\"2019\"\n\
        \"Derby\",\"E06000015\",\"257034\",\"257302\"\n";
    imports(&site, "nomis.csv", nomis, &[(2018, 257_034), (2019, 257_302)]);
    let api = "DATE,DATE_NAME,GEOGRAPHY_NAME,GEOGRAPHY_CODE,GENDER_NAME,C_AGE_NAME,MEASURES_NAME,OBS_VALUE\n\
        2023,2023,Derby,E06000015,Total,All Ages,Value,266460\n2023,2023,Derby,E06000015,Male,All Ages,Value,131000\n\
        2023,2023,Derby,E06000015,Total,All Ages,Percent,100\n";
    imports(&site, "api.csv", api, &[(2023, 266_460)]);
    let twice = site.file("twice.csv", "Code,Mid-2022\nE06000015,1\nE06000015,2\n");
    let answer = site.refused(&["import", "population", &twice]);
    assert!(answer.err.contains("Derby City Council stands twice for 2022"), "{}", answer.err);
}

#[test]
fn a_workbook_with_a_column_for_each_mid_year_is_read_from_the_sheet_of_all_persons() {
    let mut book = Workbook::new();
    for (name, people) in [("Notes", None), ("MYE4 Males", Some(130_000)), ("MYE4 Persons", Some(266_460))] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        let Some(people) = people else { continue };
        sheet.write(0, 0, "Population estimates: time series").unwrap();
        for (at, heading) in (0..).zip(["Code", "Name", "Geography", "Mid-2023", "Mid-2022"]) {
            sheet.write(2, at, heading).unwrap();
        }
        for (at, cell) in (0..).zip(["E06000015", "Derby", "Unitary Authority"]) {
            sheet.write(3, at, cell).unwrap();
        }
        sheet.write(3, 3, people).unwrap();
        sheet.write(3, 4, people - 1).unwrap();
    }
    let read = Reader::new().population("mye.xlsx", book.save_to_buffer().unwrap());
    assert_eq!(read, ["derby-city-council 2023 266460", "derby-city-council 2022 266459"]);
}
