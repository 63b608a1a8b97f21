//! What is answered anew for each request: files, and addresses for machines.

pub(super) mod assets;
pub(super) mod data;
pub(super) mod fallback;
pub(super) mod system;
