//! The files that hold everything at once.

/// A file to download.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// Its address.
    pub path: String,
    /// What it is called.
    pub title: &'static str,
    /// What it holds, in a sentence.
    pub description: &'static str,
    /// How many rows it has, where it is one table.
    pub rows: Option<u64>,
    /// Its size in bytes, not compressed.
    pub bytes: u64,
}

/// All of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownloadsPage {
    /// In the order of the page.
    pub files: Vec<Download>,
    /// Whether what they hold is invented.
    pub synthetic: bool,
}
