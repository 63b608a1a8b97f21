//! Annual review letters: the list of a council's, and one as a page.

use maud::{Markup, html};

use super::council_head::{Part, head as council_head};
use super::layout::{Frame, Head, page as layout};
use super::statistics::figure_cells;
use super::{assets, figure, links, raw, sources};
use crate::db::letters::ListedLetter;
use crate::domain::council::Council;
use crate::domain::format;
use crate::domain::letter::DocumentKind;
use crate::read::letters::{LetterPage, LettersPage};

/// The list.
pub fn list(frame: &Frame, page: &LettersPage) -> Markup {
    let council = &page.council;
    let title = format!("Annual review letters to {}", council.official_name);
    let head = Head {
        title: title.clone(),
        description: format!(
            "Every annual review letter that the Ombudsman sent to {}, to read and to download.",
            council.official_name
        ),
        feed: Some(super::feed::of_council(council)),
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            (council_head(council, Part::Letters, &title, &page.parts))
            @if !page.successors.is_empty() {
                div.notice { p {
                    "Later letters were sent to the council that took over: "
                    @for (place, one) in page.successors.iter().enumerate() {
                        @if place > 0 { ", " } a href=(links::council_part(&one.slug, "letters")) { (one.official_name) }
                    }
                    "."
                } }
            }
            p.lede.after { "Each July the Ombudsman writes to every council about the complaints of the year." }
            @if page.own.is_empty() { p { "No letter to " (council.official_name) " is loaded here." } }
            @else { (letters(council, &page.own)) }
            @for (one, own) in page.before.iter().filter(|(_, own)| !own.is_empty()) {
                section {
                    h2 { "To its predecessor, " a href=(links::council(&one.slug)) { (one.official_name) } }
                    @if let Some(end) = one.active_to { p.note { "Abolished on " (format::date(end)) ". These letters were sent to that council and are about it alone." } }
                    (letters(one, own))
                }
            }
        },
    )
}

fn letters(council: &Council, letters: &[ListedLetter]) -> Markup {
    html! {
        ul.list.found {
            @for letter in letters {
                li {
                    @let title = format!("Letter for {}", letter.year);
                    @if letter.has_text || letter.has_document { a href=(links::letter(&council.slug, letter.year)) { (title) } }
                    @else { (title) }
                    p.meta {
                        (format::date(letter.letter_date)) ", about " (format::period(letter.year))
                        @if let Some(url) = letter.url.as_deref().and_then(links::outside) { " · " a href=(url) rel="noopener" { "where it was published" } }
                    }
                }
            }
        }
    }
}

/// One letter.
pub fn one(frame: &Frame, page: &LetterPage) -> Markup {
    let (council, letter) = (&page.council, &page.letter);
    let year = letter.listed.year;
    let title = format!("Annual review letter {year} to {}", council.official_name);
    let head = Head {
        title: title.clone(),
        description: format!(
            "The Ombudsman’s letter of {} to {}, about {}.",
            format::date(letter.listed.letter_date),
            council.official_name,
            format::period(year)
        ),
        feed: Some(super::feed::of_council(council)),
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            link rel="stylesheet" href=(assets::STACK.href);
            (super::map::patterns())
            (council_head(council, Part::Letters, &title, &page.parts))
            p.lede.after { "Dated " (format::date(letter.listed.letter_date)) ", about " (format::period(year))
                @if let Some(office) = &letter.office { ", to the " (office) } "." }
            (originals(page))
            section { h2 #figures { "The figures of this letter" } (figures(page)) }
            @match &letter.html {
                Some(text) => {
                    section {
                        h2 #text { "The letter" }
                        // Cleaned when it was imported: import::letter_text, the only writer of this column.
                        div.lettertext { (raw::cleaned_html(text)) }
                    }
                },
                None => p { "Its text could not be read here; the original document holds it." },
            }
            (around(page))
        },
    )
}

fn originals(page: &LetterPage) -> Markup {
    let letter = &page.letter;
    let base = links::letter(&page.council.slug, letter.listed.year);
    let synthetic = if page.synthetic { " Invented for demonstration." } else { "" };
    html! {
        p {
            @match (letter.document, letter.text.is_some()) {
                (Some(DocumentKind::Pdf), _) => { a href={ (base) ".pdf" } { "Original document (PDF)" } ". " }
                (Some(DocumentKind::Text), _) => { a href={ (base) ".txt" } { "Original document (text)" } ". " }
                (None, true) => { a href={ (base) ".txt" } { "As plain text" } ". " }
                (None, false) => {}
            }
            @if let Some(url) = letter.listed.url.as_deref().and_then(links::outside) { a href=(url) rel="noopener" { "Where it was published" } ". " }
            (synthetic)
        }
        @if let Some(source) = &letter.source { p.meta { "Source: " (figure::cite(source)) "." } }
    }
}

fn figures(page: &LetterPage) -> Markup {
    html! {
        @if page.figures.is_empty() { p { "No figure of this year is loaded for this council. That is not a zero." } }
        @else {
            div.scroll role="region" aria-label="The figures of this letter" tabindex="0" {
                table.stack {
                    caption { "As held here, each with its interval and verdict" }
                    thead { tr {
                        th scope="col" { "Statistic" } th.n scope="col" { "Rate" } th.n scope="col" { "Counts" }
                        th.n scope="col" { "95% interval" } th.n scope="col" { "Similar councils" } th scope="col" { "Verdict" }
                    } }
                    tbody { @for one in &page.figures { tr { th scope="row" { (one.figure.measure.title()) } (figure_cells(one)) } } }
                }
            }
            (sources::list(page.figures.iter().filter_map(|one| one.source.as_ref().map(|source| (one.figure.measure.term(), source)))))
            p.note { "Similar councils are " (page.council.kind.group()) ". " a href=(links::council_in(&page.council.slug, page.letter.listed.year)) { "The year in words and pictures" } }
        }
    }
}

fn around(page: &LetterPage) -> Markup {
    let (before, after) = page.around;
    html! {
        @if before.is_some() || after.is_some() {
            nav.pager aria-label="Other letters" {
                @if let Some(year) = before { a rel="prev" href=(links::letter(&page.council.slug, year)) { "Letter for " (year) } }
                @if let Some(year) = after { a rel="next" href=(links::letter(&page.council.slug, year)) { "Letter for " (year) } }
            }
        }
    }
}
