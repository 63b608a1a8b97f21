//! Paths and queries of all pages, read as far as the page that is meant.
#![no_main]

use std::sync::OnceLock;

use council_map::for_fuzzing::Addresses;
use council_map_fuzz::{data_dir, now};
use libfuzzer_sys::fuzz_target;

thread_local!(static ADDRESSES: OnceLock<Addresses> = const { OnceLock::new() });

fuzz_target!(|text: &str| {
    ADDRESSES.with(|addresses| {
        let addresses = addresses.get_or_init(|| Addresses::open(data_dir(), now()).expect("the site opens"));
        // The address of a page is its own.
        if let Some((row, address)) = addresses.read(text) {
            assert_eq!(addresses.read_again(row, &address).as_ref(), Some(&address), "{text}");
        }
    });
});
