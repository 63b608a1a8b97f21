//! Boundaries, from GeoJSON to lines on the page.
//!
//! A file of boundaries goes through [`boundaries`] (is it sound?), [`projection`] (degrees to British
//! National Grid metres), [`topology`] (shared borders become arcs, each kept once), [`simplify`] and
//! [`layer`] (SVG path data). [`locate`] answers which councils hold a point, [`neighbours`] who borders
//! whom, [`hexagons`] draws the equal-area view.

mod area;
pub mod boundaries;
mod boundary_problem;
mod bounds;
mod crossing;
pub mod hexagons;
pub mod layer;
pub mod locate;
pub mod neighbours;
mod number;
pub mod outline;
mod path;
mod pole;
pub mod postcodes;
pub mod projection;
mod simplify;
mod topology;

#[cfg(test)]
mod tests;

pub use area::{AreaRef, Boundary, LonLat, Polygon, Ring};
pub use boundary_problem::{BoundaryProblem, Fault};
pub use layer::{BBox, Detail, Layer, Shape, ViewBox};
pub use locate::Locator;
pub use neighbours::Neighbours;
