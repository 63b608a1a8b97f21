//! The manager of editions: checks an import, says what it would change, and publishes it whole.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use thiserror::Error;

use super::archive::{self, Meta};
use super::lock::Lock;
use super::problems::Findings;
use super::timeline::Timeline;
use super::{Context, InputFile, base, read, reconcile};
use crate::db::DbError;
use crate::db::councils::Register;
use crate::db::data_dir::content;
use crate::db::edition::Edition;
use crate::db::write::Tally;
use crate::domain::digest::sha256;
use crate::domain::location::Problem;
use crate::domain::progress::Told;
use crate::domain::record::Records;
use crate::domain::release::{ImportKind, Release};
use crate::domain::year::ReportingYear;

/// Why nothing was published, other than problems of the files.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The database layer failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// Another import holds the lock.
    #[error("another import is at work in {}; try again when it has ended", .0.display())]
    Busy(PathBuf),
    /// The wish makes no sense here; the text names the way out.
    #[error("{0}")]
    Refused(String),
    /// No release has the key.
    #[error("there is no release “{0}”; `council-map releases` lists them")]
    NoSuchRelease(String),
    /// The kept files are damaged.
    #[error("the kept files of a release are damaged: {0}")]
    Archive(String),
    /// A release that was right no longer is, once another one changes.
    #[error("release {key} would no longer be right: {}", .problems.first().map(ToString::to_string).unwrap_or_default())]
    Refitted {
        /// The release.
        key: String,
        /// What is wrong with it now.
        problems: Vec<Problem>,
    },
}

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

/// The day of a moment.
pub fn day_of(moment: Timestamp) -> Date {
    moment.to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// Checks an import against what will be visible at its moment, and publishes it when asked to.
pub fn import(mut request: Request) -> Result<Outcome, ImportError> {
    let _lock = Lock::take(&request.data_dir)?;
    let mut timeline = Timeline::read(&request.data_dir, request.now)?.telling(&request.progress);
    refuse_demonstration(&timeline, request.kind)?;
    let moment = request.publish_at.unwrap_or(request.now).max(request.now);
    let (mut draft, mut releases) = timeline.draft_at(moment)?;
    let register = Register::load(draft.conn())?;
    let context = Context {
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
        return Err(ImportError::Refused(
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
    match published.and_then(|made| commit(timeline, moment, made)) {
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
) -> Result<Vec<Edition>, ImportError> {
    let mut made = Vec::new();
    if timeline.in_force().is_none() && moment > request.now {
        // Something must be served until the hour comes: the frame without the release.
        made.push(timeline.from_scratch(request.now, base::KEYS.map(str::to_owned).to_vec())?);
    }
    let synthetic = timeline.at(moment).is_some_and(|edition| edition.synthetic);
    let later = timeline.steps_after(moment);
    let edition = timeline.finish(draft, moment, releases, synthetic)?;
    let rebuilt = timeline.on_top(&edition, &later)?;
    made.push(edition);
    made.extend(rebuilt);
    Ok(made)
}

/// Writes the pointer; answers with the edition that came into force at the moment.
pub(super) fn commit(timeline: Timeline, moment: Timestamp, made: Vec<Edition>) -> Result<Edition, ImportError> {
    let edition = made.iter().find(|edition| edition.from == moment).or_else(|| made.last()).cloned();
    timeline.commit(moment, made)?;
    edition.ok_or_else(|| ImportError::Archive("no edition was made".to_owned()))
}

/// Real figures never join invented ones.
fn refuse_demonstration(timeline: &Timeline, kind: ImportKind) -> Result<(), ImportError> {
    if kind.is_content() && timeline.in_force().is_some_and(|current| current.synthetic) {
        return Err(ImportError::Refused(
            "this data directory holds the demonstration, whose figures are invented, and real figures never join them; \
             import into another directory with --data DIR, or remove this one first"
                .to_owned(),
        ));
    }
    Ok(())
}

/// Invented figures are published over other invented ones, or in a directory that holds nothing at all.
fn refuse_all_but_demonstration(data_dir: &Path, timeline: &Timeline) -> Result<(), ImportError> {
    let why = match timeline.in_force() {
        Some(current) if current.synthetic => return Ok(()),
        Some(_) => "this data directory holds real data, and invented figures never join it".to_owned(),
        None => match content(data_dir)?.first() {
            None => return Ok(()),
            Some(name) => format!("{} is not empty: {name} is in it", data_dir.display()),
        },
    };
    Err(ImportError::Refused(format!(
        "{why}; make the demonstration in another directory with --data DIR, or remove this one first"
    )))
}

fn meta_of(request: &Request, timeline: &Timeline, moment: Timestamp) -> Result<Meta, ImportError> {
    let kind = request.kind;
    let of_year = request.year.map(|year| format!(" {year}")).unwrap_or_default();
    Ok(Meta {
        key: next_key(&request.data_dir, timeline, kind)?,
        kind: kind.word().to_owned(),
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

/// `0003-statistics`: one more than any number that has been given.
pub(super) fn next_key(data_dir: &Path, timeline: &Timeline, kind: ImportKind) -> Result<String, ImportError> {
    let kept = archive::all(data_dir)?.into_iter().map(|meta| meta.key);
    let listed = timeline.editions().editions.iter().flat_map(|edition| edition.releases.clone());
    let base = base::KEYS.map(str::to_owned);
    let last = kept.chain(listed).chain(base).filter_map(|key| number_of(&key)).max().unwrap_or(0);
    Ok(format!("{:04}-{}", last + 1, kind.word()))
}

/// The number that a key begins with.
fn number_of(key: &str) -> Option<u32> {
    key.split('-').next().and_then(|digits| digits.parse().ok())
}

fn title_of(kind: ImportKind) -> &'static str {
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

fn source_of(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Replies => "The councils themselves",
        kind if kind.is_content() => "Local Government and Social Care Ombudsman",
        _ => "Office for National Statistics",
    }
}

/// The licence line of a kind (data/LICENCES.md).
pub(super) fn licence_of(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Replies => "The councils’ own words; ask the council before reusing them",
        kind if kind.is_content() => "Free to reuse with acknowledgement, accurate and unamended (lgo.org.uk)",
        _ => "Open Government Licence v3.0",
    }
}

/// Makes the first edition, with the register and the boundaries alone. Answers with the edition in force.
pub fn bootstrap(data_dir: &Path, now: Timestamp) -> Result<Edition, ImportError> {
    let _lock = Lock::take(data_dir)?;
    let mut timeline = Timeline::read(data_dir, now)?;
    if let Some(current) = timeline.in_force() {
        return Ok(current.clone());
    }
    let made = timeline.from_scratch(now, base::KEYS.map(str::to_owned).to_vec())?;
    commit(timeline, now, vec![made])
}

/// The register for whoever invents records for a demonstration in a data directory.
///
/// # Errors
/// A directory that holds anything but another demonstration.
pub fn base_register(data_dir: &Path, now: Timestamp, progress: &Told) -> Result<Register, ImportError> {
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
) -> Result<Edition, ImportError> {
    let _lock = Lock::take(data_dir)?;
    let mut timeline = Timeline::read(data_dir, now)?.telling(progress);
    refuse_all_but_demonstration(data_dir, &timeline)?;
    let mut draft = base::draft(data_dir, progress)?;
    let mut releases = base::KEYS.map(str::to_owned).to_vec();
    let first = base::KEYS.iter().filter_map(|key| number_of(key)).max().unwrap_or(0) + 1;
    for ((kind, parts), number) in generated.into_iter().zip(first..) {
        let release = Release {
            key: format!("{number:04}-{}", kind.word()),
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
    let made = timeline.finish(draft, now, releases, true)?;
    commit(timeline, now, vec![made])
}
