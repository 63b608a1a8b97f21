//! Data directories made by the program itself, so that importer and pages are tested together.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use jiff::Timestamp;
use tempfile::TempDir;

use super::app::TestApp;

/// The file of the program: what `COUNCIL_MAP_BIN` names, as `./test` does, or what cargo has built beside the tests.
pub(crate) fn program_file() -> PathBuf {
    let named = std::env::var_os("COUNCIL_MAP_BIN");
    named.map_or_else(|| env!("CARGO_BIN_EXE_council-map").into(), |file| fs::canonicalize(file).unwrap())
}

/// The program, without the settings of whoever runs the tests.
pub(crate) fn program() -> Command {
    let mut program = Command::new(program_file());
    program.env_remove("COUNCIL_MAP_DATA").env_remove("COUNCIL_MAP_LISTEN");
    program
}

/// Runs `council-map`.
pub(crate) fn council_map(args: &[&str]) -> Output {
    program().args(args).output().unwrap()
}

/// Runs `council-map`, which must succeed.
pub(crate) fn done(args: &[&str]) -> String {
    let output = council_map(args);
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {err}");
    // Bars of progress are for a person at a terminal.
    assert!(!err.contains('\x1b'), "{args:?}: {err}");
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

/// The demonstration as a running site that is shared: nobody changes it.
pub(crate) fn demonstration_app() -> &'static TestApp {
    static APP: OnceLock<TestApp> = OnceLock::new();
    APP.get_or_init(|| TestApp::shared(demonstration()))
}

/// Imports and publishes a file of some kind, given by its content.
pub(crate) fn import(data: &Path, kind: &str, name: &str, content: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, content).unwrap();
    done(&["import", kind, text(&file), "--publish", "--data", text(data)]);
}

/// A data directory with what some files bring: kind, name and content each.
pub(crate) fn made(files: &[(&str, &str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (kind, name, content) in files {
        import(folder.path(), kind, name, content);
    }
    folder
}

/// A copy of a data directory for a test that changes it.
pub(crate) fn copied(from: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(from, folder.path());
    folder
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

    /// Moves the hour of the newest version, from what it must be: no import can be too slow for it then.
    pub(crate) fn set_hour(&self, was: &str, hour: Timestamp) {
        let (list, new) = (self.data().join("current.json"), self.data().join("current.json.new"));
        let mut editions: serde_json::Value = serde_json::from_str(&fs::read_to_string(&list).unwrap()).unwrap();
        let waiting = editions["editions"].as_array_mut().unwrap().last_mut().unwrap();
        assert_eq!(waiting["from"], was);
        waiting["from"] = hour.to_string().into();
        fs::write(&new, editions.to_string()).unwrap();
        fs::rename(new, list).unwrap();
    }
}

/// The key of the newest release of a kind that was imported with an hour: its number, four digits by chance, its kind.
pub(crate) fn waiting_release(data: &Path, kind: &str) -> String {
    let names = fs::read_dir(data.join("releases")).unwrap().map(|one| one.unwrap().file_name().into_string().unwrap());
    let waits = |name: &String| name.ends_with(&format!("-{kind}")) && name.split('-').count() == 3;
    names.filter(waits).max().unwrap_or_else(|| panic!("no {kind} wait"))
}

pub(crate) fn copy(from: &Path, to: &Path) {
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
