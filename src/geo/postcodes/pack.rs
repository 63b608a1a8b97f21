//! Tables of postcodes put together and written down, in the layout that `tools/build_postcodes.py` describes.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use super::{BITMAP_BYTES, MAGIC, Nation, PostcodeAnswer, PostcodeTable, PostcodeTableError, Unit};

/// Postcodes with their places.
pub type Places = BTreeMap<Unit, PostcodeAnswer>;

/// The longest run of a table; a longer one is written as several.
const LONGEST_RUN: u16 = u16::MAX;
/// Letters of an edition's name that are kept.
const LONGEST_NAME: usize = 200;

/// The table that the binary carries; read once, whatever the edition.
static BUILT_IN: LazyLock<Result<Arc<PostcodeTable>, PostcodeTableError>> =
    LazyLock::new(|| PostcodeTable::from_bytes(include_bytes!("../../../assets/postcodes.bin")).map(Arc::new));

/// The table that the program carries.
///
/// # Errors
/// A build with a damaged table.
pub fn built_in() -> Result<Arc<PostcodeTable>, PostcodeTableError> {
    BUILT_IN.clone()
}

impl PostcodeTable {
    /// Every postcode with its place, in order.
    pub fn units(&self) -> impl Iterator<Item = (Unit, PostcodeAnswer)> + '_ {
        let units = self.sectors.iter().flat_map(|sector| {
            let has = move |unit: &usize| sector.rank(*unit).is_some();
            (0..BITMAP_BYTES * 8).filter(has).map(move |unit| (sector.key, unit))
        });
        let mut runs = self.runs.iter().peekable();
        let mut answer = PostcodeAnswer::Unknown;
        (0_u32..).zip(units).map(move |(rank, unit)| {
            while let Some(run) = runs.next_if(|run| run.start <= rank) {
                answer = run.answer;
            }
            (unit, answer)
        })
    }

    /// Its postcodes with others beside them, in order; of one that both have, the place is that of the others.
    pub fn joined(&self, others: Places) -> impl Iterator<Item = (Unit, PostcodeAnswer)> + '_ {
        let (mut own, mut others) = (self.units().peekable(), others.into_iter().peekable());
        std::iter::from_fn(move || match (own.peek(), others.peek()) {
            (Some((mine, _)), Some((theirs, _))) if mine < theirs => own.next(),
            (Some((mine, _)), Some((theirs, _))) => {
                if mine == theirs {
                    own.next();
                }
                others.next()
            }
            (Some(_), None) => own.next(),
            (None, _) => others.next(),
        })
    }
}

/// The bytes of a table of postcodes that come in order, without those whose place is not known.
pub fn pack(edition: &str, units: impl IntoIterator<Item = (Unit, PostcodeAnswer)>) -> Vec<u8> {
    let mut places: Vec<PostcodeAnswer> = Vec::new();
    let mut numbers: HashMap<PostcodeAnswer, u16> = HashMap::new();
    let mut sectors: Vec<([u8; 5], [u8; BITMAP_BYTES])> = Vec::new();
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for ((sector, unit), place) in units.into_iter().filter(|(_, place)| *place != PostcodeAnswer::Unknown) {
        let number = *numbers.entry(place).or_insert_with(|| {
            places.push(place);
            u16::try_from(places.len() - 1).unwrap_or(u16::MAX)
        });
        if sectors.last().is_none_or(|(last, _)| *last != sector) {
            sectors.push((sector, [0; BITMAP_BYTES]));
        }
        if let Some(byte) = sectors.last_mut().and_then(|(_, bits)| bits.get_mut(unit / 8)) {
            *byte |= 1 << (unit % 8);
        }
        match runs.last_mut() {
            Some((last, length)) if *last == number && *length < LONGEST_RUN => *length += 1,
            _ => runs.push((number, 1)),
        }
    }
    let edition: String = edition.chars().take(LONGEST_NAME).collect();
    let mut bytes = MAGIC.to_vec();
    bytes.extend(u16::try_from(edition.len()).unwrap_or_default().to_le_bytes());
    bytes.extend(edition.as_bytes());
    bytes.extend(u16::try_from(places.len()).unwrap_or_default().to_le_bytes());
    for place in places {
        match place {
            PostcodeAnswer::Council(code) => bytes.extend(code.as_str().as_bytes()),
            PostcodeAnswer::Elsewhere(nation) => bytes.extend(nation.code().as_bytes()),
            PostcodeAnswer::Unknown => {}
        }
    }
    bytes.extend(u32::try_from(sectors.len()).unwrap_or_default().to_le_bytes());
    for (sector, bits) in sectors {
        bytes.extend(sector);
        bytes.extend(bits);
    }
    bytes.extend(u32::try_from(runs.len()).unwrap_or_default().to_le_bytes());
    for (place, length) in runs {
        bytes.extend(place.to_le_bytes());
        bytes.extend(length.to_le_bytes());
    }
    bytes
}

impl Nation {
    /// The ONS code of the country; the islands have pseudo codes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Wales => "W92000004",
            Self::Scotland => "S92000003",
            Self::NorthernIreland => "N92000002",
            Self::ChannelIslands => "L93000001",
            Self::IsleOfMan => "M83000003",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::council::GssCode;
    use crate::domain::postcode::Postcode;

    fn council(code: &str) -> PostcodeAnswer {
        PostcodeAnswer::Council(GssCode::parse(code).unwrap())
    }

    fn unit(text: &str) -> Unit {
        let postcode = Postcode::parse(text).unwrap();
        (postcode.sector(), postcode.unit_number())
    }

    fn table(pairs: &[(&str, PostcodeAnswer)]) -> PostcodeTable {
        let places: Places = pairs.iter().map(|(text, place)| (unit(text), *place)).collect();
        PostcodeTable::from_bytes(&pack("test", places)).unwrap()
    }

    #[test]
    fn a_packed_list_answers_as_the_list_did() {
        let pairs = [
            ("CF10 1AA", PostcodeAnswer::Elsewhere(Nation::Wales)),
            ("DE1 1AA", council("E07000032")),
            ("DE1 2FS", council("E06000015")),
            ("DE1 2FT", council("E06000015")),
        ];
        let table = table(&pairs);
        let lookup = |text: &str| table.lookup(Postcode::parse(text).unwrap());
        for (text, place) in pairs {
            assert_eq!(lookup(text), place, "{text}");
        }
        assert_eq!(lookup("DE1 2FU"), PostcodeAnswer::Unknown);
        assert_eq!(table.units().collect::<Vec<_>>(), pairs.map(|(text, place)| (unit(text), place)));
    }

    #[test]
    fn others_join_a_table_in_order_and_win_where_both_have_a_postcode() {
        let (derby, amber) = (council("E06000015"), council("E07000032"));
        let own = table(&[("DE1 1AA", derby), ("DE1 2FS", derby), ("DE1 2FU", derby)]);
        let others: Places = [(unit("DE1 2FS"), amber), (unit("DE1 2FT"), amber), (unit("YO1 7HH"), amber)].into();
        let joined: Vec<(Unit, PostcodeAnswer)> = own.joined(others).collect();
        let expected =
            [("DE1 1AA", derby), ("DE1 2FS", amber), ("DE1 2FT", amber), ("DE1 2FU", derby), ("YO1 7HH", amber)];
        assert_eq!(joined, expected.map(|(text, place)| (unit(text), place)));
    }

    #[test]
    fn the_carried_table_packed_again_answers_the_same() {
        let table = built_in().unwrap();
        let again = PostcodeTable::from_bytes(&pack(table.edition(), table.units())).unwrap();
        assert_eq!((again.edition(), again.postcodes), (table.edition(), table.postcodes));
        assert!(again.units().eq(table.units()));
    }
}
