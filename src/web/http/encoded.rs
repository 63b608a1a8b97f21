//! A response body in every coding, compressed once per edition (docs/adr/0003-encoded-pages.md).

use std::io::Write;
use std::str::FromStr;

use actix_web::http::header::{
    self, AcceptEncoding, ETag, Encoding, EntityTag, Header, IfNoneMatch, Preference, Quality,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};

use super::cache_policy::CachePolicy;
use super::shared_body::SharedBody;
use crate::domain::digest;

/// One body as plain, brotli and gzip bytes. Cloning `Bytes` copies a pointer.
#[derive(Clone, Debug)]
pub struct Encoded {
    media_type: &'static str,
    tag: String,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    policy: CachePolicy,
    file_name: Option<String>,
    sandboxed: bool,
}

/// On a response: its body came from elsewhere and is served in a sandbox.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sandboxed;

/// Brotli quality for pages. A council's page takes 0.7 ms; 9 takes 10 ms and a table of 32 MB in memory for 1% less.
const PAGE_QUALITY: i32 = 6;
/// Brotli quality for long bodies such as a CSV of 50,000 rows.
const LONG_QUALITY: i32 = 4;
/// From this length on a body is long.
const LONG: usize = 512 << 10;
/// Brotli quality for assets, which are compressed once per start.
const ASSET_QUALITY: i32 = 11;
/// Brotli quality for whole tables: they run to 10 MB and somebody waits for the first making.
const DOWNLOAD_QUALITY: i32 = 4;
/// Smaller bodies gain nothing.
const WORTH_COMPRESSING: usize = 256;

impl Encoded {
    /// A page or data of the edition.
    pub(crate) fn page(media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        let quality = if body.len() < LONG { PAGE_QUALITY } else { LONG_QUALITY };
        Self::new(media_type, body, CachePolicy::Page, quality)
    }

    /// A whole table.
    pub(crate) fn download(media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(media_type, body.into(), CachePolicy::Page, DOWNLOAD_QUALITY)
    }

    /// An asset whose address holds a hash of its content.
    pub(crate) fn asset(media_type: &'static str, body: &[u8]) -> Self {
        Self::new(media_type, body.to_vec(), CachePolicy::Immutable, ASSET_QUALITY)
    }

    /// A body that is compressed already or not worth it, such as PDF.
    pub(crate) fn opaque(media_type: &'static str, body: Vec<u8>) -> Self {
        let tag = digest::sha256(&body).chars().take(24).collect();
        Self {
            media_type,
            tag,
            plain: body.into(),
            brotli: None,
            gzip: None,
            policy: CachePolicy::Page,
            file_name: None,
            sandboxed: false,
        }
    }

    /// Offers the body as a download of this name.
    #[must_use]
    pub(crate) fn named(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// Marks a body that came from elsewhere: browsers run nothing in it.
    #[must_use]
    pub(crate) fn sandboxed(mut self) -> Self {
        self.sandboxed = true;
        self
    }

    fn new(media_type: &'static str, body: Vec<u8>, policy: CachePolicy, quality: i32) -> Self {
        let tag = digest::sha256(&body).chars().take(24).collect();
        let compress = body.len() >= WORTH_COMPRESSING;
        Self {
            media_type,
            tag,
            brotli: compress.then(|| brotli(&body, quality)).flatten(),
            gzip: compress.then(|| gzip(&body)).flatten(),
            plain: exact(body),
            policy,
            file_name: None,
            sandboxed: false,
        }
    }

    /// Bytes it takes in memory.
    pub(crate) fn weight(&self) -> usize {
        let size = |bytes: &Option<Bytes>| bytes.as_ref().map_or(0, Bytes::len);
        self.plain.len() + size(&self.brotli) + size(&self.gzip)
    }

    /// The answer to a request: the best coding it accepts, or 304 when it has that already.
    pub(crate) fn respond(&self, request: &HttpRequest) -> HttpResponse {
        let (body, coding, suffix) = self.choose(request);
        let etag = EntityTag::new_strong(format!("{}{suffix}", self.tag));
        let fresh = has(request, &etag);
        let mut response = HttpResponse::build(if fresh { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
        response.insert_header(ETag(etag)).insert_header((header::VARY, "Accept-Encoding"));
        response.extensions_mut().insert(self.policy);
        if self.sandboxed {
            response.extensions_mut().insert(Sandboxed);
        }
        if fresh {
            return response.finish();
        }
        if let Some(coding) = coding {
            response.insert_header((header::CONTENT_ENCODING, coding));
        }
        if let Some(name) = &self.file_name {
            response.insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
        }
        response.content_type(self.media_type).body(if request.method() == Method::HEAD {
            SharedBody::length_only(body.len())
        } else {
            SharedBody::new(body.clone())
        })
    }

    /// The coding that the visitor prefers; of several that are as welcome, the smallest (RFC 9110, 12.5.3).
    fn choose(&self, request: &HttpRequest) -> (&Bytes, Option<&'static str>, &'static str) {
        let accepted = AcceptEncoding::parse(request).map(|list| list.0).unwrap_or_default();
        let weight = |coding: &str| {
            let of = |wanted: &Preference<Encoding>| accepted.iter().find(|one| one.item == *wanted);
            let named = Encoding::from_str(coding).ok().map(Preference::Specific);
            let found = named.as_ref().and_then(of).or_else(|| of(&Preference::Any));
            found.map(|one| one.quality).filter(|quality| *quality > Quality::ZERO)
        };
        let brotli = self.brotli.as_ref().map(|bytes| (weight("br"), bytes, "br", "-br"));
        let gzip = self.gzip.as_ref().map(|bytes| (weight("gzip"), bytes, "gzip", "-gz"));
        let best = [gzip, brotli].into_iter().flatten().max_by_key(|coding| coding.0);
        match best {
            Some((Some(quality), bytes, coding, suffix)) if Some(quality) >= weight("identity") => {
                (bytes, Some(coding), suffix)
            }
            _ => (&self.plain, None, ""),
        }
    }
}

/// What is kept for long keeps no room to grow: a page that was built piece by piece has up to twice its length.
fn exact(bytes: Vec<u8>) -> Bytes {
    bytes.into_boxed_slice().into()
}

fn brotli(body: &[u8], quality: i32) -> Option<Bytes> {
    let params = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
    let mut out = Vec::with_capacity(body.len() / 4);
    brotli::BrotliCompress(&mut &*body, &mut out, &params).ok()?;
    (out.len() < body.len()).then(|| exact(out))
}

fn gzip(body: &[u8]) -> Option<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 4), flate2::Compression::new(6));
    encoder.write_all(body).ok()?;
    let out = encoder.finish().ok()?;
    (out.len() < body.len()).then(|| exact(out))
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
        let response = page.respond(&request);
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
        let first = page.respond(&TestRequest::default().to_http_request());
        let etag = first.headers().get(header::ETAG).unwrap().to_str().unwrap().to_owned();
        let again = TestRequest::default()
            .insert_header((header::IF_NONE_MATCH, format!("\"other\", W/{etag}")))
            .to_http_request();
        assert_eq!(page.respond(&again).status(), StatusCode::NOT_MODIFIED);
    }
}
