//! What every page knows of the site around it.

use jiff::Timestamp;

use crate::domain::representation::Representation;

/// What the frame needs to know of the site and the request.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Canonical address of the page, path and query.
    pub address: String,
    /// Scheme and host of the site, for addresses that are read away from it: `https://example.org`.
    pub origin: String,
    /// Whether the content is invented.
    pub synthetic: bool,
    /// The moment of a preview.
    pub preview: Option<String>,
    /// The edition shown.
    pub edition: String,
    /// When its newest release was published.
    pub published_at: Timestamp,
    /// Day of its newest release.
    pub published_on: String,
    /// Its other representations.
    pub twins: Vec<Representation>,
}
