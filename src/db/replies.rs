//! Reading what councils reply to their figures.

use jiff::civil::Date;
use rusqlite::{Connection, Row};

use super::error::{DbError, parsed};
use super::sources::{self, Source};
use crate::domain::council::CouncilId;
use crate::domain::measure::Measure;
use crate::domain::reply::Reply;
use crate::domain::year::ReportingYear;

/// A reply and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcedReply {
    /// The reply.
    pub reply: Reply,
    /// Where it came from.
    pub source: Option<Source>,
}

/// What `read` takes.
pub(super) const COLUMNS: &str = "t.council_id, t.year, t.measure, t.replied_on, t.author, t.text, t.url";

/// The replies of one council: newest year first, the year as a whole before its measures.
pub fn of_council(conn: &Connection, council: CouncilId) -> Result<Vec<SourcedReply>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {COLUMNS}, {}, t.row
         FROM replies t JOIN sources s ON s.id = t.source_id JOIN releases r ON r.id = s.release_id WHERE t.council_id = ?1",
        sources::COLUMNS
    ))?;
    let mut rows = statement.query([council.0])?;
    let mut replies = Vec::new();
    while let Some(row) = rows.next()? {
        replies.push(SourcedReply { reply: read(row)?, source: sources::read(row, 7)? });
    }
    let order = |one: &SourcedReply| (std::cmp::Reverse(one.reply.year), one.reply.measure);
    replies.sort_by_key(order);
    Ok(replies)
}

/// A reply of a query that begins with `COLUMNS`.
pub(super) fn read(row: &Row<'_>) -> Result<Reply, DbError> {
    let measure: String = row.get(2)?;
    Ok(Reply {
        council: CouncilId(row.get(0)?),
        year: parsed(ReportingYear::parse(&row.get::<_, String>(1)?))?,
        measure: if measure.is_empty() { None } else { Some(parsed(Measure::parse(&measure))?) },
        replied_on: parsed(row.get::<_, String>(3)?.parse::<Date>())?,
        author: row.get(4)?,
        text: row.get(5)?,
        url: row.get(6)?,
    })
}
