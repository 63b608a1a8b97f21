//! Reading what councils reply to their figures.

use rusqlite::{Connection, Row};

use super::error::DbError;
use super::sources::{self, Source};
use super::values::row;
use crate::domain::council::CouncilId;
use crate::domain::reply::Reply;

/// A reply and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcedReply {
    /// The reply.
    pub reply: Reply,
    /// Where it came from.
    pub source: Option<Source>,
}

row! {
    /// The columns of a reply, of `replies t`; an empty measure is the year as a whole.
    pub(super) struct ReplyColumns reads Reply {
        council = "t.council_id",
        year = "t.year",
        measure = "nullif(t.measure, '')",
        replied_on = "t.replied_on",
        author = "t.author",
        text = "t.text",
        url = "t.url",
    }
}

/// The replies of one council: newest year first, the year as a whole before its measures.
pub fn of_council(conn: &Connection, council: CouncilId) -> Result<Vec<SourcedReply>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {}, {}, t.row
         FROM replies t JOIN sources s ON s.id = t.source_id JOIN releases r ON r.id = s.release_id WHERE t.council_id = ?1",
        ReplyColumns::COLUMNS,
        sources::COLUMNS
    ))?;
    let mut rows = statement.query([council])?;
    let mut replies = Vec::new();
    while let Some(row) = rows.next()? {
        replies.push(SourcedReply { reply: read(row)?, source: sources::read(row, ReplyColumns::WIDTH)? });
    }
    let order = |one: &SourcedReply| (std::cmp::Reverse(one.reply.year), one.reply.measure);
    replies.sort_by_key(order);
    Ok(replies)
}

/// A reply of a query that begins with its columns.
pub(super) fn read(row: &Row<'_>) -> Result<Reply, DbError> {
    Ok(ReplyColumns::read(row, 0)?)
}
