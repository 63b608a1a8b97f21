//! What the targets share: a data directory with the published figures, and the reading of files beside it.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use council_map::for_fuzzing::{Ending, GssCode, Postcode, PostcodeAnswer, Request, import, pack, unwatched};
use council_map::for_tests::{
    Atlas, Connection, Context, Editions, ImportKind, InputFile, Records, Register, Taught, Unwatched, bootstrap,
    open_reader, read,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};

/// The day of every run, so that a finding of today is one tomorrow.
pub const TODAY: Date = date(2026, 11, 22);

/// The moment at which the site of every run is looked at.
pub fn now() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

/// A data directory with the figures of data/published/, made beside the program where it is missing.
pub fn data_dir() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let dir = std::env::current_exe().unwrap().with_file_name("fuzz-data");
        if Editions::read(&dir).is_ok_and(|list| list.editions.len() > 2) {
            return dir;
        }
        let _ = std::fs::remove_dir_all(&dir);
        bootstrap(&dir, now()).unwrap();
        let published = |name: &str| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/published");
            InputFile::open(&folder.join(name)).unwrap()
        };
        for (kind, file) in [
            (ImportKind::Statistics, published("statistics.csv")),
            (ImportKind::National, published("national.csv")),
            (ImportKind::Decisions, published("decisions.csv")),
            (ImportKind::Postcodes, InputFile::in_memory("postcodes.bin", postcodes(), Path::new(""))),
        ] {
            let outcome = import(Request {
                data_dir: dir.clone(),
                kind,
                files: vec![file],
                year: None,
                title: None,
                source: None,
                source_url: None,
                publish_at: None,
                publish: true,
                now: now(),
                progress: unwatched(),
            })
            .unwrap();
            assert!(matches!(outcome.ending, Ending::Published(_)), "{outcome:?}");
        }
        dir
    })
}

/// A table of few postcodes: each list of postcodes is joined to what is there, which takes two seconds with all of the country.
pub fn postcodes() -> Vec<u8> {
    let council = |code| PostcodeAnswer::Council(GssCode::parse(code).unwrap());
    let places = [
        ("DE1 2FS", council("E06000015")),
        ("DE1 2FT", council("E06000015")),
        ("LS1 1UR", council("E08000035")),
        ("SW1A 1AA", council("E09000033")),
        ("SW1A 2AA", council("E09000033")),
        ("W1A 1HQ", council("E09000033")),
    ];
    let units = places.map(|(text, answer)| {
        let postcode = Postcode::parse(text).unwrap();
        ((postcode.sector(), postcode.unit_number()), answer)
    });
    pack("a few", units)
}

/// What files are read beside.
pub struct Bench {
    conn: Connection,
    register: Register,
}

impl Bench {
    pub fn open() -> Self {
        let conn = open();
        let register = Register::load(&conn).unwrap();
        Self { conn, register }
    }

    /// Reads a file in this process. It gives records, or problems that name it.
    pub fn read(&self, kind: ImportKind, name: &str, bytes: &[u8]) -> Option<Records> {
        let context = Context {
            register: &self.register,
            conn: &self.conn,
            today: TODAY,
            visible_from: TODAY,
            year: None,
            taught: &Taught::default(),
            progress: &Unwatched,
        };
        // Documents that a row names are looked for in a folder that is not there.
        let mut files = [InputFile::in_memory(name, bytes.to_vec(), &data_dir().join("nowhere"))];
        let (records, findings) = read(kind, &mut files, context);
        assert_eq!(records.is_none(), !findings.problems.is_empty());
        for said in findings.problems.iter().chain(&findings.remarks) {
            assert_eq!(said.location.file, name, "{said}");
        }
        records
    }
}

/// The database in force, and its frame in memory.
pub fn site() -> (Connection, Atlas) {
    let conn = open();
    let atlas = Atlas::load(&conn).unwrap();
    (conn, atlas)
}

fn open() -> Connection {
    let editions = Editions::read(data_dir()).unwrap();
    open_reader(&data_dir().join(&editions.in_force(now()).unwrap().file)).unwrap()
}
