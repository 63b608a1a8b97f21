use proptest::prelude::*;
use rstest::rstest;

use super::super::boundaries::parse;
use super::super::boundary_problem::Fault;
use super::super::hexagons;
use super::super::layer::{Detail, Drawing};
use super::ASSET;

fn problems(text: &str) -> String {
    let problems = parse(text.as_bytes()).unwrap_err();
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn feature(properties: &str, ring: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
    )
}

const SQUARE: &str = "[-1,52],[0,52],[0,53],[-1,53],[-1,52]";

#[test]
fn metres_of_the_national_grid_are_turned_into_degrees_where_the_file_says_so() {
    let ring = "[435000,336000],[436000,336000],[436000,337000],[435000,337000],[435000,336000]";
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}},"features""#;
    let features = collection(&[feature(r#""LTLA23CD":"E06000015""#, ring)]);
    let found = parse(features.replace(r#""features""#, crs).as_bytes()).unwrap();
    let corner = found[0].polygons[0].exterior[0];
    // Derby: Ordnance Survey's own transformation gives -1.480457, 52.920408.
    assert!((corner.lon + 1.4805).abs() < 0.001 && (corner.lat - 52.9204).abs() < 0.001, "{corner:?}");
}

#[rstest]
#[case::not_json("<html>", "not JSON at line 1, column 1")]
#[case::empty("", "ends in the middle, at line 1")]
#[case::array("[]", "found no JSON object")]
#[case::other_type(
    r#"{"type":"Feature"}"#,
    "found type “Feature”; expected a GeoJSON object of type “FeatureCollection”"
)]
#[case::no_list(r#"{"type":"FeatureCollection"}"#, "found no list “features”")]
#[case::no_features(r#"{"type":"FeatureCollection","features":[]}"#, "no features")]
#[case::metres_named(
    r#"{"type":"FeatureCollection","crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::3857"}},"features":[1]}"#,
    "coordinate system “urn:ogc:def:crs:EPSG::3857”"
)]
#[case::broken_topology(
    r#"{"type":"Topology","arcs":[],"objects":{"a":{"type":"Polygon","arcs":[[0]]}}}"#,
    "do not fit"
)]
#[case::no_feature(r#"{"type":"FeatureCollection","features":[7]}"#, "feature 1: not a GeoJSON feature")]
fn a_file_that_is_no_collection_says_what_it_is(#[case] text: &str, #[case] expected: &str) {
    let found = problems(text);
    assert!(found.contains(expected), "{found}");
}

#[rstest]
#[case::open(
    "[-1,52],[0,52],[0,53],[-1,53]",
    "feature 2 (E07000002): ring 1 is not closed: it starts at -1, 52 and ends at -1, 53"
)]
#[case::flat("[-1,52],[0,52],[-1,52]", "ring 1 has 2 different points; expected at least 3")]
#[case::nothing("", "ring 1 has 0 different points")]
#[case::bow_tie("[-1,52],[0,53],[0,52],[-1,53],[-1,52]", "ring 1 crosses itself near")]
#[case::metres(
    "[430000,330000],[440000,330000],[440000,340000],[430000,330000]",
    "430000, 330000 look like grid metres"
)]
#[case::swapped("[52,-1],[52,0],[53,0],[52,-1]", "the point 52, -1 lies outside England")]
fn a_bad_ring_is_named_with_its_feature(#[case] ring: &str, #[case] expected: &str) {
    let good = feature(r#""code":"E07000001""#, SQUARE);
    let found = problems(&collection(&[good, feature(r#""code":"E07000002""#, ring)]));
    assert!(found.contains(expected), "{found}");
    assert!(!found.contains("feature 1"), "{found}");
}

#[rstest]
#[case("", "feature 1: no code; expected a property “code”")]
#[case(r#""LAD2CD":"E07000001""#, "no code")]
#[case(r#""LAD22CD":"Derby""#, "the code is “Derby”; expected a GSS code")]
#[case(r#""code":7"#, "the code is “7”")]
#[case(r#""code":"E07000001","valid_from":"1 April""#, "valid_from is “1 April”; expected a date such as 2023-04-01")]
#[case(
    r#""code":"E07000001","valid_from":"2023-04-01","valid_to":"2020-01-01""#,
    "valid to 2020-01-01, which is not after"
)]
fn bad_properties_are_named(#[case] properties: &str, #[case] expected: &str) {
    let found = problems(&collection(&[feature(properties, SQUARE)]));
    assert!(found.contains(expected), "{found}");
}

#[rstest]
#[case(r#""code":"E06000015""#)]
#[case(r#""LAD22CD":"E06000015","LAD22NM":"Derby""#)]
#[case(r#""lad25cd":"E06000015","BNG_E":435000"#)]
#[case(r#""CTYUA19CD":"E06000015""#)]
#[case(r#""AREACD":"e06000015","AREANM":"Derby""#)]
fn the_code_is_found_under_all_its_official_names(#[case] properties: &str) {
    let read = parse(collection(&[feature(properties, SQUARE)]).as_bytes()).unwrap();
    assert_eq!(read[0].code.as_str(), "E06000015");
    if properties.contains("NM") {
        assert_eq!(read[0].name.as_deref(), Some("Derby"));
    }
}

#[test]
fn one_code_twice_is_fine_only_at_different_times() {
    let before = feature(r#""code":"E06000015","valid_to":"2020-04-01""#, SQUARE);
    let after = feature(r#""code":"E06000015","valid_from":"2020-04-01""#, SQUARE);
    let always = feature(r#""code":"E06000015""#, SQUARE);
    assert_eq!(parse(collection(&[after.clone(), before.clone()]).as_bytes()).unwrap().len(), 2);
    let found = problems(&collection(&[before.clone(), always]));
    assert!(found.contains("the same code as feature"), "{found}");
}

#[test]
fn a_knot_of_rounding_passes_but_a_visible_bow_tie_does_not() {
    // Two sides of the square swap for 20 m, and for 20 km.
    let knotted = |size: f64| {
        let (a, b) = (size, size / 2.0);
        format!(
            "[-1,52],[0,52],[0,53],[{},53],[{},{}],[{},{}],[{},53],[-1,53],[-1,52]",
            -b,
            -a,
            53.0 + b,
            -b,
            53.0 + b,
            -a
        )
    };
    let read = |size| parse(collection(&[feature(r#""code":"E06000015""#, &knotted(size))]).as_bytes());
    assert!(read(0.0003).is_ok());
    assert!(matches!(read(0.3).unwrap_err()[0].fault, Fault::CrossesItself { ring: 1, .. }));
}

#[test]
fn rings_are_turned_the_right_way_round() {
    let clockwise = "[-1,52],[-1,53],[0,53],[0,52],[-1,52]";
    let a = parse(collection(&[feature(r#""code":"E06000015""#, clockwise)]).as_bytes()).unwrap();
    let b = parse(collection(&[feature(r#""code":"E06000015""#, SQUARE)]).as_bytes()).unwrap();
    assert_eq!(a[0].polygons, b[0].polygons);
}

#[test]
fn a_truncated_asset_says_that_it_ends_in_the_middle() {
    for share in [3, 2] {
        let found = parse(&ASSET[..ASSET.len() / share]).unwrap_err();
        assert!(matches!(found[0].fault, Fault::Truncated { line, .. } if line > 1), "{found:?}");
    }
}

#[test]
fn a_hundred_thousand_points_are_checked_for_crossings_in_moderate_time() {
    let around = |i: u32| {
        let angle = f64::from(i) / 100_000.0 * std::f64::consts::TAU;
        let far = 1.0 + 0.05 * (angle * 500.0).sin();
        format!("[{:.7},{:.7}]", -1.5 + far * angle.cos(), 52.5 + far * angle.sin())
    };
    let mut points: Vec<_> = (0..100_000).map(around).collect();
    points.push(points[0].clone());
    let text = collection(&[feature(r#""code":"E06000015""#, &points.join(","))]);
    assert!(parse(text.as_bytes()).is_ok());
    // A comb of slanting teeth, whose boxes all overlap, must end too, one way or the other.
    let tooth = |i: u32| {
        let at = f64::from(i) / 100_000.0;
        if i.is_multiple_of(2) { format!("[{:.7},51.0]", at - 1.0) } else { format!("[{:.7},53.0]", at + 0.5) }
    };
    let mut comb: Vec<_> = (0..100_000).map(tooth).collect();
    comb.push("[1.0,50.5]".to_owned());
    comb.push(comb[0].clone());
    let _ = parse(collection(&[feature(r#""code":"E06000015""#, &comb.join(","))]).as_bytes());
}

#[test]
fn hexagons_with_two_councils_in_one_place_are_refused() {
    let text = br#"{"lower":{"E06000001":[1,2],"E06000002":[1,2]},"county":{}}"#;
    let problem = hexagons::parse(text).unwrap_err().to_string();
    assert_eq!(problem, "hexagons, lower: E06000001 and E06000002 have the same place");
    let problem = hexagons::parse(br#"{"lower":{"E06000001":[1,-2]},"county":{}}"#).unwrap_err().to_string();
    assert!(problem.contains("“E06000001”: found [1,-2]"), "{problem}");
}

#[test]
fn odd_rows_of_hexagons_lie_half_a_hexagon_to_the_right() {
    let text = br#"{"lower":{"E06000001":[3,4],"E06000002":[3,5],"E06000003":[4,4]},"county":{}}"#;
    let layer = hexagons::parse(text).unwrap().lower;
    let [a, b, c] = [0, 1, 2].map(|i: usize| layer.hexagons[i].centre);
    assert_eq!((b.0 - a.0, b.1 - a.1), (87, 150));
    assert_eq!((c.0 - a.0, c.1 - a.1), (174, 0));
    assert_eq!(layer.hexagons[0].path, "m97 10 87 50v100l-87 50-87-50v-100z");
    assert_eq!(layer.view_box, (368, 370));
}

#[test]
fn hexagons_that_touch_have_one_line_around_them_inside_their_edges() {
    // Two in a row and one below them; one far off.
    let text = br#"{"lower":{"E06000001":[0,0],"E06000002":[1,0],"E06000003":[0,1],"E06000004":[9,0]},"county":{}}"#;
    let layer = hexagons::parse(text).unwrap().lower;
    let code = layer.hexagons[0].code;
    let around = |count: usize| {
        let some: Vec<_> = layer.hexagons.iter().take(count).collect();
        hexagons::outline(code, &some)
    };
    assert_eq!(around(0), None);
    for (count, rings, corners) in [(1, 1, 6), (2, 1, 10), (3, 1, 12), (4, 2, 18)] {
        let shape = around(count).unwrap();
        assert_eq!(shape.path.matches('z').count(), rings, "{}", shape.path);
        assert_eq!(shape.path.matches(['M', 'L']).count(), corners, "{}", shape.path);
    }
    // The top corner of the first hexagon, moved down; a miter keeps the line as far from both edges.
    assert!(around(1).unwrap().path.starts_with("M17 64L97 18"), "{}", around(1).unwrap().path);
    assert_eq!(around(2).unwrap().middle, (184, 110));
}

proptest! {
    #[test]
    fn no_bytes_whatever_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(&bytes);
        let _ = hexagons::parse(&bytes);
    }

    #[test]
    fn no_ring_whatever_breaks_reader_or_drawing(points in proptest::collection::vec((-40i32..40, 0i32..40), 0..12)) {
        let mut points: Vec<_> = points.iter().map(|(x, y)| format!("[{},{}]", f64::from(*x) / 20.0 - 2.0, 51.0 + f64::from(*y) / 20.0)).collect();
        points.extend(points.first().cloned());
        let text = collection(&[feature(r#""code":"E06000015""#, &points.join(",")), feature(r#""code":"E06000016""#, SQUARE)]);
        if let Ok(read) = parse(text.as_bytes()) {
            let areas: Vec<_> = read.iter().map(super::AreaRef::from).collect();
            let layer = Drawing::new(&areas, Detail::Overview).layer();
            prop_assert!(layer.shapes.iter().any(|shape| shape.code.as_str() == "E06000016"));
        }
    }

    #[test]
    fn a_changed_byte_in_a_good_file_never_panics(at in 0usize..200, byte in any::<u8>()) {
        let mut bytes = collection(&[feature(r#""code":"E06000015""#, SQUARE)]).into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = parse(&bytes);
    }
}
