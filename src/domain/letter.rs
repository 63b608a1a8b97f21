//! Annual review letters and the documents that come with records.

/// A document kept as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// File name for downloads.
    pub name: String,
    /// What it was found to be, not what its name says.
    pub kind: DocumentKind,
    /// Its bytes, unchanged.
    pub bytes: Vec<u8>,
}

/// The kinds of document that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// PDF, by its first bytes.
    Pdf,
    /// Plain text or Markdown in UTF-8.
    Text,
}

impl DocumentKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Pdf, Self::Text];

    /// The media type it is served with.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Text => "text",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}
