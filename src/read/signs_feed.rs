//! Early signs as a feed: an entry for each sign of each council.

use jiff::Timestamp;
use jiff::civil::Date;

use super::atlas::Atlas;
use super::error::ReadError;
use super::feed::start_of;
use super::signs::{SignsFilter, SignsPage};
use crate::db::{self, Connection};
use crate::domain::council::Council;
use crate::domain::sign::{Found, Sign};

/// A sign of a council.
#[derive(Clone, Debug)]
pub struct SignEntry {
    /// The council.
    pub council: Council,
    /// Which sign.
    pub sign: Sign,
    /// What it was found in.
    pub found: Vec<Found>,
    /// Since when it can be read here: the day it tells of, or that on which the figures of the year were published here.
    pub updated: Timestamp,
}

/// The feed.
#[derive(Clone, Debug)]
pub struct SignsFeed {
    /// The list that it repeats.
    pub page: SignsPage,
    /// Its entries, newest first, then by name.
    pub entries: Vec<SignEntry>,
    /// The newest change in it; for an empty feed, the day of the data.
    pub updated: Timestamp,
}

impl SignsFeed {
    /// Reads the feed. `published_at` is when the newest release of the data was published.
    pub fn read(
        conn: &Connection,
        atlas: &Atlas,
        filter: SignsFilter,
        today: Date,
        published_at: Timestamp,
    ) -> Result<Self, ReadError> {
        let page = SignsPage::read(conn, atlas, filter, today)?;
        let files = db::sources::files_of_year(conn, page.year)?;
        let of_figures = files.iter().filter_map(|file| file.published_on.parse().ok()).max().unwrap_or(published_at);
        let mut entries = Vec::new();
        for sign in Sign::ALL {
            for (council, found) in page.with(sign) {
                let found: Vec<Found> = found.into_iter().cloned().collect();
                let days = found.iter().filter_map(|one| one.day).map(start_of);
                let updated = days.max().unwrap_or(of_figures);
                entries.push(SignEntry { council: council.clone(), sign, found, updated });
            }
        }
        entries.sort_by(|a, b| b.updated.cmp(&a.updated).then_with(|| a.council.name.cmp(&b.council.name)));
        let updated = entries.iter().map(|entry| entry.updated).max().unwrap_or(published_at);
        Ok(Self { page, entries, updated })
    }
}
