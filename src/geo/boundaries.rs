//! Boundaries of councils from GeoJSON: read, checked, and turned the right way round.

use geojson::{Feature, GeometryValue, JsonObject, Position};
use jiff::civil::Date;
use serde_json::Value;

use super::area::{Boundary, LonLat, Polygon, Ring};
use super::boundary_problem::{BoundaryProblem, Fault};
use super::bounds::Bounds;
use super::crossing::{Crossing, crossing};
use super::projection::NationalGrid;
use super::topojson;
use crate::domain::council::GssCode;

/// Listed before "and so many more".
const MOST_PROBLEMS: usize = 50;
/// Scilly to Lowestoft, the Lizard to Berwick, with room for low water and territorial limits.
const ENGLAND: Bounds = Bounds { min: (-6.6, 49.7), max: (2.0, 56.0) };

/// The boundaries of England that a file holds.
#[derive(Clone, Debug)]
pub struct OfEngland {
    /// In the order of the file.
    pub boundaries: Vec<Boundary>,
    /// How many areas of Wales, Scotland and Northern Ireland are left out.
    pub left_out: usize,
}

/// Reads a GeoJSON `FeatureCollection` in longitude and latitude, or in metres of the British National Grid where it says
/// so (EPSG:27700), or TopoJSON.
///
/// # Errors
/// Every problem of the file, at most fifty of them in full.
pub fn parse(bytes: &[u8]) -> Result<Vec<Boundary>, Vec<BoundaryProblem>> {
    Ok(of_england(bytes)?.boundaries)
}

/// Reads the same of a file that may hold all of the United Kingdom, as those of the Office for National Statistics do.
///
/// # Errors
/// Every problem of the English part, at most fifty of them in full.
pub fn of_england(bytes: &[u8]) -> Result<OfEngland, Vec<BoundaryProblem>> {
    let (features, grid) = features(bytes).map_err(|fault| vec![whole(fault)])?;
    let numbered = (1..).zip(features);
    let (others, english): (Vec<_>, Vec<_>) = numbered.partition(|(_, value)| is_of_another_nation(value));
    if english.is_empty() {
        return Err(vec![whole(Fault::Empty)]);
    }
    let mut found: Vec<(usize, Boundary)> = Vec::new();
    let mut problems = Vec::new();
    for (number, value) in english {
        match boundary(value, grid.as_ref()) {
            Ok(boundary) => found.push((number, boundary)),
            Err((code, faults)) => {
                let feature = Some(number);
                problems.extend(faults.into_iter().map(|fault| BoundaryProblem { feature, code, fault }));
            }
        }
    }
    problems.extend(duplicates(&found));
    if problems.is_empty() {
        let boundaries = found.into_iter().map(|(_, boundary)| boundary).collect();
        return Ok(OfEngland { boundaries, left_out: others.len() });
    }
    let more = problems.len().saturating_sub(MOST_PROBLEMS);
    if more > 0 {
        problems.truncate(MOST_PROBLEMS);
        problems.push(whole(Fault::More { more }));
    }
    Err(problems)
}

fn whole(fault: Fault) -> BoundaryProblem {
    BoundaryProblem { feature: None, code: None, fault }
}

/// The features, each still plain JSON, so that one broken feature does not hide the others' faults.
fn features(bytes: &[u8]) -> Result<(Vec<Value>, Option<NationalGrid>), Fault> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        if error.is_eof() {
            Fault::Truncated { line, column }
        } else {
            Fault::NotJson { line, column, detail: clip(&error.to_string()) }
        }
    })?;
    let Value::Object(mut object) = value else {
        return Err(Fault::NotAFeatureCollection { found: "no JSON object".to_owned() });
    };
    let grid = grid(&object);
    if topojson::is_topology(&object) {
        let features = topojson::features(&object).map_err(|found| Fault::NotAFeatureCollection { found })?;
        return Ok((features, grid));
    }
    let kind = object.get("type").and_then(Value::as_str).map(clip);
    if kind.as_deref() != Some("FeatureCollection") {
        let found = kind.map_or("an object without “type”".to_owned(), |kind| format!("type “{kind}”"));
        return Err(Fault::NotAFeatureCollection { found });
    }
    if let Some(found) = other_coordinates(&object).filter(|_| grid.is_none()) {
        return Err(Fault::OtherCoordinates { found });
    }
    match object.remove("features") {
        Some(Value::Array(features)) if features.is_empty() => Err(Fault::Empty),
        Some(Value::Array(features)) => Ok((features, grid)),
        _ => Err(Fault::NotAFeatureCollection { found: "no list “features”".to_owned() }),
    }
}

/// The British National Grid, where the file says that its coordinates are metres on it.
fn grid(object: &JsonObject) -> Option<NationalGrid> {
    let name = object.get("crs")?.pointer("/properties/name")?.as_str()?;
    name.ends_with("27700").then(|| NationalGrid::new().ok()).flatten()
}

/// The `crs` member of GeoJSON before 2016, when it names anything but degrees.
fn other_coordinates(object: &JsonObject) -> Option<String> {
    let name = object.get("crs")?.pointer("/properties/name")?.as_str()?;
    let degrees = ["CRS84", "4326"].iter().any(|known| name.ends_with(known));
    (!degrees).then(|| clip(name))
}

/// Whether the code of a feature is of Wales, Scotland or Northern Ireland.
fn is_of_another_nation(feature: &Value) -> bool {
    let properties = feature.get("properties").and_then(Value::as_object);
    let code = properties.and_then(|properties| properties.iter().find(|(key, _)| is_code(key)));
    let code = code.and_then(|(_, code)| code.as_str());
    code.is_some_and(|code| GssCode::parse(code).is_ok() && code.trim().starts_with(['W', 'S', 'N', 'w', 's', 'n']))
}

type Faulty = (Option<GssCode>, Vec<Fault>);

fn boundary(value: Value, grid: Option<&NationalGrid>) -> Result<Boundary, Faulty> {
    let feature: Feature = serde_json::from_value(value)
        .map_err(|error| (None, vec![Fault::NotAFeature { detail: clip(&error.to_string()) }]))?;
    let properties = feature.properties.unwrap_or_default();
    let code = code(&properties).map_err(|fault| (None, vec![fault]))?;
    let one = |fault| (Some(code), vec![fault]);
    let valid_from = date(&properties, "valid_from").map_err(one)?;
    let valid_to = date(&properties, "valid_to").map_err(one)?;
    if let (Some(from), Some(to)) = (valid_from, valid_to)
        && to <= from
    {
        return Err(one(Fault::EndsBeforeItBegins { from, to }));
    }
    let polygons = match feature.geometry.map(|geometry| geometry.value) {
        Some(GeometryValue::Polygon { coordinates }) => vec![coordinates],
        Some(GeometryValue::MultiPolygon { coordinates }) => coordinates,
        Some(other) => return Err(one(Fault::NotAnArea { found: other.type_name() })),
        None => return Err(one(Fault::NotAnArea { found: "missing" })),
    };
    let polygons = read_polygons(&polygons, grid).map_err(|faults| (Some(code), faults))?;
    Ok(Boundary { code, name: name(&properties), valid_from, valid_to, polygons })
}

fn read_polygons(polygons: &[Vec<Vec<Position>>], grid: Option<&NationalGrid>) -> Result<Vec<Polygon>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut number = 0;
    let mut read = Vec::new();
    for polygon in polygons {
        let mut rings = Vec::new();
        for (inner, ring) in polygon.iter().enumerate() {
            number += 1;
            match read_ring(ring, number, inner > 0, grid) {
                Ok(ring) => rings.push(ring),
                Err(fault) => faults.push(fault),
            }
        }
        let mut rings = rings.into_iter();
        if let Some(exterior) = rings.next() {
            read.push(Polygon { exterior, holes: rings.collect() });
        }
    }
    if faults.is_empty() && read.is_empty() {
        faults.push(Fault::NotAnArea { found: "empty" });
    }
    if faults.is_empty() { Ok(read) } else { Err(faults) }
}

fn read_ring(positions: &[Position], ring: usize, hole: bool, grid: Option<&NationalGrid>) -> Result<Ring, Fault> {
    let mut points: Ring = Vec::with_capacity(positions.len());
    for position in positions {
        // The geojson crate has refused positions of fewer than two numbers.
        let [x, y, ..] = *position.as_slice() else { continue };
        let (x, y) = grid.and_then(|grid| grid.degrees(x, y)).unwrap_or((x, y));
        if x.abs() > 180.0 || y.abs() > 90.0 {
            return Err(Fault::Projected { ring, x, y });
        }
        if !ENGLAND.contains((x, y)) {
            return Err(Fault::OutsideEngland { ring, lon: x, lat: y });
        }
        points.push(LonLat { lon: x, lat: y });
    }
    let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else {
        return Err(Fault::TooFewPoints { ring, found: 0 });
    };
    if first != last {
        return Err(Fault::NotClosed { ring, first: (first.lon, first.lat), last: (last.lon, last.lat) });
    }
    let mut different: Vec<(u64, u64)> = points.iter().map(|p| (p.lon.to_bits(), p.lat.to_bits())).collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < 3 {
        return Err(Fault::TooFewPoints { ring, found: different.len() });
    }
    match crossing(&points) {
        Crossing::At(at) => return Err(Fault::CrossesItself { ring, lon: at.lon, lat: at.lat }),
        Crossing::TooTangled => return Err(Fault::TooTangled { ring }),
        Crossing::None => {}
    }
    if (doubled_area(&points) < 0.0) != hole {
        points.reverse();
    }
    Ok(points)
}

/// Positive when the ring runs anticlockwise; in square degrees.
fn doubled_area(ring: &[LonLat]) -> f64 {
    ring.iter().zip(ring.iter().skip(1)).map(|(a, b)| a.lon * b.lat - b.lon * a.lat).sum()
}

fn duplicates(found: &[(usize, Boundary)]) -> Vec<BoundaryProblem> {
    let mut order: Vec<_> = found.iter().collect();
    order.sort_by_key(|(number, b)| (b.code, b.valid_from, *number));
    let overlapping = |pair: &[&(usize, Boundary)]| match *pair {
        [(other, a), (number, b)] if a.code == b.code => {
            let apart = a.valid_to.is_some_and(|to| b.valid_from.is_some_and(|from| to <= from));
            (!apart).then_some(BoundaryProblem {
                feature: Some(*number),
                code: Some(b.code),
                fault: Fault::Duplicate { other: *other },
            })
        }
        _ => None,
    };
    order.windows(2).filter_map(overlapping).collect()
}

/// Does the property hold a code? `code`, `AREACD`, `LAD22CD`, `CTYUA19CD`, `UTLA23CD`, in any case and of any year.
fn is_code(property: &str) -> bool {
    let folded = property.to_ascii_lowercase();
    let vintage = |prefix: &str| {
        folded
            .strip_prefix(prefix)
            .and_then(|rest: &str| rest.strip_suffix("cd"))
            .is_some_and(|digits| digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    folded == "code" || folded == "areacd" || ["lad", "ctyua", "cty", "utla", "ltla"].into_iter().any(vintage)
}

fn code(properties: &JsonObject) -> Result<GssCode, Fault> {
    let value = properties.iter().find(|(key, _)| is_code(key)).ok_or(Fault::NoCode)?.1;
    let bad = || Fault::BadCode { found: clip(&value.as_str().map_or_else(|| value.to_string(), str::to_owned)) };
    value.as_str().and_then(|text| GssCode::parse(text).ok()).ok_or_else(bad)
}

/// `name`, or the name beside the code: `AREANM`, `LAD22NM`.
fn name(properties: &JsonObject) -> Option<String> {
    let beside = |key: &str| {
        let key = key.to_ascii_lowercase();
        key.strip_suffix("nm").is_some_and(|stem| is_code(&format!("{stem}cd")))
    };
    let found = properties.iter().find(|(key, _)| key.eq_ignore_ascii_case("name") || beside(key))?;
    found.1.as_str().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned)
}

fn date(properties: &JsonObject, property: &'static str) -> Result<Option<Date>, Fault> {
    match properties.get(property) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(Value::String(text)) => text.parse().map(Some).map_err(|_| Fault::BadDate { property, found: clip(text) }),
        Some(other) => Err(Fault::BadDate { property, found: clip(&other.to_string()) }),
    }
}

fn clip(text: &str) -> String {
    text.chars().take(80).collect()
}
