use std::collections::HashMap;
use std::io::Write;
use std::time::Instant;

use super::super::layer::{Detail, Drawing};
use super::super::{AreaRef, LonLat, Polygon};
use super::{TODAY, tier};
use crate::domain::council::GssCode;

type Segment = ((i32, i32), (i32, i32));

fn code(text: &str) -> GssCode {
    GssCode::parse(text).unwrap()
}

fn compressed(text: &str) -> usize {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 1 << 16, 9, 22);
    writer.write_all(text.as_bytes()).unwrap();
    drop(writer);
    out.len()
}

/// Every directed segment of a drawing with the areas that walk it.
fn segments(drawing: &Drawing) -> HashMap<Segment, Vec<u32>> {
    let mut found: HashMap<Segment, Vec<u32>> = HashMap::new();
    for ring in &drawing.topology.rings {
        let dots = drawing.ring(ring);
        for (a, b) in dots.iter().zip(dots.iter().cycle().skip(1)) {
            found.entry((*a, *b)).or_default().push(ring.area);
        }
    }
    found
}

#[test]
fn neighbours_keep_the_same_border_after_simplification() {
    for county in [false, true] {
        let areas = tier(county, TODAY);
        let whole = segments(&Drawing::new(&areas, Detail::Full));
        let drawn = segments(&Drawing::new(&areas, Detail::Overview));
        for (name, found, most_coast) in [("full", whole, 0.75), ("overview", drawn, 0.4)] {
            let twice = found.values().filter(|areas| areas.len() > 1).count();
            assert!(twice * 500 <= found.len(), "{name}: {twice} of {} segments walked twice one way", found.len());
            let coast = found.keys().filter(|(a, b)| !found.contains_key(&(*b, *a))).count();
            let share = f64::from(u32::try_from(coast).unwrap()) / f64::from(u32::try_from(found.len()).unwrap());
            assert!(share < most_coast, "{name}: {share} of the segments have nobody on the other side");
        }
    }
}

#[test]
fn inland_councils_are_surrounded_by_neighbours_on_every_segment() {
    let areas = tier(false, TODAY);
    let drawing = Drawing::new(&areas, Detail::Overview);
    let found = segments(&drawing);
    for inland in ["E06000017", "E06000018", "E06000015", "E08000025", "E09000007", "E07000008"] {
        let place = areas.iter().position(|area| area.code == code(inland)).unwrap();
        let own: Vec<_> =
            found.iter().filter(|(_, areas)| areas.iter().any(|a| usize::try_from(*a).unwrap() == place)).collect();
        assert!(own.len() >= 4, "{inland} has {} segments", own.len());
        for ((a, b), _) in own {
            assert!(found.contains_key(&(*b, *a)), "{inland}: {a:?} to {b:?} has nobody on the other side");
        }
    }
}

#[test]
fn no_council_vanishes_and_each_keeps_a_visible_shape() {
    for county in [false, true] {
        let areas = tier(county, TODAY);
        assert_eq!(areas.len(), if county { 153 } else { 296 });
        let layer = Drawing::new(&areas, Detail::Overview).layer();
        assert_eq!(layer.shapes.len(), areas.len());
        for shape in &layer.shapes {
            let (wide, high) = (shape.bbox.right - shape.bbox.left, shape.bbox.bottom - shape.bbox.top);
            assert!(wide >= 10 && high >= 10, "{} is {wide} by {high}", shape.code);
            let first = shape.path.split('z').map(|ring| ring.matches([' ', '-']).count()).max().unwrap();
            assert!(first >= 6, "{}: {}", shape.code, shape.path);
            assert!(shape.bbox.left >= 0 && shape.bbox.top >= 0, "{} leaves the frame", shape.code);
            assert!(shape.bbox.right <= 5820 && shape.bbox.bottom <= 6600, "{} leaves the frame", shape.code);
        }
    }
}

#[test]
fn simplification_keeps_each_area_to_a_few_hundredths() {
    let areas = tier(false, TODAY);
    let size = |detail| {
        let drawing = Drawing::new(&areas, detail);
        let mut sizes = vec![0.0; areas.len()];
        for ring in &drawing.topology.rings {
            let dots = drawing.ring(ring);
            let doubled: i64 = dots
                .iter()
                .zip(dots.iter().cycle().skip(1))
                .map(|(a, b)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1))
                .sum();
            let scale = if detail == Detail::Full { 200.0 } else { 2.0 };
            sizes[usize::try_from(ring.area).unwrap()] -= f64::from(i32::try_from(doubled).unwrap()) / scale;
        }
        sizes
    };
    for ((area, full), overview) in areas.iter().zip(size(Detail::Full)).zip(size(Detail::Overview)) {
        let change = (overview / full - 1.0).abs();
        assert!(change < 0.12, "{}: {full} became {overview} square hectometres", area.code);
    }
}

#[test]
fn the_overview_of_the_lower_tier_fits_its_budget() {
    let started = Instant::now();
    let layer = Drawing::new(&tier(false, TODAY), Detail::Overview).layer();
    let paths: Vec<_> = layer.shapes.iter().map(|shape| shape.path.as_str()).collect();
    let paths = paths.join("\n");
    let size = compressed(&paths);
    println!("{} bytes, {size} compressed, {:?}", paths.len(), started.elapsed());
    assert!(size <= 16_384, "{size} bytes");
}

#[test]
fn the_city_of_london_lies_in_the_london_inset() {
    let areas = tier(false, TODAY);
    let layer = Drawing::new(&areas, Detail::Overview).layer();
    let london: Vec<_> = areas.iter().map(|a| a.code).filter(|c| c.as_str().starts_with("E09")).collect();
    let inset = layer.inset(&london).unwrap();
    let city = layer.shapes.iter().find(|shape| shape.code == code("E09000001")).unwrap();
    assert!(inset.x <= city.bbox.left && city.bbox.right <= inset.x + inset.width);
    assert!(inset.y <= city.bbox.top && city.bbox.bottom <= inset.y + inset.height);
    assert!((500..700).contains(&inset.width), "{inset:?}");
    assert_eq!(layer.inset(&[]), None);
}

fn square(west: f64, south: f64, side: f64) -> Vec<Polygon> {
    let at = |x: f64, y: f64| LonLat { lon: west + x * side, lat: south + y * side };
    vec![Polygon {
        exterior: vec![at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0), at(0.0, 1.0), at(0.0, 0.0)],
        holes: Vec::new(),
    }]
}

#[test]
fn a_county_is_its_districts_without_the_lines_between_them() {
    let (a, b, c) = (square(-1.0, 52.0, 0.5), square(-0.5, 52.0, 0.5), square(0.0, 52.0, 0.5));
    let areas = [("E07000001", &a), ("E07000002", &b), ("E07000003", &c)]
        .map(|(text, polygons)| AreaRef { code: code(text), polygons });
    let drawing = Drawing::new(&areas, Detail::Overview);
    let (county, east) = (code("E10000001"), code("E07000003"));
    let shape = drawing.around(county, |area| area != east).unwrap();
    assert_eq!((shape.code, shape.path.matches('m').count(), shape.path.matches('z').count()), (county, 1, 1));
    let of = |code: GssCode| drawing.layer().shapes.into_iter().find(|shape| shape.code == code).unwrap();
    let (west, middle) = (of(code("E07000001")), of(code("E07000002")));
    assert_eq!((shape.bbox.left, shape.bbox.right), (west.bbox.left, middle.bbox.right));
    assert!((west.middle.0..middle.middle.0).contains(&shape.middle.0), "{:?}", shape.middle);
    assert_eq!(drawing.around(county, |_| false), None);
}

#[test]
fn the_lines_of_counties_are_lines_of_their_districts_in_either_detail() {
    let areas = tier(false, TODAY);
    for detail in [Detail::Overview, Detail::Full] {
        let drawing = Drawing::new(&areas, detail);
        let found = segments(&drawing);
        // Every second district: a group with as many borders as can be.
        let member = |code: GssCode| code.as_str().ends_with(['1', '3', '5', '7', '9']);
        let shape = drawing.around(code("E10000001"), member).unwrap();
        let mut walked = 0;
        for line in dots_of(&shape.path, detail) {
            for (a, b) in line.iter().zip(line.iter().cycle().skip(1)).filter(|(a, b)| a != b) {
                assert!(found.contains_key(&(*a, *b)) || found.contains_key(&(*b, *a)), "{detail:?}: {a:?} to {b:?}");
                walked += 1;
            }
        }
        assert!(walked > 1500, "{detail:?}: only {walked} segments");
    }
}

/// The lines of path data as dots, absolute.
fn dots_of(path: &str, detail: Detail) -> Vec<Vec<(i32, i32)>> {
    let scale = if detail == Detail::Full { 10.0 } else { 1.0 };
    let mut numbers = Vec::new();
    let mut text = String::new();
    let mut lines = Vec::new();
    let mut at = (0, 0);
    for letter in path.chars() {
        let ends = matches!(letter, 'm' | 'z' | ' ' | '-') || (letter == '.' && text.contains('.'));
        if ends && !text.is_empty() {
            let number: f64 = text.parse().unwrap();
            numbers.push(crate::geo::number::nearest(number * scale));
            text.clear();
        }
        match letter {
            'z' => {
                let mut line: Vec<(i32, i32)> = Vec::new();
                for step in numbers.chunks(2) {
                    at = (at.0 + step[0], at.1 + step[1]);
                    line.push(at);
                }
                at = line[0];
                lines.push(line);
                numbers.clear();
            }
            'm' | ' ' => {}
            other => text.push(other),
        }
    }
    lines
}

#[test]
fn every_council_of_today_has_a_hexagon_in_its_tier() {
    let hexagons = super::super::hexagons::parse(include_bytes!("../../../assets/hexagons.json")).unwrap();
    for (county, layer) in [(false, hexagons.lower), (true, hexagons.county)] {
        let mut drawn: Vec<_> = layer.hexagons.iter().map(|hexagon| hexagon.code).collect();
        let mut expected: Vec<_> = tier(county, TODAY).iter().map(|area| area.code).collect();
        drawn.sort();
        expected.sort();
        assert_eq!(drawn, expected);
    }
}
