//! Filling the table of figures: the one place where rates, intervals and verdicts come into being.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Transaction, named_params};

use crate::db::councils::Register;
use crate::db::error::DbError;
use crate::domain::council::CouncilId;
use crate::domain::figure::{CouncilCells, Figure, FigureValue, derive};
use crate::domain::measure::Measure;
use crate::domain::progress::{Progress, each};
use crate::domain::series::complete;
use crate::domain::year::ReportingYear;

/// A cell's value and where it came from.
struct Cell {
    value: f64,
    source: i64,
    row: Option<u32>,
    release: i64,
}

/// The cells of one year, by council and column.
type CellsOfYear = BTreeMap<CouncilId, BTreeMap<String, Cell>>;

/// Computes the figures of every year anew.
pub(super) fn figures(tx: &Transaction<'_>, progress: &dyn Progress) -> Result<(), DbError> {
    tx.execute("DELETE FROM figures", [])?;
    let register = Register::load(tx)?;
    let years = years(tx)?;
    let mut figures = Vec::new();
    let mut cells_by_year = BTreeMap::new();
    for year in each(progress, "Working out rates and verdicts", years.into_iter()) {
        let cells = cells_of(tx, year)?;
        let empty = BTreeMap::new();
        let councils: Vec<CouncilCells> = register
            .councils()
            .iter()
            .filter(|council| council.active_in(year) || cells.contains_key(&council.id))
            .map(|council| CouncilCells {
                council: council.id,
                kind: council.kind,
                residents: council.residents_in(year),
                existed: council.active_in(year),
                cells: cells
                    .get(&council.id)
                    .unwrap_or(&empty)
                    .iter()
                    .map(|(field, cell)| (field.clone(), cell.value))
                    .collect(),
            })
            .collect();
        figures.push((year, derive(&councils)));
        cells_by_year.insert(year, cells);
    }
    complete(&mut figures);
    for (year, of_year) in &figures {
        let cells = |council| cells_by_year.get(year).and_then(|cells: &CellsOfYear| cells.get(&council));
        for figure in of_year {
            insert(tx, *year, figure, cells(figure.council))?;
        }
    }
    Ok(())
}

fn years(tx: &Transaction<'_>) -> Result<BTreeSet<ReportingYear>, DbError> {
    let mut statement = tx.prepare("SELECT DISTINCT year FROM cells")?;
    let mut rows = statement.query([])?;
    let mut years = BTreeSet::new();
    while let Some(row) = rows.next()? {
        years.insert(row.get(0)?);
    }
    Ok(years)
}

fn cells_of(tx: &Transaction<'_>, year: ReportingYear) -> Result<CellsOfYear, DbError> {
    let mut statement = tx.prepare_cached(
        "SELECT c.council_id, c.field, c.value, c.source_id, c.row, s.release_id
         FROM cells c JOIN sources s ON s.id = c.source_id WHERE c.year = ?1",
    )?;
    let mut rows = statement.query([year])?;
    let mut cells = CellsOfYear::new();
    while let Some(row) = rows.next()? {
        let cell = Cell { value: row.get(2)?, source: row.get(3)?, row: row.get(4)?, release: row.get(5)? };
        cells.entry(row.get(0)?).or_default().insert(row.get(1)?, cell);
    }
    Ok(cells)
}

/// The cell whose source stands for a figure: of its own columns the one that the newest release brought, so that a
/// corrected count names its correction; an average stands for it only where nothing else does.
fn source(measure: Measure, cells: &BTreeMap<String, Cell>) -> Option<&Cell> {
    let own = measure.source_fields().into_iter().filter_map(|field| cells.get(field));
    // Of several from one release the first is the most telling.
    let newest = own.reduce(|best, cell| if cell.release > best.release { cell } else { best });
    newest.or_else(|| cells.get(measure.similar_field()?))
}

fn insert(
    tx: &Transaction<'_>,
    year: ReportingYear,
    figure: &Figure,
    cells: Option<&BTreeMap<String, Cell>>,
) -> Result<(), DbError> {
    let (state, value) = match figure.value {
        FigureValue::Rate(value) => ("rate", Some(value)),
        FigureValue::NothingDue => ("nothing-due", None),
        FigureValue::NotKnown => ("not-known", None),
    };
    let pooled = figure.pooled.as_ref();
    let source = cells.and_then(|cells| source(figure.measure, cells));
    tx.prepare_cached(
        "INSERT INTO figures (council_id, year, measure, numerator, denominator, residents_year, late, state, value,
            published_value, low, high, similar_published, similar_computed, similar_group, similar_count,
            similar_with_counts, verdict, chance_of_mark, shrunken, rank_best, rank_worst, rank_of, pooled_years,
            pooled_numerator, pooled_denominator, pooled_low, pooled_high, pooled_verdict, change_since, change_verdict,
            change_against_group, source_id, row)
         VALUES (:council, :year, :measure, :numerator, :denominator, :residents_year, :late, :state, :value,
            :published_value, :low, :high, :similar_published, :similar_computed, :similar_group, :similar_count,
            :similar_with_counts, :verdict, :chance_of_mark, :shrunken, :rank_best, :rank_worst, :rank_of, :pooled_years,
            :pooled_numerator, :pooled_denominator, :pooled_low, :pooled_high, :pooled_verdict, :change_since, :change_verdict,
            :change_against_group, :source, :row)",
    )?
    .execute(named_params! {
        ":council": figure.council,
        ":year": year,
        ":measure": figure.measure,
        ":numerator": figure.numerator,
        ":denominator": figure.denominator,
        ":residents_year": figure.residents_year,
        ":late": figure.late,
        ":state": state,
        ":value": value,
        ":published_value": figure.published_value,
        ":low": figure.interval.map(|interval| interval.low),
        ":high": figure.interval.map(|interval| interval.high),
        ":similar_published": figure.similar.published,
        ":similar_computed": figure.similar.computed,
        ":similar_group": figure.similar.group,
        ":similar_count": figure.similar.count,
        ":similar_with_counts": figure.similar.with_counts,
        ":verdict": figure.verdict,
        ":chance_of_mark": figure.chance_of_mark,
        ":shrunken": figure.shrunken,
        ":rank_best": figure.rank_range.map(|range| range.best),
        ":rank_worst": figure.rank_range.map(|range| range.worst),
        ":rank_of": figure.rank_range.map(|range| range.of),
        ":pooled_years": pooled.map(|pooled| pooled.years),
        ":pooled_numerator": pooled.map(|pooled| pooled.numerator),
        ":pooled_denominator": pooled.map(|pooled| pooled.denominator),
        ":pooled_low": pooled.and_then(|pooled| pooled.interval).map(|interval| interval.low),
        ":pooled_high": pooled.and_then(|pooled| pooled.interval).map(|interval| interval.high),
        ":pooled_verdict": pooled.map(|pooled| pooled.verdict),
        ":change_since": figure.change.map(|change| change.since),
        ":change_verdict": figure.change.map(|change| change.verdict),
        ":change_against_group": figure.change.map(|change| change.against_group),
        ":source": source.map(|cell| cell.source),
        ":row": source.and_then(|cell| cell.row),
    })?;
    Ok(())
}
