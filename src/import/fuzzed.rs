//! What the fuzz targets reach of this layer below the process apart.

/// The text of a document, as Markdown.
pub fn document_text(bytes: &[u8]) -> Option<String> {
    super::document::read(bytes).ok().map(|(_, text)| text)
}
