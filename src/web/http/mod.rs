//! What every response shares: codings, pieces, pace, security headers.

pub(super) mod encoded;
pub(super) mod file_body;
pub(super) mod headers;
pub(super) mod pace;
pub(super) mod places;
pub(super) mod range;
pub(super) mod ready;
pub(super) mod shared_body;
