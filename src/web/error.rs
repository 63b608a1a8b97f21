//! How a request can fail, and the one place that decides what a visitor may see of it.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use thiserror::Error;

use super::Site;
use super::handlers::frame;
use crate::db::DbError;
use crate::read::ReadError;
use crate::views;
use crate::views::error::{ErrorPage, Help};

/// What is said about an address that never was.
pub(super) const NOTHING_HERE: &str = "There is nothing at this address.";

/// The closed list of failures.
#[derive(Clone, Debug, Error)]
pub enum AppError {
    /// A parameter that does not parse, is unknown or stands twice.
    #[error("{0}")]
    BadRequest(String),
    /// Nothing at this address.
    #[error("{message}")]
    NotFound {
        /// For the visitor.
        message: String,
        /// Where to go instead: title and address.
        help: Vec<(String, String)>,
    },
    /// Another method than GET or HEAD.
    #[error("this address can only be read")]
    MethodNotAllowed,
    /// No thread or edition to answer with.
    #[error("the site is busy")]
    Busy,
    /// Something broke; the cause goes to the log only.
    #[error("an internal error")]
    Internal,
}

impl AppError {
    /// Nothing here, with a sentence for the visitor.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::NotFound { message: message.into(), help: Vec::new() }
    }
}

impl From<ReadError> for AppError {
    fn from(error: ReadError) -> Self {
        tracing::error!(%error, "a page could not be made");
        Self::Internal
    }
}

impl From<DbError> for AppError {
    fn from(error: DbError) -> Self {
        Self::from(ReadError::from(error))
    }
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::NotFound { .. } => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            // A visitor can do no more about a broken page than about a busy one: try again later.
            Self::Busy | Self::Internal => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Only carries the failure to the middleware, which knows the site and the form asked for.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        response.extensions_mut().insert(self.clone());
        response
    }
}

/// What the visitor is told.
fn public(failure: &AppError) -> ErrorPage {
    let (title, message, help) = match failure {
        AppError::BadRequest(message) => ("This address does not make sense", message.clone(), Vec::new()),
        AppError::NotFound { message, help } => ("Not found", message.clone(), help.clone()),
        AppError::MethodNotAllowed => {
            ("Only reading is possible", "This site can only be read, with GET or HEAD.".to_owned(), Vec::new())
        }
        AppError::Busy | AppError::Internal => (
            "Not available just now",
            "This page cannot be shown at the moment. Try again in a minute.".to_owned(),
            Vec::new(),
        ),
    };
    let help = help.into_iter().map(|(title, href)| Help { title, href }).collect();
    ErrorPage { status: failure.status_code().as_u16(), title, message, help }
}

/// The failure as the page or JSON that was asked for.
pub(super) fn error_response(site: &web::Data<Site>, request: &HttpRequest, failure: &AppError) -> HttpResponse {
    let page = public(failure);
    let mut response = HttpResponse::build(failure.status_code());
    match failure {
        AppError::MethodNotAllowed => {
            response.insert_header((header::ALLOW, "GET, HEAD"));
        }
        AppError::Busy | AppError::Internal => {
            response.insert_header((header::RETRY_AFTER, "30"));
        }
        _ => {}
    }
    let path = request.path();
    let extension = path.rsplit('/').next().and_then(|last| last.rsplit_once('.')).map(|(_, end)| end);
    if matches!(extension, Some("json" | "csv" | "geojson" | "xlsx")) {
        let body = serde_json::json!({"error": {"status": page.status, "message": page.message}});
        return response.content_type("application/json").body(body.to_string());
    }
    let frame = frame::of(site, "/");
    response.content_type("text/html; charset=utf-8").body(views::error::page(&frame, &page).into_string())
}
