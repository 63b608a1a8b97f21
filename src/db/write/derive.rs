//! Filling the table of figures: the one place where rates, intervals and verdicts come into being.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Transaction, params};

use crate::db::councils::Register;
use crate::db::error::{DbError, parsed};
use crate::domain::council::CouncilId;
use crate::domain::figure::{CouncilCells, Figure, FigureValue, derive};
use crate::domain::measure::Measure;
use crate::domain::progress::{Progress, each};
use crate::domain::year::ReportingYear;

/// A cell's value and where it came from.
struct Cell {
    value: f64,
    source: i64,
    row: Option<u32>,
    release: i64,
}

/// Computes the figures of every year anew.
pub(super) fn figures(tx: &Transaction<'_>, progress: &dyn Progress) -> Result<(), DbError> {
    tx.execute("DELETE FROM figures", [])?;
    let register = Register::load(tx)?;
    let years = years(tx)?;
    for year in each(progress, "Working out rates and verdicts", years.into_iter()) {
        let cells = cells_of(tx, year)?;
        let populations = populations(tx, year)?;
        let empty = BTreeMap::new();
        let councils: Vec<CouncilCells> = register
            .councils()
            .iter()
            .filter(|council| council.active_in(year) || cells.contains_key(&council.id))
            .map(|council| CouncilCells {
                council: council.id,
                kind: council.kind,
                population: populations.get(&council.id).copied(),
                population_mid_2020: council.population_mid_2020.and_then(|residents| u64::try_from(residents).ok()),
                cells: cells
                    .get(&council.id)
                    .unwrap_or(&empty)
                    .iter()
                    .map(|(field, cell)| (field.clone(), cell.value))
                    .collect(),
            })
            .collect();
        for figure in derive(&councils) {
            insert(tx, year, &figure, cells.get(&figure.council).unwrap_or(&empty))?;
        }
    }
    Ok(())
}

fn years(tx: &Transaction<'_>) -> Result<BTreeSet<ReportingYear>, DbError> {
    let mut statement = tx.prepare("SELECT DISTINCT year FROM cells")?;
    let mut rows = statement.query([])?;
    let mut years = BTreeSet::new();
    while let Some(row) = rows.next()? {
        years.insert(parsed(ReportingYear::parse(&row.get::<_, String>(0)?))?);
    }
    Ok(years)
}

fn cells_of(tx: &Transaction<'_>, year: ReportingYear) -> Result<BTreeMap<CouncilId, BTreeMap<String, Cell>>, DbError> {
    let mut statement = tx.prepare_cached(
        "SELECT c.council_id, c.field, c.value, c.source_id, c.row, s.release_id
         FROM cells c JOIN sources s ON s.id = c.source_id WHERE c.year = ?1",
    )?;
    let mut rows = statement.query([year.to_string()])?;
    let mut cells: BTreeMap<CouncilId, BTreeMap<String, Cell>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let cell = Cell { value: row.get(2)?, source: row.get(3)?, row: row.get(4)?, release: row.get(5)? };
        cells.entry(CouncilId(row.get(0)?)).or_default().insert(row.get(1)?, cell);
    }
    Ok(cells)
}

/// The estimate of each council for the year: the newest not younger than the year's first summer.
fn populations(tx: &Transaction<'_>, year: ReportingYear) -> Result<BTreeMap<CouncilId, u64>, DbError> {
    let mut statement =
        tx.prepare_cached("SELECT council_id, population FROM populations WHERE year <= ?1 ORDER BY council_id, year")?;
    let mut rows = statement.query([year.start_year()])?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let population: i64 = row.get(1)?;
        found.insert(CouncilId(row.get(0)?), u64::try_from(population).unwrap_or(0));
    }
    Ok(found)
}

/// The cell whose source stands for a figure: of its own columns the one that the newest release brought, so that a
/// corrected count names its correction; an average stands for it only where nothing else does.
fn source(measure: Measure, cells: &BTreeMap<String, Cell>) -> Option<&Cell> {
    let own = measure.source_fields().iter().filter_map(|field| cells.get(*field));
    // Of several from one release the first is the most telling.
    let newest = own.reduce(|best, cell| if cell.release > best.release { cell } else { best });
    newest.or_else(|| cells.get(measure.similar_field()))
}

fn insert(
    tx: &Transaction<'_>,
    year: ReportingYear,
    figure: &Figure,
    cells: &BTreeMap<String, Cell>,
) -> Result<(), DbError> {
    let (state, value) = match figure.value {
        FigureValue::Rate(value) => ("rate", Some(value)),
        FigureValue::NothingDue => ("nothing-due", None),
        FigureValue::NotKnown => ("not-known", None),
    };
    let source = source(figure.measure, cells);
    tx.prepare_cached(
        "INSERT INTO figures (council_id, year, measure, numerator, denominator, late, state, value, published_value, low, high,
            similar_published, similar_computed, similar_group, similar_count, similar_with_counts, verdict, source_id, row)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
    )?
    .execute(params![
        figure.council.0,
        year.to_string(),
        figure.measure.word(),
        figure.numerator,
        figure.denominator,
        figure.late,
        state,
        value,
        figure.published_value,
        figure.interval.map(|interval| interval.low),
        figure.interval.map(|interval| interval.high),
        figure.similar.published,
        figure.similar.computed,
        figure.similar.group.word(),
        figure.similar.count,
        figure.similar.with_counts,
        figure.verdict.word(),
        source.map(|cell| cell.source),
        source.and_then(|cell| cell.row),
    ])?;
    Ok(())
}
