//! A council's overview.

use maud::{Markup, html};

use super::council_head;
use super::layout::{Frame, Head, page as layout};
use super::{figure, links, replies, signs, table, trend, under};
use crate::domain::format;
use crate::domain::improvement::ImprovementState;
use crate::domain::measure::Measure;
use crate::read::council::CouncilPage;

/// The page.
pub fn page(frame: &Frame, page: &CouncilPage) -> Markup {
    let council = &page.council;
    let head = Head {
        title: format!("{}: complaints {}", council.official_name, page.year),
        description: description(page),
        feed: Some(super::feed::of_council(council)),
        image: Some(links::share(&council.slug, Measure::default(), Some(page.year))),
        dated: Some(links::council_in(&council.slug, page.year)),
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            (super::map::patterns())
            (council_head::overview(council, page.year, &page.parts))
            (life(page))
            (year_head(page))
            div.three { @for block in page.blocks.iter().take(3) { (figure::block(frame, council, page.year, block)) } }
            (replies::of_year(&page.replies))
            div.cols {
                div {
                    (over_the_years(frame, page))
                    (decided(page))
                }
                aside {
                (signs::block(council, &page.signs)) (promises(page)) (letter(page)) (pack(page)) (place(page))
                @for block in page.blocks.iter().skip(3).filter(|block| block.figure.is_some()) {
                    div.more { (figure::block(frame, council, page.year, block)) }
                }
            }
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

/// Abolished and new councils say so, with who came before and after.
fn life(page: &CouncilPage) -> Markup {
    let council = &page.council;
    html! {
        @if let Some(end) = council.active_to {
            div.notice {
                p {
                    strong { (council.official_name) " was abolished on " (format::date(end)) ". " }
                    @if !page.successors.is_empty() { "Its work passed to " (council_head::names(&page.successors, links::council)) ". " }
                    "Its own figures stay here; they are not merged into its successor’s."
                }
            }
        }
        @if let Some(start) = council.active_from.filter(|_| !page.predecessors.is_empty()) {
            div.notice {
                p { "It began on " (format::date(start)) " and took over from " (council_head::names(&page.predecessors, links::council)) ". Their figures have pages of their own." }
            }
        }
    }
}

fn year_head(page: &CouncilPage) -> Markup {
    html! {
        div.yearhead {
            h2 { "The year to " (format::date(page.year.last_day())) }
            form.year.auto method="get" action=(links::council(&page.council.slug)) {
                label { "Year " select name="year" {
                    @for year in &page.years { option value=(year) selected[*year == page.year] { (year) } }
                } }
                button type="submit" { "Show" }
            }
        }
        p.period { "Figures for " (format::period(page.year)) ", compared with " (page.council.kind.group()) ". " a href=(links::compare_alike(&page.council)) { "Compare with similar councils" } }
        @if let Some(words) = page.year.break_before() { p.note.brknote { (words) "." } }
    }
}

fn over_the_years(frame: &Frame, page: &CouncilPage) -> Markup {
    let chart = trend::trend(
        &page.history,
        Measure::Upheld,
        &page.council.name,
        page.council.kind.short_group(),
        page.synthetic,
    );
    html! {
        @if !chart.0.is_empty() {
            section {
                h2 { "Complaints upheld, year by year" }
                (chart)
                (under::trend(frame, &page.council, Measure::Upheld, page.year))
                p.note { "No line crosses a change in what is counted. " a href=(links::council_part(&page.council.slug, "statistics")) { "All years as a table" } }
            }
        }
    }
}

fn decided(page: &CouncilPage) -> Markup {
    let (decisions, _) = page.decision_counts;
    html! {
        section {
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

fn promises(page: &CouncilPage) -> Markup {
    let overdue = page.improvements_in(ImprovementState::Overdue);
    let late = page.improvements_in(ImprovementState::AchievedLate);
    let achieved = page.improvements_in(ImprovementState::Achieved);
    let open = page.improvements_in(ImprovementState::Agreed);
    html! {
        @if !page.improvements.is_empty() {
            section {
                h2 { "Promises" }
                p {
                    (format::counted(u64::try_from(page.improvements.len()).unwrap_or(0), "improvement", "improvements")) " agreed in all: "
                    (achieved) " achieved, " (late) " achieved late, " (open) " not due yet, "
                    @if overdue == 0 { "none overdue." } @else { (overdue) " overdue." }
                }
                p { a href=(links::council_part(&page.council.slug, "improvements")) { "Every promise and its date" } }
            }
        }
    }
}

fn letter(page: &CouncilPage) -> Markup {
    html! {
        section {
            h2 { "Annual review letter" }
            @match page.letter() {
                Some(letter) => p {
                    @if letter.has_text || letter.has_document {
                        a href=(links::letter(&page.council.slug, letter.year)) { "Letter of " (format::date(letter.letter_date)) }
                    } @else if let Some(url) = letter.url.as_deref().and_then(links::outside) {
                        a href=(url) rel="noopener" { "Letter of " (format::date(letter.letter_date)) }
                    } @else { "Letter of " (format::date(letter.letter_date)) }
                },
                None => p { "No letter for this year is loaded here." },
            }
            @if page.letters.len() > 1 {
                p.note { a href=(links::council_part(&page.council.slug, "letters")) { "All " (page.letters.len()) " letters" } }
            }
        }
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

fn place(page: &CouncilPage) -> Markup {
    html! {
        @if let Some(county) = &page.county {
            section {
                h2 { "The other council here" }
                p { a href=(links::council(&county.slug)) { (county.official_name) } " runs schools, social care, roads and transport in the same place." }
            }
        }
        @if !page.areas.is_empty() {
            section {
                h2 { "Its area" }
                p {
                    "It belongs to "
                    @for (place, area) in page.areas.iter().enumerate() {
                        @if place > 0 && place + 1 == page.areas.len() { " and " } @else if place > 0 { ", " }
                        a href=(links::area(area)) { (area.described()) }
                    }
                    @if page.areas.len() > 1 { ", each with" } @else { ", a page with" } " its councils and figures added up."
                }
            }
        }
        @if !page.districts.is_empty() {
            section {
                h2 { "District councils in its area" }
                ul.plain { @for district in &page.districts { li { a href=(links::council(&district.slug)) { (district.official_name) } } } }
            }
        }
    }
}
