//! What may happen to a response after it leaves us. Handlers choose; only the middleware writes the header.

/// A choice of caching.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CachePolicy {
    /// Errors, health, redirects that depend on data.
    NoStore,
    /// Pages and data: a minute, then asked again with an ETag, which costs next to nothing. A release
    /// shows everywhere within that minute.
    Page,
    /// Addresses that hold a hash of their content.
    Immutable,
}

impl CachePolicy {
    /// The value of `Cache-Control`.
    pub(crate) fn header(self) -> &'static str {
        match self {
            Self::NoStore => "no-store",
            Self::Page => "public, max-age=60",
            Self::Immutable => "public, max-age=31536000, immutable",
        }
    }
}
