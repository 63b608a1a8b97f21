//! What one request is answered from, taken once at the edge and handed down: so no answer can mix two editions.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::error::AppError;
use crate::db::Connection;
use crate::domain::{format, london};
use crate::site::Site;
use crate::site::encoded::{Encoded, held};
use crate::site::page_cache::PageKey;
use crate::site::public_address::PublicAddress;
use crate::site::snapshot::Snapshot;
use crate::site::work::Lane;
use crate::views::layout::Frame;

/// Bytes of long bodies in memory beyond which no further one is made: readers who take their time with as many different ones, of
/// 5 MB each, would take all of it.
const MOST_HELD: usize = 96 << 20;

/// One request's view of the site.
#[derive(Clone)]
pub(crate) struct RequestContext {
    /// The edition that answers.
    pub(crate) snapshot: Arc<Snapshot>,
    /// The day in England.
    pub(crate) today: Date,
    /// The moment of a preview, for the mark on every page.
    pub(crate) preview: Option<Timestamp>,
    /// Where the visitor reached the site.
    pub(crate) public_address: PublicAddress,
    /// The address that the publisher gave, for files that are handed on: whatever a visitor calls the site, they lead there
    /// or nowhere.
    pub(crate) given_address: Option<PublicAddress>,
    /// The running site, for what is about it and not about its data.
    pub(crate) site: Arc<Site>,
    /// Whether nobody has asked yet: such a page is no answer, and not counted as one.
    ahead: bool,
}

impl RequestContext {
    /// Takes what is in force now.
    pub(crate) fn begin(site: &Arc<Site>, public_address: PublicAddress, given_address: Option<PublicAddress>) -> Self {
        Self {
            snapshot: site.snapshot(),
            today: site.today(),
            preview: site.preview(),
            public_address,
            given_address,
            site: Arc::clone(site),
            ahead: false,
        }
    }

    /// Takes an edition that is open, before anybody asks it.
    pub(crate) fn ahead(site: &Arc<Site>, snapshot: Arc<Snapshot>, public_address: PublicAddress) -> Self {
        Self { snapshot, ahead: true, ..Self::begin(site, public_address, None) }
    }

    /// What a page knows of the site around it.
    pub(crate) fn frame(&self, address: &str) -> Frame {
        Frame {
            address: address.to_owned(),
            origin: self.public_address.to_string(),
            synthetic: self.snapshot.atlas.synthetic,
            preview: self.preview.map(|moment| moment.to_string()),
            edition: self.snapshot.edition.id.clone(),
            published_at: self.snapshot.published_at,
            published_on: format::date(london::day_of(self.snapshot.published_at)),
            twins: Vec::new(),
        }
    }

    /// The bytes kept for an address, or made now in a lane and kept; nothing is queued for what is being made already.
    ///
    /// # Errors
    /// What `make` fails with; `Busy` when the lane is full.
    pub(crate) async fn page(
        &self,
        lane: Lane,
        address: String,
        make: impl FnOnce(&Connection, &Self) -> Result<Encoded, AppError> + Send + 'static,
    ) -> Result<Arc<Encoded>, AppError> {
        let key = PageKey { address, day: self.today };
        let kept = self.snapshot.pages.get(&key).await;
        let tally = self.site.tally();
        if let Some(kept) = kept {
            if !self.ahead {
                tally.note_kept();
            }
            return Ok(kept);
        }
        if lane == Lane::Downloads && held() > MOST_HELD {
            return Err(AppError::Busy);
        }
        let context = self.clone();
        let job = move || context.snapshot.pool.with(|conn| make(conn, &context));
        let made = async { self.site.work().run(lane, job).await? };
        let made = self.snapshot.pages.get_or_make(key, made).await?;
        if !self.ahead {
            tally.note_made();
        }
        Ok(made)
    }
}
