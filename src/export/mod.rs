//! Read models as JSON, CSV and XLSX: the same rows as the page.

pub mod calendar;
pub mod changes;
pub mod compare;
pub mod council;
pub mod councils;
pub mod csv;
pub mod csvw;
pub mod datapackage;
pub mod dataset;
pub mod decisions;
pub mod figure;
pub mod find;
pub mod folder;
pub mod geojson;
pub mod improvements;
pub mod letters;
pub mod map;
pub mod national;
pub mod openapi;
pub mod provenance;
pub mod replies;
pub mod sitemap;
mod sources;
pub mod statistics;
pub mod tables;
pub mod xlsx;
