//! Exit statuses.

/// Done.
pub(super) const DONE: u8 = 0;
/// The files have problems, or the command could not be carried out; nothing was changed.
pub(super) const PROBLEMS: u8 = 1;
