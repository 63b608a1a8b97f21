//! Read models: what a page, its JSON and its CSV show. Each is made once and rendered three ways, so
//! the three cannot disagree.

pub mod atlas;
pub mod case_facets;
pub mod case_filter;
pub mod case_index;
pub mod case_order;
pub mod case_search;
pub mod case_words;
pub mod changes;
pub mod compare;
pub mod compare_finding;
pub mod council;
pub mod council_parts;
pub mod councils;
pub mod count_tables;
pub mod decision;
pub mod decisions;
pub mod error;
pub mod feed;
pub mod find;
pub mod improvements;
pub mod letters;
pub mod map;
pub mod national;
pub mod provenance;
pub mod report;
pub mod sources;
pub mod statistics;

pub use atlas::Atlas;
pub use error::ReadError;
