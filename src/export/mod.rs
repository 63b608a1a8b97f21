//! Read models as JSON and CSV: the same rows as the page.

pub mod calendar;
pub mod council;
pub mod councils;
pub mod csv;
pub mod decisions;
pub mod figure;
pub mod find;
pub mod geojson;
pub mod improvements;
pub mod map;
pub mod statistics;
