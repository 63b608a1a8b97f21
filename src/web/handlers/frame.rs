//! The frame of a page: what it needs to know of the site.

use crate::db::Connection;
use crate::db::figures::SourcedFigure;
use crate::domain::format;
use crate::read::ReadError;
use crate::read::provenance::Provenance;
use crate::views::layout::Frame;
use crate::web::Site;
use crate::web::site::Snapshot;

/// For an answer that is not kept.
pub(in crate::web) fn of(site: &Site, address: &str) -> Frame {
    in_snapshot(&site.snapshot(), site.preview().map(|moment| moment.to_string()), address)
}

/// Where the figures of a download came from.
pub(in crate::web) fn provenance<'a>(
    conn: &Connection,
    snapshot: &Snapshot,
    figures: impl IntoIterator<Item = &'a SourcedFigure>,
) -> Result<Provenance, ReadError> {
    Provenance::read(conn, figures, &snapshot.edition.id, snapshot.published_at)
}

/// For a page of a snapshot.
pub(in crate::web) fn in_snapshot(snapshot: &Snapshot, preview: Option<String>, address: &str) -> Frame {
    Frame {
        address: address.to_owned(),
        synthetic: snapshot.atlas.synthetic,
        preview,
        edition: snapshot.edition.id.clone(),
        published_on: format::date(snapshot.published_at.to_zoned(jiff::tz::TimeZone::UTC).date()),
    }
}
