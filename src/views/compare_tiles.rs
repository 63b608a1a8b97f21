//! The councils of a group near their places: London's boroughs as small trends, others as hexagons.

use maud::{Markup, html};

use super::map_names::names_of_hexagons;
use super::map_part::stands_out;
use super::spark::{self, Scale};
use super::table::{band_class, swatch};
use super::{chart, links};
use crate::domain::figure::Figure;
use crate::domain::format;
use crate::domain::measure::{Measure, Unit};
use crate::geo::hexagons::Hexagon;
use crate::geo::layer::BBox;
use crate::read::compare::{ComparePage, ComparedCouncil};

/// Width and height of a trend in a tile.
const TREND: (f64, f64) = (132.0, 54.0);

/// How many times the size of its letters a drawing of hexagons is wide, where letters have 13 px, and 15 on a phone.
const LETTERS: i32 = 84;
const LETTERS_ON_A_PHONE: i32 = 22;

/// One tile for each borough: its years, the verdict, the rate with its counts.
pub fn london(page: &ComparePage, measure: Measure) -> Markup {
    let scale = Scale::new(measure, page.councils.iter().flat_map(|one| &one.history), TREND, true);
    html! {
        figure.trends.tiles {
            figcaption.note {
                "Each borough near its place. " @if let Some(scale) = &scale { "All years on one scale, " (scale.words()) ". " }
                "Line: the borough. Band: the range expected. Dashes: the average of its kind. No line crosses a change in what is counted."
            }
            @for place in page.london() {
                @match place {
                    Some(one) => div { (tile(page, measure, one, scale.as_ref())) },
                    None => div.gap {},
                }
            }
        }
    }
}

fn tile(page: &ComparePage, measure: Measure, one: &ComparedCouncil, scale: Option<&Scale>) -> Markup {
    let band = page.band(one, measure);
    html! {
        @let (short, rest) = short(&one.label);
        a href=(href(page, one)) { (short) span.vh { (rest) } }
        @if let Some(scale) = scale { (spark::trend(&one.history, scale, &one.label)) }
        span.v {
            (swatch(band)) span.vh { (band.title(measure.judgement())) ", " }
            @if let Some(figure) = page.figure(one, measure) { b { (format::value(figure)) } @if let Some(counts) = counts(figure) { small { " " (counts) } } }
        }
    }
}

/// A name as far as a tile has room for it, and the rest, which is still heard: "Hammersmith" and " and Fulham".
fn short(name: &str) -> (&str, &str) {
    let ends = [" and ", " upon "].into_iter().filter_map(|word| name.find(word));
    ends.min().and_then(|end| name.split_at_checked(end)).unwrap_or((name, ""))
}

/// The counts behind a rate in a few letters.
fn counts(figure: &Figure) -> Option<String> {
    match figure.measure.unit() {
        Unit::Percent => format::counts(figure),
        Unit::PerHundredThousand => figure.numerator.map(|number| format!("{} in all", format::count(number))),
    }
}

fn href(page: &ComparePage, one: &ComparedCouncil) -> String {
    match page.asked_year {
        Some(year) => links::council_in(&one.council.slug, year),
        None => links::council(&one.council.slug),
    }
}

/// A hexagon of equal size for each council that has one, filled by its verdict. The table below says the same.
pub fn hexagons(page: &ComparePage, measure: Measure, hexagons: &[Hexagon], frame: [i32; 4]) -> Markup {
    let [left, top, width, height] = frame;
    let placed = || {
        hexagons
            .iter()
            .filter_map(|hexagon| Some((hexagon, page.councils.iter().find(|one| one.council.code == hexagon.code)?)))
    };
    let names = named(page, measure, placed());
    let part = BBox { left, top, right: left + width, bottom: top + height };
    let missing = page.councils.len().saturating_sub(placed().count());
    html! {
        figure {
            svg.map.hex viewBox={ (left) " " (top) " " (width) " " (height) } role="group" aria-label={ (measure.term()) ", " (page.year) ": a hexagon for each council near its place" } {
                g.areas {
                    @for (hexagon, one) in placed() {
                        a href=(href(page, one)) tabindex="-1" {
                            title { (one.label) ", " (format::uncapital(page.band(one, measure).title(measure.judgement()))) }
                            path class=(band_class(page.band(one, measure))) d=(hexagon.path) {}
                        }
                    }
                }
                @for (few, form, letters) in [(false, "wide", LETTERS), (true, "slim", LETTERS_ON_A_PHONE)] {
                    @let size = width.max(height) / letters;
                    g class={ "hexname " (form) } font-size=(size) aria-hidden="true" {
                        (names_of_hexagons(&names, part, size, few))
                        (chart::invented(page.synthetic, f64::from(left + width - size), f64::from(top + height - size / 2), "end"))
                    }
                }
            }
            figcaption.note {
                "A hexagon of equal size for each council near its place; its fill is the verdict, as in the key above. "
                @if missing > 0 { (format::counted(u64::try_from(missing).unwrap_or(0), "council has", "councils have")) " no place here: counties and districts lie over each other, and councils of the past have none. " }
                "The table holds every council."
            }
        }
    }
}

/// The hexagons with the names of their councils, and whether each stands out.
fn named<'a>(
    page: &ComparePage,
    measure: Measure,
    placed: impl Iterator<Item = (&'a Hexagon, &'a ComparedCouncil)>,
) -> Vec<(&'a Hexagon, &'a str, bool)> {
    placed.map(|(hexagon, one)| (hexagon, one.council.name.as_str(), stands_out(page.band(one, measure)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_shows_the_beginning_of_a_long_name_and_the_rest_is_heard() {
        assert_eq!(short("Hammersmith and Fulham"), ("Hammersmith", " and Fulham"));
        assert_eq!(short("Kingston upon Thames"), ("Kingston", " upon Thames"));
        assert_eq!(short("City of London"), ("City of London", ""));
    }
}
