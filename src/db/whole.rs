//! Reading whole tables, for downloads and exports: the rows as imported, each with its place.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::{Connection, Row};

use super::decisions::{self, ListedDecision};
use super::error::DbError;
use super::improvements::ListedImprovement;
use super::replies;
use super::values::row;
use crate::domain::council::CouncilId;
use crate::domain::decision::Section;
use crate::domain::reply::Reply;
use crate::domain::year::ReportingYear;

/// Where in a source a row stands: the number of the source, and the row in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Number of the source, a key of `sources`.
    pub source: i64,
    /// Row in it.
    pub row: Option<u32>,
}

/// A file and sheet of a release, with the address a row was published at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Release it belongs to.
    pub release: String,
    /// File.
    pub file: String,
    /// Sheet.
    pub sheet: Option<String>,
    /// Address of the row's source.
    pub url: Option<String>,
}

/// One value of the yearly tables.
#[derive(Clone, Debug, PartialEq)]
pub struct CellRow {
    /// Whose; none for the national series.
    pub council: Option<CouncilId>,
    /// Year.
    pub year: ReportingYear,
    /// Canonical column.
    pub field: String,
    /// Value.
    pub value: f64,
    /// Where it stands.
    pub place: Place,
}

/// A decision with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRow {
    /// As lists show it.
    pub listed: ListedDecision,
    /// Parts of its text.
    pub sections: Vec<Section>,
    /// Where it stands.
    pub place: Place,
}

/// An improvement with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImprovementRow {
    /// As lists show it.
    pub listed: ListedImprovement,
    /// Where it stands.
    pub place: Place,
}

/// A letter with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterRow {
    /// To whom.
    pub council: CouncilId,
    /// About which year.
    pub year: ReportingYear,
    /// Day on the letter.
    pub letter_date: Date,
    /// Where it was published.
    pub url: Option<String>,
    /// Its text, where it could be read.
    pub text: Option<String>,
    /// Number, kind and name of its document.
    pub document: Option<(i64, String, String)>,
    /// Where it stands.
    pub place: Place,
}

/// A council's reply with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyRow {
    /// As pages show it.
    pub reply: Reply,
    /// Where it stands.
    pub place: Place,
}

/// All sources by their numbers.
pub fn sources(conn: &Connection) -> Result<BTreeMap<i64, SourceFile>, DbError> {
    collect(
        conn,
        "SELECT s.id, r.key, s.file, s.sheet, s.url FROM sources s JOIN releases r ON r.id = s.release_id ORDER BY s.id",
        |row| {
            let source = SourceFile { release: row.get(1)?, file: row.get(2)?, sheet: row.get(3)?, url: row.get(4)? };
            Ok((row.get(0)?, source))
        },
    )
    .map(|rows| rows.into_iter().collect())
}

/// All values of councils, by council, year, source and column.
pub fn cells(conn: &Connection) -> Result<Vec<CellRow>, DbError> {
    collect(
        conn,
        "SELECT council_id, year, field, value, source_id, row FROM cells ORDER BY council_id, year, source_id, row, field",
        cell,
    )
}

/// All values of the national series, by year, source and column.
pub fn national_cells(conn: &Connection) -> Result<Vec<CellRow>, DbError> {
    collect(
        conn,
        "SELECT NULL, year, field, value, source_id, row FROM national_cells ORDER BY year, source_id, row, field",
        cell,
    )
}

/// All columns that any council has a value for.
pub fn fields(conn: &Connection) -> Result<Vec<String>, DbError> {
    collect(conn, "SELECT DISTINCT field FROM cells ORDER BY field", |row| Ok(row.get(0)?))
}

/// All decisions, in the order in which they came in, which lists use among those of one day.
pub fn decisions(conn: &Connection) -> Result<Vec<DecisionRow>, DbError> {
    let sql = format!(
        "SELECT {}, d.source_id, d.row FROM decisions d JOIN bodies b ON b.id = d.body_id ORDER BY d.id",
        decisions::columns()
    );
    let mut rows = collect(conn, &sql, |row| {
        Ok(DecisionRow { listed: decisions::listed(row)?, sections: Vec::new(), place: place(row, decisions::WIDTH)? })
    })?;
    let at: BTreeMap<i64, usize> = rows.iter().enumerate().map(|(at, row)| (row.listed.id, at)).collect();
    let sections = collect(
        conn,
        "SELECT decision_id, heading, text FROM decision_sections ORDER BY decision_id, position",
        |row| Ok((row.get::<_, i64>(0)?, Section { heading: row.get(1)?, text: row.get(2)? })),
    )?;
    for (id, section) in sections {
        if let Some(row) = at.get(&id).and_then(|at| rows.get_mut(*at)) {
            row.sections.push(section);
        }
    }
    Ok(rows)
}

/// All improvements, by reference.
pub fn improvements(conn: &Connection) -> Result<Vec<ImprovementRow>, DbError> {
    let sql = format!(
        "SELECT {}, source_id, row FROM improvements ORDER BY reference, council_id, summary",
        ListedImprovement::COLUMNS
    );
    collect(conn, &sql, |row| {
        let listed = ListedImprovement::read(row, 0)?;
        Ok(ImprovementRow { listed, place: place(row, ListedImprovement::WIDTH)? })
    })
}

/// All letters, by year and council.
pub fn letters(conn: &Connection) -> Result<Vec<LetterRow>, DbError> {
    let sql = format!(
        "SELECT {}, l.source_id, l.row FROM letters l LEFT JOIN documents d ON d.id = l.document_id
         ORDER BY l.year, l.council_id",
        LetterColumns::COLUMNS
    );
    collect(conn, &sql, |row| {
        let one = LetterColumns::read(row, 0)?;
        Ok(LetterRow {
            council: one.council,
            year: one.year,
            letter_date: one.letter_date,
            url: one.url,
            text: one.text,
            document: one.document.zip(one.kind).zip(one.name).map(|((id, kind), name)| (id, kind, name)),
            place: place(row, LetterColumns::WIDTH)?,
        })
    })
}

row! {
    struct LetterColumns {
        council: CouncilId = "l.council_id",
        year: ReportingYear = "l.year",
        letter_date: Date = "l.letter_date",
        url: Option<String> = "l.url",
        text: Option<String> = "l.text",
        document: Option<i64> = "d.id",
        kind: Option<String> = "d.kind",
        name: Option<String> = "d.name",
    }
}

/// All replies, by year, council and measure.
pub fn replies(conn: &Connection) -> Result<Vec<ReplyRow>, DbError> {
    let columns = replies::ReplyColumns::COLUMNS;
    let sql = format!("SELECT {columns}, t.source_id, t.row FROM replies t ORDER BY t.year, t.council_id, t.measure");
    collect(conn, &sql, |row| {
        Ok(ReplyRow { reply: replies::read(row)?, place: place(row, replies::ReplyColumns::WIDTH)? })
    })
}

/// The bytes of a document.
pub fn document(conn: &Connection, id: i64) -> Result<Vec<u8>, DbError> {
    Ok(conn.prepare_cached("SELECT bytes FROM documents WHERE id = ?1")?.query_row([id], |row| row.get(0))?)
}

/// All population estimates: council, calendar year, residents.
pub fn populations(conn: &Connection) -> Result<Vec<(CouncilId, i16, i64)>, DbError> {
    collect(conn, "SELECT council_id, year, population FROM populations ORDER BY year, council_id", |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// All statistical neighbours: council, model, rank, neighbour.
pub fn neighbours(conn: &Connection) -> Result<Vec<(CouncilId, String, u32, CouncilId)>, DbError> {
    collect(
        conn,
        "SELECT council_id, model, rank, neighbour_id FROM neighbours ORDER BY model, council_id, rank",
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )
}

fn cell(row: &Row<'_>) -> Result<CellRow, DbError> {
    Ok(CellRow {
        council: row.get(0)?,
        year: row.get(1)?,
        field: row.get(2)?,
        value: row.get(3)?,
        place: place(row, 4)?,
    })
}

fn place(row: &Row<'_>, at: usize) -> Result<Place, DbError> {
    Ok(Place { source: row.get(at)?, row: row.get(at + 1)? })
}

fn collect<T>(conn: &Connection, sql: &str, read: impl Fn(&Row<'_>) -> Result<T, DbError>) -> Result<Vec<T>, DbError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(read(row)?);
    }
    Ok(all)
}
