//! The order of a list of decisions.

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best match first; the order of searches. `Sort::EXPLANATION` is its rule.
    Best,
    /// Newest first; the order of lists.
    Newest,
    /// Oldest first.
    Oldest,
}

impl Sort {
    /// All orders.
    pub const ALL: [Self; 3] = [Self::Best, Self::Newest, Self::Oldest];

    /// What the best match is, for few decisions and for many, as pages and the description for programs say it.
    pub const EXPLANATION: &'static str = "Best match first: decisions with every word in summary, subject or the body’s name, \
         then those with some of them only in the text; in each group the newest first.";

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }

    /// As offered to readers.
    pub fn title(self) -> &'static str {
        match self {
            Self::Best => "best match first",
            Self::Newest => "newest first",
            Self::Oldest => "oldest first",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == text)
    }
}
