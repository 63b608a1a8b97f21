//! A failure as an answer: the page or JSON that was asked for.

use std::sync::Arc;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, ResponseError};

use crate::export;
use crate::pages::context::RequestContext;
use crate::pages::error::{AppError, public};
use crate::pages::page::json_text;
use crate::site::work::Lane;
use crate::views;

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
    }

    /// Only carries the failure to the middleware, which knows the site and the form asked for.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        response.extensions_mut().insert(self.clone());
        response
    }
}

/// Looks for what a mistyped name may have meant. When there is no time for that, the answer goes without.
pub(crate) async fn with_help(context: &RequestContext, failure: AppError) -> AppError {
    let AppError::Unnamed { message, meant } = failure else { return failure };
    let snapshot = Arc::clone(&context.snapshot);
    let help = context.site.work().run(Lane::Pages, move || meant.find(&snapshot)).await.unwrap_or_default();
    AppError::NotFound { message, help }
}

/// The failure as the page or JSON that was asked for.
pub(crate) fn error_response(context: &RequestContext, request: &HttpRequest, failure: &AppError) -> HttpResponse {
    let page = public(failure);
    let mut response = HttpResponse::build(failure.status_code());
    match failure {
        AppError::See(address) | AppError::Moved(address) => {
            return response.insert_header((header::LOCATION, address.as_str())).finish();
        }
        AppError::MethodNotAllowed => {
            response.insert_header((header::ALLOW, "GET, HEAD"));
        }
        AppError::Busy | AppError::Internal => {
            // Its connection is free for somebody else at once.
            response.insert_header((header::RETRY_AFTER, "30")).force_close();
        }
        _ => {}
    }
    let path = request.path();
    let extension = path.rsplit('/').next().and_then(|last| last.rsplit_once('.')).map(|(_, end)| end);
    if matches!(extension, Some("json" | "csv" | "geojson" | "xlsx")) {
        let body = json_text(&export::failure::json(page.status, &page.message)).unwrap_or_default();
        return response.content_type("application/json").body(body);
    }
    let frame = context.frame("/");
    response.content_type("text/html; charset=utf-8").body(views::error::page(&frame, &page).into_string())
}
