//! The second sheet: what people complained about, promises overdue, decisions that found fault, sources.

use super::imprint::Imprint;
use super::swatch::{ROOM, verdict};
use crate::domain::format;
use crate::domain::interval::float;
use crate::export::pdf::colour::Colour;
use crate::export::pdf::column::{Column, Level, NOTE, QUIET, STRONG, TEXT, points};
use crate::export::pdf::ink::{Mark, Pen, dot, line};
use crate::export::pdf::table::{Cell, Drawing, Head, Table};
use crate::export::pdf::text::span;
use crate::read::pack::{MOST_DECISIONS, MOST_OVERDUE, NO_FAULT, PackPage};
use crate::read::received::ReceivedRow;
use crate::read::standing::Band;
use crate::views::links;

const RECEIVED: [Head; 5] = [
    Head { title: "About", share: 47.0, numbers: false, indent: 0.0 },
    Head { title: "Received", share: 10.0, numbers: true, indent: 0.0 },
    Head { title: "Expected", share: 11.0, numbers: true, indent: 0.0 },
    Head { title: "Side by side", share: 12.0, numbers: false, indent: 0.0 },
    Head { title: "Verdict", share: 32.0, numbers: false, indent: ROOM },
];
const OVERDUE: [Head; 4] = [
    Head { title: "What was agreed", share: 60.0, numbers: false, indent: 0.0 },
    Head { title: "Case", share: 13.0, numbers: false, indent: 0.0 },
    Head { title: "Due", share: 19.0, numbers: true, indent: 0.0 },
    Head { title: "Late by", share: 12.0, numbers: true, indent: 0.0 },
];
const FAULT: [Head; 4] = [
    Head { title: "Decided", share: 18.0, numbers: false, indent: 0.0 },
    Head { title: "What happened", share: 52.0, numbers: false, indent: 0.0 },
    Head { title: "Subject", share: 27.0, numbers: false, indent: 0.0 },
    Head { title: "Reference", share: 13.0, numbers: false, indent: 0.0 },
];

/// Fills the sheet; so many promises are left out, and twice as many decisions.
pub(super) fn fill(column: &mut Column, page: &PackPage, imprint: &Imprint<'_>, left_out: usize) {
    received(column, page);
    overdue(column, page, imprint, MOST_OVERDUE.saturating_sub(left_out).max(1));
    decisions(column, page, imprint, MOST_DECISIONS.saturating_sub(2 * left_out).max(1));
    sources(column, page, imprint);
}

fn received(column: &mut Column, page: &PackPage) {
    column.heading(Level::Section, "What people complained about");
    if page.received.is_empty() {
        column.paragraph(&[span(page.about_received(), TEXT)]);
        return;
    }
    let most = page.received.iter().skip(1).map(|row| float(row.count).max(row.expected.unwrap_or(0.0)));
    // Nobody should see a difference between no complaint and one.
    let most = points(most.fold(10.0, f64::max));
    let rows = page.received.iter().enumerate().map(|(place, row)| received_row(row, (place > 0).then_some(most)));
    column.table(Table {
        heads: &RECEIVED,
        caption: format!(
            "{}. Side by side: the dot is the number received, the line the number expected.",
            page.about_received()
        ),
        named: 0,
        rows: rows.collect(),
    });
}

/// A row; where a scale is given, received and expected also as a drawing. The number of all would leave no room for its parts.
fn received_row(row: &ReceivedRow, most: Option<f32>) -> Vec<Cell> {
    let (count, expected) = (points(float(row.count)), row.expected.map(points));
    let drawn = match most {
        Some(most) => Cell::text([span(" ", QUIET)]).after(0.0, side_by_side(count, expected, most)),
        None => Cell::text([span(" ", QUIET)]),
    };
    vec![
        Cell::text([span(format::capital(row.measure.numerator()), TEXT)]),
        Cell::text([span(format::count(row.count), STRONG)]),
        Cell::text([span(row.expected(), QUIET)]),
        drawn,
        verdict(Band::Verdict(row.verdict), row.measure),
    ]
}

fn side_by_side(count: f32, expected: Option<f32>, most: f32) -> Drawing {
    Box::new(move |left, middle, width| {
        let place = |number: f32| left + 3.0 + (width - 6.0) * number / most;
        let axis = line(&[(left, middle), (left + width, middle)], Pen::new(Colour::LINE, 0.5));
        let mark = expected
            .map(place)
            .and_then(|x| line(&[(x, middle - 4.2), (x, middle + 4.2)], Pen::new(Colour::EDGE, 1.4)));
        let dot: Option<Mark> = dot(place(count), middle, 2.2, Colour::INK, Some(Pen::new(Colour::PAPER, 0.6)));
        [axis, mark, dot].into_iter().flatten().collect()
    })
}

fn overdue(column: &mut Column, page: &PackPage, imprint: &Imprint<'_>, most: usize) {
    let day = page.day;
    column.heading(Level::Section, &format!("Promises overdue on {}", format::date(day)));
    let shown: Vec<_> = page.overdue.iter().take(most).collect();
    if page.overdue.is_empty() {
        column.paragraph(&[span(page.none_overdue(), TEXT)]);
        return;
    }
    let rows = shown.iter().map(|one| {
        let days = one.due_on.and_then(|due| due.until(day).ok()).map(|span| span.get_days());
        vec![
            Cell::text([span(one.summary.clone(), TEXT)]),
            reference(imprint, &one.reference),
            Cell::text(one.due_on.map(|due| span(format::date(due), TEXT)).as_slice()),
            Cell::text(days.map(|days| span(format!("{days} days"), STRONG)).as_slice()),
        ]
    });
    column.table(Table {
        heads: &OVERDUE,
        caption: "Agreed improvements that are past their date, the oldest first".to_owned(),
        named: 0,
        rows: rows.collect(),
    });
    if let Some(all) = page.all_overdue(shown.len()) {
        column.gap(2.0);
        column.paragraph(&[span(all, NOTE)]);
    }
}

fn reference(imprint: &Imprint<'_>, reference: &crate::domain::decision::Reference) -> Cell {
    let to = imprint.address(&links::decision(reference));
    let colour = if to.is_some() { Colour::TEAL } else { Colour::SOFT };
    let style = crate::export::pdf::text::Style { colour, ..TEXT };
    Cell::text([span(reference.to_string(), style)]).leading(to, format!("Decision {reference}"))
}

fn decisions(column: &mut Column, page: &PackPage, imprint: &Imprint<'_>, most: usize) {
    column.heading(Level::Section, "Decisions published this year that found fault");
    let shown: Vec<_> = page.fault.iter().take(most).collect();
    if page.fault.is_empty() {
        column.paragraph(&[span(NO_FAULT, TEXT)]);
        return;
    }
    let rows = shown.iter().map(|one| {
        let decision = &one.decision;
        vec![
            Cell::text([span(format::date(decision.decision_date), QUIET)]),
            Cell::text([span(decision.headline(), TEXT)]),
            Cell::text([span(decision.narrow_subject(), TEXT)]),
            reference(imprint, &decision.reference),
        ]
    });
    column.table(Table { heads: &FAULT, caption: "The newest first".to_owned(), named: 1, rows: rows.collect() });
    column.gap(2.0);
    column.paragraph(&[span(page.about_fault(shown.len()), NOTE)]);
}

fn sources(column: &mut Column, page: &PackPage, imprint: &Imprint<'_>) {
    column.heading(Level::Section, "Where this comes from");
    let source = page.cited().map(|source| format!("Figures: {source}. ")).unwrap_or_default();
    column.paragraph(&[span(format!("{source}{}", page.how_judged()), NOTE)]);
    let (council, year) = (&page.overview.council, page.overview.year);
    let path = links::council_in(&council.slug, year);
    if let Some(to) = imprint.address(&path) {
        column.gap(2.0);
        let words = format!("Every figure with its source and row: {}", imprint.printed(&path));
        column.link(&words, to, format!("{} in {year} on Council Map", council.official_name));
    }
}
