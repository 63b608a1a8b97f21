//! What councils reply to their figures, as JSON; the whole table is `tables`.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::figure::{self, SourceJson};
use super::word::Word;
use crate::db::replies::SourcedReply;
use crate::domain::measure::Measure;

/// What a council replies to its figures of a year.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Reply")]
pub(super) struct ReplyJson<'a> {
    year: String,
    /// null: about the year as a whole.
    measure: Option<Word<Measure>>,
    replied_on: Date,
    author: Option<&'a str>,
    /// Plain text, paragraphs parted by blank lines.
    text: &'a str,
    url: Option<&'a str>,
    source: Option<SourceJson<'a>>,
    synthetic: bool,
}

/// The replies of a page.
pub(super) fn json(replies: &[SourcedReply], synthetic: bool) -> Vec<ReplyJson<'_>> {
    replies.iter().map(|one| reply(one, synthetic)).collect()
}

fn reply(one: &SourcedReply, synthetic: bool) -> ReplyJson<'_> {
    let reply = &one.reply;
    ReplyJson {
        year: reply.year.to_string(),
        measure: reply.measure.map(Word),
        replied_on: reply.replied_on,
        author: reply.author.as_deref(),
        text: &reply.text,
        url: reply.url.as_deref(),
        source: one.source.as_ref().map(figure::source),
        synthetic,
    }
}
