//! A whole group of councils in one table: verdict first, one measure of one year, small trends.

use std::cmp::Ordering;

use maud::{Markup, html};

use super::chart::in_both;
use super::council_table::Axis;
use super::spark::{self, Scale};
use super::table::swatch;
use super::{compare_form, compare_sets, compare_tiles, links};
use crate::domain::chance::Compared;
use crate::domain::compare::Verdict;
use crate::domain::figure::Figure;
use crate::domain::format;
use crate::domain::measure::Measure;
use crate::read::compare::{ComparePage, ComparedCouncil, Standing};
use crate::read::compare_layout::{Arrangement, Places};
use crate::read::standing::Band;

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
    let mut groups: Vec<(Band, Vec<Row>)> =
        ORDER.into_iter().map(|band| (band, sorted(&rows, band))).filter(|(_, rows)| !rows.is_empty()).collect();
    let tally = counts(page, measure, &groups);
    if page.arrangement == Arrangement::Rate {
        // One list over all verdicts; the heading of each row still says its own.
        groups = vec![(Band::NoFigure, by_rate(rows.clone()))];
    }
    let axis = Axis::of(rows.iter().filter_map(|(_, figure)| *figure), measure.unit());
    let scale = Scale::new(measure, page.councils.iter().flat_map(|one| &one.history), TREND, false);
    html! {
        p.period {
            @if let Some(ready) = &page.set { (ready.sentence) " " }
            (measure.term()) ", " (format::period(page.year)) "."
        }
        (compare_form::of_group(page))
        (compare_sets::kinds(page))
        (tally)
        (ways(page))
        (places(page, measure))
        (funnel(page, measure))
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
    by_rate(rows.iter().copied().filter(|(_, figure)| band_of(*figure) == band).collect())
}

/// The highest shrunken rate first.
fn by_rate(mut rows: Vec<Row>) -> Vec<Row> {
    let rate = |row: &Row| row.1.and_then(|figure| figure.shrunken);
    rows.sort_by(|a, b| match (rate(a), rate(b)) {
        (Some(one), Some(other)) => other.total_cmp(&one),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.0.label.cmp(&b.0.label),
    });
    rows
}

/// The orders in which the group can be seen.
fn ways(page: &ComparePage) -> Markup {
    let Some(ready) = &page.set else { return html! {} };
    html! {
        nav.chips aria-label="Order" {
            @for one in Arrangement::ALL {
                a href=(links::compare_laid_out(&ready.set, page.measure, page.asked_year, one)) rel=[ready.set.around().map(|_| "nofollow")] aria-current=[(one == page.arrangement).then_some("true")] { (one.title()) }
            }
        }
    }
}

fn places(page: &ComparePage, measure: Measure) -> Markup {
    match &page.places {
        Places::None if page.arrangement == Arrangement::Place => {
            html! { p.note { "None of these councils has a place on the map of today; the table holds them all." } }
        }
        Places::None => html! {},
        Places::London => compare_tiles::london(page, measure),
        Places::Hexagons(hexagons, frame) => compare_tiles::hexagons(page, measure, hexagons, *frame),
    }
}

fn funnel(page: &ComparePage, measure: Measure) -> Markup {
    let Some(group) = page.funnel(measure) else { return html! {} };
    let kind = page.kinds().first().map_or("councils", |kind| kind.group());
    html! {
        div.charts { figure {
            figcaption.note { "Each council by its number of cases and its rate. Inside the darker band 95% of councils of this kind would lie if only chance told them apart, inside the lighter one 99.8%; those beyond are named." }
            (in_both(|form| super::funnel::of_group(&group, kind, page.year, page.synthetic, form)))
        } }
    }
}

/// How many have each verdict, what chance alone would mark, and whether the comparator matters.
fn counts(page: &ComparePage, measure: Measure, groups: &[(Band, Vec<Row>)]) -> Markup {
    let Compared { councils: compared, by_chance } = page.marked_by_chance(measure);
    html! {
        ul.tally aria-label="Councils by verdict" {
            @for (band, rows) in groups {
                li { (swatch(*band)) b { (rows.len()) } " " (format::uncapital(band.title(measure.judgement()))) }
            }
        }
        @let (known, all) = (page.with_figures(measure), page.councils.len());
        @if known < all { p { (coverage(page, known, all)) } }
        p.note {
            @if compared > 0 {
                "Were they all alike, chance alone would still mark " (about(by_chance)) " of the " (compared) " that can be compared. "
            }
            @if let Some(comparator) = page.comparator(measure) { (comparator.sentence()) }
        }
    }
}

/// A number that chance would make.
fn about(number: f64) -> String {
    if number < 0.05 { "hardly any".to_owned() } else { format!("about {number:.1}") }
}

/// Of how many councils nothing is known here.
fn coverage(page: &ComparePage, known: usize, all: usize) -> String {
    let year = page.year;
    match known {
        0 => format!("No figure of {year} is loaded here for any of these {all} councils. That is not a zero."),
        1 => format!("Of these {all} councils, 1 has a figure of {year} here."),
        known => format!("Of these {all} councils, {known} have a figure of {year} here."),
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
                @if page.kinds().len() > 1 { " " small { (one.council.kind.as_str()) } }
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
