//! One byte range of a request (RFC 9110, 14.1.2), so that a broken download can go on.

/// What a `Range` header asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Range {
    /// Everything: no header, several ranges, or another unit.
    Whole,
    /// First byte and length.
    Part(u64, u64),
    /// Beyond the end.
    Unsatisfiable,
}

impl Range {
    /// Reads the header for a file of `size` bytes. What makes no sense is ignored, as the standard asks.
    pub(crate) fn parse(header: Option<&str>, size: u64) -> Self {
        let Some((first, last)) =
            header.and_then(|text| text.trim().strip_prefix("bytes=")).and_then(|text| text.split_once('-'))
        else {
            return Self::Whole;
        };
        match (first.trim(), last.trim()) {
            ("", suffix) => match suffix.parse::<u64>() {
                Ok(0) => Self::Unsatisfiable,
                Ok(_) if size == 0 => Self::Unsatisfiable,
                Ok(length) => Self::Part(size.saturating_sub(length), length.min(size)),
                Err(_) => Self::Whole,
            },
            (first, last) => {
                let Ok(first) = first.parse::<u64>() else { return Self::Whole };
                let end = match last {
                    "" => size,
                    last => match last.parse::<u64>() {
                        Ok(last) if last >= first => last.saturating_add(1).min(size),
                        _ => return Self::Whole,
                    },
                };
                if first >= size { Self::Unsatisfiable } else { Self::Part(first, end - first) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_the_standard_says() {
        let of = |text| Range::parse(Some(text), 100);
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
        assert_eq!(Range::parse(None, 100), Range::Whole);
    }
}
