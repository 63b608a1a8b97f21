//! One file per page family. A handler parses, names the page, and says how to make it.

pub(super) mod about;
pub(super) mod assets;
pub(super) mod changes;
pub(super) mod compare;
pub(super) mod council;
pub(super) mod councils;
pub(super) mod data;
pub(super) mod decisions;
pub(super) mod feed;
pub(super) mod find;
pub(super) mod form;
pub(super) mod frame;
pub(super) mod home;
pub(super) mod improvements;
pub(super) mod letters;
pub(super) mod national;
pub(super) mod statistics;
pub(super) mod system;
