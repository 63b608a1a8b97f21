//! What tests of the running site share.

pub(crate) mod app;
pub(crate) mod fixture;
pub(crate) mod page;
pub(crate) mod pdf;
