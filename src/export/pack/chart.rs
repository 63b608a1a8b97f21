//! Uphold rate, year by year: the council with its intervals, what is expected of it, and its group.

use crate::db::figures::SourcedFigure;
use crate::domain::figure::FigureValue;
use crate::domain::format;
use crate::domain::funnel::limits_at;
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;
use crate::export::pdf::colour::Colour;
use crate::export::pdf::column::{Column, Level, NOTE, QUIET, STRONG, TEXT, points};
use crate::export::pdf::ink::{Mark, Pen, area, dot, line, rectangle};
use crate::export::pdf::text::{self, Style, span};
use crate::read::pack::PackPage;
use crate::read::standing::Band;

use super::swatch::swatch;

const MEASURE: Measure = Measure::Upheld;
/// Heights in points, from the top: the plot begins, ends, and the whole picture ends.
const PLOT: (f32, f32) = (16.0, 132.0);
const HEIGHT: f32 = 159.0;
/// Room at the left for the numbers of the axis, and at the right for the names of the lines.
const SIDES: (f32, f32) = (26.0, 70.0);
/// With less room than this for a year only every other one is named, in points.
const LABEL: f32 = 36.0;
/// Lines of the axis, in percent.
const TICK: f64 = 20.0;

/// A year of the council.
struct Year {
    year: ReportingYear,
    /// None where there was nothing to count.
    rate: Option<f64>,
    interval: Option<(f64, f64)>,
    /// Between which rates the council would lie by chance, were it like its group.
    expected: Option<(f64, f64)>,
    group: Option<f64>,
    band: Band,
    /// What is said of it.
    said: String,
}

/// Where years and rates lie on the sheet.
struct Scale {
    left: f32,
    top: f32,
    step: f32,
    first: ReportingYear,
    last: ReportingYear,
    low: f64,
    scale: f32,
}

impl Scale {
    fn x(&self, year: ReportingYear) -> f32 {
        self.left + self.step * (0.5 + f32::from(year.start_year() - self.first.start_year()))
    }

    fn y(&self, rate: f64) -> f32 {
        let (top, bottom) = PLOT;
        let share = points((rate - self.low) / (100.0 - self.low));
        self.top + (bottom - (bottom - top) * share) * self.scale
    }

    fn years(&self) -> Vec<ReportingYear> {
        (self.first.start_year()..=self.last.start_year()).filter_map(ReportingYear::starting_in).collect()
    }
}

/// Adds the chart under its heading, and says whether it did: not when fewer than two years have a rate.
pub(super) fn add(column: &mut Column, page: &PackPage) -> bool {
    let years: Vec<Year> = page.overview.history.iter().filter_map(year).collect();
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return false };
    if years.iter().filter(|one| one.rate.is_some()).count() < 2 {
        return false;
    }
    column.heading(Level::Section, "Uphold rate, year by year");
    let count = f32::from(last.year.start_year() - first.year.start_year() + 1);
    let (left, right) = (SIDES.0 * column.scale, SIDES.1 * column.scale);
    let scale = Scale {
        left: column.x + left,
        top: column.y,
        step: (column.width - left - right) / count,
        first: first.year,
        last: last.year,
        low: low(&years),
        scale: column.scale,
    };
    let mut drawing = Drawing { column, scale: &scale, marks: Vec::new() };
    drawing.axis();
    drawing.breaks();
    drawing.expected(&years);
    drawing.group(&years);
    drawing.council(&years);
    drawing.names(&years, page);
    let marks = drawing.marks;
    let height = HEIGHT * column.scale;
    column.figure(0, height, said(&years, page), marks);
    true
}

/// Adds what the parts of the chart mean.
pub(super) fn key(column: &mut Column) {
    column.gap(3.0);
    let about = "Chart: sand is the range expected of a council with as many cases, bars are 95% intervals, dashes the group, squares the verdict of each year. No line crosses a change in what is counted.";
    column.paragraph(&[span(about, NOTE)]);
}

fn year(one: &SourcedFigure) -> Option<Year> {
    let figure = &one.figure;
    if figure.measure != MEASURE {
        return None;
    }
    let rate = match figure.value {
        FigureValue::Rate(rate) => Some(rate),
        FigureValue::NothingDue | FigureValue::NotKnown => None,
    };
    // Without a case there is no range: any rate could be.
    let cases = figure.denominator.filter(|cases| *cases > 0);
    let expected = figure.similar.computed.or(figure.similar.published).zip(cases);
    let expected = expected.and_then(|(rate, cases)| limits_at(rate / 100.0, cases)).map(|limits| limits.inner);
    let verdict = format::uncapital(figure.verdict.title(MEASURE.judgement()));
    let counts = format::counts(figure).map(|counts| format!(" ({counts})")).unwrap_or_default();
    let similar = format::similar(figure).map(|similar| format!(", similar councils {similar}")).unwrap_or_default();
    Some(Year {
        year: one.year,
        rate,
        interval: figure.interval.map(|interval| (interval.low, interval.high)),
        expected: expected.map(|(low, high)| (low * 100.0, high * 100.0)),
        group: figure.similar.published.or(figure.similar.computed),
        band: Band::Verdict(figure.verdict),
        said: format!("{} {}{counts}{similar}, {verdict}", one.year, format::value(figure)),
    })
}

/// The lowest line of the axis: under everything drawn.
fn low(years: &[Year]) -> f64 {
    let lows = years.iter().flat_map(|one| {
        let ranges = one.interval.into_iter().chain(one.expected).map(|(low, _)| low);
        ranges.chain(one.group).chain(one.rate)
    });
    (lows.fold(100.0, f64::min) / TICK).floor().clamp(0.0, 4.0) * TICK
}

fn said(years: &[Year], page: &PackPage) -> String {
    let all: Vec<&str> = years.iter().map(|one| one.said.as_str()).collect();
    let invented = if page.is_invented() { " Invented figures." } else { "" };
    format!(
        "Chart of the {} of {} by year: {}.{invented}",
        format::uncapital(MEASURE.term()),
        page.overview.council.name,
        all.join("; ")
    )
}

struct Drawing<'a> {
    column: &'a Column,
    scale: &'a Scale,
    marks: Vec<Mark>,
}

impl Drawing<'_> {
    /// Text at a baseline, of which `share` lies left of a place: 0 begins there, 1 ends there.
    fn write(&mut self, words: &str, style: Style, x: f32, y: f32, share: f32) {
        for line in self.column.set(&[span(words, style)], f32::MAX, 1) {
            self.marks.push(Mark::Text { x: x - line.width * share, y, line });
        }
    }

    fn axis(&mut self) {
        let (left, right) = (self.scale.left, self.scale.x(self.scale.last) + self.scale.step / 2.0);
        let mut rate = self.scale.low;
        while rate <= 100.0 {
            let y = self.scale.y(rate);
            self.marks.extend(line(&[(left, y), (right, y)], Pen::new(Colour::LINE, 0.5)));
            self.write(&MEASURE.unit().show(rate), NOTE, left - 4.0, y + 2.8, 1.0);
            rate += TICK;
        }
        let years = self.scale.years();
        let bottom = self.scale.top + PLOT.1 * self.scale.scale;
        for (place, year) in years.iter().rev().enumerate() {
            if place % 2 == 0 || self.scale.step >= LABEL * self.scale.scale {
                let small = Style { size: 7.6, ..NOTE };
                self.write(&year.to_string(), small, self.scale.x(*year), bottom + 10.5 * self.scale.scale, 0.5);
            }
        }
    }

    fn breaks(&mut self) {
        let (top, bottom) = (self.scale.y(100.0), self.scale.y(self.scale.low));
        for year in self.scale.years() {
            if year.start_year() == 2020 {
                self.write("Covid pause", NOTE, self.scale.x(year), top - 8.0, 0.5);
            }
            if year.starts_a_new_series() && year != self.scale.first {
                let x = self.scale.x(year) - self.scale.step / 2.0;
                let pen = Pen { dashes: &[1.6, 1.8], ..Pen::new(Colour::EDGE, 0.8) };
                self.marks.extend(line(&[(x, top - 14.0), (x, bottom)], pen));
                self.write("selection of cases changed", NOTE, x + 4.0, top - 8.0, 0.0);
            }
        }
    }

    /// Runs of years that follow each other and count the same.
    fn runs(years: &[Year], drawn: impl Fn(&Year) -> bool) -> Vec<Vec<&Year>> {
        let mut runs: Vec<Vec<&Year>> = Vec::new();
        for one in years.iter().filter(|one| drawn(one)) {
            let joins = |run: &&mut Vec<&Year>| {
                run.last().is_some_and(|before| before.year.next() == one.year) && !one.year.starts_a_new_series()
            };
            match runs.last_mut().filter(joins) {
                Some(run) => run.push(one),
                None => runs.push(vec![one]),
            }
        }
        runs
    }

    fn expected(&mut self, years: &[Year]) {
        for run in Self::runs(years, |one| one.expected.is_some()) {
            let corner = |one: &&Year, upper: bool| {
                let (low, high) = one.expected.unwrap_or_default();
                (self.scale.x(one.year), self.scale.y(if upper { high } else { low }))
            };
            if let [one] = run.as_slice() {
                let ((x, low), (_, high)) = (corner(one, false), corner(one, true));
                self.marks.extend(rectangle(x - 5.0, high, 10.0, low - high, Some(Colour::SAND), None));
                continue;
            }
            let above = run.iter().map(|one| corner(one, true));
            let below = run.iter().rev().map(|one| corner(one, false));
            self.marks.extend(area(&above.chain(below).collect::<Vec<_>>(), Colour::SAND));
        }
    }

    fn group(&mut self, years: &[Year]) {
        let pen = Pen { dashes: &[2.4, 1.8], ..Pen::new(Colour::SOFT, 1.1) };
        for run in Self::runs(years, |one| one.group.is_some()) {
            let places = run.iter().filter_map(|one| Some((self.scale.x(one.year), self.scale.y(one.group?))));
            let places: Vec<(f32, f32)> = places.collect();
            self.marks.extend(line(&places, pen).filter(|_| places.len() > 1));
        }
    }

    fn council(&mut self, years: &[Year]) {
        for one in years {
            let x = self.scale.x(one.year);
            if let Some((low, high)) = one.interval {
                let ends = [(x, self.scale.y(low)), (x, self.scale.y(high))];
                self.marks.extend(line(&ends, Pen::new(Colour::INK, 0.8)));
            }
        }
        for run in Self::runs(years, |one| one.rate.is_some()) {
            let places = run.iter().filter_map(|one| Some((self.scale.x(one.year), self.scale.y(one.rate?))));
            let places: Vec<(f32, f32)> = places.collect();
            self.marks.extend(line(&places, Pen::new(Colour::INK, 1.5)).filter(|_| places.len() > 1));
        }
        let beneath = self.scale.top + (PLOT.1 + 20.0) * self.scale.scale;
        for one in years {
            let x = self.scale.x(one.year);
            let dot = one
                .rate
                .and_then(|rate| dot(x, self.scale.y(rate), 2.4, Colour::INK, Some(Pen::new(Colour::PAPER, 0.7))));
            self.marks.extend(dot);
            self.marks.extend(swatch(one.band, x - 4.0, beneath));
        }
    }

    /// Names at the ends of the lines, kept apart.
    fn names(&mut self, years: &[Year], page: &PackPage) {
        let (council, kind) = (&page.overview.council, page.overview.council.kind);
        let x = self.scale.x(self.scale.last) + 7.0;
        let room = self.column.x + self.column.width - x;
        let style = Style { size: 8.4, ..STRONG };
        // A line that ends before the chart does has the name of its year instead of the council's.
        let own = years.iter().filter_map(|one| Some((one.year, one.rate?))).next_back().map(|(year, rate)| {
            let value = MEASURE.unit().show(rate);
            let whole = if year == self.scale.last {
                format!("{} {value}", council.name)
            } else {
                format!("{value} in {year}")
            };
            let set = text::line(self.column.typefaces, &[span(whole.as_str(), style.scaled(self.scale.scale))]);
            let words = if set.width <= room { whole } else { format!("Council {value}") };
            (words, self.scale.y(rate) + 3.0)
        });
        let group =
            years.iter().filter_map(|one| one.group).next_back().map(|rate| {
                (format!("{} {}", kind.short_group(), MEASURE.unit().show(rate)), self.scale.y(rate) + 3.0)
            });
        let apart = match (&own, &group) {
            (Some((_, mine)), Some((_, theirs))) if (theirs - mine).abs() < 11.0 => {
                let (middle, above) = (f32::midpoint(*mine, *theirs), if mine <= theirs { 5.5 } else { -5.5 });
                Some((middle - above, middle + above))
            }
            _ => None,
        };
        if let Some((words, y)) = own {
            self.write(&words, style, x, apart.map_or(y, |(mine, _)| mine), 0.0);
        }
        if let Some((words, y)) = group {
            self.write(&words, Style { size: 8.4, ..QUIET }, x, apart.map_or(y, |(_, theirs)| theirs), 0.0);
        }
        if page.is_invented() {
            let y = self.scale.top + (PLOT.1 + 10.5) * self.scale.scale;
            let right = self.column.x + self.column.width;
            self.write("Invented figures", Style { colour: Colour::BAND_INK, size: 7.6, ..TEXT }, right, y, 1.0);
        }
    }
}
