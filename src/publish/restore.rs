//! A site made again from the folder of an export: all its releases as one edition.

use std::fs;
use std::path::Path;

use jiff::Timestamp;

use super::archive::{self, Meta};
use super::base;
use super::error::PublishError;
use super::lock::Lock;
use super::naming::{Position, next_key};
use super::timeline::{Timeline, day_of};
use crate::db::councils::Register;
use crate::db::data_dir::{is_release_key, stays_below};
use crate::db::edition::Edition;
use crate::db::write::Draft;
use crate::domain::location::{Location, Problem};
use crate::domain::progress::Told;
use crate::domain::record::Records;
use crate::domain::release::{ImportKind, Release};
use crate::import::problems::Findings;
use crate::import::{Context, InputFile, Taught, read};

/// How it ended.
#[derive(Debug)]
pub enum Restored {
    /// Some files have problems; nothing was changed.
    Problems(Vec<Problem>),
    /// The edition that is in force now.
    Published(Edition),
}

/// One file of the order, as the export wrote it.
#[derive(Clone, Debug, serde::Deserialize)]
pub(super) struct ImportStep {
    kind: ImportKind,
    pub(super) file: String,
    pub(super) release: String,
    title: String,
    source: String,
    source_url: Option<String>,
    licence: String,
    retrieved_at: Timestamp,
    published_at: Timestamp,
    synthetic: bool,
}

/// Imports the files that `order` in `folder` names into a data directory that holds nothing yet.
pub fn restore(
    data_dir: &Path,
    folder: &Path,
    order: &str,
    now: Timestamp,
    progress: &Told,
) -> Result<Restored, PublishError> {
    let path = folder.join(order);
    let refuse = |why: String| PublishError::Refused(format!("{}: {why}", path.display()));
    let bytes = fs::read(&path).map_err(|error| refuse(format!("{error}; expected the folder of an export")))?;
    let steps = ImportStep::of_bytes(&bytes).map_err(refuse)?;
    let _lock = Lock::take(data_dir)?;
    let mut timeline = Timeline::read(data_dir, now)?.telling(progress);
    if !timeline.editions().editions.is_empty() {
        return Err(PublishError::Refused(format!(
            "{} holds a site already; an export is restored into an empty directory, given with --data DIR",
            data_dir.display()
        )));
    }
    let mut draft = base::draft(data_dir, progress)?;
    let mut releases = base::KEYS.map(str::to_owned).to_vec();
    let mut kept: Vec<(Meta, Vec<InputFile>)> = Vec::new();
    for step in &steps {
        let mut files =
            vec![InputFile::open(&folder.join(&step.file)).map_err(|why| refuse(format!("{}: {why}", step.file)))?];
        let mut meta = step.meta(&files);
        let register = Register::load(draft.conn())?;
        let context = Context {
            register: &register,
            conn: draft.conn(),
            today: day_of(step.retrieved_at),
            visible_from: day_of(step.retrieved_at.max(step.published_at)),
            year: None,
            taught: &Taught::default(),
            progress: &**progress,
        };
        let (records, findings) = read(step.kind, &mut files, context);
        let Some(records) = records.filter(|_| !mislabelled(step, &findings)) else {
            return Ok(Restored::Problems(problems(step, findings)));
        };
        if base::KEYS.contains(&meta.release.key.as_str()) {
            if says_nothing_new(data_dir, &draft, &meta, &records)? {
                continue;
            }
            meta.release.key = next_key(data_dir, &timeline, step.kind, Position::InForce(0))?;
        }
        draft.apply(&meta.release, &records)?;
        releases.push(meta.release.key.clone());
        meta.release.sha256 = archive::hash(&files);
        meta.documents = archive::documents(&files);
        kept.push((meta, files));
    }
    let synthetic = steps.iter().any(|step| step.synthetic);
    // Invented releases are not kept as files, as in a demonstration.
    for (meta, files) in kept.iter().filter(|(meta, _)| !meta.release.synthetic) {
        archive::forget_same(data_dir, meta)?;
        archive::keep(data_dir, meta, files)?;
    }
    let now = timeline.now();
    let edition = timeline.finish(draft, now, releases, synthetic)?;
    timeline.put_in_force(now, vec![edition]).map(Restored::Published)
}

impl ImportStep {
    /// Reads an order of files.
    pub(super) fn of_bytes(bytes: &[u8]) -> Result<Vec<Self>, String> {
        let steps: Vec<Self> = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        for step in &steps {
            // Both become paths.
            if !is_release_key(&step.release) {
                return Err(format!(
                    "{:?} is not the key of a release; expected one like 0003-statistics",
                    step.release
                ));
            }
            if !stays_below(&step.file) {
                return Err(format!("{:?} leads outside the folder of the export", step.file));
            }
            if steps.iter().filter(|other| other.release == step.release).count() > 1 {
                return Err(format!("it names the release {:?} twice", step.release));
            }
        }
        Ok(steps)
    }

    fn meta(&self, files: &[InputFile]) -> Meta {
        Meta {
            release: Release {
                key: self.release.clone(),
                kind: self.kind,
                title: self.title.clone(),
                source: self.source.clone(),
                source_url: self.source_url.clone(),
                licence: self.licence.clone(),
                sha256: archive::hash(files),
                retrieved_at: self.retrieved_at,
                published_at: self.published_at,
                synthetic: self.synthetic,
            },
            year: None,
            files: files.iter().map(|file| file.name.clone()).collect(),
            documents: archive::documents(files),
            withdrawn_at: None,
        }
    }
}

/// Rows that say they are invented stand in a release that says it is not.
fn mislabelled(step: &ImportStep, findings: &Findings) -> bool {
    findings.invented && !step.synthetic
}

fn problems(step: &ImportStep, mut findings: Findings) -> Vec<Problem> {
    if findings.problems.is_empty() {
        findings.problem(
            Location::file(&step.file),
            "the rows say that they are invented",
            "a release marked as synthetic",
        );
    }
    findings.problems
}

/// Whether records repeat what the binary carries; tried on a copy, since a release leaves its line in the log.
fn says_nothing_new(data_dir: &Path, draft: &Draft, meta: &Meta, records: &Records) -> Result<bool, PublishError> {
    let mut copy = Draft::copy_of(data_dir, draft.path())?;
    let mut probe = meta.release.clone();
    probe.key = format!("{}-again", probe.key);
    Ok(copy.apply(&probe, records)?.is_empty())
}
