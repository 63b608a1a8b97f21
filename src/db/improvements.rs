//! Reading service improvements.

use jiff::civil::Date;
use rusqlite::{Connection, Row, named_params};

use super::councils::day;
use super::error::{DbError, parsed};
use crate::domain::council::{CouncilId, CouncilKind};
use crate::domain::decision::{Category, Reference};
use crate::domain::improvement::ImprovementState;

/// A service improvement as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedImprovement {
    /// Row number.
    pub id: i64,
    /// Who agreed it.
    pub council: CouncilId,
    /// The case it came from.
    pub reference: Reference,
    /// Category.
    pub category: Category,
    /// Subcategory slug.
    pub subcategory: Option<String>,
    /// What was agreed.
    pub summary: String,
    /// When.
    pub agreed_on: Date,
    /// Until when.
    pub due_on: Option<Date>,
    /// Done when.
    pub achieved_on: Option<Date>,
}

/// All improvements of one council, newest agreement first.
pub fn of_council(conn: &Connection, council: CouncilId) -> Result<Vec<ListedImprovement>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, council_id, reference, category, subcategory, summary, agreed_on, due_on, achieved_on
         FROM improvements WHERE council_id = ?1 ORDER BY agreed_on DESC, reference, summary",
    )?;
    let mut rows = statement.query([council.0])?;
    let mut improvements = Vec::new();
    while let Some(row) = rows.next()? {
        improvements.push(listed(row)?);
    }
    Ok(improvements)
}

/// How many improvements one council has agreed.
pub fn count_of_council(conn: &Connection, council: CouncilId) -> Result<u64, DbError> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM improvements WHERE council_id = ?1")?
        .query_row([council.0], |row| row.get(0))?)
}

/// The improvements agreed in one case.
pub fn of_case(conn: &Connection, reference: &Reference) -> Result<Vec<ListedImprovement>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, council_id, reference, category, subcategory, summary, agreed_on, due_on, achieved_on
         FROM improvements WHERE reference = ?1 ORDER BY agreed_on, summary, id",
    )?;
    let mut rows = statement.query([reference.address()])?;
    let mut improvements = Vec::new();
    while let Some(row) = rows.next()? {
        improvements.push(listed(row)?);
    }
    Ok(improvements)
}

fn listed(row: &Row<'_>) -> Result<ListedImprovement, DbError> {
    Ok(ListedImprovement {
        id: row.get(0)?,
        council: CouncilId(row.get(1)?),
        reference: parsed(Reference::parse(&row.get::<_, String>(2)?))?,
        category: parsed(Category::parse(&row.get::<_, String>(3)?))?,
        subcategory: row.get(4)?,
        summary: row.get(5)?,
        agreed_on: parsed(row.get::<_, String>(6)?.parse::<Date>())?,
        due_on: day(row.get(7)?)?,
        achieved_on: day(row.get(8)?)?,
    })
}

/// Which improvements are asked for; all that is `None` is not asked about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ImprovementQuery {
    /// Agreed by this council.
    pub council: Option<CouncilId>,
    /// Agreed by councils of this kind.
    pub kind: Option<CouncilKind>,
    /// In this category.
    pub category: Option<Category>,
    /// In this state on the day.
    pub state: Option<ImprovementState>,
}

/// The state on day `:day`, as `domain::improvement` decides it; a test holds the two together.
const STATE: &str = "CASE WHEN achieved_on > due_on THEN 'achieved-late' WHEN achieved_on IS NOT NULL THEN 'achieved'
    WHEN due_on < :day THEN 'overdue' ELSE 'agreed' END";

/// Conditions of a query; every one of them may be switched off by a null.
const WHERE: &str = "(:council IS NULL OR council_id = :council)
    AND (:kind IS NULL OR council_id IN (SELECT id FROM councils WHERE kind = :kind))
    AND (:category IS NULL OR category = :category)";

/// How many improvements each council has in each category and state: at most a few thousand groups,
/// from which every count on the page is added up.
pub fn tally(
    conn: &Connection,
    council: Option<CouncilId>,
    today: Date,
) -> Result<Vec<(CouncilId, Category, ImprovementState, u64)>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT council_id, category, {STATE} AS state, count(*) FROM improvements
         WHERE (:council IS NULL OR council_id = :council) GROUP BY 1, 2, 3"
    ))?;
    let mut rows = statement.query(named_params! { ":council": council.map(|id| id.0), ":day": today.to_string() })?;
    let mut groups = Vec::new();
    while let Some(row) = rows.next()? {
        groups.push((
            CouncilId(row.get(0)?),
            parsed(Category::parse(&row.get::<_, String>(1)?))?,
            state(&row.get::<_, String>(2)?)?,
            row.get(3)?,
        ));
    }
    Ok(groups)
}

/// A page of improvements with their states, and whether the decision behind each is published here.
/// Overdue ones first, the longest overdue leading; then those due soonest; then the newest achieved.
pub fn page(
    conn: &Connection,
    query: &ImprovementQuery,
    today: Date,
    most: u32,
    skip: u32,
) -> Result<Vec<(ListedImprovement, ImprovementState, bool)>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT id, council_id, reference, category, subcategory, summary, agreed_on, due_on, achieved_on, state,
            EXISTS (SELECT 1 FROM decisions d WHERE d.reference = found.reference)
         FROM (SELECT *, {STATE} AS state FROM improvements WHERE {WHERE}) AS found
         WHERE :state IS NULL OR state = :state
         ORDER BY CASE state WHEN 'overdue' THEN 0 WHEN 'agreed' THEN 1 ELSE 2 END,
            CASE WHEN achieved_on IS NULL THEN ifnull(due_on, '9999') END, achieved_on DESC, reference, summary, id
         LIMIT :most OFFSET :skip"
    ))?;
    let mut rows = statement.query(named_params! {
        ":council": query.council.map(|id| id.0),
        ":kind": query.kind.map(CouncilKind::word),
        ":category": query.category.map(Category::word),
        ":state": query.state.map(ImprovementState::word),
        ":day": today.to_string(),
        ":most": most,
        ":skip": skip,
    })?;
    let mut improvements = Vec::new();
    while let Some(row) = rows.next()? {
        improvements.push((listed(row)?, state(&row.get::<_, String>(9)?)?, row.get(10)?));
    }
    Ok(improvements)
}

fn state(word: &str) -> Result<ImprovementState, DbError> {
    ImprovementState::parse(word).ok_or_else(|| DbError::Value(format!("state “{word}”")))
}
