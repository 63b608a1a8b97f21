//! Boundaries in GeoJSON and TopoJSON, read and drawn.
#![no_main]

use council_map::for_fuzzing::{AreaRef, Detail, Drawing, Locator, boundaries};
use council_map::for_tests::ImportKind;
use council_map_fuzz::{Bench, TODAY};
use libfuzzer_sys::fuzz_target;

thread_local!(static BENCH: Bench = Bench::open());

fuzz_target!(|bytes: &[u8]| {
    BENCH.with(|bench| bench.read(ImportKind::Boundaries, "boundaries.geojson", bytes));
    let Ok(boundaries) = boundaries(bytes) else { return };
    let areas: Vec<AreaRef<'_>> = boundaries.iter().map(AreaRef::from).collect();
    for detail in [Detail::Overview, Detail::Full] {
        let drawing = Drawing::new(&areas, detail);
        assert!(drawing.layer().shapes.len() <= areas.len());
        drawing.around(areas[0].code, |_| true);
        drawing.borders();
    }
    let locator = Locator::new(&boundaries);
    for middle in boundaries.iter().filter_map(|boundary| boundary.middle()) {
        locator.locate(middle.lon, middle.lat, TODAY);
    }
});
