//! One row of a table, before it is checked.

use std::collections::BTreeMap;

use super::cells::Read;
use crate::domain::field::{CellKind, kind_of};
use crate::domain::location::Location;
use crate::domain::record::BodyName;

/// A row as read: who, and what stands in each field.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) body: Option<BodyName>,
    pub(super) values: BTreeMap<&'static str, (Read, Location)>,
    pub(super) location: Location,
}

/// Whether a field holds per cents.
pub(super) fn is_rate(field: &str) -> bool {
    kind_of(field) == Some(CellKind::Percent)
}
