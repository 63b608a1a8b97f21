//! Letters in PDF.
#![no_main]

use council_map::for_tests::ImportKind;
use council_map_fuzz::Bench;
use libfuzzer_sys::fuzz_target;

thread_local!(static BENCH: Bench = Bench::open());

fuzz_target!(|bytes: &[u8]| {
    BENCH.with(|bench| bench.read(ImportKind::Letters, "letter.pdf", bytes));
});
