//! Data directories made by the program itself, so that importer and pages are tested together.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use tempfile::TempDir;

/// Runs `council-map`.
pub(crate) fn council_map(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_council-map"))
        .args(args)
        .env_remove("COUNCIL_MAP_DATA")
        .env_remove("COUNCIL_MAP_LISTEN")
        .output()
        .unwrap()
}

/// Runs `council-map`, which must succeed.
pub(crate) fn done(args: &[&str]) -> String {
    let output = council_map(args);
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {err}");
    String::from_utf8(output.stdout).unwrap()
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The demonstration with few decisions, made once and shared: nobody writes to it.
pub(crate) fn demonstration() -> &'static Path {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        done(&["demo", "--decisions", "400", "--data", text(folder.path())]);
        folder
    })
    .path()
}

/// Real figures: the published ones of `data/published/`, copied for each test that changes them.
pub(crate) struct Published {
    folder: TempDir,
}

impl Published {
    pub(crate) fn new() -> Self {
        static MADE: OnceLock<TempDir> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            for kind in ["statistics", "national", "decisions"] {
                let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/published").join(format!("{kind}.csv"));
                done(&["import", kind, text(&file), "--publish", "--data", text(folder.path())]);
            }
            folder
        });
        let folder = tempfile::tempdir().unwrap();
        copy(made.path(), &folder.path().join("data"));
        Self { folder }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A file beside the data.
    pub(crate) fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn import(&self, kind: &str, file: &Path, more: &[&str]) {
        let data = self.data();
        let mut args = vec!["import", kind, text(file), "--publish", "--data", text(&data)];
        args.extend(more);
        done(&args);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
