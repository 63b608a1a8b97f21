//! What changed since a page was cited.

use jiff::Timestamp;

use super::atlas::Atlas;
use super::changes::ChangeLine;
use super::error::ReadError;
use crate::db::{Connection, changes, releases};
use crate::domain::council::{Council, Slug};
use crate::domain::release::{Release, WithdrawnRelease};

/// Changes beyond these stand on the pages of their releases.
const SHOWN: usize = 100;

/// A citation, and all that came after it.
#[derive(Clone, Debug)]
pub struct CitedPage {
    /// Path, query and part of the page.
    pub address: String,
    /// The moment of the newest release that it was cited with.
    pub as_of: Timestamp,
    /// The council whose page it is.
    pub council: Option<Council>,
    /// Whether anything had been published by then.
    pub begun: bool,
    /// Releases published since, newest first.
    pub since: Vec<Release>,
    /// What of the council they changed or withdrew, newest first; the first of them.
    pub changed: Vec<ChangeLine>,
    /// How many changes of the council there are.
    pub total: usize,
    /// Releases that were seen then and were taken back since.
    pub withdrawn: Vec<WithdrawnRelease>,
}

impl CitedPage {
    /// Reads the log from a moment on.
    pub fn read(conn: &Connection, atlas: &Atlas, address: String, as_of: Timestamp) -> Result<Self, ReadError> {
        let council = council_of(atlas, &address);
        let mut since = releases::all(conn)?;
        let mut begun = since.iter().any(|release| release.published_at <= as_of);
        since.retain(|release| release.published_at > as_of);
        since.sort_by_key(|release| std::cmp::Reverse(release.published_at));
        let mut withdrawn = releases::withdrawn(conn)?;
        begun |= withdrawn.iter().any(|release| release.published_at <= as_of);
        withdrawn.retain(|release| release.published_at <= as_of && release.withdrawn_at > as_of);
        let changed = match &council {
            Some(council) => changes::of_council(conn, council.id)?,
            None => Vec::new(),
        };
        let mut changed: Vec<ChangeLine> = changed
            .into_iter()
            .filter(|change| since.iter().any(|release| release.key == change.release_key))
            .map(|change| ChangeLine { change, council: council.clone() })
            .collect();
        let total = changed.len();
        changed.truncate(SHOWN);
        Ok(Self { address, as_of, council, begun, since, changed, total, withdrawn })
    }
}

/// The name in the address of a council's page.
pub fn slug_in(address: &str) -> Option<&str> {
    address.strip_prefix("/councils/")?.split(['/', '?', '#', '.']).next()
}

/// The council whose page an address is.
fn council_of(atlas: &Atlas, address: &str) -> Option<Council> {
    atlas.register.by_slug(&Slug::parse(slug_in(address)?).ok()?).cloned()
}
