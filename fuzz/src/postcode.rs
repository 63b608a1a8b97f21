//! What residents type into a search box, taken apart.
#![no_main]

use council_map::for_fuzzing::{GssCode, Outcode, Postcode, Reference, Slug, Typed};
use council_map::for_tests::SearchText;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // What was understood is written as it is understood again.
    if let Ok(postcode) = Postcode::parse(text) {
        assert_eq!(Postcode::parse(&postcode.to_string()), Ok(postcode));
        assert_eq!(Typed::read(&postcode.to_string()).exact, Some(postcode));
    }
    if let Ok(outcode) = Outcode::parse(text) {
        assert_eq!(Outcode::parse(outcode.as_str()), Ok(outcode));
        assert_eq!(Outcode::from_padded(outcode.padded()), Some(outcode));
    }
    if let Ok(code) = GssCode::parse(text) {
        assert_eq!(GssCode::parse(code.as_str()), Ok(code));
    }
    if let Ok(slug) = Slug::parse(text) {
        assert_eq!(Slug::parse(slug.as_str()), Ok(slug));
    }
    if let Ok(reference) = Reference::parse(text) {
        assert_eq!(Reference::parse(&reference.to_string()), Ok(reference));
    }
    for postcode in Typed::read(text).alike {
        assert_eq!(Postcode::parse(&postcode.to_string()), Ok(postcode));
    }
    let search = SearchText::parse(text);
    let again = SearchText::parse(search.text());
    assert_eq!((again.text(), again.phrases()), (search.text(), search.phrases()));
});
