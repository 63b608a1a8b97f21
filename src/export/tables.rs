//! Whole tables as CSV, in the columns of the catalogue; `council-map import` takes them again.

use std::collections::BTreeMap;

use serde_json::json;

use super::csv::{Cell, Table};
use super::dataset::Dataset;
use crate::db::councils::Register;
use crate::db::whole::{self, CellRow, Place, SourceFile};
use crate::db::{Connection, DbError, releases};
use crate::domain::council::{Council, CouncilId};
use crate::domain::figure::whole as whole_number;
use crate::domain::measure::Measure;
use crate::read::changes::ChangesPage;
use crate::read::{Atlas, ReadError};

/// The rows of one release, or of all.
pub type Only<'a> = Option<&'a str>;

/// What the tables of one edition share.
pub struct Tables<'a> {
    conn: &'a Connection,
    register: &'a Register,
    synthetic: bool,
    fields: Vec<String>,
    sources: BTreeMap<i64, SourceFile>,
}

impl<'a> Tables<'a> {
    /// Prepares the tables of an edition.
    pub fn new(conn: &'a Connection, register: &'a Register, synthetic: bool) -> Result<Self, DbError> {
        Ok(Self { conn, register, synthetic, fields: whole::fields(conn)?, sources: whole::sources(conn)? })
    }

    /// Columns of the statistics that any council has a value for.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// A table, or the part of it that one release brought. The log of changes is read by its own page.
    pub fn table(&self, dataset: Dataset, only: Only<'_>) -> Result<Table<String>, DbError> {
        let rows = match dataset {
            Dataset::Councils => self.councils(),
            Dataset::Statistics => self.statistics(only)?,
            Dataset::Cells => self.cells(only)?,
            Dataset::National => self.national(only)?,
            Dataset::Decisions => self.decisions(only)?,
            Dataset::Improvements => self.improvements(only)?,
            Dataset::Letters => self.letters(only)?,
            Dataset::Replies => self.replies(only)?,
            Dataset::Releases => self.releases()?,
            Dataset::Changes => Vec::new(),
        };
        let header = dataset.columns(&self.fields).into_iter().map(|column| column.name).collect();
        Ok(Table { header, rows })
    }

    fn flag(&self) -> Cell {
        Cell::flag(self.synthetic)
    }

    fn council(&self, id: CouncilId) -> Option<&'a Council> {
        self.register.get(id)
    }

    fn wanted(&self, place: Place, only: Only<'_>) -> bool {
        only.is_none_or(|key| self.sources.get(&place.source).is_some_and(|source| source.release == key))
    }

    fn url(&self, place: Place) -> Cell {
        Cell::maybe(self.sources.get(&place.source).and_then(|source| source.url.clone()))
    }

    fn councils(&self) -> Vec<Vec<Cell>> {
        let codes = |codes: Vec<String>| Cell::maybe((!codes.is_empty()).then(|| codes.join("|")));
        self.register
            .councils()
            .iter()
            .map(|council| {
                let county = council.county.and_then(|id| self.council(id)).map(|county| county.code.to_string());
                let successors = council.successors.iter().filter_map(|id| self.council(*id));
                vec![
                    Cell::text(council.code.as_str()),
                    codes(council.former_codes.iter().map(ToString::to_string).collect()),
                    Cell::text(council.slug.as_str()),
                    Cell::text(&council.name),
                    Cell::text(&council.official_name),
                    Cell::text(council.kind.as_str()),
                    Cell::text(&council.region),
                    Cell::maybe(county),
                    Cell::maybe(council.active_from.map(|day| day.to_string())),
                    Cell::maybe(council.active_to.map(|day| day.to_string())),
                    codes(successors.map(|one| one.code.to_string()).collect()),
                    Cell::number(council.residents_of(2020)),
                    // The register is real in a demonstration too.
                    Cell::flag(false),
                ]
            })
            .collect()
    }

    /// One row for each council, year and row of a source: a later release may have brought some columns.
    fn statistics(&self, only: Only<'_>) -> Result<Vec<Vec<Cell>>, DbError> {
        let names: Vec<String> =
            Dataset::Statistics.columns(&self.fields).into_iter().map(|column| column.name).collect();
        let cells: Vec<CellRow> =
            whole::cells(self.conn)?.into_iter().filter(|cell| self.wanted(cell.place, only)).collect();
        let same = |a: &CellRow, b: &CellRow| (a.council, a.year, a.place) == (b.council, b.year, b.place);
        let mut rows = Vec::new();
        for group in cells.chunk_by(same) {
            let Some(first) = group.first() else { continue };
            let Some(council) = first.council.and_then(|id| self.council(id)) else { continue };
            rows.push(
                names
                    .iter()
                    .map(|name| match name.as_str() {
                        "authority" | "slug" => Cell::text(council.slug.as_str()),
                        "authority_name" => Cell::text(&council.official_name),
                        "code" => Cell::text(council.code.as_str()),
                        "year" => Cell::text(first.year.to_string()),
                        "source_url" => self.url(first.place),
                        "synthetic" => self.flag(),
                        field => value(group, field),
                    })
                    .collect(),
            );
        }
        Ok(rows)
    }

    fn cells(&self, only: Only<'_>) -> Result<Vec<Vec<Cell>>, DbError> {
        let mut rows = Vec::new();
        for cell in whole::cells(self.conn)?.into_iter().filter(|cell| self.wanted(cell.place, only)) {
            let Some(council) = cell.council.and_then(|id| self.council(id)) else { continue };
            let source = self.sources.get(&cell.place.source);
            rows.push(vec![
                Cell::text(council.slug.as_str()),
                Cell::text(&council.official_name),
                Cell::text(council.code.as_str()),
                Cell::text(council.slug.as_str()),
                Cell::text(cell.year.to_string()),
                Cell::text(cell.field),
                number(cell.value),
                Cell::maybe(source.map(|source| source.release.clone())),
                Cell::maybe(source.map(|source| source.file.clone())),
                Cell::maybe(source.and_then(|source| source.sheet.clone())),
                Cell::number(cell.place.row),
                self.url(cell.place),
                self.flag(),
            ]);
        }
        Ok(rows)
    }

    fn national(&self, only: Only<'_>) -> Result<Vec<Vec<Cell>>, DbError> {
        let columns = Dataset::National.columns(&[]);
        let cells: Vec<CellRow> =
            whole::national_cells(self.conn)?.into_iter().filter(|cell| self.wanted(cell.place, only)).collect();
        let rows = cells.chunk_by(|a, b| (a.year, a.place) == (b.year, b.place)).filter_map(|group| {
            let first = group.first()?;
            let cells = columns.iter().map(|column| match column.name.as_str() {
                "year" => Cell::text(first.year.to_string()),
                "source_url" => self.url(first.place),
                "synthetic" => self.flag(),
                field => value(group, field),
            });
            Some(cells.collect())
        });
        Ok(rows.collect())
    }

    fn decisions(&self, only: Only<'_>) -> Result<Vec<Vec<Cell>>, DbError> {
        let rows = whole::decisions(self.conn)?.into_iter().filter(|row| self.wanted(row.place, only)).map(|row| {
            let listed = row.listed;
            let decision = listed.decision;
            let council = listed.council.and_then(|id| self.council(id));
            let sections: Vec<_> =
                row.sections.iter().map(|section| json!({"heading": section.heading, "text": section.text})).collect();
            vec![
                Cell::text(decision.reference.to_string()),
                Cell::text(if listed.council.is_some() { listed.body_slug.to_string() } else { listed.body.clone() }),
                Cell::text(listed.body),
                Cell::maybe(council.map(|council| council.code.as_str())),
                Cell::maybe(council.map(|council| council.slug.as_str())),
                Cell::text(decision.kind.as_str()),
                Cell::text(decision.outcome.as_str()),
                Cell::text(decision.category.as_str()),
                Cell::maybe(decision.subcategory),
                Cell::text(decision.decision_date.to_string()),
                Cell::maybe((!decision.summary.is_empty()).then_some(decision.summary)),
                Cell::maybe((!sections.is_empty()).then(|| json!(sections).to_string())),
                Cell::maybe(listed.url),
                Cell::maybe(listed.document),
                self.flag(),
            ]
        });
        Ok(rows.collect())
    }

    fn improvements(&self, only: Only<'_>) -> Result<Vec<Vec<Cell>>, DbError> {
        let mut rows = Vec::new();
        for row in whole::improvements(self.conn)?.into_iter().filter(|row| self.wanted(row.place, only)) {
            let listed = row.listed;
            let Some(council) = self.council(listed.council) else { continue };
            rows.push(vec![
                Cell::text(listed.reference.to_string()),
                Cell::text(council.slug.as_str()),
                Cell::text(&council.official_name),
                Cell::text(council.code.as_str()),
                Cell::text(council.slug.as_str()),
                Cell::text(listed.category.as_str()),
                Cell::maybe(listed.subcategory),
                Cell::text(listed.summary),
                Cell::text(listed.agreed_on.to_string()),
                Cell::maybe(listed.due_on.map(|day| day.to_string())),
                Cell::maybe(listed.achieved_on.map(|day| day.to_string())),
                self.flag(),
            ]);
        }
        Ok(rows)
    }

    fn letters(&self, only: Only<'_>) -> Result<Vec<Vec<Cell>>, DbError> {
        let mut rows = Vec::new();
        for letter in whole::letters(self.conn)?.into_iter().filter(|row| self.wanted(row.place, only)) {
            let Some(council) = self.council(letter.council) else { continue };
            // A download stands alone; in an export the documents lie beside the file and hold the text.
            let document = letter.document.filter(|_| only.is_some());
            let text = letter.text.filter(|_| document.is_none());
            rows.push(vec![
                Cell::text(council.slug.as_str()),
                Cell::text(&council.official_name),
                Cell::text(council.code.as_str()),
                Cell::text(council.slug.as_str()),
                Cell::text(letter.year.to_string()),
                Cell::text(letter.letter_date.to_string()),
                Cell::maybe(text),
                Cell::maybe(document.map(|(_, _, name)| document_path(letter.year, council, &name))),
                Cell::maybe(letter.url),
                self.flag(),
            ]);
        }
        Ok(rows)
    }

    fn replies(&self, only: Only<'_>) -> Result<Vec<Vec<Cell>>, DbError> {
        let mut rows = Vec::new();
        for row in whole::replies(self.conn)?.into_iter().filter(|row| self.wanted(row.place, only)) {
            let reply = row.reply;
            let Some(council) = self.council(reply.council) else { continue };
            rows.push(vec![
                Cell::text(council.slug.as_str()),
                Cell::text(&council.official_name),
                Cell::text(council.code.as_str()),
                Cell::text(council.slug.as_str()),
                Cell::text(reply.year.to_string()),
                Cell::maybe(reply.measure.map(Measure::as_str)),
                Cell::text(reply.replied_on.to_string()),
                Cell::maybe(reply.author),
                Cell::text(reply.text),
                Cell::maybe(reply.url),
                self.flag(),
            ]);
        }
        Ok(rows)
    }

    fn releases(&self) -> Result<Vec<Vec<Cell>>, DbError> {
        let rows = releases::all(self.conn)?.into_iter().map(|release| {
            vec![
                Cell::text(release.key),
                Cell::text(release.kind.as_str()),
                Cell::text(release.title),
                Cell::text(release.source),
                Cell::maybe(release.source_url),
                Cell::text(release.licence),
                Cell::text(release.sha256),
                Cell::text(release.retrieved_at.to_string()),
                Cell::text(release.published_at.to_string()),
                Cell::flag(release.synthetic),
            ]
        });
        Ok(rows.collect())
    }
}

/// A table as the bytes of its file.
pub fn bytes(conn: &Connection, atlas: &Atlas, dataset: Dataset) -> Result<Vec<u8>, ReadError> {
    Ok(counted(conn, atlas, dataset)?.1)
}

/// How many rows a table has, and how many bytes its file.
pub fn size(conn: &Connection, atlas: &Atlas, dataset: Dataset) -> Result<(u64, u64), ReadError> {
    let (rows, bytes) = counted(conn, atlas, dataset)?;
    let number = |count| u64::try_from(count).unwrap_or(u64::MAX);
    Ok((number(rows), number(bytes.len())))
}

fn counted(conn: &Connection, atlas: &Atlas, dataset: Dataset) -> Result<(usize, Vec<u8>), ReadError> {
    if dataset == Dataset::Changes {
        let log = super::changes::csv(&ChangesPage::read(conn, atlas, None, u32::MAX)?);
        return Ok((log.rows.len(), log.into_bytes()));
    }
    let table = Tables::new(conn, &atlas.register, atlas.synthetic)?.table(dataset, None)?;
    Ok((table.rows.len(), table.into_bytes()))
}

/// Where the document of a letter lies in an export, beside the list of letters.
pub fn document_path(year: crate::domain::year::ReportingYear, council: &Council, name: &str) -> String {
    format!("letters/{year}/{}/{name}", council.slug)
}

/// A number as people write it: `54` and not `54.0`.
fn number(value: f64) -> Cell {
    Cell::number(Some(whole_number(value).map_or_else(|| value.to_string(), |whole| whole.to_string())))
}

fn value(group: &[CellRow], field: &str) -> Cell {
    group.iter().find(|cell| cell.field == field).map_or(Cell::Empty, |cell| number(cell.value))
}
