//! Reading files in this process, without a command and without a publication: for the many small tables of these tests.

use std::collections::BTreeMap;

use council_map::for_tests::{
    Connection, Context, ImportKind, InputFile, Records, Register, ReportingYear, Taught, Unwatched, read,
};

use super::support::Site;

/// The register and the database that files are read beside.
pub(super) struct Reader {
    site: Site,
    conn: Connection,
    register: Register,
}

/// What reading a file of statistics gave.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Values by `slug year field`.
    pub(super) cells: BTreeMap<String, f64>,
    pub(super) problems: Vec<String>,
    pub(super) remarks: Vec<String>,
}

impl Reader {
    pub(super) fn new() -> Self {
        let site = Site::prepared();
        let conn = site.open();
        let register = Register::load(&conn).unwrap();
        Self { site, conn, register }
    }

    /// Reads a file of any kind.
    fn read(
        &self,
        kind: ImportKind,
        name: &str,
        content: &[u8],
        year: Option<&str>,
    ) -> (Option<Records>, Vec<String>, Vec<String>) {
        let today = jiff::civil::date(2026, 11, 22);
        let context = Context {
            register: &self.register,
            conn: &self.conn,
            today,
            visible_from: today,
            year: year.map(|year| ReportingYear::parse(year).unwrap()),
            taught: &Taught::default(),
            progress: &Unwatched,
        };
        let mut files = [InputFile::in_memory(name, content.to_vec(), self.site.data())];
        let (records, findings) = read(kind, &mut files, context);
        let lines = |problems: &[_]| problems.iter().map(ToString::to_string).collect();
        (records, lines(&findings.problems), lines(&findings.remarks))
    }

    /// The neighbours that a file names, as `council rank neighbour model`, with the remarks on it.
    pub(super) fn neighbours(&self, name: &str, content: impl AsRef<[u8]>) -> (Vec<String>, Vec<String>) {
        let (records, problems, remarks) = self.read(ImportKind::Neighbours, name, content.as_ref(), None);
        assert!(problems.is_empty(), "{problems:?}");
        let Some(Records::Neighbours(records)) = records else { panic!("{remarks:?}") };
        let slug = |id| self.register.get(id).unwrap().slug.to_string();
        let shown = records.iter().map(|one| {
            let (council, neighbour) = (slug(one.council), slug(one.neighbour));
            format!("{council} {} {neighbour} {}", one.rank, one.model)
        });
        (shown.collect(), remarks)
    }

    /// The residents that a file gives, as `council year residents`.
    pub(super) fn population(&self, name: &str, content: impl AsRef<[u8]>) -> Vec<String> {
        let (records, problems, _) = self.read(ImportKind::Population, name, content.as_ref(), None);
        assert!(problems.is_empty(), "{problems:?}");
        let Some(Records::Population(records)) = records else { panic!("no residents") };
        let slug = |id| self.register.get(id).unwrap().slug.to_string();
        records.iter().map(|one| format!("{} {} {}", slug(one.council), one.year, one.population)).collect()
    }

    /// Reads a file of statistics.
    pub(super) fn statistics(&self, name: &str, content: impl AsRef<[u8]>, year: Option<&str>) -> Read {
        let (records, problems, remarks) = self.read(ImportKind::Statistics, name, content.as_ref(), year);
        let mut cells = BTreeMap::new();
        if let Some(Records::Statistics(records)) = records {
            for record in records {
                let slug = self.register.get(record.council).unwrap().slug.to_string();
                for (field, value) in record.cells {
                    cells.insert(format!("{slug} {} {field}", record.year), value);
                }
            }
        }
        Read { cells, problems, remarks }
    }
}

impl Read {
    /// The one problem that a file has.
    pub(super) fn problem(&self) -> &str {
        assert_eq!(self.problems.len(), 1, "{self:?}");
        &self.problems[0]
    }

    /// The value of a cell of a file without problems.
    pub(super) fn value(&self, key: &str) -> Option<f64> {
        assert!(self.problems.is_empty(), "{self:?}");
        self.cells.get(key).copied()
    }

    /// Whether a remark holds the words.
    pub(super) fn remarks_on(&self, words: &str) -> bool {
        self.remarks.iter().any(|remark| remark.contains(words))
    }
}
