//! Editions: whole published database files, and the pointer that says which one is in force.
//!
//! `current.json` lists the editions with the moment each comes into force. The newest whose moment has
//! come is served. What waits for its hour lives in a file of its own, so it cannot leak from the one
//! being served. Old files stay for rolling back; a file is never written after publication.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::DbError;

const POINTER: &str = "current.json";

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
}

impl Editions {
    /// Reads the pointer; an absent one means that nothing has been published.
    pub fn read(data_dir: &Path) -> Result<Self, DbError> {
        let path = data_dir.join(POINTER);
        match fs::read(&path) {
            Ok(bytes) => {
                serde_json::from_slice(&bytes).map_err(|error| DbError::Pointer { path, why: error.to_string() })
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(DbError::io(path)(error)),
        }
    }

    /// The edition in force at a moment: the latest moment that has come, the later made where two agree.
    pub fn in_force(&self, now: Timestamp) -> Option<&Edition> {
        self.editions.iter().filter(|edition| edition.from <= now).max_by_key(|edition| edition.from)
    }

    /// Editions whose hour has not come, soonest first.
    pub fn pending(&self, now: Timestamp) -> Vec<&Edition> {
        let mut waiting: Vec<&Edition> = self.editions.iter().filter(|edition| edition.from > now).collect();
        waiting.sort_by_key(|edition| edition.from);
        waiting
    }

    /// The number for the next edition.
    pub fn next_number(&self) -> u32 {
        self.editions
            .iter()
            .filter_map(|edition| edition.id.split('-').next()?.parse::<u32>().ok())
            .max()
            .map_or(1, |last| last + 1)
    }

    /// Writes the pointer in one step: a reader sees the old list or the new one.
    pub fn write(&self, data_dir: &Path) -> Result<(), DbError> {
        let path = data_dir.join(POINTER);
        let text = serde_json::to_vec_pretty(self)
            .map_err(|error| DbError::Pointer { path: path.clone(), why: error.to_string() })?;
        let staged = data_dir.join(format!("{POINTER}.tmp"));
        let mut file = File::create(&staged).map_err(DbError::io(&staged))?;
        file.write_all(&text).map_err(DbError::io(&staged))?;
        file.sync_all().map_err(DbError::io(&staged))?;
        fs::rename(&staged, &path).map_err(DbError::io(&path))?;
        sync_dir(data_dir)
    }

    /// Drops the oldest files that no roll-back needs, after the pointer no longer names them.
    pub fn prune(&mut self, data_dir: &Path, now: Timestamp) -> Result<(), DbError> {
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
        self.editions.retain(|edition| !dropped.contains(&edition.file));
        self.write(data_dir)?;
        for file in dropped {
            // A file that is already gone is what we want.
            let _ = fs::remove_file(data_dir.join(file));
        }
        Ok(())
    }
}

/// Makes a rename or a new file in the folder last through a power cut.
pub fn sync_dir(dir: &Path) -> Result<(), DbError> {
    File::open(dir).and_then(|folder| folder.sync_all()).map_err(DbError::io(dir))
}

/// The path of an edition's file.
pub fn path_of(data_dir: &Path, edition: &Edition) -> PathBuf {
    data_dir.join(&edition.file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(number: u32, from: &str) -> Edition {
        Edition {
            id: format!("{number:04}-x"),
            file: format!("site-{number}.db"),
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
        };
        let at = |moment: &str| list.in_force(moment.parse().unwrap()).map(|edition| edition.id.clone());
        assert_eq!(at("2026-07-22T08:59:59Z").as_deref(), Some("0003-x"));
        assert_eq!(at("2026-07-22T09:00:00Z").as_deref(), Some("0002-x"));
        assert_eq!(at("2025-01-01T00:00:00Z"), None);
        assert_eq!(list.next_number(), 4);
    }

    #[test]
    fn the_pointer_survives_being_written_and_read() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Editions::read(dir.path()).unwrap(), Editions::default());
        let list = Editions { editions: vec![edition(1, "2026-01-01T00:00:00Z")] };
        list.write(dir.path()).unwrap();
        assert_eq!(Editions::read(dir.path()).unwrap(), list);
    }
}
