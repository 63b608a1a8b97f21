//! The list of whole files as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::read::downloads::DownloadsPage;

/// The files that hold everything at once.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Downloads")]
pub struct DownloadsJson<'a> {
    files: Vec<FileJson<'a>>,
    synthetic: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct FileJson<'a> {
    /// Its address on this site.
    path: &'a str,
    title: &'a str,
    description: &'a str,
    /// How many rows it has; null where it is not one table.
    rows: Option<u64>,
    /// Its size, not compressed.
    bytes: u64,
}

/// All of them.
pub fn json(page: &DownloadsPage) -> DownloadsJson<'_> {
    let files = page.files.iter().map(|file| FileJson {
        path: &file.path,
        title: file.title,
        description: file.description,
        rows: file.rows,
        bytes: file.bytes,
    });
    DownloadsJson { files: files.collect(), synthetic: page.synthetic }
}
