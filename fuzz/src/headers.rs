//! The headers that the site reads from strangers, one in a line; the first byte says how long the file is.
#![no_main]

use council_map::for_fuzzing::headers;
use libfuzzer_sys::fuzz_target;

const SIZES: [u64; 4] = [0, 1, 100, 1 << 40];

fuzz_target!(|input: &[u8]| {
    let Some((first, lines)) = input.split_first() else { return };
    let size = SIZES[usize::from(*first) % SIZES.len()];
    let pairs = lines.split(|byte| *byte == b'\n').filter_map(|line| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        Some((&line[..colon], line[colon + 1..].trim_ascii()))
    });
    let heard = headers(pairs, size);
    if let Some((first, length)) = heard.part {
        assert!(length > 0 && first < size && length <= size - first, "{heard:?} of {size}");
    }
    assert!(matches!(heard.page.0, 200 | 304), "{heard:?}");
    for (address, same) in heard.addresses.iter().flatten() {
        assert!(same, "{address} is no address of a site");
    }
});
