//! The last step of every response: error pages, cache policy, security headers.

use std::borrow::Cow;
use std::sync::LazyLock;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, ResponseError, web};

use super::ready::{self, Found, Key};
use crate::pages::context::RequestContext;
use crate::pages::error::AppError;
use crate::site::Site;
use crate::site::cache_policy::CachePolicy;
use crate::site::encoded::Confinement;
use crate::site::public_address::PublicAddress;
use crate::views::picture;
use crate::web::address_policy::AddressPolicy;
use crate::web::counts::{Counts, Kind};
use crate::web::{error, request};

/// Constant, since nothing is inline: no script, style, frame or address of another host can run.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// For documents kept as they came.
const CSP_SANDBOX: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
/// For what is made to stand in frames of other sites: a style sheet and nothing else.
const CSP_FRAME: &str =
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors *";

/// For drawings: the one style that all of them carry, named by its hash. Where that cannot be named, none.
static CSP_DRAWING: LazyLock<HeaderValue> = LazyLock::new(|| {
    let style = &*picture::STYLE_HASH;
    let policy =
        format!("default-src 'none'; style-src {style}; base-uri 'none'; form-action 'none'; frame-ancestors *");
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static(CSP_SANDBOX))
});

/// By what a cache in front may forget all that it keeps of the site, or all of one version of its data, before its time. Every
/// page names its version, so that a publication changes them all and keys of single pages would have no use. Nobody but the
/// proxies that are named is told.
const SURROGATE_KEY: HeaderName = HeaderName::from_static("surrogate-key");
const SITE_KEY: &str = "council-map";

/// What scripts of other sites may read of an answer beside its body: which version it is, and which part of a file.
const EXPOSED: &str = "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag";

const ALWAYS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (header::PERMISSIONS_POLICY, "geolocation=(self), camera=(), microphone=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Middleware over every route.
pub(in crate::web) async fn finish(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let began = Instant::now();
    let key = key(&request);
    let found = key.as_ref().and_then(|(key, site)| ready::again(key, &request, site));
    let (response, kind) = if let Some(Found { response, kind }) = found {
        (request.into_response(response), kind)
    } else {
        let (context, response) = answered(request, next).await?;
        if let Some((key, _)) = key {
            ready::keep(key, &response, &context.snapshot, context.today);
        }
        let kind = response.request().app_data::<Kind>().copied();
        (response, kind)
    };
    // It is there when somebody watches.
    if let Some(counts) = response.request().app_data::<web::Data<Counts>>() {
        counts.note(kind, response.status(), began.elapsed());
    }
    Ok(response)
}

/// By what an answer may be found that was given before, and the site that it is of.
fn key(request: &ServiceRequest) -> Option<(Key, web::Data<Site>)> {
    let site = request.app_data::<web::Data<Site>>()?;
    let policy = request.app_data::<web::Data<AddressPolicy>>()?;
    Some((Key::of(request, site, policy)?, site.clone()))
}

async fn answered(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<(RequestContext, ServiceResponse<BoxBody>), Error> {
    let (context, host) = request::begin(&request)?;
    let policy = request.app_data::<web::Data<AddressPolicy>>();
    let for_a_proxy = policy.is_some_and(|policy| policy.trusts(request.peer_addr()));
    let response = match host {
        Some(error) => request.into_response(AppError::BadRequest(error.to_string()).error_response()),
        None => next.call(request).await?.map_into_boxed_body(),
    };
    let mut response = explained(&context, response).await;
    let worked = response.status().is_success() || response.status().is_redirection();
    let chosen = response.response().extensions().get::<CachePolicy>().copied();
    let canonical = (response.status().is_success() && is_page(&response))
        .then(|| canonical(&context.public_address, response.request()));
    // A preview may be kept nowhere: it shows what is not published yet.
    let kept = worked && context.preview.is_none();
    let policy = if kept { chosen.unwrap_or(CachePolicy::NoStore) } else { CachePolicy::NoStore };
    let confinement = response.response().extensions().get::<Confinement>().copied().unwrap_or_default();
    let data = is_data(&response);
    let headers = response.headers_mut();
    let cache = match policy.header(context.site.seconds_left()) {
        Cow::Borrowed(text) => HeaderValue::from_static(text),
        Cow::Owned(text) => HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("no-store")),
    };
    headers.insert(header::CACHE_CONTROL, cache);
    if for_a_proxy && policy == CachePolicy::Page {
        // The name of a version is always one of a header.
        if let Ok(keys) = HeaderValue::try_from(format!("{SITE_KEY} {SITE_KEY}-{}", context.snapshot.edition.id)) {
            headers.insert(SURROGATE_KEY, keys);
        }
    }
    let csp = match confinement {
        Confinement::Page => HeaderValue::from_static(CSP),
        Confinement::Sandbox => HeaderValue::from_static(CSP_SANDBOX),
        Confinement::Frame => HeaderValue::from_static(CSP_FRAME),
        Confinement::Drawing => CSP_DRAWING.clone(),
    };
    headers.insert(header::CONTENT_SECURITY_POLICY, csp);
    if data {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
    }
    if let Some(link) =
        canonical.and_then(|address| HeaderValue::try_from(format!("<{address}>; rel=\"canonical\"")).ok())
    {
        headers.insert(header::LINK, link);
    }
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok((context, response))
}

/// The response itself, or in place of a failure the page that says what is the matter.
async fn explained(context: &RequestContext, response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let failure = response.response().extensions().get::<AppError>().cloned();
    let Some(failure) = failure else { return response };
    if matches!(failure, AppError::Busy) {
        context.site.tally().note_refused();
    }
    let failure = error::with_help(context, failure).await;
    let (request, _) = response.into_parts();
    let page = error::error_response(context, &request, &failure);
    ServiceResponse::new(request, page)
}

fn is_page(response: &ServiceResponse<BoxBody>) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// Whether scripts of any site may read the answer: all data here is public, and no answer depends on who asks. An error and
/// an answer without a body have the same address as the data, and so the same permission.
fn is_data(response: &ServiceResponse<BoxBody>) -> bool {
    const EXTENSIONS: [&str; 7] = ["json", "csv", "geojson", "xlsx", "sqlite", "atom", "ics"];
    let extension = response.request().path().rsplit_once('.').map(|(_, extension)| extension);
    let kind = response.headers().get(header::CONTENT_TYPE);
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension))
        || kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

/// The one address of a page, whatever the order in which its parameters were asked for.
fn canonical(address: &PublicAddress, request: &HttpRequest) -> String {
    let mut pairs: Vec<&str> =
        request.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.ends_with('=')).collect();
    pairs.sort_unstable();
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("{address}{}{mark}{}", request.path(), pairs.join("&"))
}
