//! The map layer as data: the boundaries of a tier with the figures of a year (RFC 7946).

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::csv::{Cell, Table};
use super::map;
use crate::geo::{Polygon, Ring};
use crate::read::Atlas;
use crate::read::atlas::summer;
use crate::read::map::MapPage;
use crate::read::standing::MapRow;

/// A map layer: a collection of features.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Layer")]
pub struct LayerJson<'a> {
    #[schemars(extend("const" = "FeatureCollection"))]
    r#type: &'static str,
    measure: &'static str,
    year: String,
    tier: &'static str,
    synthetic: bool,
    attribution: &'static str,
    features: Vec<Feature<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Feature<'a> {
    #[schemars(extend("const" = "Feature"))]
    r#type: &'static str,
    id: &'a str,
    properties: Properties,
    #[schemars(extend("type" = ["object", "null"]))]
    geometry: Option<Value>,
}

/// The columns of the same page's CSV and the short name of the council: flat, so that a geographical information system
/// makes a column of each.
#[derive(Serialize)]
struct Properties(Map<String, Value>);

impl JsonSchema for Properties {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Properties".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = map::columns().into_iter().chain([NAME]).collect();
        let any = json!({"type": ["string", "number", "boolean", "null"]});
        let properties: Map<String, Value> = names.iter().map(|name| ((*name).to_owned(), any.clone())).collect();
        json_schema!({"type": "object", "properties": properties, "required": names})
    }
}

/// The property that maps write beside an area.
const NAME: &str = "name";

/// The layer of the page's tier.
pub fn layer<'a>(page: &'a MapPage, atlas: &Atlas) -> LayerJson<'a> {
    let day = summer(page.year);
    let of_tier = |row: &&MapRow| row.council.kind.tiers().contains(&page.selection.tier);
    let rows: Vec<&MapRow> = page.rows.iter().filter(of_tier).collect();
    let Table { header, rows: cells } =
        map::table(rows.iter().copied(), page.selection.measure, page.year, page.synthetic);
    let features = rows.into_iter().zip(cells).map(|(row, cells)| {
        let council = &row.council;
        let mut properties: Map<String, Value> =
            header.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), value(cell))).collect();
        properties.insert(NAME.to_owned(), council.name.as_str().into());
        Feature {
            r#type: "Feature",
            id: council.code.as_str(),
            properties: Properties(properties),
            geometry: atlas.boundary(council, day).map(|boundary| geometry(&boundary.polygons)),
        }
    });
    LayerJson {
        r#type: "FeatureCollection",
        measure: page.selection.measure.as_str(),
        year: page.year.to_string(),
        tier: page.selection.tier.as_str(),
        synthetic: page.synthetic,
        attribution: "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains OS data © Crown copyright and database right 2025. Coastline: GSHHG 2.3.7.",
        features: features.collect(),
    }
}

/// A cell of the CSV as JSON.
fn value(cell: Cell) -> Value {
    match cell {
        Cell::Text(text) => Value::String(text),
        Cell::Number(text) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        Cell::Flag(flag) => Value::Bool(flag),
        Cell::Empty => Value::Null,
    }
}

fn geometry(polygons: &[Polygon]) -> Value {
    let coordinates = |polygon: &Polygon| polygon.rings().map(ring).collect::<Vec<_>>();
    match polygons {
        [one] => json!({"type": "Polygon", "coordinates": coordinates(one)}),
        many => json!({"type": "MultiPolygon", "coordinates": many.iter().map(coordinates).collect::<Vec<_>>()}),
    }
}

fn ring(ring: &Ring) -> Vec<[f64; 2]> {
    ring.iter().map(|point| [point.lon, point.lat]).collect()
}
