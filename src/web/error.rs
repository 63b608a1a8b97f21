//! How a request can fail, and the one place that decides what a visitor may see of it.

use std::fmt;
use std::sync::Arc;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use thiserror::Error;

use super::context::RequestContext;
use super::site::Snapshot;
use super::work::Lane;
use crate::db::DbError;
use crate::read::ReadError;
use crate::views;
use crate::views::error::{ErrorPage, Help};

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
    /// A name that nothing has. What it may have meant is looked for when the answer is written, off the threads that
    /// answer requests, since it is compared with the name of every council.
    #[error("{message}")]
    Unnamed {
        /// For the visitor.
        message: String,
        /// Finds where to go instead.
        meant: Meant,
    },
    /// Not a failure: what is meant stands at another address.
    #[error("the address meant is {0}")]
    See(String),
    /// Not a failure: what is asked for has one address, which is another.
    #[error("the address is {0}")]
    Moved(String),
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

    /// An address that never was.
    pub(crate) fn nothing_here() -> Self {
        Self::not_found("There is nothing at this address.")
    }
}

/// Finds what a mistyped name may have meant: titles and addresses.
#[derive(Clone)]
pub struct Meant(Arc<dyn Fn(&Snapshot) -> Vec<(String, String)> + Send + Sync>);

impl Meant {
    /// Asked at most once, on a thread for work that takes time.
    pub(crate) fn new(find: impl Fn(&Snapshot) -> Vec<(String, String)> + Send + Sync + 'static) -> Self {
        Self(Arc::new(find))
    }
}

impl fmt::Debug for Meant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Meant")
    }
}

/// The longest name that is looked for; the longest of a council has 59 characters.
const LONGEST_NAME: usize = 100;

/// Takes a name only when it is short enough to be compared with others.
///
/// # Errors
/// `BadRequest` that says how long it is and may be.
pub(super) fn name_within_limit(text: &str) -> Result<&str, AppError> {
    let length = text.chars().count();
    if length <= LONGEST_NAME {
        return Ok(text);
    }
    Err(AppError::BadRequest(format!(
        "This name has {length} characters; names here have at most {LONGEST_NAME}. Give a council’s name, code or address."
    )))
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
            Self::NotFound { .. } | Self::Unnamed { .. } => StatusCode::NOT_FOUND,
            Self::See(_) => StatusCode::SEE_OTHER,
            Self::Moved(_) => StatusCode::MOVED_PERMANENTLY,
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
        AppError::See(address) | AppError::Moved(address) => {
            ("Somewhere else", address.clone(), vec![(address.clone(), address.clone())])
        }
        AppError::Unnamed { message, .. } => ("Not found", message.clone(), Vec::new()),
        AppError::MethodNotAllowed => {
            ("Only reading is possible", "This site can only be read, with GET or HEAD.".to_owned(), Vec::new())
        }
        AppError::Busy => (
            "The site is busy",
            "More is being asked of it than it can answer at once. Try again in half a minute.".to_owned(),
            vec![("The map".to_owned(), "/".to_owned()), ("All councils".to_owned(), "/councils".to_owned())],
        ),
        AppError::Internal => (
            "Not available just now",
            "This page cannot be shown at the moment. Try again in a minute.".to_owned(),
            Vec::new(),
        ),
    };
    let help = help.into_iter().map(|(title, href)| Help { title, href }).collect();
    ErrorPage { status: failure.status_code().as_u16(), title, message, help }
}

/// Looks for what a mistyped name may have meant. When there is no time for that, the answer goes without.
pub(super) async fn with_help(context: &RequestContext, failure: AppError) -> AppError {
    let AppError::Unnamed { message, meant } = failure else { return failure };
    let snapshot = Arc::clone(&context.snapshot);
    let help = context.site.work().run(Lane::Pages, move || (meant.0)(&snapshot)).await.unwrap_or_default();
    AppError::NotFound { message, help }
}

/// The failure as the page or JSON that was asked for.
pub(super) fn error_response(context: &RequestContext, request: &HttpRequest, failure: &AppError) -> HttpResponse {
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
    let frame = context.frame("/");
    response.content_type("text/html; charset=utf-8").body(views::error::page(&frame, &page).into_string())
}
