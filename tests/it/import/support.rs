//! A data directory for each test, and the command run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use council_map::for_tests::Editions;
use council_map::for_tests::{Connection, open_reader};
use jiff::Timestamp;
use tempfile::TempDir;

pub(super) use crate::support::fixture::copy;
use crate::support::fixture::{council_map, waiting_release};

/// The list of versions, and its second copy.
pub(super) const POINTER: &str = "current.json";
pub(super) const SECOND_COPY: &str = "releases/current.json";

/// A data directory with folder for input files.
pub(super) struct Site {
    data: PathBuf,
    files: PathBuf,
    _folder: TempDir,
}

/// What a command answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: i32,
    pub(super) out: String,
    pub(super) err: String,
}

/// A directory with the national series imported, made once and copied: building the frame takes seconds
/// in a debug build.
fn prepared() -> &'static Path {
    static PREPARED: OnceLock<TempDir> = OnceLock::new();
    PREPARED
        .get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let answer = command(&[
                "import",
                "national",
                &published("national.csv"),
                "--publish",
                "--data",
                &text(folder.path()),
            ]);
            assert_eq!(answer.status, 0, "{}", answer.err);
            folder
        })
        .path()
}

/// A file of `data/published/`.
pub(super) fn published(name: &str) -> String {
    text(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/published").join(name))
}

pub(super) fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// Runs `council-map`.
pub(super) fn command(args: &[&str]) -> Answer {
    let output = council_map(args);
    Answer {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Site {
    /// A directory in which nothing has been published.
    pub(super) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (data, files) = (folder.path().join("data"), folder.path().join("files"));
        fs::create_dir_all(&files).unwrap();
        Self { data, files, _folder: folder }
    }

    /// A directory with the frame and the national series.
    pub(super) fn prepared() -> Self {
        let site = Self::empty();
        copy(prepared(), &site.data);
        site
    }

    /// Writes an input file.
    pub(super) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.files.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        text(&path)
    }

    /// Runs a command on this directory.
    pub(super) fn run(&self, args: &[&str]) -> Answer {
        let data = text(&self.data);
        let mut all = args.to_vec();
        all.extend(["--data", data.as_str()]);
        command(&all)
    }

    /// Imports and publishes; it must succeed.
    pub(super) fn publish(&self, kind: &str, files: &[&str], more: &[&str]) -> Answer {
        let mut args = vec!["import", kind];
        args.extend(files);
        args.push("--publish");
        args.extend(more);
        let answer = self.run(&args);
        assert_eq!(answer.status, 0, "{}\n{}", answer.out, answer.err);
        answer
    }

    /// The key of the release of a kind that waits: nobody can tell it before.
    pub(super) fn waiting(&self, kind: &str) -> String {
        waiting_release(&self.data, kind)
    }

    pub(super) fn data(&self) -> &Path {
        &self.data
    }

    pub(super) fn editions(&self) -> Editions {
        Editions::read(&self.data).unwrap()
    }

    /// The database in force at a moment.
    pub(super) fn open_at(&self, moment: Timestamp) -> Connection {
        let editions = self.editions();
        open_reader(&self.data.join(&editions.in_force(moment).unwrap().file)).unwrap()
    }

    pub(super) fn open(&self) -> Connection {
        self.open_at(Timestamp::now())
    }

    /// One number of the database in force.
    pub(super) fn count(&self, sql: &str) -> i64 {
        self.open().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// A cell of a council and year.
    pub(super) fn cell(&self, slug: &str, year: &str, field: &str) -> Option<f64> {
        cell_of(&self.open(), slug, year, field)
    }

    /// Everything in the directory that a server could come to see: names and contents.
    pub(super) fn content(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        collect(&self.data, &self.data, &mut found);
        found
    }

    /// Everything in the directory but the lock.
    pub(super) fn everything(&self) -> BTreeMap<String, Vec<u8>> {
        let mut content = self.content();
        content.remove(".lock");
        content
    }

    /// Runs a command that must refuse and leave everything as it is.
    pub(super) fn refused(&self, args: &[&str]) -> Answer {
        let before = self.everything();
        let answer = self.run(args);
        assert_eq!(answer.status, 1, "{args:?}: {}\n{}", answer.out, answer.err);
        let after = self.everything();
        assert!(after == before, "{args:?}: {:?} became {:?}", before.keys(), after.keys());
        answer
    }

    /// Takes files of the directory away.
    pub(super) fn lose(&self, names: &[&str]) {
        for name in names {
            fs::remove_file(self.data.join(name)).unwrap();
        }
    }
}

pub(super) fn cell_of(conn: &Connection, slug: &str, year: &str, field: &str) -> Option<f64> {
    conn.query_row(
        "SELECT value FROM cells JOIN councils c ON c.id = council_id WHERE slug = ?1 AND year = ?2 AND field = ?3",
        [slug, year, field],
        |row| row.get(0),
    )
    .ok()
}

fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            found.insert(text(path.strip_prefix(root).unwrap()), fs::read(&path).unwrap());
        }
    }
}
