//! What councils agreed and did last as an Atom feed (RFC 4287).

use jiff::civil::Date;
use maud::html;

use super::feed::{TAG, said, stamp, text};
use super::improvements::{address, named};
use super::{links, raw};
use crate::domain::digest;
use crate::domain::format;
use crate::read::improvements::{ImprovementNews, ImprovementRow};

/// The feed. `origin` is `https://host` of this site.
pub fn atom(news: &ImprovementNews, origin: &str) -> String {
    let page = address(&news.filter);
    let own = links::twin(&page, "atom");
    let note = if news.synthetic { "Invented for demonstration. " } else { "" };
    let newest = news.rows.first().map_or_else(|| stamp(news.published_at), |row| start(told_on(row)));
    html! {
        (raw::xml_declaration())
        feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB" {
            title { "Council Map: " (text(&format::uncapital(&named(&news.filter)))) }
            subtitle { (note) "What English councils agreed to improve, and what they did. Independent; not the Ombudsman’s." }
            id { (TAG) "feeds" (own) }
            link rel="self" type="application/atom+xml" href={ (origin) (own) } {}
            link rel="alternate" type="text/html" href={ (origin) (page) } {}
            updated { (newest) }
            author { name { "Council Map" } }
            @for row in &news.rows {
                @let one = &row.improvement;
                @let href = if row.published { links::decision(&one.reference) } else { links::council_part(&row.council.slug, "improvements") };
                entry {
                    title { (row.council.official_name) ": " (row.state.title().to_lowercase()) ", " (one.category.title().to_lowercase()) " (" (one.reference) ")" }
                    id { (TAG) "improvements/" (identity(row)) }
                    link rel="alternate" type="text/html" href={ (origin) (href) } {}
                    updated { (start(told_on(row))) }
                    published { (start(one.agreed_on)) }
                    category term=(one.category.as_str()) label=(one.category.title()) {}
                    (said(note, &one.summary))
                }
            }
        }
    }
    .into_string()
}

/// The day of the last that is known of it.
fn told_on(row: &ImprovementRow) -> Date {
    row.improvement.achieved_on.map_or(row.improvement.agreed_on, |day| day.max(row.improvement.agreed_on))
}

fn start(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

/// A case may have several improvements, of which only the text tells one from another.
fn identity(row: &ImprovementRow) -> String {
    let text: String = digest::sha256(row.improvement.summary.as_bytes()).chars().take(12).collect();
    format!("{}/{}/{}/{text}", row.council.code, row.improvement.reference.address(), row.improvement.agreed_on)
}
