//! Files of a folder that is named in the place of files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::release::ImportKind;

/// Folders in folders.
const MOST_DEPTH: usize = 8;

/// The files to be read: those named, and of kinds whose files come one for each council or case, those of the folders named.
pub(super) fn files(named: &[PathBuf], kind: ImportKind) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in named {
        if path.is_dir() && matches!(kind, ImportKind::Letters | ImportKind::Decisions) {
            below(path, MOST_DEPTH, &mut files);
        } else {
            files.push(path.clone());
        }
    }
    files
}

/// The files below a folder by name; not hidden ones, links or devices, nor the pictures and scripts that browsers put beside a saved page.
fn below(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let Ok(kind) = path.symlink_metadata() else { continue };
        if kind.is_file() {
            files.push(path);
        } else if !kind.is_dir() {
            // A link may lead anywhere, and to where it began; a device or a pipe never ends.
        } else if depth > 0 && !name.ends_with("_files") {
            below(&path, depth - 1, files);
        }
    }
}
