//! Reading releases and what is in a file.

use jiff::Timestamp;
use rusqlite::Connection;

use super::error::{DbError, parsed};
use crate::domain::release::{ImportKind, Release, WithdrawnRelease};

/// All releases in the file, oldest first.
pub fn all(conn: &Connection) -> Result<Vec<Release>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT key, kind, title, source, source_url, licence, sha256, retrieved_at, published_at, synthetic FROM releases ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut releases = Vec::new();
    while let Some(row) = rows.next()? {
        releases.push(Release {
            key: row.get(0)?,
            kind: parsed(ImportKind::parse(&row.get::<_, String>(1)?))?,
            title: row.get(2)?,
            source: row.get(3)?,
            source_url: row.get(4)?,
            licence: row.get(5)?,
            sha256: row.get(6)?,
            retrieved_at: parsed(row.get::<_, String>(7)?.parse::<Timestamp>())?,
            published_at: parsed(row.get::<_, String>(8)?.parse::<Timestamp>())?,
            synthetic: row.get(9)?,
        });
    }
    Ok(releases)
}

/// Releases that were seen and taken back, oldest first.
pub fn withdrawn(conn: &Connection) -> Result<Vec<WithdrawnRelease>, DbError> {
    let mut statement =
        conn.prepare_cached("SELECT key, kind, published_at, withdrawn_at FROM withdrawn_releases ORDER BY key")?;
    let mut rows = statement.query([])?;
    let mut releases = Vec::new();
    while let Some(row) = rows.next()? {
        releases.push(WithdrawnRelease {
            key: row.get(0)?,
            kind: parsed(ImportKind::parse(&row.get::<_, String>(1)?))?,
            published_at: parsed(row.get::<_, String>(2)?.parse::<Timestamp>())?,
            withdrawn_at: parsed(row.get::<_, String>(3)?.parse::<Timestamp>())?,
        });
    }
    Ok(releases)
}

/// Whether the content of a file is invented: any of its releases of content is.
pub fn synthetic(conn: &Connection) -> Result<bool, DbError> {
    Ok(conn.query_row("SELECT EXISTS (SELECT 1 FROM releases WHERE synthetic = 1)", [], |row| row.get(0))?)
}

/// A blob by name, such as the postcode table.
pub fn blob(conn: &Connection, name: &str) -> Result<Option<Vec<u8>>, DbError> {
    let mut statement = conn.prepare_cached("SELECT bytes FROM blobs WHERE name = ?1")?;
    let mut rows = statement.query([name])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
}
