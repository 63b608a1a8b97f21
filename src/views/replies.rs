//! What councils reply to their figures, beside them. Their words are text, never markup.

use maud::{Markup, html};

use super::table::paragraphs;
use super::{figure, links};
use crate::db::replies::SourcedReply;
use crate::domain::format;
use crate::domain::measure::Measure;
use crate::domain::reply::Reply;

/// The replies to the figures of one year; nothing where there is none.
pub fn of_year(replies: &[SourcedReply]) -> Markup {
    html! {
        @if !replies.is_empty() {
            section #reply {
                h2 { "The council’s reply" }
                @for one in replies {
                    @if replies.len() > 1 || one.reply.measure.is_some() { h3 { (about(&one.reply)) } }
                    (one_reply(one))
                }
                (whose())
            }
        }
    }
}

/// The replies of all years.
pub fn of_all_years(replies: &[SourcedReply]) -> Markup {
    html! {
        @if !replies.is_empty() {
            section #replies {
                h2 { "What the council replied" }
                @for one in replies {
                    h3 id=(anchor(&one.reply)) { (one.reply.year) ": " (about(&one.reply)) }
                    (one_reply(one))
                }
                (whose())
            }
        }
    }
}

/// Where on the page of all years a reply stands.
pub(super) fn anchor(reply: &Reply) -> String {
    format!("reply-{}-{}", reply.year, word(reply))
}

/// The word of the measure it is about, or that of the year as a whole.
pub(super) fn word(reply: &Reply) -> &'static str {
    reply.measure.map_or("year", Measure::as_str)
}

fn about(reply: &Reply) -> &'static str {
    reply.measure.map_or("The year as a whole", Measure::title)
}

fn one_reply(one: &SourcedReply) -> Markup {
    let reply = &one.reply;
    html! {
        blockquote.reply { (paragraphs(&reply.text)) }
        p.meta {
            @if let Some(author) = &reply.author { (author) ", " }
            time datetime=(reply.replied_on) { (format::date(reply.replied_on)) }
            ". "
            @if let Some(url) = reply.url.as_deref().and_then(links::outside) {
                a href=(url) rel="noopener" { "Where the council published it" } ". "
            }
            @if let Some(source) = &one.source { "Source: " (figure::cite(source)) "." }
        }
    }
}

fn whose() -> Markup {
    html! { p.note { "These are the council’s own words, shown as it sent them. The figures and verdicts are not changed by them." } }
}
