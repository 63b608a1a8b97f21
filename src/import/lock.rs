//! One import at a time in a data directory; the server only reads and needs no lock.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use crate::db::DbError;
use crate::db::edition::Editions;

use super::publish::ImportError;

/// Held while a draft is made and published. The lock goes with the process, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a data directory, which is made when missing, and clears away what a killed
    /// import has left.
    pub fn take(data_dir: &Path) -> Result<Self, ImportError> {
        fs::create_dir_all(data_dir).map_err(DbError::io(data_dir))?;
        let path = data_dir.join(".lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(DbError::io(&path))?;
        match file.try_lock() {
            Ok(()) => {
                sweep(data_dir)?;
                Ok(Self { _file: file })
            }
            Err(TryLockError::WouldBlock) => Err(ImportError::Busy(data_dir.to_owned())),
            Err(TryLockError::Error(error)) => Err(DbError::io(path)(error).into()),
        }
    }
}

/// Removes drafts, and finished files that no pointer names: whoever made them was stopped in between.
fn sweep(data_dir: &Path) -> Result<(), ImportError> {
    let editions = Editions::read(data_dir)?;
    for entry in fs::read_dir(data_dir).map_err(DbError::io(data_dir))?.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        // Drafts, staged files, and the journals that SQLite keeps beside them.
        let draft = name.starts_with(".draft-") || name.starts_with(".site-");
        let unnamed = name.starts_with("site-") && !editions.editions.iter().any(|edition| edition.file == name);
        if draft || unnamed {
            // What cannot be removed now is tried again by the next import.
            let _ = fs::remove_file(entry.path());
        }
    }
    super::archive::sweep(data_dir);
    Ok(())
}
