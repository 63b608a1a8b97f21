//! The committee pack: two sheets of A4 when printed.

use maud::{Markup, html};

use super::chart::in_both;
use super::council_head::{self, Part};
use super::layout::{Frame, Head, page as layout};
use super::table::swatch;
use super::{assets, figure, links, signs, trend};
use crate::db::figures::SourcedFigure;
use crate::domain::format;
use crate::domain::measure::{Judgement, Measure};
use crate::read::pack::{MOST_SIGNS, NO_FAULT, NO_YEARS, PackPage};
use crate::read::received::ReceivedRow;
use crate::read::standing::Band;

/// The page.
pub fn page(frame: &Frame, page: &PackPage) -> Markup {
    let (council, year) = (&page.overview.council, page.overview.year);
    let title = page.title();
    let head = Head {
        title: format!("Committee pack: {}, {year}", council.official_name),
        description: format!(
            "Two sheets for a committee: what the Ombudsman found about {} in {year}, against similar councils, with questions to ask.",
            council.official_name
        ),
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            link rel="stylesheet" href=(assets::PACK.href);
            (super::map::patterns())
            (council_head::head(council, Part::Pack, &title, &page.overview.parts))
            p.lede {
                (page.lede()) span.hint { " Print this page: it fills two sheets. Or take them " a href=(links::pack_pdf(&council.slug, year)) { "as a PDF" } "." }
            }
            div.pack {
                section.sheet aria-label="First sheet" {
                    (glance(page))
                    div.cols {
                        div { (chart(page)) (signs::first(&page.overview.council, &page.overview.signs, MOST_SIGNS)) }
                        aside { (history(page)) (reports(page)) }
                    }
                    (questions(page))
                    (foot(frame, page, 1))
                }
                section.sheet aria-label="Second sheet" {
                    (received(page))
                    (overdue(page))
                    (decisions(page))
                    (sources(page))
                    (foot(frame, page, 2))
                }
            }
        },
    )
}

fn glance(page: &PackPage) -> Markup {
    html! {
        h2 { "The year at a glance" }
        div.scroll role="region" aria-label="The year at a glance" tabindex="0" {
            table.stack {
                caption.quiet { "Measures of " (page.overview.year) " with counts and verdicts" }
                thead { tr {
                    th scope="col" { "Measure" } th.n scope="col" { "Rate" } th.n scope="col" { "Cases" } th.n scope="col" { "95% interval" }
                    th.n scope="col" { "Similar" } th scope="col" { "Verdict" }
                } }
                tbody { @for (measure, one) in &page.glance { (glance_row(*measure, one.as_ref())) } }
            }
        }
    }
}

fn glance_row(measure: Measure, one: Option<&SourcedFigure>) -> Markup {
    let Some(one) = one else {
        return html! { tr { th scope="row" { (measure.title()) } td.n { "–" } td.n {} td.n {} td.n {} td { "No figure loaded" } } };
    };
    let figure = &one.figure;
    html! {
        tr {
            th scope="row" { (measure.title()) }
            td.n { b { (format::value(figure)) } }
            td.n { (format::counts(figure).unwrap_or_default()) }
            td.n data-name="95% interval" { (format::interval(figure).unwrap_or_default()) }
            td.n data-name="Similar" { (format::similar(figure).unwrap_or_default()) }
            td { (verdict(Band::Verdict(figure.verdict), measure.judgement())) }
        }
    }
}

fn verdict(band: Band, judgement: Judgement) -> Markup {
    html! { span.v { (swatch(band)) (band.title(judgement)) } }
}

fn chart(page: &PackPage) -> Markup {
    let overview = &page.overview;
    let subject = trend::Subject {
        measure: Measure::Upheld,
        name: &overview.council.name,
        group: overview.council.kind.short_group(),
        synthetic: overview.synthetic,
    };
    let chart = in_both(|form| trend::of_council(&overview.history, subject, form));
    html! {
        @if !chart.0.is_empty() { h2 { "Uphold rate, year by year" } (chart) }
    }
}

fn history(page: &PackPage) -> Markup {
    html! {
        h2 { "What the years show" }
        @if page.overview.histories().next().is_none() { p { (NO_YEARS) } }
        @for (measure, sentences) in page.overview.histories() {
            h3 { (measure.title()) }
            (figure::history(sentences))
        }
    }
}

fn reports(page: &PackPage) -> Markup {
    html! {
        h2 { "Decisions and promises" }
        ul.plain {
            @for line in page.published() { li { (format::capital(&line)) } }
        }
    }
}

fn questions(page: &PackPage) -> Markup {
    html! {
        h2 { "Questions members may ask" }
        ol.questions { @for question in &page.questions { li { (question) } } }
    }
}

fn received(page: &PackPage) -> Markup {
    let row = |row: &ReceivedRow| {
        html! {
            tr {
                th scope="row" { (format::capital(row.measure.numerator())) }
                td.n data-name="Received" { b { (format::count(row.count)) } }
                td.n data-name="Expected" { (row.expected()) }
                td { (verdict(Band::Verdict(row.verdict), row.measure.judgement())) }
            }
        }
    };
    html! {
        h2 { "What people complained about" }
        @if page.received.is_empty() {
            p { (page.about_received()) }
        } @else {
            div.scroll role="region" aria-label="Complaints received" tabindex="0" {
                table.stack {
                    caption.quiet { (page.about_received()) }
                    thead { tr { th scope="col" { "About" } th.n scope="col" { "Received" } th.n scope="col" { "Expected" } th scope="col" { "Verdict" } } }
                    tbody { @for one in &page.received { (row(one)) } }
                }
            }
        }
    }
}

fn overdue(page: &PackPage) -> Markup {
    let day = page.day;
    html! {
        h2 { "Promises overdue on " (format::date(day)) }
        @if page.overdue.is_empty() {
            p { (page.none_overdue()) }
        } @else {
            div.scroll role="region" aria-label="Promises overdue" tabindex="0" {
                table.stack {
                    caption.quiet { "Agreed improvements that are past their date, the oldest first" }
                    thead { tr { th scope="col" { "What was agreed" } th scope="col" { "Case" } th.n scope="col" { "Due" } th.n scope="col" { "Late by" } } }
                    tbody { @for one in &page.overdue {
                        tr {
                            th scope="row" { (one.summary) }
                            td.ref { a href=(links::decision(&one.reference)) { (one.reference) } }
                            td.n data-name="Due" { (one.due_on.map(format::date).unwrap_or_default()) }
                            td.n data-name="Late by" { @if let Some(days) = one.due_on.and_then(|due| due.until(day).ok()) { (days.get_days()) " days" } }
                        }
                    } }
                }
            }
            @if let Some(all) = page.all_overdue(page.overdue.len()) { p.note { (all) } }
        }
    }
}

fn decisions(page: &PackPage) -> Markup {
    html! {
        h2 { "Decisions published this year that found fault" }
        @if page.fault.is_empty() {
            p { (NO_FAULT) }
        } @else {
            div.scroll role="region" aria-label="Decisions that found fault" tabindex="0" {
                table.stack {
                    caption.quiet { "The newest first" }
                    thead { tr { th scope="col" { "Decided" } th scope="col" { "What happened" } th scope="col" { "Subject" } th scope="col" { "Reference" } } }
                    tbody { @for one in &page.fault {
                        @let decision = &one.decision;
                        tr {
                            td { (format::date(decision.decision_date)) }
                            th scope="row" { (decision.headline()) }
                            td { (decision.narrow_subject()) }
                            td.ref { a href=(links::decision(&decision.reference)) { (decision.reference) } }
                        }
                    } }
                }
            }
            p.note { (page.about_fault(page.fault.len())) }
        }
    }
}

fn sources(page: &PackPage) -> Markup {
    html! {
        h2 { "Where this comes from" }
        p.note {
            @if let Some(source) = page.source() { "Figures: " (figure::cite(source)) ". " }
            (page.how_judged())
        }
    }
}

/// What stands at the end of each sheet.
fn foot(frame: &Frame, page: &PackPage, sheet: u8) -> Markup {
    let address = links::pack(&page.overview.council.slug, Some(page.overview.year));
    html! {
        p.sheetfoot {
            span { @if page.overview.synthetic { "Demonstration, all figures invented. " } "Independent, not the Ombudsman." }
            span { "Version " (frame.edition) ", " (address) }
            span { (sheet) " of 2" }
        }
    }
}
