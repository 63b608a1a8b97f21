//! Reading decisions.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;
use rusqlite::{Connection, Params, Row, params};

use super::error::DbError;
use super::sources::{self, Source};
use super::values::row;
use super::withdrawn_key::WithdrawnKey;
use crate::domain::council::{CouncilId, Slug};
use crate::domain::decision::{Category, Decision, Reference, Section};

/// A decision as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedDecision {
    /// Row number, for joining.
    pub id: i64,
    /// The decision.
    pub decision: Decision,
    /// Name of the body it is about.
    pub body: String,
    /// Address name of the body.
    pub body_slug: Slug,
    /// The council, when the body is one.
    pub council: Option<CouncilId>,
    /// The original.
    pub url: Option<String>,
    /// Its document.
    pub document: Option<String>,
}

row! {
    /// What is published of a decision, of `decisions d`.
    struct DecisionColumns reads Decision {
        reference = "d.reference",
        kind = "d.type",
        outcome = "d.outcome",
        category = "d.category",
        subcategory = "d.subcategory",
        decision_date = "d.decision_date",
        summary = "d.summary",
    }
}

row! {
    /// What a list knows beside it, of `decisions d` and `bodies b`.
    struct AroundColumns {
        id: i64 = "d.id",
        body: String = "b.name",
        body_slug: Slug = "b.slug",
        council: Option<CouncilId> = "b.council_id",
        url: Option<String> = "d.url",
        document: Option<String> = "d.document",
    }
}

/// The columns of a listed decision, of `decisions d` and `bodies b`.
pub(super) fn columns() -> String {
    format!("{}, {}", DecisionColumns::COLUMNS, AroundColumns::COLUMNS)
}

/// How many they are.
pub(super) const WIDTH: usize = DecisionColumns::WIDTH + AroundColumns::WIDTH;

pub(super) fn listed(row: &Row<'_>) -> Result<ListedDecision, DbError> {
    let decision = DecisionColumns::read(row, 0)?;
    let AroundColumns { id, body, body_slug, council, url, document } =
        AroundColumns::read(row, DecisionColumns::WIDTH)?;
    Ok(ListedDecision { id, decision, body, body_slug, council, url, document })
}

/// The decisions that a condition chooses, in the order that follows it.
fn chosen(conn: &Connection, condition: &str, values: impl Params) -> Result<Vec<ListedDecision>, DbError> {
    let sql = format!("SELECT {} FROM decisions d JOIN bodies b ON b.id = d.body_id {condition}", columns());
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(values)?;
    let mut decisions = Vec::new();
    while let Some(row) = rows.next()? {
        decisions.push(listed(row)?);
    }
    Ok(decisions)
}

/// Decisions about one council in a span of days, reports first, then newest first.
pub fn of_council(
    conn: &Connection,
    council: CouncilId,
    from: Date,
    to: Date,
    most: u32,
) -> Result<Vec<ListedDecision>, DbError> {
    chosen(
        conn,
        "WHERE d.body_id = ?1 AND d.decision_date BETWEEN ?2 AND ?3
         ORDER BY d.type = 'report' DESC, d.outcome = 'upheld' DESC, d.decision_date DESC, d.reference LIMIT ?4",
        params![council.0, from.to_string(), to.to_string(), most],
    )
}

/// How many decisions and public reports one council has in a span of days.
pub fn count_of_council(conn: &Connection, council: CouncilId, from: Date, to: Date) -> Result<(u64, u64), DbError> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*), ifnull(sum(type = 'report'), 0) FROM decisions WHERE body_id = ?1 AND decision_date BETWEEN ?2 AND ?3",
        )?
        .query_row(params![council.0, from.to_string(), to.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// One decision by its reference.
pub fn by_reference(conn: &Connection, reference: &Reference) -> Result<Option<ListedDecision>, DbError> {
    Ok(chosen(conn, "WHERE d.reference = ?1", [reference.address()])?.into_iter().next())
}

/// Decisions by their row numbers, in the order asked for; numbers that are not there are left out.
pub fn by_ids(conn: &Connection, ids: &[i64]) -> Result<Vec<ListedDecision>, DbError> {
    let mut decisions = Vec::with_capacity(ids.len());
    for id in ids {
        decisions.extend(chosen(conn, "WHERE d.id = ?1", [id])?);
    }
    Ok(decisions)
}

/// Hands over the summaries of some decisions.
pub fn each_summary(conn: &Connection, ids: &[i64], mut take: impl FnMut(&str)) -> Result<(), DbError> {
    let mut statement = conn.prepare_cached("SELECT summary FROM decisions WHERE id = ?1")?;
    for id in ids {
        let mut rows = statement.query([id])?;
        if let Some(row) = rows.next()? {
            take(row.get_ref(0)?.as_str().unwrap_or_default());
        }
    }
    Ok(())
}

/// References in their order, some at a time.
pub fn references(conn: &Connection, most: usize, skip: usize) -> Result<Vec<Reference>, DbError> {
    let mut statement = conn.prepare_cached("SELECT reference FROM decisions ORDER BY reference LIMIT ?1 OFFSET ?2")?;
    let mut rows = statement.query(params![most, skip])?;
    let mut references = Vec::new();
    while let Some(row) = rows.next()? {
        references.push(row.get(0)?);
    }
    Ok(references)
}

/// All decisions of one case, which share a reference but for its letter: statements and reports, oldest first.
pub fn of_case(conn: &Connection, case: &str) -> Result<Vec<ListedDecision>, DbError> {
    chosen(conn, "WHERE d.base_reference = ?1 ORDER BY d.reference", [case])
}

/// The newest upheld decisions on a subject, those that led to improvements first.
pub fn upheld_on(
    conn: &Connection,
    category: Category,
    subcategory: Option<&str>,
    improved: bool,
    most: u32,
) -> Result<Vec<ListedDecision>, DbError> {
    chosen(
        conn,
        "WHERE d.category = ?1 AND d.subcategory IS ?2 AND d.outcome = 'upheld'
            AND EXISTS (SELECT 1 FROM improvements i WHERE i.reference = d.reference) = ?3
         ORDER BY d.decision_date DESC LIMIT ?4",
        params![category.as_str(), subcategory, improved, most],
    )
}

/// The parts of a decision's text, where it was imported.
pub fn sections(conn: &Connection, id: i64) -> Result<Vec<Section>, DbError> {
    let mut statement =
        conn.prepare_cached("SELECT heading, text FROM decision_sections WHERE decision_id = ?1 ORDER BY position")?;
    let rows = statement.query_map([id], |row| Ok(Section { heading: row.get(0)?, text: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Where a decision was read from.
pub fn source(conn: &Connection, id: i64) -> Result<Option<Source>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {}, d.row
         FROM decisions d JOIN sources s ON s.id = d.source_id JOIN releases r ON r.id = s.release_id WHERE d.id = ?1",
        sources::COLUMNS
    ))?;
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    sources::read(row, 0)
}

/// A body that decisions name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Row number.
    pub id: i64,
    /// Address name.
    pub slug: String,
    /// Name.
    pub name: String,
    /// The council, when it is one.
    pub council: Option<CouncilId>,
}

/// All bodies: the councils, and the others that decisions name.
pub fn bodies(conn: &Connection) -> Result<Vec<Body>, DbError> {
    let mut statement = conn.prepare("SELECT id, slug, name, council_id FROM bodies ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        Ok(Body { id: row.get(0)?, slug: row.get(1)?, name: row.get(2)?, council: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The public reports of a span of days, newest first.
pub fn reports_between(conn: &Connection, from: Date, to: Date, most: u32) -> Result<Vec<ListedDecision>, DbError> {
    chosen(
        conn,
        "WHERE d.type = 'report' AND d.decision_date BETWEEN ?1 AND ?2 ORDER BY d.decision_date DESC, d.reference LIMIT ?3",
        params![from.to_string(), to.to_string(), most],
    )
}

/// How many public reports about each council, or about one, a span of days has, and the day of the newest; councils without
/// any are left out.
pub fn reports_by_council(
    conn: &Connection,
    council: Option<CouncilId>,
    from: Date,
    to: Date,
) -> Result<Vec<(CouncilId, u64, Date)>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT b.council_id, count(*), max(d.decision_date) FROM decisions d JOIN bodies b ON b.id = d.body_id
         WHERE d.type = 'report' AND d.decision_date BETWEEN ?1 AND ?2 AND b.council_id IS NOT NULL
           AND (?3 IS NULL OR b.council_id = ?3) GROUP BY b.council_id",
    )?;
    let mut rows = statement.query(params![from.to_string(), to.to_string(), council])?;
    let mut counts = Vec::new();
    while let Some(row) = rows.next()? {
        counts.push((row.get(0)?, row.get(1)?, row.get(2)?));
    }
    Ok(counts)
}

/// Whether any public report of a span of days is loaded, about whomever.
pub fn has_reports(conn: &Connection, from: Date, to: Date) -> Result<bool, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM decisions WHERE type = 'report' AND decision_date BETWEEN ?1 AND ?2)",
    )?;
    Ok(statement.query_row([from.to_string(), to.to_string()], |row| row.get(0))?)
}

/// Digests of the references of withdrawn decisions (`db/write/decisions.rs`).
pub fn withdrawn(conn: &Connection) -> Result<BTreeSet<String>, DbError> {
    let mut statement = conn.prepare("SELECT digest FROM withdrawn_decisions")?;
    let digests = statement.query_map([], |row| row.get(0))?;
    Ok(digests.collect::<Result<_, _>>()?)
}

/// Whether digests were made with a key; none were made with any.
pub fn are_of(withdrawn: &BTreeSet<String>, key: Option<&WithdrawnKey>) -> bool {
    withdrawn.is_empty() || key.is_some_and(|key| withdrawn.contains(&key.digest("")))
}

/// Whether a file shows any decision that another one has withdrawn.
///
/// # Errors
/// The key of the data directory is not the one with which the digests were made.
pub fn shows_any(conn: &Connection, data_dir: &Path, withdrawn: &BTreeSet<String>) -> Result<bool, DbError> {
    let key = WithdrawnKey::read(data_dir)?.filter(|key| are_of(withdrawn, Some(key)));
    let Some(key) = key else {
        let unknown = DbError::WithdrawnKey { data_dir: data_dir.to_owned() };
        return if withdrawn.is_empty() { Ok(false) } else { Err(unknown) };
    };
    let mut statement = conn.prepare("SELECT reference FROM decisions")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if withdrawn.contains(&key.digest(row.get_ref(0)?.as_str().unwrap_or_default())) {
            return Ok(true);
        }
    }
    Ok(false)
}
