//! What becomes a path: the list of versions, what is kept of a release, an order of files; the first byte says which.
#![no_main]

use council_map::for_fuzzing::{Meta, is_plain_name, is_release_key, is_version_file, order, stays_below};
use council_map::for_tests::Editions;
use council_map_fuzz::now;
use libfuzzer_sys::fuzz_target;

const KEY: &str = "0003-statistics";

/// The name of one file or folder.
fn plain(name: &str) {
    assert!(!name.is_empty() && !name.contains('/') && name != "." && name != "..", "{name:?}");
}

/// A path that does not leave its folder.
fn below(path: &str) {
    assert!(!path.starts_with('/') && path.split('/').all(|part| part != ".."), "{path:?}");
}

fuzz_target!(|input: &[u8]| {
    let Some((first, bytes)) = input.split_first() else { return };
    match first % 4 {
        0 => {
            let Ok(list) = Editions::of_bytes(bytes) else { return };
            for edition in &list.editions {
                plain(&edition.file);
                edition.releases.iter().for_each(|key| plain(key));
            }
            list.in_force(now());
            list.pending(now());
            list.next_number(now());
            assert_eq!(Editions::of_bytes(&serde_json::to_vec(&list).unwrap()).ok(), Some(list));
        }
        1 => {
            let Ok(meta) = Meta::of_bytes(bytes, KEY) else { return };
            plain(&meta.release.key);
            meta.files.iter().for_each(|name| plain(name));
            meta.documents.iter().flatten().for_each(|path| below(path));
        }
        2 => {
            for (key, file) in order(bytes).unwrap_or_default() {
                plain(&key);
                below(&file);
            }
        }
        _ => {
            let Ok(name) = str::from_utf8(bytes) else { return };
            if is_plain_name(name) || is_release_key(name) || is_version_file(name) {
                plain(name);
            }
            if stays_below(name) {
                below(name);
            }
        }
    }
});
