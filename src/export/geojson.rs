//! The map layer as data: the boundaries of a tier with the figures of a year (RFC 7946).

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::figure::{self, FigureJson};
use crate::geo::{Polygon, Ring};
use crate::read::Atlas;
use crate::read::atlas::summer;
use crate::read::map::MapPage;

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
    properties: Properties<'a>,
    #[schemars(extend("type" = ["object", "null"]))]
    geometry: Option<Value>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Properties<'a> {
    code: &'a str,
    slug: &'a str,
    name: &'a str,
    kind: &'static str,
    figure: Option<FigureJson<'a>>,
    synthetic: bool,
}

/// The layer of the page's tier.
pub fn layer<'a>(page: &'a MapPage, atlas: &Atlas) -> LayerJson<'a> {
    let day = summer(page.year);
    let rows = page.rows.iter().filter(|row| row.council.kind.tiers().contains(&page.selection.tier));
    let features = rows.map(|row| {
        let council = &row.council;
        Feature {
            r#type: "Feature",
            id: council.code.as_str(),
            properties: Properties {
                code: council.code.as_str(),
                slug: council.slug.as_str(),
                name: &council.name,
                kind: council.kind.as_str(),
                figure: row.figure.as_ref().map(|one| figure::json(one, page.synthetic)),
                synthetic: page.synthetic,
            },
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
