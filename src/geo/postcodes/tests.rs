use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;

const ASSET: &[u8] = include_bytes!("../../../assets/postcodes.bin");
const REGISTER: &str = include_str!("../../../data/authorities.csv");
const SAMPLE: &str = include_str!("../../../tests/fixtures/postcodes-sample.csv");

static TABLE: LazyLock<PostcodeTable> = LazyLock::new(|| PostcodeTable::from_bytes(ASSET).unwrap());

fn answer(postcode: &str) -> PostcodeAnswer {
    TABLE.lookup(Postcode::parse(postcode).unwrap())
}

fn council(code: &str) -> PostcodeAnswer {
    PostcodeAnswer::Council(GssCode::parse(code).unwrap())
}

fn councils_of(outcode: &str) -> Vec<String> {
    TABLE.outcode(Outcode::parse(outcode).unwrap(), None).iter().map(|code| code.as_str().to_owned()).collect()
}

/// A table of two sectors: DE1 2AA and 2AB in Derby, DE1 2AD in Wales, DE1 3ZZ in Derby.
fn small() -> Vec<u8> {
    let mut bytes = b"UKPCODE1\x04\0test\x02\0E06000015W92000004\x02\0\0\0".to_vec();
    for (key, units) in [(b"DE1 2", [0_usize, 1, 2].as_slice()), (b"DE1 3", &[440])] {
        bytes.extend(key);
        let mut bitmap = [0_u8; BITMAP_BYTES];
        for unit in units {
            bitmap[unit / 8] |= 1 << (unit % 8);
        }
        bytes.extend(bitmap);
    }
    bytes.extend(b"\x03\0\0\0\0\0\x02\0\x01\0\x01\0\0\0\x01\0");
    bytes
}

#[test]
fn a_postcode_in_england_has_its_council() {
    assert_eq!(answer("DE1 2FS"), council("E06000015"));
    assert_eq!(answer("SW1A 1AA"), council("E09000033"));
    assert_eq!(answer("TR21 0LW"), council("E06000053"));
}

#[test]
fn a_postcode_elsewhere_has_its_nation() {
    assert_eq!(answer("CF10 3AT"), PostcodeAnswer::Elsewhere(Nation::Wales));
    assert_eq!(answer("EH8 8DX"), PostcodeAnswer::Elsewhere(Nation::Scotland));
    assert_eq!(answer("BT1 5GS"), PostcodeAnswer::Elsewhere(Nation::NorthernIreland));
    assert_eq!(answer("JE2 3QA"), PostcodeAnswer::Elsewhere(Nation::ChannelIslands));
    assert_eq!(answer("IM1 2PB"), PostcodeAnswer::Elsewhere(Nation::IsleOfMan));
}

#[test]
fn a_postcode_that_does_not_exist_is_unknown_even_between_neighbours_that_do() {
    let small = PostcodeTable::from_bytes(&small()).unwrap();
    let lookup = |text: &str| small.lookup(Postcode::parse(text).unwrap());
    assert_eq!(lookup("DE1 2AB"), council("E06000015"));
    assert_eq!(lookup("DE1 2AD"), PostcodeAnswer::Elsewhere(Nation::Wales));
    assert_eq!(lookup("DE1 3ZZ"), council("E06000015"));
    for missing in ["DE1 2AE", "DE1 3ZY", "DE1 1AA", "DE1 4AA", "AB1 0AA", "ZE1 0AA"] {
        assert_eq!(lookup(missing), PostcodeAnswer::Unknown, "{missing}");
    }
    assert_eq!(answer("ZZ99 9ZZ"), PostcodeAnswer::Unknown);
}

#[test]
fn every_postcode_of_the_sample_has_the_council_of_the_directory() {
    let mut checked = 0;
    for line in SAMPLE.lines().skip(1) {
        let mut cells = line.split(',');
        let (postcode, code) = (cells.next().unwrap(), cells.next().unwrap());
        assert_eq!(answer(postcode), council(code), "{postcode}");
        checked += 1;
    }
    assert_eq!(checked, 2000);
}

#[test]
fn every_current_council_of_the_lower_tier_has_postcodes_and_no_other_has() {
    let register: std::collections::BTreeSet<_> = csv::Reader::from_reader(REGISTER.as_bytes())
        .into_deserialize::<std::collections::HashMap<String, String>>()
        .map(Result::unwrap)
        .filter(|row| row["active_to"].is_empty() && row["kind"] != "county")
        .map(|row| row["code"].clone())
        .collect();
    let table: std::collections::BTreeSet<_> = TABLE
        .runs
        .iter()
        .filter_map(|run| match run.answer {
            PostcodeAnswer::Council(code) => Some(code.as_str().to_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(register.len(), 296);
    assert_eq!(table, register);
}

#[test]
fn a_first_half_names_every_council_it_touches_and_the_largest_first() {
    // Scilly, then sixteen postcodes that the directory places at Penzance, in Cornwall.
    assert_eq!(councils_of("TR21"), ["E06000053", "E06000052"]);
    assert_eq!(councils_of("DE1").first().map(String::as_str), Some("E06000015"));
    assert!(councils_of("ZZ9").is_empty());
    assert!(councils_of("DE2").iter().all(|code| code != "E09000033"));

    let small = PostcodeTable::from_bytes(&small()).unwrap();
    let outcode = Outcode::parse("DE1").unwrap();
    assert_eq!(
        small.places(outcode, None),
        [(council("E06000015"), 3), (PostcodeAnswer::Elsewhere(Nation::Wales), 1),]
    );
    assert_eq!(small.outcode_nations(outcode, None), [Nation::Wales]);
}

#[test]
fn a_first_half_that_lies_on_the_border_names_both_sides() {
    let border = Outcode::parse("CH1").unwrap();
    assert_eq!(TABLE.outcode(border, None), [GssCode::parse("E06000050").unwrap()]);
    assert_eq!(TABLE.outcode_nations(border, None), [Nation::Wales]);
    assert_eq!(TABLE.outcode_nations(Outcode::parse("GY1").unwrap(), None), [Nation::ChannelIslands]);
}

#[test]
fn the_places_of_all_first_halves_add_up_to_every_postcode() {
    let outcodes: std::collections::BTreeSet<[u8; 4]> =
        TABLE.sectors.iter().map(|sector| *sector.key.first_chunk().unwrap()).collect();
    let total: u32 = outcodes
        .into_iter()
        .flat_map(|outcode| TABLE.places(Outcode::from_padded(outcode).unwrap(), None))
        .map(|(_, count)| count)
        .sum();
    assert_eq!(total, TABLE.postcodes);
    assert_eq!(total, 2_709_549);
}

#[test]
fn a_damaged_file_is_refused_with_the_part_that_is_damaged() {
    let refused = |change: fn(&mut Vec<u8>)| {
        let mut bytes = small();
        change(&mut bytes);
        PostcodeTable::from_bytes(&bytes).unwrap_err()
    };
    let bytes_before_sectors = 8 + 2 + 4 + 2 + 18 + 4;
    assert_eq!(bytes_before_sectors, 38);
    assert_eq!(refused(Vec::clear), PostcodeTableError::NotATable);
    assert_eq!(refused(|bytes| bytes[7] = b'2'), PostcodeTableError::NotATable);
    assert_eq!(refused(|bytes| bytes[10] = 0xff), PostcodeTableError::Edition);
    assert_eq!(refused(|bytes| bytes[25] = b'X'), PostcodeTableError::Place(1));
    assert_eq!(refused(|bytes| bytes[36] = 0xff), PostcodeTableError::TooManySectors(0x00ff_0002));
    assert_eq!(refused(|bytes| bytes[38] = b'd'), PostcodeTableError::Sector(0));
    assert_eq!(refused(|bytes| bytes[42] = b'4'), PostcodeTableError::Sector(1));
    assert_eq!(refused(|bytes| bytes[98] = 0x80), PostcodeTableError::Sector(0));
    assert_eq!(refused(|bytes| bytes[164] = 9), PostcodeTableError::Run(0));
    assert_eq!(refused(|bytes| bytes[43] |= 8), PostcodeTableError::Uncovered { runs: 4, units: 5 });
    assert_eq!(refused(|bytes| bytes.push(0)), PostcodeTableError::Trailing(1));
}

#[test]
fn a_file_cut_short_anywhere_is_refused() {
    let whole = small();
    for length in 0..whole.len() {
        assert!(PostcodeTable::from_bytes(&whole[..length]).is_err(), "{length}");
    }
}

/// A bound that holds on a busy machine without optimisation; optimised, it is 5 ms and 0.5 microseconds each.
#[test]
fn loading_and_looking_up_are_quick() {
    let start = std::time::Instant::now();
    let table = PostcodeTable::from_bytes(ASSET).unwrap();
    let loaded = start.elapsed();
    let postcodes: Vec<_> =
        SAMPLE.lines().skip(1).map(|line| Postcode::parse(line.split(',').next().unwrap()).unwrap()).collect();
    let start = std::time::Instant::now();
    let found = postcodes.iter().filter(|postcode| table.lookup(**postcode) != PostcodeAnswer::Unknown).count();
    let looked_up = start.elapsed();
    assert_eq!(found, 2000);
    assert!(loaded.as_millis() < 500, "loading took {loaded:?}");
    assert!(looked_up.as_millis() < 100, "2,000 look-ups took {looked_up:?}");
    println!("loaded in {loaded:?}, 2,000 look-ups in {looked_up:?}");
}

proptest! {
    #[test]
    fn any_single_damaged_byte_is_refused_or_harmless(at in 0_usize..180, value in any::<u8>()) {
        let mut bytes = small();
        if let Some(byte) = bytes.get_mut(at) {
            *byte = value;
        }
        if let Ok(table) = PostcodeTable::from_bytes(&bytes) {
            let _ = table.lookup(Postcode::parse("DE1 3ZZ").unwrap());
            let _ = table.outcode(Outcode::parse("DE1").unwrap(), None);
        }
    }
}

#[test]
fn a_sector_touches_a_part_of_what_its_first_half_touches() {
    let outcode = Outcode::parse("DE55").unwrap();
    let all = TABLE.outcode(outcode, None);
    let mut found = Vec::new();
    for digit in b'0'..=b'9' {
        let touched = TABLE.outcode(outcode, Some(digit));
        assert!(touched.iter().all(|code| all.contains(code)), "{}", char::from(digit));
        found.extend(touched);
    }
    assert!(all.len() > 1 && all.iter().all(|code| found.contains(code)));
    assert_eq!(TABLE.outcode(Outcode::parse("DE1").unwrap(), Some(b'2')), [GssCode::parse("E06000015").unwrap()]);
}
