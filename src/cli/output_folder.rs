//! Folders that commands write.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::bail;

/// Fails where something is in a folder already.
pub(super) fn must_be_empty(out: &Path) -> anyhow::Result<()> {
    if fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!("{} is not empty; choose another folder with --out", out.display());
    }
    Ok(())
}

/// Writes a file, and makes its folder.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, bytes)
}
