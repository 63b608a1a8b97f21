//! The editions of a data directory over time: the one in force, and those that wait for their hour.
//!
//! Each waiting edition holds all releases that will be visible then. When something changes before its
//! hour, it is made again on top of the change, from the files that are kept.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;

use super::error::PublishError;
use super::{archive, base, lock};
use crate::db::councils::Register;
use crate::db::edition::{Edition, Editions, verified};
use crate::db::write::Draft;
use crate::domain::progress::{Told, unwatched};
use crate::domain::tally::Tally;
use crate::domain::year::ReportingYear;
use crate::import::teaching::learn;
use crate::import::{Context, read};

/// Editions of one data directory at one moment.
#[derive(Debug)]
pub(super) struct Timeline {
    data_dir: PathBuf,
    editions: Editions,
    clock: Timestamp,
    // Never before the edition in force came into force, also where the clock has stepped back.
    now: Timestamp,
    next_number: u32,
    progress: Told,
}

/// An edition to be made: its moment, and the releases that it adds to the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlannedEdition {
    /// When it comes into force.
    pub(super) from: Timestamp,
    /// Keys that it adds.
    pub(super) adds: Vec<String>,
}

impl Timeline {
    /// Reads the pointer.
    pub(super) fn read(data_dir: &Path, now: Timestamp) -> Result<Self, PublishError> {
        Ok(Self::of(data_dir, Editions::read(data_dir)?, now))
    }

    /// The editions of a list, whatever the pointer says.
    pub(super) fn of(data_dir: &Path, editions: Editions, clock: Timestamp) -> Self {
        let (now, next_number) = (editions.moment(clock), editions.next_number(clock));
        Self { data_dir: data_dir.to_owned(), editions, clock, now, next_number, progress: unwatched() }
    }

    /// The moment that counts: what the clock says, but never before the edition in force came into force.
    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    /// The moment at which something comes into force: its hour, else now.
    ///
    /// # Errors
    /// An hour that has come only if the clock is wrong: what waits for it might be shown too early.
    pub(super) fn moment_of(&self, hour: Option<Timestamp>) -> Result<Timestamp, PublishError> {
        match hour {
            Some(hour) if hour > self.clock && hour <= self.now => Err(PublishError::Refused(format!(
                "the clock says {}, but the version in force came into force at {}, so that {hour} cannot be waited for; \
                 nothing was changed. Set the clock right; if it was wrong before: council-map check --data {} --repair",
                self.clock,
                self.now,
                self.data_dir.display()
            ))),
            hour => Ok(hour.unwrap_or(self.now).max(self.now)),
        }
    }

    /// Gives new editions numbers after one that is taken, named by the list or not.
    #[must_use]
    pub(super) fn numbered_after(self, last: Option<u32>) -> Self {
        Self { next_number: last.map_or(self.next_number, |last| self.next_number.max(last + 1)), ..self }
    }

    /// Tells somebody how far the making of editions is.
    #[must_use]
    pub(super) fn telling(self, progress: &Told) -> Self {
        Self { progress: Told::clone(progress), ..self }
    }

    /// All editions.
    pub(super) fn editions(&self) -> &Editions {
        &self.editions
    }

    /// The edition in force now.
    pub(super) fn in_force(&self) -> Option<&Edition> {
        self.editions.in_force(self.now)
    }

    /// The edition that will be in force at a moment: what an import for that moment builds on.
    pub(super) fn at(&self, moment: Timestamp) -> Option<&Edition> {
        self.editions.in_force(moment.max(self.now))
    }

    /// The editions that come into force after a moment, as what each adds to the one before it.
    pub(super) fn steps_after(&self, moment: Timestamp) -> Vec<PlannedEdition> {
        let mut before = self.at(moment).map(|edition| edition.releases.clone()).unwrap_or_default();
        let mut steps = Vec::new();
        for edition in self.editions.pending(moment.max(self.now)) {
            let adds = edition.releases.iter().filter(|key| !before.contains(key)).cloned().collect();
            before.clone_from(&edition.releases);
            steps.push(PlannedEdition { from: edition.from, adds });
        }
        steps
    }

    /// A draft of what is visible at a moment.
    pub(super) fn draft_at(&self, moment: Timestamp) -> Result<(Draft, Vec<String>), PublishError> {
        match self.at(moment) {
            Some(edition) => Ok((self.copy_of(edition)?, edition.releases.clone())),
            None => Ok((base::draft(&self.data_dir, &self.progress)?, base::KEYS.map(str::to_owned).to_vec())),
        }
    }

    fn copy_of(&self, edition: &Edition) -> Result<Draft, PublishError> {
        Ok(Draft::copy_of(&self.data_dir, &verified(&self.data_dir, edition)?)?.telling(&self.progress))
    }

    /// Finishes a draft as an edition; nothing points to it yet.
    pub(super) fn finish(
        &mut self,
        mut draft: Draft,
        from: Timestamp,
        releases: Vec<String>,
        synthetic: bool,
    ) -> Result<Edition, PublishError> {
        draft.set_withdrawn(&archive::withdrawn(&self.data_dir)?)?;
        let published = draft.publish(self.next_number)?;
        self.next_number += 1;
        Ok(Edition { id: published.id, file: published.file, from, releases, synthetic })
    }

    /// Makes an edition from nothing but the files that are kept.
    pub(super) fn rebuild(&mut self, from: Timestamp, releases: Vec<String>) -> Result<Edition, PublishError> {
        let mut draft = base::draft(&self.data_dir, &self.progress)?;
        for key in releases.iter().filter(|key| !base::KEYS.contains(&key.as_str())) {
            self.replay(&mut draft, key)?;
        }
        self.finish(draft, from, releases, false)
    }

    /// Makes the editions of `steps`, each on top of the one before, the first on `first`.
    pub(super) fn on_top(&mut self, first: &Edition, steps: &[PlannedEdition]) -> Result<Vec<Edition>, PublishError> {
        let mut made: Vec<Edition> = Vec::new();
        for step in steps {
            let below = made.last().unwrap_or(first).clone();
            let adds: Vec<&String> = step.adds.iter().filter(|key| !below.releases.contains(key)).collect();
            if adds.is_empty() {
                continue;
            }
            let mut draft = self.copy_of(&below)?;
            let mut releases = below.releases.clone();
            for key in adds {
                self.replay(&mut draft, key)?;
                releases.push(key.clone());
            }
            made.push(self.finish(draft, step.from, releases, below.synthetic)?);
        }
        Ok(made)
    }

    /// Applies a kept release to a draft.
    fn replay(&self, draft: &mut Draft, key: &str) -> Result<Tally, PublishError> {
        let meta = archive::meta(&self.data_dir, key)?;
        let release = &meta.release;
        if release.synthetic {
            return Err(PublishError::Refused(
                "an invented release cannot be made again from files; make a new demonstration instead".to_owned(),
            ));
        }
        let mut register = Register::load(draft.conn())?;
        let year: Option<ReportingYear> = meta.year();
        let taught = learn(&self.data_dir, &mut register, draft.conn(), day_of(release.retrieved_at))
            .map_err(|problems| PublishError::Refitted { key: key.to_owned(), problems })?;
        let context = Context {
            taught: &taught,
            register: &register,
            conn: draft.conn(),
            today: day_of(release.retrieved_at),
            visible_from: day_of(release.retrieved_at.max(release.published_at)),
            year,
            progress: &*self.progress,
        };
        let mut files = archive::files(&self.data_dir, &meta)?;
        let (records, findings) = read(release.kind, &mut files, context);
        let Some(records) = records else {
            return Err(PublishError::Refitted { key: key.to_owned(), problems: findings.problems });
        };
        Ok(draft.apply(release, &records)?)
    }

    /// Puts new editions into the pointer in one step: all that came into force after `from` and are not
    /// among them are gone. Then old files are cleared away.
    pub(super) fn commit(mut self, from: Timestamp, made: Vec<Edition>) -> Result<Editions, PublishError> {
        let replaced: Vec<String> = self
            .editions
            .editions
            .iter()
            .filter(|edition| edition.from > self.now && edition.from >= from)
            .map(|edition| edition.file.clone())
            .collect();
        self.editions.editions.retain(|edition| !(edition.from > self.now && edition.from >= from));
        self.editions.editions.extend(made);
        self.editions.in_force_since = self.editions.in_force(self.now).map(|edition| edition.from);
        self.editions.write(&self.data_dir)?;
        for file in replaced.iter().filter(|file| !self.editions.editions.iter().any(|one| one.file == **file)) {
            // Nothing points to it any more; the next import sweeps what stays.
            let _ = fs::remove_file(self.data_dir.join(file));
        }
        // The publication is made; what cannot be dropped now is dropped after the next one. A failure told here would
        // have the files of a published release thrown away.
        let _ = self.editions.prune(&self.data_dir, self.now);
        lock::sweep_versions(&self.data_dir, &self.editions);
        Ok(self.editions)
    }

    /// The same; answers with the edition that came into force at the moment.
    pub(super) fn put_in_force(self, moment: Timestamp, made: Vec<Edition>) -> Result<Edition, PublishError> {
        let edition = made.iter().find(|edition| edition.from == moment).or_else(|| made.last()).cloned();
        self.commit(moment, made)?;
        edition.ok_or_else(|| PublishError::Refused("no edition was made".to_owned()))
    }
}

/// The day in London on which a moment falls.
pub(super) fn day_of(moment: Timestamp) -> Date {
    crate::domain::london::day_of(moment)
}
