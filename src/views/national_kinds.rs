//! Each kind of council in the national review of a year.

use maud::{Markup, html};

use super::national_regions::over;
use super::sources;
use crate::domain::format;
use crate::domain::measure::{Measure, Unit};
use crate::read::national::{KindRate, NationalPage};

/// The rates of each kind, with those before, and where their counts came from.
pub fn kinds(page: &NationalPage) -> Markup {
    html! {
        section {
            h2 { "By kind of council" }
            div.scroll role="region" aria-label="By kind of council" tabindex="0" {
                table {
                    caption { "Rates pooled here from the councils’ own counts (sum over sum), where at least 80% of a kind have them; the year before in small print" }
                    thead { tr { th scope="col" { "Kind" } th.n scope="col" { "Councils" } @for measure in Measure::of_the_letters() { th.n scope="col" { (measure.term()) } } } }
                    tbody {
                        @for row in &page.kinds {
                            tr {
                                th scope="row" { (format::capital(row.kind.group())) }
                                td.n { (format::count(row.councils)) }
                                @for rate in row.rates.iter().filter(|rate| rate.measure.is_in_the_letters()) { td.n { (kind_rate(rate, row.councils)) } }
                            }
                        }
                    }
                }
            }
            details.src { summary { "More measures" } (more_of_kinds(page)) }
            (councils_rows(page))
        }
    }
}

/// The measures that no letter prints, a row each.
fn more_of_kinds(page: &NationalPage) -> Markup {
    html! {
        div.scroll role="region" aria-label="More measures by kind of council" tabindex="0" {
            table {
                caption { "Rates pooled here, as above" }
                thead { tr { th scope="col" { "Measure" } @for row in &page.kinds { th.n scope="col" { (format::capital(row.kind.group())) } } } }
                tbody { @for measure in Measure::ALL.into_iter().filter(|measure| !measure.is_in_the_letters()) { tr {
                    th scope="row" { (measure.title_of_all()) }
                    @for row in &page.kinds { td.n {
                        @if let Some(rate) = row.rates.iter().find(|rate| rate.measure == measure) { (kind_rate(rate, row.councils)) }
                    } }
                } } }
            }
        }
    }
}

/// Where the councils' own counts came from: the files; row by row they stand in a table of their own.
fn councils_rows(page: &NationalPage) -> Markup {
    html! {
        (sources::list(page.files.iter().map(|file| (page.year, file))))
        p.note { "The row of each council’s count is in " a href="/data/cells.csv" { "cells.csv" } " and on the council’s own page." }
    }
}

fn kind_rate(rate: &KindRate, councils: u64) -> Markup {
    let unit = rate.measure.unit();
    html! {
        @match rate.now {
            Some(value) => {
                b { (unit.show(value)) }
                @if unit == Unit::Percent { " " small { (format::count(rate.counts.rate_numerator)) " of " (format::count(rate.counts.denominator)) } }
                @else { " " small { (format::count(rate.counts.rate_numerator)) " in all" } (over(rate.counts)) }
                @if let Some(before) = rate.before { " " small { "before: " (unit.show(before)) } }
            }
            None => { span.nk { "not known" } " " small { "counts of " (rate.counts.with_rates) " of " (councils) } }
        }
    }
}
