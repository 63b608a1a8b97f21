//! Where answers came from, counted since the start.

use std::sync::atomic::{AtomicU64, Ordering};

/// How many answers were found among the kept pages, were made, or were refused.
#[derive(Debug, Default)]
pub struct Tally {
    kept: AtomicU64,
    made: AtomicU64,
    refused: AtomicU64,
}

impl Tally {
    /// One was found among the kept pages.
    pub(crate) fn note_kept(&self) {
        self.kept.fetch_add(1, Ordering::Relaxed);
    }

    /// One had to be made, or waited for the same making.
    pub(crate) fn note_made(&self) {
        self.made.fetch_add(1, Ordering::Relaxed);
    }

    /// One was refused, since too much was asked for at once.
    pub(crate) fn note_refused(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    /// Each by its name.
    pub(crate) fn all(&self) -> [(&'static str, u64); 3] {
        [("kept", &self.kept), ("made", &self.made), ("refused", &self.refused)]
            .map(|(name, count)| (name, count.load(Ordering::Relaxed)))
    }
}
