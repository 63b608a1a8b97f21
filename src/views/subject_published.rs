//! What is published about a subject: by subcategory, by council, year by year. Counts, and never a rate.

use maud::{Markup, html};

use super::chart::in_both;
use super::national_regions::{over, unknown_rate};
use super::table::band_class;
use super::{links, trend};
use crate::domain::council::CouncilKind;
use crate::domain::field::words;
use crate::domain::format;
use crate::domain::interval::float;
use crate::domain::measure::{Judgement, Unit};
use crate::domain::subject::{ServiceArea, Subject};
use crate::read::standing::Band;
use crate::read::subject::{SubjectCouncil, SubjectPage, SubjectQuery};
use crate::read::subject_counts::Published;
use crate::read::subject_years::SubjectYear;

/// Councils whose published decisions are counted before the rest is folded away.
const MOST_PUBLISHED: usize = 12;

/// The list of the decisions counted here, further narrowed down.
pub(super) fn decisions(page: &SubjectPage, path: &str, more: &[(&str, Option<&str>)]) -> String {
    let Subject { category, subcategory } = &page.query.subject;
    let year = page.year.to_string();
    let mut pairs = vec![("category", Some(category.as_str()))];
    if more.iter().all(|(name, _)| *name != "subcategory") {
        pairs.push(("subcategory", subcategory.as_deref()));
    }
    pairs.push(("year", Some(&year)));
    if more.iter().all(|(name, _)| *name != "council") {
        pairs.extend([("kind", page.query.kind.map(CouncilKind::as_str)), ("region", page.query.region.as_deref())]);
    }
    pairs.extend(more);
    links::with_query(path, &pairs)
}

/// The councils with most upheld decisions, by name.
pub(super) fn most_about(page: &SubjectPage) -> Option<String> {
    let named: Vec<String> = page
        .most_published()
        .iter()
        .filter(|one| one.published.upheld > 1)
        .take(4)
        .map(|one| format!("{} ({})", one.row.council.name, one.published.upheld))
        .collect();
    (!named.is_empty()).then(|| format!("Most about {}.", format::listed(&named)))
}

pub(super) fn only_counts() -> &'static str {
    "Not every decision is published, so these are counts of what is here and no rate can be made of them."
}

fn published_columns(first: &str, last: Option<&str>) -> Markup {
    html! { thead { tr {
        th scope="col" { (first) }
        th.n scope="col" { "Fault found" } th.n scope="col" { "None found" } th.n scope="col" { "Closed" }
        th.n scope="col" { "Public reports" } th.n scope="col" { "Promises" }
        @if let Some(last) = last { th scope="col" { (last) } }
    } } }
}

/// The counts of a row, each a link to what it counts.
fn published_cells(one: Published, upheld: &str) -> Markup {
    html! {
        td.n { @if one.upheld > 0 { a href=(upheld) { b { (format::count(one.upheld)) } } } @else { "0" } }
        td.n { (format::count(one.not_upheld)) }
        td.n { (format::count(one.closed)) }
        td.n { (format::count(one.reports)) }
        td.n { (format::count(one.improvements)) }
    }
}

pub(super) fn subcategories(page: &SubjectPage) -> Markup {
    html! {
        @if !page.subcategories.is_empty() {
            div.scroll role="region" aria-label="By subcategory" tabindex="0" {
                table {
                    caption { "Published here, decided in " (page.year) ", by subcategory; promises are improvements agreed in the year" }
                    (published_columns("Subcategory", None))
                    tbody { @for (slug, one) in &page.subcategories { tr {
                        @let subject = Subject { category: page.query.subject.category, subcategory: Some(slug.clone()) };
                        th scope="row" { a href=(links::subject_of(&SubjectQuery { subject, ..page.query.clone() })) { (words(slug)) } }
                        (published_cells(*one, &decisions(page, "/decisions", &[("subcategory", Some(slug)), ("outcome", Some("upheld"))])))
                    } } }
                }
            }
        }
    }
}

pub(super) fn published_by_council(page: &SubjectPage) -> Markup {
    let all = page.most_published();
    let (first, rest) = all.split_at(all.len().min(MOST_PUBLISHED));
    html! {
        (published_table(page, first, "Published here, those with most faults found first"))
        @if !rest.is_empty() {
            details.rest {
                summary { (format::counted_of(count(rest.len()), "councils")) " more" }
                (published_table(page, rest, "The other councils with anything published"))
            }
        }
        @if !page.other_bodies.is_empty() {
            p.note {
                "Beside these councils, " (format::counted_of(page.other_bodies.decisions(), "decisions"))
                " about bodies that are no councils " @if page.other_bodies.decisions() == 1 { "is" } @else { "are" } " published here."
            }
        }
    }
}

fn published_table(page: &SubjectPage, rows: &[&SubjectCouncil], caption: &str) -> Markup {
    let last = match page.area {
        Some(area) if page.query.subject.subcategory.is_some() && page.with_figures() > 0 => {
            Some(format!("All of {}", area.words))
        }
        _ => None,
    };
    html! {
        div.scroll role="region" aria-label=(caption) tabindex="0" {
            table {
                caption { (caption) }
                (published_columns("Council", last.as_deref()))
                tbody { @for one in rows { tr {
                    th scope="row" { a href=(council_link(page, one)) { (one.row.council.name) } }
                    (published_cells(one.published, &decisions(page, "/decisions", &[("council", Some(one.row.council.slug.as_str())), ("outcome", Some("upheld"))])))
                    @if last.is_some() { td { (verdict(one.band())) } }
                } } }
            }
        }
    }
}

pub(super) fn england(page: &SubjectPage) -> Markup {
    let area = page.area.filter(|_| page.query.subject.subcategory.is_none());
    let most = page.by_year.iter().filter_map(|one| one.received).max().unwrap_or(0);
    html! {
        @if !page.by_year.is_empty() {
            section {
                h2 { "England, year by year" }
                @if let Some(area) = area { (rates(page, area)) }
                div.scroll role="region" aria-label="England, year by year" tabindex="0" {
                    table {
                        caption {
                            @if let Some(area) = area { "Complaints received about " (area.words) ", added up here over all councils with the count; and what is published" }
                            @else { "What is published about " (page.words()) ", all councils and other bodies" }
                        }
                        thead { tr {
                            th scope="col" { "Year" }
                            @if area.is_some() { th.n scope="col" { "Received" } th scope="col" { span.vh { "As a bar" } } th.n scope="col" { "Per 100,000" } }
                            th.n scope="col" { "Fault found" } th.n scope="col" { "None found" } th.n scope="col" { "Closed" }
                            th.n scope="col" { "Public reports" } th.n scope="col" { "Promises" }
                        } }
                        tbody { @for one in &page.by_year { (england_row(page, one, area.is_some().then_some(most))) } }
                    }
                }
                @if area.is_some() { p.note { "A year in which few councils have the count cannot be set beside one in which all have it." } }
            }
        }
    }
}

/// Complaints received per 100,000 residents as a line.
fn rates(page: &SubjectPage, area: ServiceArea) -> Markup {
    let values: Vec<_> = page.by_year.iter().rev().filter_map(|one| Some((one.year, one.per_100k()?))).collect();
    let subject = trend::Subject { measure: area.measure, name: "England", group: "", synthetic: page.synthetic };
    let chart = in_both(|form| trend::of_rates(&values, subject, form));
    html! {
        @if !chart.0.is_empty() {
            figure { (chart) figcaption.note { (area.measure.term()) ", where for at least 80% of the councils the count and the number of residents are known. No line crosses a change in what is counted." } }
        }
    }
}

fn england_row(page: &SubjectPage, one: &SubjectYear, most: Option<u64>) -> Markup {
    let here = SubjectQuery { year: Some(one.year), ..page.query.clone() };
    let subject = &page.query.subject;
    let year = one.year.to_string();
    let upheld = links::with_query(
        "/decisions",
        &[
            ("category", Some(subject.category.as_str())),
            ("subcategory", subject.subcategory.as_deref()),
            ("year", Some(&year)),
            ("outcome", Some("upheld")),
        ],
    );
    html! {
        tr {
            th scope="row" {
                @if one.year == page.year { b { (one.year) } } @else if page.years.contains(&one.year) { a href=(links::subject_of(&here)) { (one.year) } } @else { (one.year) }
            }
            @if let Some(most) = most {
                td.n {
                    @match one.received {
                        Some(number) => {
                            (format::count(number))
                            @if one.councils_with_counts < one.councils { " " small { "from " (format::count(one.councils_with_counts)) " of " (format::count(one.councils)) " councils" } }
                        }
                        None => span.nk { "not known" },
                    }
                }
                td { @if let Some(number) = one.received { (bar(number, most)) } }
                td.n { @match one.per_100k() { Some(value) => { (Unit::PerHundredThousand.show(value)) (over(one.counts)) }, None => (unknown_rate(one.counts)) } }
            }
            (published_cells(one.published, &upheld))
        }
    }
}

/// A count as a bar beside its number, which says the same.
fn bar(number: u64, most: u64) -> Markup {
    let width = if most == 0 { 0.0 } else { float(number) / float(most) * 100.0 };
    html! { svg.bar viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" { rect width=(super::chart::r(width)) height="10" {} } }
}

pub(super) fn council_link(page: &SubjectPage, one: &SubjectCouncil) -> String {
    match page.query.year {
        Some(year) if one.row.council.active_in(year) => links::council_in(&one.row.council.slug, year),
        _ => links::council(&one.row.council.slug),
    }
}

fn verdict(band: Band) -> Markup {
    html! { span class={ "d " (band_class(band)) } {} (band.title(Judgement::Neutral)) }
}

pub(super) fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
