//! Writing the register: councils, codes, successors, population, statistical neighbours.

use rusqlite::{OptionalExtension, params};

use super::decisions;
use super::log::{Change, Log};
use crate::db::error::DbError;
use crate::domain::names;
use crate::domain::record::{AliasRecord, AuthorityRecord, NameMeans, NeighbourRecord, NoCouncil, PopulationRecord};

/// Adds or changes councils; two passes, since counties and successors may stand further down.
pub(super) fn authorities(log: &mut Log<'_>, rows: &[AuthorityRecord]) -> Result<(), DbError> {
    for row in rows {
        council(log, row)?;
    }
    for row in rows {
        links(log, row)?;
    }
    Ok(())
}

/// What is stored of a council: number and description; first day, last day, residents.
type Known = ((i64, String), Option<String>, Option<String>, Option<i64>);

fn council(log: &mut Log<'_>, row: &AuthorityRecord) -> Result<(), DbError> {
    let known: Option<Known> = log
        .tx
        .prepare_cached(
            "SELECT id, slug || '|' || name || '|' || official_name || '|' || kind || '|' || region || '|'
                || ifnull(active_from, '') || '|' || ifnull(active_to, '') || '|' || ifnull(population, ''),
                active_from, active_to, population
             FROM councils LEFT JOIN populations ON council_id = id AND year = 2020 WHERE slug = ?1 OR code = ?2",
        )?
        .query_row(params![row.slug.as_str(), row.code.as_str()], |found| {
            Ok(((found.get(0)?, found.get(1)?), found.get(2)?, found.get(3)?, found.get(4)?))
        })
        .optional()?;
    let (before, old_from, old_to, old_population) =
        known.map_or((None, None, None, None), |(before, from, to, number)| (Some(before), from, to, number));
    // An empty cell means that the file does not know, and never erases what is known.
    let active_from = row.active_from.map(|date| date.to_string()).or(old_from);
    let active_to = row.active_to.map(|date| date.to_string()).or(old_to);
    let population = row.population_mid_2020.or(old_population);
    let after = format!(
        "{}|{}|{}|{}|{}|{}|{}|{}",
        row.slug,
        row.name,
        row.official_name,
        row.kind.as_str(),
        row.region,
        active_from.as_deref().unwrap_or_default(),
        active_to.as_deref().unwrap_or_default(),
        population.map(|number| number.to_string()).unwrap_or_default(),
    );
    match &before {
        Some((_, same)) if *same == after => log.unchanged(),
        Some((_, other)) => log.changed(&Change {
            noun: "council",
            council: None,
            year: None,
            what: row.official_name.clone(),
            old: Some(other.clone()),
            new: Some(after),
        })?,
        None => log.added("councils", None),
    }
    log.tx
        .prepare_cached(
            "INSERT INTO councils (id, code, slug, name, official_name, kind, region, active_from, active_to)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (id) DO UPDATE SET code = ?2, slug = ?3, name = ?4, official_name = ?5, kind = ?6, region = ?7,
                active_from = ?8, active_to = ?9",
        )?
        .execute(params![
            before.as_ref().map(|(id, _)| *id),
            row.code.as_str(),
            row.slug.as_str(),
            row.name,
            row.official_name,
            row.kind.as_str(),
            row.region,
            active_from,
            active_to,
        ])?;
    let id = before.map_or_else(|| log.tx.last_insert_rowid(), |(id, _)| id);
    log.tx
        .prepare_cached(
            "INSERT INTO bodies (id, slug, name, council_id) VALUES (?1, ?2, ?3, ?1)
             ON CONFLICT (id) DO UPDATE SET slug = ?2",
        )?
        .execute(params![id, row.slug.as_str(), row.official_name])?;
    let named: String =
        log.tx.prepare_cached("SELECT name FROM bodies WHERE id = ?1")?.query_row([id], |found| found.get(0))?;
    if named != row.official_name {
        decisions::rename_body(log, id, &row.official_name)?;
    }
    if let Some(population) = row.population_mid_2020 {
        log.tx
            .prepare_cached("INSERT OR REPLACE INTO populations (council_id, year, population) VALUES (?1, 2020, ?2)")?
            .execute(params![id, population])?;
    }
    let mut code_row =
        log.tx.prepare_cached("INSERT OR REPLACE INTO council_codes (code, council_id) VALUES (?1, ?2)")?;
    for code in std::iter::once(&row.code).chain(&row.former_codes) {
        code_row.execute(params![code.as_str(), id])?;
    }
    let mut name_row = log.tx.prepare_cached("INSERT OR REPLACE INTO aliases (folded, council_id) VALUES (?1, ?2)")?;
    for name in &row.former_names {
        name_row.execute(params![names::fold(name), id])?;
    }
    Ok(())
}

fn links(log: &mut Log<'_>, row: &AuthorityRecord) -> Result<(), DbError> {
    log.tx
        .prepare_cached(
            "UPDATE councils SET county_id = coalesce((SELECT council_id FROM council_codes WHERE code = ?1), county_id)
             WHERE code = ?2",
        )?
        .execute(params![row.county_code.map(|code| code.to_string()), row.code.as_str()])?;
    if row.successor_codes.is_empty() {
        return Ok(());
    }
    log.tx
        .prepare_cached("DELETE FROM successions WHERE council_id = (SELECT id FROM councils WHERE code = ?1)")?
        .execute([row.code.as_str()])?;
    for successor in &row.successor_codes {
        log.tx
            .prepare_cached(
                "INSERT OR IGNORE INTO successions (council_id, successor_id)
                 SELECT c.id, s.council_id FROM councils c, council_codes s WHERE c.code = ?1 AND s.code = ?2",
            )?
            .execute(params![row.code.as_str(), successor.as_str()])?;
    }
    Ok(())
}

/// Adds further names; a name that meant another council now means this one.
pub(super) fn aliases(log: &mut Log<'_>, rows: &[AliasRecord]) -> Result<(), DbError> {
    for row in rows {
        let folded = names::fold(&row.alias);
        let council = match row.means {
            NameMeans::Council(council) => council,
            NameMeans::NoCouncil(what) => {
                no_council(log, &folded, what)?;
                continue;
            }
        };
        log.tx.prepare_cached("DELETE FROM no_councils WHERE folded = ?1")?.execute([&folded])?;
        let before: Option<i64> = log
            .tx
            .prepare_cached("SELECT council_id FROM aliases WHERE folded = ?1")?
            .query_row([&folded], |found| found.get(0))
            .optional()?;
        if before == Some(council.0) {
            log.unchanged();
            continue;
        }
        log.added("further names", None);
        log.tx
            .prepare_cached("INSERT OR REPLACE INTO aliases (folded, council_id) VALUES (?1, ?2)")?
            .execute(params![folded, council.0])?;
    }
    Ok(())
}

/// Remembers that a name is no council's.
fn no_council(log: &mut Log<'_>, folded: &str, what: NoCouncil) -> Result<(), DbError> {
    let before: Option<String> = log
        .tx
        .prepare_cached("SELECT treatment FROM no_councils WHERE folded = ?1")?
        .query_row([folded], |found| found.get(0))
        .optional()?;
    if before.as_deref() == Some(what.as_str()) {
        log.unchanged();
        return Ok(());
    }
    log.added("names of no council", None);
    log.tx.prepare_cached("DELETE FROM aliases WHERE folded = ?1")?.execute([folded])?;
    log.tx
        .prepare_cached("INSERT OR REPLACE INTO no_councils (folded, treatment) VALUES (?1, ?2)")?
        .execute(params![folded, what.as_str()])?;
    Ok(())
}

/// Adds or changes mid-year estimates.
pub(super) fn population(log: &mut Log<'_>, rows: &[PopulationRecord]) -> Result<(), DbError> {
    for row in rows {
        let before: Option<i64> = log
            .tx
            .prepare_cached("SELECT population FROM populations WHERE council_id = ?1 AND year = ?2")?
            .query_row(params![row.council.0, row.year], |found| found.get(0))
            .optional()?;
        match before {
            Some(same) if same == row.population => log.unchanged(),
            Some(other) => log.changed(&Change {
                noun: "population",
                council: Some(row.council),
                year: None,
                what: format!("of {}", row.year),
                old: Some(other.to_string()),
                new: Some(row.population.to_string()),
            })?,
            None => log.added("population estimates", None),
        }
        log.tx
            .prepare_cached("INSERT OR REPLACE INTO populations (council_id, year, population) VALUES (?1, ?2, ?3)")?
            .execute(params![row.council.0, row.year, row.population])?;
    }
    Ok(())
}

/// Replaces the neighbours of each council and model that the rows name.
pub(super) fn neighbours(log: &mut Log<'_>, rows: &[NeighbourRecord]) -> Result<(), DbError> {
    for row in rows {
        let before: Option<i64> = log
            .tx
            .prepare_cached("SELECT neighbour_id FROM neighbours WHERE council_id = ?1 AND model = ?2 AND rank = ?3")?
            .query_row(params![row.council.0, row.model, row.rank], |found| found.get(0))
            .optional()?;
        if before == Some(row.neighbour.0) {
            log.unchanged();
            continue;
        }
        log.added("statistical neighbours", None);
        log.tx
            .prepare_cached(
                "INSERT OR REPLACE INTO neighbours (council_id, model, rank, neighbour_id) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![row.council.0, row.model, row.rank, row.neighbour.0])?;
    }
    Ok(())
}
