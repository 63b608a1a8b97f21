//! What the maps and postcodes of an edition rest on: what was imported into it, else what the program carries.

use std::sync::Arc;

use super::error::ReadError;
use crate::db::councils::Register;
use crate::db::{self, Connection};
use crate::domain::council::{GssCode, Tier};
use crate::geo::hexagons::{self, Hexagons};
use crate::geo::postcodes::PostcodeTable;
use crate::geo::postcodes::pack::built_in;
use crate::geo::{Boundary, boundaries as outlines};

/// Postcodes with their councils; of those that came to another council, the one before.
pub(super) fn postcodes(conn: &Connection) -> Result<(Arc<PostcodeTable>, Option<PostcodeTable>), ReadError> {
    let table = match db::releases::blob(conn, db::releases::POSTCODES)? {
        Some(bytes) => Arc::new(PostcodeTable::from_bytes(&bytes)?),
        None => built_in()?,
    };
    let former = db::releases::blob(conn, db::releases::FORMER_POSTCODES)?;
    Ok((table, former.map(|bytes| PostcodeTable::from_bytes(&bytes)).transpose()?))
}

/// The places that the program carries, and those of councils that came after them.
pub(super) fn hexagons(register: &Register) -> Result<Hexagons, ReadError> {
    let mut hexagons = hexagons::parse(include_bytes!("../../assets/hexagons.json"))?;
    for council in register.councils() {
        let before = council.predecessors.iter().filter_map(|id| register.get(*id)).map(|one| one.code);
        let before: Vec<GssCode> = before.collect();
        for tier in council.kind.tiers() {
            match tier {
                Tier::District => hexagons.lower.succeed(council.code, &before),
                Tier::County => hexagons.county.succeed(council.code, &before),
            }
        }
    }
    Ok(hexagons)
}

/// Outlines of councils.
pub(super) fn boundaries(conn: &Connection) -> Result<Vec<Boundary>, ReadError> {
    let records = db::boundaries::all(conn)?;
    if records.is_empty() {
        return Ok(outlines::parse(include_bytes!("../../assets/boundaries.geojson"))?);
    }
    let mut text = String::from(r#"{"type":"FeatureCollection","features":["#);
    for (place, record) in records.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(r#"{"type":"Feature","properties":{"code":""#);
        text.push_str(record.code.as_str());
        text.push('"');
        for (name, day) in [("valid_from", record.valid_from), ("valid_to", record.valid_to)] {
            if let Some(day) = day {
                text.push_str(&format!(r#","{name}":"{day}""#));
            }
        }
        text.push_str(r#"},"geometry":"#);
        text.push_str(&record.geometry);
        text.push('}');
    }
    text.push_str("]}");
    Ok(outlines::parse(text.as_bytes())?)
}
