//! One invented decision.

use super::subjects::Subject;
use crate::domain::record::DecisionRecord;

/// A decision with what its improvements are made from.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) record: DecisionRecord,
    pub(super) subject: &'static Subject,
    pub(super) ordinal: u64,
}
