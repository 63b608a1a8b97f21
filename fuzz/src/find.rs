//! What residents type into a search box, answered.
#![no_main]

use council_map::for_fuzzing::{Completions, FindPage, FindQuery};
use council_map::for_tests::{Atlas, Connection};
use council_map_fuzz::{TODAY, site};
use libfuzzer_sys::fuzz_target;

thread_local!(static SITE: (Connection, Atlas) = site());

fuzz_target!(|text: &str| {
    SITE.with(|(conn, atlas)| {
        Completions::read(atlas, text.to_owned(), TODAY);
        let page = FindPage::read(conn, atlas, FindQuery::Text(text.to_owned()), TODAY).unwrap();
        assert_eq!(page.words(), text);
    });
});
