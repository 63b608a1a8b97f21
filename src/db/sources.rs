//! Where values came from: release, file, sheet, row.

use rusqlite::Row;

use super::error::DbError;

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Release it belongs to.
    pub release_key: String,
    /// Title of the release.
    pub title: String,
    /// Where it was published.
    pub url: Option<String>,
    /// Since when it may be seen here; RFC 3339.
    pub published_on: String,
    /// Whether it is invented.
    pub synthetic: bool,
    /// File it was read from.
    pub file: String,
    /// Sheet.
    pub sheet: Option<String>,
    /// Row.
    pub row: Option<u32>,
}

/// What `read` takes, but for the row, which comes after these: of `sources s` and `releases r`.
pub(super) const COLUMNS: &str =
    "r.key, r.title, ifnull(s.url, r.source_url), r.published_at, r.synthetic, s.file, s.sheet";

/// The source that stands in a row of a query from column `at` on; none where nothing was joined.
pub(super) fn read(row: &Row<'_>, at: usize) -> Result<Option<Source>, DbError> {
    let Some(release_key) = row.get::<_, Option<String>>(at)? else { return Ok(None) };
    Ok(Some(Source {
        release_key,
        title: row.get(at + 1)?,
        url: row.get(at + 2)?,
        published_on: row.get(at + 3)?,
        synthetic: row.get(at + 4)?,
        file: row.get(at + 5)?,
        sheet: row.get(at + 6)?,
        row: row.get(at + 7)?,
    }))
}
