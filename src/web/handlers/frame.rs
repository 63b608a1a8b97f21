//! Where the figures of a download came from.

use crate::db::Connection;
use crate::db::figures::SourcedFigure;
use crate::read::ReadError;
use crate::read::provenance::Provenance;
use crate::web::site::Snapshot;

/// Where the figures of a download came from.
pub(in crate::web) fn provenance<'a>(
    conn: &Connection,
    snapshot: &Snapshot,
    figures: impl IntoIterator<Item = &'a SourcedFigure>,
) -> Result<Provenance, ReadError> {
    Provenance::read(conn, figures, &snapshot.edition.id, snapshot.published_at)
}
