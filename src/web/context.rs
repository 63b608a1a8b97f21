//! What one request is answered from, taken once at the edge and handed down: so no answer can mix two editions.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use jiff::Timestamp;
use jiff::civil::Date;

use super::error::AppError;
use super::http::encoded::Encoded;
use super::page_cache::PageKey;
use super::public_address::{BadHost, PublicAddress};
use super::site::{Site, Snapshot};
use super::work::Lane;
use crate::db::Connection;
use crate::views::layout::Frame;

/// One request's view of the site.
#[derive(Clone)]
pub(super) struct RequestContext {
    /// The edition that answers.
    pub(super) snapshot: Arc<Snapshot>,
    /// The day in England.
    pub(super) today: Date,
    /// The moment of a preview, for the mark on every page.
    pub(super) preview: Option<Timestamp>,
    /// Where the visitor reached the site.
    pub(super) public_address: PublicAddress,
    /// The running site, for what is about it and not about its data.
    pub(super) site: web::Data<Site>,
}

impl RequestContext {
    /// Takes what is in force now, and keeps it with the request. An invalid Host is returned beside it; the page that
    /// says so is made with the address at which the program listens.
    pub(super) fn begin(site: &web::Data<Site>, request: &ServiceRequest) -> (Self, Option<BadHost>) {
        let policy = site.address_policy();
        let (public_address, bad) = match policy.of(request, request.peer_addr()) {
            Ok(address) => (address, None),
            Err(error) => (policy.without_host(), Some(error)),
        };
        let context = Self {
            snapshot: site.snapshot(),
            today: site.today(),
            preview: site.preview(),
            public_address,
            site: site.clone(),
        };
        request.extensions_mut().insert(context.clone());
        (context, bad)
    }

    /// What a page knows of the site around it.
    pub(super) fn frame(&self, address: &str) -> Frame {
        let published = self.snapshot.published_at.to_zoned(super::site::london());
        Frame {
            address: address.to_owned(),
            synthetic: self.snapshot.atlas.synthetic,
            preview: self.preview.map(|moment| moment.to_string()),
            edition: self.snapshot.edition.id.clone(),
            published_on: crate::domain::format::date(published.date()),
            twins: Vec::new(),
        }
    }

    /// The bytes kept for an address, or made now in a lane and kept; nothing is queued for what is being made already.
    ///
    /// # Errors
    /// What `make` fails with; `Busy` when the lane is full.
    pub(super) async fn page(
        &self,
        lane: Lane,
        address: String,
        make: impl FnOnce(&Connection, &Self) -> Result<Encoded, AppError> + Send + 'static,
    ) -> Result<Arc<Encoded>, AppError> {
        let key = PageKey { address, day: self.today };
        let context = self.clone();
        let job = move || context.snapshot.pool.with(|conn| make(conn, &context));
        let made = async { self.site.work().run(lane, job).await? };
        self.snapshot.pages.get_or_make(key, made).await
    }
}

impl FromRequest for RequestContext {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // The middleware has put it there; without it there is nothing to answer from.
        ready(request.extensions().get::<Self>().cloned().ok_or(AppError::Internal))
    }
}
