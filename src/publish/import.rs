//! An import: checks an import, says what it would change, and publishes it whole.

use std::path::PathBuf;

use jiff::Timestamp;

use super::archive::{self, Meta};
use super::error::PublishError;
use super::licence::licence_of;
use super::lock::Lock;
use super::naming::{next_key, source_of, title_of};
use super::timeline::{Timeline, day_of};
use super::{base, reconcile};
use crate::db::councils::Register;
use crate::db::edition::Edition;
use crate::domain::progress::Told;
use crate::domain::record::Records;
use crate::domain::release::{ImportKind, Release};
use crate::domain::tally::Tally;
use crate::domain::year::ReportingYear;
use crate::import::problems::Findings;
use crate::import::taught::learn;
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
pub fn import(mut request: Request) -> Result<Outcome, PublishError> {
    let _lock = Lock::take(&request.data_dir)?;
    let mut timeline = Timeline::read(&request.data_dir, request.now)?.telling(&request.progress);
    refuse_demonstration(&timeline, request.kind)?;
    let moment = request.publish_at.unwrap_or(request.now).max(request.now);
    let (mut draft, mut releases) = timeline.draft_at(moment)?;
    let mut register = Register::load(draft.conn())?;
    let taught = match learn(&request.data_dir, &mut register, draft.conn(), day_of(request.now)) {
        Ok(taught) => taught,
        Err(problems) => {
            let findings = Findings { problems, ..Findings::default() };
            return Ok(Outcome { findings, tally: Tally::default(), release: None, ending: Ending::Problems });
        }
    };
    let context = Context {
        taught: &taught,
        register: &register,
        conn: draft.conn(),
        today: day_of(request.now),
        visible_from: day_of(moment),
        year: request.year,
        progress: &*request.progress,
    };
    let (records, findings) = read(request.kind, &mut request.files, context);
    let Some(records) = records else {
        return Ok(Outcome { findings, tally: Tally::default(), release: None, ending: Ending::Problems });
    };
    if findings.invented {
        return Err(PublishError::Refused(
            "the file says that its rows are invented (column synthetic), and invented figures never join real ones; \
             `council-map restore` makes a demonstration again from an export"
                .to_owned(),
        ));
    }
    let meta = meta_of(&request, &timeline, moment)?;
    let release = meta.release()?;
    let tally = draft.apply(&release, &records)?;
    let mut findings = findings;
    if let Records::Statistics(rows) = &records {
        draft.derive()?;
        findings.remarks.extend(reconcile::statistics(draft.conn(), &register, rows)?);
    }
    let outcome = |ending| Outcome { findings, tally: tally.clone(), release: Some(release), ending };
    if !request.publish {
        return Ok(outcome(Ending::Checked));
    }
    if tally.is_empty() {
        return Ok(outcome(Ending::Nothing));
    }
    archive::keep(&request.data_dir, &meta, &request.files)?;
    releases.push(meta.key.clone());
    let published = publish(&mut timeline, draft, releases, &request, moment);
    match published.and_then(|made| timeline.put_in_force(moment, made)) {
        Ok(edition) => Ok(outcome(Ending::Published(edition))),
        Err(error) => {
            archive::forget(&request.data_dir, &meta.key);
            Err(error)
        }
    }
}

/// The new edition first, then all that wait for a later hour, made again on top of it.
fn publish(
    timeline: &mut Timeline,
    draft: crate::db::write::Draft,
    releases: Vec<String>,
    request: &Request,
    moment: Timestamp,
) -> Result<Vec<Edition>, PublishError> {
    let mut made = Vec::new();
    if timeline.in_force().is_none() && moment > request.now {
        // Something must be served until the hour comes: the frame without the release.
        made.push(timeline.rebuild(request.now, base::KEYS.map(str::to_owned).to_vec())?);
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

fn meta_of(request: &Request, timeline: &Timeline, moment: Timestamp) -> Result<Meta, PublishError> {
    let kind = request.kind;
    let of_year = request.year.map(|year| format!(" {year}")).unwrap_or_default();
    Ok(Meta {
        key: next_key(&request.data_dir, timeline, kind)?,
        kind: kind.as_str().to_owned(),
        title: request.title.clone().unwrap_or_else(|| format!("{}{of_year}", title_of(kind))),
        source: request.source.clone().unwrap_or_else(|| source_of(kind).to_owned()),
        source_url: request.source_url.clone(),
        licence: licence_of(kind).to_owned(),
        sha256: archive::hash(&request.files),
        retrieved_at: request.now,
        published_at: request.publish_at.unwrap_or(moment),
        synthetic: false,
        year: request.year.map(|year| year.to_string()),
        files: request.files.iter().map(|file| file.name.clone()).collect(),
        documents: archive::documents(&request.files),
        withdrawn_at: None,
    })
}
