//! The frame of a page: what it needs to know of the site.

use crate::domain::format;
use crate::views::layout::Frame;
use crate::web::Site;
use crate::web::site::Snapshot;

/// For an answer that is not kept.
pub(in crate::web) fn of(site: &Site, address: &str) -> Frame {
    in_snapshot(&site.snapshot(), site.preview().map(|moment| moment.to_string()), address)
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
