//! Boundary polygons from GeoJSON.

use std::collections::BTreeSet;

use super::apart::{self, Job};
use super::problems::{Findings, quoted};
use super::{Context, InputFile};
use crate::db;
use crate::domain::council::CouncilId;
use crate::domain::location::Location;
use crate::domain::record::BoundaryRecord;
use crate::geo::boundaries::of_england;
use crate::geo::{Boundary, Ring};

pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<BoundaryRecord> {
    let mut records: Vec<BoundaryRecord> = Vec::new();
    let mut seen = Vec::new();
    for file in files {
        if let Err(limit) = apart::tried(Job::Areas, &file.bytes) {
            findings.problem(Location::file(&file.name), limit.to_string(), "boundaries like those of the ONS");
            continue;
        }
        let boundaries = match of_england(&file.bytes) {
            Ok(found) => {
                if found.left_out > 0 {
                    let areas = if found.left_out == 1 { "1 area" } else { &format!("{} areas", found.left_out) };
                    let left_out = format!("{areas} of Wales, Scotland and Northern Ireland are left out");
                    findings.remark(Location::file(&file.name), left_out, "nothing to do: the map is of England");
                }
                found.boundaries
            }
            Err(problems) => {
                for problem in problems {
                    let mut location = Location::file(&file.name);
                    location.row = problem.feature.and_then(|number| u32::try_from(number).ok());
                    location.column = problem.code.map(|code| code.to_string());
                    let message = problem.fault.to_string();
                    let (found, expected) = message.split_once("; expected ").unwrap_or((&message, "valid GeoJSON"));
                    findings.problem(location, found, expected);
                }
                continue;
            }
        };
        for (number, boundary) in (1_u32..).zip(boundaries) {
            let mut location = Location::file(&file.name);
            location.row = Some(number);
            location.column = Some(boundary.code.to_string());
            if context.register.by_code(boundary.code).is_none() {
                findings.problem(
                    location.clone(),
                    format!("no council has the code {}", quoted(boundary.code.as_str())),
                    "a code of the register; import the authorities first",
                );
            }
            // Files of districts and of counties both draw the councils that are both; the first stays.
            let key = (boundary.code, boundary.valid_from);
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            records.push(record(&boundary));
        }
    }
    missing(&records, files, context, findings);
    records
}

/// Councils of the day on which the boundaries will be seen that have none, here or already, are not on the map.
fn missing(records: &[BoundaryRecord], files: &[InputFile], context: Context<'_>, findings: &mut Findings) {
    let Some(file) = files.first().filter(|_| findings.problems.is_empty()) else { return };
    let known = db::boundaries::codes(context.conn).unwrap_or_default();
    let codes = records.iter().map(|record| record.code).chain(known);
    let drawn: BTreeSet<CouncilId> =
        codes.filter_map(|code| context.register.by_code(code)).map(|council| council.id).collect();
    let left_out: Vec<&str> = context
        .register
        .current(context.visible_from)
        .filter(|council| !drawn.contains(&council.id))
        .map(|council| council.official_name.as_str())
        .collect();
    if !left_out.is_empty() {
        let names = left_out.iter().take(5).copied().collect::<Vec<_>>().join(", ");
        let more = if left_out.len() > 5 { ", …" } else { "" };
        findings.remark(
            Location::file(&file.name),
            format!("{} councils have no boundary and would not be on the map: {names}{more}", left_out.len()),
            "boundaries of these too; an import may have several files",
        );
    }
}

/// The checked boundary as GeoJSON geometry, its rings turned as RFC 7946 asks.
fn record(boundary: &Boundary) -> BoundaryRecord {
    let polygons: Vec<String> = boundary
        .polygons
        .iter()
        .map(|polygon| format!("[{}]", polygon.rings().map(ring).collect::<Vec<_>>().join(",")))
        .collect();
    let geometry = match polygons.as_slice() {
        [one] => format!(r#"{{"type":"Polygon","coordinates":{one}}}"#),
        several => format!(r#"{{"type":"MultiPolygon","coordinates":[{}]}}"#, several.join(",")),
    };
    BoundaryRecord { code: boundary.code, valid_from: boundary.valid_from, valid_to: boundary.valid_to, geometry }
}

fn ring(ring: &Ring) -> String {
    let points: Vec<String> = ring.iter().map(|point| format!("[{},{}]", point.lon, point.lat)).collect();
    format!("[{}]", points.join(","))
}
