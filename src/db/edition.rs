//! Editions: whole published database files, and the pointer that says which one is in force.
//!
//! `current.json` lists the editions with the moment each comes into force. The newest whose moment has
//! come is served. What waits for its hour lives in a file of its own, so it cannot leak from the one
//! being served. Old files stay for rolling back; a file is never written after publication.
//!
//! The pointer has a second copy, which is written first. So the copy says what the pointer says, or, after a crash
//! between the two, what it was about to say. Only the pointer counts; the copy is for repairing it, and for telling an
//! older pointer that somebody has put back (docs/adr/0007-second-copy.md).
//!
//! An edition that has come into force stays in force when the clock steps back: the pointer says since when, and nothing
//! older is shown again.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::data_dir::{
    POINTER, PUBLISHING, RELEASES, SECOND_COPY, content_hash, is_release_key, is_version_file, kept_releases,
    make_folder, replace, sync_dir, version_files,
};
use super::error::{DbError, PointerFault};

/// Editions kept on disk besides those that wait for their hour and the first one.
const KEPT: usize = 5;

/// One published file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Number and content hash: `0003-9f2c01ab77de`.
    pub id: String,
    /// File name in the data directory.
    pub file: String,
    /// Since when it is in force.
    pub from: Timestamp,
    /// Keys of the releases in it, oldest first.
    pub releases: Vec<String>,
    /// Whether its figures are invented.
    pub synthetic: bool,
}

/// All published files, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Editions {
    /// Oldest first.
    pub editions: Vec<Edition>,
    /// Since when the edition is in force that was so when the list was written. An older one is never in force again,
    /// also where the clock has stepped back behind this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_since: Option<Timestamp>,
}

impl Edition {
    /// The number with which its name begins; of two editions that were in force the greater was made later.
    pub fn number(&self) -> Option<u32> {
        self.id.split('-').next()?.parse().ok()
    }
}

impl Editions {
    /// Reads the pointer. Without one, nothing has been published, provided that neither editions nor kept releases
    /// are there.
    ///
    /// # Errors
    /// A pointer that is missing, empty, unreadable, older than its second copy, or names nothing although there is
    /// something to name; a folder that cannot be listed.
    pub fn read(data_dir: &Path) -> Result<Self, DbError> {
        loop {
            let list = Self::read_pointer(data_dir)?;
            let Some(behind) = list.behind(data_dir) else { return Ok(list) };
            // A publication may have written both in between.
            if Self::read_pointer(data_dir)? == list {
                return Err(behind);
            }
        }
    }

    /// Reads the pointer, also one that is older than its second copy.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_pointer(data_dir: &Path) -> Result<Self, DbError> {
        let fault = match Self::parse(&data_dir.join(POINTER)) {
            Ok(list) if !list.editions.is_empty() => return Ok(list),
            Ok(_) => PointerFault::NamesNone,
            Err(fault) => fault,
        };
        let (versions, releases) = (version_files(data_dir)?.len(), kept_releases(data_dir)?.len());
        match fault {
            // Where the copy names none either, or a publication was cut short, what lies here was never shown.
            PointerFault::NamesNone if versions == 0 || Self::nothing_was_shown(data_dir) => return Ok(Self::default()),
            PointerFault::Missing if versions == 0 && !data_dir.join(RELEASES).exists() => return Ok(Self::default()),
            // The first list of all was being written.
            PointerFault::Missing if versions + releases == 0 && data_dir.join(PUBLISHING).exists() => {
                return Ok(Self::default());
            }
            _ => {}
        }
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let (versions, releases) = (count(versions), count(releases));
        Err(DbError::Pointer { data_dir: data_dir.to_owned(), fault, versions, releases })
    }

    fn nothing_was_shown(data_dir: &Path) -> bool {
        let copy = Self::read_second_copy(data_dir);
        copy.is_ok_and(|copy| copy.editions.is_empty()) || data_dir.join(PUBLISHING).exists()
    }

    /// Says that the list is older than its second copy: the copy names versions that are here and that the list does not
    /// know, or was in force later; and no publication was cut short between the two.
    pub fn behind(&self, data_dir: &Path) -> Option<DbError> {
        let copy = Self::read_second_copy(data_dir).ok()?;
        let named = |file: &str| self.editions.iter().any(|edition| edition.file == file);
        let later = copy.in_force_since > self.in_force_since;
        let mut versions: Vec<String> = copy.editions.into_iter().map(|edition| edition.file).collect();
        versions.retain(|file| !named(file) && data_dir.join(file).exists());
        versions.dedup();
        if data_dir.join(PUBLISHING).exists() || (versions.is_empty() && !later) {
            return None;
        }
        Some(DbError::PointerBehind { data_dir: data_dir.to_owned(), versions })
    }

    /// Reads the second copy, which may be missing, older than the pointer or ahead of it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read_second_copy(data_dir: &Path) -> Result<Self, PointerFault> {
        Self::parse(&data_dir.join(SECOND_COPY))
    }

    fn parse(path: &Path) -> Result<Self, PointerFault> {
        let bytes = fs::read(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => PointerFault::Missing,
            _ => PointerFault::Unreadable(error.to_string()),
        })?;
        Self::of_bytes(&bytes)
    }

    /// Reads what a pointer holds.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn of_bytes(bytes: &[u8]) -> Result<Self, PointerFault> {
        if bytes.trim_ascii().is_empty() {
            return Err(PointerFault::Empty);
        }
        let list: Self = serde_json::from_slice(bytes).map_err(|error| PointerFault::Unreadable(error.to_string()))?;
        for edition in &list.editions {
            // Both become paths.
            if !is_version_file(&edition.file) || edition.file != format!("site-{}.db", edition.id) {
                return Err(PointerFault::Unreadable(format!("{:?} is not the name of a version", edition.file)));
            }
            if let Some(key) = edition.releases.iter().find(|key| !is_release_key(key)) {
                return Err(PointerFault::Unreadable(format!("{key:?} is not the key of a release")));
            }
        }
        Ok(list)
    }

    /// Makes a pointer to nothing where there is none, before the first edition or kept release is written: what a
    /// killed command leaves is then known to be left over. A lost pointer is left to a repair.
    ///
    /// # Errors
    /// A directory that cannot be written.
    pub fn begin(data_dir: &Path) -> Result<(), DbError> {
        match Self::read(data_dir) {
            Ok(nothing) if !data_dir.join(POINTER).exists() => nothing.write(data_dir),
            _ => Ok(()),
        }
    }

    /// The moment that counts: what the clock says, but never before the edition in force came into force.
    pub fn moment(&self, clock: Timestamp) -> Timestamp {
        self.in_force_since.map_or(clock, |since| since.max(clock))
    }

    /// The edition in force at a moment: the latest moment that has come, the later made where two agree.
    pub fn in_force(&self, now: Timestamp) -> Option<&Edition> {
        let now = self.moment(now);
        self.editions.iter().filter(|edition| edition.from <= now).max_by_key(|edition| edition.from)
    }

    /// Editions whose hour has not come, soonest first.
    pub fn pending(&self, now: Timestamp) -> Vec<&Edition> {
        let now = self.moment(now);
        let mut waiting: Vec<&Edition> = self.editions.iter().filter(|edition| edition.from > now).collect();
        waiting.sort_by_key(|edition| edition.from);
        waiting
    }

    /// The number for the next edition: one more than any that has been in force. Those that wait do not count, so that no
    /// gap tells of them.
    pub fn next_number(&self, now: Timestamp) -> u32 {
        let now = self.moment(now);
        let shown = self.editions.iter().filter(|edition| edition.from <= now);
        shown.filter_map(Edition::number).max().map_or(1, |last| last + 1)
    }

    /// Writes the second copy, then the pointer, each in one step: a reader sees the old list or the new one, and
    /// after a crash at any moment at least one of the two is whole.
    ///
    /// # Errors
    /// A directory that cannot be written; the pointer is as before then, save where only its folder could not be synced.
    pub fn write(&self, data_dir: &Path) -> Result<(), DbError> {
        let (path, second_copy, publishing) =
            (data_dir.join(POINTER), data_dir.join(SECOND_COPY), data_dir.join(PUBLISHING));
        let text = self.text(&path)?;
        let before = fs::read(&second_copy).ok();
        make_folder(&data_dir.join(RELEASES))?;
        sync_dir(data_dir)?;
        replace(&publishing, b"")?;
        self.write_second_copy(data_dir)?;
        replace(&path, &text).inspect_err(|_| {
            if fs::read(&path).is_ok_and(|written| written == text) {
                return;
            }
            // The copy may not tell of what did not happen. Where this fails too, the next command that writes
            // makes it agree.
            let _ = match before {
                Some(before) => replace(&second_copy, &before),
                None => fs::remove_file(&second_copy).map_err(DbError::io(&second_copy)),
            };
        })?;
        // One that stays says no more than that the two may differ, which they do not.
        let _ = fs::remove_file(&publishing);
        Ok(())
    }

    /// Makes the second copy say what the pointer says.
    ///
    /// # Errors
    /// A directory that cannot be written.
    pub fn write_second_copy(&self, data_dir: &Path) -> Result<(), DbError> {
        let path = data_dir.join(SECOND_COPY);
        if Self::parse(&path).is_ok_and(|copy| copy == *self) {
            return Ok(());
        }
        make_folder(&data_dir.join(RELEASES))?;
        sync_dir(data_dir)?;
        replace(&path, &self.text(&path)?)
    }

    fn text(&self, path: &Path) -> Result<Vec<u8>, DbError> {
        serde_json::to_vec_pretty(self).map_err(|error| DbError::io(path)(error.into()))
    }

    /// Drops the oldest files that no roll-back needs, after the pointer no longer names them.
    pub fn prune(&mut self, data_dir: &Path, now: Timestamp) -> Result<(), DbError> {
        let now = self.moment(now);
        let in_force = self.in_force(now).map(|edition| edition.file.clone());
        let droppable: Vec<String> = self
            .editions
            .iter()
            .skip(1)
            .filter(|edition| edition.from <= now && Some(&edition.file) != in_force.as_ref())
            .map(|edition| edition.file.clone())
            .collect();
        let surplus = droppable.len().saturating_sub(KEPT);
        let dropped: Vec<String> = droppable.into_iter().take(surplus).collect();
        if dropped.is_empty() {
            return Ok(());
        }
        self.editions.retain(|edition| !dropped.contains(&edition.file));
        self.write(data_dir)?;
        for file in dropped {
            // A file that is already gone is what we want.
            let _ = fs::remove_file(data_dir.join(file));
        }
        Ok(())
    }
}

/// The path of an edition's file.
///
/// # Errors
/// A file that is not there.
pub fn path_of(data_dir: &Path, edition: &Edition) -> Result<PathBuf, DbError> {
    let path = data_dir.join(&edition.file);
    if path.exists() {
        Ok(path)
    } else {
        Err(DbError::VersionMissing { data_dir: data_dir.to_owned(), file: edition.file.clone() })
    }
}

/// The path of an edition's file, whose content has the hash that is in its name.
///
/// # Errors
/// A file that is not there, or that was changed or damaged.
pub fn verified(data_dir: &Path, edition: &Edition) -> Result<PathBuf, DbError> {
    let path = path_of(data_dir, edition)?;
    let found = content_hash(&path)?;
    if edition.file.strip_suffix(".db").is_some_and(|name| name.ends_with(&format!("-{found}"))) {
        Ok(path)
    } else {
        Err(DbError::VersionDamaged { data_dir: data_dir.to_owned(), file: edition.file.clone(), found })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(number: u32, from: &str) -> Edition {
        Edition {
            id: format!("{number:04}-0123456789ab"),
            file: format!("site-{number:04}-0123456789ab.db"),
            from: from.parse().unwrap(),
            releases: Vec::new(),
            synthetic: false,
        }
    }

    #[test]
    fn the_newest_edition_whose_hour_has_come_is_in_force() {
        let list = Editions {
            editions: vec![
                edition(1, "2026-01-01T00:00:00Z"),
                edition(2, "2026-07-22T09:00:00Z"),
                edition(3, "2026-03-01T00:00:00Z"),
            ],
            in_force_since: None,
        };
        let at = |moment: &str| list.in_force(moment.parse().unwrap()).and_then(Edition::number);
        assert_eq!(at("2026-07-22T08:59:59Z"), Some(3));
        assert_eq!(at("2026-07-22T09:00:00Z"), Some(2));
        assert_eq!(at("2025-01-01T00:00:00Z"), None);
        assert_eq!(list.next_number("2026-08-01T00:00:00Z".parse().unwrap()), 4);
        assert_eq!(list.next_number("2026-01-02T00:00:00Z".parse().unwrap()), 2, "what waits leaves no gap");
    }

    #[test]
    fn a_clock_that_steps_back_brings_nothing_back() {
        let list = Editions {
            editions: vec![
                edition(1, "2026-01-01T00:00:00Z"),
                edition(2, "2026-07-22T09:00:00Z"),
                edition(3, "2026-09-01T09:00:00Z"),
            ],
            in_force_since: Some("2026-07-22T09:00:00Z".parse().unwrap()),
        };
        for clock in ["1970-01-01T00:00:00Z", "2026-07-22T08:00:00Z", "2026-07-22T09:00:00Z"] {
            let clock = clock.parse().unwrap();
            assert_eq!(list.in_force(clock).and_then(Edition::number), Some(2));
            assert_eq!(list.pending(clock).len(), 1);
        }
    }

    #[test]
    fn a_list_that_names_files_elsewhere_cannot_be_read() {
        let dir = tempfile::tempdir().unwrap();
        let good = edition(1, "2026-01-01T00:00:00Z");
        let elsewhere = [
            Edition { file: "../site-0001-0123456789ab.db".to_owned(), ..good.clone() },
            Edition { file: "/etc/passwd".to_owned(), ..good.clone() },
            Edition { file: "notes.db".to_owned(), ..good.clone() },
            Edition { id: "0002-0123456789ab".to_owned(), ..good.clone() },
            Edition { releases: vec!["../../elsewhere".to_owned()], ..good },
        ];
        for edition in elsewhere {
            let list = Editions { editions: vec![edition], in_force_since: None };
            fs::write(dir.path().join(POINTER), list.text(dir.path()).unwrap()).unwrap();
            let said = Editions::read(dir.path()).unwrap_err().to_string();
            assert!(said.contains("cannot be read") && said.contains("is not the"), "{said}");
        }
    }

    #[test]
    fn a_list_that_is_one_publication_old_is_told_from_a_publication_that_was_cut_short() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (edition(1, "2026-01-01T00:00:00Z"), edition(2, "2026-02-01T00:00:00Z"));
        for edition in [&one, &two] {
            fs::write(dir.path().join(&edition.file), "").unwrap();
        }
        let old = Editions { editions: vec![one.clone()], in_force_since: Some(one.from) };
        let new = Editions { editions: vec![one, two.clone()], in_force_since: Some(two.from) };
        old.write(dir.path()).unwrap();
        let pointer = fs::read(dir.path().join(POINTER)).unwrap();
        new.write(dir.path()).unwrap();
        assert_eq!(Editions::read(dir.path()).unwrap(), new);
        fs::write(dir.path().join(POINTER), pointer).unwrap();
        let said = Editions::read(dir.path()).unwrap_err().to_string();
        assert!(said.contains("older than its second copy") && said.contains(&two.file), "{said}");
        // Going back makes no version, and is seen all the same.
        fs::remove_file(dir.path().join(&two.file)).unwrap();
        assert!(Editions::read(dir.path()).unwrap_err().to_string().contains("older than its second copy"));
        fs::write(dir.path().join(PUBLISHING), "").unwrap();
        assert_eq!(Editions::read(dir.path()).unwrap(), old);
    }

    #[test]
    fn the_pointer_survives_being_written_and_read() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Editions::read(dir.path()).unwrap(), Editions::default());
        let list = Editions { editions: vec![edition(1, "2026-01-01T00:00:00Z")], in_force_since: None };
        list.write(dir.path()).unwrap();
        assert_eq!(Editions::read(dir.path()).unwrap(), list);
        assert_eq!(Editions::read_second_copy(dir.path()).unwrap(), list);
    }

    #[test]
    fn a_number_after_which_there_is_no_other_is_that_of_no_version() {
        let named = |number: &str| {
            let (id, from) = (format!("{number}-0123456789ab"), "2026-01-01T00:00:00Z".parse().unwrap());
            let one = Edition { file: format!("site-{id}.db"), id, from, releases: Vec::new(), synthetic: false };
            let list = Editions { editions: vec![one], in_force_since: None };
            Editions::of_bytes(&serde_json::to_vec(&list).unwrap()).map(|list| list.next_number(Timestamp::MAX))
        };
        assert_eq!(named("999999999").unwrap(), 1_000_000_000);
        assert!(matches!(named("4294967295"), Err(PointerFault::Unreadable(_))));
    }

    #[test]
    fn a_pointer_that_cannot_be_written_leaves_the_second_copy_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let list = Editions { editions: vec![edition(1, "2026-01-01T00:00:00Z")], in_force_since: None };
        list.write(dir.path()).unwrap();
        // A folder that is not empty is never replaced by a file.
        fs::remove_file(dir.path().join(POINTER)).unwrap();
        fs::create_dir_all(dir.path().join(POINTER).join("in the way")).unwrap();
        let both = vec![edition(1, "2026-01-01T00:00:00Z"), edition(2, "2026-02-01T00:00:00Z")];
        let next = Editions { editions: both, in_force_since: None };
        for unwritable in [&next, &list] {
            assert!(unwritable.write(dir.path()).is_err());
            assert_eq!(Editions::read_second_copy(dir.path()).unwrap(), list);
        }
    }

    #[test]
    fn without_a_pointer_only_an_untouched_directory_counts_as_one_where_nothing_was_published() {
        let dir = tempfile::tempdir().unwrap();
        let read = || Editions::read(dir.path()).map(|list| list.editions.len()).map_err(|error| error.to_string());
        assert_eq!(Editions::read(&dir.path().join("missing")).unwrap(), Editions::default());
        fs::write(dir.path().join(".lock"), "").unwrap();
        assert_eq!(read(), Ok(0));
        fs::create_dir(dir.path().join(RELEASES)).unwrap();
        assert!(read().unwrap_err().contains("is missing; nothing was changed"));
        fs::create_dir(dir.path().join(RELEASES).join("0003-letters")).unwrap();
        fs::write(dir.path().join("site-0001-0123456789ab.db"), "").unwrap();
        let said = read().unwrap_err();
        assert!(said.contains("is missing, but 1 version and 1 kept release are here"), "{said}");
    }
}
