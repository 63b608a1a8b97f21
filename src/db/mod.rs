//! SQLite: the only place with SQL.
//!
//! A published file is never written again: an import copies the newest one, changes the copy and
//! publishes it under a new name by switching a pointer (docs/adr/0001-editions.md). So readers open it
//! as immutable and need no locks.

pub mod boundaries;
pub mod changes;
pub mod councils;
pub mod data_dir;
pub mod decisions;
pub mod edition;
pub mod error;
pub mod figures;
pub mod improvements;
pub mod letters;
pub mod national;
pub mod reader;
pub mod releases;
pub mod replies;
pub mod schema;
pub mod search;
pub mod sources;
mod values;
pub mod whole;
pub mod withdrawn_key;
pub mod write;

pub use error::DbError;
pub use reader::{ReadPool, open_reader};
pub use rusqlite::Connection;
