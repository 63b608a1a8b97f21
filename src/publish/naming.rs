//! What releases are called: their keys, titles, sources and licences.

use std::collections::BTreeSet;
use std::path::Path;

use super::archive;
use super::base;
use super::error::PublishError;
use super::timeline::Timeline;
use crate::domain::release::ImportKind;

/// Where a new release stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// It is shown at once; so many others of the same import come before.
    InForce(u32),
    /// It waits for its hour.
    Waiting,
}

/// `0003-statistics`: one more than any number that has been given. What waits is given none, so that no gap tells of it: it
/// has the number of the release before and four digits by chance, `0003-9f2c-letters`.
pub(super) fn next_key(
    data_dir: &Path,
    timeline: &Timeline,
    kind: ImportKind,
    position: Position,
) -> Result<String, PublishError> {
    let kept: BTreeSet<String> = archive::all(data_dir)?.into_iter().map(|meta| meta.release.key).collect();
    let listed = timeline.editions().editions.iter().flat_map(|edition| &edition.releases).map(String::as_str);
    let last = kept.iter().map(String::as_str).chain(listed).chain(base::KEYS).filter_map(number_of).max().unwrap_or(0);
    let name = |digits: u16| format!("{last:04}-{digits:04x}-{}", kind.as_str());
    match position {
        Position::InForce(before) => Ok(format!("{:04}-{}", last + 1 + before, kind.as_str())),
        Position::Waiting => Ok(std::iter::repeat_with(|| name(fastrand::u16(..)))
            .find(|key| !kept.contains(key))
            .unwrap_or_else(|| name(0))),
    }
}

/// The number that a key begins with.
pub(super) fn number_of(key: &str) -> Option<u32> {
    key.split('-').next().and_then(|digits| digits.parse().ok())
}

/// The usual title of a kind.
pub(super) fn title_of(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Authorities => "Register of councils",
        ImportKind::Aliases => "Further names of councils",
        ImportKind::Boundaries => "Boundaries of councils",
        ImportKind::Postcodes => "Postcodes",
        ImportKind::Population => "Population estimates",
        ImportKind::Neighbours => "Statistical neighbours",
        ImportKind::Statistics => "Complaint statistics of councils",
        ImportKind::National => "National figures",
        ImportKind::Decisions => "Decisions and public reports",
        ImportKind::Improvements => "Service improvements",
        ImportKind::Letters => "Annual review letters",
        ImportKind::Replies => "Replies of councils",
    }
}

/// Who usually makes the files of a kind.
pub(super) fn source_of(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Replies => "The councils themselves",
        kind if kind.is_content() => "Local Government and Social Care Ombudsman",
        _ => "Office for National Statistics",
    }
}
