//! The files of each release as they came, for provenance and for making an edition again.
//!
//! `DATA/releases/KEY/meta.json` says what it is; `DATA/releases/KEY/files/N/` holds the Nth file and the
//! documents beside it. A folder is complete or it is not there: it is filled under another name first.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::db::DbError;
use crate::db::data_dir::{
    RELEASES, is_plain_name, is_release_key, kept_releases, make_file, make_folder, replace, stays_below, sync_dir,
};
use crate::db::edition::Editions;
use crate::domain::digest::hex;
use crate::domain::release::{ImportKind, Release, WithdrawnRelease};
use crate::domain::year::ReportingYear;
use crate::import::InputFile;

/// Why what is kept of a release cannot be read or written.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// The database layer failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// No release has the key.
    #[error("there is no release “{0}”; `council-map releases` lists them")]
    NoSuchRelease(String),
    /// The kept files are damaged.
    #[error("the kept files of a release are damaged: {0}")]
    Damaged(String),
}

const INCOMING: &str = ".incoming-";

/// What is kept about a release beside its files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// The release as the database holds it. When it was taken in is also the "today" of its checks, so that making it
    /// again gives the same.
    #[serde(flatten)]
    pub release: Release,
    /// The year given on the command line.
    pub year: Option<String>,
    /// Names of the files.
    pub files: Vec<String>,
    /// For each file the paths of the documents beside it, in the order in which `sha256` counts them. Empty where
    /// there are none, and in releases that were kept before this was noted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Vec<String>>,
    /// Set when it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<Timestamp>,
}

impl Meta {
    /// Reads what `meta.json` of a release holds.
    ///
    /// # Errors
    /// Says in plain words what is wrong with it.
    pub fn of_bytes(bytes: &[u8], key: &str) -> Result<Self, String> {
        let meta: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        // What it names becomes paths too.
        if meta.release.key != key {
            return Err(format!("it is about the release {:?}", meta.release.key));
        }
        if let Some(name) = meta.files.iter().find(|name| !is_plain_name(name)) {
            return Err(format!("{name:?} is not the name of a file"));
        }
        if let Some(document) = meta.documents.iter().flatten().find(|path| !stays_below(path)) {
            return Err(format!("{document:?} leads outside the folder of the release"));
        }
        Ok(meta)
    }

    /// The year given on the command line.
    pub(super) fn year(&self) -> Option<ReportingYear> {
        self.year.as_deref().and_then(|text| ReportingYear::parse(text).ok())
    }
}

/// SHA-256 over the files and their documents, in order.
pub(super) fn hash(files: &[InputFile]) -> String {
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update(&file.bytes);
        for (_, bytes) in &file.documents {
            hasher.update(bytes);
        }
    }
    hex(&hasher.finalize())
}

/// Paths of the documents beside each file; empty where no file has any.
pub(super) fn documents(files: &[InputFile]) -> Vec<Vec<String>> {
    if files.iter().all(|file| file.documents.is_empty()) {
        return Vec::new();
    }
    files.iter().map(|file| file.documents.iter().map(|(path, _)| path.clone()).collect()).collect()
}

fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join(RELEASES)
}

/// Keeps a release.
pub(super) fn keep(data_dir: &Path, meta: &Meta, files: &[InputFile]) -> Result<(), ArchiveError> {
    Editions::begin(data_dir)?;
    let all = folder(data_dir);
    let incoming = all.join(format!("{INCOMING}{}", meta.release.key));
    make_folder(&incoming)?;
    for (number, file) in files.iter().enumerate() {
        let below = incoming.join("files").join(number.to_string());
        write(&below.join(&file.name), &file.bytes)?;
        for (path, bytes) in &file.documents {
            write(&below.join(path), bytes)?;
        }
    }
    write_meta(&incoming, meta)?;
    let path = all.join(&meta.release.key);
    fs::rename(&incoming, &path).map_err(DbError::io(&path))?;
    sync_dir(&all)?;
    Ok(())
}

/// Changes what is kept about a release.
pub(super) fn update(data_dir: &Path, meta: &Meta) -> Result<(), ArchiveError> {
    write_meta(&folder(data_dir).join(&meta.release.key), meta)
}

fn write_meta(folder: &Path, meta: &Meta) -> Result<(), ArchiveError> {
    let text = serde_json::to_vec_pretty(meta).map_err(|error| ArchiveError::Damaged(error.to_string()))?;
    Ok(replace(&folder.join("meta.json"), &text)?)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), ArchiveError> {
    if let Some(parent) = path.parent() {
        make_folder(parent)?;
    }
    let mut file = make_file(path)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(DbError::io(path))?;
    Ok(())
}

/// What is kept about one release.
pub(super) fn meta(data_dir: &Path, key: &str) -> Result<Meta, ArchiveError> {
    // The key becomes a path.
    if !is_release_key(key) {
        return Err(ArchiveError::NoSuchRelease(key.to_owned()));
    }
    let path = folder(data_dir).join(key).join("meta.json");
    let bytes = fs::read(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ArchiveError::NoSuchRelease(key.to_owned()),
        _ => DbError::io(&path)(error).into(),
    })?;
    Meta::of_bytes(&bytes, key).map_err(|why| ArchiveError::Damaged(format!("{}: {why}", path.display())))
}

/// Reads the files of a release again.
pub(super) fn files(data_dir: &Path, meta: &Meta) -> Result<Vec<InputFile>, ArchiveError> {
    let below = folder(data_dir).join(&meta.release.key).join("files");
    meta.files
        .iter()
        .enumerate()
        .map(|(number, name)| {
            let path = below.join(number.to_string()).join(name);
            InputFile::open(&path).map_err(|why| ArchiveError::Damaged(format!("{}: {why}", path.display())))
        })
        .collect()
}

/// Whether the kept files of a release are those that came: every one is there, and their digest is the same.
///
/// # Errors
/// Says in plain words what is wrong.
pub(super) fn verify(data_dir: &Path, meta: &Meta) -> Result<(), String> {
    let mut files = files(data_dir, meta).map_err(|error| error.to_string())?;
    for (file, documents) in files.iter_mut().zip(&meta.documents) {
        for path in documents {
            file.document(path).map_err(|why| format!("{path}: {why}"))?;
        }
    }
    // Of documents kept before their paths were noted, the order in the digest is not known.
    let unnoted = meta.documents.is_empty() && meta.release.kind == ImportKind::Letters;
    if unnoted || hash(&files) == meta.release.sha256 {
        Ok(())
    } else {
        Err("the files are not those that came".to_owned())
    }
}

/// All releases that are kept, oldest first.
pub(super) fn all(data_dir: &Path) -> Result<Vec<Meta>, ArchiveError> {
    kept_releases(data_dir)?.iter().map(|key| meta(data_dir, key)).collect()
}

/// Releases that were seen and taken back. One that was taken back before its hour was never seen, and is not told of.
pub(super) fn withdrawn(data_dir: &Path) -> Result<Vec<WithdrawnRelease>, ArchiveError> {
    let seen = |meta: &Meta| meta.withdrawn_at.filter(|withdrawn_at| meta.release.published_at <= *withdrawn_at);
    all(data_dir)?
        .iter()
        .filter_map(|meta| seen(meta).map(|withdrawn_at| (meta, withdrawn_at)))
        .map(|(meta, withdrawn_at)| {
            let release = meta.release.clone();
            Ok(WithdrawnRelease {
                key: release.key,
                kind: release.kind,
                published_at: release.published_at,
                withdrawn_at,
            })
        })
        .collect()
}

/// Removes half-filled folders.
pub(super) fn sweep(data_dir: &Path) {
    let Ok(entries) = fs::read_dir(folder(data_dir)) else { return };
    for entry in entries.filter_map(Result::ok) {
        if entry.file_name().to_string_lossy().starts_with(INCOMING) {
            // What cannot be removed now is tried again by the next import.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Removes what a killed import or restore has kept of the same files where nothing has been published yet.
pub(super) fn forget_same(data_dir: &Path, meta: &Meta) -> Result<(), ArchiveError> {
    for same in all(data_dir)?
        .iter()
        .filter(|kept| kept.release.kind == meta.release.kind && kept.release.sha256 == meta.release.sha256)
    {
        let path = folder(data_dir).join(&same.release.key);
        fs::remove_dir_all(&path).map_err(DbError::io(&path))?;
    }
    Ok(())
}

/// Withdraws the copy of a release that never came into force, so that its number is free again.
pub(super) fn forget(data_dir: &Path, key: &str) {
    // A folder that stays behind is listed as never published and does no harm.
    let _ = fs::remove_dir_all(folder(data_dir).join(key));
}
