//! A decision as a page says it, before anything is checked.

use crate::domain::decision::Section;

/// What a page says, as texts of the canonical columns; the reader of tables checks them further.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RawDecision {
    /// Reference with its letter.
    pub(super) reference: String,
    /// Name of the body as written.
    pub(super) authority: String,
    /// `statement` or `report`.
    pub(super) kind: String,
    /// Word of the outcome.
    pub(super) outcome: String,
    /// Word of the category.
    pub(super) category: String,
    /// Words of the subcategory; empty where there is none.
    pub(super) subcategory: String,
    /// ISO date.
    pub(super) decision_date: String,
    /// Summary; empty where the page has none.
    pub(super) summary: String,
    /// Parts of the text in their order.
    pub(super) sections: Vec<Section>,
    /// Address that the page gives as its own.
    pub(super) url: String,
}
