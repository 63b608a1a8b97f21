//! PDF: sheets of paper with type set on them, in an order that can be heard as well as seen. What stands here knows nothing of
//! what the sheets say.
//!
//! Every piece of a sheet is either in the tree of structure (headings, tables, lists, figures) or marked as decoration, and
//! the crate refuses to write a file that breaks a rule of PDF/UA-1 which a program can check.

pub mod colour;
pub mod column;
pub mod document;
pub mod face;
pub mod ink;
pub mod table;
pub mod text;

use thiserror::Error;

/// Why no file could be made.
#[derive(Debug, Error)]
pub enum PdfError {
    /// The typefaces that the program carries cannot be read.
    #[error("a typeface of the program cannot be read")]
    Typeface,
    /// A length that no page has.
    #[error("a page cannot be {0} by {1} points")]
    PageSize(f32, f32),
    /// The file would break a rule of the format.
    #[error("the file would break a rule of PDF/UA-1: {0}")]
    Refused(String),
    /// More content than its sheets have room for, however tightly it is set.
    #[error("the content has no room on its sheets")]
    NoRoom,
}
