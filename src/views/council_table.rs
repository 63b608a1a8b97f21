//! The table of councils with one measure: verdict, rate with counts, the range expected with the rate and its interval drawn
//! in the row, the average of the kind, the place in it as a range, the change since the year before.

use maud::{Markup, html};

use super::chart::{r, step};
use super::links;
use super::table::band_class;
use crate::domain::chance;
use crate::domain::compare::Verdict;
use crate::domain::figure::{Figure, FigureValue};
use crate::domain::format;
use crate::domain::measure::{Judgement, Measure, Unit};
use crate::domain::year::ReportingYear;
use crate::read::standing::{Band, Key, MapRow, Order};

/// The ends of the axis in a row.
const LEFT: f64 = 6.0;
const RIGHT: f64 = 154.0;

/// What a table is of.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The measure of its figures.
    pub measure: Measure,
    /// The year shown.
    pub year: ReportingYear,
    /// The order of the rows, and the address of another order.
    pub order: (Order, &'a dyn Fn(Order) -> String),
}

/// A verdict in a word or two, for chips and cells that stand under a heading.
pub fn short_title(band: Band, judgement: Judgement) -> &'static str {
    let title = band.title(judgement);
    match band {
        Band::Verdict(Verdict::Within) => "Within range",
        Band::Verdict(Verdict::TooFew) => "Too few to say",
        _ => title.strip_suffix(" than expected").unwrap_or(title),
    }
}

/// An order in words.
pub fn order_title(order: Order) -> String {
    let title = order.key.title();
    match (order.key, order.turned) {
        (Key::Verdict | Key::Name, false) => title.to_owned(),
        (Key::Name, true) => format!("{title}, Z to A"),
        (Key::Change, false) => format!("{title}, risen first"),
        (Key::Change, true) => format!("{title}, fallen first"),
        (_, false) => format!("{title}, high first"),
        (_, true) => format!("{title}, low first"),
    }
}

/// The table. On a phone each row is a grid of its own, so the roles say again what the elements mean.
pub fn table(rows: &[MapRow], shown: &Shown) -> Markup {
    let axis = Axis::of(rows.iter().filter_map(|row| row.figure.as_ref()).map(|one| &one.figure), shown.measure.unit());
    let unit = match shown.measure.unit() {
        Unit::Percent => "Rate",
        Unit::PerHundredThousand => "Per 100,000",
    };
    html! {
        p.rowhead aria-hidden="true" { span { "Council" br; "Verdict" } span { "Cases" br; "Rank" } span { (unit) br; "0 to " (axis.tick(axis.high)) } }
        table.ranked role="table" {
            caption.vh {
                (shown.measure.term()) ", " (format::period(shown.year)) ", with 95% interval, the range expected, the average of its kind, the place in its kind as a range, and the change since the year before"
            }
            thead role="rowgroup" { tr role="row" {
                (heading(shown, Key::Verdict, "Verdict", "j"))
                (heading(shown, Key::Name, "Council", "c"))
                th.k role="columnheader" scope="col" { "Kind" }
                (heading(shown, Key::Rate, unit, "n r"))
                (heading(shown, Key::Cases, "Cases", "n t"))
                th.b role="columnheader" scope="col" { (axis.heading()) }
                th.n.a role="columnheader" scope="col" { "Its kind" }
                (heading(shown, Key::Shrunken, "Rank in its kind", "n q"))
                (heading(shown, Key::Change, "Change", "g"))
            } }
            tbody role="rowgroup" { @for row in rows { (line(row, shown, &axis)) } }
        }
    }
}

/// A heading that sorts: once the way most ask for, once more the other way round.
fn heading(shown: &Shown, key: Key, title: &str, class: &str) -> Markup {
    let (order, address) = shown.order;
    let here = order.key == key;
    let next = Order { key, turned: here && !order.turned };
    let rising = order.turned != (key == Key::Name);
    let sort = here.then_some(if rising { "ascending" } else { "descending" });
    html! {
        th class=(class) role="columnheader" scope="col" aria-sort=[sort] {
            a.sort href=(address(next)) {
                (title) @if here { span aria-hidden="true" { (if rising { " ▴" } else { " ▾" }) } }
            }
        }
    }
}

fn line(row: &MapRow, shown: &Shown, axis: &Axis) -> Markup {
    let figure = row.figure.as_ref().map(|one| &one.figure);
    let band = row.band();
    html! {
        tr role="row" {
            td.j role="cell" { span class={ "d " (band_class(band)) } {} (short_title(band, shown.measure.judgement())) }
            th.c role="rowheader" scope="row" { a href=(links::council_in(&row.council.slug, shown.year)) { (row.council.name) } }
            td.k role="cell" { (format::capital(row.council.kind.as_str())) }
            @match figure {
                Some(figure) => {
                    td.n.r role="cell" { b { (format::value(figure)) } }
                    td.n.t role="cell" { (counts(figure)) }
                    td.b role="cell" { (axis.bar(figure)) }
                    td.n.a role="cell" { (average(figure)) }
                    td.n.q role="cell" { (rank(figure)) }
                    td.g role="cell" { (change(figure)) }
                }
                None => {
                    td.n.r role="cell" { "–" } td.n.t role="cell" { "–" } td.b role="cell" {} td.n.a role="cell" { "–" }
                    td.n.q role="cell" { "–" } td.g role="cell" { "–" }
                }
            }
        }
    }
}

/// `7 of 13`; for a rate per residents the complaints alone, since the residents are no cases.
fn counts(figure: &Figure) -> String {
    match figure.measure.unit() {
        Unit::Percent => format::counts(figure).unwrap_or_else(|| "–".to_owned()),
        Unit::PerHundredThousand => figure.numerator.map_or_else(|| "–".to_owned(), format::count),
    }
}

/// The average that the verdict compares with, shown as everywhere: published where it is.
fn average(figure: &Figure) -> String {
    format::similar(figure).unwrap_or_else(|| "–".to_owned())
}

fn rank(figure: &Figure) -> Markup {
    html! {
        @match figure.rank_range {
            Some(range) if range.best == range.worst => { (range.best) small { " of " (range.of) } }
            Some(range) => { (range.best) " to " (range.worst) small { " of " (range.of) } }
            None => { "–" }
        }
    }
}

/// What chance does not explain of the change since the year before; nothing is said to be steady.
fn change(figure: &Figure) -> &'static str {
    match figure.change.map(|change| change.verdict) {
        Some(Verdict::Higher) => "Rose",
        Some(Verdict::PossiblyHigher) => "Possibly rose",
        Some(Verdict::Within) => "None clear",
        Some(Verdict::PossiblyLower) => "Possibly fell",
        Some(Verdict::Lower) => "Fell",
        Some(Verdict::TooFew | Verdict::NoRate | Verdict::NotCompared) | None => "–",
    }
}

/// The one axis of all rows.
pub struct Axis {
    unit: Unit,
    high: f64,
}

impl Axis {
    /// An axis from 0 to 100%, or to the highest rate per 100,000 or range expected.
    pub fn of<'a>(figures: impl Iterator<Item = &'a Figure>, unit: Unit) -> Self {
        let high = match unit {
            Unit::Percent => 100.0,
            // Intervals of small councils would make the axis long; what goes beyond it ends there.
            Unit::PerHundredThousand => {
                let high = figures
                    .filter(|figure| figure.verdict != Verdict::TooFew)
                    .flat_map(|figure| [value(figure), chance::range(figure).map(|range| range.high)])
                    .flatten()
                    .fold(0.0, f64::max);
                let step = step(high);
                (high / step).ceil().max(1.0) * step
            }
        };
        Self { unit, high }
    }

    fn x(&self, value: f64) -> f64 {
        LEFT + (value / self.high).clamp(0.0, 1.0) * (RIGHT - LEFT)
    }

    /// What stands over the bars: the ends of the axis.
    pub fn heading(&self) -> Markup {
        let middle = self.high / 2.0;
        html! {
            span.vh { "Rate with its 95% interval, and the range expected" }
            svg.rowbar viewBox="0 0 160 16" aria-hidden="true" {
                text x=(r(LEFT)) y="13" { "0" }
                text x=(r(self.x(middle))) y="13" text-anchor="middle" { (self.tick(middle)) }
                text x=(r(RIGHT)) y="13" text-anchor="end" { (self.tick(self.high)) }
            }
        }
    }

    fn tick(&self, value: f64) -> String {
        match self.unit {
            Unit::Percent => self.unit.show(value),
            Unit::PerHundredThousand => format!("{value}"),
        }
    }

    /// The range expected, the average in it, the interval and the rate; a hollow dot where there are too few cases. The words
    /// of the row say the same, so the picture is silent.
    pub fn bar(&self, figure: &Figure) -> Markup {
        let Some(value) = value(figure) else { return html! {} };
        let (low, middle, high) = (r(self.x(0.0)), r(self.x(self.high / 2.0)), r(self.x(self.high)));
        let few = figure.verdict == Verdict::TooFew;
        html! {
            svg.rowbar viewBox="0 0 160 20" aria-hidden="true" {
                path.ax d={ "M" (low) " 0v20M" (middle) " 0v20M" (high) " 0v20" } {}
                @if let Some(range) = chance::range(figure) {
                    @let (from, to) = (self.x(range.low), self.x(range.high));
                    rect.rng x=(r(from)) y="3" width=(r((to - from).max(1.0))) height="14" {}
                }
                @if let Some(average) = figure.similar.computed.or(figure.similar.published) {
                    @let x = r(self.x(average));
                    line.kind x1=(x) x2=(x) y1="3" y2="17" {}
                }
                @if let Some(interval) = figure.interval {
                    line.ci.thin[few] x1=(r(self.x(interval.low))) x2=(r(self.x(interval.high))) y1="10" y2="10" {}
                }
                circle.me.thin[few] cx=(r(self.x(value))) cy="10" r="3.8" {}
            }
        }
    }
}

fn value(figure: &Figure) -> Option<f64> {
    match figure.value {
        FigureValue::Rate(value) => Some(value),
        FigureValue::NothingDue | FigureValue::NotKnown => None,
    }
}
