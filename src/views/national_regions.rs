//! England per 100,000 residents: by region, by service area, and by both.

use maud::{Markup, html};

use super::links;
use crate::domain::area::{AreaCounts, WhyNoRate};
use crate::domain::format;
use crate::domain::measure::{Measure, Unit};
use crate::domain::year::ReportingYear;
use crate::read::area::AreaRate;
use crate::read::national_regions::{Residents, service_areas};

/// Complaints received and upheld by region, and received by region and service area. `asked` is the year that links carry.
pub fn by_region(page: &Residents, year: ReportingYear, asked: Option<ReportingYear>) -> Markup {
    html! {
        section {
            h2 #regions { "By region, per 100,000 residents" }
            @if page.is_known() {
                (regions(page, year, asked))
                p.note {
                    "Added up here from the councils’ own counts; a rate is given where for at least 80% of a region’s councils both the count and the number of residents are known, and is worked out over these alone. Residents of a county and its districts are counted once, and only where both the county council and its districts have the count. A region is not judged: it agreed to nothing and decided nothing. "
                    "How many complaints reach the Ombudsman also depends on how many people know of it."
                }
                @if knows_areas(page) { details.src { summary { "By region and service area" } (matrix(page, year, asked)) } }
                @else { p.note { "No complaints received by service area in " (year) " are loaded." } }
            } @else { p { "No complaints received or upheld in " (year) " are loaded for any council. That is not a zero." } }
        }
    }
}

/// Whether any council has a count of a service area.
fn knows_areas(page: &Residents) -> bool {
    service_areas().filter_map(|measure| page.of_england(measure)).any(|rate| rate.now.with_counts > 0)
}

fn regions(page: &Residents, year: ReportingYear, asked: Option<ReportingYear>) -> Markup {
    let before = year.previous();
    html! {
        div.scroll role="region" aria-label="By region" tabindex="0" {
            table {
                caption { "Complaints received and upheld, " (year) " and " (before) }
                thead {
                    tr {
                        th rowspan="2" scope="col" { "Region" } th.n rowspan="2" scope="col" { "Councils" }
                        th.n colspan="3" scope="colgroup" { "Received" } th.n colspan="3" scope="colgroup" { "Upheld" }
                    }
                    tr { @for _ in 0..2 { th.n scope="col" { "Number" } th.n scope="col" { "Per 100,000" } th.n scope="col" { "In " (before) } } }
                }
                tbody {
                    @for (region, rates) in &page.regions {
                        tr { th scope="row" { a href=(links::area_in(region, asked)) { (region.name) } } (row(rates)) }
                    }
                    tr.total { th scope="row" { "England" } (row(&page.england)) }
                }
            }
        }
    }
}

fn row(rates: &[AreaRate]) -> Markup {
    html! {
        td.n { @if let Some(rate) = rates.first() { (format::count(rate.now.councils)) } }
        @for measure in [Measure::ReceivedPer100k, Measure::UpheldPer100k] {
            @if let Some(rate) = rates.iter().find(|rate| rate.measure == measure) {
                td.n { (number(rate)) }
                td.n { (per_100k(rate)) }
                td.n { (rate_before(rate)) }
            }
        }
    }
}

/// How many, and of how many councils where not all have counts.
pub fn number(rate: &AreaRate) -> Markup {
    html! {
        @if rate.now.with_counts == 0 { span.nk { "not known" } }
        @else {
            (format::count(rate.now.numerator))
            @if rate.now.with_counts < rate.now.councils { " " small { "from " (rate.now.with_counts) " of " (rate.now.councils) " councils" } }
        }
    }
}

/// The rate, and over how many councils where not over all.
pub fn per_100k(rate: &AreaRate) -> Markup {
    html! { @match rate.value() { Some(value) => { b { (rate.measure.unit().show(value)) } (over(rate.now)) }, None => (unknown_rate(rate.now)) } }
}

/// The rate of the year before, likewise.
pub fn rate_before(rate: &AreaRate) -> Markup {
    html! { @match rate.value_before() { Some(value) => { (rate.measure.unit().show(value)) (over(rate.before)) }, None => (unknown_rate(rate.before)) } }
}

/// That there is no rate per 100,000 residents, and why, where any council has the count.
pub fn unknown_rate(counts: AreaCounts) -> Markup {
    html! {
        span.nk { "not known" }
        @if let Some(why) = why_unknown(counts) { " " small { (why) } }
    }
}

/// Why there is no rate per 100,000 residents, where any council has the count.
pub fn why_unknown(counts: AreaCounts) -> Option<&'static str> {
    match counts.why_no_rate(Unit::PerHundredThousand).filter(|_| counts.with_counts > 0)? {
        WhyNoRate::TooFew => None,
        WhyNoRate::NoResidents => Some("the number of residents is not known"),
        WhyNoRate::NoCountyCouncil => Some("a rate needs the county council too"),
        WhyNoRate::NoDistricts => Some("a rate needs the county’s districts too"),
    }
}

/// Over how many councils a rate is worked out, where not over all.
pub fn over(counts: AreaCounts) -> Markup {
    html! { @if counts.with_rates < counts.councils { " " small { "over " (counts.with_rates) " of " (counts.councils) " councils" } } }
}

fn matrix(page: &Residents, year: ReportingYear, asked: Option<ReportingYear>) -> Markup {
    html! {
        div.scroll role="region" aria-label="By region and service area" tabindex="0" {
            table {
                caption { "Complaints received per 100,000 residents, " (year) ", with how many they were" }
                thead { tr { th scope="col" { "Region" } @for measure in service_areas() { th.n scope="col" { (about(measure)) } } } }
                tbody {
                    @for (region, rates) in &page.regions {
                        tr { th scope="row" { a href=(links::area_in(region, asked)) { (region.name) } } (areas_row(rates)) }
                    }
                    tr.total { th scope="row" { "England" } (areas_row(&page.england)) }
                }
            }
        }
        p.note { "Upheld complaints are not counted by service area in the councils’ tables." }
    }
}

fn areas_row(rates: &[AreaRate]) -> Markup {
    html! {
        @for measure in service_areas() {
            @if let Some(rate) = rates.iter().find(|rate| rate.measure == measure) {
                td.n { (per_100k(rate)) @if rate.now.with_counts > 0 { " " small { "(" (format::count(rate.now.numerator)) ")" } } }
            }
        }
    }
}

/// The service area, as a heading.
pub fn about(measure: Measure) -> String {
    let words = measure.numerator();
    words.strip_prefix("complaints about ").map_or_else(|| "All complaints".to_owned(), format::capital)
}
