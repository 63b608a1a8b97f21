//! Where the figures of a download came from.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::error::ReadError;
use crate::db::figures::SourcedFigure;
use crate::db::{self, Connection};
use crate::domain::release::Release;

/// The releases behind some figures, and the edition that holds them.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// Oldest first.
    pub releases: Vec<Release>,
    /// The edition.
    pub edition: String,
    /// When the newest release of the edition was published.
    pub published_at: Timestamp,
}

impl Provenance {
    /// Looks up the releases of these figures.
    pub fn read<'a>(
        conn: &Connection,
        figures: impl IntoIterator<Item = &'a SourcedFigure>,
        edition: &str,
        published_at: Timestamp,
    ) -> Result<Self, ReadError> {
        let keys: BTreeSet<&str> = figures
            .into_iter()
            .filter_map(|one| one.source.as_ref().map(|source| source.release_key.as_str()))
            .collect();
        let mut releases = db::releases::all(conn)?;
        releases.retain(|release| keys.contains(release.key.as_str()));
        Ok(Self { releases, edition: edition.to_owned(), published_at })
    }
}
