//! Reading releases and what is in a file.

use jiff::Timestamp;
use rusqlite::Connection;

use super::error::DbError;
use super::values::row;
use crate::domain::release::{Release, WithdrawnRelease};

row! {
    struct ReleaseColumns reads Release {
        key = "key",
        kind = "kind",
        title = "title",
        source = "source",
        source_url = "source_url",
        licence = "licence",
        sha256 = "sha256",
        retrieved_at = "retrieved_at",
        published_at = "published_at",
        synthetic = "synthetic",
    }
}

row! {
    struct WithdrawnColumns reads WithdrawnRelease {
        key = "key",
        kind = "kind",
        published_at = "published_at",
        withdrawn_at = "withdrawn_at",
    }
}

/// All releases in the file, oldest first.
pub fn all(conn: &Connection) -> Result<Vec<Release>, DbError> {
    let sql = format!("SELECT {} FROM releases ORDER BY id", ReleaseColumns::COLUMNS);
    let mut statement = conn.prepare_cached(&sql)?;
    let releases = statement.query_map([], |row| ReleaseColumns::read(row, 0))?;
    Ok(releases.collect::<Result<_, _>>()?)
}

/// When the newest release was published; none where there is no release.
pub fn newest(conn: &Connection) -> Result<Option<Timestamp>, DbError> {
    Ok(all(conn)?.into_iter().map(|release| release.published_at).max())
}

/// Releases that were seen and taken back, oldest first.
pub fn withdrawn(conn: &Connection) -> Result<Vec<WithdrawnRelease>, DbError> {
    let sql = format!("SELECT {} FROM withdrawn_releases ORDER BY key", WithdrawnColumns::COLUMNS);
    let mut statement = conn.prepare_cached(&sql)?;
    let releases = statement.query_map([], |row| WithdrawnColumns::read(row, 0))?;
    Ok(releases.collect::<Result<_, _>>()?)
}

/// Whether the content of a file is invented: any of its releases of content is.
pub fn synthetic(conn: &Connection) -> Result<bool, DbError> {
    Ok(conn.query_row("SELECT EXISTS (SELECT 1 FROM releases WHERE synthetic = 1)", [], |row| row.get(0))?)
}

/// The name of the packed table of postcodes.
pub const POSTCODES: &str = "postcodes";
/// The name of the packed table of the councils that postcodes had before those they have now.
pub const FORMER_POSTCODES: &str = "former postcodes";

/// A blob by name, such as the postcode table.
pub fn blob(conn: &Connection, name: &str) -> Result<Option<Vec<u8>>, DbError> {
    let mut statement = conn.prepare_cached("SELECT bytes FROM blobs WHERE name = ?1")?;
    let mut rows = statement.query([name])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
}
