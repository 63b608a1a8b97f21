//! Writing decisions and their search rows. A withdrawn decision leaves no trace in the file.

use rusqlite::{OptionalExtension, params};

use super::log::{Change, Log};
use crate::db::error::DbError;
use crate::domain::council::Slug;
use crate::domain::decision::Section;
use crate::domain::field::words;
use crate::domain::record::{BodyName, DecisionRecord};

pub(super) fn apply(log: &mut Log<'_>, rows: &[DecisionRecord]) -> Result<(), DbError> {
    for record in rows {
        let before = stored(log, record)?;
        match (before, record.withdrawn_on) {
            (None, Some(_)) => log.unchanged(),
            (Some((id, _)), Some(_)) => {
                // Neither reference nor text may stay behind, not even in the log of changes.
                remove(log, id)?;
                log.tx
                    .prepare_cached("DELETE FROM improvements WHERE reference = ?1")?
                    .execute([record.reference.address()])?;
                log.changed(&Change {
                    noun: "decision",
                    council: None,
                    year: None,
                    what: "withdrawn".to_owned(),
                    old: None,
                    new: None,
                })?;
            }
            (Some((_, same)), None) if same == fingerprint(record) => log.unchanged(),
            (Some((id, _)), None) => {
                remove(log, id)?;
                insert(log, record, Some(id))?;
                log.changed(&Change {
                    noun: "decision",
                    council: None,
                    year: None,
                    what: record.reference.to_string(),
                    old: Some("former text or outcome".to_owned()),
                    new: Some("as now shown".to_owned()),
                })?;
            }
            (None, None) => {
                insert(log, record, None)?;
                log.added("decisions", None);
            }
        }
    }
    Ok(())
}

/// The stored decision with the same reference, as its row number and one comparable text.
fn stored(log: &Log<'_>, record: &DecisionRecord) -> Result<Option<(i64, String)>, DbError> {
    let found: Option<(i64, String)> = log
        .tx
        .prepare_cached(
            "SELECT d.id, b.name || '|' || d.type || '|' || d.outcome || '|' || d.category || '|' || ifnull(d.subcategory, '')
                || '|' || d.decision_date || '|' || d.summary || '|' || ifnull(d.url, '') || '|' || ifnull(d.document, '')
             FROM decisions d JOIN bodies b ON b.id = d.body_id WHERE d.reference = ?1",
        )?
        .query_row([record.reference.address()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((id, mut text)) = found else { return Ok(None) };
    let name = match &record.body {
        BodyName::Council(council) => log
            .tx
            .prepare_cached("SELECT name FROM bodies WHERE id = ?1")?
            .query_row([council.0], |row| row.get::<_, String>(0))?,
        BodyName::Other(name) => name.clone(),
    };
    // The record's own fingerprint has no database at hand, so the body is compared here.
    text = match text.strip_prefix(&format!("{name}|")) {
        Some(rest) => rest.to_owned(),
        None => format!("another body|{text}"),
    };
    let mut sections = log
        .tx
        .prepare_cached("SELECT heading, text FROM decision_sections WHERE decision_id = ?1 ORDER BY position")?;
    let mut rows = sections.query([id])?;
    while let Some(row) = rows.next()? {
        text.push('|');
        text.push_str(&row.get::<_, String>(0)?);
        text.push('|');
        text.push_str(&row.get::<_, String>(1)?);
    }
    Ok(Some((id, text)))
}

fn fingerprint(record: &DecisionRecord) -> String {
    let mut text = format!(
        "{}|{}|{}|{}|{}|{}|{}|{}",
        record.kind.word(),
        record.outcome.word(),
        record.category.word(),
        record.subcategory.as_deref().unwrap_or_default(),
        record.decision_date,
        record.summary,
        record.url.as_deref().unwrap_or_default(),
        record.document.as_deref().unwrap_or_default(),
    );
    for Section { heading, text: body } in &record.sections {
        text.push('|');
        text.push_str(heading);
        text.push('|');
        text.push_str(body);
    }
    text
}

fn remove(log: &Log<'_>, id: i64) -> Result<(), DbError> {
    log.tx.prepare_cached("DELETE FROM decision_search WHERE rowid = ?1")?.execute([id])?;
    log.tx.prepare_cached("DELETE FROM decision_sections WHERE decision_id = ?1")?.execute([id])?;
    log.tx.prepare_cached("DELETE FROM decisions WHERE id = ?1")?.execute([id])?;
    Ok(())
}

fn insert(log: &mut Log<'_>, record: &DecisionRecord, id: Option<i64>) -> Result<(), DbError> {
    let (body_id, body_name) = body(log, &record.body)?;
    let source = log.source(&record.location, None)?;
    log.tx
        .prepare_cached(
            "INSERT INTO decisions (id, reference, base_reference, body_id, type, outcome, category, subcategory, decision_date,
                summary, url, document, source_id, row) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            id,
            record.reference.address(),
            record.reference.case(),
            body_id,
            record.kind.word(),
            record.outcome.word(),
            record.category.word(),
            record.subcategory,
            record.decision_date.to_string(),
            record.summary,
            record.url,
            record.document,
            source,
            record.location.row,
        ])?;
    let id = id.unwrap_or_else(|| log.tx.last_insert_rowid());
    let mut whole = String::new();
    for (position, section) in (0_i64..).zip(&record.sections) {
        log.tx
            .prepare_cached(
                "INSERT INTO decision_sections (decision_id, position, heading, text) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![id, position, section.heading, section.text])?;
        whole.push_str(&section.text);
        whole.push('\n');
    }
    let subject =
        format!("{} {}", record.category.title(), record.subcategory.as_deref().map(words).unwrap_or_default());
    log.tx
        .prepare_cached(
            "INSERT INTO decision_search (rowid, summary, subject, body, sections) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![id, record.summary, subject, body_name, whole])?;
    Ok(())
}

/// The row of a body and its name; bodies that are no councils are made when first named.
fn body(log: &Log<'_>, body: &BodyName) -> Result<(i64, String), DbError> {
    let name = match body {
        BodyName::Council(council) => {
            return Ok(log
                .tx
                .prepare_cached("SELECT id, name FROM bodies WHERE id = ?1")?
                .query_row([council.0], |row| Ok((row.get(0)?, row.get(1)?)))?);
        }
        BodyName::Other(name) => name,
    };
    let slug = Slug::from_name(name).map_or_else(|| "unnamed-body".to_owned(), |slug| slug.to_string());
    let known: Option<i64> = log
        .tx
        .prepare_cached("SELECT id FROM bodies WHERE slug = ?1 AND council_id IS NULL")?
        .query_row([&slug], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok((id, name.clone()));
    }
    // Councils use the numbers of their own table, so other bodies start well above.
    log.tx
        .prepare_cached(
            "INSERT INTO bodies (id, slug, name) SELECT max(1000000, ifnull(max(id), 0) + 1), ?1, ?2 FROM bodies",
        )?
        .execute(params![slug, name])?;
    Ok((log.tx.last_insert_rowid(), name.clone()))
}
