//! What a data directory teaches of headings.

use super::ombudsman::headings::TaughtHeadings;

/// What a data directory teaches of headings; nothing by default.
#[derive(Clone, Debug, Default)]
pub struct Taught {
    pub(super) headings: TaughtHeadings,
}
