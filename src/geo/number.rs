//! The two conversions between numbers that Rust has no lossless form of.

/// The nearest whole number; out-of-range values end at the limits, not-a-number becomes 0.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "`as` from float to integer saturates, which is what a grid wants"
)]
pub(super) fn nearest(value: f64) -> i32 {
    value.round() as i32
}

/// An index as a 32-bit number. A file with four thousand million points does not fit into memory first.
pub(super) fn id(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// A 32-bit number as an index.
pub(super) fn index(id: u32) -> usize {
    usize::try_from(id).unwrap_or(usize::MAX)
}
