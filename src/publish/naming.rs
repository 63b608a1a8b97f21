//! What releases are called: their keys, titles, sources and licences.

use std::path::Path;

use super::archive;
use super::base;
use super::error::PublishError;
use super::timeline::Timeline;
use crate::domain::release::ImportKind;

/// `0003-statistics`: one more than any number that has been given, `before` further ones of the same import among them.
pub(super) fn next_key(
    data_dir: &Path,
    timeline: &Timeline,
    kind: ImportKind,
    before: u32,
) -> Result<String, PublishError> {
    let kept = archive::all(data_dir)?.into_iter().map(|meta| meta.key);
    let listed = timeline.editions().editions.iter().flat_map(|edition| edition.releases.clone());
    let base = base::KEYS.map(str::to_owned);
    let last = kept.chain(listed).chain(base).filter_map(|key| number_of(&key)).max().unwrap_or(0);
    Ok(format!("{:04}-{}", last + 1 + before, kind.as_str()))
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
