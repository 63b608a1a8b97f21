//! What is no page: whole tables, descriptions, files, and addresses for machines.

pub(super) mod assets;
pub(super) mod data;
pub(super) mod system;
