//! What lies in a data directory, by name.
//!
//! `site-NUMBER-HASH.db` are the versions, `releases/KEY/` the files of each release as they came, `current.json` the
//! list of the versions in force and waiting, and `releases/current.json` its second copy. Nobody but the one who runs the
//! program may read any of it: what waits for its hour is among it.

use std::fs::{self, DirBuilder, File};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use super::error::DbError;
use crate::domain::digest::hex;

/// The list of versions.
pub const POINTER: &str = "current.json";
/// Its second copy. It lies with the kept releases: whoever saves them saves it, and what loses every file of one
/// name or one ending in the data directory does not reach it.
pub const SECOND_COPY: &str = "releases/current.json";
/// There while a publication writes first the second copy and then the list: where it is missing, a list that says less than
/// its copy is an older one that somebody has put back, and not a publication that was cut short.
pub const PUBLISHING: &str = "releases/.publishing";
/// Folder of the kept releases.
pub const RELEASES: &str = "releases";
/// The key with which the references of withdrawn decisions are digested (`db/withdrawn_key.rs`).
pub const WITHDRAWN_KEY: &str = "withdrawn.key";
/// Held by the command that writes.
pub const LOCK: &str = ".lock";
/// Digits of the number of a version or a release: one more than the greatest is a number too.
const MOST_DIGITS: usize = 9;
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
        (4..=MOST_DIGITS).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && hash.len() == 12
            && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// Whether text is the key of a release, `0003-statistics` or `0003-9f2c-letters`: keys are names of folders.
pub fn is_release_key(text: &str) -> bool {
    let Some((number, rest)) = text.split_once('-') else { return false };
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (4..=MOST_DIGITS).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && !rest.is_empty()
        && rest.len() <= 100
        && rest.bytes().all(plain)
}

/// Whether a path that a file gives stays below the folder that it is taken from.
pub fn stays_below(path: &str) -> bool {
    !path.is_empty()
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Whether a name that a file gives is that of a file, without any folder.
pub fn is_plain_name(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(part)), None) if part == name)
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

/// Makes a folder and those above it which nobody else may enter: what waits for its hour lies there.
///
/// # Errors
/// A folder that cannot be made.
pub fn make_folder(folder: &Path) -> Result<(), DbError> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(DbError::io(folder))
}

/// Makes a file, or empties it, which nobody else may read.
///
/// # Errors
/// A file that cannot be made.
pub fn make_file(path: &Path) -> Result<File, DbError> {
    File::options().write(true).create(true).truncate(true).mode(0o600).open(path).map_err(DbError::io(path))
}

/// Writes a file in one step and for good: a reader sees the old content or the new one, also after a power cut.
///
/// # Errors
/// A folder that cannot be written.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), DbError> {
    let mut staged = path.as_os_str().to_owned();
    staged.push(".tmp");
    let staged = PathBuf::from(staged);
    let mut file = make_file(&staged)?;
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
    fn names_that_lead_elsewhere_are_no_names() {
        for key in ["0003-statistics", "0003-9f2c-letters", "12345-decisions"] {
            assert!(is_release_key(key), "{key}");
        }
        for other in [
            "",
            "3-x",
            "0003",
            "0003-",
            "0003-../x",
            "0003-a/b",
            "../0003-a",
            "/0003-a",
            "0003-A",
            "0003-a\0",
            "0003-é",
        ] {
            assert!(!is_release_key(other), "{other}");
        }
        for name in ["a.csv", "..csv", "a b.csv", "é.csv"] {
            assert!(is_plain_name(name) && stays_below(name), "{name}");
        }
        for other in ["", ".", "..", "/a", "a/b", "a/", "../a", "./a"] {
            assert!(!is_plain_name(other), "{other}");
        }
        for other in ["", "..", "/etc/passwd", "a/../../b", "../a"] {
            assert!(!stays_below(other), "{other}");
        }
        assert!(stays_below("letters/derby.pdf") && stays_below("./a.pdf"));
    }

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
