//! Under which licence the files of each kind come.

use crate::domain::release::ImportKind;

/// The licence line of a kind (data/LICENCES.md).
pub(super) fn licence_of(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Replies => "The councils’ own words; ask the council before reusing them",
        kind if kind.is_content() => "Free to reuse with acknowledgement, accurate and unamended (lgo.org.uk)",
        _ => "Open Government Licence v3.0",
    }
}
