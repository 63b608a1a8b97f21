//! Reading releases and what is in a file.

use jiff::Timestamp;
use rusqlite::Connection;

use super::error::DbError;
use super::values::row;
use crate::domain::release::{ImportKind, Release, WithdrawnRelease};

row! {
    struct ReleaseColumns {
        key: String = "key",
        kind: ImportKind = "kind",
        title: String = "title",
        source: String = "source",
        source_url: Option<String> = "source_url",
        licence: String = "licence",
        sha256: String = "sha256",
        retrieved_at: Timestamp = "retrieved_at",
        published_at: Timestamp = "published_at",
        synthetic: bool = "synthetic",
    }
}

/// All releases in the file, oldest first.
pub fn all(conn: &Connection) -> Result<Vec<Release>, DbError> {
    let sql = format!("SELECT {} FROM releases ORDER BY id", ReleaseColumns::COLUMNS);
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut releases = Vec::new();
    while let Some(row) = rows.next()? {
        let ReleaseColumns {
            key,
            kind,
            title,
            source,
            source_url,
            licence,
            sha256,
            retrieved_at,
            published_at,
            synthetic,
        } = ReleaseColumns::read(row, 0)?;
        releases.push(Release {
            key,
            kind,
            title,
            source,
            source_url,
            licence,
            sha256,
            retrieved_at,
            published_at,
            synthetic,
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
            kind: row.get(1)?,
            published_at: row.get(2)?,
            withdrawn_at: row.get(3)?,
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
