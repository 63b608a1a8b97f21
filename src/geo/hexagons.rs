//! England with a hexagon of equal size for every council.

use std::collections::BTreeMap;

use serde_json::Value;
use thiserror::Error;

use crate::domain::council::GssCode;

/// Half a hexagon's width and a quarter of its height, in units of the view box: 173.2 by 200 rounded to
/// whole numbers, an error of 0.5% that no eye sees.
const HALF_WIDTH: i32 = 87;
const QUARTER: i32 = 50;
/// Free space around the map.
const ROOM: i32 = 10;

/// One council's hexagon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hexagon {
    /// GSS code.
    pub code: GssCode,
    /// Its middle.
    pub centre: (i32, i32),
    /// SVG path data, point upwards.
    pub path: String,
}

/// One tier as hexagons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HexLayer {
    /// Width and height; the view box is `0 0 width height`.
    pub view_box: (i32, i32),
    /// In the order of their codes.
    pub hexagons: Vec<Hexagon>,
}

/// Both tiers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hexagons {
    /// Districts, unitaries, metropolitan and London boroughs.
    pub lower: HexLayer,
    /// Counties, unitaries, metropolitan and London boroughs.
    pub county: HexLayer,
}

/// What is wrong with the file of hexagons.
#[derive(Debug, Error)]
pub enum HexagonProblem {
    /// Not JSON.
    #[error("the hexagons are not JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    /// A tier is missing.
    #[error("the hexagons have no “{0}”; expected an object of codes with their column and row")]
    NoTier(&'static str),
    /// One entry is wrong.
    #[error(
        "hexagons, {tier}, “{code}”: found {found}; expected a GSS code with two whole numbers, column and row, from 0 to 999"
    )]
    Entry {
        /// The tier's name in the file.
        tier: &'static str,
        /// The entry's name.
        code: String,
        /// Its value.
        found: String,
    },
    /// Two councils in one place.
    #[error("hexagons, {tier}: {first} and {second} have the same place")]
    SamePlace {
        /// The tier's name in the file.
        tier: &'static str,
        /// One council.
        first: GssCode,
        /// The other.
        second: GssCode,
    },
}

/// Reads `{"lower": {"E06000001": [column, row], …}, "county": {…}}`: rows from the top, odd rows moved
/// half a hexagon to the right.
///
/// # Errors
/// The first problem found.
pub fn parse(bytes: &[u8]) -> Result<Hexagons, HexagonProblem> {
    let value: Value = serde_json::from_slice(bytes)?;
    Ok(Hexagons { lower: tier(&value, "lower")?, county: tier(&value, "county")? })
}

fn tier(value: &Value, tier: &'static str) -> Result<HexLayer, HexagonProblem> {
    let entries = value.get(tier).and_then(Value::as_object).ok_or(HexagonProblem::NoTier(tier))?;
    let mut places: BTreeMap<GssCode, (i32, i32)> = BTreeMap::new();
    let mut taken = BTreeMap::new();
    for (text, place) in entries {
        let entry = GssCode::parse(text).ok().zip(read_place(place));
        let (code, place) = entry.ok_or_else(|| HexagonProblem::Entry {
            tier,
            code: text.chars().take(40).collect(),
            found: place.to_string().chars().take(40).collect(),
        })?;
        if let Some(first) = taken.insert(place, code) {
            return Err(HexagonProblem::SamePlace { tier, first, second: code });
        }
        places.insert(code, place);
    }
    Ok(draw(&places))
}

fn read_place(place: &Value) -> Option<(i32, i32)> {
    let numbers = place.as_array()?;
    let [column, row] = numbers.as_slice() else { return None };
    let small = |value: &Value| i32::try_from(value.as_i64()?).ok().filter(|n| (0..1000).contains(n));
    Some((small(column)?, small(row)?))
}

/// Moves the map to the corner and gives every place its hexagon.
fn draw(places: &BTreeMap<GssCode, (i32, i32)>) -> HexLayer {
    let centre = |(column, row): (i32, i32)| ((2 * column + row % 2) * HALF_WIDTH, 3 * QUARTER * row);
    let centres: Vec<_> = places.iter().map(|(code, place)| (*code, centre(*place))).collect();
    let extent = |of: &dyn Fn((i32, i32)) -> i32| {
        let values = centres.iter().map(|(_, at)| of(*at));
        values.clone().min().zip(values.max()).unwrap_or_default()
    };
    let ((left, right), (top, bottom)) = (extent(&|at| at.0), extent(&|at| at.1));
    let (to_x, to_y) = (HALF_WIDTH + ROOM - left, 2 * QUARTER + ROOM - top);
    let hexagon = |(code, (x, y)): &(GssCode, (i32, i32))| {
        let (x, y) = (x + to_x, y + to_y);
        let (w, q) = (HALF_WIDTH, QUARTER);
        let path = format!("m{x} {} {w} {q}v{}l-{w} {q}-{w}-{q}v-{}z", y - 2 * q, 2 * q, 2 * q);
        Hexagon { code: *code, centre: (x, y), path }
    };
    HexLayer {
        view_box: (right + to_x + HALF_WIDTH + ROOM, bottom + to_y + 2 * QUARTER + ROOM),
        hexagons: centres.iter().map(hexagon).collect(),
    }
}
