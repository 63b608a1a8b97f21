//! Reading service improvements.

use jiff::civil::Date;
use rusqlite::{Connection, Rows, named_params};

use super::error::DbError;
use super::values::row;
use crate::domain::council::{CouncilId, CouncilKind};
use crate::domain::decision::{Category, Reference};
use crate::domain::improvement::ImprovementState;

row! {
    /// A service improvement as lists show it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ListedImprovement {
        /// Row number.
        id: i64 = "id",
        /// Who agreed it.
        council: CouncilId = "council_id",
        /// The case it came from.
        reference: Reference = "reference",
        /// Category.
        category: Category = "category",
        /// Subcategory slug.
        subcategory: Option<String> = "subcategory",
        /// What was agreed.
        summary: String = "summary",
        /// When.
        agreed_on: Date = "agreed_on",
        /// Until when.
        due_on: Option<Date> = "due_on",
        /// Done when.
        achieved_on: Option<Date> = "achieved_on",
    }
}

/// All improvements of one council, newest agreement first.
pub fn of_council(conn: &Connection, council: CouncilId) -> Result<Vec<ListedImprovement>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {} FROM improvements WHERE council_id = ?1 ORDER BY agreed_on DESC, reference, summary",
        ListedImprovement::COLUMNS
    ))?;
    let mut rows = statement.query([council])?;
    let mut improvements = Vec::new();
    while let Some(row) = rows.next()? {
        improvements.push(ListedImprovement::read(row, 0)?);
    }
    Ok(improvements)
}

/// How many improvements one council has agreed.
pub fn count_of_council(conn: &Connection, council: CouncilId) -> Result<u64, DbError> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM improvements WHERE council_id = ?1")?
        .query_row([council.0], |row| row.get(0))?)
}

/// How many improvements each council agreed on each day about each subject: at most as many groups as improvements.
pub fn agreed_by_subject(conn: &Connection) -> Result<Vec<(CouncilId, Category, Option<String>, Date, u64)>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT council_id, category, subcategory, agreed_on, count(*) FROM improvements GROUP BY 1, 2, 3, 4",
    )?;
    let mut rows = statement.query([])?;
    let mut groups = Vec::new();
    while let Some(row) = rows.next()? {
        groups.push((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
    }
    Ok(groups)
}

/// Which improvements about a subject are asked for; all that is `None` is not asked about.
#[derive(Clone, Copy, Debug)]
pub struct SubjectImprovements<'a> {
    /// In this category.
    pub category: Category,
    /// In this subcategory.
    pub subcategory: Option<&'a str>,
    /// Agreed by councils of this kind.
    pub kind: Option<CouncilKind>,
    /// Agreed by councils of this region.
    pub region: Option<&'a str>,
    /// Agreed from this day on.
    pub from: Date,
    /// Agreed until this day.
    pub to: Date,
}

/// The improvements about a subject agreed in a span of days, newest first, with their states on a day and whether the
/// decision behind each is published here.
pub fn about_subject(
    conn: &Connection,
    query: &SubjectImprovements<'_>,
    today: Date,
    most: u32,
) -> Result<Vec<(ListedImprovement, ImprovementState, bool)>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {}, {STATE}, EXISTS (SELECT 1 FROM decisions d WHERE d.reference = improvements.reference)
         FROM improvements WHERE category = :category AND (:subcategory IS NULL OR subcategory = :subcategory)
            AND (:kind IS NULL OR council_id IN (SELECT id FROM councils WHERE kind = :kind))
            AND (:region IS NULL OR council_id IN (SELECT id FROM councils WHERE region = :region))
            AND agreed_on BETWEEN :from AND :to
         ORDER BY agreed_on DESC, reference, summary, id LIMIT :most",
        ListedImprovement::COLUMNS
    ))?;
    let mut rows = statement.query(named_params! {
        ":category": query.category,
        ":subcategory": query.subcategory,
        ":kind": query.kind,
        ":region": query.region,
        ":from": query.from,
        ":to": query.to,
        ":day": today,
        ":most": most,
    })?;
    with_states(&mut rows)
}

/// Improvements, each with its state on the day asked for and whether its case is published.
fn with_states(rows: &mut Rows<'_>) -> Result<Vec<(ListedImprovement, ImprovementState, bool)>, DbError> {
    let mut improvements = Vec::new();
    let width = ListedImprovement::WIDTH;
    while let Some(row) = rows.next()? {
        improvements.push((ListedImprovement::read(row, 0)?, row.get(width)?, row.get(width + 1)?));
    }
    Ok(improvements)
}

/// The improvements agreed in one case.
pub fn of_case(conn: &Connection, reference: &Reference) -> Result<Vec<ListedImprovement>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {} FROM improvements WHERE reference = ?1 ORDER BY agreed_on, summary, id",
        ListedImprovement::COLUMNS
    ))?;
    let mut rows = statement.query([reference])?;
    let mut improvements = Vec::new();
    while let Some(row) = rows.next()? {
        improvements.push(ListedImprovement::read(row, 0)?);
    }
    Ok(improvements)
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
    let mut rows = statement.query(named_params! { ":council": council, ":day": today })?;
    let mut groups = Vec::new();
    while let Some(row) = rows.next()? {
        groups.push((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    }
    Ok(groups)
}

/// How many improvements of each council, or of one, were overdue on a day, and when the longest overdue was due; councils
/// without any are left out. What was done since had not been done on the day.
pub fn overdue(
    conn: &Connection,
    council: Option<CouncilId>,
    day: Date,
) -> Result<Vec<(CouncilId, u64, Date)>, DbError> {
    let mut statement = conn.prepare_cached(
        "SELECT council_id, count(*), min(due_on) FROM improvements
         WHERE (:council IS NULL OR council_id = :council) AND agreed_on <= :day AND due_on < :day
           AND (achieved_on IS NULL OR achieved_on > :day) GROUP BY council_id",
    )?;
    let mut rows = statement.query(named_params! { ":council": council, ":day": day })?;
    let mut counts = Vec::new();
    while let Some(row) = rows.next()? {
        counts.push((row.get(0)?, row.get(1)?, row.get(2)?));
    }
    Ok(counts)
}

/// Whether any improvement agreed by a day is loaded.
pub fn has_any(conn: &Connection, day: Date) -> Result<bool, DbError> {
    let mut statement = conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM improvements WHERE agreed_on <= ?1)")?;
    Ok(statement.query_row([day.to_string()], |row| row.get(0))?)
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
    let order = "CASE state WHEN 'overdue' THEN 0 WHEN 'agreed' THEN 1 ELSE 2 END,
        CASE WHEN achieved_on IS NULL THEN ifnull(due_on, '9999') END, achieved_on DESC, reference, summary, id";
    ordered(conn, query, today, order, most, skip)
}

/// The improvements of which something was told last, newest first: that they were done, else that they were agreed.
pub fn newest(
    conn: &Connection,
    query: &ImprovementQuery,
    today: Date,
    most: u32,
) -> Result<Vec<(ListedImprovement, ImprovementState, bool)>, DbError> {
    ordered(conn, query, today, "max(agreed_on, ifnull(achieved_on, agreed_on)) DESC, reference, summary, id", most, 0)
}

fn ordered(
    conn: &Connection,
    query: &ImprovementQuery,
    today: Date,
    order: &str,
    most: u32,
    skip: u32,
) -> Result<Vec<(ListedImprovement, ImprovementState, bool)>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {}, state,
            EXISTS (SELECT 1 FROM decisions d WHERE d.reference = found.reference)
         FROM (SELECT *, {STATE} AS state FROM improvements WHERE {WHERE}) AS found
         WHERE :state IS NULL OR state = :state
         ORDER BY {order}
         LIMIT :most OFFSET :skip",
        ListedImprovement::COLUMNS
    ))?;
    let mut rows = statement.query(named_params! {
        ":council": query.council,
        ":kind": query.kind,
        ":category": query.category,
        ":state": query.state,
        ":day": today,
        ":most": most,
        ":skip": skip,
    })?;
    with_states(&mut rows)
}
