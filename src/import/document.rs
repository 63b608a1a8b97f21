//! Documents as others make them: PDF, Word, web pages, text. What a file is, is decided by its content.

mod docx;
mod layout;
mod no_text;
mod pdf;
mod pdf_font;
mod web_page;

use serde::{Deserialize, Serialize};

pub(super) use self::no_text::{MOST_TEXT, NoText};
use super::saved_page;
use super::sheet::decode;
use crate::domain::odd_character::unturned;

/// What a document was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    /// PDF.
    Pdf,
    /// A file of Word's since 2007.
    Docx,
    /// A web page, perhaps saved with its parts.
    WebPage,
    /// Text or Markdown.
    Text,
}

/// What a file is and its text, as Markdown.
pub(super) fn read(bytes: &[u8]) -> Result<(Kind, String), NoText> {
    let (kind, text) = match kind(bytes)? {
        Kind::Pdf => (Kind::Pdf, pdf::text(bytes)?),
        Kind::Docx => (Kind::Docx, docx::text(bytes)?),
        Kind::WebPage => (Kind::WebPage, web_page::text(bytes)?),
        Kind::Text => (Kind::Text, plain(bytes)?),
    };
    // Telephone numbers that were copied from a list of contacts are wrapped in them.
    let text = unturned(text);
    if text.trim().is_empty() {
        Err(NoText::NoWords)
    } else if text.chars().count() > MOST_TEXT {
        Err(NoText::TooLong)
    } else {
        Ok((kind, text))
    }
}

/// What a file is, by its content.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind, NoText> {
    let start = bytes.get(..1024).unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        Err(NoText::Empty)
    } else if start.windows(5).any(|part| part == b"%PDF-") {
        Ok(Kind::Pdf)
    } else if bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        Err(NoText::Rtf)
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        Err(NoText::OldWord)
    } else if bytes.starts_with(b"PK\x03\x04") {
        Ok(Kind::Docx)
    } else if saved_page::is_html(bytes) || saved_page::is_mhtml(bytes) {
        Ok(Kind::WebPage)
    } else {
        Ok(Kind::Text)
    }
}

fn plain(bytes: &[u8]) -> Result<String, NoText> {
    let text = decode(bytes);
    let odd = text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'));
    if odd { Err(NoText::NotText) } else { Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n")) }
}

#[cfg(test)]
mod tests;
