//! What people complained about: complaints received by service area, each against the number expected of councils of its kind.

use maud::{Markup, html};

use super::chart::r;
use super::council_table::short_title;
use super::table::swatch;
use super::{links, sentences};
use crate::domain::compare::Verdict;
use crate::domain::format;
use crate::domain::interval::float;
use crate::read::council::CouncilPage;
use crate::read::received::{ReceivedRow, why_none_expected};
use crate::read::standing::Band;

/// The ends of the axis in a row.
const LEFT: f64 = 6.0;
const RIGHT: f64 = 154.0;

/// The section; it says so where no table of the year is loaded.
pub fn section(page: &CouncilPage) -> Markup {
    let total = page.received.iter().find(|row| row.is_total());
    let mut rows: Vec<&ReceivedRow> = page.received.iter().filter(|row| !row.is_total()).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    let why = why_none_expected(&page.received);
    let end = rows.iter().map(|row| reach(row)).fold(1.0, f64::max);
    html! {
        section {
            h2 { "What people complained about" }
            @match total {
                None => p { "How many complaints about it came to the Ombudsman in " (page.year) " is not known here. That is not a zero." },
                Some(total) => p.found {
                    (if total.count == 0 { "No complaint or enquiry".to_owned() } else { format::counted(total.count, "complaint or enquiry", "complaints and enquiries") }) " came to the Ombudsman in " (page.year)
                    @if total.expected.is_some() {
                        "; " (total.expected()) " would be expected at the rate of " (page.council.kind.group()) ". "
                        (sentences::is_that(total.verdict, total.measure))
                    } @else { "." }
                    @if let Some(why) = why { " " (why) }
                },
            }
            @if rows.is_empty() && total.is_some() {
                p.note { "By service area the numbers of this year are not loaded here." }
            }
            @if !rows.is_empty() {
                table.received role="table" {
                    caption.vh { "Complaints and enquiries received by service area, " (page.year) @if why.is_none() { ", with the number expected of " (page.council.kind.group()) " with as many residents" } }
                    thead role="rowgroup" { tr role="row" {
                        th role="columnheader" scope="col" { "Service" } th.n role="columnheader" scope="col" { "Received" }
                        @if why.is_none() { th.n role="columnheader" scope="col" { "Expected" } }
                        th.b role="columnheader" scope="col" { span.vh { (if why.is_none() { "Both, with the range expected" } else { "The same, drawn" }) } }
                        th role="columnheader" scope="col" { "Verdict" }
                    } }
                    tbody role="rowgroup" { @for row in &rows { (line(row, end, why.is_none())) } }
                }
                p.note {
                    @if why.is_none() { "Sand: the numbers that chance allows. Dashes: the number expected. Dot: received. " }
                    "Few or many complaints say nothing of who was right. "
                    a href=(links::council_part(&page.council.slug, "statistics#received")) { "All years" span.vh { " of complaints received" } }
                }
            }
        }
    }
}

/// How far a row reaches along the axis.
fn reach(row: &ReceivedRow) -> f64 {
    let range = row.range.map_or(0.0, |range| range.high);
    float(row.count).max(range).max(row.expected.unwrap_or(0.0))
}

fn line(row: &ReceivedRow, end: f64, expected: bool) -> Markup {
    let band = Band::Verdict(row.verdict);
    html! {
        tr role="row" {
            th.c role="rowheader" scope="row" { (about(row)) }
            td.n.t role="cell" { b { (format::count(row.count)) } }
            @if expected { td.n.e role="cell" { span.onphone aria-hidden="true" { "expected " } (row.expected()) } }
            td.b role="cell" { (bar(row, end)) }
            td.j role="cell" { span.v { (swatch(band)) (short_title(band, row.measure.judgement())) } }
        }
    }
}

/// The service area: the heading says already that complaints about it are counted.
fn about(row: &ReceivedRow) -> String {
    let words = row.measure.numerator();
    format::capital(words.strip_prefix("complaints about ").unwrap_or(words))
}

/// The numbers of a row drawn; its words say the same, so the picture is silent.
fn bar(row: &ReceivedRow, end: f64) -> Markup {
    let x = |value: f64| LEFT + (value / end).clamp(0.0, 1.0) * (RIGHT - LEFT);
    html! {
        svg.rowbar viewBox="0 0 160 20" aria-hidden="true" {
            path.ax d={ "M" (r(LEFT)) " 0v20" } {}
            @if let Some(range) = row.range {
                rect.rng x=(r(x(range.low))) y="3" width=(r((x(range.high) - x(range.low)).max(1.0))) height="14" {}
            }
            @if let Some(expected) = row.expected {
                line.kind x1=(r(x(expected))) x2=(r(x(expected))) y1="3" y2="17" {}
            }
            circle.me.thin[row.verdict == Verdict::TooFew] cx=(r(x(float(row.count)))) cy="10" r="3.8" {}
        }
    }
}
