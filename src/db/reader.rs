//! Read-only connections to one published file, and a small pool of them.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::DbError;
use super::schema;

/// What a path may not hold raw inside an SQLite URI.
const URI: &AsciiSet = &CONTROLS.add(b' ').add(b'?').add(b'#').add(b'%');

/// A query that runs longer than this many virtual-machine steps is stopped: about two seconds here.
const STEP_LIMIT: u64 = 400_000_000;

/// Opens a published file for reading: immutable, without locks, without trust in its schema.
pub fn open_reader(path: &Path) -> Result<Connection, DbError> {
    let uri = format!("file:{}?mode=ro&immutable=1", utf8_percent_encode(&path.to_string_lossy(), URI));
    let conn = Connection::open_with_flags(
        uri,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    conn.pragma_update(None, "query_only", true)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    // No mapping: each connection's counts in full towards the memory of the process, and eight of them would be eight
    // times the file. The kernel keeps the pages once.
    conn.pragma_update(None, "mmap_size", 0)?;
    // Without it a statement that is used again with other values is compiled again, for the sake of a plan that would be the same:
    // a quarter of the time in SQLite.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(64);
    schema::check(&conn, path)?;
    Ok(conn)
}

/// Idle readers of one file. A connection is popped, used and pushed back, so there are never more than
/// there are blocking threads; a connection whose user panicked is dropped, not returned.
#[derive(Debug)]
pub struct ReadPool {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl ReadPool {
    /// A pool on a published file; opens so many readers, so a broken file fails here, and one that is removed later is read on.
    pub fn open(path: &Path, readers: usize) -> Result<Self, DbError> {
        let idle = (0..readers).map(|_| open_reader(path)).collect::<Result<_, _>>()?;
        Ok(Self { path: path.to_owned(), idle: Mutex::new(idle) })
    }

    /// The file it reads.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs one piece of reading.
    pub fn with<T, E: From<DbError>>(&self, read: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E> {
        let popped = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut conn = match popped {
            Some(conn) => conn,
            None => open_reader(&self.path)?,
        };
        limit_steps(&mut conn).map_err(DbError::from)?;
        let result = read(&conn);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
        result
    }
}

/// Stops a runaway query; counts afresh for each piece of reading.
fn limit_steps(conn: &mut Connection) -> rusqlite::Result<()> {
    const EVERY: u32 = 1_000_000;
    let mut steps: u64 = 0;
    conn.progress_handler(
        i32::try_from(EVERY).unwrap_or(i32::MAX),
        Some(move || {
            steps += u64::from(EVERY);
            steps > STEP_LIMIT
        }),
    )
}
