//! Councils side by side.

use maud::{Markup, html};

use super::layout::{Frame, Head, breadcrumbs, page as layout};
use super::spark::{self, Scale};
use super::statistics::{counts_under, grouped_cells, not_known};
use super::table::swatch;
use super::{assets, compare_form, compare_group, compare_sets, intervals, links, under};
use crate::domain::compare::Verdict;
use crate::domain::council::CouncilKind;
use crate::domain::council_set::MOST;
use crate::domain::figure::FigureValue;
use crate::domain::format;
use crate::domain::measure::{Family, Measure};
use crate::domain::year::ReportingYear;
use crate::read::compare::{ComparePage, ComparedCouncil, FEWEST, Standing};
use crate::read::standing::Band;

/// Width and height of a council's trend.
const TREND: (f64, f64) = (220.0, 90.0);

/// The page.
pub fn page(frame: &Frame, page: &ComparePage) -> Markup {
    let names = names(page);
    let head = Head {
        title: title(page, &names),
        description: format!(
            "Complaints figures of {} side by side: rates, counts, intervals, averages of similar authorities, year by year.",
            if names.is_empty() { "English councils" } else { &names }
        ),
        no_twins: !page.is_comparison(),
        // There are more comparisons than anybody could look for.
        hidden: !page.councils.is_empty(),
        year: Some(page.year),
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            link rel="stylesheet" href=(assets::COMPARE.href);
            (super::map::patterns())
            (breadcrumbs(&[("England", "/".to_owned()), ("Councils", "/councils".to_owned())], "Compare"))
            h1 { (page.finding()) }
            (compare_sets::unknown(page))
            @match page.measure.filter(|_| page.is_whole_group()) {
                Some(measure) => (compare_group::group(page, measure)),
                None if page.is_comparison() => (comparison(frame, page)),
                None => (invitation(page)),
            }
        },
    )
}

fn title(page: &ComparePage, names: &str) -> String {
    let what = page.measure.map(|measure| format!("{}, ", measure.term().to_lowercase())).unwrap_or_default();
    match page.councils.len() {
        0 => "Compare councils".to_owned(),
        1 => format!("Compare {names}"),
        _ => format!("{names} compared: {what}{}", page.year),
    }
}

/// The councils in a few words: their names, or the name of a group too large to name them.
fn names(page: &ComparePage) -> String {
    match &page.set {
        Some(ready) if page.is_whole_group() => format!("{} {}", page.councils.len(), ready.noun),
        _ => format::listed(&page.councils.iter().map(|one| one.label.as_str()).collect::<Vec<_>>()),
    }
}

/// What the page is for, while too few councils are chosen.
fn invitation(page: &ComparePage) -> Markup {
    html! {
        p.lede {
            @if page.councils.is_empty() {
                "Choose " (FEWEST) " to " (MOST) " councils to see them side by side: how often fault was found, whether they did what they agreed, whether they put things right themselves."
            } @else { "Choose at least one council more." }
        }
        (compare_sets::nobody(page))
        (compare_form::chosen(page))
        (compare_form::form(page))
        (compare_form::nearby(page))
        (compare_sets::ready(page))
        p { "A name is enough, such as Derby or Amber Valley; so is that of a group, such as London boroughs, Greater Manchester or South West. Councils of the same kind can be compared most fairly: they run the same services and share an average." }
        (compare_sets::groups(page))
    }
}

fn comparison(frame: &Frame, page: &ComparePage) -> Markup {
    let measures = page.measures();
    html! {
        p.period {
            @if let Some(ready) = &page.set { (ready.sentence) " Figures for " (format::period(page.year)) "." }
            @else { (format::capital(&period(page))) "." }
        }
        @if page.never_together { (compare_sets::never_together(page)) }
        (compare_form::chosen(page))
        (compare_form::form(page))
        (compare_form::nearby(page))
        (compare_sets::ready(page))
        (compare_sets::kinds(page))
        @if measures.len() > 1 { (overview(page, &measures)) }
        @for (place, measure) in measures.iter().enumerate() { (section(frame, page, *measure, place == 0)) }
        @if page.measure.is_none() { (further(page)) }
        (compare_sets::groups(page))
        p.note { "Each council is compared with councils of its own kind, not with the others here. Where two lines of a chart overlap, the difference between the councils may be chance. With fewer than 5 cases nothing can be said: one case more or less would change everything. " a href="/about/statistics" { "How to read the figures" } }
    }
}

fn period(page: &ComparePage) -> String {
    format!("{}: {}", page.year, format::period(page.year))
}

fn overview(page: &ComparePage, measures: &[Measure]) -> Markup {
    html! {
        div.scroll role="region" aria-label="All measures" tabindex="0" {
            table.overview.stack.cells {
                caption { "Rate, counts and verdict, " (page.year) }
                thead { tr { th scope="col" { "Council" } @for measure in measures { th scope="col" { a href={ "#" (measure.as_str()) } { (measure.term()) } } } } }
                tbody { @for one in &page.councils { tr {
                    (name_cell(one))
                    @for measure in measures { td data-name=(measure.term()) { (overview_cell(one.standing(*measure, page.year))) } }
                } } }
            }
        }
        @let marks = page.marks();
        @if marks.compared > 0 { p.note { (format::marks("figures", marks)) } }
    }
}

/// The measures that no letter prints, a row each: their charts stand under the address of the measure alone.
fn further(page: &ComparePage) -> Markup {
    let slugs = || page.councils.iter().map(|one| &one.council.slug);
    html! {
        section id="more" {
            h2 { "More measures" }
            div.scroll role="region" aria-label="More measures" tabindex="0" {
                table.stack.cells {
                    caption { "Rate, counts and verdict, " (page.year) ". Each measure leads to its chart and all years." }
                    thead { tr { th scope="col" { "Measure" } @for one in &page.councils { th scope="col" { (one.label) } } } }
                    @for family in Family::ALL {
                        tbody { @for measure in Measure::of_family(family).filter(|one| !one.is_in_the_letters()) { tr {
                            th scope="row" { a href=(links::compare(slugs(), Some(measure), page.asked_year)) rel="nofollow" { (measure.term()) } }
                            @for one in &page.councils { td data-name=(one.label) { (overview_cell(one.standing(measure, page.year))) } }
                        } } }
                    }
                }
            }
        }
    }
}

fn name_cell(one: &ComparedCouncil) -> Markup {
    html! {
        th scope="row" { a href=(links::council(&one.council.slug)) { (one.council.official_name) } " " small.sub2 { (one.council.kind_title()) } }
    }
}

fn overview_cell(standing: Standing<'_>) -> Markup {
    html! {
        @match standing {
            Standing::Figure(one) => {
                b { (format::value(&one.figure)) }
                (counts_under(&one.figure)) " "
                span.v { (swatch(Band::Verdict(one.figure.verdict))) (one.figure.verdict.title(one.figure.measure.judgement())) }
            }
            Standing::NothingLoaded => (not_known()),
            Standing::DidNotExist => span.nk { "did not exist" },
        }
    }
}

fn section(frame: &Frame, page: &ComparePage, measure: Measure, first: bool) -> Markup {
    let rows: Vec<intervals::Row> = page.standings(measure).map(|(one, standing)| row(page, one, standing)).collect();
    let chart = intervals::chart(&rows, measure, page.synthetic);
    let hollow = page.standings(measure).any(|(_, standing)| few(&standing));
    html! {
        section id=(measure.as_str()) {
            h2 { (measure.term()) }
            @if !chart.0.is_empty() {
                figure {
                    @if first || hollow {
                        figcaption.note {
                            @if first { "Dot: the rate. Line: its 95% interval. Dashed: the average of similar authorities. " }
                            @if hollow { "Hollow dot: fewer than 5 cases, too few to say." }
                        }
                    }
                    (chart)
                    (under::compared(frame, measure, page.year))
                }
            }
            (figures(page, measure))
            @if let Some(comparator) = page.comparator(measure) { p.note { (comparator.sentence()) } }
            (trends(page, measure))
            @if page.measure.is_some() {
                h3.years { "All years" } (years(page, measure))
            } @else {
                details.src { summary { "All years" } (years(page, measure)) }
            }
        }
    }
}

/// The years of each council on one scale, with the range expected and the average of its kind.
fn trends(page: &ComparePage, measure: Measure) -> Markup {
    let Some(scale) = Scale::new(measure, page.councils.iter().flat_map(|one| &one.history), TREND, true) else {
        return html! {};
    };
    html! {
        figure.trends {
            figcaption.note { "All years on one scale, " (scale.words()) ". Line: the council. Band: the range expected. Dashes: the average of its kind. No line crosses a change in what is counted." }
            @for one in &page.councils {
                @let trend = spark::trend(&one.history, &scale, &one.label);
                @if !trend.0.is_empty() { div { b { (one.label) } (trend) } }
            }
        }
    }
}

fn row<'a>(page: &ComparePage, one: &'a ComparedCouncil, standing: Standing<'a>) -> intervals::Row<'a> {
    let (figure, instead) = match standing {
        Standing::Figure(figure) if figure.figure.value == FigureValue::NothingDue => {
            (Some(&figure.figure), "No rate: no cases".to_owned())
        }
        Standing::Figure(figure) => (Some(&figure.figure), "Not known".to_owned()),
        Standing::NothingLoaded => (None, "Not known".to_owned()),
        Standing::DidNotExist => (None, format!("Did not exist in {}", page.year)),
    };
    intervals::Row { name: &one.label, figure, instead }
}

fn few(standing: &Standing<'_>) -> bool {
    matches!(standing, Standing::Figure(one) if one.figure.verdict == Verdict::TooFew)
}

fn figures(page: &ComparePage, measure: Measure) -> Markup {
    html! {
        div.scroll role="region" aria-label={ (measure.term()) ", " (page.year) } tabindex="0" {
            table.stack {
                caption { (measure.term()) " in " (page.year) ": " (measure.numerator()) " of " (measure.denominator()) }
                thead { tr {
                    th scope="col" { "Council" } th.n scope="col" { "Rate" } th.n scope="col" { "Counts" }
                    th.n scope="col" { "95% interval" } th.n scope="col" { "Average of similar authorities" } th scope="col" { "Verdict" }
                } }
                tbody { @for (one, standing) in page.standings(measure) { tr {
                    (name_cell(one))
                    @match standing {
                        Standing::Figure(figure) => (grouped_cells(figure)),
                        Standing::NothingLoaded => { td.n { (not_known()) } td.n {} td.n {} td.n {} td { span.v { (swatch(Band::NoFigure)) (Band::NoFigure.title(measure.judgement())) } } },
                        Standing::DidNotExist => { td colspan="5" { (absent(one, page.year)) } },
                    }
                } } }
            }
        }
    }
}

/// Why a council has no figure: it was abolished, or is younger.
fn absent(one: &ComparedCouncil, year: ReportingYear) -> Markup {
    let council = &one.council;
    html! {
        "Did not exist in " (year) ": it "
        @match (council.active_to.filter(|end| *end <= year.first_day()), council.active_from) {
            (Some(end), _) => {
                "was abolished on " (format::date(end)) "."
                @if !one.successors.is_empty() {
                    " Its work passed to "
                    (format::listed(&one.successors.iter().map(|council| council.official_name.as_str()).collect::<Vec<_>>())) "."
                }
            }
            (None, Some(start)) => { "began on " (format::date(start)) "." }
            (None, None) => "is not in the register of that year.",
        }
    }
}

/// A measure over all years: a column for each council, and one for the average of each kind.
fn years(page: &ComparePage, measure: Measure) -> Markup {
    let kinds = page.kinds();
    let columns = 1 + page.councils.len() + kinds.len();
    html! {
        div.scroll role="region" aria-label={ (measure.term()) ", all years" } tabindex="0" {
            table.years {
                caption { (measure.term()) " by year, newest first, with counts" }
                thead { tr {
                    th scope="col" { "Year" }
                    @for one in &page.councils { th.n scope="col" { (one.label) } }
                    @for kind in &kinds { th.n scope="col" { "Average, " (kind.group()) } }
                } }
                tbody { @for year in &page.years {
                    tr {
                        th scope="row" { (year) }
                        @for one in &page.councils { td.n { (year_cell(one.standing(measure, *year))) } }
                        @for kind in &kinds { td.n { (average(page, *kind, measure, *year)) } }
                    }
                    @if let Some(words) = year.break_before() { tr.brkrow { td colspan=(columns) { (words) } } }
                } }
            }
        }
    }
}

fn year_cell(standing: Standing<'_>) -> Markup {
    html! {
        @match standing {
            Standing::Figure(one) if one.figure.value == FigureValue::NotKnown => {
                (not_known())
                @if one.figure.lacks_residents() { @if let Some(counts) = format::counts(&one.figure) { " " small { (counts) } } }
            }
            Standing::Figure(one) => {
                (format::value(&one.figure))
                (counts_under(&one.figure))
            }
            Standing::NothingLoaded => (not_known()),
            Standing::DidNotExist => span.nk { "did not exist" },
        }
    }
}

/// The average stands beside figures; where no council of the kind existed there is nothing to read it from.
fn average(page: &ComparePage, kind: CouncilKind, measure: Measure, year: ReportingYear) -> Markup {
    let existed = page.councils.iter().any(|one| one.council.kind == kind && one.council.active_in(year));
    html! {
        @match page.average(kind, measure, year) {
            Some(value) => (measure.unit().show(value)),
            None if existed => (not_known()),
            None => {}
        }
    }
}
