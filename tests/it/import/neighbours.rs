//! Statistical nearest neighbours in the layouts in which they are published.

use rust_xlsxwriter::Workbook;

use super::reader::Reader;

const PAIRS: [&str; 3] = [
    "derby-city-council 1 stoke-on-trent-city-council Nearest neighbours",
    "derby-city-council 2 bolton-metropolitan-borough-council Nearest neighbours",
    "derby-city-council 3 coventry-city-council Nearest neighbours",
];

#[test]
fn neighbours_are_read_from_rows_and_from_columns() {
    let reader = Reader::new();
    for (layout, content) in [
        ("canonical", "authority,rank,neighbour\nDerby,1,E06000021\nDerby,2,E08000001\nDerby,3,E08000026\n"),
        (
            "a row for each pair, with codes and names",
            "Nearest neighbours\n\nArea Code,Area Name,Rank,Neighbour Area Code,Neighbour Area Name\n\
             E06000015,Derby,1,E06000021,Stoke-on-Trent\nE06000015,Derby,2,E08000001,Bolton\n\
             E06000015,Derby,3,E08000026,Coventry\n",
        ),
        (
            "columns of names with distances",
            "LA,SN1,SN1 Prox,SN2,SN2 Prox,SN3,SN3 Prox\nDerby,Stoke-on-Trent,0.9,Bolton,0.8,Coventry,0.7\n\
             Source: a department,,,,,,\n",
        ),
        (
            "columns of codes beside names",
            "LAD23CD,LAD23NM,Neighbour 1 name,Neighbour 1 code,Neighbour 2 name,Neighbour 2 code,Neighbour 3 name,\
             Neighbour 3 code\nE06000015,Derby,Stoke-on-Trent,E06000021,Bolton,E08000001,Coventry,E08000026\n",
        ),
    ] {
        let (pairs, remarks) = reader.neighbours("n.csv", content);
        assert_eq!(pairs, PAIRS, "{layout}");
        assert!(remarks.is_empty(), "{layout}: {remarks:?}");
    }
}

#[test]
fn each_sheet_of_a_workbook_is_a_model_and_other_nations_are_left_out() {
    let mut book = Workbook::new();
    for (name, first) in [("All services", "E06000021"), ("Children", "W06000015")] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (row, cells) in (0..).zip([["Code", "1", "2", "3"], ["E06000015", first, "E08000001", "E08000026"]]) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write(row, column, cell).unwrap();
            }
        }
    }
    let (pairs, remarks) = Reader::new().neighbours("n.xlsx", book.save_to_buffer().unwrap());
    assert_eq!(pairs.len(), 5);
    assert_eq!(pairs[0], "derby-city-council 1 stoke-on-trent-city-council All services");
    assert_eq!(pairs[3], "derby-city-council 2 bolton-metropolitan-borough-council Children");
    assert!(remarks[0].contains("councils of Wales, Scotland and Northern Ireland are left out"), "{remarks:?}");
}
