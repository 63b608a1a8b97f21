//! Bytes of pages, kept as long as their edition is in force.

use std::sync::Arc;

use jiff::civil::Date;
use moka::future::Cache;

use super::encoded::Encoded;

/// At most this much of one edition is kept, all codings together.
const MOST_BYTES: u64 = 48 << 20;

/// The canonical address of a page, and the day it was made: states such as "overdue" turn at midnight.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageKey {
    /// Path and query in canonical form.
    pub address: String,
    /// Day in England.
    pub day: Date,
}

/// Pages of one edition.
pub struct PageCache {
    pages: Cache<PageKey, Arc<Encoded>>,
}

impl Default for PageCache {
    fn default() -> Self {
        let weigh = |key: &PageKey, page: &Arc<Encoded>| {
            u32::try_from(page.weight() + key.address.len() + 200).unwrap_or(u32::MAX)
        };
        Self { pages: Cache::builder().max_capacity(MOST_BYTES).weigher(weigh).build() }
    }
}

impl PageCache {
    /// The page, where it is kept.
    pub async fn get(&self, key: &PageKey) -> Option<Arc<Encoded>> {
        self.pages.get(key).await
    }

    /// The page, made now if it is not kept. Those who ask for the same page meanwhile wait for the one making, outside
    /// any queue; when the one who began it goes away, another of them goes on.
    ///
    /// # Errors
    /// What `make` fails with, told to all who wait for it; a failure is not kept.
    pub async fn get_or_make<E: Clone + Send + Sync + 'static>(
        &self,
        key: PageKey,
        make: impl Future<Output = Result<Encoded, E>>,
    ) -> Result<Arc<Encoded>, E> {
        // Boxed, since it is held more than once on its way: 18 kB for each request of a feed otherwise.
        let make = Box::pin(async { make.await.map(Arc::new) });
        self.pages.try_get_with(key, make).await.map_err(|error| E::clone(&error))
    }
}
