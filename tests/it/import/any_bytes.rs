//! No file makes an import panic.

use council_map::for_tests::ImportKind;
use council_map::for_tests::Register;
use council_map::for_tests::Unwatched;
use council_map::for_tests::{Context, InputFile, Taught, read};
use proptest::prelude::*;

use super::support::Site;

fn headed() -> impl Strategy<Value = Vec<u8>> {
    let header = prop_oneof![
        Just("authority,year,upheld,investigated,uphold_rate\n"),
        Just("reference,authority,type,outcome,category,decision_date,summary,sections\n"),
        Just("authority,year,letter_date,document\n"),
        Just("authority,year,replied_on,text,measure\n"),
        Just("{\"reference\":1,"),
        Just(""),
    ];
    let cell = prop_oneof![
        Just("Derby".to_owned()),
        Just("2019-20".to_owned()),
        Just("\"".to_owned()),
        Just("19 012 345".to_owned()),
        Just("9".repeat(400)),
        "\\PC{0,12}",
    ];
    (header, prop::collection::vec(cell, 0..40), prop::collection::vec(any::<u8>(), 0..40)).prop_map(
        |(header, cells, tail)| {
            let mut bytes = header.as_bytes().to_vec();
            for row in cells.chunks(5) {
                bytes.extend(row.join(",").as_bytes());
                bytes.push(b'\n');
            }
            bytes.extend(tail);
            bytes
        },
    )
}

#[test]
fn any_bytes_are_read_or_refused_and_never_panic() {
    let site = Site::prepared();
    let conn = site.open();
    let register = Register::load(&conn).unwrap();
    let today = jiff::civil::date(2026, 11, 22);
    let context = Context {
        register: &register,
        conn: &conn,
        today,
        visible_from: today,
        year: None,
        taught: &Taught::default(),
        progress: &Unwatched,
    };
    proptest!(ProptestConfig::with_cases(300), |(bytes in headed(), kind in 0..ImportKind::ALL.len())| {
        let mut files = [InputFile::in_memory("a.csv", bytes, site.data())];
        let (records, findings) = read(ImportKind::ALL[kind], &mut files, context);
        prop_assert_eq!(records.is_none(), !findings.problems.is_empty());
    });
}
