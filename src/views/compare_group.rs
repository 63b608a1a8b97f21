//! A whole group of councils in one table: verdict first, one measure of one year, small trends.

use std::cmp::Ordering;

use maud::{Markup, html};

use super::council_table::Axis;
use super::spark::{self, Scale};
use super::table::swatch;
use super::{compare_form, compare_sets, links};
use crate::domain::compare::Verdict;
use crate::domain::figure::Figure;
use crate::domain::format;
use crate::domain::measure::Measure;
use crate::read::compare::{ComparePage, ComparedCouncil, Standing};
use crate::read::map::Band;

/// Width and height of a trend.
const TREND: (f64, f64) = (120.0, 34.0);

/// Verdicts as the table groups them: what stands out most first.
const ORDER: [Band; 9] = [
    Band::Verdict(Verdict::Higher),
    Band::Verdict(Verdict::Lower),
    Band::Verdict(Verdict::PossiblyHigher),
    Band::Verdict(Verdict::PossiblyLower),
    Band::Verdict(Verdict::Within),
    Band::Verdict(Verdict::TooFew),
    Band::Verdict(Verdict::NoRate),
    Band::Verdict(Verdict::NotCompared),
    Band::NoFigure,
];

/// One council with its figure of the year.
type Row<'a> = (&'a ComparedCouncil, Option<&'a Figure>);

/// What stands under the heading.
pub fn group(page: &ComparePage, measure: Measure) -> Markup {
    let rows: Vec<Row> = page.standings(measure).map(|(one, standing)| (one, figure_of(standing))).collect();
    let groups: Vec<(Band, Vec<Row>)> =
        ORDER.into_iter().map(|band| (band, sorted(&rows, band))).filter(|(_, rows)| !rows.is_empty()).collect();
    let axis = Axis::of(rows.iter().filter_map(|(_, figure)| *figure), measure.unit());
    let scale = Scale::new(measure, page.councils.iter().flat_map(|one| &one.history), TREND, false);
    html! {
        p.period {
            @if let Some(ready) = &page.set { (ready.sentence) " " }
            (measure.title()) ", " (format::period(page.year)) "."
        }
        (compare_form::of_group(page))
        (compare_sets::kinds(page))
        (counts(page, measure, &groups))
        div.scroll role="region" aria-label="All councils of the group" tabindex="0" {
            table.group role="table" {
                caption { (measure.term()) ", " (page.year) ": " (measure.numerator()) " of " (measure.denominator()) }
                thead role="rowgroup" { tr role="row" {
                    th role="columnheader" scope="col" { "Council" }
                    th role="columnheader" scope="col" { "Against its kind" }
                    th.n role="columnheader" scope="col" { "Rate" }
                    th.n role="columnheader" scope="col" { "Cases" }
                    th role="columnheader" scope="col" { (axis.heading()) }
                    th role="columnheader" scope="col" { "All years " @if let Some(scale) = &scale { small { (scale.words()) } } }
                } }
                @for (_, rows) in &groups {
                    tbody role="rowgroup" { @for row in rows { (row_of(page, measure, row, &axis, scale.as_ref())) } }
                }
            }
        }
        (how_to_read(page))
        (compare_sets::ready(page))
        (compare_sets::groups(page))
    }
}

fn figure_of(standing: Standing<'_>) -> Option<&Figure> {
    match standing {
        Standing::Figure(one) => Some(&one.figure),
        Standing::NothingLoaded | Standing::DidNotExist => None,
    }
}

fn band_of(figure: Option<&Figure>) -> Band {
    figure.map_or(Band::NoFigure, |figure| Band::Verdict(figure.verdict))
}

/// The councils of a verdict, the highest shrunken rate first, which few cases do not throw to the top; then by name.
fn sorted<'a>(rows: &[Row<'a>], band: Band) -> Vec<Row<'a>> {
    let mut rows: Vec<Row> = rows.iter().copied().filter(|(_, figure)| band_of(*figure) == band).collect();
    let rate = |row: &Row| row.1.and_then(|figure| figure.shrunken);
    rows.sort_by(|a, b| match (rate(a), rate(b)) {
        (Some(one), Some(other)) => other.total_cmp(&one),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.0.label.cmp(&b.0.label),
    });
    rows
}

/// How many have each verdict, what chance alone would mark, and whether the comparator matters.
fn counts(page: &ComparePage, measure: Measure, groups: &[(Band, Vec<Row>)]) -> Markup {
    let (compared, by_chance) = page.marked_by_chance(measure);
    html! {
        ul.tally aria-label="Councils by verdict" {
            @for (band, rows) in groups {
                li { (swatch(*band)) b { (rows.len()) } " " (format::uncapital(band.title(measure.judgement()))) }
            }
        }
        p.note {
            @if compared > 0 {
                "Were they all alike, chance alone would still mark about " (format!("{by_chance:.1}")) " of the " (compared) " that can be compared. "
            }
            @if let Some(comparator) = page.comparator(measure) { (comparator.sentence()) }
        }
    }
}

fn row_of(page: &ComparePage, measure: Measure, row: &Row, axis: &Axis, scale: Option<&Scale>) -> Markup {
    let (one, figure) = row;
    let centre = page.centre().is_some_and(|centre| centre.id == one.council.id);
    let band = band_of(*figure);
    let href = match page.asked_year {
        Some(year) => links::council_in(&one.council.slug, year),
        None => links::council(&one.council.slug),
    };
    html! {
        tr.centre[centre] role="row" {
            th role="rowheader" scope="row" {
                a href=(href) { (one.label) }
                @if page.kinds().len() > 1 { small { (one.council.kind.as_str()) } }
            }
            td role="cell" { span.v { (swatch(band)) (band.title(measure.judgement())) } }
            @match figure {
                Some(figure) => {
                    td.n role="cell" { (format::value(figure)) }
                    td.n role="cell" { (format::counts(figure).unwrap_or_else(|| "–".to_owned())) }
                    td role="cell" { (axis.bar(figure)) }
                }
                None => { td.n role="cell" { "–" } td.n role="cell" { "–" } td role="cell" {} }
            }
            td role="cell" { @if let Some(scale) = scale { (spark::trend(&one.history, scale, &one.label)) } }
        }
    }
}

fn how_to_read(page: &ComparePage) -> Markup {
    let breaks: Vec<String> = page
        .years
        .iter()
        .rev()
        .filter(|year| year.starts_a_new_series())
        .filter_map(|year| year.break_before().map(format::uncapital))
        .collect();
    html! {
        p.note {
            "Band: the range that chance allows a council of this kind with as many cases. Dot and line: the rate and its 95% interval; hollow: fewer than 5 cases. Dashes: the average of its kind. "
            "Trends: the line is the council, the dashes are its kind, single dots are years with too few cases. "
            @if !breaks.is_empty() { "The gap in the trends: " (breaks.join("; ")) ". " }
            "Within a verdict the order follows the rate as far as the cases can tell, and is no ranking. "
            a href="/about/statistics" { "How to read the figures" }
        }
    }
}
