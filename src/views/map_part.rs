//! Which part of England the map shows, and what stands out in it.

use super::table::band_class;
use crate::domain::council::CouncilKind;
use crate::geo::layer::BBox;
use crate::read::map::MapPage;
use crate::read::standing::Band;

/// What of the layer is shown, in units of its view box: all of England but Scilly, which is drawn nearer.
pub const SHOWN: BBox = BBox { left: 562, top: 40, right: 5782, bottom: 6510 };

/// Scilly lies beyond the edge, so it is drawn in the sea north of Cornwall, four times as large.
pub const SCILLY: &str = "council-of-the-isles-of-scilly";
/// Where its middle stands.
pub const SCILLY_AT: (i32, i32) = (790, 5760);
/// How many times as large.
pub const SCILLY_SCALE: i32 = 4;

/// Whether the map shows a part of England closer.
pub fn is_closer(page: &MapPage) -> bool {
    shown(page).1 > 10
}

/// How many times closer the map can be shown, in tenths; the style sheet has a class for each.
const CLOSER: [i32; 6] = [160, 80, 40, 20, 15, 12];

/// The part of the map that is shown: all of it, or what lies around a place; and how many times closer, in tenths.
pub fn shown(page: &MapPage) -> (BBox, i32) {
    let Some(near) = page.near else { return (SHOWN, 10) };
    let near = if page.selection.at.as_ref().is_some_and(|at| at.as_str() == SCILLY) {
        let (x, y) = SCILLY_AT;
        BBox { left: x - 200, top: y - 200, right: x + 200, bottom: y + 200 }
    } else {
        BBox { left: near.left.max(SHOWN.left), bottom: near.bottom.min(SHOWN.bottom), ..near }
    };
    let (width, height) = (SHOWN.right - SHOWN.left, SHOWN.bottom - SHOWN.top);
    let part = |times: i32| (width * 10 / times, height * 10 / times);
    let fits = |times: &i32| near.right - near.left <= part(*times).0 && near.bottom - near.top <= part(*times).1;
    let times = CLOSER.into_iter().find(fits).unwrap_or(10);
    let (width, height) = part(times);
    let left = ((near.left + near.right - width) / 2).clamp(SHOWN.left, SHOWN.right - width);
    let top = ((near.top + near.bottom - height) / 2).clamp(SHOWN.top, SHOWN.bottom - height);
    (BBox { left, top, right: left + width, bottom: top + height }, times)
}

/// A part as SVG has it.
pub fn view_box(part: BBox) -> String {
    format!("{} {} {} {}", part.left, part.top, part.right - part.left, part.bottom - part.top)
}

/// Whether a band lies outside the range expected.
pub fn stands_out(band: Band) -> bool {
    matches!(band_class(band), "hi" | "phi" | "plo" | "lo")
}

/// Whether London's boroughs are among the councils shown.
pub fn shows_london(page: &MapPage) -> bool {
    page.rows.iter().any(|row| row.council.kind == CouncilKind::London)
}
