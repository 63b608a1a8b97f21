//! Why a file gives no text.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why there is no text to be had from a file.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::import) enum NoText {
    /// A PDF that ends too early.
    #[error("the PDF breaks off: its end is missing")]
    CutPdf,
    /// A PDF that needs a password.
    #[error("the PDF is encrypted with a password")]
    EncryptedPdf,
    /// A PDF that cannot be read.
    #[error("the PDF is damaged and has no page that can be read")]
    DamagedPdf,
    /// A PDF of pictures.
    #[error("the PDF has no text in it: it is a picture, such as a scan")]
    Picture,
    /// Rich text.
    #[error("the file is rich text (RTF)")]
    Rtf,
    /// Word before 2007, or an encrypted file of a later one.
    #[error("the file is in Word’s form of before 2007, or encrypted")]
    OldWord,
    /// A packed file that is no document of Word.
    #[error("the file is packed and is no document of Word")]
    OtherPacked,
    /// A document of Word that cannot be read.
    #[error("the document of Word is damaged")]
    DamagedDocx,
    /// A document or web page without words.
    #[error("there is no text in the file")]
    NoWords,
    /// A file of nothing.
    #[error("the file is empty")]
    Empty,
    /// Bytes that are no text.
    #[error("the file is neither a PDF, a document of Word or a web page, nor text")]
    NotText,
    /// More text than any letter has.
    #[error("the text is longer than {MOST_TEXT} characters")]
    TooLong,
}

impl NoText {
    /// What would do.
    pub(in crate::import) fn expected(self) -> &'static str {
        match self {
            Self::CutPdf | Self::DamagedPdf | Self::DamagedDocx | Self::Empty => {
                "the file fetched again; the whole of it"
            }
            Self::EncryptedPdf => "the PDF saved without a password",
            Self::Picture => {
                "the PDF as it was made, or one with its text recognised; a CSV list can say council, year and day of this one"
            }
            Self::Rtf | Self::OldWord => "the file saved as PDF, DOCX or text",
            Self::OtherPacked | Self::NotText | Self::NoWords | Self::TooLong => {
                "a letter as PDF, DOCX, HTML, text or Markdown"
            }
        }
    }
}

/// A letter as text; the longest have under 20,000 characters.
pub(in crate::import) const MOST_TEXT: usize = 400_000;
