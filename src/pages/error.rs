//! How a request can fail, and the one place that decides what a visitor may see of it.

use std::fmt;
use std::sync::Arc;

use thiserror::Error;

use crate::db::DbError;
use crate::read::ReadError;
use crate::site::snapshot::Snapshot;
use crate::site::work::WorkError;
use crate::views::error::{ErrorPage, Help};

/// The closed list of failures.
#[derive(Clone, Debug, Error)]
pub(crate) enum AppError {
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

    /// The status of HTTP.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::BadRequest(_) => 400,
            Self::NotFound { .. } | Self::Unnamed { .. } => 404,
            Self::See(_) => 303,
            Self::Moved(_) => 301,
            Self::MethodNotAllowed => 405,
            // A visitor can do no more about a broken page than about a busy one: try again later.
            Self::Busy | Self::Internal => 503,
        }
    }

    /// An address that never was.
    pub(crate) fn nothing_here() -> Self {
        Self::not_found("There is nothing at this address.")
    }
}

/// Finds what a mistyped name may have meant: titles and addresses.
#[derive(Clone)]
pub(crate) struct Meant(Arc<dyn Fn(&Snapshot) -> Vec<(String, String)> + Send + Sync>);

impl Meant {
    /// Looks for them; takes time.
    pub(crate) fn find(&self, snapshot: &Snapshot) -> Vec<(String, String)> {
        (self.0)(snapshot)
    }

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
pub(crate) fn name_within_limit(text: &str) -> Result<&str, AppError> {
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

impl From<serde_json::Error> for AppError {
    fn from(error: serde_json::Error) -> Self {
        tracing::error!(%error, "an answer could not be written as JSON");
        Self::Internal
    }
}

impl From<WorkError> for AppError {
    fn from(error: WorkError) -> Self {
        match error {
            WorkError::Busy | WorkError::Late => Self::Busy,
            WorkError::Panicked => {
                tracing::error!(%error, "a page could not be made");
                Self::Internal
            }
        }
    }
}

impl From<DbError> for AppError {
    fn from(error: DbError) -> Self {
        Self::from(ReadError::from(error))
    }
}

/// What the visitor is told.
pub(crate) fn public(failure: &AppError) -> ErrorPage {
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
    ErrorPage { status: failure.status(), title, message, help }
}
