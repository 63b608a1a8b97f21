//! What may happen to a response after it leaves us. Handlers choose; only the middleware writes the header.

use std::borrow::Cow;

/// A choice of caching.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CachePolicy {
    /// Errors, health, redirects that depend on data.
    NoStore,
    /// Pages and data: half a minute, then asked again with an ETag, which costs next to nothing. What is published or taken
    /// back shows everywhere within that time, and what has an hour at its hour.
    Page,
    /// Addresses that hold a hash of their content.
    Immutable,
}

impl CachePolicy {
    /// The value of `Cache-Control`, so many seconds before another edition comes into force.
    pub(crate) fn header(self, seconds_left: Option<u64>) -> Cow<'static, str> {
        match (self, seconds_left) {
            (Self::NoStore, _) => Cow::Borrowed("no-store"),
            (Self::Page, Some(left)) if left < MOST_SECONDS => Cow::Owned(format!("public, max-age={left}")),
            (Self::Page, _) => Cow::Borrowed("public, max-age=30"),
            (Self::Immutable, _) => Cow::Borrowed("public, max-age=31536000, immutable"),
        }
    }
}

/// How long a page is kept elsewhere without asking again.
pub(crate) const MOST_SECONDS: u64 = 30;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_kept_half_a_minute_and_never_beyond_the_hour_of_the_next_release() {
        let page = |left| CachePolicy::Page.header(left);
        assert_eq!(page(None), format!("public, max-age={MOST_SECONDS}"));
        assert_eq!(page(Some(3_600)), page(None));
        assert_eq!(page(Some(29)), "public, max-age=29");
        assert_eq!(page(Some(0)), "public, max-age=0");
        assert!(CachePolicy::Immutable.header(Some(1)).contains("31536000"));
    }
}
