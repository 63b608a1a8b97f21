//! What councils reply to their figures, as JSON; the whole table is `tables`.

use serde_json::{Value, json};

use super::figure;
use crate::db::replies::SourcedReply;
use crate::domain::measure::Measure;

/// The replies of a page.
pub(super) fn json(replies: &[SourcedReply], synthetic: bool) -> Vec<Value> {
    replies.iter().map(|one| reply(one, synthetic)).collect()
}

fn reply(one: &SourcedReply, synthetic: bool) -> Value {
    let reply = &one.reply;
    json!({
        "year": reply.year.to_string(),
        "measure": reply.measure.map(Measure::word),
        "replied_on": reply.replied_on.to_string(),
        "author": reply.author,
        "text": reply.text,
        "url": reply.url,
        "source": one.source.as_ref().map(figure::source),
        "synthetic": synthetic,
    })
}
