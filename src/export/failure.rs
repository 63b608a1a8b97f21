//! What programs are told when a request fails.

use schemars::JsonSchema;
use serde::Serialize;

/// A failure.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Error")]
pub struct FailureJson<'a> {
    error: Failure<'a>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Failure<'a> {
    /// The status of HTTP.
    status: u16,
    message: &'a str,
}

/// The failure of a status.
pub fn json(status: u16, message: &str) -> FailureJson<'_> {
    FailureJson { error: Failure { status, message } }
}
