//! The schema: numbered SQL files run on an empty file, in order.

use rusqlite::Connection;

use super::error::DbError;

/// The number kept in `PRAGMA user_version`. A file with another number is not opened.
pub const VERSION: i64 = 6;

const PARTS: [&str; 4] = [
    include_str!("schema/001_register.sql"),
    include_str!("schema/002_statistics.sql"),
    include_str!("schema/003_casework.sql"),
    include_str!("schema/004_search.sql"),
];

/// Creates all tables in an empty database.
pub fn create(conn: &Connection) -> Result<(), DbError> {
    for part in PARTS {
        conn.execute_batch(part)?;
    }
    conn.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}
