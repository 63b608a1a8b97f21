//! Writing decisions and their search rows. A withdrawn decision leaves no trace in the file.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};

use super::log::{Change, Log};
use crate::db::decisions::{are_of, withdrawn};
use crate::db::error::DbError;
use crate::db::withdrawn_key::WithdrawnKey;
use crate::domain::council::Slug;
use crate::domain::decision::Section;
use crate::domain::record::{BodyName, DecisionRecord};

pub(super) fn apply(log: &mut Log<'_>, rows: &[DecisionRecord]) -> Result<(), DbError> {
    let mut withdrawn = Withdrawn::read(log)?;
    let mut unsearched = Unsearched::default();
    for record in log.each("Writing decisions", rows) {
        let before = stored(log, record)?;
        match (before, record.withdrawn_on) {
            (before, Some(_)) => {
                withdrawn.keep_out(log, record, before.map(|stored| stored.id), &mut unsearched)?;
            }
            (None, None) if withdrawn.holds(record) => log.unchanged(),
            (Some(stored), None) => match difference(&stored, &described(log, &filled(record, &stored))?) {
                None => log.unchanged(),
                Some((old, new)) => {
                    let record = &filled(record, &stored);
                    remove(log, stored.id, &mut unsearched)?;
                    insert(log, record, Some(stored.id), &mut unsearched)?;
                    log.changed(&Change {
                        noun: "decision",
                        council: record.body.council(),
                        year: None,
                        what: record.decision.reference.to_string(),
                        old: Some(old),
                        new: Some(new),
                    })?;
                }
            },
            (None, None) => {
                insert(log, record, None, &mut unsearched)?;
                log.added("decisions", None);
            }
        }
    }
    unsearched.into_search(log)?;
    // A body of which no decision is left is nowhere either.
    log.tx.execute(
        "DELETE FROM bodies WHERE council_id IS NULL AND NOT EXISTS (SELECT 1 FROM decisions WHERE body_id = bodies.id)",
        [],
    )?;
    Ok(())
}

/// Withdrawn decisions are remembered, so that no later list brings one back; by a digest, since its reference is public
/// no longer.
struct Withdrawn {
    digests: BTreeSet<String>,
    key: Option<WithdrawnKey>,
}

impl Withdrawn {
    fn read(log: &Log<'_>) -> Result<Self, DbError> {
        let (digests, key) = (withdrawn(log.tx)?, log.withdrawn_key.borrow().clone());
        if are_of(&digests, key.as_ref()) {
            Ok(Self { digests, key })
        } else {
            Err(DbError::WithdrawnKey { data_dir: log.data_dir.to_owned() })
        }
    }

    fn holds(&self, record: &DecisionRecord) -> bool {
        let reference = record.decision.reference.address();
        !self.digests.is_empty() && self.key.as_ref().is_some_and(|key| self.digests.contains(&key.digest(&reference)))
    }

    fn keep_out(
        &mut self,
        log: &mut Log<'_>,
        record: &DecisionRecord,
        id: Option<i64>,
        unsearched: &mut Unsearched,
    ) -> Result<(), DbError> {
        let key = match self.key.take() {
            Some(key) => key,
            None => WithdrawnKey::new()?,
        };
        let mut noted = false;
        for reference in ["", &record.decision.reference.address()] {
            let digest = key.digest(reference);
            noted = log
                .tx
                .prepare_cached("INSERT OR IGNORE INTO withdrawn_decisions (digest) VALUES (?1)")?
                .execute([&digest])?
                > 0;
            self.digests.insert(digest);
        }
        log.withdrawn_key.replace(Some(key.clone()));
        self.key = Some(key);
        match id {
            Some(id) => withdraw(log, record, id, unsearched),
            // Not here yet: it may wait for its hour, and then must not come.
            None if noted => log.changed(&Change {
                noun: "decision",
                council: None,
                year: None,
                what: "withdrawn".to_owned(),
                old: None,
                new: None,
            }),
            None => {
                log.unchanged();
                Ok(())
            }
        }
    }
}

/// Decisions that are written and not in the search yet. Before each statement that adds rows out of others SQLite writes
/// the words gathered so far. A decision at a time, the pieces of the index were merged over and over: of 2,000,000
/// decisions, which now take five minutes, 130 MB of 1.7 GB were written after six.
#[derive(Default)]
struct Unsearched(BTreeSet<i64>);

impl Unsearched {
    /// Decisions in one statement: few enough that a bar moves, many enough that their words fill the memory for them.
    const AT_ONCE: usize = 20_000;

    fn into_search(self, log: &Log<'_>) -> Result<(), DbError> {
        let ids: Vec<i64> = self.0.into_iter().collect();
        let statement = format!("{INTO_SEARCH} WHERE rowid IN (SELECT value FROM json_each(?1))");
        let parts: Vec<&[i64]> = ids.chunks(Self::AT_ONCE).collect();
        for part in log.each("Indexing decisions", &parts) {
            log.tx.prepare_cached(&statement)?.execute([serde_json::json!(part).to_string()])?;
        }
        Ok(())
    }
}

/// The record with what its file does not know and the stored decision does: an empty cell never erases.
fn filled<'a>(record: &'a DecisionRecord, stored: &Described) -> Cow<'a, DecisionRecord> {
    let known = |name: &str| {
        let fact = stored.facts.iter().find(|(fact, _)| *fact == name).map(|(_, value)| value.clone());
        fact.filter(|value| !value.is_empty())
    };
    let whole = !record.decision.summary.is_empty() && !record.sections.is_empty();
    if whole && record.decision.subcategory.is_some() && record.url.is_some() && record.document.is_some() {
        return Cow::Borrowed(record);
    }
    let mut record = record.clone();
    record.decision.subcategory = record.decision.subcategory.or_else(|| known("subcategory"));
    record.url = record.url.or_else(|| known("original"));
    record.document = record.document.or_else(|| known("document"));
    if record.decision.summary.is_empty() {
        record.decision.summary.clone_from(&stored.summary);
    }
    if record.sections.is_empty() {
        record.sections.clone_from(&stored.sections);
    }
    Cow::Owned(record)
}

/// A decision as the log compares it: facts with their names, and the whole text.
struct Described {
    id: i64,
    facts: Vec<(&'static str, String)>,
    summary: String,
    sections: Vec<Section>,
}

/// The stored decision with the same reference.
fn stored(log: &Log<'_>, record: &DecisionRecord) -> Result<Option<Described>, DbError> {
    let found: Option<(i64, Vec<(&str, String)>, String)> = log
        .tx
        .prepare_cached(
            "SELECT d.id, b.name, d.type, d.outcome, d.category, ifnull(d.subcategory, ''), d.decision_date,
                ifnull(d.url, ''), ifnull(d.document, ''), d.summary
             FROM decisions d JOIN bodies b ON b.id = d.body_id WHERE d.reference = ?1",
        )?
        .query_row([record.decision.reference.address()], |row| {
            let facts = FACTS.iter().zip(1..).map(|(name, at)| Ok((*name, row.get(at)?)));
            Ok((row.get(0)?, facts.collect::<Result<_, rusqlite::Error>>()?, row.get(9)?))
        })
        .optional()?;
    let Some((id, facts, summary)) = found else { return Ok(None) };
    let mut statement = log
        .tx
        .prepare_cached("SELECT heading, text FROM decision_sections WHERE decision_id = ?1 ORDER BY position")?;
    let sections = statement.query_map([id], |row| Ok(Section { heading: row.get(0)?, text: row.get(1)? }))?;
    let sections = sections.collect::<Result<Vec<_>, _>>()?;
    Ok(Some(Described { id, facts, summary, sections }))
}

/// What is compared one by one, in the order of `stored` and `described`.
const FACTS: [&str; 8] = ["about", "type", "outcome", "category", "subcategory", "decided", "original", "document"];

fn described(log: &Log<'_>, record: &DecisionRecord) -> Result<Described, DbError> {
    let body = match &record.body {
        BodyName::Council(council) => log
            .tx
            .prepare_cached("SELECT name FROM bodies WHERE id = ?1")?
            .query_row([council.0], |row| row.get::<_, String>(0))?,
        BodyName::Other(name) => name.clone(),
    };
    let values = [
        body,
        record.decision.kind.as_str().to_owned(),
        record.decision.outcome.as_str().to_owned(),
        record.decision.category.as_str().to_owned(),
        record.decision.subcategory.clone().unwrap_or_default(),
        record.decision.decision_date.to_string(),
        record.url.clone().unwrap_or_default(),
        record.document.clone().unwrap_or_default(),
    ];
    let facts = FACTS.into_iter().zip(values).collect();
    Ok(Described { id: 0, facts, summary: record.decision.summary.clone(), sections: record.sections.clone() })
}

/// What differs, before and since. Facts are kept; of a text only that it changed, since texts are corrected where they
/// say too much about a person.
fn difference(before: &Described, since: &Described) -> Option<(String, String)> {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for ((name, was), (_, is)) in before.facts.iter().zip(&since.facts).filter(|(was, is)| was != is) {
        let told = |value: &str| format!("{name} {}", if value.is_empty() { "not known" } else { value });
        old.push(told(was));
        new.push(told(is));
    }
    if (&before.summary, &before.sections) != (&since.summary, &since.sections) {
        old.push("former text".to_owned());
        new.push("text as now shown".to_owned());
    }
    (!old.is_empty()).then(|| (old.join(", "), new.join(", ")))
}

/// Neither reference nor text may stay behind: not in the log of changes, not as the name of the page that was imported.
fn withdraw(log: &mut Log<'_>, record: &DecisionRecord, id: i64, unsearched: &mut Unsearched) -> Result<(), DbError> {
    let source: i64 =
        log.tx.prepare_cached("SELECT source_id FROM decisions WHERE id = ?1")?.query_row([id], |row| row.get(0))?;
    remove(log, id, unsearched)?;
    let improvements = log
        .tx
        .prepare_cached("DELETE FROM improvements WHERE reference = ?1")?
        .execute([record.decision.reference.address()])?;
    log.tx
        .prepare_cached("DELETE FROM changes WHERE noun IN ('decision', 'improvement') AND what = ?1")?
        .execute([record.decision.reference.to_string()])?;
    log.tx
        .prepare_cached(
            "DELETE FROM sources WHERE id = ?1 AND release_id <> ?2 AND NOT EXISTS (SELECT 1 FROM decisions WHERE source_id = ?1)",
        )?
        .execute(params![source, log.release_id])?;
    let change = |noun| Change { noun, council: None, year: None, what: "withdrawn".to_owned(), old: None, new: None };
    log.changed(&change("decision"))?;
    for _ in 0..improvements {
        log.changed(&change("improvement"))?;
    }
    Ok(())
}

fn remove(log: &Log<'_>, id: i64, unsearched: &mut Unsearched) -> Result<(), DbError> {
    if !unsearched.0.remove(&id) {
        // First: the index reads in the tables which words go.
        log.tx.prepare_cached("DELETE FROM decision_search WHERE rowid = ?1")?.execute([id])?;
    }
    log.tx.prepare_cached("DELETE FROM decision_sections WHERE decision_id = ?1")?.execute([id])?;
    log.tx.prepare_cached("DELETE FROM decisions WHERE id = ?1")?.execute([id])?;
    Ok(())
}

fn insert(
    log: &mut Log<'_>,
    record: &DecisionRecord,
    id: Option<i64>,
    unsearched: &mut Unsearched,
) -> Result<(), DbError> {
    let body_id = body(log, &record.body)?;
    let source = log.source(&record.location, None)?;
    log.tx
        .prepare_cached(
            "INSERT INTO decisions (id, reference, base_reference, body_id, type, outcome, category, subcategory, decision_date,
                summary, url, document, source_id, row) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            id,
            record.decision.reference.address(),
            record.decision.reference.case(),
            body_id,
            record.decision.kind.as_str(),
            record.decision.outcome.as_str(),
            record.decision.category.as_str(),
            record.decision.subcategory,
            record.decision.decision_date.to_string(),
            record.decision.summary,
            record.url,
            record.document,
            source,
            record.location.row,
        ])?;
    let id = id.unwrap_or_else(|| log.tx.last_insert_rowid());
    for (position, section) in (0_i64..).zip(&record.sections) {
        log.tx
            .prepare_cached(
                "INSERT INTO decision_sections (decision_id, position, heading, text) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![id, position, section.heading, section.text])?;
    }
    unsearched.0.insert(id);
    Ok(())
}

/// Puts decisions into the search, as the view shows them.
const INTO_SEARCH: &str = "INSERT INTO decision_search (rowid, summary, subject, body, sections)
     SELECT rowid, summary, subject, body, sections FROM readable_decisions";

/// Gives a council another name, which its decisions are found by.
pub(super) fn rename_body(log: &Log<'_>, council: i64, name: &str) -> Result<(), DbError> {
    let decisions = "IN (SELECT id FROM decisions WHERE body_id = ?1)";
    log.tx.prepare_cached(&format!("DELETE FROM decision_search WHERE rowid {decisions}"))?.execute([council])?;
    log.tx.prepare_cached("UPDATE bodies SET name = ?2 WHERE id = ?1")?.execute(params![council, name])?;
    log.tx.prepare_cached(&format!("{INTO_SEARCH} WHERE rowid {decisions}"))?.execute([council])?;
    Ok(())
}

/// The row of a body; bodies that are no councils are made when first named.
fn body(log: &Log<'_>, body: &BodyName) -> Result<i64, DbError> {
    let name = match body {
        BodyName::Council(council) => {
            return Ok(log
                .tx
                .prepare_cached("SELECT id FROM bodies WHERE id = ?1")?
                .query_row([council.0], |row| row.get(0))?);
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
        return Ok(id);
    }
    // Councils use the numbers of their own table, so other bodies start well above.
    log.tx
        .prepare_cached(
            "INSERT INTO bodies (id, slug, name) SELECT max(1000000, ifnull(max(id), 0) + 1), ?1, ?2 FROM bodies",
        )?
        .execute(params![slug, name])?;
    Ok(log.tx.last_insert_rowid())
}
