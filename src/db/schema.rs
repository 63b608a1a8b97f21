//! The schema: numbered SQL files run on an empty file, in order.

use std::path::Path;

use rusqlite::Connection;

use super::error::DbError;

/// The number kept in `PRAGMA user_version`. A file with another number is not opened.
pub const VERSION: i64 = 7;

const PARTS: [&str; 4] = [
    include_str!("schema/001_register.sql"),
    include_str!("schema/002_statistics.sql"),
    include_str!("schema/003_casework.sql"),
    include_str!("schema/004_search.sql"),
];

/// Refuses a file of another version of the program.
pub fn check(conn: &Connection, file: &Path) -> Result<(), DbError> {
    match conn.pragma_query_value(None, "user_version", |row| row.get(0))? {
        VERSION => Ok(()),
        found => Err(DbError::Schema { file: file.to_owned(), found, expected: VERSION }),
    }
}

/// Creates all tables in an empty database.
pub fn create(conn: &Connection) -> Result<(), DbError> {
    for part in PARTS {
        conn.execute_batch(part)?;
    }
    conn.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}
