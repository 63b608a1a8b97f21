//! One figure: name, rate, counts, strip, verdict, sentence, source.

use maud::{Markup, html};

use super::frame::Frame;
use super::table::swatch;
use super::under::{self, Under};
use super::{links, sentences, strip};
use crate::db::figures::{Source, SourcedFigure};
use crate::domain::council::Council;
use crate::domain::figure::{FigureValue, Pooled};
use crate::domain::format;
use crate::domain::measure::{Measure, Unit};
use crate::domain::year::ReportingYear;
use crate::read::council::FigureBlock;
use crate::read::standing::Band;

/// What a strip calls the share that came late.
const LATE: &str = "late";

/// The block of one measure of a council in a year.
pub fn block(frame: &Frame, council: &Council, year: ReportingYear, block: &FigureBlock) -> Markup {
    let band = block.figure.as_ref().map_or(Band::NoFigure, |one| Band::Verdict(one.figure.verdict));
    html! {
        section.stat {
            h3 { (block.measure.title()) }
            @match &block.figure {
                None => {
                    p.big.none { "–" }
                    p.counts { "No figure loaded" }
                    p { "Nothing is known here about this measure for this year. That is not a zero." }
                }
                Some(one) => {
                    (number(one))
                    @let strip = drawing(block, council);
                    div { (strip) }
                    div {
                        p.verdict { (swatch(band)) (band.title(block.measure.judgement())) }
                        @for one in &block.beside { (beside(&one.figure)) }
                    }
                    p { (sentences::averages(&one.figure, block.national)) }
                    (source(one))
                    (row(frame, council, year, block.measure, !strip.0.is_empty()))
                }
            }
        }
    }
}

/// The strip under a figure; where all was done, that of how much came late, since its own would show nothing.
fn drawing(block: &FigureBlock, council: &Council) -> Markup {
    match block.tells_more() {
        Some(one) => strip::beside(&one.figure, &one.group, &council.name, LATE),
        None => strip::strip(block, &council.name),
    }
}

/// What may be done with a figure; its drawing only where there is one.
fn row(frame: &Frame, council: &Council, year: ReportingYear, measure: Measure, drawn: bool) -> Markup {
    let slug = &council.slug;
    let page = links::council_in(slug, year);
    under::row(
        frame,
        &Under {
            title: &format!("{}: {}, {year}", council.official_name, format::uncapital(measure.term())),
            csv: Some(&links::twin(&page, "csv")),
            chart: drawn.then(|| links::chart(slug, "figure", measure, Some(year))).as_deref(),
            frame: Some(&links::embed(slug, measure, Some(year))),
            share: Some(&links::share(slug, measure, Some(year))),
            page: &page,
        },
    )
}

/// What the years say together.
pub fn history(sentences: &[String]) -> Markup {
    html! { @if !sentences.is_empty() { ul.history { @for sentence in sentences { li { (sentence) } } } } }
}

/// A measure that belongs to the one of the block, in a line: name, rate, counts, verdict.
fn beside(one: &SourcedFigure) -> Markup {
    let figure = &one.figure;
    html! {
        p.verdict {
            (swatch(Band::Verdict(figure.verdict)))
            (figure.measure.term()) ": " (format::value(figure))
            @if let Some(counts) = format::counts(figure) { " (" (counts) ")" }
            ", " (format::uncapital(figure.verdict.title(figure.measure.judgement())))
        }
    }
}

fn number(one: &SourcedFigure) -> Markup {
    let figure = &one.figure;
    let known = matches!(figure.value, FigureValue::Rate(_));
    html! {
        p.big.none[!known] { (format::value(figure)) }
        p.counts {
            @if let Some(top) = figure.numerator.filter(|_| figure.lacks_residents()) {
                (format::count(top)) " " (figure.measure.numerator()) "; the number of residents is not known"
            } @else if let Some(counts) = format::counts(figure) {
                (counts) " " (format::denominator(figure))
            } @else if let Some(top) = figure.numerator {
                (format::count(top)) " " (figure.measure.numerator())
            } @else if let Some(bottom) = figure.denominator.filter(|_| !known) {
                (format::count(bottom)) " " (format::denominator(figure)) "; the rest is not loaded"
            } @else {
                "Counts not loaded"
            }
        }
    }
}

fn source(one: &SourcedFigure) -> Markup {
    let figure = &one.figure;
    html! {
        details.src {
            summary { "Interval, averages and source" }
            dl {
                @if let Some(interval) = format::interval(figure) {
                    dt { "95% interval" } dd { (interval) }
                }
                @if let Some(pooled) = &figure.pooled { dt { (pooled.years) " years together" } dd { (together(one, pooled)) } }
                @if let (Some(shrunken), Some(range)) = (figure.shrunken, figure.rank_range) {
                    dt { "Drawn towards its group" } dd { (figure.measure.unit().show(shrunken)) }
                    dt { "Place in its group" } dd { (format::rank(range)) " " (figure.similar.group.group()) ", 1st being the highest rate" }
                }
                @if let Some(published) = figure.published_value {
                    dt { "As published" } dd { (figure.measure.unit().show(published)) (beside_published(one, published)) }
                }
                @if let (Some(residents), Some(year)) = (figure.denominator, figure.residents_year) {
                    dt { "Residents" } dd { (format::count(residents)) " in " (year) ", the estimate at hand nearest to " (one.year) }
                }
                @if figure.is_after_the_end() {
                    dt { "Comparison" }
                    dd { "None: the council had ended before " (one.year) " began. What was printed for it all the same is kept here and stands outside averages and the map" }
                }
                dt { "Average of " (figure.similar.group.group()) }
                dd {
                    @match figure.similar.published {
                        Some(value) => { (figure.measure.unit().show(value)) " published" }
                        None => { "none published here" }
                    }
                    @if !figure.is_after_the_end() { "; " }
                    @match figure.similar.computed {
                        None if figure.is_after_the_end() => {}
                        Some(value) => {
                            (format!("{value:.1}")) @if one.figure.measure.unit() == Unit::Percent { "%" } " pooled from " (figure.similar.with_counts) " of " (figure.similar.count) " councils"
                        }
                        None => { "not computed: " (figure.similar.with_counts) " of " (figure.similar.count) " councils have counts here" }
                    }
                }
                @if let Some(source) = &one.source { dt { "Source" } dd { (cite(source)) } }
            }
        }
    }
}

/// The figure with the years before it: rate, counts, interval, verdict.
fn together(one: &SourcedFigure, pooled: &Pooled) -> Markup {
    let measure = one.figure.measure;
    let years: Vec<String> = pooled.reporting_years(one.year).map(|year| year.to_string()).collect();
    html! {
        @if let (Some(first), Some(last)) = (years.first(), years.last()) { (first) " to " (last) ": " }
        @match pooled.value(measure.unit()) {
            Some(value) => {
                b { (measure.unit().show(value)) } " (" (format::count(pooled.numerator))
                // Residents of three years added up would be a number of nobody.
                @if measure.unit() == Unit::Percent { " of " (format::count(pooled.denominator)) }
                ")"
                @if let Some(interval) = pooled.interval { ", 95% interval " (format::range(measure.unit(), interval)) }
                ", " (format::uncapital(pooled.verdict.title(measure.judgement())))
            }
            None => "there was no case in any of them",
        }
    }
}

/// What counts, and for rates per 100,000 residents, give where that is not the published rate.
fn beside_published(one: &SourcedFigure, published: f64) -> Markup {
    let unit = one.figure.measure.unit();
    let computed = match one.figure.value {
        FigureValue::Rate(value) => Some(unit.show(value)),
        _ => None,
    };
    html! {
        @if let Some(computed) = computed.filter(|computed| *computed != unit.show(published)) {
            @if unit == Unit::Percent {
                "; the published counts give " (computed)
                @if let Some(counts) = format::counts(&one.figure) { " (" (counts) ")" }
            } @else {
            ". The Ombudsman does not name the estimate of residents behind it; with the one named here it would be " (computed)
            }
        }
    }
}

/// Where a value came from: release, file, sheet, row.
pub fn cite(source: &Source) -> Markup {
    cite_rows(source, &source.row.map(|row| format!(", row {row}")).unwrap_or_default())
}

/// The same with rows in the words that are given.
pub fn cite_rows(source: &Source, rows: &str) -> Markup {
    html! {
        @match source.url.as_deref().and_then(links::outside) {
            Some(url) => { a href=(url) rel="noopener" { (source.title) } }
            None => { (source.title) }
        }
        ", " (source.file)
        @if let Some(sheet) = &source.sheet { ", sheet " (sheet) }
        (rows) ", " a href=(links::release(&source.release_key)) { "release " (source.release_key) }
        @if source.synthetic { ". Invented for demonstration" }
    }
}
