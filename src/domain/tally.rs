//! What a release changes, counted.

use serde::Serialize;

/// How many rows of each noun a release added, changed, removed or left as they were.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// New rows.
    pub added: u64,
    /// Rows with another value than before.
    pub changed: u64,
    /// Rows taken away.
    pub removed: u64,
    /// Rows that said what was known.
    pub unchanged: u64,
    /// Lines for people: one for each change of a value, one for each group of new rows.
    pub lines: Vec<String>,
}

impl Tally {
    /// Whether anything is different from before.
    pub fn is_empty(&self) -> bool {
        self.added + self.changed + self.removed == 0
    }
}
