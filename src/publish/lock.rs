//! One import at a time in a data directory; the server only reads and needs no lock.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::db::DbError;
use crate::db::data_dir::{DRAFT, LOCK, POINTER, PUBLISHING, STAGED, is_version_file, make_folder};
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

/// Held while a draft is made and published. The lock goes with the process, however it ends; folders that were made for it and
/// hold nothing else go too, so that a mistyped `--data` leaves nothing behind.
#[derive(Debug)]
pub struct Lock {
    data_dir: PathBuf,
    // The innermost first.
    made: Vec<PathBuf>,
    _file: File,
}

impl Lock {
    /// Takes the lock of a data directory, which is made when missing, makes the second copy of its pointer agree,
    /// and clears away what a killed import has left.
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
            editions.write_second_copy(data_dir)?;
            // One that stays says no more than that the two may differ, which they do not.
            let _ = fs::remove_file(data_dir.join(PUBLISHING));
            sweep(data_dir, &editions)?;
        }
        Ok(lock)
    }

    /// Takes the lock whatever the directory holds, and leaves everything in it as it is.
    ///
    /// # Errors
    /// Another command holds the lock.
    pub(super) fn hold(data_dir: &Path) -> Result<Self, LockError> {
        let missing = data_dir.ancestors().filter(|folder| !folder.as_os_str().is_empty());
        let made = missing.take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
        make_folder(data_dir)?;
        let path = data_dir.join(LOCK);
        let file = File::options().create(true).truncate(false).write(true).mode(0o600).open(&path);
        let file = file.map_err(DbError::io(&path))?;
        locked(data_dir, file.try_lock())?;
        Ok(Self { data_dir: data_dir.to_owned(), made, _file: file })
    }

    /// Takes the lock for looking, where there is one: nothing is written, and others may look at the same time. Without the
    /// right to open it nobody can be kept out, and the look is what it is.
    ///
    /// # Errors
    /// Another command is changing the directory.
    pub fn look(data_dir: &Path) -> Result<Option<Self>, LockError> {
        let path = data_dir.join(LOCK);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => return Ok(None),
            Err(error) => return Err(DbError::io(path)(error).into()),
        };
        locked(data_dir, file.try_lock_shared())?;
        Ok(Some(Self { data_dir: data_dir.to_owned(), made: Vec::new(), _file: file }))
    }
}

fn locked(data_dir: &Path, taken: Result<(), TryLockError>) -> Result<(), LockError> {
    match taken {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(LockError::Busy(data_dir.to_owned())),
        Err(TryLockError::Error(error)) => Err(DbError::io(data_dir.join(LOCK))(error).into()),
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let holds_the_lock_alone = || {
            let entries: Vec<_> = fs::read_dir(&self.data_dir).into_iter().flatten().flatten().collect();
            entries.iter().all(|entry| entry.file_name() == LOCK)
        };
        if !self.made.is_empty() && holds_the_lock_alone() {
            // Folders that hold anything stay: that is not removed.
            let _ = fs::remove_file(self.data_dir.join(LOCK));
            let _ = self.made.iter().try_for_each(fs::remove_dir);
        }
    }
}

/// Removes versions that no list names any more, once a publication has written both.
pub(super) fn sweep_versions(data_dir: &Path, editions: &Editions) {
    // What cannot be removed now is tried again by the next import.
    let _ = sweep(data_dir, editions);
}

/// Removes drafts, and finished files that the list does not name: whoever made them was stopped in between.
fn sweep(data_dir: &Path, editions: &Editions) -> Result<(), LockError> {
    for entry in fs::read_dir(data_dir).map_err(DbError::io(data_dir))?.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        // Drafts, staged files, and the journals that SQLite keeps beside them.
        let draft = name.starts_with(DRAFT) || name.starts_with(STAGED);
        let unnamed = is_version_file(&name) && !editions.editions.iter().any(|edition| edition.file == name);
        if draft || unnamed {
            // What cannot be removed now is tried again by the next import.
            let _ = fs::remove_file(entry.path());
        }
    }
    super::archive::sweep(data_dir);
    Ok(())
}
