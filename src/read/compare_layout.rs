//! How the councils of a whole group are laid out: by verdict, by rate, or each near its place on the map.

use super::atlas::Atlas;
use crate::domain::council::{Council, GssCode};
use crate::geo::hexagons::{HexLayer, Hexagon};

/// An order of the councils.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// What stands out first.
    #[default]
    Verdict,
    /// The highest rate first, as far as the cases can tell.
    Rate,
    /// Each near its place on the map.
    Place,
}

impl Arrangement {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Verdict, Self::Rate, Self::Place];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Rate => "rate",
            Self::Place => "place",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }

    /// The title of the link that leads to it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Verdict => "By verdict",
            Self::Rate => "By rate",
            Self::Place => "In place",
        }
    }
}

/// Columns of the grid of London.
const COLUMNS: usize = 8;

/// Each borough near its place, by the last two digits of its code; 0 is free.
const LONDON: [[u8; COLUMNS]; 7] = [
    [0, 0, 0, 0, 10, 0, 0, 0],
    [0, 0, 15, 3, 14, 31, 0, 0],
    [17, 9, 5, 7, 19, 12, 26, 16],
    [18, 13, 20, 33, 1, 30, 25, 2],
    [0, 27, 32, 22, 28, 23, 11, 4],
    [0, 0, 21, 24, 8, 6, 0, 0],
    [0, 0, 0, 29, 0, 0, 0, 0],
];

/// Where the councils of a group lie.
#[derive(Clone, Debug, Default)]
pub enum Places {
    /// Nowhere: their order is another one, or none of them has a place.
    #[default]
    None,
    /// London's boroughs, row by row; the places between them are free.
    London,
    /// Hexagons of equal size: left, top, width and height of the part of England that they lie in.
    Hexagons(Vec<Hexagon>, [i32; 4]),
}

/// Half a hexagon and a little room, in units of the view box.
const ROOM: (i32, i32) = (100, 115);
/// The narrowest part of England that is drawn, in the same units.
const NARROWEST: i32 = 3_000;

impl Places {
    /// The places of councils: London's grid where all are boroughs, else the hexagons of the tier that has more of them.
    pub fn of(atlas: &Atlas, councils: &[Council]) -> Self {
        if !councils.is_empty() && councils.iter().all(|council| london(council.code).is_some()) {
            return Self::London;
        }
        let within = |layer: &HexLayer| -> Vec<Hexagon> {
            let here = |hexagon: &&Hexagon| councils.iter().any(|council| council.code == hexagon.code);
            layer.hexagons.iter().filter(here).cloned().collect()
        };
        let (lower, county) = (within(&atlas.hexagons.lower), within(&atlas.hexagons.county));
        let hexagons = if county.len() > lower.len() { county } else { lower };
        let extent = |of: fn(&Hexagon) -> i32| {
            let values = hexagons.iter().map(of);
            values.clone().min().zip(values.max())
        };
        match extent(|one| one.centre.0).zip(extent(|one| one.centre.1)) {
            Some(((left, right), (top, bottom))) => {
                let width = right - left + 2 * ROOM.0;
                // A few hexagons are drawn no larger than many.
                let beside = (NARROWEST - width).max(0) / 2;
                let frame = [left - ROOM.0 - beside, top - ROOM.1, width + 2 * beside, bottom - top + 2 * ROOM.1];
                Self::Hexagons(hexagons, frame)
            }
            None => Self::None,
        }
    }
}

/// The places of London's grid, row by row: the number of a borough, or 0.
pub fn grid() -> impl Iterator<Item = u8> {
    LONDON.iter().flatten().copied()
}

/// The number of a London borough in its code.
pub fn london(code: GssCode) -> Option<u8> {
    let number = code.as_str().strip_prefix("E090000")?.parse().ok()?;
    LONDON.iter().flatten().any(|one| *one == number && number > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_borough_of_london_has_one_place() {
        let all: Vec<u8> = LONDON.iter().flatten().copied().filter(|number| *number > 0).collect();
        assert_eq!(all.iter().copied().collect::<BTreeSet<u8>>(), (1..=33).collect());
        assert_eq!(all.len(), 33);
        assert_eq!(london(GssCode::parse("E09000033").unwrap()), Some(33));
        assert_eq!(london(GssCode::parse("E08000003").unwrap()), None);
    }
}
