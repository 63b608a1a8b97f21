//! What every response shares: encodings, cache policy, security headers.

pub(super) mod cache_policy;
pub(super) mod encoded;
pub(super) mod file_body;
pub(super) mod headers;
pub(super) mod pace;
pub(super) mod range;
pub(super) mod shared_body;
