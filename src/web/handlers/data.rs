//! Everything in one SQLite file; the council that has a code.

use std::sync::Arc;

use actix_web::http::header::{self, ETag, EntityTag};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, ResponseError};

use crate::domain::council::GssCode;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::site::cache_policy::CachePolicy;
use crate::views::links;
use crate::web::http::encoded::has;
use crate::web::http::file_body::FileBody;
use crate::web::http::places::LONG_BODIES;
use crate::web::http::range::Range;

/// `/code/GSS`: to the council that has or had the code.
pub(in crate::web) fn by_code(asked: &Asked) -> Result<HttpResponse, AppError> {
    let code = GssCode::parse(asked.part("code")).map_err(|error| AppError::BadRequest(format!("{error}.")))?;
    match asked.atlas().register.by_code(code) {
        Some(council) => {
            Ok(HttpResponse::Found().insert_header((header::LOCATION, links::council(&council.slug))).finish())
        }
        None => Err(AppError::not_found(format!("No council of our register has or had the code {code}."))),
    }
}

/// `/data/council-map.sqlite`: the file that is being served. All of it is public: what waits for its hour
/// lies in another file (docs/adr/0001-editions.md).
pub(in crate::web) fn sqlite(request: &HttpRequest, asked: &Asked) -> HttpResponse {
    let snapshot = &asked.context.snapshot;
    let etag = EntityTag::new_strong(snapshot.edition.id.clone());
    let file = Arc::clone(&snapshot.file);
    let size = snapshot.size;
    let mut response = HttpResponse::Ok();
    response.insert_header(ETag(etag.clone())).insert_header((header::ACCEPT_RANGES, "bytes"));
    response.extensions_mut().insert(CachePolicy::Page);
    if has(request, &etag) {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    // A range means nothing without a body (RFC 9110, 14.2).
    let head = request.method() == Method::HEAD;
    let range = if head { Range::Whole } else { Range::of(request, &etag, size) };
    let (start, length) = match range {
        Range::Whole => (0, size),
        Range::Part(start, length) => {
            let last = start + length - 1;
            response.status(StatusCode::PARTIAL_CONTENT);
            response.insert_header((header::CONTENT_RANGE, format!("bytes {start}-{last}/{size}")));
            (start, length)
        }
        Range::Unsatisfiable => {
            response.status(StatusCode::RANGE_NOT_SATISFIABLE);
            response.insert_header((header::CONTENT_RANGE, format!("bytes */{size}")));
            return response.finish();
        }
    };
    let name = format!("council-map_v{}.sqlite", snapshot.edition.id);
    response
        .content_type("application/vnd.sqlite3")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    response.body(match (head, LONG_BODIES.take()) {
        (true, _) => FileBody::length_only(file, length),
        (false, Some(place)) => FileBody::new(file, start, length, place),
        (false, None) => return AppError::Busy.error_response(),
    })
}
