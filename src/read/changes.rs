//! What each release added, changed and withdrew.

use std::collections::BTreeMap;

use super::atlas::Atlas;
use super::error::ReadError;
use crate::db::changes::{self, ListedChange};
use crate::db::{Connection, releases};
use crate::domain::council::Council;
use crate::domain::release::{Release, WithdrawnRelease};

/// A line of the log with the council it is about.
#[derive(Clone, Debug)]
pub struct ChangeLine {
    /// The line.
    pub change: ListedChange,
    /// The council, where one is meant.
    pub council: Option<Council>,
}

/// One release and its lines.
#[derive(Clone, Debug)]
pub struct ReleaseChanges {
    /// The release.
    pub release: Release,
    /// Its lines: what was added first, then each changed or removed value.
    pub lines: Vec<ChangeLine>,
    /// How many lines there are in all.
    pub total: u64,
}

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct ChangesPage {
    /// Newest release first.
    pub releases: Vec<ReleaseChanges>,
    /// Releases that were seen and taken back; none where one release was asked for.
    pub withdrawn: Vec<WithdrawnRelease>,
    /// The one release that was asked for.
    pub only: Option<String>,
    /// Whether the content is invented.
    pub synthetic: bool,
}

/// Lines of one release beyond these stand on its own page and in the download.
pub const SHOWN: u32 = 100;

impl ChangesPage {
    /// Reads the log, `most` lines of each release, or one release whole.
    pub fn read(conn: &Connection, atlas: &Atlas, only: Option<String>, most: u32) -> Result<Self, ReadError> {
        let counts = changes::counts(conn)?;
        let mut lines: BTreeMap<String, Vec<ChangeLine>> = BTreeMap::new();
        for change in changes::all(conn, if only.is_some() { u32::MAX } else { most })? {
            let council = change.council.and_then(|id| atlas.register.get(id)).cloned();
            lines.entry(change.release_key.clone()).or_default().push(ChangeLine { change, council });
        }
        let shown = releases::all(conn)?
            .into_iter()
            .rev()
            .filter(|release| only.as_ref().is_none_or(|key| *key == release.key))
            .map(|release| ReleaseChanges {
                lines: lines.remove(&release.key).unwrap_or_default(),
                total: counts.get(&release.key).copied().unwrap_or_default(),
                release,
            })
            .collect();
        let withdrawn = if only.is_some() { Vec::new() } else { releases::withdrawn(conn)? };
        Ok(Self { releases: shown, withdrawn, only, synthetic: atlas.synthetic })
    }
}
