//! Files as they were handed in, with the documents that stand beside them.

use std::fs;
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
        let bytes = read_at_most(&self.folder.join(below), MOST_DOCUMENT_BYTES)?;
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
    if metadata.len() > most {
        return Err(format!("the file has {} bytes, more than the {most} allowed", metadata.len()));
    }
    fs::read(path).map_err(|error| plain(&error))
}

fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "the file may not be read".to_owned(),
        _ => format!("the file cannot be read: {error}"),
    }
}
