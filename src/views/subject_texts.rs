//! What is written about a subject: the most common words of decisions with fault, and what councils agreed to change.

use maud::{Markup, html};

use super::improvements::{class, dates};
use super::links;
use super::subject_published::decisions;
use crate::domain::council::CouncilKind;
use crate::domain::format;
use crate::read::subject::SubjectPage;

/// The words, each with its decisions.
pub(super) fn fault_words(page: &SubjectPage) -> Markup {
    let words = &page.words;
    html! {
        @if !words.words.is_empty() {
            h3.years #words { "Words of the decisions with fault" }
            p {
                "In how many of the " (format::counted_of(words.of, "decisions")) " of " (page.year) " with fault published here a word stands. "
                "They are a part of all decisions, so this says what they tell of and not how often it happens. "
                "Left out are words that stand as often where no fault was found."
            }
            nav.chips aria-label="Words of the decisions with fault" {
                @for one in &words.words {
                    a href=(decisions(page, "/decisions", &[("q", Some(&one.word)), ("outcome", Some("upheld"))])) { (one.word) " " b { (format::count(one.decisions)) } }
                }
            }
        }
    }
}

/// The newest improvements agreed in the year.
pub(super) fn promises(page: &SubjectPage) -> Markup {
    let subject = &page.query.subject;
    let all = links::with_query(
        "/improvements",
        &[("category", Some(subject.category.as_str())), ("kind", page.query.kind.map(CouncilKind::as_str))],
    );
    let agreed = page.published.improvements;
    html! {
        @if !page.promises.is_empty() {
            section {
                h2 #promises { "Who agreed to change what, " (page.year) }
                p {
                    (format::counted_of(agreed, "improvements")) " agreed in the year"
                    @if u64::try_from(page.promises.len()).unwrap_or(0) < agreed { "; the newest " (page.promises.len()) }
                    ". How many each council agreed stands in the table above, how many in each year in the one below."
                }
                ul.list {
                    @for row in &page.promises {
                        li {
                            p.promise { span class={ "tag " (class(row.state)) } { (row.state.title()) } " " (row.improvement.summary) }
                            p.meta {
                                a href=(links::council_part(&row.council.slug, "improvements")) { (row.council.name) } " · "
                                @if row.published { a href=(links::decision(&row.improvement.reference)) { "case " (row.improvement.reference) } " · " }
                                (dates(row, page.today))
                            }
                        }
                    }
                }
                p.ways { a href=(all) { "All that councils promised about " (format::uncapital(subject.category.title())) } }
            }
        }
    }
}
