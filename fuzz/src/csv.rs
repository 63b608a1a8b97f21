//! Tables and JSON Lines of every kind; the first byte says which.
#![no_main]

use council_map::for_tests::ImportKind;
use council_map_fuzz::Bench;
use libfuzzer_sys::fuzz_target;

thread_local!(static BENCH: Bench = Bench::open());

fuzz_target!(|input: &[u8]| {
    let Some((first, bytes)) = input.split_first() else { return };
    let kind = ImportKind::ALL[usize::from(*first) % ImportKind::ALL.len()];
    BENCH.with(|bench| {
        let records = bench.read(kind, "table.csv", bytes);
        // The mark that Excel puts in front of UTF-8 changes nothing.
        if records.is_some() && bytes.first().is_some_and(u8::is_ascii_alphabetic) && str::from_utf8(bytes).is_ok() {
            let marked = bench.read(kind, "table.csv", &[b"\xEF\xBB\xBF", bytes].concat());
            assert_eq!(format!("{records:?}"), format!("{marked:?}"));
        }
    });
});
