//! The answer to one request of bytes that are kept: the coding that it accepts, or 304 when it has them already.

use std::str::FromStr;

use actix_web::http::header::{
    self, AcceptEncoding, ETag, Encoding, EntityTag, Header, IfNoneMatch, Preference, Quality,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, ResponseError};

use super::pace::FREE;
use super::places::LONG_BODIES;
use super::ready::Again;
use super::shared_body::SharedBody;
use crate::pages::error::AppError;
use crate::site::encoded::Encoded;

/// The answer to a request: the best coding it accepts, or 304 when it has that already; 503 where too many long bodies leave.
pub(crate) fn respond(kept: &Encoded, request: &HttpRequest) -> HttpResponse {
    let (body, coding, suffix) = choose(kept, request);
    let etag = EntityTag::new_strong(format!("{}{suffix}", kept.tag));
    let fresh = has(request, &etag);
    let mut response = HttpResponse::build(if fresh { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    response.insert_header(ETag(etag)).insert_header((header::VARY, "Accept-Encoding"));
    response.extensions_mut().insert(kept.policy);
    response.extensions_mut().insert(kept.confinement);
    response.extensions_mut().insert(Again(body.clone()));
    if fresh {
        return response.finish();
    }
    if let Some(coding) = coding {
        response.insert_header((header::CONTENT_ENCODING, coding));
    }
    if let Some(name) = &kept.file_name {
        response.insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    }
    let body = if request.method() == Method::HEAD {
        SharedBody::length_only(body.len())
    } else if body.len() <= FREE {
        SharedBody::new(body.clone())
    } else if let Some(place) = LONG_BODIES.take() {
        SharedBody::in_place(body.clone(), place)
    } else {
        return AppError::Busy.error_response();
    };
    response.content_type(kept.media_type).body(body)
}

/// The coding that the visitor prefers; of several that are as welcome, the smallest (RFC 9110, 12.5.3).
fn choose<'a>(kept: &'a Encoded, request: &HttpRequest) -> (&'a Bytes, Option<&'static str>, &'static str) {
    let accepted = AcceptEncoding::parse(request).map(|list| list.0).unwrap_or_default();
    let weight = |coding: &str| {
        let of = |wanted: &Preference<Encoding>| accepted.iter().find(|one| one.item == *wanted);
        let named = Encoding::from_str(coding).ok().map(Preference::Specific);
        let found = named.as_ref().and_then(of).or_else(|| of(&Preference::Any));
        found.map(|one| one.quality).filter(|quality| *quality > Quality::ZERO)
    };
    // The last of those as welcome is taken.
    let codings = [("gzip", "-gz"), ("br", "-br")].map(|(coding, suffix)| (weight(coding), coding, suffix));
    let best = codings.into_iter().filter(|one| one.0 >= weight("identity")).max_by_key(|one| one.0);
    let bytes = match best {
        Some((Some(_), "br", _)) => kept.brotli.as_ref(),
        Some((Some(_), ..)) => kept.gzip(),
        _ => None,
    };
    match (best, bytes) {
        (Some((_, coding, suffix)), Some(bytes)) => (bytes, Some(coding), suffix),
        _ => (&kept.plain, None, ""),
    }
}

/// Whether `If-None-Match` names this tag. Weak comparison (RFC 9110, 13.1.2): a proxy that compresses turns a strong tag
/// into a weak one.
pub(crate) fn has(request: &HttpRequest, tag: &EntityTag) -> bool {
    if !request.headers().contains_key(header::IF_NONE_MATCH) {
        return false;
    }
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|one| one.weak_eq(tag)),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn coding_for(accept: &str) -> Option<String> {
        let page = Encoded::page("text/html; charset=utf-8", "council ".repeat(200));
        let request = TestRequest::default().insert_header((header::ACCEPT_ENCODING, accept)).to_http_request();
        let response = respond(&page, &request);
        response.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap().to_owned())
    }

    #[test]
    fn the_best_coding_that_is_accepted_is_sent() {
        assert_eq!(coding_for("gzip, deflate, br, zstd").as_deref(), Some("br"));
        assert_eq!(coding_for("gzip;q=1.0, br;q=0").as_deref(), Some("gzip"));
        assert_eq!(coding_for("br;q=0.5, gzip").as_deref(), Some("gzip"));
        assert_eq!(coding_for("identity, br;q=0.5"), None);
        assert_eq!(coding_for("*").as_deref(), Some("br"));
        assert_eq!(coding_for("identity"), None);
        assert_eq!(coding_for(""), None);
    }

    #[test]
    fn a_tag_that_a_proxy_made_weak_still_matches() {
        let page = Encoded::page("text/html; charset=utf-8", "council ".repeat(200));
        let first = respond(&page, &TestRequest::default().to_http_request());
        let etag = first.headers().get(header::ETAG).unwrap().to_str().unwrap().to_owned();
        let again = TestRequest::default()
            .insert_header((header::IF_NONE_MATCH, format!("\"other\", W/{etag}")))
            .to_http_request();
        assert_eq!(respond(&page, &again).status(), StatusCode::NOT_MODIFIED);
    }
}
