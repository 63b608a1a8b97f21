//! One byte range of a request (RFC 9110, 14.1.2), so that a broken download can go on.

use actix_web::http::header::{self, EntityTag, IfRange};
use actix_web::{HttpMessage, HttpRequest};

/// What the `Range` header of a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Range {
    /// Everything: no header, several ranges, another unit, another version, or what makes no sense.
    Whole,
    /// First byte and length.
    Part(u64, u64),
    /// Beyond the end.
    Unsatisfiable,
}

impl Range {
    /// Reads a request for a file of `size` bytes with this tag. A range of another version would make a broken file
    /// (RFC 9110, 13.1.5).
    pub(crate) fn of(request: &HttpRequest, etag: &EntityTag, size: u64) -> Self {
        let same_version = match request.get_header() {
            Some(IfRange::EntityTag(tag)) => tag.strong_eq(etag),
            Some(IfRange::Date(_)) => false,
            None => !request.headers().contains_key(header::IF_RANGE),
        };
        let Some(header::Range::Bytes(ranges)) = request.get_header().filter(|_| same_version) else {
            return Self::Whole;
        };
        let [range] = ranges.as_slice() else { return Self::Whole };
        match range.to_satisfiable_range(size) {
            Some((first, last)) => Self::Part(first, last - first + 1),
            None => Self::Unsatisfiable,
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn of(headers: &[(&'static str, &str)]) -> Range {
        let request = headers.iter().fold(TestRequest::get(), |request, header| request.insert_header(*header));
        Range::of(&request.to_http_request(), &EntityTag::new_strong("this".to_owned()), 100)
    }

    #[test]
    fn a_range_is_read_as_the_standard_says() {
        let of = |text| of(&[("Range", text)]);
        assert_eq!(of("bytes=0-9"), Range::Part(0, 10));
        assert_eq!(of("bytes=90-"), Range::Part(90, 10));
        assert_eq!(of("bytes=90-1000"), Range::Part(90, 10));
        assert_eq!(of("bytes=-5"), Range::Part(95, 5));
        assert_eq!(of("bytes=-500"), Range::Part(0, 100));
        assert_eq!(of("bytes=100-"), Range::Unsatisfiable);
        assert_eq!(of("bytes=-0"), Range::Unsatisfiable);
        for whole in ["bytes=9-0", "bytes=0-1,5-6", "lines=0-1", "bytes=x-", "bytes=--1", "bytes=-"] {
            assert_eq!(of(whole), Range::Whole, "{whole}");
        }
    }

    #[test]
    fn a_range_counts_only_for_the_version_it_was_asked_of() {
        assert_eq!(of(&[]), Range::Whole);
        assert_eq!(of(&[("Range", "bytes=0-9"), ("If-Range", "\"this\"")]), Range::Part(0, 10));
        for other in ["\"other\"", "W/\"this\"", "Sat, 29 Oct 1994 19:43:31 GMT", "nonsense"] {
            assert_eq!(of(&[("Range", "bytes=0-9"), ("If-Range", other)]), Range::Whole, "{other}");
        }
    }
}
