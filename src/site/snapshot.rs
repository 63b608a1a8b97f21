//! One edition as the site serves it.

use std::path::Path;
use std::sync::Arc;
use std::thread;

use jiff::Timestamp;
use jiff::civil::Date;

use super::error::SiteError;
use super::page_cache::PageCache;
use crate::db::edition::{Edition, path_of};
use crate::db::{self, ReadPool};
use crate::domain::council::Tier;
use crate::geo::layer::Detail;
use crate::read::Atlas;

/// Everything derived from one published file. Replaced whole, never edited.
pub struct Snapshot {
    /// Which edition it is.
    pub edition: Edition,
    /// Readers of its file.
    pub pool: ReadPool,
    /// Its frame in memory.
    pub atlas: Atlas,
    /// Pages made from it.
    pub pages: PageCache,
    /// When the newest release in it was published.
    pub published_at: Timestamp,
}

impl Snapshot {
    /// Opens an edition and checks that it can be read.
    pub(super) fn open(data_dir: &Path, edition: &Edition) -> Result<Self, SiteError> {
        let pool = ReadPool::open(&path_of(data_dir, edition)?)?;
        let (atlas, published_at) = pool.with(|conn| -> Result<_, SiteError> {
            let atlas = Atlas::load(conn)?;
            Ok((atlas, db::releases::newest(conn)?.unwrap_or(edition.from)))
        })?;
        Ok(Self { edition: edition.clone(), pool, atlas, pages: PageCache::default(), published_at })
    }

    /// Draws the maps that nearly every visitor asks for first.
    pub(super) fn warm(&self, today: Date) {
        let year = self.atlas.default_year(today);
        for tier in Tier::ALL {
            self.atlas.map(tier, year, Detail::Overview);
        }
    }

    /// Reads the common words of searches in a thread of its own, so that nothing waits for them.
    pub(super) fn warm_words(self: Arc<Self>) {
        thread::spawn(move || {
            if let Err(error) = self.atlas.words.warm(&self.pool, &self.atlas.cases) {
                tracing::warn!(%error, "common words could not be read ahead; the first searches take longer");
            }
        });
    }
}
