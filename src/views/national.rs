//! The national review of a year.

use maud::{Markup, html};

use super::chart::in_both;
use super::layout::{Frame, Head, breadcrumbs, page as layout};
use super::national_regions::{per_100k, rate_before};
use super::{changed, links, national_kinds, national_regions, sources, trend, under};
use crate::domain::field::words;
use crate::domain::format;
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;
use crate::read::national::{CountRow, NationalPage, NationalRate};
use crate::read::national_regions::service_areas;

/// Reports listed before the rest is left to the list of reports.
const LISTED_REPORTS: usize = 8;

/// The page.
pub fn page(frame: &Frame, page: &NationalPage) -> Markup {
    let finding = finding(page);
    let head = Head {
        title: format!("The national review {}", page.year),
        description: format!(
            "{finding}. Totals, rates, kinds of council, regions, service areas, who changed most, public reports and common faults."
        ),
        year: Some(page.year),
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            (breadcrumbs(&[("England", "/".to_owned())], "National review"))
            h1 { (finding) }
            (year_choice(page))
            div.three { @for rate in page.rates.iter().take(3) { (block(page, rate)) } }
            (charts(frame, page))
            (totals(page))
            (national_kinds::kinds(page))
            (national_regions::by_region(&page.residents, page.year, page.asked))
            (areas(page))
            (changed::section(&page.changed, page.year))
            div.cols { div { (reports(page)) } aside { (faults(page)) } }
        },
    )
}

fn finding(page: &NationalPage) -> String {
    match page.rates.iter().find(|rate| rate.measure == Measure::Upheld).and_then(NationalRate::value) {
        Some(value) => {
            format!("Fault in {} of cases investigated in England, {}", Measure::Upheld.unit().show(value), page.year)
        }
        None => format!("England in {}", page.year),
    }
}

fn year_choice(page: &NationalPage) -> Markup {
    html! {
        div.yearhead {
            h2 { "The year to " (format::date(page.year.last_day())) }
            form.year.auto method="get" action="/national" {
                label { "Year " select name="year" {
                    @for year in &page.years { option value=(year) selected[*year == page.year] { (year) } }
                } }
                button type="submit" { "Show" }
            }
        }
        p.period { "Figures for " (format::period(page.year)) ", compared with " (page.year.previous()) ". England is not judged here: there is nothing to compare it with." }
        @if let Some(words) = page.year.break_before() { div.notice { p { strong { "A break in the series. " } (words) "." } } }
    }
}

fn block(page: &NationalPage, rate: &NationalRate) -> Markup {
    let unit = rate.measure.unit();
    html! {
        section.stat {
            h3 { (rate.measure.title_of_all()) }
            @match rate.value() {
                Some(value) => p.big { (unit.show(value)) },
                None => p.big.none { "Not known" },
            }
            p.counts {
                @match rate.counts {
                    Some((top, bottom)) => { (format::count(top)) " of " (format::count(bottom)) " " (rate.measure.denominator()) }
                    None => { "Counts not loaded" }
                }
            }
            p { (change_sentence(rate, page.year)) }
        }
    }
}

fn change_sentence(rate: &NationalRate, year: ReportingYear) -> String {
    let unit = rate.measure.unit();
    match (rate.value(), rate.value_before()) {
        (Some(_), Some(before)) if year.starts_a_new_series() => format!(
            "The year before it was {}, of cases that were selected in another way: the two cannot be compared.",
            unit.show(before)
        ),
        (Some(now), Some(before)) if rate.is_exact() => {
            format!("The year before it was {before:.1}%: {}.", change_by_counts(now - before))
        }
        (Some(now), Some(before)) => {
            format!("The year before it was {}: {}.", unit.show(before), change(now - before))
        }
        (Some(_), None) => "The year before is not known here.".to_owned(),
        (None, Some(before)) => format!("The year before it was {}.", unit.show(before)),
        (None, None) => "Neither this year nor the one before is known here.".to_owned(),
    }
}

/// A difference of two shares whose counts are known, in tenths of points.
fn change_by_counts(difference: f64) -> String {
    let way = if difference > 0.0 { "more" } else { "less" };
    match format!("{:.1}", difference.abs()).as_str() {
        "0.0" if difference.abs() < 1e-9 => "no change".to_owned(),
        "0.0" => "hardly any change".to_owned(),
        "1.0" => format!("1.0 point {way}"),
        points => format!("{points} points {way}"),
    }
}

/// A difference of two published rates in whole points, as it is read off the page.
fn change(difference: f64) -> String {
    let points = crate::domain::measure::round_half_up(difference.abs());
    match (points, difference) {
        (0.0, _) => "no change".to_owned(),
        (1.0, by) if by > 0.0 => "1 point more".to_owned(),
        (1.0, _) => "1 point less".to_owned(),
        (points, by) if by > 0.0 => format!("{points} points more"),
        (points, _) => format!("{points} points less"),
    }
}

fn charts(frame: &Frame, page: &NationalPage) -> Markup {
    let chart = |measure: Measure, values: &[_]| {
        let subject = trend::Subject { measure, name: "England", group: "", synthetic: page.synthetic };
        in_both(|form| trend::of_rates(values, subject, form))
    };
    let drawn: Vec<(Measure, Markup)> = page
        .series
        .iter()
        .map(|(measure, values)| (*measure, chart(*measure, values)))
        .filter(|(_, chart)| !chart.0.is_empty())
        .collect();
    html! {
        @if !drawn.is_empty() {
            section {
                h2 { "Year by year" }
                div.charts {
                    @for (measure, chart) in drawn { figure { figcaption.note { (measure.term()) ", from the counts published, or the rate published where there are none. No line crosses a change in what is counted." } (chart) (under::england(frame, page.year, measure)) } }
                }
            }
        }
    }
}

fn totals(page: &NationalPage) -> Markup {
    html! {
        section {
            h2 { "Totals of England" }
            @if page.totals.is_empty() { p { "No total of this year is loaded. That is not a zero." } }
            @else {
                div.scroll role="region" aria-label="Totals of England" tabindex="0" {
                    table.counts {
                        caption { "As published for all bodies together" }
                        (count_columns("Count", page.year))
                        tbody { @for one in &page.totals { (count_line(one.title, one.now, one.before)) } }
                    }
                }
            }
            // The rates over it and their charts are published figures of England too.
            (sources::list(page.sources.iter().rev().map(|(year, source)| (year, source))))
        }
    }
}

fn count_columns(what: &str, year: ReportingYear) -> Markup {
    html! { thead { tr { th scope="col" { (what) } th.n scope="col" { (year) } th.n scope="col" { (year.previous()) } th.n scope="col" { "Change" } } } }
}

fn count_line(title: &str, now: Option<u64>, before: Option<u64>) -> Markup {
    html! { tr { (count_cells(title, now, before)) } }
}

fn count_cells(title: &str, now: Option<u64>, before: Option<u64>) -> Markup {
    let number = |count: Option<u64>| html! { @match count { Some(count) => (format::count(count)), None => span.nk { "not known" } } };
    html! { th scope="row" { (title) } td.n { (number(now)) } td.n { (number(before)) } td.n { (format::difference(now, before)) } }
}

fn areas(page: &NationalPage) -> Markup {
    let (with, of) = page.coverage;
    html! {
        section {
            h2 { "By service area and outcome" }
            @if page.areas.is_empty() && page.outcomes.is_empty() {
                p { "Counts by service area are loaded for " (with) " of " (of) " councils: too few to add up to England." }
            } @else {
                (received(page))
                (decided(page))
                p.note { "Added up here from the councils’ own tables (" (with) " of " (of) " councils), so bodies that are not councils are left out. Upheld complaints are not counted by service area there." }
            }
        }
    }
}

fn received(page: &NationalPage) -> Markup {
    let rate = |row: &CountRow| service_areas().find(|one| one.source_fields() == [format!("received_{}", row.key)]);
    html! {
        @if !page.areas.is_empty() {
            h3.years { "Complaints received" }
            div.scroll role="region" aria-label="Complaints received" tabindex="0" {
                table {
                    caption { "By service area, all councils of England" }
                    thead { tr {
                        th scope="col" { "Service area" } th.n scope="col" { (page.year) } th.n scope="col" { (page.year.previous()) } th.n scope="col" { "Change" }
                        th.n scope="col" { "Per 100,000" } th.n scope="col" { "In " (page.year.previous()) }
                    } }
                    tbody { @for row in &page.areas {
                        @let rate = rate(row).and_then(|measure| page.residents.of_england(measure));
                        tr {
                            (count_cells(&row.label, Some(row.now), row.before))
                            td.n { @match rate { Some(rate) => (per_100k(rate)), None => span.nk { "not known" } } }
                            td.n { @match rate { Some(rate) => (rate_before(rate)), None => span.nk { "not known" } } }
                        }
                    } }
                }
            }
        }
    }
}

fn decided(page: &NationalPage) -> Markup {
    html! {
        @if !page.outcomes.is_empty() {
            h3.years { "Complaints decided" }
            div.scroll role="region" aria-label="Complaints decided" tabindex="0" {
                table {
                    caption { "By outcome, all councils of England" }
                    (count_columns("Outcome", page.year))
                    tbody { @for row in &page.outcomes { (count_line(&row.label, Some(row.now), row.before)) } }
                }
            }
        }
    }
}

fn reports(page: &NationalPage) -> Markup {
    let (from, to) = (page.year.first_day().to_string(), page.year.last_day().to_string());
    let all = links::with_query("/reports", &[("from", Some(&from)), ("to", Some(&to))]);
    html! {
        section {
            h2 { "Public reports of the year" }
            @if page.reports.is_empty() { p { "No public report of this year is loaded here." } }
            @else {
                ul.list {
                    @for one in page.reports.iter().take(LISTED_REPORTS) {
                        li {
                            a href=(links::decision(&one.decision.reference)) { (one.decision.headline()) }
                            p.meta { (one.body) " · " (one.decision.subject()) " · " (format::date(one.decision.decision_date)) }
                        }
                    }
                }
                p { a href=(all) { "All public reports of the year" } }
            }
        }
    }
}

fn faults(page: &NationalPage) -> Markup {
    let (from, to) = (page.year.first_day().to_string(), page.year.last_day().to_string());
    html! {
        section {
            h2 { "Most common faults" }
            @if page.faults.is_empty() { p { "No upheld decision of this year is loaded here." } }
            @else {
                div.scroll role="region" aria-label="Most common faults" tabindex="0" {
                    table {
                        caption { "Upheld decisions published here, by subject" }
                        thead { tr { th scope="col" { "Subject" } th.n scope="col" { "Upheld" } } }
                        tbody {
                            @for (category, subcategory, count) in &page.faults {
                                @let href = links::with_query("/decisions", &[
                                    ("category", Some(category.as_str())), ("subcategory", subcategory.as_deref()), ("outcome", Some("upheld")), ("from", Some(&from)), ("to", Some(&to)),
                                ]);
                                tr {
                                    th scope="row" {
                                        a href=(href) { (subcategory.as_deref().map_or_else(|| category.title().to_owned(), words)) }
                                        @if subcategory.is_some() { " " small.sub2 { (category.title()) } }
                                    }
                                    td.n { (format::count(*count)) }
                                }
                            }
                        }
                    }
                }
                p.note { "Published decisions are a part of those counted in the figures." }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_change_of_a_rate_is_that_of_its_counts_and_not_of_rounded_rates() {
        let year = ReportingYear::starting_in(2024).unwrap();
        let rounded = NationalRate {
            measure: Measure::Compliance,
            now: Some(99.0),
            before: Some(100.0),
            counts: None,
            counts_before: None,
        };
        assert_eq!(change_sentence(&rounded, year), "The year before it was 100%: 1 point less.");
        let counted = NationalRate { counts: Some((9943, 10_000)), counts_before: Some((9957, 10_000)), ..rounded };
        assert_eq!(change_sentence(&counted, year), "The year before it was 99.6%: 0.1 points less.");
    }
}
