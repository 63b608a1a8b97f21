//! What a pack says of the edition that it is made of.

use jiff::Timestamp;

/// What the file says of the edition that it is made of.
#[derive(Clone, Copy, Debug)]
pub struct Imprint<'a> {
    /// The edition.
    pub edition: &'a str,
    /// When the newest release in it was published.
    pub published_at: Timestamp,
    /// Under which address the site is reached, such as `https://map.example.org`; without one nothing in the file leads
    /// anywhere.
    pub origin: Option<&'a str>,
}

impl Imprint<'_> {
    /// The whole address of a path of the site.
    pub(super) fn address(&self, path: &str) -> Option<String> {
        self.origin.map(|origin| format!("{origin}{path}"))
    }

    /// An address as it is printed: without what every address begins with.
    pub(super) fn printed(&self, path: &str) -> String {
        let host = self.origin.map(|origin| origin.split_once("://").map_or(origin, |(_, host)| host));
        format!("{}{path}", host.unwrap_or_default())
    }
}
