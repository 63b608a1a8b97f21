//! The real asset and broken inputs through the whole of `geo`.

mod broken;
mod drawing;
mod places;

use std::sync::LazyLock;

use jiff::civil::{Date, date};

use super::{AreaRef, Boundary, boundaries};

const ASSET: &[u8] = include_bytes!("../../../assets/boundaries.geojson");
const TODAY: Date = date(2025, 6, 1);

static BOUNDARIES: LazyLock<Vec<Boundary>> = LazyLock::new(|| boundaries::parse(ASSET).unwrap());

/// The areas of a tier on a day: districts and single-tier councils, or counties and single-tier councils.
fn tier(county: bool, on: Date) -> Vec<AreaRef<'static>> {
    let left_out = if county { "E07" } else { "E10" };
    BOUNDARIES.iter().filter(|b| !b.code.as_str().starts_with(left_out) && b.in_force(on)).map(AreaRef::from).collect()
}
