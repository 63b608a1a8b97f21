//! Boundaries, from GeoJSON to lines on the page.
//!
//! A file of boundaries goes through [`boundaries`] (is it sound?), [`projection`] (degrees to British
//! National Grid metres), [`topology`] (shared borders become arcs, each kept once), [`simplify`] and
//! [`layer`] (SVG path data). [`locate`] answers which councils hold a point, [`hexagons`]
//! draws the equal-area view.

mod area;
pub mod boundaries;
mod boundary_problem;
mod bounds;
mod crossing;
pub mod hexagons;
pub mod layer;
pub mod locate;
mod number;
pub mod outline;
mod path;
pub mod places;
pub mod postcodes;
pub mod projection;
mod simplify;
mod topojson;
mod topology;

#[cfg(test)]
mod tests;

pub use area::{AreaRef, Boundary, LonLat, Polygon, Ring};
pub use boundary_problem::BoundaryProblem;
