//! The map layer as data: the boundaries of a tier with the figures of a year (RFC 7946).

use serde_json::{Value, json};

use super::figure;
use crate::geo::{Polygon, Ring};
use crate::read::Atlas;
use crate::read::atlas::summer;
use crate::read::map::MapPage;

/// The layer of the page's tier.
pub fn layer(page: &MapPage, atlas: &Atlas) -> Value {
    let day = summer(page.year);
    let features: Vec<Value> = page
        .rows
        .iter()
        .filter(|row| row.council.kind.tiers().contains(&page.selection.tier))
        .map(|row| {
            let council = &row.council;
            let boundary = atlas.boundary(council, day);
            json!({
                "type": "Feature",
                "id": council.code.as_str(),
                "properties": {
                    "code": council.code.as_str(),
                    "slug": council.slug.as_str(),
                    "name": council.name,
                    "kind": council.kind.word(),
                    "figure": row.figure.as_ref().map(|one| figure::json(one, page.synthetic)),
                    "synthetic": page.synthetic,
                },
                "geometry": boundary.map(|boundary| geometry(&boundary.polygons)),
            })
        })
        .collect();
    json!({
        "type": "FeatureCollection",
        "measure": page.selection.measure.word(),
        "year": page.year.to_string(),
        "tier": page.selection.tier.word(),
        "synthetic": page.synthetic,
        "attribution": "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains OS data © Crown copyright and database right 2025. Coastline: GSHHG 2.3.7.",
        "features": features,
    })
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
