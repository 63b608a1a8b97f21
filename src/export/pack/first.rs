//! The first sheet: the figures of the year, what the years show, early signs, questions.

use super::chart;
use super::swatch::{ROOM, verdict};
use crate::db::figures::SourcedFigure;
use crate::domain::format;
use crate::domain::measure::Measure;
use crate::export::pdf::colour::Colour;
use crate::export::pdf::column::{Column, Level, NOTE, Point, QUIET, STRONG, TEXT};

use crate::export::pdf::table::{Cell, Head, Table};
use crate::export::pdf::text::{Style, span};
use crate::read::pack::{MOST_SIGNS, NO_YEARS, PackPage};
use crate::read::standing::Band;

const HEADS: [Head; 6] = [
    Head { title: "Measure", share: 35.0, numbers: false, indent: 0.0 },
    // Wide enough for "No rate" and "Not known": `pdftotext` loses the row where a cell has a second line.
    Head { title: "Rate", share: 13.5, numbers: true, indent: 0.0 },
    Head { title: "Cases", share: 14.5, numbers: true, indent: 0.0 },
    Head { title: "95% interval", share: 15.5, numbers: true, indent: 0.0 },
    // At the left, since `pdftotext` takes the heads beside it for those of another column otherwise.
    Head { title: "Similar", share: 9.0, numbers: false, indent: 0.0 },
    Head { title: "Verdict", share: 33.0, numbers: false, indent: ROOM },
];

/// Fills the sheet; of the early signs so many are left out.
pub(super) fn fill(column: &mut Column, page: &PackPage, left_out: usize) {
    column.heading(Level::Title, &page.title());
    column.paragraph(&[span(page.lede(), Style { size: 9.6, ..QUIET })]);
    if page.is_invented() {
        column.gap(5.0);
        let said = "Demonstration: every figure, decision and promise in this pack is invented.";
        column.banded(&[span(said, Style { colour: Colour::BAND_INK, ..STRONG })], Colour::BAND);
    }
    glance(column, page);
    // Only here do two columns stand side by side, and in one of them a picture: programs that gather text by its place
    // read the rest in the order in which it is meant.
    let most = MOST_SIGNS.saturating_sub(left_out);
    let (mut left, mut right) = column.split(0.53, 22.0);
    if chart::add(&mut left, page) {
        signs(&mut right, page, most);
        column.join([left, right]);
        chart::key(column);
    } else {
        signs(column, page, most);
    }
    years(column, page);
    published(column, page);
    questions(column, page);
}

fn glance(column: &mut Column, page: &PackPage) {
    column.heading(Level::Section, "The year at a glance");
    column.table(Table {
        heads: &HEADS,
        caption: format!("Measures of {} with counts and verdicts", page.overview.year),
        named: 0,
        rows: page.glance.iter().map(|(measure, one)| row(*measure, one.as_ref())).collect(),
    });
}

fn row(measure: Measure, one: Option<&SourcedFigure>) -> Vec<Cell> {
    let figure = one.map(|one| &one.figure);
    let band = figure.map_or(Band::NoFigure, |figure| Band::Verdict(figure.verdict));
    let quiet = |text: Option<String>| Cell::text(text.map(|text| span(text, QUIET)).as_slice());
    vec![
        Cell::text([span(measure.title(), TEXT)]),
        Cell::text(figure.map(|figure| span(format::value(figure), STRONG)).as_slice()),
        quiet(figure.and_then(format::counts)),
        quiet(figure.and_then(format::interval)),
        quiet(figure.and_then(format::similar)),
        verdict(band, measure),
    ]
}

fn signs(column: &mut Column, page: &PackPage, most: usize) {
    let signs = &page.overview.signs;
    column.heading(Level::Section, "Early signs");
    column.paragraph(&[span("Where to look first, by open rules; no score.", NOTE)]);
    column.gap(2.0);
    let told = signs.told();
    for (titles, found) in told.iter().take(most) {
        let spans = [span(format!("{titles}. "), STRONG), span(found.evidence.clone(), TEXT)];
        column.barred(&spans, Colour::PLUM);
        column.gap(3.0);
    }
    let more = u64::try_from(told.len().saturating_sub(most)).unwrap_or(0);
    if more > 0 {
        let more = format::counted(more, "more sign stands", "more signs stand");
        column.barred(&[span(format!("{more} on the council’s own page."), TEXT)], Colour::PLUM);
    }
    if told.is_empty() {
        let (strong, rest) = signs.nothing();
        let strong = strong.map(|strong| span(format!("{strong} "), STRONG));
        let spans: Vec<_> = strong.into_iter().chain([span(rest, TEXT)]).collect();
        column.barred(&spans, Colour::EDGE);
    }
}

/// What the years of each measure say together, a measure in a point.
fn years(column: &mut Column, page: &PackPage) {
    column.heading(Level::Section, "What the years show");
    let points = page.overview.histories().map(|(measure, sentences)| {
        let measure = span(format!("{}. ", measure.title()), STRONG);
        Point { spans: vec![measure, span(sentences.join(" "), TEXT)] }
    });
    let points: Vec<Point> = points.collect();
    if points.is_empty() {
        column.paragraph(&[span(NO_YEARS, TEXT)]);
    }
    column.list(&points, false, false);
}

fn published(column: &mut Column, page: &PackPage) {
    column.heading(Level::Section, "Decisions and promises");
    column.paragraph(&[span(format!("{}.", format::capital(&page.published().join("; "))), TEXT)]);
}

fn questions(column: &mut Column, page: &PackPage) {
    column.heading(Level::Section, "Questions members may ask");
    let points = page.questions.iter().map(|question| Point { spans: vec![span(question.clone(), TEXT)] });
    column.list(&points.collect::<Vec<_>>(), true, true);
}
