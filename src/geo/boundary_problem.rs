//! What can be wrong with a file of boundaries, said so that whoever made it can put it right.

use std::fmt;

use jiff::civil::Date;
use thiserror::Error;

use crate::domain::council::GssCode;

/// One thing wrong, and where.
#[derive(Clone, Debug, Error, PartialEq)]
pub struct BoundaryProblem {
    /// Number of the feature in the file, from 1; `None` when the file as a whole is meant.
    pub feature: Option<usize>,
    /// Its code, where one could be read.
    pub code: Option<GssCode>,
    /// What was found and what was expected.
    pub fault: Fault,
}

impl fmt::Display for BoundaryProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.feature, self.code) {
            (Some(number), Some(code)) => write!(f, "feature {number} ({code}): {}", self.fault),
            (Some(number), None) => write!(f, "feature {number}: {}", self.fault),
            (None, _) => write!(f, "{}", self.fault),
        }
    }
}

/// The closed list of faults. `ring` counts all rings of the feature from 1, in the order of the file.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum Fault {
    /// The text ends in the middle.
    #[error("the file ends in the middle, at line {line}, column {column}; expected a whole GeoJSON FeatureCollection")]
    Truncated { line: usize, column: usize },
    /// The text is not JSON.
    #[error("not JSON at line {line}, column {column} ({detail}); expected a GeoJSON FeatureCollection")]
    NotJson { line: usize, column: usize, detail: String },
    /// JSON, but of another kind.
    #[error("found {found}; expected a GeoJSON object of type “FeatureCollection” with a list “features”")]
    NotAFeatureCollection { found: String },
    /// A collection that names another coordinate system (an old GeoJSON member).
    #[error("the file names the coordinate system “{found}”; expected longitude and latitude (WGS84)")]
    OtherCoordinates { found: String },
    /// No features.
    #[error("no features; expected one for each council")]
    Empty,
    /// A member that is no GeoJSON feature.
    #[error("not a GeoJSON feature ({detail}); expected type “Feature” with properties and a geometry")]
    NotAFeature { detail: String },
    /// No property names the council.
    #[error("no code; expected a property “code”, “LAD..CD”, “CTYUA..CD” or “AREACD”")]
    NoCode,
    /// A code property that holds something else.
    #[error("the code is “{found}”; expected a GSS code such as E06000015")]
    BadCode { found: String },
    /// A date that cannot be read.
    #[error("{property} is “{found}”; expected a date such as 2023-04-01")]
    BadDate { property: &'static str, found: String },
    /// An end before the beginning.
    #[error("valid to {to}, which is not after valid from {from}")]
    EndsBeforeItBegins { from: Date, to: Date },
    /// Points or lines, or nothing.
    #[error("the geometry is {found}; expected a Polygon or a MultiPolygon")]
    NotAnArea { found: &'static str },
    /// Metres, most likely.
    #[error(
        "ring {ring}: coordinates such as {x}, {y} look like grid metres; expected longitude and latitude in degrees (WGS84)"
    )]
    Projected { ring: usize, x: f64, y: f64 },
    /// Degrees elsewhere.
    #[error(
        "ring {ring}: the point {lon}, {lat} lies outside England; expected longitude -6.6 to 2.0 and latitude 49.7 to 56.0"
    )]
    OutsideEngland { ring: usize, lon: f64, lat: f64 },
    /// Fewer points than a triangle needs.
    #[error("ring {ring} has {found} different points; expected at least 3, and the first again at the end")]
    TooFewPoints { ring: usize, found: usize },
    /// The last point is not the first.
    #[error("ring {ring} is not closed: it starts at {}, {} and ends at {}, {}; expected the same point", first.0, first.1, last.0, last.1)]
    NotClosed { ring: usize, first: (f64, f64), last: (f64, f64) },
    /// A line crosses another of the same ring.
    #[error("ring {ring} crosses itself near {lon}, {lat}; expected a ring whose lines do not cross")]
    CrossesItself { ring: usize, lon: f64, lat: f64 },
    /// Too many overlapping boxes to check within bounds.
    #[error("ring {ring} is too tangled to check for crossings; expected the outline of a council")]
    TooTangled { ring: usize },
    /// Two boundaries for one council at one time.
    #[error("the same code as feature {other}, with overlapping dates; expected one boundary for each code and time")]
    Duplicate { other: usize },
    /// The rest is not listed.
    #[error("and {more} more problems")]
    More { more: usize },
}
