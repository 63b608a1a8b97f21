//! Which demonstration is wanted.

/// Which demonstration to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The same seed gives the same records.
    pub seed: u64,
    /// How many decisions: up to 6,000,000, since references have eight digits.
    pub decisions: u32,
    /// Whether every council has the true rates of its kind, so that chance alone tells councils apart.
    pub alike: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: 1, decisions: 12_000, alike: false }
    }
}
