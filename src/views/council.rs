//! A council's overview.

use maud::{Markup, html};

use super::chart::in_both;
use super::council_head;
use super::layout::{Frame, Head, page as layout};
use super::table::swatch;
use super::{
    assets, complaint, council_near, council_promises, council_received, figure, links, replies, sentences, signs,
    table, trend, under,
};
use crate::db::figures::SourcedFigure;
use crate::db::letters::ListedLetter;
use crate::domain::compare::Verdict;
use crate::domain::figure::{Figure, FigureValue};
use crate::domain::format;
use crate::domain::improvement::ImprovementState;
use crate::domain::measure::Measure;
use crate::read::council::{CouncilPage, FigureBlock};
use crate::read::standing::Band;

/// The page.
pub fn page(frame: &Frame, page: &CouncilPage) -> Markup {
    let council = &page.council;
    let head = Head {
        title: format!("{}: complaints {}", council.official_name, page.year),
        description: description(page),
        feed: Some(super::feed::of_council(council)),
        image: Some(links::share(&council.slug, Measure::default(), Some(page.year))),
        year: Some(page.year),
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            link rel="stylesheet" href=(assets::OVERVIEW.href);
            (super::map::patterns())
            (council_head::overview(page))
            div.opening {
                (told(page))
                (year_head(page))
            }
            (beginning(page))
            h2.vh { "The figures of " (page.year) }
            div.four {
                @for (place, block) in page.blocks.iter().enumerate() {
                    (figure::block(frame, council, page.year, block))
                    @if place == 0 { (key(page)) }
                }
            }
            (replies::of_year(&page.replies))
            div.cols {
                div { (over_the_years(frame, page)) }
                div { (signs::block(council, &page.signs)) }
            }
            div.cols {
                div { (council_received::section(page)) }
                div { (council_promises::section(page)) }
            }
            div.cols {
                div { (decided(page)) }
                div { (letter(page)) (council_near::place(page)) }
            }
            (council_near::alike(page))
            div.cols {
                div { (complaint::route(if page.ended().is_some() { &page.successors } else { &[] }, page.county.is_some() && page.ended().is_none())) }
                div { (pack(page)) }
            }
        },
    )
}

fn description(page: &CouncilPage) -> String {
    let told = page
        .blocks
        .iter()
        .find_map(|block| block.figure.as_ref().map(|one| super::sentences::figure(&one.figure, block.national)));
    told.unwrap_or_else(|| {
        format!("What the Local Government and Social Care Ombudsman found about {}.", page.council.official_name)
    })
}

/// What was found, what was done with it, what is owed: a sentence each, with its mark.
fn told(page: &CouncilPage) -> Markup {
    html! {
        @if let Some(from) = page.council.begins_after(page.year) {
            ul.told { li { (swatch(Band::NoFigure)) span { (sentences::not_begun(from, page.year)) } } }
        } @else { ul.told {
            @for measure in [Measure::Upheld, Measure::Compliance] {
                @if let Some(block) = page.blocks.iter().find(|block| block.measure == measure) { (figure_told(page, block)) }
            }
            (owed(page))
        } }
    }
}

fn figure_told(page: &CouncilPage, block: &FigureBlock) -> Markup {
    let beside = block.beside.first().map(|one| &one.figure.figure);
    html! {
        li {
            @match &block.figure {
                Some(one) => {
                    (swatch(Band::Verdict(stronger(&one.figure, beside))))
                    span { (sentences::brief_with(&one.figure, beside)) @if !has_rate(one) { (newest_rate(page, block.measure)) } }
                }
                None => {
                    (swatch(Band::NoFigure))
                    span { (block.measure.title()) ": no figure of " (page.year) " is loaded. That is not a zero." (newest_rate(page, block.measure)) }
                }
            }
        }
    }
}

fn has_rate(one: &SourcedFigure) -> bool {
    matches!(one.figure.value, FigureValue::Rate(_))
}

/// Where the year has no rate, the newest that an earlier one has.
fn newest_rate(page: &CouncilPage, measure: Measure) -> Markup {
    let fits = |one: &&SourcedFigure| one.figure.measure == measure && one.year < page.year && has_rate(one);
    html! {
        @if let Some(one) = page.history.iter().rev().find(fits) {
            " The newest rate here is "
            // A rate never stands without its counts.
            @if let Some(counts) = format::counts(&one.figure) { (format::value(&one.figure)) " (" (counts) "), " }
            "of "
            a href=(links::council_in(&page.council.slug, one.year)) { (one.year) } "."
        }
    }
}

/// The verdict that stands before a sentence about two: that of lateness where it alone marks the council.
fn stronger(figure: &Figure, beside: Option<&Figure>) -> Verdict {
    let marked = |one: &Figure| one.verdict.is_compared() && one.verdict != Verdict::Within;
    match beside.filter(|other| marked(other) && !marked(figure)) {
        Some(other) => other.verdict,
        None => figure.verdict,
    }
}

/// What is owed: promises that are overdue; where none is loaded, what was put right before being asked.
fn owed(page: &CouncilPage) -> Markup {
    let states = page.states();
    let overdue = page.improvements_in(ImprovementState::Overdue);
    let longest = overdue.iter().find_map(|one| one.due_on);
    if states.total() == 0 {
        let remedies = page.blocks.iter().find(|block| block.measure == Measure::SatisfactoryRemedies);
        return html! { @if let Some(block) = remedies { (figure_told(page, block)) } };
    }
    html! {
        li {
            svg.sw.round viewBox="0 0 24 24" aria-hidden="true" {
                circle cx="12" cy="12" r="10" {}
                @if !overdue.is_empty() { path d="M12 2a10 10 0 0 1 0 20z" {} }
            }
            span {
                @match (states.total(), overdue.len()) {
                    (1, 0) => "The one improvement that it agreed is not overdue.",
                    (1, _) => "The one improvement that it agreed is overdue.",
                    (all, 0) => { "None of the " (format::count(all)) " improvements that it agreed is overdue." }
                    (all, 1) => { "1 of the " (format::count(all)) " improvements that it agreed is overdue." }
                    (all, some) => { (some) " of the " (format::count(all)) " improvements that it agreed are overdue." }
                }
                @if let Some(due) = longest {
                    @if overdue.len() == 1 { " It was due on " } @else { " The longest overdue was due on " } (format::date(due)) "."
                }
            }
        }
    }
}

/// A council younger than the register says what was before it.
fn beginning(page: &CouncilPage) -> Markup {
    html! {
        @if let Some(start) = page.council.active_from.filter(|_| !page.predecessors.is_empty()) {
            div.notice {
                p { "It began on " (format::date(start)) " and took over from " (council_head::names(&page.predecessors, links::council)) ". Their figures have pages of their own." }
            }
        }
        @if page.ended().is_some() {
            p.note { "Its own figures stay here; they are not merged into those of who came after." }
        }
        @if let Some(words) = page.year.break_before() { p.note.brknote { (words) "." } }
    }
}

fn year_head(page: &CouncilPage) -> Markup {
    let slug = &page.council.slug;
    html! {
        div.when {
            // The page of another year comes back to this choice, with the focus on it.
            form.year.auto method="get" action={ (links::council(slug)) "#year" } {
                label { "Year " select #year name="year" {
                    @for year in &page.years { option value=(year) selected[*year == page.year] { (year) } }
                } }
                button type="submit" { "Show" }
            }
            p.period { (format::period(page.year)) }
            @if let Some(end) = page.council.active_to.filter(|_| !page.council.active_in(page.year)) {
                p.note { (page.council.official_name) " had ended on " (format::date(end)) ". What was printed for it for this year all the same is kept here, and stands outside averages and the map." }
            }
            p.ways {
                a href=(links::compare_alike(&page.council)) { "Compare with similar councils" }
                @if let Some(letter) = page.letter() { " · " (letter_link(page, letter)) }
            }
        }
    }
}

/// How to read the strips: it stands under the first of them on a phone, under all four where they stand side by side.
fn key(page: &CouncilPage) -> Markup {
    let group = page.council.kind.group();
    let others = page.blocks.iter().map(|block| block.group.len()).max().unwrap_or(0);
    html! {
        @if page.blocks.iter().any(|block| block.figure.as_ref().is_some_and(has_rate)) {
            p.chartkey {
                span { svg.keymark viewBox="0 0 32 14" aria-hidden="true" { rect.rng x="1" y="1" width="30" height="12" {} } "range expected of " (group) " with as many cases" }
                span { svg.keymark.strip viewBox="0 0 32 14" aria-hidden="true" { line.avg x1="16" x2="16" y1="0" y2="14" {} } "their average" }
                span { svg.keymark.strip viewBox="0 0 32 14" aria-hidden="true" { line.ci x1="2" x2="30" y1="7" y2="7" {} circle.me cx="16" cy="7" r="5" {} } (page.council.name) ", 95% interval" }
                @if others > 0 { span { svg.keymark.strip viewBox="0 0 32 14" aria-hidden="true" { path.dots d="M10 7h0M22 7h0" {} } "the other " (others) } }
            }
        }
    }
}

fn over_the_years(frame: &Frame, page: &CouncilPage) -> Markup {
    let (name, group) = (&page.council.name, page.council.kind.short_group());
    let subject = trend::Subject { measure: Measure::Upheld, name, group, synthetic: page.synthetic };
    let chart = in_both(|form| trend::of_council(&page.history, subject, form));
    let upheld = page.histories().find(|(measure, _)| *measure == Measure::Upheld);
    let others = page.histories().filter(|(measure, _)| *measure != Measure::Upheld);
    html! {
        section.years {
            h2 { "Uphold rate, year by year" }
            @if let Some((_, sentences)) = upheld { p.found { (sentences.join(" ")) } }
            @if chart.0.is_empty() {
                p.note { "Fewer than two years have a rate, so nothing is drawn." }
            } @else {
                figure {
                    (chart)
                    figcaption.note {
                        "Line: " (name) ", with the 95% interval of each year; hollow: too few cases. Sand: the range expected. Dashes: the average of "
                        (page.council.kind.group()) ". Squares: the verdict. No line crosses a change in what is counted. "
                        a href=(links::council_part(&page.council.slug, "statistics")) { "All years as a table" }
                    }
                }
                (under::trend(frame, &page.council, Measure::Upheld, page.year))
            }
            @for (measure, sentences) in others {
                h3.years { (measure.term()) }
                p { (sentences.join(" ")) }
            }
        }
    }
}

fn decided(page: &CouncilPage) -> Markup {
    let (decisions, _) = page.decision_counts;
    html! {
        section.decided {
            h2 { "Decided this year" }
            @if page.decisions.is_empty() {
                p { "No published decision of this year is loaded here." }
            } @else {
                ul.list {
                    @for one in &page.decisions {
                        li {
                            (table::tag(one.decision.kind, one.decision.outcome)) " "
                            a href=(links::decision(&one.decision.reference)) { (one.decision.headline()) }
                            p.meta { (one.decision.reference) " · " (one.decision.subject()) " · " (format::date(one.decision.decision_date)) }
                        }
                    }
                }
                p {
                    a href=(links::with_query(&links::council_part(&page.council.slug, "decisions"), &[
                        ("from", Some(&page.year.first_day().to_string())), ("to", Some(&page.year.last_day().to_string())),
                    ])) {
                        @if decisions == 1 { "The one published decision of the year" }
                        @else { "All " (format::count(decisions)) " published decisions of the year" }
                    }
                }
            }
            p.note { "Published decisions are a part of those counted in the figures; the rate is never computed from this list." }
        }
    }
}

fn letter(page: &CouncilPage) -> Markup {
    html! {
        section {
            h2 { "Annual review letter" }
            @match page.letter() {
                Some(letter) => p { (letter_link(page, letter)) },
                None => p { "No letter for this year is loaded here." },
            }
            @if page.letters.len() > 1 {
                p.note { a href=(links::council_part(&page.council.slug, "letters")) { "All " (page.letters.len()) " letters" } }
            }
        }
    }
}

fn letter_link(page: &CouncilPage, letter: &ListedLetter) -> Markup {
    let words = html! { "Letter of " (format::date(letter.letter_date)) };
    html! {
        @if letter.has_text || letter.has_document {
            a href=(links::letter(&page.council.slug, letter.year)) { (words) }
        } @else if let Some(url) = letter.url.as_deref().and_then(links::outside) {
            a href=(url) rel="noopener" { (words) }
        } @else { (words) }
    }
}

fn pack(page: &CouncilPage) -> Markup {
    let (slug, year) = (&page.council.slug, page.year);
    html! {
        section {
            h2 { "For a committee" }
            p {
                a href=(links::pack(slug, Some(year))) { "Two sheets to print" } ", or " a href=(links::pack_pdf(slug, year)) { "as a PDF" }
                ": the figures of " (year) ", what the years show, and questions members may ask."
            }
        }
    }
}
