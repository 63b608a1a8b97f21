//! All subjects: where to begin when the question is about a service and not about a council.

use maud::{Markup, html};

use super::layout::{Frame, Head, breadcrumbs, page as layout};
use super::links;
use crate::domain::compare::Verdict;
use crate::domain::field::words;
use crate::domain::format;
use crate::domain::measure::Measure;
use crate::domain::subject::Subject;
use crate::read::map::Selection;
use crate::read::subject::SubjectQuery;
use crate::read::subjects::{SubjectRow, SubjectsPage};

/// Subcategories named under each category.
const NAMED: usize = 5;

/// The page.
pub fn page(frame: &Frame, page: &SubjectsPage) -> Markup {
    let head = Head {
        title: format!("What complaints were about, {}", page.year),
        description: "Complaints received by service area with the councils that stand out, and what is published about each subject."
            .to_owned(),
        year: Some(page.year),
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            (breadcrumbs(&[("England", "/".to_owned())], "Subjects"))
            h1 { "What complaints were about" }
            p.lede { "Complaints that the Ombudsman received, by service, with the councils that stand out; and what is published about each subject: decisions, public reports and promises." }
            form.controls.auto method="get" action="/subjects" {
                label { "Year " select name="year" {
                    @for year in &page.years { option value=(year) selected[*year == page.year] { (year) } }
                } }
                button type="submit" { "Show" }
            }
            div.scroll role="region" aria-label="All subjects" tabindex="0" {
                table.subjectlist {
                    caption { (format::period(page.year)) }
                    thead { tr {
                        th scope="col" { "Subject" } th.n scope="col" { "Received" } th scope="col" { "Councils that stand out" }
                        th.n scope="col" { "Fault found" } th.n scope="col" { "Decisions" } th.n scope="col" { "Public reports" } th.n scope="col" { "Promises" }
                    } }
                    tbody { @for row in &page.subjects { (subject(page, row)) } }
                }
            }
            div.note {
                p { "Received: complaints and enquiries in the Ombudsman’s own service areas, added up here over the councils. Education and children’s care are counted as one area, and appear under both subjects; health is not counted apart." }
                p { "Fault found, decisions, public reports and promises: what is published here of the year. Not every decision is published, so these are counts and no rates." }
                p {
                    "Complaints about matters that fit no service area are on "
                    a href=(links::map(&Selection { measure: Measure::ReceivedOther, year: page.asked, ..Selection::default() })) { "a map of their own" } "."
                }
            }
        },
    )
}

fn subject(page: &SubjectsPage, row: &SubjectRow) -> Markup {
    let of = |subcategory: Option<String>| {
        let subject = Subject { category: row.category, subcategory };
        links::subject_of(&SubjectQuery { subject, year: page.asked, kind: None, region: None })
    };
    html! {
        tr {
            th scope="row" {
                a href=(of(None)) { (row.category.title()) }
                @if !row.subcategories.is_empty() {
                    " " small.sub2 {
                        @for (place, (slug, _)) in row.subcategories.iter().take(NAMED).enumerate() {
                            @if place > 0 { " · " }
                            a href=(of(Some(slug.clone()))) { (words(slug)) }
                        }
                    }
                }
            }
            td.n {
                @match (row.area, row.received) {
                    (None, _) => { span.nk { "not counted apart" } }
                    (_, None) => { span.nk { "not known" } }
                    (Some(area), Some(number)) => {
                        (format::count(number))
                        @if row.councils_with_counts < page.councils { " " small { "from " (format::count(row.councils_with_counts)) " of " (format::count(page.councils)) " councils" } }
                        @if area.is_wider { " " small { "the whole area" } }
                    }
                }
            }
            td { (standing_out(row)) }
            td.n { b { (format::count(row.published.upheld)) } }
            td.n { (format::count(row.published.decisions())) }
            td.n { (format::count(row.published.reports)) }
            td.n { (format::count(row.published.improvements)) }
        }
    }
}

fn standing_out(row: &SubjectRow) -> Markup {
    let compared: u64 =
        [Verdict::Higher, Verdict::PossiblyHigher, Verdict::Within, Verdict::PossiblyLower, Verdict::Lower]
            .into_iter()
            .map(|verdict| row.count(verdict))
            .sum();
    html! {
        @if row.area.is_none() { "–" }
        @else if compared == 0 { span.nk { "none can be compared" } }
        @else {
            span.v { span.d.hi {} (row.count(Verdict::Higher)) " with more," } " "
            span.v { span.d.lo {} (row.count(Verdict::Lower)) " with fewer," } " "
            small { "of " (format::count(compared)) " compared" }
        }
    }
}
