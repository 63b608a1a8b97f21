//! An import: checks an import, says what it would change, and publishes it whole.

use std::path::PathBuf;

use jiff::Timestamp;

use super::archive::{self, Meta};
use super::error::PublishError;
use super::licence::licence_of;
use super::lock::Lock;
use super::naming::{Position, next_key, source_of, title_of};
use super::timeline::{Timeline, day_of};
use super::{base, reconcile};
use crate::db::councils::Register;
use crate::db::edition::Edition;
use crate::db::write::Draft;
use crate::domain::progress::Told;
use crate::domain::record::Records;
use crate::domain::release::{ImportKind, Release};
use crate::domain::tally::Tally;
use crate::domain::year::ReportingYear;
use crate::import::problems::Findings;
use crate::import::teaching::learn;
use crate::import::{Context, InputFile, read};

/// What is to be imported.
#[derive(Debug)]
pub struct Request {
    /// Data directory.
    pub data_dir: PathBuf,
    /// Kind of the files.
    pub kind: ImportKind,
    /// The files.
    pub files: Vec<InputFile>,
    /// The year they are about, where they do not say.
    pub year: Option<ReportingYear>,
    /// Title of the release.
    pub title: Option<String>,
    /// Who made them.
    pub source: Option<String>,
    /// Where they came from.
    pub source_url: Option<String>,
    /// When they may be seen; at once when not given.
    pub publish_at: Option<Timestamp>,
    /// Whether to publish, or only to check.
    pub publish: bool,
    /// The moment of the import.
    pub now: Timestamp,
    /// Who is told how far it is.
    pub progress: Told,
}

/// How an import ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The files have problems; nothing was changed.
    Problems,
    /// They are right; nothing was changed, since only a check was asked for.
    Checked,
    /// They say what is known already; nothing was changed.
    Nothing,
    /// A new edition was made.
    Published(Edition),
}

/// What an import found and did.
#[derive(Debug)]
pub struct Outcome {
    /// Problems and remarks.
    pub findings: Findings,
    /// What it changes.
    pub tally: Tally,
    /// The release it is, or would be.
    pub release: Option<Release>,
    /// How it ended.
    pub ending: Ending,
}

/// Checks an import against what will be visible at its moment, and publishes it when asked to.
pub fn import(request: Request) -> Result<Outcome, PublishError> {
    let mut outcomes = import_together(vec![request])?;
    outcomes.pop().ok_or_else(|| PublishError::Refused("there is nothing to import".to_owned()))
}

/// Checks several imports, each against what will be visible with those before it, and publishes them as one version when
/// asked to: all of them or none. They are for the same data directory and the same moment, those of the first.
pub fn import_together(mut requests: Vec<Request>) -> Result<Vec<Outcome>, PublishError> {
    let Some(first) = requests.first() else { return Ok(Vec::new()) };
    let _lock = Lock::take(&first.data_dir)?;
    let publishing = first.publish;
    let mut timeline = Timeline::read(&first.data_dir, first.now)?.telling(&first.progress);
    let moment = timeline.moment_of(first.publish_at)?;
    for request in &requests {
        refuse_demonstration(&timeline, request.kind)?;
    }
    let (mut draft, mut releases) = timeline.draft_at(moment)?;
    let mut outcomes = Vec::new();
    let mut metas: Vec<Meta> = Vec::new();
    for request in &mut requests {
        let before = u32::try_from(metas.len()).unwrap_or(u32::MAX);
        match apply(request, &mut draft, &timeline, moment, before)? {
            (outcome, Some(meta)) => {
                outcomes.push(outcome);
                metas.push(meta);
            }
            (outcome, None) => outcomes.push(outcome),
        }
    }
    if !publishing || metas.len() < requests.len() {
        return Ok(outcomes);
    }
    if outcomes.iter().all(|outcome| outcome.tally.is_empty()) {
        return Ok(outcomes.into_iter().map(|outcome| Outcome { ending: Ending::Nothing, ..outcome }).collect());
    }
    let Some(first) = requests.first() else { return Ok(outcomes) };
    let mut kept = Ok(());
    for (meta, request) in metas.iter().zip(&requests) {
        kept = kept.and_then(|()| archive::keep(&request.data_dir, meta, &request.files));
        releases.push(meta.release.key.clone());
    }
    let published = kept
        .map_err(PublishError::from)
        .and_then(|()| publish(&mut timeline, draft, releases, moment))
        .and_then(|made| timeline.put_in_force(moment, made));
    match published {
        Ok(edition) => Ok(outcomes
            .into_iter()
            .map(|outcome| Outcome { ending: Ending::Published(edition.clone()), ..outcome })
            .collect()),
        Err(error) => {
            for meta in &metas {
                archive::forget(&first.data_dir, &meta.release.key);
            }
            Err(error)
        }
    }
}

/// Reads the files of one import and applies them to the draft. Without problems it comes with the release that it is or
/// would be; `before` counts those of the same import that come before.
fn apply(
    request: &mut Request,
    draft: &mut Draft,
    timeline: &Timeline,
    moment: Timestamp,
    before: u32,
) -> Result<(Outcome, Option<Meta>), PublishError> {
    let problems = |findings| Outcome { findings, tally: Tally::default(), release: None, ending: Ending::Problems };
    let mut register = Register::load(draft.conn())?;
    let taught = match learn(&request.data_dir, &mut register, draft.conn(), day_of(request.now)) {
        Ok(taught) => taught,
        Err(found) => return Ok((problems(Findings { problems: found, ..Findings::default() }), None)),
    };
    let context = Context {
        register: &register,
        conn: draft.conn(),
        today: day_of(request.now),
        visible_from: day_of(moment),
        year: request.year,
        taught: &taught,
        progress: &*request.progress,
    };
    let (records, mut findings) = read(request.kind, &mut request.files, context);
    let Some(records) = records else { return Ok((problems(findings), None)) };
    if findings.invented {
        return Err(PublishError::Refused(
            "the file says that its rows are invented (column synthetic), and invented figures never join real ones; \
             `council-map restore` makes a demonstration again from an export"
                .to_owned(),
        ));
    }
    let meta = meta_of(request, timeline, moment, before)?;
    let tally = draft.apply(&meta.release, &records)?;
    if let Records::Statistics(rows) = &records {
        draft.derive()?;
        findings.remarks.extend(reconcile::statistics(draft.conn(), &register, rows)?);
    }
    Ok((Outcome { findings, tally, release: Some(meta.release.clone()), ending: Ending::Checked }, Some(meta)))
}

/// The new edition first, then all that wait for a later hour, made again on top of it.
fn publish(
    timeline: &mut Timeline,
    draft: Draft,
    releases: Vec<String>,
    moment: Timestamp,
) -> Result<Vec<Edition>, PublishError> {
    let mut made = Vec::new();
    if timeline.in_force().is_none() && moment > timeline.now() {
        // Something must be served until the hour comes: the frame without the release.
        made.push(timeline.rebuild(timeline.now(), base::KEYS.map(str::to_owned).to_vec())?);
    }
    let synthetic = timeline.at(moment).is_some_and(|edition| edition.synthetic);
    let later = timeline.steps_after(moment);
    let edition = timeline.finish(draft, moment, releases, synthetic)?;
    let rebuilt = timeline.on_top(&edition, &later)?;
    made.push(edition);
    made.extend(rebuilt);
    Ok(made)
}

/// Real figures never join invented ones.
fn refuse_demonstration(timeline: &Timeline, kind: ImportKind) -> Result<(), PublishError> {
    if kind.is_content() && timeline.in_force().is_some_and(|current| current.synthetic) {
        return Err(PublishError::Refused(
            "this data directory holds the demonstration, whose figures are invented, and real figures never join them; \
             import into another directory with --data DIR, or remove this one first"
                .to_owned(),
        ));
    }
    Ok(())
}

fn meta_of(request: &Request, timeline: &Timeline, moment: Timestamp, before: u32) -> Result<Meta, PublishError> {
    let kind = request.kind;
    let position = if moment > timeline.now() { Position::Waiting } else { Position::InForce(before) };
    let of_year = request.year.map(|year| format!(" {year}")).unwrap_or_default();
    Ok(Meta {
        release: Release {
            key: next_key(&request.data_dir, timeline, kind, position)?,
            kind,
            title: request.title.clone().unwrap_or_else(|| format!("{}{of_year}", title_of(kind))),
            source: request.source.clone().unwrap_or_else(|| source_of(kind).to_owned()),
            source_url: request.source_url.clone(),
            licence: licence_of(kind).to_owned(),
            sha256: archive::hash(&request.files),
            retrieved_at: request.now,
            published_at: request.publish_at.unwrap_or(moment),
            synthetic: false,
        },
        year: request.year.map(|year| year.to_string()),
        files: request.files.iter().map(|file| file.name.clone()).collect(),
        documents: archive::documents(&request.files),
        withdrawn_at: None,
    })
}
