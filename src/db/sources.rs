//! Where values came from: release, file, sheet, row.

use rusqlite::{Connection, Params, Row, params};

use super::error::DbError;
use super::values::row;
use crate::domain::council::CouncilId;
use crate::domain::year::ReportingYear;

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

row! {
    /// The columns of a source, of `sources s` and `releases r`; the row comes after them, from the table in question.
    pub(super) struct SourceColumns {
        release_key: Option<String> = "r.key",
        title: Option<String> = "r.title",
        url: Option<String> = "ifnull(s.url, r.source_url)",
        published_on: Option<String> = "r.published_at",
        synthetic: Option<bool> = "r.synthetic",
        file: Option<String> = "s.file",
        sheet: Option<String> = "s.sheet",
    }
}

/// What `read` takes, but for the row, which comes after these: of `sources s` and `releases r`.
pub(super) const COLUMNS: &str = SourceColumns::COLUMNS;

/// The source that stands in a row of a query from column `at` on; none where nothing was joined.
pub(super) fn read(row: &Row<'_>, at: usize) -> Result<Option<Source>, DbError> {
    let one = SourceColumns::read(row, at)?;
    let Some(release_key) = one.release_key else { return Ok(None) };
    Ok(Some(Source {
        release_key,
        title: one.title.unwrap_or_default(),
        url: one.url,
        published_on: one.published_on.unwrap_or_default(),
        synthetic: one.synthetic.unwrap_or_default(),
        file: one.file.unwrap_or_default(),
        sheet: one.sheet,
        row: row.get(at + SourceColumns::WIDTH)?,
    }))
}

/// A value of the yearly tables, by year and column, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcedCell {
    /// The year.
    pub year: ReportingYear,
    /// Canonical column.
    pub field: String,
    /// Where it came from.
    pub source: Source,
}

/// The sources of all values of a council, by year and column.
pub fn of_council(conn: &Connection, council: CouncilId) -> Result<Vec<SourcedCell>, DbError> {
    let sql = format!(
        "SELECT c.year, c.field, {COLUMNS}, c.row FROM cells c JOIN sources s ON s.id = c.source_id
         JOIN releases r ON r.id = s.release_id WHERE c.council_id = ?1 ORDER BY c.year, c.source_id, c.row"
    );
    cells(conn, &sql, [council.0])
}

/// The sources of all values of the national series, by year and column.
pub fn national(conn: &Connection) -> Result<Vec<SourcedCell>, DbError> {
    let sql = format!(
        "SELECT c.year, c.field, {COLUMNS}, c.row FROM national_cells c JOIN sources s ON s.id = c.source_id
         JOIN releases r ON r.id = s.release_id ORDER BY c.year, c.source_id, c.row"
    );
    cells(conn, &sql, [])
}

fn cells(conn: &Connection, sql: &str, values: impl Params) -> Result<Vec<SourcedCell>, DbError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(values)?;
    let mut cells = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(source) = read(row, 2)? {
            cells.push(SourcedCell { year: row.get(0)?, field: row.get(1)?, source });
        }
    }
    Ok(cells)
}

/// The files that the values of all councils in a year came from, without their rows.
pub fn files_of_year(conn: &Connection, year: ReportingYear) -> Result<Vec<Source>, DbError> {
    // The address of a row is left out, since each council may have one of its own.
    let mut statement = conn.prepare_cached(
        "SELECT DISTINCT r.key, r.title, r.source_url, r.published_at, r.synthetic, s.file, s.sheet, NULL
         FROM (SELECT DISTINCT source_id FROM cells WHERE year = ?1) c JOIN sources s ON s.id = c.source_id
         JOIN releases r ON r.id = s.release_id ORDER BY r.id, s.file, s.sheet",
    )?;
    let mut rows = statement.query(params![year])?;
    let mut files = Vec::new();
    while let Some(row) = rows.next()? {
        files.extend(read(row, 0)?);
    }
    Ok(files)
}
