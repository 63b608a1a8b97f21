//! The documents of letters: their text, and what is kept of them.

use crate::domain::letter::{Document, DocumentKind};
use crate::import::apart::{self, Job};
use crate::import::document::{self, Kind, NoText};

/// Why a document has no text, for a message.
pub(super) struct Unread {
    pub(super) why: Option<NoText>,
    pub(super) found: String,
    pub(super) expected: &'static str,
}

/// The text of a document, read in a process apart.
pub(super) fn text_of(name: &str, bytes: &[u8]) -> Result<(Kind, String), Unread> {
    let no_text = |why: NoText| Unread { why: Some(why), found: why.to_string(), expected: why.expected() };
    // A page that says "not found", saved under the name of the letter, is the likeliest mistake.
    if name.to_ascii_lowercase().ends_with(".pdf") && document::kind(bytes).is_ok_and(|kind| kind != Kind::Pdf) {
        let found = "the file is called a PDF and is none".to_owned();
        return Err(Unread { why: None, found, expected: "the PDF itself, fetched again" });
    }
    match apart::asked(Job::Document, bytes, || document::read(bytes)) {
        Ok(read) => read.map_err(no_text),
        Err(limit) => Err(Unread { why: None, found: limit.to_string(), expected: "a letter of a few pages" }),
    }
}

/// What is kept of a document beside its text. Web pages and documents of Word are not handed on: they may hold programs.
pub(super) fn kept(kind: Kind, name: &str, bytes: Vec<u8>) -> Option<Document> {
    let kind = match kind {
        Kind::Pdf => DocumentKind::Pdf,
        Kind::Text if std::str::from_utf8(&bytes).is_ok() => DocumentKind::Text,
        Kind::Text | Kind::Docx | Kind::WebPage => return None,
    };
    Some(Document { name: name.to_owned(), kind, bytes })
}
