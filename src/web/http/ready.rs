//! Answers that were given before, ready to be given again. They are found by the bytes of a request before any of it is parsed or
//! matched: what the router, the checks of parameters and the making of headers cost is paid once for each edition and thread.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, Weak};

use actix_web::HttpResponse;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use jiff::Timestamp;
use jiff::civil::Date;

use super::shared_body::SharedBody;
use crate::domain::london;
use crate::site::Site;
use crate::site::cache_policy::{CachePolicy, MOST_SECONDS};
use crate::site::snapshot::Snapshot;
use crate::web::address_policy::{AddressPolicy, FORWARDED};
use crate::web::counts::Kind;

/// As many answers are kept by a thread; beyond that it begins anew. The bodies belong to the kept pages.
const MOST: usize = 512;
/// Longer bodies are rare, and have their places and their pace.
const LONGEST_BODY: usize = 128 << 10;
/// Longer requests are rare.
const LONGEST_KEY: usize = 1_000;

thread_local! {
    static READY: RefCell<Ready> = RefCell::new(Ready::default());
}

/// What one thread keeps of one edition on one day.
#[derive(Default)]
struct Ready {
    snapshot: Weak<Snapshot>,
    /// The day in England, as its first moment and that of the next one.
    day: Option<(Timestamp, Timestamp)>,
    answers: HashMap<Key, Answers>,
}

/// All of a request on which its answer depends, but for what the visitor has already.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Key(Vec<u8>);

/// What a request is answered with: whole, and where the visitor has it already.
#[derive(Default)]
struct Answers {
    whole: Option<(HeaderMap, Bytes)>,
    not_modified: Option<HeaderMap>,
    kind: Option<Kind>,
    /// Whether it is one of the kept pages, which are counted.
    counted: bool,
}

/// An answer that was given before.
pub(super) struct Found {
    pub(super) response: HttpResponse<BoxBody>,
    pub(super) kind: Option<Kind>,
}

/// Says that an answer may be given again, and with which body.
pub(super) struct Again(pub(super) Bytes);

impl Key {
    /// The key of a request that may be answered again; none where its answer could depend on more.
    pub(super) fn of(request: &ServiceRequest, site: &Site, policy: &AddressPolicy) -> Option<Self> {
        // A preview is kept nowhere, and shortly before an hour answers say how long they may be.
        if request.method() != Method::GET
            || site.preview().is_some()
            || site.seconds_left().is_some_and(|left| left <= MOST_SECONDS)
        {
            return None;
        }
        let mut key = Vec::with_capacity(160);
        key.extend_from_slice(request.uri().path().as_bytes());
        key.push(b'?');
        key.extend_from_slice(request.query_string().as_bytes());
        let headers = request.headers();
        let mut push = |name: &HeaderName| {
            for value in headers.get_all(name) {
                key.push(b'\n');
                key.extend_from_slice(value.as_bytes());
            }
            key.push(b'\0');
        };
        push(&header::HOST);
        push(&header::ACCEPT_ENCODING);
        if policy.trusts(request.peer_addr()) {
            FORWARDED.iter().for_each(push);
        }
        (key.len() <= LONGEST_KEY).then_some(Self(key))
    }
}

impl Ready {
    /// Whether it is of this edition and of today.
    fn is_of(&self, snapshot: &Arc<Snapshot>, now: Timestamp) -> bool {
        self.snapshot.as_ptr() == Arc::as_ptr(snapshot)
            && self.day.is_some_and(|(from, until)| from <= now && now < until)
    }
}

/// The answer that this request had before, if it was one.
pub(super) fn again(key: &Key, request: &ServiceRequest, site: &Site) -> Option<Found> {
    READY.with_borrow(|ready| {
        let answers = ready.answers.get(key).filter(|_| ready.is_of(&site.snapshot(), site.now()))?;
        let (mut response, headers) =
            match (request.headers().get(header::IF_NONE_MATCH), &answers.whole, &answers.not_modified) {
                (None, Some((headers, body)), _) => {
                    let body = BoxBody::new(SharedBody::new(body.clone()));
                    (HttpResponse::with_body(StatusCode::OK, body), headers)
                }
                (Some(tag), _, Some(headers)) if headers.get(header::ETAG) == Some(tag) => {
                    (HttpResponse::new(StatusCode::NOT_MODIFIED), headers)
                }
                // A list, or a tag that was made weak: they are compared elsewhere.
                _ => return None,
            };
        *response.headers_mut() = headers.clone();
        if answers.counted {
            site.tally().note_kept();
        }
        Some(Found { response, kind: answers.kind })
    })
}

/// Keeps an answer as it leaves, where it may be given again.
pub(super) fn keep(key: Key, response: &ServiceResponse<BoxBody>, snapshot: &Arc<Snapshot>, day: Date) {
    let extensions = response.response().extensions();
    let Some(Again(body)) = extensions.get::<Again>().filter(|again| again.0.len() <= LONGEST_BODY) else { return };
    let Ok(day) = london::bounds(day) else { return };
    READY.with_borrow_mut(|ready| {
        if !(ready.snapshot.as_ptr() == Arc::as_ptr(snapshot) && ready.day == Some(day)) || ready.answers.len() >= MOST
        {
            *ready = Ready { snapshot: Arc::downgrade(snapshot), day: Some(day), answers: HashMap::new() };
        }
        let answers = ready.answers.entry(key).or_default();
        answers.kind = response.request().app_data::<Kind>().copied();
        answers.counted = extensions.get::<CachePolicy>() == Some(&CachePolicy::Page);
        let headers = response.headers().clone();
        match response.status() {
            StatusCode::OK => answers.whole = Some((headers, body.clone())),
            StatusCode::NOT_MODIFIED => answers.not_modified = Some(headers),
            _ => {}
        }
    });
}
