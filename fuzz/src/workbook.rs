//! Spreadsheets. The first byte says of which kind; the rest is the file, or the parts of one as names and contents with
//! zero bytes between: the checksums of an archive would keep nearly every change from being read.
#![no_main]

use std::io::{Cursor, Write};

use council_map::for_tests::ImportKind;
use council_map_fuzz::Bench;
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;

thread_local!(static BENCH: Bench = Bench::open());

const KINDS: [ImportKind; 3] = [ImportKind::Statistics, ImportKind::Neighbours, ImportKind::Population];

fn archive(parts: &[u8]) -> Option<Vec<u8>> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for part in parts.split(|byte| *byte == 0).collect::<Vec<_>>().chunks_exact(2) {
        writer.start_file(str::from_utf8(part[0]).ok()?, options).ok()?;
        writer.write_all(part[1]).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

fuzz_target!(|input: &[u8]| {
    let Some((first, bytes)) = input.split_first() else { return };
    let kind = KINDS[usize::from(*first) % KINDS.len()];
    let packed = if bytes.starts_with(b"PK\x03\x04") { Some(bytes.to_vec()) } else { archive(bytes) };
    if let Some(packed) = packed {
        BENCH.with(|bench| bench.read(kind, "table.xlsx", &packed));
    }
});
