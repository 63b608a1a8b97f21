//! One import at a time in a data directory; the server only reads and needs no lock.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::db::DbError;
use crate::db::data_dir::{DRAFT, LOCK, POINTER, STAGED, is_version_file};
use crate::db::edition::{Editions, path_of};

/// Why a data directory cannot be had for a change.
#[derive(Debug, Error)]
pub enum LockError {
    /// The database layer failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// Another import holds the lock.
    #[error("another import is at work in {}; try again when it has ended", .0.display())]
    Busy(PathBuf),
}

/// Held while a draft is made and published. The lock goes with the process, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a data directory, which is made when missing, makes the second copy of its pointer agree,
    /// and clears away what a killed import has left. What the second copy names stays until something is published: a
    /// crash in between has left it, or the pointer is an older one that somebody has put back.
    ///
    /// # Errors
    /// Another command holds the lock; the pointer is lost, names editions that are not there, or is older than its
    /// second copy. Nothing has been changed then.
    pub(super) fn take(data_dir: &Path) -> Result<Self, LockError> {
        let lock = Self::hold(data_dir)?;
        // Only what a pointer that was read does not name, and of whose editions every one is there, is left over.
        let editions = Editions::read(data_dir)?;
        for edition in &editions.editions {
            path_of(data_dir, edition)?;
        }
        if data_dir.join(POINTER).exists() {
            let ahead = ahead_of(data_dir, &editions)?;
            if ahead.is_empty() {
                editions.write_second_copy(data_dir)?;
            }
            sweep(data_dir, &editions, &ahead)?;
        }
        Ok(lock)
    }

    /// Takes the lock whatever the directory holds, and leaves everything in it as it is.
    ///
    /// # Errors
    /// Another command holds the lock.
    pub(super) fn hold(data_dir: &Path) -> Result<Self, LockError> {
        fs::create_dir_all(data_dir).map_err(DbError::io(data_dir))?;
        let path = data_dir.join(LOCK);
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(DbError::io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LockError::Busy(data_dir.to_owned())),
            Err(TryLockError::Error(error)) => Err(DbError::io(path)(error).into()),
        }
    }
}

/// More versions than a publication that was cut short leaves in the second copy alone.
const OLDER: usize = 2;

/// Versions that are here and that only the second copy names: one when a publication was cut short between the two
/// lists; several when the pointer is an older one.
fn ahead_of(data_dir: &Path, editions: &Editions) -> Result<Vec<String>, LockError> {
    let named = |file: &str| editions.editions.iter().any(|edition| edition.file == file);
    let copy = Editions::read_second_copy(data_dir).unwrap_or_default();
    let mut ahead: Vec<String> = copy.editions.into_iter().map(|edition| edition.file).collect();
    ahead.retain(|file| is_version_file(file) && !named(file) && data_dir.join(file).exists());
    ahead.dedup();
    if ahead.len() >= OLDER {
        return Err(DbError::PointerBehind { data_dir: data_dir.to_owned(), versions: ahead }.into());
    }
    Ok(ahead)
}

/// Removes versions that no list names any more, once a publication has written both.
pub(super) fn sweep_versions(data_dir: &Path, editions: &Editions) {
    // What cannot be removed now is tried again by the next import.
    let _ = sweep(data_dir, editions, &[]);
}

/// Removes drafts, and finished files that neither list names: whoever made them was stopped in between.
fn sweep(data_dir: &Path, editions: &Editions, ahead: &[String]) -> Result<(), LockError> {
    for entry in fs::read_dir(data_dir).map_err(DbError::io(data_dir))?.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        // Drafts, staged files, and the journals that SQLite keeps beside them.
        let draft = name.starts_with(DRAFT) || name.starts_with(STAGED);
        let unnamed = is_version_file(&name) && !editions.editions.iter().any(|edition| edition.file == name);
        if draft || (unnamed && !ahead.contains(&name)) {
            // What cannot be removed now is tried again by the next import.
            let _ = fs::remove_file(entry.path());
        }
    }
    super::archive::sweep(data_dir);
    Ok(())
}
