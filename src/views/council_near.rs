//! Councils around one: the nearest of its kind as small trends on one scale, and those that share its area.

use maud::{Markup, html};

use super::council_table::short_title;
use super::links;
use super::spark::{self, Scale};
use super::table::swatch;
use crate::domain::council_set::{CouncilSet, Relation};
use crate::domain::figure::Figure;
use crate::domain::format;
use crate::domain::measure::Unit;
use crate::read::council::{ALIKE_BY, Alike, CouncilPage};
use crate::read::standing::Band;

/// Width and height of a trend.
const TREND: (f64, f64) = (176.0, 64.0);

/// The nearest of its kind, itself first, and the ways to other comparisons.
pub fn alike(page: &CouncilPage) -> Markup {
    let judgement = ALIKE_BY.judgement();
    let scale = Scale::new(ALIKE_BY, page.alike.iter().flat_map(|one| &one.history), TREND, true);
    let slugs = || page.alike.iter().map(|one| &one.council.slug);
    let others = page.alike.len().saturating_sub(1);
    html! {
        @if others > 0 {
            section.near {
                h2 { "Nearby and alike: " (format::uncapital(ALIKE_BY.title())) }
                div.trends {
                    @for one in &page.alike {
                        @let band = one.band(page.year);
                        div.own[one.council.id == page.council.id] {
                            @if one.council.id == page.council.id { b { (one.council.name) } }
                            @else { a href=(links::council_in(&one.council.slug, page.year)) { (one.council.name) } }
                            @if let Some(scale) = &scale { (spark::trend(&one.history, scale, &one.council.name)) }
                            p.v { (swatch(band)) span { (rate(page, one)) span.short { (short_title(band, judgement)) } } }
                        }
                    }
                }
                p.note {
                    "The " @if others == 1 { "council" } @else { (others) " " (page.council.kind.group()) } " nearest to it"
                    @if let Some(scale) = &scale { ", on one scale: " (scale.words()) }
                    ". Line: the council. Band: the range expected. Dashes: the average of its kind. No line crosses a change in what is counted. "
                    @if page.synthetic { "Invented figures. " }
                    a href=(links::compare(slugs(), None, Some(page.year))) { "Compare them" }
                    @for (relation, words) in [(Relation::Neighbours, "its neighbours"), (Relation::Population, "councils as large"), (Relation::Region, "its region")] {
                        " · " a href=(links::compare_set(&CouncilSet::Around(relation, Box::new(page.council.clone())), None, None)) { span.vh { "Compare with " } (words) }
                    }
                }
            }
        }
    }
}

/// The rate of the year shown with its counts.
fn rate(page: &CouncilPage, one: &Alike) -> Markup {
    let figure = one.history.iter().find(|figure| figure.year == page.year);
    html! {
        @match figure {
            Some(one) => { b { (format::value(&one.figure)) } " " @if let Some(counts) = counts(&one.figure) { (counts) " " } }
            None => { "Not known " }
        }
    }
}

fn counts(figure: &Figure) -> Option<String> {
    match figure.measure.unit() {
        Unit::Percent => format::counts(figure),
        Unit::PerHundredThousand => figure.numerator.map(format::count),
    }
}

/// The county over it or the districts under it, and the areas it belongs to.
pub fn place(page: &CouncilPage) -> Markup {
    let former = page.ended().is_some();
    html! {
        @if let Some(county) = &page.county {
            section {
                h2 { "The other council here" }
                p {
                    a href=(links::council(&county.slug)) { (county.official_name) }
                    " " @if former || county.ended_by(page.today).is_some() { "ran" } @else { "runs" }
                    " schools, social care, roads and transport in the same place."
                }
            }
        }
        @if !page.districts.is_empty() {
            section {
                h2 { "District councils in its area" }
                p.note { (ALIKE_BY.title()) ", " (page.year) }
                ul.plain.pairs {
                    @for (district, band) in &page.districts {
                        li { (swatch(*band)) " " a href=(links::council_in(&district.slug, page.year)) { (district.name) } span.vh { ": " (band.title(ALIKE_BY.judgement())) } }
                    }
                }
                (short_key(page))
            }
        }
        @if !page.areas.is_empty() {
            section {
                h2 { "Its area" }
                p {
                    @if former { "It belonged to " } @else { "It belongs to " }
                    @for (place, area) in page.areas.iter().enumerate() {
                        @if place > 0 && place + 1 == page.areas.len() { " and " } @else if place > 0 { ", " }
                        a href=(links::area(area)) { (area.described()) }
                    }
                    @if page.areas.len() > 1 { ", each with" } @else { ", a page with" } " its councils and figures added up."
                }
            }
        }
    }
}

/// The verdicts that stand before the districts, in words.
fn short_key(page: &CouncilPage) -> Markup {
    let bands = Band::all().filter(|band| page.districts.iter().any(|(_, one)| one == band));
    html! {
        p.chartkey { @for band in bands { span { (swatch(band)) (short_title(band, ALIKE_BY.judgement())) } } }
    }
}
