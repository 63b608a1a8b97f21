//! One decision.

use maud::{Markup, html};

use super::decisions::siblings;
use super::layout::{Frame, Head, breadcrumbs, page as layout};
use super::{case_links, figure, links, table};
use crate::db::improvements::ListedImprovement;
use crate::domain::decision::{CELLS_APART, DecisionType};
use crate::domain::field::words;
use crate::domain::format;
use crate::domain::improvement::ImprovementState;
use crate::read::decision::{DecisionPage, SimilarCase};
use crate::read::decisions::{DecisionQuery, Listing};

/// The page.
pub fn page(frame: &Frame, page: &DecisionPage, today: jiff::civil::Date) -> Markup {
    let listed = &page.listed;
    let decision = &listed.decision;
    let what = if decision.kind == DecisionType::Report { "Public report" } else { "Decision" };
    let head = Head {
        title: format!("{} {}: {}", what, decision.reference, listed.body),
        description: if decision.summary.is_empty() {
            format!("{} about {}: {}", what, listed.body, decision.subject())
        } else {
            decision.summary.chars().take(300).collect()
        },
        ..Head::default()
    };
    let body_list = page.council.as_ref().map_or_else(
        || {
            case_links::with(&Listing::default(), &DecisionQuery::default(), |filter| {
                filter.body = Some(listed.body_slug.to_string());
            })
        },
        |council| links::council_part(&council.slug, "decisions"),
    );
    let mut steps = vec![("Decisions", "/decisions".to_owned())];
    steps.push((listed.body.as_str(), body_list.clone()));
    layout(
        frame,
        &head,
        &html! {
            (breadcrumbs(&steps, &decision.reference.to_string()))
            h1 { (heading(page)) }
            div.cols {
                div {
                    p.lede { (table::tag(decision.kind, decision.outcome)) " " (decision.reference) ", decided on " (format::date(decision.decision_date)) }
                    @if decision.summary.is_empty() {
                        p { "No summary is loaded here. The original has the text." }
                    } @else { p.told { (decision.summary) } }
                    @if page.settled_early { (settled_early(page)) }
                    @if let Some(why) = &page.why { div.sign { p { strong { "Why it matters. " } (why) } } }
                    @if !page.sections.is_empty() {
                        @for section in &page.sections {
                            section { h2 { (section.heading) } (text(&section.text)) }
                        }
                    }
                    @if !page.improvements.is_empty() {
                        section {
                            h2 { "What changed after it" }
                            ul.list { @for one in &page.improvements { (improvement(one, today)) } }
                        }
                    }
                }
                aside { (facts(page, &body_list)) }
            }
            (similar(page, today))
        },
    )
}

/// Why a case that was not investigated counts as upheld.
fn settled_early(page: &DecisionPage) -> Markup {
    let body = if page.council.is_some() { "the council" } else { "the body" };
    html! {
        div.sign {
            p {
                strong { "Upheld without an investigation. " }
                "This is no mistake: fault was accepted, and " (body) " had put things right, or offered to, so that the Ombudsman had no need to
                investigate. Such a case counts as upheld. "
                a href="/about/statistics" { "What the figures mean" }
            }
        }
    }
}

/// Paragraphs of a part, with its tables as tables.
fn text(text: &str) -> Markup {
    html! {
        @for piece in text.split("\n\n").map(str::trim).filter(|one| !one.is_empty()) {
            @if piece.lines().all(|line| line.contains(CELLS_APART.trim_end())) && piece.lines().count() > 1 {
                div.scroll role="region" aria-label="Table in the decision" tabindex="0" { table { (rows(piece)) } }
            } @else { p { (piece) } }
        }
    }
}

fn rows(table: &str) -> Markup {
    let mut lines = table.lines();
    let head = lines.next().unwrap_or_default();
    let cells = |line: &str| line.split(CELLS_APART.trim()).map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    html! {
        thead { tr { @for cell in cells(head) { th scope="col" { (cell) } } } }
        tbody { @for line in lines { tr { @for cell in cells(line) { td { (cell) } } } } }
    }
}

fn heading(page: &DecisionPage) -> String {
    let decision = &page.listed.decision;
    let subject = decision.subcategory.as_deref().map_or_else(|| decision.category.title().to_owned(), words);
    format!("{}: {}", page.listed.body, subject.to_lowercase())
}

fn facts(page: &DecisionPage, body_list: &str) -> Markup {
    let listed = &page.listed;
    let decision = &listed.decision;
    let all = Listing::default();
    let of_category =
        case_links::with(&all, &DecisionQuery::default(), |filter| filter.category = Some(decision.category));
    let of_subject = case_links::with(&all, &DecisionQuery::default(), |filter| {
        filter.category = Some(decision.category);
        filter.subcategory.clone_from(&decision.subcategory);
    });
    html! {
        dl.facts {
            dt { "About" }
            dd {
                @match &page.council {
                    Some(council) => a href=(links::council(&council.slug)) { (council.official_name) },
                    None => { (listed.body) br; span.meta { "Not a council, so it has no page of figures here." } }
                }
                br; a href=(body_list) { "All decisions about it" }
            }
            dt { "Outcome" } dd { (decision.outcome.title()) @if decision.kind == DecisionType::Report { ", public report" } }
            dt { "Subject" }
            dd {
                a href=(of_category) { (decision.category.title()) }
                @if let Some(subcategory) = &decision.subcategory { " › " a href=(of_subject) { (words(subcategory)) } }
            }
            dt { "Decided" } dd { time datetime=(decision.decision_date) { (format::date(decision.decision_date)) } }
            dt { "Reference" } dd { (decision.reference) }
            @if !page.siblings.is_empty() {
                dt { "Same case" } dd { (siblings(&page.siblings)) }
            }
            @if let Some(url) = listed.url.as_deref().and_then(links::outside) {
                dt { "Original" } dd { a href=(url) rel="noopener" { "At the Ombudsman" } }
            }
            @if let Some(document) = listed.document.as_deref().and_then(links::outside) {
                dt { "Document" } dd { a href=(document) rel="noopener" { "Read the report" } }
            }
            @if let Some(source) = &page.source { dt { "Source" } dd { (figure::cite(source)) } }
        }
        p.note { "People have letters instead of names. A published decision is one of those counted in the figures; not all are published." }
    }
}

fn improvement(one: &ListedImprovement, today: jiff::civil::Date) -> Markup {
    let state = ImprovementState::on(today, one.due_on, one.achieved_on);
    html! {
        li {
            (one.summary)
            p.meta {
                (state.title()) " · agreed " (format::date(one.agreed_on))
                @if let Some(due) = one.due_on { ", due " (format::date(due)) }
                @if let Some(done) = one.achieved_on { ", done " (format::date(done)) }
            }
        }
    }
}

fn similar(page: &DecisionPage, today: jiff::civil::Date) -> Markup {
    html! {
        @if !page.similar.is_empty() {
            section {
                h2 { "Who else had this fault, and what did they change" }
                ul.list.alike { @for one in &page.similar { (alike(one, today)) } }
                p.note { "Upheld on the same subject, in the most similar words, among the newest here." }
            }
        }
    }
}

fn alike(one: &SimilarCase, today: jiff::civil::Date) -> Markup {
    let decision = &one.listed.decision;
    html! {
        li {
            (table::tag(decision.kind, decision.outcome)) " "
            a href=(links::decision(&decision.reference)) { (one.listed.body) ": " (decision.headline()) }
            p.meta { (decision.reference) " · " (format::date(decision.decision_date)) }
            @for improvement in &one.improvements {
                p.changed { strong { "Changed: " } (improvement.summary) " " span.meta { (ImprovementState::on(today, improvement.due_on, improvement.achieved_on).title()) } }
            }
        }
    }
}
