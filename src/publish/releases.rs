//! What can be done with releases after their import: list, publish now, withdraw, go back.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;

use super::archive::{self, ArchiveError, Meta};
use super::base;
use super::error::PublishError;
use super::lock::Lock;
use super::naming::number_of;
use super::timeline::{PlannedEdition, Timeline};
use crate::db::edition::{Edition, Editions, path_of, verified};
use crate::db::{decisions, open_reader, releases};
use crate::domain::progress::Told;
use crate::domain::release::Release;

/// Where a release stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Visible now.
    InForce,
    /// Waits for its hour.
    Waiting(Timestamp),
    /// Taken back.
    Withdrawn(Timestamp),
    /// In no version: rolled back.
    NotShown,
}

/// A release and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The release.
    pub release: Release,
    /// Where it stands.
    pub state: State,
}

/// All releases, oldest first.
pub fn list(data_dir: &Path, now: Timestamp) -> Result<Vec<Listed>, PublishError> {
    let editions = Editions::read(data_dir)?;
    let mut listed = Vec::new();
    let shown: BTreeSet<String> =
        editions.in_force(now).map(|edition| edition.releases.iter().cloned().collect()).unwrap_or_default();
    if let Some(current) = editions.in_force(now) {
        let conn = open_reader(&path_of(data_dir, current)?)?;
        listed.extend(releases::all(&conn)?.into_iter().map(|release| Listed { release, state: State::InForce }));
    }
    for meta in archive::all(data_dir)?.into_iter().filter(|meta| !shown.contains(&meta.release.key)) {
        let waits = editions.pending(now).into_iter().find(|edition| edition.releases.contains(&meta.release.key));
        let state = match (meta.withdrawn_at, waits) {
            (Some(at), _) => State::Withdrawn(at),
            (None, Some(edition)) => State::Waiting(edition.from),
            (None, None) => State::NotShown,
        };
        listed.push(Listed { release: meta.release.clone(), state });
    }
    // What waits, or has waited, has the number of the release before it.
    listed.sort_by_cached_key(|one| (number_of(&one.release.key), one.release.retrieved_at, one.release.key.clone()));
    Ok(listed)
}

/// Takes a release back from every version, those that wait included.
pub fn withdraw(data_dir: &Path, key: &str, now: Timestamp, progress: &Told) -> Result<Edition, PublishError> {
    let _lock = Lock::take(data_dir)?;
    let timeline = Timeline::read(data_dir, now)?.telling(progress);
    let now = timeline.now();
    let before = withdrawable(data_dir, &timeline, key)?;
    // The mark comes first: after a crash in between, the release is still shown, is marked, and can be
    // withdrawn again; the other way round, going back could show it. The new versions tell of it too.
    archive::update(data_dir, &Meta { withdrawn_at: Some(now), ..before.clone() })?;
    let result = remake_without(timeline, key, now);
    if result.is_err() {
        archive::update(data_dir, &before)?;
    }
    result
}

/// Makes the version in force and those that wait again without a release.
fn remake_without(mut timeline: Timeline, key: &str, now: Timestamp) -> Result<Edition, PublishError> {
    let steps = without(&timeline.steps_after(now), key);
    let current = current(&timeline)?;
    let mut made = Vec::new();
    let first = if current.releases.iter().any(|known| known == key) {
        let kept = current.releases.iter().filter(|known| *known != key).cloned().collect();
        let edition = timeline.rebuild(now, kept)?;
        made.push(edition.clone());
        edition
    } else {
        current
    };
    made.extend(timeline.on_top(&first, &steps)?);
    timeline.commit(now, made)?;
    Ok(first)
}

fn withdrawable(data_dir: &Path, timeline: &Timeline, key: &str) -> Result<Meta, PublishError> {
    if base::KEYS.contains(&key) {
        return Err(PublishError::Refused(format!(
            "{key} is part of the program and cannot be withdrawn; import a newer one over it"
        )));
    }
    if timeline.in_force().is_some_and(|edition| edition.synthetic && edition.releases.iter().any(|known| known == key))
    {
        return Err(PublishError::Refused(
            "a demonstration is made whole; remove its directory or make another with `council-map demo`".to_owned(),
        ));
    }
    let meta = archive::meta(data_dir, key)?;
    let shown = timeline.editions().editions.iter().any(|edition| edition.releases.iter().any(|known| known == key));
    if meta.withdrawn_at.is_some() && !shown {
        return Err(PublishError::Refused(format!("release {key} has been withdrawn already")));
    }
    Ok(meta)
}

/// Publishes a waiting release now, or moves its hour.
pub fn publish(
    data_dir: &Path,
    key: &str,
    at: Option<Timestamp>,
    now: Timestamp,
    progress: &Told,
) -> Result<Edition, PublishError> {
    let _lock = Lock::take(data_dir)?;
    let mut timeline = Timeline::read(data_dir, now)?.telling(progress);
    let mut meta = archive::meta(data_dir, key)?;
    let current = current(&timeline)?;
    if current.releases.iter().any(|known| known == key) {
        return Err(PublishError::Refused(format!("release {key} is published already")));
    }
    if meta.withdrawn_at.is_some() {
        return Err(PublishError::Refused(format!("release {key} was withdrawn; import its files again")));
    }
    let moment = timeline.moment_of(at)?;
    let now = timeline.now();
    let mut steps = without(&timeline.steps_after(now), key);
    let place = steps.iter().position(|step| step.from > moment).unwrap_or(steps.len());
    steps.insert(place, PlannedEdition { from: moment, adds: vec![key.to_owned()] });
    let before = meta.clone();
    meta.release.published_at = moment;
    archive::update(data_dir, &meta)?;
    let result = timeline.on_top(&current, &steps).and_then(|made| {
        let edition = made.iter().find(|edition| edition.releases.iter().any(|known| known == key)).cloned();
        timeline.commit(now, made)?;
        edition.ok_or_else(|| PublishError::from(ArchiveError::NoSuchRelease(key.to_owned())))
    });
    if result.is_err() {
        archive::update(data_dir, &before)?;
    }
    result
}

/// The editions planned without one release; those that would add nothing are gone.
pub(super) fn without(steps: &[PlannedEdition], key: &str) -> Vec<PlannedEdition> {
    steps
        .iter()
        .map(|step| PlannedEdition {
            from: step.from,
            adds: step.adds.iter().filter(|known| *known != key).cloned().collect(),
        })
        .filter(|step| !step.adds.is_empty())
        .collect()
}

fn current(timeline: &Timeline) -> Result<Edition, PublishError> {
    timeline
        .in_force()
        .cloned()
        .ok_or_else(|| PublishError::Refused("nothing has been published in this data directory yet".to_owned()))
}

/// Goes back to an earlier version: the one before the current one, or the one named.
pub fn rollback(data_dir: &Path, to: Option<&str>, now: Timestamp, progress: &Told) -> Result<Edition, PublishError> {
    let _lock = Lock::take(data_dir)?;
    let mut timeline = Timeline::read(data_dir, now)?.telling(progress);
    let now = timeline.now();
    let current = current(&timeline)?;
    let steps = timeline.steps_after(now);
    let withdrawn: BTreeSet<String> = archive::all(data_dir)?
        .into_iter()
        .filter(|meta| meta.withdrawn_at.is_some())
        .map(|meta| meta.release.key)
        .collect();
    let target = target(timeline.editions(), &current, to, &withdrawn, now)?;
    for key in &target.releases {
        if archive::meta(data_dir, key).is_ok_and(|meta| meta.withdrawn_at.is_some()) {
            return Err(PublishError::Refused(format!(
                "version {} holds release {key}, which was withdrawn",
                target.id
            )));
        }
    }
    let withdrawn = decisions::withdrawn(&open_reader(&path_of(data_dir, &current)?)?)?;
    if !withdrawn.is_empty() && decisions::shows_any(&open_reader(&path_of(data_dir, &target)?)?, data_dir, &withdrawn)?
    {
        return Err(PublishError::Refused(format!(
            "version {} shows decisions that were withdrawn since; take back the releases that are wrong instead, \
             with `council-map withdraw`",
            target.id
        )));
    }
    verified(data_dir, &target)?;
    let edition = Edition { from: now, ..target };
    // Those that wait are made again on what is now below them. They keep their own releases; what was
    // rolled back does not return with them.
    let mut made = vec![edition.clone()];
    made.extend(timeline.on_top(&edition, &steps)?);
    timeline.commit(now, made)?;
    Ok(edition)
}

/// The version that is named, else the newest before the current one that holds nothing withdrawn.
fn target(
    editions: &Editions,
    current: &Edition,
    to: Option<&str>,
    withdrawn: &BTreeSet<String>,
    now: Timestamp,
) -> Result<Edition, PublishError> {
    let past: Vec<&Edition> = editions.editions.iter().filter(|edition| edition.from <= now).collect();
    let names = || past.iter().map(|edition| edition.id.as_str()).collect::<BTreeSet<_>>();
    let named =
        |id: &str| past.iter().rev().find(|edition| edition.id == id || edition.id.split('-').next() == Some(id));
    let clean = |edition: &&&Edition| !edition.releases.iter().any(|key| withdrawn.contains(key));
    let before = || past.iter().filter(|edition| edition.id < current.id).filter(clean).max_by(|a, b| a.id.cmp(&b.id));
    let found = to.map_or_else(before, named);
    found.map(|edition| (*edition).clone()).ok_or_else(|| {
        let listed = names().into_iter().collect::<Vec<_>>().join(", ");
        PublishError::Refused(match to {
            Some(id) => format!("there is no version “{id}”; there are {listed}"),
            None => format!("there is no version before {}", current.id),
        })
    })
}
