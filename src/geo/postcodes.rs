//! Which council, or which other nation, a postcode lies in: `assets/postcodes.bin`, which
//! `tools/build_postcodes.py` makes from the ONS Postcode Directory and whose layout stands there.
//!
//! Exact, at one bit per postcode: 2.7 million of them in one megabyte, so nothing is compressed. A postcode
//! that the directory does not place is told apart from its neighbours. The directory does not say which
//! postcodes are still in use, so old ones answer too.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::domain::council::GssCode;
use crate::domain::postcode::{Outcode, Postcode, UNITS_PER_SECTOR};

pub mod pack;

/// A postcode in the order of tables: its sector, and the number of its unit there.
pub type Unit = ([u8; 5], usize);

const MAGIC: [u8; 8] = *b"UKPCODE1";
const BITMAP_BYTES: usize = 56;
const WORDS: usize = BITMAP_BYTES / 8;
/// Two thirds of what the postcode system could hold; more means that a count in the file is damaged.
const MOST_SECTORS: u32 = 100_000;

/// A part of the British Isles that has its own ombudsman, outside England.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nation {
    /// Wales.
    Wales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
    /// Guernsey and Jersey with their islands.
    ChannelIslands,
    /// The Isle of Man.
    IsleOfMan,
}

impl Nation {
    /// The name as it stands in a sentence: "in Wales", "in the Isle of Man".
    pub fn name(self) -> &'static str {
        match self {
            Self::Wales => "Wales",
            Self::Scotland => "Scotland",
            Self::NorthernIreland => "Northern Ireland",
            Self::ChannelIslands => "the Channel Islands",
            Self::IsleOfMan => "the Isle of Man",
        }
    }

    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Wales, Self::Scotland, Self::NorthernIreland, Self::ChannelIslands, Self::IsleOfMan];

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|nation| nation.code() == code)
    }
}

/// What the directory says of a postcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PostcodeAnswer {
    /// In England, served by this council of the lower tier (district, unitary, metropolitan, London).
    Council(GssCode),
    /// Outside England.
    Elsewhere(Nation),
    /// No such postcode, or one so old that the directory does not place it.
    Unknown,
}

/// Why bytes are not a table of postcodes.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum PostcodeTableError {
    /// Another kind of file, or another version of this one.
    #[error("this is not a table of postcodes; expected a file that begins with UKPCODE1")]
    NotATable,
    /// The file stops early.
    #[error("the table of postcodes ends in the middle of its {0}")]
    CutShort(&'static str),
    /// More bytes than the table needs.
    #[error("the table of postcodes is followed by {0} bytes that do not belong to it")]
    Trailing(usize),
    /// The edition is not text.
    #[error("the table of postcodes has an edition that is not UTF-8 text")]
    Edition,
    /// A place that is neither an English council nor a known nation.
    #[error("place {0} of the table of postcodes is neither an English council nor another nation of the UK")]
    Place(usize),
    /// More sectors than there can be.
    #[error("the table of postcodes says that it has {0} sectors, more than there can be")]
    TooManySectors(u32),
    /// A sector that is misspelt, out of order, or has units beyond the last.
    #[error("sector {0} of the table of postcodes is misspelt, out of order or damaged")]
    Sector(usize),
    /// A run that names a place which is not there, or is empty.
    #[error("run {0} of the table of postcodes is empty or names a place that is not there")]
    Run(usize),
    /// The runs do not add up to the postcodes.
    #[error("the runs of the table of postcodes cover {runs} postcodes, but its sectors have {units}")]
    Uncovered {
        /// Postcodes that the runs cover.
        runs: u32,
        /// Postcodes that the sectors have.
        units: u32,
    },
}

/// One sector, such as "DE1 2": which of its units exist, and how many there are in all sectors before it.
#[derive(Clone, Debug)]
struct Sector {
    key: [u8; 5],
    before: u32,
    units: [u64; WORDS],
}

/// Postcodes in order that lie in the same place, from the `start`th of all.
#[derive(Clone, Copy, Debug)]
struct Run {
    start: u32,
    answer: PostcodeAnswer,
}

/// Every placed postcode of the British Isles. About 1.7 MB in memory.
#[derive(Clone, Debug)]
pub struct PostcodeTable {
    edition: String,
    sectors: Vec<Sector>,
    runs: Vec<Run>,
    postcodes: u32,
}

impl PostcodeTable {
    /// Reads `assets/postcodes.bin`, checking everything that a look-up relies on.
    ///
    /// # Errors
    /// Says which part of the file is damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PostcodeTableError> {
        let mut reader = Reader { left: bytes };
        if reader.array("heading") != Ok(MAGIC) {
            return Err(PostcodeTableError::NotATable);
        }
        let length = usize::from(reader.u16("edition")?);
        let edition = std::str::from_utf8(reader.bytes(length, "edition")?)
            .map_err(|_not_text| PostcodeTableError::Edition)?
            .to_owned();
        let places = read_places(&mut reader)?;
        let (sectors, postcodes) = read_sectors(&mut reader)?;
        let runs = read_runs(&mut reader, &places, postcodes)?;
        match reader.left.len() {
            0 => Ok(Self { edition, sectors, runs, postcodes }),
            trailing => Err(PostcodeTableError::Trailing(trailing)),
        }
    }

    /// The place of one postcode.
    pub fn lookup(&self, postcode: Postcode) -> PostcodeAnswer {
        self.at((postcode.sector(), postcode.unit_number()))
    }

    /// The place of a unit.
    pub fn at(&self, (sector, unit): Unit) -> PostcodeAnswer {
        self.sectors
            .binary_search_by_key(&sector, |sector| sector.key)
            .ok()
            .and_then(|at| self.sectors.get(at))
            .and_then(|sector| sector.rank(unit))
            .map_or(PostcodeAnswer::Unknown, |rank| self.answer(rank))
    }

    /// The councils that a first half touches, or one of its sectors, those with most of its postcodes first.
    pub fn outcode(&self, outcode: Outcode, sector: Option<u8>) -> Vec<GssCode> {
        self.places(outcode, sector)
            .into_iter()
            .filter_map(|(answer, _)| match answer {
                PostcodeAnswer::Council(code) => Some(code),
                _ => None,
            })
            .collect()
    }

    /// The other nations that a first half touches, or one of its sectors, those with most of its postcodes first.
    pub fn outcode_nations(&self, outcode: Outcode, sector: Option<u8>) -> Vec<Nation> {
        self.places(outcode, sector)
            .into_iter()
            .filter_map(|(answer, _)| match answer {
                PostcodeAnswer::Elsewhere(nation) => Some(nation),
                _ => None,
            })
            .collect()
    }

    /// How many postcodes it has.
    pub fn len(&self) -> u32 {
        self.postcodes
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.postcodes == 0
    }

    /// Where the table comes from, as a name to print.
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// Every place of a first half, or of one of its sectors, with its number of postcodes, the largest first.
    fn places(&self, outcode: Outcode, sector: Option<u8>) -> Vec<(PostcodeAnswer, u32)> {
        let [a, b, c, d] = outcode.padded();
        let wanted = |key: &[u8; 5]| {
            let [.., digit] = *key;
            key.starts_with(&[a, b, c, d]) && sector.is_none_or(|sector| sector == digit)
        };
        let from = self.sectors.partition_point(|one| one.key < [a, b, c, d, sector.unwrap_or(0)]);
        let sectors = self.sectors.get(from..).unwrap_or_default();
        let members = sectors.iter().take_while(|one| wanted(&one.key));
        let start = sectors.first().map_or(self.postcodes, |sector| sector.before);
        let end = start + members.map(Sector::count).sum::<u32>();
        if start == end {
            return Vec::new();
        }

        let mut tally = BTreeMap::new();
        for (index, run) in self.runs.iter().enumerate().skip(self.run_of(start)) {
            if run.start >= end {
                break;
            }
            let stop = self.run_start(index + 1).min(end);
            *tally.entry(run.answer).or_insert(0) += stop - run.start.max(start);
        }
        let mut places: Vec<_> = tally.into_iter().collect();
        places.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        places
    }

    fn answer(&self, rank: u32) -> PostcodeAnswer {
        self.runs.get(self.run_of(rank)).map_or(PostcodeAnswer::Unknown, |run| run.answer)
    }

    /// The index of the run that holds the `rank`th postcode.
    fn run_of(&self, rank: u32) -> usize {
        self.runs.partition_point(|run| run.start <= rank).saturating_sub(1)
    }

    fn run_start(&self, index: usize) -> u32 {
        self.runs.get(index).map_or(self.postcodes, |run| run.start)
    }
}

impl Sector {
    /// The place of a unit among all postcodes in order, when the unit exists.
    fn rank(&self, unit: usize) -> Option<u32> {
        let (word, bit) = (unit / 64, unit % 64);
        let here = *self.units.get(word)?;
        let mask = 1_u64 << bit;
        if here & mask == 0 {
            return None;
        }
        let earlier: u32 = self.units.iter().take(word).map(|units| units.count_ones()).sum();
        Some(self.before + earlier + (here & (mask - 1)).count_ones())
    }

    fn count(&self) -> u32 {
        self.units.iter().map(|units| units.count_ones()).sum()
    }
}

fn read_places(reader: &mut Reader<'_>) -> Result<Vec<PostcodeAnswer>, PostcodeTableError> {
    let count = usize::from(reader.u16("places")?);
    (0..count)
        .map(|index| {
            let code: [u8; 9] = reader.array("places")?;
            std::str::from_utf8(&code).ok().and_then(place).ok_or(PostcodeTableError::Place(index))
        })
        .collect()
}

fn place(code: &str) -> Option<PostcodeAnswer> {
    if code.starts_with('E') {
        GssCode::parse(code).ok().map(PostcodeAnswer::Council)
    } else {
        Nation::from_code(code).map(PostcodeAnswer::Elsewhere)
    }
}

fn read_sectors(reader: &mut Reader<'_>) -> Result<(Vec<Sector>, u32), PostcodeTableError> {
    let count = reader.u32("sectors")?;
    if count > MOST_SECTORS {
        return Err(PostcodeTableError::TooManySectors(count));
    }
    let mut sectors: Vec<Sector> = Vec::new();
    let mut before = 0;
    for index in 0..usize::try_from(count).unwrap_or_default() {
        let key @ [a, b, c, d, digit] = reader.array("sectors")?;
        let mut units = [0; WORDS];
        for word in &mut units {
            *word = u64::from_le_bytes(reader.array("sectors")?);
        }
        let spelt = Outcode::from_padded([a, b, c, d]).is_some() && digit.is_ascii_digit();
        let in_order = sectors.last().is_none_or(|last| last.key < key);
        let beyond = units.last().is_some_and(|last| last >> (UNITS_PER_SECTOR % 64) != 0);
        if !spelt || !in_order || beyond {
            return Err(PostcodeTableError::Sector(index));
        }
        let sector = Sector { key, before, units };
        before += sector.count();
        sectors.push(sector);
    }
    Ok((sectors, before))
}

fn read_runs(reader: &mut Reader<'_>, places: &[PostcodeAnswer], units: u32) -> Result<Vec<Run>, PostcodeTableError> {
    let count = usize::try_from(reader.u32("runs")?).unwrap_or_default();
    let mut runs = Vec::new();
    let mut start: u32 = 0;
    for index in 0..count {
        let place = reader.u16("runs")?;
        let length = u32::from(reader.u16("runs")?);
        match places.get(usize::from(place)) {
            Some(&answer) if length > 0 => runs.push(Run { start, answer }),
            _ => return Err(PostcodeTableError::Run(index)),
        }
        start = start.saturating_add(length);
    }
    if start == units { Ok(runs) } else { Err(PostcodeTableError::Uncovered { runs: start, units }) }
}

/// Takes little-endian values off the front of a slice.
struct Reader<'a> {
    left: &'a [u8],
}

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize, part: &'static str) -> Result<&'a [u8], PostcodeTableError> {
        let (taken, left) = self.left.split_at_checked(count).ok_or(PostcodeTableError::CutShort(part))?;
        self.left = left;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self, part: &'static str) -> Result<[u8; N], PostcodeTableError> {
        let (taken, left) = self.left.split_first_chunk().ok_or(PostcodeTableError::CutShort(part))?;
        self.left = left;
        Ok(*taken)
    }

    fn u16(&mut self, part: &'static str) -> Result<u16, PostcodeTableError> {
        self.array(part).map(u16::from_le_bytes)
    }

    fn u32(&mut self, part: &'static str) -> Result<u32, PostcodeTableError> {
        self.array(part).map(u32::from_le_bytes)
    }
}

#[cfg(test)]
mod tests;
