//! Editions: made of what is imported, published, taken back, kept, checked and made whole.
//!
//! [`import`](import::import) checks files and publishes what they say; [`releases`] lists what has been published and
//! takes it back; [`restore`], [`inventory`] and [`repair`] look after a data directory. Reading the files is the work of
//! the module `import`, which knows nothing of editions.

mod archive;
mod base;
mod error;
#[cfg(fuzzing)]
pub mod fuzzed;
pub mod generated;
pub mod import;
pub mod inventory;
mod licence;
pub mod lock;
mod naming;
mod reconcile;
pub mod releases;
pub mod repair;
pub mod restore;
mod timeline;
