//! One file for each family of pages.

pub(super) mod about;
pub(super) mod changes;
pub(super) mod compare;
pub(super) mod council;
pub(super) mod councils;
pub(super) mod decisions;
pub(super) mod feed;
pub(super) mod find;
pub(super) mod improvements;
pub(super) mod letters;
pub(super) mod map;
pub(super) mod national;
pub(super) mod statistics;
