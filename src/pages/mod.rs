//! One file for each family of pages: what its address says, what is read for it, the representations it has. They know
//! nothing of the web server, which `web` puts in front of them.

pub(crate) mod about;
pub(crate) mod asked;
pub(crate) mod changes;
pub(crate) mod compare;
pub(crate) mod context;
pub(crate) mod council;
pub(crate) mod councils;
pub(crate) mod data;
pub(crate) mod decisions;
pub(crate) mod error;
pub(crate) mod feed;
pub(crate) mod find;
pub(crate) mod improvements;
pub(crate) mod letters;
pub(crate) mod map;
pub(crate) mod national;
pub(crate) mod page;
pub(crate) mod params;
pub(crate) mod sitemap;
pub(crate) mod statistics;
