//! The text of a letter, read and made the body of a page.
#![no_main]

use council_map::for_fuzzing::clean;
use council_map::for_tests::ImportKind;
use council_map_fuzz::Bench;
use libfuzzer_sys::fuzz_target;

thread_local!(static BENCH: Bench = Bench::open());

/// All that the body of a letter may hold.
const TAGS: [&str; 26] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "div",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "sup",
];

fuzz_target!(|text: &str| {
    let page = clean(text);
    let mut open: Vec<&str> = Vec::new();
    for tag in page.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("a tag ends");
        let closes = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        assert!(TAGS.contains(&name), "<{tag}> in {page}");
        assert!(!tag.contains("style=") && !tag.contains(" on"), "<{tag}> in {page}");
        match (closes, name) {
            (_, "br" | "hr") => {}
            (false, _) => open.push(name),
            (true, _) => assert_eq!(open.pop(), Some(name), "{page}"),
        }
    }
    assert_eq!(open, Vec::<&str>::new(), "{page}");
    BENCH.with(|bench| bench.read(ImportKind::Letters, "letter.md", text.as_bytes()));
});
