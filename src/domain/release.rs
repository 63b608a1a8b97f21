//! Releases: what was imported together, from where, and since when it may be seen.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What a file holds; the word after `council-map import`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum ImportKind {
    /// The register of councils.
    Authorities,
    /// Further names of councils.
    Aliases,
    /// Boundary polygons.
    Boundaries,
    /// The postcode table.
    Postcodes,
    /// Mid-year population estimates.
    Population,
    /// Statistical nearest neighbours.
    Neighbours,
    /// The yearly statistics of councils.
    Statistics,
    /// The national series.
    National,
    /// Decisions and public reports.
    Decisions,
    /// Service improvements.
    Improvements,
    /// Annual review letters.
    Letters,
    /// What councils reply to their figures.
    Replies,
}

/// Why a text is not a kind of import.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("“{0}” cannot be imported; expected one of {words}", words = ImportKind::ALL.map(ImportKind::as_str).join(", "))]
pub struct NotAnImport(pub String);

impl From<ImportKind> for &'static str {
    fn from(kind: ImportKind) -> Self {
        kind.as_str()
    }
}

impl TryFrom<String> for ImportKind {
    type Error = NotAnImport;

    fn try_from(word: String) -> Result<Self, NotAnImport> {
        Self::parse(&word)
    }
}

impl ImportKind {
    /// All kinds, in the order in which a whole site is loaded.
    pub const ALL: [Self; 12] = [
        Self::Authorities,
        Self::Aliases,
        Self::Boundaries,
        Self::Postcodes,
        Self::Population,
        Self::Neighbours,
        Self::Statistics,
        Self::National,
        Self::Decisions,
        Self::Improvements,
        Self::Letters,
        Self::Replies,
    ];

    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Authorities => "authorities",
            Self::Aliases => "aliases",
            Self::Boundaries => "boundaries",
            Self::Postcodes => "postcodes",
            Self::Population => "population",
            Self::Neighbours => "neighbours",
            Self::Statistics => "statistics",
            Self::National => "national",
            Self::Decisions => "decisions",
            Self::Improvements => "improvements",
            Self::Letters => "letters",
            Self::Replies => "replies",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Result<Self, NotAnImport> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| NotAnImport(text.chars().take(40).collect()))
    }

    /// Whether it carries figures and texts, which may be invented, and not the frame (register,
    /// boundaries, postcodes, population), which is real in a demonstration too.
    pub fn is_content(self) -> bool {
        matches!(
            self,
            Self::Statistics | Self::National | Self::Decisions | Self::Improvements | Self::Letters | Self::Replies
        )
    }
}

/// A release that was seen and taken back: that it was, and nothing of what it held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithdrawnRelease {
    /// Its permanent name.
    pub key: String,
    /// What it held.
    pub kind: ImportKind,
    /// Since when it was seen.
    pub published_at: Timestamp,
    /// When it was taken back.
    pub withdrawn_at: Timestamp,
}

/// One release as it stands in the database, beside its kept files and on the page of changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Its permanent name, such as `0003-statistics`.
    pub key: String,
    /// What it holds.
    pub kind: ImportKind,
    /// Title for people.
    pub title: String,
    /// Who made the figures.
    pub source: String,
    /// Where they came from.
    pub source_url: Option<String>,
    /// Licence of the content.
    pub licence: String,
    /// SHA-256 of the files together, hexadecimal.
    pub sha256: String,
    /// When the files were taken in.
    pub retrieved_at: Timestamp,
    /// Since when it may be seen.
    pub published_at: Timestamp,
    /// Whether its content is invented.
    pub synthetic: bool,
}
