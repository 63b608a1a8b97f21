//! Files as they were handed in, with the documents that stand beside them.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// A document of a letter may be this large; the longest seen have under a megabyte.
const MOST_DOCUMENT_BYTES: u64 = 25 * 1024 * 1024;
/// No table or set of boundaries is larger; more is refused before it is read into memory.
const MOST_FILE_BYTES: u64 = 512 * 1024 * 1024;

/// One file of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Its name as shown in messages and kept with the release.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Documents beside it that its rows named: path in the row, content.
    pub documents: Vec<(String, Vec<u8>)>,
    folder: PathBuf,
}

impl InputFile {
    /// Reads a file.
    ///
    /// # Errors
    /// Says in plain words why it cannot be read.
    pub fn open(path: &Path) -> Result<Self, String> {
        let bytes = read_at_most(path, MOST_FILE_BYTES)?;
        let name =
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        Ok(Self { name, bytes, documents: Vec::new(), folder })
    }

    /// A file that is already in memory; documents are looked for in `folder`.
    pub fn in_memory(name: &str, bytes: Vec<u8>, folder: &Path) -> Self {
        Self { name: name.to_owned(), bytes, documents: Vec::new(), folder: folder.to_owned() }
    }

    /// Reads a document by the path that a row gives, below the folder of the file, and remembers it.
    ///
    /// # Errors
    /// Says in plain words why not.
    pub fn document(&mut self, path: &str) -> Result<Vec<u8>, String> {
        let below = Path::new(path);
        if !below.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return Err("the path leaves the folder of the file".to_owned());
        }
        let mut at = self.folder.clone();
        for part in below.components() {
            at.push(part);
            if is_link(&at) {
                return Err("the path leads through a link; expected the document itself".to_owned());
            }
        }
        let bytes = read_at_most(&at, MOST_DOCUMENT_BYTES)?;
        if !self.documents.iter().any(|(known, _)| known == path) {
            self.documents.push((path.to_owned(), bytes.clone()));
        }
        Ok(bytes)
    }
}

fn read_at_most(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let metadata = fs::metadata(path).map_err(|error| plain(&error))?;
    if metadata.is_dir() {
        return Err("this is a folder".to_owned());
    }
    if !metadata.is_file() {
        return Err("this is no file on a disk, but a device, a pipe or a socket".to_owned());
    }
    if metadata.len() > most {
        return Err(format!("the file has {} bytes, more than the {most} allowed", metadata.len()));
    }
    // It may grow while it is read.
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| plain(&error))?;
    file.take(most).read_to_end(&mut bytes).map_err(|error| plain(&error))?;
    Ok(bytes)
}

/// Whether a path is that of a link, which may lead anywhere.
pub fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|file| file.is_symlink())
}

fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "the file may not be read".to_owned(),
        _ => format!("the file cannot be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_and_what_is_no_file_are_no_documents() {
        let dir = tempfile::tempdir().unwrap();
        let (folder, elsewhere) = (dir.path().join("letters"), dir.path().join("elsewhere"));
        for made in [&folder, &elsewhere] {
            fs::create_dir(made).unwrap();
        }
        fs::write(elsewhere.join("a.txt"), "secret").unwrap();
        fs::write(folder.join("a.txt"), "letter").unwrap();
        symlink(elsewhere.join("a.txt"), folder.join("link.txt")).unwrap();
        symlink(&elsewhere, folder.join("below")).unwrap();
        let mut list = InputFile::in_memory("l.csv", Vec::new(), &folder);
        assert_eq!(list.document("a.txt").unwrap(), b"letter");
        for path in ["link.txt", "below/a.txt", "../elsewhere/a.txt"] {
            assert!(list.document(path).is_err(), "{path}");
        }
        assert!(InputFile::open(&folder.join("link.txt")).is_ok(), "somebody has named it");
        let said = InputFile::open(Path::new("/dev/zero")).unwrap_err();
        assert!(said.contains("no file on a disk"), "{said}");
    }
}
