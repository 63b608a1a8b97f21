//! Editions that no file was handed in for: the bare frame, and the demonstration.

use std::path::Path;

use jiff::Timestamp;

use super::base;
use super::error::PublishError;
use super::lock::Lock;
use super::naming::{number_of, title_of};
use super::timeline::Timeline;
use crate::db::councils::Register;
use crate::db::data_dir::content;
use crate::db::edition::Edition;
use crate::domain::digest::sha256;
use crate::domain::progress::Told;
use crate::domain::record::Records;
use crate::domain::release::{ImportKind, Release};

/// Invented figures are published over other invented ones, or in a directory that holds nothing at all.
fn refuse_all_but_demonstration(data_dir: &Path, timeline: &Timeline) -> Result<(), PublishError> {
    let why = match timeline.in_force() {
        Some(current) if current.synthetic => return Ok(()),
        Some(_) => "this data directory holds real data, and invented figures never join it".to_owned(),
        None => match content(data_dir)?.first() {
            None => return Ok(()),
            Some(name) => format!("{} is not empty: {name} is in it", data_dir.display()),
        },
    };
    Err(PublishError::Refused(format!(
        "{why}; make the demonstration in another directory with --data DIR, or remove this one first"
    )))
}

/// Makes the first edition, with the register and the boundaries alone. Answers with the edition in force.
pub fn bootstrap(data_dir: &Path, now: Timestamp) -> Result<Edition, PublishError> {
    let _lock = Lock::take(data_dir)?;
    let mut timeline = Timeline::read(data_dir, now)?;
    if let Some(current) = timeline.in_force() {
        return Ok(current.clone());
    }
    let now = timeline.now();
    let made = timeline.rebuild(now, base::KEYS.map(str::to_owned).to_vec())?;
    timeline.put_in_force(now, vec![made])
}

/// The register for whoever invents records for a demonstration in a data directory.
///
/// # Errors
/// A directory that holds anything but another demonstration.
pub fn base_register(data_dir: &Path, now: Timestamp, progress: &Told) -> Result<Register, PublishError> {
    let _lock = Lock::take(data_dir)?;
    refuse_all_but_demonstration(data_dir, &Timeline::read(data_dir, now)?)?;
    Ok(Register::load(base::draft(data_dir, progress)?.conn())?)
}

/// Publishes invented records as one edition on the bare frame. Each kind is a release marked as invented;
/// its records come in parts, of which one at a time is in memory.
pub fn publish_generated<Parts: IntoIterator<Item = Records>>(
    data_dir: &Path,
    title: &str,
    generated: impl IntoIterator<Item = (ImportKind, Parts)>,
    now: Timestamp,
    progress: &Told,
) -> Result<Edition, PublishError> {
    let _lock = Lock::take(data_dir)?;
    let mut timeline = Timeline::read(data_dir, now)?.telling(progress);
    refuse_all_but_demonstration(data_dir, &timeline)?;
    let mut draft = base::draft(data_dir, progress)?;
    let mut releases = base::KEYS.map(str::to_owned).to_vec();
    let first = base::KEYS.iter().filter_map(|key| number_of(key)).max().unwrap_or(0) + 1;
    for ((kind, parts), number) in generated.into_iter().zip(first..) {
        let release = Release {
            key: format!("{number:04}-{}", kind.as_str()),
            kind,
            title: format!("{title}: {}", title_of(kind).to_lowercase()),
            source: "Invented for the demonstration".to_owned(),
            source_url: None,
            licence: "None: invented data".to_owned(),
            sha256: sha256(title.as_bytes()),
            retrieved_at: now,
            published_at: now,
            synthetic: true,
        };
        draft.apply_all(&release, parts)?;
        releases.push(release.key);
    }
    let now = timeline.now();
    let made = timeline.finish(draft, now, releases, true)?;
    timeline.put_in_force(now, vec![made])
}
