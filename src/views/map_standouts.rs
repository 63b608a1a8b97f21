//! Who stands out, by name, beside the map.

use maud::{Markup, html};

use super::links;
use super::table::band_class;
use crate::domain::compare::Verdict;
use crate::domain::council::{CouncilKind, Tier};
use crate::domain::format;
use crate::domain::measure::Unit;
use crate::read::map::{MapPage, Selection, View};
use crate::read::standing::{Band, MapRow};

/// So many councils that stand out are named beside the map; the table has all.
const MOST_NAMED: usize = 12;

/// Who stands out, by name; and how many chance alone would mark.
pub fn stand_out(page: &MapPage) -> Markup {
    let groups: Vec<(Band, Vec<&MapRow>)> =
        // What is clear first: at 1280 by 800 the last of twelve stand below the first screen.
        [Verdict::Higher, Verdict::Lower, Verdict::PossiblyHigher, Verdict::PossiblyLower]
            .into_iter()
            .map(|verdict| (Band::Verdict(verdict), page.with_verdict(verdict)))
            .filter(|(_, rows)| !rows.is_empty())
            .collect();
    let shares = shares(&groups.iter().map(|(_, rows)| rows.len()).collect::<Vec<_>>());
    let Selection { measure, .. } = page.selection;
    html! {
        p.hint { (chance(page)) " " a.nb href="/about/statistics" { "How this works" } }
        @if !groups.is_empty() {
            table.brief {
                caption.vh { "Councils that stand out, " (format::uncapital(measure.term())) ", " (page.year) }
                thead { tr {
                    th scope="col" { "Councils that stand out" }
                    th.n scope="col" { (if measure.unit() == Unit::Percent { "Rate" } else { "Per 100,000" }) }
                    th.n scope="col" { "Cases" }
                    th.n scope="col" { "Its kind" }
                } }
                @for ((band, rows), most) in groups.iter().zip(shares) {
                    tbody {
                        tr { th.grp colspan="4" scope="rowgroup" {
                            (band.title(page.judgement()))
                            @if rows.len() > most { ", " a href=(listed(page, Some(*band))) { "all " (rows.len()) } }
                        } }
                        @for row in rows.iter().take(most) { (brief_row(page, row)) }
                    }
                }
            }
        }
        p.hint {
            a href=(listed(page, None)) { "All " (page.rows.len()) " councils in a table" } " · "
            a href=(links::twin(&links::map(&page.selection), "csv")) { "CSV" }
        }
    }
}

/// How many of each group are named: all where there is room, else as many of each as of the others.
fn shares(sizes: &[usize]) -> Vec<usize> {
    let mut shares = vec![0; sizes.len()];
    let mut left = MOST_NAMED;
    while left > 0 && shares.iter().zip(sizes).any(|(share, size)| share < size) {
        for (share, size) in shares.iter_mut().zip(sizes) {
            if left > 0 && *share < *size {
                *share += 1;
                left -= 1;
            }
        }
    }
    shares
}

fn brief_row(page: &MapPage, row: &MapRow) -> Markup {
    let href = match page.selection.year {
        Some(year) => links::council_in(&row.council.slug, year),
        None => links::council(&row.council.slug),
    };
    let figure = row.figure.as_ref().map(|one| &one.figure);
    let counts = figure.and_then(|figure| match figure.measure.unit() {
        Unit::Percent => format::counts(figure),
        Unit::PerHundredThousand => figure.numerator.map(format::count),
    });
    html! {
        tr {
            th scope="row" {
                span class={ "d " (band_class(row.band())) } {}
                a href=(href) { (row.council.name) }
                @if row.council.kind == CouncilKind::County && page.selection.tier == Tier::District { " " small { "county" } }
            }
            td.n { b { (figure.map(format::value).unwrap_or_default()) } }
            td.n { (counts.unwrap_or_default()) }
            td.n { (figure.and_then(format::similar).unwrap_or_default()) }
        }
    }
}

/// How many marks chance alone would make.
pub fn chance(page: &MapPage) -> String {
    match page.compared.by_chance {
        _ if page.compared.councils == 0 => "Nobody can be compared here.".to_owned(),
        few if few < 0.5 => "Chance alone would mark hardly any.".to_owned(),
        more => format!("Chance alone would mark about {more:.0}."),
    }
}

/// The councils of the page in the table, with one verdict or all.
pub fn listed(page: &MapPage, band: Option<Band>) -> String {
    links::map(&Selection { view: View::Table, at: None, band, ..page.selection.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_is_named_in_part_before_any_is_named_in_full() {
        assert_eq!(shares(&[1, 5, 5, 1]), [1, 5, 5, 1]);
        assert_eq!(shares(&[40, 2, 9]), [5, 2, 5]);
        assert_eq!(shares(&[]), Vec::<usize>::new());
    }
}
