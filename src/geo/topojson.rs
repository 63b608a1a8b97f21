//! TopoJSON as the Office for National Statistics publishes it, turned into the features of GeoJSON: areas whose lines are
//! kept once, in arcs that neighbours share.

use serde_json::{Map, Value, json};

/// Why a topology cannot be turned into features.
const BROKEN: &str = "a TopoJSON topology whose arcs do not fit its objects";

/// Whether a document is TopoJSON.
pub(super) fn is_topology(object: &Map<String, Value>) -> bool {
    object.get("type").and_then(Value::as_str) == Some("Topology")
}

/// The areas of all objects of a topology as features.
///
/// # Errors
/// What is wrong, as a message names it.
pub(super) fn features(topology: &Map<String, Value>) -> Result<Vec<Value>, String> {
    let arcs = arcs(topology).ok_or(BROKEN)?;
    let objects = topology.get("objects").and_then(Value::as_object).ok_or(BROKEN)?;
    let mut features = Vec::new();
    for object in objects.values() {
        let geometries = match object.get("geometries").and_then(Value::as_array) {
            Some(several) => several.as_slice(),
            None => std::slice::from_ref(object),
        };
        for geometry in geometries {
            let properties = geometry.get("properties").cloned().unwrap_or_default();
            let geometry = area(geometry, &arcs).ok_or(BROKEN)?;
            features.push(json!({ "type": "Feature", "properties": properties, "geometry": geometry }));
        }
    }
    Ok(features)
}

type Arc = Vec<[f64; 2]>;

/// The arcs as positions: with a transform they are kept as whole numbers, each beside the one before.
fn arcs(topology: &Map<String, Value>) -> Option<Vec<Arc>> {
    let pair = |value: &Value| Some([value.get(0)?.as_f64()?, value.get(1)?.as_f64()?]);
    let transform = match topology.get("transform") {
        Some(transform) => Some((pair(transform.get("scale")?)?, pair(transform.get("translate")?)?)),
        None => None,
    };
    let mut found = Vec::new();
    for arc in topology.get("arcs")?.as_array()? {
        let mut at = [0.0, 0.0];
        let mut points = Arc::new();
        for point in arc.as_array()? {
            let [x, y] = pair(point)?;
            points.push(match transform {
                Some(([scale_x, scale_y], [from_x, from_y])) => {
                    at = [at[0] + x, at[1] + y];
                    [at[0].mul_add(scale_x, from_x), at[1].mul_add(scale_y, from_y)]
                }
                None => [x, y],
            });
        }
        found.push(points);
    }
    Some(found)
}

fn area(geometry: &Value, arcs: &[Arc]) -> Option<Value> {
    let polygon = |rings: &Value| -> Option<Vec<Arc>> { rings.as_array()?.iter().map(|one| ring(one, arcs)).collect() };
    let lines = geometry.get("arcs");
    match geometry.get("type").and_then(Value::as_str)? {
        "Polygon" => Some(json!({ "type": "Polygon", "coordinates": polygon(lines?)? })),
        "MultiPolygon" => {
            let polygons: Option<Vec<_>> = lines?.as_array()?.iter().map(polygon).collect();
            Some(json!({ "type": "MultiPolygon", "coordinates": polygons? }))
        }
        // Anything else is no area, which the reader of features says.
        other => Some(json!({ "type": other, "coordinates": [] })),
    }
}

/// A ring put together of its arcs; one that is written as its complement runs backwards.
fn ring(indexes: &Value, arcs: &[Arc]) -> Option<Arc> {
    let mut ring = Arc::new();
    for index in indexes.as_array()? {
        let index = index.as_i64()?;
        let backwards = index < 0;
        let at = usize::try_from(if backwards { !index } else { index }).ok()?;
        let mut points = arcs.get(at)?.clone();
        if backwards {
            points.reverse();
        }
        // Where two arcs meet they have the same point.
        let skipped = usize::from(!ring.is_empty());
        ring.extend(points.into_iter().skip(skipped));
    }
    Some(ring)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_areas_that_share_an_arc_become_two_features() {
        let topology = json!({
            "type": "Topology",
            "transform": { "scale": [0.1, 0.1], "translate": [-1.5, 52.0] },
            "arcs": [[[1, 0], [0, 1]], [[1, 1], [-1, 0], [0, -1], [1, 0]], [[1, 0], [1, 0], [0, 1], [-1, 0]]],
            "objects": { "lad": { "type": "GeometryCollection", "geometries": [
                { "type": "Polygon", "arcs": [[0, 1]], "properties": { "LAD24CD": "E06000015" } },
                { "type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": { "LAD24CD": "E08000035" } },
            ] } },
        });
        let features = features(topology.as_object().unwrap()).unwrap();
        let close = |value: &Value, expected: [f64; 2]| {
            let at = |index: usize| value[index].as_f64().unwrap();
            (at(0) - expected[0]).abs() < 1e-9 && (at(1) - expected[1]).abs() < 1e-9
        };
        let first = &features[0]["geometry"]["coordinates"][0];
        assert_eq!(first.as_array().unwrap().len(), 5);
        assert!(close(&first[0], [-1.4, 52.0]) && close(&first[4], [-1.4, 52.0]), "{first}");
        let second = &features[1]["geometry"]["coordinates"][0][0];
        assert!(close(&second[0], [-1.4, 52.0]) && close(&second[4], [-1.4, 52.0]), "{second}");
        assert_eq!(features[1]["properties"]["LAD24CD"], "E08000035");
    }
}
