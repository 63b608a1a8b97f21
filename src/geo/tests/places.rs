use jiff::civil::date;

use std::collections::HashMap;

use super::super::locate::Locator;
use super::super::places::Gazetteer;
use super::super::projection::NationalGrid;
use super::{BOUNDARIES, TODAY};

/// Longitude, latitude, easting, northing: first three of Ordnance Survey's test points of OSTN15 (Scilly,
/// the Lizard, Plymouth), then PROJ's own answers with the seven-parameter shift (pyproj 3.7).
const POINTS: [(f64, f64, f64, f64); 7] = [
    (-6.299_777_52, 49.922_263_94, 91_492.15, 11_318.80),
    (-5.203_046_10, 49.960_061_38, 170_370.72, 11_572.41),
    (-4.108_645_64, 50.438_858_26, 250_359.81, 62_016.57),
    (-0.1276, 51.5073, 530_042.91, 180_369.33),
    (-2.0048, 55.7710, 399_797.24, 653_073.70),
    (1.7626, 52.4811, 655_583.56, 293_676.42),
    (-1.4766, 52.9219, 435_287.03, 336_182.00),
];

#[test]
fn known_points_fall_within_five_metres_of_their_grid_reference() {
    let grid = NationalGrid::new().unwrap();
    for (lon, lat, east, north) in POINTS {
        let (x, y) = grid.project(lon, lat).unwrap();
        assert!((x - east).hypot(y - north) < 5.0, "{lon}, {lat}: {x}, {y}, expected {east}, {north}");
    }
}

#[test]
fn a_point_far_from_britain_has_no_place_or_a_finite_one() {
    let grid = NationalGrid::new().unwrap();
    for (lon, lat) in [(179.0, 0.0), (0.0, 90.0), (88.0, 0.0), (f64::NAN, 52.0)] {
        assert!(grid.project(lon, lat).is_none_or(|(x, y)| x.is_finite() && y.is_finite()));
    }
}

fn located(lon: f64, lat: f64, on: jiff::civil::Date) -> Vec<String> {
    let locator = Locator::new(&BOUNDARIES);
    locator.locate(lon, lat, on).iter().map(|code| code.as_str().to_owned()).collect()
}

#[test]
fn derby_has_one_council_and_guildford_two() {
    assert_eq!(located(-1.47, 52.92, TODAY), ["E06000015"]);
    assert_eq!(located(-0.57, 51.236, TODAY), ["E07000209", "E10000030"]);
}

#[test]
fn yeovil_had_a_district_and_a_county_before_somerset_became_one() {
    assert_eq!(located(-2.63, 50.94, date(2022, 6, 1)), ["E07000189", "E10000027"]);
    assert_eq!(located(-2.63, 50.94, date(2023, 4, 1)), ["E06000066"]);
}

#[test]
fn a_city_inside_another_district_is_not_also_that_district() {
    assert_eq!(located(-1.13, 52.635, TODAY), ["E06000016"], "Leicester is a hole in Leicestershire");
    assert_eq!(located(-0.092, 51.515, TODAY), ["E09000001"]);
    assert_eq!(located(-6.295, 49.922, TODAY), ["E06000053"]);
}

#[test]
fn nobody_answers_for_the_sea_or_for_cardiff_or_for_no_number() {
    assert!(located(0.5, 54.5, TODAY).is_empty());
    assert!(located(-3.18, 51.48, TODAY).is_empty());
    assert!(located(f64::NAN, 51.48, TODAY).is_empty());
}

#[test]
fn each_border_vertex_belongs_to_at_most_one_council_of_a_tier() {
    let locator = Locator::new(&BOUNDARIES);
    let ring = &BOUNDARIES.iter().find(|b| b.code.as_str() == "E06000015").unwrap().polygons[0].exterior;
    for point in ring {
        assert_eq!(
            locator.locate(point.lon, point.lat, TODAY).iter().filter(|c| !c.as_str().starts_with("E10")).count(),
            1
        );
    }
}

/// `tests/fixtures/places-sample.csv` holds what shapely finds in the same boundaries: `tools/build_place_answers.py`.
#[test]
fn five_hundred_towns_and_villages_lie_in_the_councils_that_another_library_finds() {
    let register = include_str!("../../../data/authorities.csv");
    let slugs: HashMap<&str, &str> = register
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            Some((cells.next()?, cells.nth(1)?))
        })
        .collect();
    let gazetteer = Gazetteer::from_csv(include_bytes!("../../../data/places.csv")).unwrap();
    let locator = Locator::new(&BOUNDARIES);
    let sample: &[u8] = include_bytes!("../../../tests/fixtures/places-sample.csv");
    let mut checked = 0;
    for row in csv::Reader::from_reader(sample).deserialize() {
        let (name, latitude, longitude, councils): (String, f64, f64, String) = row.unwrap();
        let is_it = |lat: f64, lon: f64| (lat - latitude).hypot(lon - longitude) < 1e-9;
        let found = gazetteer.named(&name).into_iter().any(|one| is_it(one.latitude, one.longitude));
        assert!(found, "{name} is found by its name");
        let mut codes = locator.locate(longitude, latitude, TODAY);
        codes.sort_unstable();
        let located: Vec<&str> = codes.iter().map(|code| slugs[code.as_str()]).collect();
        assert_eq!(located.join("|"), councils, "{name}");
        checked += 1;
    }
    assert_eq!(checked, 500);
}
