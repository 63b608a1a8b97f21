//! What lies in a data directory, by name.
//!
//! `site-NUMBER-HASH.db` are the versions, `releases/KEY/` the files of each release as they came, `current.json` the
//! list of the versions in force and waiting, and `releases/current.json` its second copy.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::error::DbError;
use crate::domain::digest::hex;

/// The list of versions.
pub const POINTER: &str = "current.json";
/// Its second copy. It lies with the kept releases: whoever saves them saves it, and what loses every file of one
/// name or one ending in the data directory does not reach it.
pub const SECOND_COPY: &str = "releases/current.json";
/// Folder of the kept releases.
pub const RELEASES: &str = "releases";
/// Held by the command that writes.
pub const LOCK: &str = ".lock";
/// How the name of a draft begins.
pub const DRAFT: &str = ".draft-";
/// How the name of a file begins that is about to become a version.
pub const STAGED: &str = ".site-";

/// Names of the files of versions, in the order of their numbers.
///
/// # Errors
/// A folder that cannot be listed; one that is missing holds nothing.
pub fn version_files(data_dir: &Path) -> Result<Vec<String>, DbError> {
    let mut names = names(data_dir)?;
    names.retain(|name| name.starts_with("site-") && name.ends_with(".db"));
    names.sort();
    Ok(names)
}

/// Whether a file has the name of a version, `site-0003-9f2c01ab77de.db`; a copy that somebody made of one has another.
pub fn is_version_file(name: &str) -> bool {
    let parts = name.strip_prefix("site-").and_then(|rest| rest.strip_suffix(".db")).and_then(|id| id.split_once('-'));
    parts.is_some_and(|(number, hash)| {
        number.len() >= 4
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && hash.len() == 12
            && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// Keys of the kept releases, in their order.
///
/// # Errors
/// A folder that cannot be listed; one that is missing holds nothing.
pub fn kept_releases(data_dir: &Path) -> Result<Vec<String>, DbError> {
    let folder = data_dir.join(RELEASES);
    let mut names = names(&folder)?;
    names.retain(|name| !name.starts_with('.') && folder.join(name).is_dir());
    names.sort();
    Ok(names)
}

/// Names of all that a demonstration could hide or mix with: everything but what a killed command leaves.
///
/// # Errors
/// A folder that cannot be listed; one that is missing holds nothing.
pub fn content(data_dir: &Path) -> Result<Vec<String>, DbError> {
    let mut found = names(data_dir)?;
    // A fresh file system has a folder lost+found.
    let ours = [LOCK, POINTER, "current.json.tmp", "lost+found"];
    found.retain(|name| !ours.contains(&name.as_str()) && ![DRAFT, STAGED].iter().any(|start| name.starts_with(start)));
    if !names(&data_dir.join(RELEASES))?.is_empty() && kept_releases(data_dir)?.is_empty() {
        found.retain(|name| name != RELEASES);
    }
    found.sort();
    Ok(found)
}

fn names(folder: &Path) -> Result<Vec<String>, DbError> {
    match fs::read_dir(folder) {
        Ok(entries) => entries
            .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()))
            .collect::<Result<_, _>>()
            .map_err(DbError::io(folder)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(DbError::io(folder)(error)),
    }
}

/// Writes a file in one step and for good: a reader sees the old content or the new one, also after a power cut.
///
/// # Errors
/// A folder that cannot be written.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), DbError> {
    let mut staged = path.as_os_str().to_owned();
    staged.push(".tmp");
    let staged = PathBuf::from(staged);
    let mut file = File::create(&staged).map_err(DbError::io(&staged))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(DbError::io(&staged))?;
    fs::rename(&staged, path).map_err(DbError::io(path))?;
    path.parent().map_or(Ok(()), sync_dir)
}

/// Makes a rename or a new file in the folder last through a power cut.
///
/// # Errors
/// A folder that cannot be opened.
pub fn sync_dir(dir: &Path) -> Result<(), DbError> {
    File::open(dir).and_then(|folder| folder.sync_all()).map_err(DbError::io(dir))
}

/// The first twelve hexadecimal digits of a file's SHA-256: the second part of a version's name.
///
/// # Errors
/// A file that cannot be read.
pub fn content_hash(path: &Path) -> Result<String, DbError> {
    let mut file = File::open(path).map_err(DbError::io(path))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0_u8; 1 << 20];
    loop {
        let read = file.read(&mut buffer).map_err(DbError::io(path))?;
        let Some(chunk) = buffer.get(..read).filter(|chunk| !chunk.is_empty()) else { break };
        hasher.update(chunk);
    }
    Ok(hex(&hasher.finalize()).chars().take(12).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_command_leaves_is_no_content_and_everything_else_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        let found = || content(dir.path()).unwrap();
        for folder in ["lost+found", "releases"] {
            fs::create_dir(path(folder)).unwrap();
        }
        for file in [".lock", ".draft-abc.db", ".site-0001-7.tmp", POINTER, SECOND_COPY] {
            fs::write(path(file), "").unwrap();
        }
        assert_eq!(found(), Vec::<String>::new());
        assert_eq!(content(&path("missing")).unwrap(), Vec::<String>::new());
        fs::write(path("notes.txt"), "").unwrap();
        fs::create_dir(path("releases/0003-letters")).unwrap();
        assert_eq!(found(), ["notes.txt", "releases"]);
    }
}
