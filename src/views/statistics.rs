//! All figures of a council, every year: rates with their charts, received by area, decided by outcome.

use maud::{Markup, html};

use super::chart::in_both;
use super::council_head::{self, Part};
use super::layout::{Frame, Head, page as layout};
use super::table::swatch;
use super::{assets, funnel, links, replies, sentences, sources, trend, under};
use crate::db::figures::SourcedFigure;
use crate::domain::council::{Council, CouncilKind};
use crate::domain::figure::Figure;
use crate::domain::format;
use crate::domain::measure::{Family, Measure, Unit};
use crate::domain::year::ReportingYear;
use crate::read::count_tables::{Check, CountTable, Total};
use crate::read::standing::Band;
use crate::read::statistics::{MeasureHistory, StatisticsPage};

/// The page.
pub fn page(frame: &Frame, page: &StatisticsPage) -> Markup {
    let council = &page.council;
    let head = Head {
        title: format!("{}: statistics of all years", council.official_name),
        description: format!(
            "Every rate, count, interval and average of {}, with complaints received by service area and decided by outcome, year by year.",
            council.official_name
        ),
        feed: Some(super::feed::of_council(council)),
        image: Some(links::share(&council.slug, Measure::default(), None)),
        ..Head::default()
    };
    layout(
        frame,
        &head,
        &html! {
            link rel="stylesheet" href=(assets::STACK.href);
            (super::map::patterns())
            (council_head::head(council, Part::Statistics, &format!("{}, all years", council.official_name), &page.parts))
            (other_years(page))
            @for history in page.measures.iter().filter(|one| one.measure.stands_alone()) { (measure(frame, page, history)) }
            @for one in Family::ALL { (family(page, one)) }
            (counts("received", "Complaints received, by service area", "Service area", &page.received, council))
            (counts("decided", "Complaints decided, by outcome", "Outcome", &page.decided, council))
            p.note { "A council can have more complaints decided than received in a year: many are decided in the year after they came." }
            (replies::of_all_years(&page.replies))
        },
    )
}

fn other_years(page: &StatisticsPage) -> Markup {
    html! {
        @if !page.predecessors.is_empty() {
            div.notice { p { "Earlier years stand with the councils it took over from, and are not merged into its own: " (council_head::names(&page.predecessors, |slug| links::council_part(slug, "statistics"))) "." } }
        }
        @if !page.successors.is_empty() {
            div.notice { p { "Later years stand with the council that took over: " (council_head::names(&page.successors, |slug| links::council_part(slug, "statistics"))) "." } }
        }
    }
}

fn measure(frame: &Frame, page: &StatisticsPage, history: &MeasureHistory) -> Markup {
    let figures = history.figures();
    let council = &page.council;
    let subject = trend::Subject {
        measure: history.measure,
        name: &council.name,
        group: council.kind.short_group(),
        synthetic: page.synthetic,
    };
    let chart = in_both(|form| trend::of_council(&figures, subject, form));
    html! {
        section id=(history.measure.as_str()) {
            h2 { (history.measure.term()) }
            @match figures.last() {
                None => p { "No figure of any year is loaded. That is not a zero." },
                Some(newest) => {
                    p.lede { (newest.year) ": " (sentences::figure(&newest.figure, None)) }
                    (super::figure::history(&history.history))
                    @if !chart.0.is_empty() || history.funnel.is_some() {
                        div.charts {
                            @if !chart.0.is_empty() { figure { figcaption.note { "Year by year. Sand: the range expected. Squares: the verdict. No line crosses a change in what is counted." } (chart) (under::trend(frame, council, history.measure, newest.year)) } }
                            @if let Some(one) = &history.funnel {
                                figure {
                                    figcaption.note { (format::capital(council.kind.group())) " in " (one.year) ": cases across, rate up. By chance alone 95% lie in the inner funnel, 99.8% in the outer." }
                                    (in_both(|form| funnel::funnel(one, &council.name, council.kind.group(), page.synthetic, form)))
                                    (under::funnel(frame, council, history.measure, one.year))
                                }
                            }
                        }
                    }
                    (rates(history))
                    (sources::list(history.sources.iter().rev().map(|(year, source)| (year, source))))
                }
            }
        }
    }
}

/// The measures of a family that have no chart of their own: the newest figure of each, and all years.
fn family(page: &StatisticsPage, family: Family) -> Markup {
    let of_family = |one: &&MeasureHistory| one.measure.family() == family && !one.measure.stands_alone();
    let shown: Vec<(&MeasureHistory, &SourcedFigure)> = page
        .measures
        .iter()
        .filter(of_family)
        .filter_map(|history| Some((history, history.years.iter().rev().find_map(|(_, one)| one.as_ref())?)))
        .collect();
    html! {
        @if !shown.is_empty() {
            section {
                h2 { (family.title()) ": more measures" }
                p.note { "Worked out here from the Ombudsman’s yearly tables. They say what comes to the Ombudsman and how it ends, not how well a council works." }
                div.scroll role="region" aria-label={ (family.title()) ", newest figures" } tabindex="0" {
                    table.stack {
                        caption { (family.title()) ", the newest figure of each" }
                        thead { tr {
                            th scope="col" { "Measure" } th.n scope="col" { "Rate" } th.n scope="col" { "Counts" }
                            th.n scope="col" { "95% interval" } th.n scope="col" { "Similar councils" } th scope="col" { "Verdict" }
                        } }
                        tbody { @for (history, newest) in &shown {
                            tr id=(history.measure.as_str()) {
                                th scope="row" { (history.measure.title()) " " small.sub2 { (newest.year) } }
                                (figure_cells(newest))
                            }
                        } }
                    }
                }
                details.src { summary { "All years" } (family_years(family, &shown)) }
            }
        }
    }
}

fn family_years(family: Family, shown: &[(&MeasureHistory, &SourcedFigure)]) -> Markup {
    let years = shown.first().map(|(history, _)| history.years.as_slice()).unwrap_or_default();
    html! {
        div.scroll role="region" aria-label={ (family.title()) ", all years" } tabindex="0" {
            table.years {
                caption { (family.title()) " by year, newest first, with counts" }
                thead { tr {
                    th scope="col" { "Measure" }
                    @for (year, _) in years.iter().rev() { th.n scope="col" { (year) } }
                } }
                tbody { @for (history, _) in shown { tr {
                    th scope="row" { (history.measure.title()) }
                    @for (_, one) in history.years.iter().rev() {
                        td.n {
                            @match one {
                                Some(one) => {
                                    (format::value(&one.figure))
                                    (counts_under(&one.figure))
                                }
                                None => (not_known()),
                            }
                        }
                    }
                } } }
            }
        }
    }
}

fn rates(history: &MeasureHistory) -> Markup {
    html! {
        div.scroll role="region" aria-label={ (history.measure.term()) ", all years" } tabindex="0" {
            table.stack {
                caption { (history.measure.term()) ": " (history.measure.numerator()) " of " (history.measure.denominator()) ", newest year first" }
                thead { tr {
                    th scope="col" { "Year" } th.n scope="col" { "Rate" } th.n scope="col" { "Counts" }
                    th.n scope="col" { "95% interval" } th.n scope="col" { "Similar councils" } th scope="col" { "Verdict" }
                } }
                tbody {
                    @for (year, one) in history.years.iter().rev() {
                        (rate(*year, one.as_ref()))
                        @if let Some(words) = year.break_before() { tr.brkrow { td colspan="6" { (words) } } }
                    }
                }
            }
        }
    }
}

fn rate(year: ReportingYear, one: Option<&SourcedFigure>) -> Markup {
    let Some(one) = one else {
        return html! { tr { th scope="row" { (year) } td.n { (not_known()) } td.n {} td.n {} td.n {} td {} } };
    };
    html! { tr { th scope="row" { (year) } (figure_cells(one)) } }
}

/// The counts under a rate, after a space, so that the two are not one number where they are copied; a rate that is itself a bare
/// number has them in brackets.
pub(super) fn counts_under(figure: &Figure) -> Markup {
    html! {
        @match (format::counts(figure), figure.measure.unit()) {
            (None, _) => {}
            (Some(counts), Unit::Percent) => { " " small { (counts) } }
            (Some(counts), Unit::PerHundredThousand) => { " " small { "(" (counts) ")" } }
        }
    }
}

/// The cells of one figure: rate, counts, interval, average, verdict.
pub(super) fn figure_cells(one: &SourcedFigure) -> Markup {
    cells(one, None)
}

/// The same where councils of several kinds stand together: the average names its group.
pub(super) fn grouped_cells(one: &SourcedFigure) -> Markup {
    cells(one, Some(one.figure.similar.group))
}

fn cells(one: &SourcedFigure, group: Option<CouncilKind>) -> Markup {
    let figure = &one.figure;
    let unit = figure.measure.unit();
    html! {
            td.n { b { (format::value(figure)) } }
            td.n {
                (format::counts(figure).unwrap_or_default())
                @if let Some(year) = figure.residents_year { " " small { "residents in " (year) } }
                @if let Some(late) = figure.late.filter(|late| *late > 0) { " " small { "(" (late) " late)" } }
            }
            td.n data-name="95% interval" { (format::interval(figure).unwrap_or_default()) }
            td.n data-name="Average" {
                @match (figure.similar.published, figure.similar.computed) {
                    (Some(value), _) => (unit.show(value)),
                    (None, Some(value)) => { (unit.show(value)) " " small { "computed" } },
                    (None, None) => (not_known()),
                }
                @if let Some(group) = group { " " small { (group.group()) } }
            }
            td { span.v { (swatch(Band::Verdict(figure.verdict))) (figure.verdict.title(figure.measure.judgement())) } }
    }
}

pub(super) fn not_known() -> Markup {
    html! { span.nk { "not known" } }
}

fn counts(id: &str, title: &str, label: &str, tables: &[CountTable], council: &Council) -> Markup {
    html! {
        section id=(id) {
            h2 { (title) }
            @if tables.is_empty() { p { "No such table is loaded for " (council.official_name) ". That is not a zero." } }
            @for table in tables {
                @if let (Some(first), Some(last)) = (table.years.first(), table.years.last()) {
                    @let span = if first == last { first.to_string() } else { format!("{first} to {last}") };
                    div.scroll role="region" aria-label={ (title) ", " (span) } tabindex="0" {
                        table.counts {
                            caption { (span) @if tables.len() > 1 { ", with the labels of these years" } }
                            thead { tr { th scope="col" { (label) } @for year in &table.years { th.n scope="col" { (year) } } } }
                            tbody {
                                @for row in &table.rows {
                                    tr { th scope="row" { (row.label) } @for count in &row.counts { td.n { (number(*count)) } } }
                                }
                                tr.total { th scope="row" { "Total" } @for total in &table.totals { td.n { (number(total.shown())) } } }
                            }
                        }
                    }
                    (check(table))
                    (sources::list(table.sources.iter().map(|(year, source)| (year, source))))
                }
            }
        }
    }
}

fn number(count: Option<u64>) -> Markup {
    html! { @match count { Some(count) => (format::count(count)), None => (not_known()) } }
}

/// What adding up the parts showed, in words.
fn check(table: &CountTable) -> Markup {
    let of = |check: Check| -> Vec<(ReportingYear, Total)> {
        table
            .years
            .iter()
            .copied()
            .zip(table.totals.iter().copied())
            .filter(|(_, total)| total.check() == check)
            .collect()
    };
    let (agrees, differs, incomplete) = (of(Check::Agrees), of(Check::Differs), of(Check::Incomplete));
    html! {
        p.note {
            @if agrees.len() == table.years.len() { "Checked: in every year the parts add up to the total stated." }
            @else {
                @if !agrees.is_empty() { "Checked: the parts add up to the total stated in " (agrees.len()) " of " (table.years.len()) " years. " }
                @for (year, total) in &differs {
                    strong { (year) ": the parts add up to " (number(total.sum)) ", the source states " (number(total.stated)) ". " }
                }
                @for (year, total) in &incomplete { (year) ": some parts are not known; those known add up to " (number(total.sum)) " of " (number(total.stated)) ". " }
                @if agrees.is_empty() && differs.is_empty() && incomplete.is_empty() { "No total is stated, so nothing could be checked; totals shown are added up here." }
            }
        }
    }
}
