//! England with a hexagon of equal size for every council.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use thiserror::Error;

use super::layer::{BBox, Shape};
use crate::domain::council::GssCode;

/// Half a hexagon's width and a quarter of its height, in units of the view box: 173.2 by 200 rounded to
/// whole numbers, an error of 0.5% that no eye sees.
const HALF_WIDTH: i32 = 87;
const QUARTER: i32 = 50;
/// How far inside its hexagons the line around several of them lies.
const INSET: f64 = 7.0;
/// How many places away from those of the councils before it a council is looked for a place.
const RINGS: usize = 4;
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

impl Hexagon {
    /// The box around it.
    pub fn bbox(&self) -> BBox {
        let (x, y) = self.centre;
        BBox { left: x - HALF_WIDTH, top: y - 2 * QUARTER, right: x + HALF_WIDTH, bottom: y + 2 * QUARTER }
    }
}

/// One tier as hexagons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HexLayer {
    /// Width and height; the view box is `0 0 width height`.
    pub view_box: (i32, i32),
    /// In the order of their codes.
    pub hexagons: Vec<Hexagon>,
}

impl HexLayer {
    /// Gives a council without a hexagon that of one of the councils before it, the most central which no other council has
    /// taken; where all are taken, the nearest free place. Those before keep theirs for the years in which they were.
    pub fn succeed(&mut self, code: GssCode, before: &[GssCode]) {
        let theirs: BTreeSet<(i32, i32)> =
            self.hexagons.iter().filter(|one| before.contains(&one.code)).map(|one| one.centre).collect();
        let (Ok(count @ 1..), None) = (i32::try_from(theirs.len()), self.hexagons.iter().find(|one| one.code == code))
        else {
            return;
        };
        let middle = |of: fn(&(i32, i32)) -> i32| theirs.iter().map(of).sum::<i32>() / count;
        let middle = (middle(|at| at.0), middle(|at| at.1));
        let far = |at: &(i32, i32)| (at.0 - middle.0).pow(2) + (at.1 - middle.1).pow(2);
        let taken = |at: &(i32, i32), by_others: bool| {
            self.hexagons.iter().any(|one| one.centre == *at && !(by_others && before.contains(&one.code)))
        };
        let (width, height) = self.view_box;
        let inside = |(x, y): &(i32, i32)| {
            (HALF_WIDTH..=width - HALF_WIDTH).contains(x) && (2 * QUARTER..=height - 2 * QUARTER).contains(y)
        };
        let mut around = theirs.clone();
        for _ in 0..RINGS {
            around = around.iter().flat_map(|at| neighbours(*at).into_iter().chain([*at])).collect();
        }
        let theirs = theirs.iter().filter(|at| !taken(at, true)).min_by_key(|at| far(at));
        let free = || around.iter().filter(|at| inside(at) && !taken(at, false)).min_by_key(|at| far(at));
        if let Some(place) = theirs.or_else(free).copied() {
            let at = self.hexagons.partition_point(|one| one.code < code);
            self.hexagons.insert(at, hexagon(code, place));
        }
    }
}

/// The places around a place.
fn neighbours((x, y): (i32, i32)) -> [(i32, i32); 6] {
    let (w, h) = (HALF_WIDTH, 3 * QUARTER);
    [(x - 2 * w, y), (x + 2 * w, y), (x - w, y - h), (x + w, y - h), (x - w, y + h), (x + w, y + h)]
}

/// The hexagon at a place.
fn hexagon(code: GssCode, (x, y): (i32, i32)) -> Hexagon {
    let (w, q) = (HALF_WIDTH, QUARTER);
    let path = format!("m{x} {} {w} {q}v{}l-{w} {q}-{w}-{q}v-{}z", y - 2 * q, 2 * q, 2 * q);
    Hexagon { code, centre: (x, y), path }
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

/// The line around hexagons that belong together, drawn a little inside them, so that two such lines stand side by side; with
/// the box around it and its middle; none around none. Hexagons apart from each other have lines of their own.
pub fn outline(code: GssCode, hexagons: &[&Hexagon]) -> Option<Shape> {
    let corners = |one: &Hexagon| {
        let (x, y) = one.centre;
        let (w, q) = (HALF_WIDTH, QUARTER);
        [(x, y - 2 * q), (x + w, y - q), (x + w, y + q), (x, y + 2 * q), (x - w, y + q), (x - w, y - q)]
    };
    // Clockwise; where two hexagons meet, one goes along the edge and the other back.
    let mut edges: BTreeSet<((i32, i32), (i32, i32))> = BTreeSet::new();
    for one in hexagons {
        let corners = corners(one);
        for (from, to) in corners.into_iter().zip(corners.into_iter().cycle().skip(1)) {
            if !edges.remove(&(to, from)) {
                edges.insert((from, to));
            }
        }
    }
    // No more than one edge leaves a corner: of the three hexagons that meet there, any two share an edge.
    let mut next: BTreeMap<(i32, i32), (i32, i32)> = edges.into_iter().collect();
    let mut path = String::new();
    while let Some((start, mut at)) = next.pop_first() {
        let mut ring = vec![start];
        while let Some(to) = next.remove(&at) {
            ring.push(at);
            at = to;
        }
        path.push_str(&inside(&ring));
    }
    let extent = |of: fn(&Hexagon) -> i32, half: i32| {
        let values = hexagons.iter().map(|one| of(one));
        Some((values.clone().min()? - half, values.max()? + half))
    };
    let ((left, right), (top, bottom)) =
        (extent(|one| one.centre.0, HALF_WIDTH)?, extent(|one| one.centre.1, 2 * QUARTER)?);
    let count = i32::try_from(hexagons.len()).ok()?;
    let mean = |of: fn(&Hexagon) -> i32| hexagons.iter().map(|one| of(one)).sum::<i32>() / count;
    Some(Shape {
        code,
        path,
        bbox: BBox { left, top, right, bottom },
        middle: (mean(|one| one.centre.0), mean(|one| one.centre.1)),
    })
}

/// A closed line inside a clockwise ring of corners.
fn inside(ring: &[(i32, i32)]) -> String {
    let point = |(x, y): (i32, i32)| (f64::from(x), f64::from(y));
    let inward = |from: (i32, i32), to: (i32, i32)| {
        let ((a, b), (c, d)) = (point(from), point(to));
        let length = (c - a).hypot(d - b);
        ((b - d) / length, (c - a) / length)
    };
    let before = ring.iter().cycle().skip(ring.len().saturating_sub(1));
    let after = ring.iter().cycle().skip(1);
    let mut path = String::new();
    for ((at, before), after) in ring.iter().zip(before).zip(after) {
        let ((a, b), (c, d)) = (inward(*before, *at), inward(*at, *after));
        let reach = INSET / (1.0 + a * c + b * d);
        let (x, y) = point(*at);
        let letter = if path.is_empty() { 'M' } else { 'L' };
        path.push_str(&format!("{letter}{:.0} {:.0}", x + (a + c) * reach, y + (b + d) * reach));
    }
    path + "z"
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
    let moved = |(code, (x, y)): &(GssCode, (i32, i32))| hexagon(*code, (x + to_x, y + to_y));
    HexLayer {
        view_box: (right + to_x + HALF_WIDTH + ROOM, bottom + to_y + 2 * QUARTER + ROOM),
        hexagons: centres.iter().map(moved).collect(),
    }
}
