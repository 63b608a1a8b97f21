//! How the councils of a whole group are laid out: by verdict, by rate, or each near its place on the map.

use super::atlas::Atlas;
use crate::domain::chance;
use crate::domain::council::{Council, GssCode};
use crate::domain::figure::{Figure, FigureValue};
use crate::domain::funnel::{self, Limits};
use crate::domain::measure::{Measure, Unit};
use crate::geo::hexagons::{HexLayer, Hexagon};
use crate::read::compare::{ComparePage, ComparedCouncil, Standing};
use crate::read::map::Band;

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
pub const COLUMNS: usize = 8;

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

/// The number of a London borough in its code.
fn london(code: GssCode) -> Option<u8> {
    let number = code.as_str().strip_prefix("E090000")?.parse().ok()?;
    LONDON.iter().flatten().any(|one| *one == number && number > 0).then_some(number)
}

/// A council of a group in its funnel.
#[derive(Clone, Debug)]
pub struct FunnelPoint<'a> {
    /// Its name.
    pub name: &'a str,
    /// Cases.
    pub cases: u64,
    /// Rate in per cent.
    pub value: f64,
    /// Whether it lies beyond the 99.8% limits.
    pub is_clear: bool,
}

/// The councils of a group by number of cases and rate, with the limits of chance.
#[derive(Clone, Debug)]
pub struct GroupFunnel<'a> {
    /// The rate that the limits are drawn around, 0 to 1.
    pub expected: f64,
    /// The limits.
    pub limits: Vec<Limits>,
    /// Its councils.
    pub points: Vec<FunnelPoint<'a>>,
}

/// Fewer councils than this are no funnel.
const FEWEST_POINTS: usize = 8;
/// Places at which the limits are worked out.
const STEPS: u32 = 48;

impl ComparePage {
    /// The rows of London's grid: a borough of the group or nothing at each place.
    pub fn london(&self) -> Vec<Option<&ComparedCouncil>> {
        let at = |number: u8| self.councils.iter().find(|one| number > 0 && london(one.council.code) == Some(number));
        LONDON.iter().flatten().map(|number| at(*number)).collect()
    }

    /// The figure of a council in the year shown.
    pub fn figure<'a>(&self, one: &'a ComparedCouncil, measure: Measure) -> Option<&'a Figure> {
        match one.standing(measure, self.year) {
            Standing::Figure(one) => Some(&one.figure),
            Standing::NothingLoaded | Standing::DidNotExist => None,
        }
    }

    /// How a council is filled.
    pub fn band(&self, one: &ComparedCouncil, measure: Measure) -> Band {
        self.figure(one, measure).map_or(Band::NoFigure, |figure| Band::Verdict(figure.verdict))
    }

    /// How many of the councils have a figure of the year.
    pub fn with_figures(&self, measure: Measure) -> usize {
        self.councils.iter().filter(|one| self.figure(one, measure).is_some()).count()
    }

    /// The funnel of the group: of a share only, where its councils are of one kind and are compared with one rate.
    pub fn funnel(&self, measure: Measure) -> Option<GroupFunnel<'_>> {
        if measure.unit() != Unit::Percent || self.kinds().len() != 1 {
            return None;
        }
        let points: Vec<(FunnelPoint<'_>, &Figure)> = self
            .councils
            .iter()
            .filter_map(|one| {
                let figure = self.figure(one, measure)?;
                let (FigureValue::Rate(value), Some(cases)) = (figure.value, figure.denominator) else { return None };
                let is_clear = self.band(one, measure).is_clear();
                Some((FunnelPoint { name: &one.label, cases, value, is_clear }, figure))
            })
            .collect();
        if points.len() < FEWEST_POINTS {
            return None;
        }
        let expected = points.iter().find_map(|(_, figure)| chance::rate_expected(figure))?;
        let most = points.iter().map(|(point, _)| point.cases).max()?;
        Some(GroupFunnel {
            expected,
            limits: funnel::limits(expected, most, STEPS),
            points: points.into_iter().map(|(point, _)| point).collect(),
        })
    }
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
