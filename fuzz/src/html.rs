//! Saved pages: of a decision, of a list of decisions, of a letter.
#![no_main]

use council_map::for_fuzzing::document_text;
use council_map::for_tests::ImportKind;
use council_map_fuzz::Bench;
use libfuzzer_sys::fuzz_target;

thread_local!(static BENCH: Bench = Bench::open());

fuzz_target!(|bytes: &[u8]| {
    BENCH.with(|bench| bench.read(ImportKind::Decisions, "19-018-222.html", bytes));
    document_text(bytes);
});
