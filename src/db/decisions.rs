//! Reading decisions.

use jiff::civil::Date;
use rusqlite::{Connection, Row, params};

use super::error::{DbError, parsed};
use crate::domain::council::{CouncilId, Slug};
use crate::domain::decision::{Category, Decision, DecisionType, Outcome, Reference};

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

pub(super) const COLUMNS: &str =
    "d.id, d.reference, d.type, d.outcome, d.category, d.subcategory, d.decision_date, d.summary,
    b.name, b.slug, b.council_id, d.url, d.document";

pub(super) fn listed(row: &Row<'_>) -> Result<ListedDecision, DbError> {
    Ok(ListedDecision {
        id: row.get(0)?,
        decision: Decision {
            reference: parsed(Reference::parse(&row.get::<_, String>(1)?))?,
            kind: parsed(DecisionType::parse(&row.get::<_, String>(2)?))?,
            outcome: parsed(Outcome::parse(&row.get::<_, String>(3)?))?,
            category: parsed(Category::parse(&row.get::<_, String>(4)?))?,
            subcategory: row.get(5)?,
            decision_date: parsed(row.get::<_, String>(6)?.parse::<Date>())?,
            summary: row.get(7)?,
        },
        body: row.get(8)?,
        body_slug: parsed(Slug::parse(&row.get::<_, String>(9)?))?,
        council: row.get::<_, Option<i64>>(10)?.map(CouncilId),
        url: row.get(11)?,
        document: row.get(12)?,
    })
}

/// Decisions about one council in a span of days, reports first, then newest first.
pub fn of_council(
    conn: &Connection,
    council: CouncilId,
    from: Date,
    to: Date,
    most: u32,
) -> Result<Vec<ListedDecision>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM decisions d JOIN bodies b ON b.id = d.body_id
         WHERE d.body_id = ?1 AND d.decision_date BETWEEN ?2 AND ?3
         ORDER BY d.type = 'report' DESC, d.decision_date DESC, d.reference LIMIT ?4"
    ))?;
    let mut rows = statement.query(params![council.0, from.to_string(), to.to_string(), most])?;
    let mut decisions = Vec::new();
    while let Some(row) = rows.next()? {
        decisions.push(listed(row)?);
    }
    Ok(decisions)
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
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM decisions d JOIN bodies b ON b.id = d.body_id WHERE d.reference = ?1"
    ))?;
    let mut rows = statement.query([reference.address()])?;
    rows.next()?.map(listed).transpose()
}
