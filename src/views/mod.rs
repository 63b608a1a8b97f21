//! Pages in maud: read models in, markup out. No SQL, no HTTP, no clock.

pub mod about;
pub mod assets;
pub mod case_links;
pub mod changes;
pub mod council;
pub mod council_head;
pub mod councils;
pub mod decision;
pub mod decisions;
pub mod error;
pub mod facets;
pub mod figure;
pub mod find;
pub mod funnel;
pub mod home;
pub mod improvements;
pub mod layout;
pub mod links;
pub mod map;
pub mod raw;
pub mod sentences;
pub mod statistics;
pub mod strip;
pub mod table;
pub mod trend;
