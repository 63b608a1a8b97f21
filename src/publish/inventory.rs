//! What a data directory holds, looked at whole: the list of versions and its second copy, the file of every version,
//! the kept files of every release.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use thiserror::Error;

use super::archive::{self, Meta};
use super::base;
use crate::db::data_dir::{content_hash, is_version_file, kept_releases, version_files};
use crate::db::edition::{Edition, Editions};
use crate::db::error::PointerFault;
use crate::db::withdrawn_key::WithdrawnKey;
use crate::db::{DbError, decisions, open_reader, releases};
use crate::domain::progress::{Progress, each};
use crate::domain::release::Release;

/// Everything that was found.
#[derive(Debug)]
pub struct Inventory {
    /// The list of versions.
    pub pointer: Result<Editions, PointerFault>,
    /// Its second copy.
    pub second_copy: Result<Editions, PointerFault>,
    /// Whether the list is older than its second copy.
    pub behind: bool,
    /// Files of versions, by their names.
    pub versions: BTreeMap<String, Result<Version, VersionFault>>,
    /// Kept releases, by their keys.
    pub kept: BTreeMap<String, Kept>,
    /// The key by which withdrawn decisions are known, where there is one.
    pub withdrawn_key: Option<WithdrawnKey>,
}

/// A file that is the version its name says.
#[derive(Clone, Debug)]
pub struct Version {
    /// Number and content hash.
    pub id: String,
    /// The number alone: of two versions the greater was made later.
    pub number: u32,
    /// What was imported into it, oldest first.
    pub releases: Vec<Release>,
    /// Keys of releases that it tells were taken back.
    pub withdrawn_releases: Vec<String>,
    /// Digests of the references of decisions that were taken back.
    pub withdrawn_decisions: BTreeSet<String>,
}

/// What is kept about a release.
#[derive(Debug)]
pub struct Kept {
    /// Its description; else why that cannot be read.
    pub meta: Result<Meta, String>,
    /// Whether its files are those that came; else what is wrong.
    pub files: Result<(), String>,
}

/// Why a file is not the version that its name says.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum VersionFault {
    /// Its name has no number and hash.
    #[error("its name is not that of a version")]
    Name,
    /// Its content has another hash.
    #[error("it was changed or damaged: its content has the hash {0}")]
    Hash(String),
    /// It is whole, and this program cannot read it.
    #[error("{0}")]
    Content(String),
    /// It is whole, and an older version of this program has made it, with the schema of this number.
    #[error("it was made by an older version of this program (schema {0}), and this one cannot read it")]
    Older(i64),
}

/// Something that is not as a command of this program leaves it.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Fault {
    /// The list of versions cannot be used.
    #[error("current.json, the list of published versions, {0}")]
    Pointer(PointerFault),
    /// The second copy cannot be used.
    #[error("releases/current.json, the second copy of the list of versions, {0}")]
    SecondCopy(PointerFault),
    /// The two say different things.
    #[error("releases/current.json, the second copy of the list of versions, differs from current.json, which counts")]
    CopiesDiffer,
    /// The list is older than its second copy.
    #[error(
        "current.json is older than its second copy, releases/current.json, as one from a backup is; put the copy in its \
         place, or go on with the older one by a repair"
    )]
    Behind,
    /// The version in force has an hour that has not come.
    #[error("the version in force is so since {0}, which has not come: the clock is wrong or was")]
    Ahead(Timestamp),
    /// A version of the list has no file.
    #[error("{0} is missing")]
    VersionMissing(String),
    /// The file of a version is not what it should be.
    #[error("{file}: {fault}")]
    Version {
        /// The file.
        file: String,
        /// What is wrong with it.
        fault: VersionFault,
    },
    /// The withdrawn decisions of a version cannot be told.
    #[error("withdrawn.key, by which version {0} knows the withdrawn decisions, is missing or another")]
    WithdrawnKey(String),
    /// A release was taken back, and a version that is or will be served still holds it.
    #[error("version {version} holds release {key}, which was withdrawn")]
    StillShown {
        /// The version.
        version: String,
        /// The release.
        key: String,
    },
    /// The files of a release are not kept, so that no version with it can be made again.
    #[error("release {0} is in a version, but its files are not kept")]
    NotKept(String),
    /// The kept files of a release are damaged.
    #[error("releases/{key}: {why}")]
    Kept {
        /// The release.
        key: String,
        /// What is wrong.
        why: String,
    },
}

impl Inventory {
    /// Looks at everything; reads every file once.
    ///
    /// # Errors
    /// A folder that cannot be listed.
    pub fn take(data_dir: &Path, progress: &dyn Progress) -> Result<Self, DbError> {
        let pointer = match Editions::read_pointer(data_dir) {
            Ok(list) => Ok(list),
            Err(DbError::Pointer { fault, .. }) => Err(fault),
            Err(error) => return Err(error),
        };
        let behind = pointer.as_ref().is_ok_and(|list| list.behind(data_dir).is_some());
        let mut versions = BTreeMap::new();
        for file in each(progress, "Reading versions", version_files(data_dir)?.iter()) {
            versions.insert(file.clone(), version(&data_dir.join(file), file));
        }
        let mut kept = BTreeMap::new();
        for key in each(progress, "Reading kept releases", kept_releases(data_dir)?.iter()) {
            let meta = archive::meta(data_dir, key).map_err(|error| error.to_string());
            let files = meta.as_ref().map_err(String::clone).and_then(|meta| archive::verify(data_dir, meta));
            kept.insert(key.clone(), Kept { meta, files });
        }
        Ok(Self {
            pointer,
            second_copy: Editions::read_second_copy(data_dir),
            behind,
            versions,
            kept,
            withdrawn_key: WithdrawnKey::read(data_dir).unwrap_or_default(),
        })
    }

    /// What is kept about a release, where that can be read.
    pub fn meta(&self, key: &str) -> Option<&Meta> {
        self.kept.get(key)?.meta.as_ref().ok()
    }

    /// Files that are versions, in the order in which they were made.
    pub fn whole_versions(&self) -> Vec<(&str, &Version)> {
        let mut whole: Vec<(&str, &Version)> =
            self.versions.iter().filter_map(|(file, version)| Some((file.as_str(), version.as_ref().ok()?))).collect();
        whole.sort_by_key(|(_, version)| version.number);
        whole
    }

    /// Keys of all releases that were taken back: what is kept about them says so or, where that is lost, a version
    /// made since.
    pub fn withdrawn(&self) -> BTreeSet<&str> {
        let marked = self.kept.keys().filter(|key| self.meta(key).is_some_and(|meta| meta.withdrawn_at.is_some()));
        let versions = self.whole_versions().into_iter();
        let told = versions.flat_map(|(_, version)| &version.withdrawn_releases).filter(|key| self.meta(key).is_none());
        marked.chain(told).map(String::as_str).collect()
    }

    /// Whether an edition's file is missing or damaged, or was made by an older version of the program.
    pub fn is_lost(&self, edition: &Edition) -> bool {
        matches!(self.versions.get(&edition.file), None | Some(Err(VersionFault::Hash(_) | VersionFault::Older(_))))
    }

    /// Whether the key is missing or another by which the withdrawn decisions of an edition are known.
    pub fn key_is_lost(&self, edition: &Edition) -> bool {
        let Some(Ok(version)) = self.versions.get(&edition.file) else { return false };
        !decisions::are_of(&version.withdrawn_decisions, self.withdrawn_key.as_ref())
    }

    /// Everything that is wrong at a moment.
    pub fn faults(&self, now: Timestamp) -> Vec<Fault> {
        let mut faults = self.faults_of_lists();
        for (file, version) in &self.versions {
            let named = self.pointer.as_ref().map_or(true, |list| list.editions.iter().any(|one| one.file == *file));
            if let (true, Err(fault)) = (named, version) {
                faults.push(Fault::Version { file: file.clone(), fault: fault.clone() });
            }
        }
        if let Ok(list) = &self.pointer {
            faults.extend(self.faults_of_served(list, now));
        }
        for (key, kept) in &self.kept {
            if let Err(why) = &kept.files {
                faults.push(Fault::Kept { key: key.clone(), why: why.clone() });
            }
        }
        faults
    }

    fn faults_of_lists(&self) -> Vec<Fault> {
        match (&self.pointer, &self.second_copy) {
            // Nothing was published: there is no list to copy.
            (Ok(list), Err(PointerFault::Missing)) if list.editions.is_empty() => Vec::new(),
            (Ok(list), Ok(copy)) if list == copy => Vec::new(),
            (Ok(_), Ok(_)) if self.behind => vec![Fault::Behind],
            (Ok(_), Ok(_)) => vec![Fault::CopiesDiffer],
            (Ok(_), Err(fault)) => vec![Fault::SecondCopy(fault.clone())],
            (Err(fault), Ok(_)) => vec![Fault::Pointer(fault.clone())],
            (Err(fault), Err(copy)) => vec![Fault::Pointer(fault.clone()), Fault::SecondCopy(copy.clone())],
        }
    }

    fn faults_of_served(&self, list: &Editions, now: Timestamp) -> Vec<Fault> {
        let missing = list.editions.iter().filter(|edition| !self.versions.contains_key(&edition.file));
        let missing: BTreeSet<&str> = missing.map(|edition| edition.file.as_str()).collect();
        let mut faults: Vec<Fault> = missing.into_iter().map(|file| Fault::VersionMissing(file.to_owned())).collect();
        faults.extend(list.in_force_since.filter(|since| *since > now).map(Fault::Ahead));
        let withdrawn = self.withdrawn();
        let mut not_kept = BTreeSet::new();
        for edition in list.in_force(now).into_iter().chain(list.pending(now)) {
            for key in edition.releases.iter().filter(|key| withdrawn.contains(key.as_str())) {
                faults.push(Fault::StillShown { version: edition.id.clone(), key: key.clone() });
            }
            let Some(Ok(version)) = self.versions.get(&edition.file) else { continue };
            if self.key_is_lost(edition) {
                faults.push(Fault::WithdrawnKey(edition.id.clone()));
            }
            let to_be_kept = |release: &&Release| !release.synthetic && !base::KEYS.contains(&release.key.as_str());
            let releases = version.releases.iter().filter(to_be_kept);
            not_kept.extend(releases.map(|release| &release.key).filter(|key| !self.kept.contains_key(*key)));
        }
        faults.extend(not_kept.into_iter().map(|key| Fault::NotKept(key.clone())));
        faults
    }
}

impl Version {
    /// The edition with a moment since which it is in force.
    pub fn edition(&self, file: &str, from: Timestamp) -> Edition {
        Edition {
            id: self.id.clone(),
            file: file.to_owned(),
            from,
            releases: self.releases.iter().map(|release| release.key.clone()).collect(),
            synthetic: self.releases.iter().any(|release| release.synthetic),
        }
    }
}

fn version(path: &Path, file: &str) -> Result<Version, VersionFault> {
    let named = Some(file).filter(|file| is_version_file(file));
    let id = named.and_then(|file| file.strip_prefix("site-")?.strip_suffix(".db")).ok_or(VersionFault::Name)?;
    let (number, hash) = id.split_once('-').ok_or(VersionFault::Name)?;
    let number = number.parse().map_err(|_| VersionFault::Name)?;
    let content = |error: DbError| VersionFault::Content(error.to_string());
    let found = content_hash(path).map_err(content)?;
    if found != hash {
        return Err(VersionFault::Hash(found));
    }
    let conn = match open_reader(path) {
        Err(DbError::Schema { found, expected, .. }) if found < expected => return Err(VersionFault::Older(found)),
        opened => opened.map_err(content)?,
    };
    Ok(Version {
        id: id.to_owned(),
        number,
        releases: releases::all(&conn).map_err(content)?,
        withdrawn_releases: releases::withdrawn(&conn).map_err(content)?.into_iter().map(|one| one.key).collect(),
        withdrawn_decisions: decisions::withdrawn(&conn).map_err(content)?,
    })
}
