//! A measure over the years as a line chart: the range expected behind it, labels on the lines, breaks drawn and named, and no
//! line across a change in what is counted.

use maud::{Markup, html};

use super::chart::{self, Form, band, invented, joined, r, rate, step, ticks};
use super::table::swatch;
use crate::db::figures::SourcedFigure;
use crate::domain::chance;
use crate::domain::compare::Verdict;
use crate::domain::format;
use crate::domain::interval::Interval;
use crate::domain::measure::{Measure, Unit};
use crate::domain::year::ReportingYear;
use crate::read::standing::Band;

/// Width and height of its view box; a funnel has the same.
pub(super) const SIZE: (f64, f64) = (560.0, 182.0);
/// More years than this have no room for all their names.
const MOST_LABELS: usize = 6;
/// Half of the bar that is the range expected in a year alone.
const HALF: f64 = 7.0;

/// Where the parts of a form lie, in units of its view box.
struct Places {
    size: (f64, f64),
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// From the ends of the axis to the first and the last year.
    inner: f64,
    /// Side of the square of a verdict.
    square: f64,
    /// Base line of the years' names.
    years: f64,
    /// From line to line of a text.
    lead: f64,
}

impl Form {
    fn places(self) -> Places {
        match self {
            Self::Wide => Places {
                size: SIZE,
                left: 40.0,
                right: 436.0,
                top: 18.0,
                bottom: 145.0,
                inner: 24.0,
                square: 11.0,
                years: 175.0,
                lead: 14.0,
            },
            Self::Narrow => Places {
                size: (358.0, 252.0),
                left: 46.0,
                right: 354.0,
                top: 44.0,
                bottom: 200.0,
                inner: 20.0,
                square: 15.0,
                years: 243.0,
                lead: 17.0,
            },
        }
    }
}

/// What is drawn of a council's years.
#[derive(Default)]
struct Series {
    own: Vec<(ReportingYear, f64)>,
    intervals: Vec<(ReportingYear, Interval)>,
    average: Vec<(ReportingYear, f64)>,
    expected: Vec<(ReportingYear, Interval)>,
    verdicts: Vec<(ReportingYear, Verdict)>,
}

impl Series {
    fn of(history: &[SourcedFigure], measure: Measure) -> Self {
        let figures = || history.iter().filter(|one| one.figure.measure == measure);
        let shown = || figures().filter(|one| rate(&one.figure).is_some());
        Self {
            own: figures().filter_map(|one| Some((one.year, rate(&one.figure)?))).collect(),
            intervals: shown().filter_map(|one| Some((one.year, one.figure.interval?))).collect(),
            average: figures().filter_map(|one| Some((one.year, chart::average(&one.figure)?))).collect(),
            expected: shown().filter_map(|one| Some((one.year, chance::range(&one.figure)?))).collect(),
            verdicts: shown().map(|one| (one.year, one.figure.verdict)).collect(),
        }
    }

    /// Whether the rate of a year rests on too few cases to say anything.
    fn is_of_few(&self, year: ReportingYear) -> bool {
        self.verdicts.contains(&(year, Verdict::TooFew))
    }

    /// Everything that the axis has to hold.
    fn values(&self) -> impl Iterator<Item = f64> {
        let rates = self.own.iter().chain(&self.average).map(|(_, value)| *value);
        rates.chain(self.expected.iter().chain(&self.intervals).flat_map(|(_, range)| [range.low, range.high]))
    }

    fn years(&self) -> impl Iterator<Item = ReportingYear> {
        self.own.iter().chain(&self.average).map(|(year, _)| *year)
    }
}

/// What a chart is of.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What is counted.
    pub measure: Measure,
    /// Whose line it is.
    pub name: &'a str,
    /// Whose average stands beside it.
    pub group: &'a str,
    /// Whether the figures are invented.
    pub synthetic: bool,
}

/// The chart of a council's years; nothing when fewer than two of them have a rate.
pub fn of_council(history: &[SourcedFigure], subject: Subject<'_>, form: Form) -> Markup {
    draw(&Series::of(history, subject.measure), subject, form)
}

/// The chart of rates alone, without verdicts and without a group.
pub fn of_rates(rates: &[(ReportingYear, f64)], subject: Subject<'_>, form: Form) -> Markup {
    draw(&Series { own: rates.to_vec(), ..Series::default() }, subject, form)
}

fn draw(series: &Series, Subject { measure, name, group, synthetic }: Subject<'_>, form: Form) -> Markup {
    let (Some(first), Some(last)) = (series.years().min(), series.years().max()) else { return html! {} };
    let (own, average) = (&series.own, &series.average);
    if own.len() < 2 {
        return html! {};
    }
    let judged: Vec<_> = own.iter().copied().filter(|(year, _)| !series.is_of_few(*year)).collect();
    let places = form.places();
    let scale = Scale::new(measure.unit(), (first, last), series.values(), places);
    let Places { size: (width, height), left, right, top, bottom, square, years: baseline, lead, .. } = scale.places;
    let most_labels = if form == Form::Wide { MOST_LABELS } else { MOST_LABELS / 2 };
    let years: Vec<ReportingYear> =
        (first.start_year()..=last.start_year()).filter_map(ReportingYear::starting_in).collect();
    html! {
        svg.trend.tall[form == Form::Narrow] viewBox={ "0 0 " (width) " " (height) } role="img" aria-label=(label(series, measure, name, group)) {
            path.rng d=(band(series.expected.iter().copied(), |year| scale.x(year), |value| scale.y(value), HALF)) {}
            @if let Some(covid) = years.iter().find(|year| year.start_year() == 2020) {
                text x=(r(scale.x(*covid))) y=(r(top - 6.0)) text-anchor="middle" { "Covid pause" }
            }
            @for value in ticks(scale.low, scale.high, scale.tick) {
                line.ax x1=(r(left)) x2=(r(right)) y1=(r(scale.y(value))) y2=(r(scale.y(value))) {}
                text x=(r(left - 6.0)) y=(r(scale.y(value) + 4.0)) text-anchor="end" { (measure.unit().show(value)) }
            }
            @for year in years.iter().filter(|year| year.starts_a_new_series() && **year != first) {
                @let x = scale.between(*year);
                line.cut x1=(r(x)) x2=(r(x)) y1=(r(top)) y2=(r(bottom)) {}
                text.why x=(r(x + 4.0)) y=(r(bottom - 4.0 - lead)) { "selection of" }
                text.why x=(r(x + 4.0)) y=(r(bottom - 4.0)) { "cases changed" }
            }
            @for (place, year) in years.iter().rev().enumerate() {
                // Where there is no room for every year, every other has its name, the newest among them.
                @if place % 2 == 0 || years.len() <= most_labels { text.odd[place % 2 == 1] x=(r(scale.x(*year))) y=(r(baseline)) text-anchor="middle" { (year) } }
            }
            @if form == Form::Wide { (invented(synthetic, width - 2.0, baseline, "end")) }
            @else { (invented(synthetic, right, top - 26.0, "end")) }
            path.grp d=(line(average, &scale)) {}
            path.each d=(bars(&series.intervals, &scale)) {}
            path.me d=(line(&judged, &scale)) {}
            path.dots.mine d=(dots(&judged, &scale)) {}
            // Rates of too few cases are told and not joined: one case more or less would change everything.
            @for (year, value) in own.iter().filter(|(year, _)| series.is_of_few(*year)) {
                circle.thin cx=(r(scale.x(*year))) cy=(r(scale.y(*value))) r="3.5" {}
            }
            @for (year, verdict) in &series.verdicts {
                svg x=(r(scale.x(*year) - square / 2.0)) y=(r(bottom + 6.0)) width=(r(square)) height=(r(square)) { (swatch(Band::Verdict(*verdict))) }
            }
            @if form == Form::Wide { (labels(own, average, &scale, measure, name, group)) }
        }
    }
}

/// The interval of each year as an upright line.
fn bars(intervals: &[(ReportingYear, Interval)], scale: &Scale) -> String {
    let bar = |(year, range): &(ReportingYear, Interval)| {
        format!("M{} {}V{}", r(scale.x(*year)), r(scale.y(range.low)), r(scale.y(range.high)))
    };
    intervals.iter().map(bar).collect()
}

/// Names at the ends of the lines, kept apart.
fn labels(
    own: &[(ReportingYear, f64)],
    average: &[(ReportingYear, f64)],
    scale: &Scale,
    measure: Measure,
    name: &str,
    group: &str,
) -> Markup {
    let end = |list: &[(ReportingYear, f64)]| list.last().map(|(_, value)| (*value, scale.y(*value) + 4.0));
    let (mine, theirs) = (end(own), end(average));
    let (mine_y, theirs_y) = match (mine, theirs) {
        (Some((_, a)), Some((_, b))) if (a - b).abs() < 13.0 => {
            let middle = f64::midpoint(a, b);
            if a <= b { (middle - 6.5, middle + 6.5) } else { (middle + 6.5, middle - 6.5) }
        }
        (a, b) => (a.map_or(0.0, |(_, y)| y), b.map_or(0.0, |(_, y)| y)),
    };
    html! {
        @if let Some((value, _)) = mine {
            text.lab x=(r(scale.places.right + 8.0)) y=(r(mine_y)) { (ending(own, scale, short(name), &measure.unit().show(value))) }
        }
        @if let Some((value, _)) = theirs {
            text.labg x=(r(scale.places.right + 8.0)) y=(r(theirs_y)) { (ending(average, scale, group, &measure.unit().show(value))) }
        }
    }
}

/// Name and value; where the line ends before the chart does, its year instead of the name.
fn ending(values: &[(ReportingYear, f64)], scale: &Scale, name: &str, value: &str) -> String {
    match values.last() {
        Some((year, _)) if *year != scale.last => format!("{value} in {year}"),
        _ => format!("{name} {value}"),
    }
}

/// A name that fits beside the chart; the full one stands in the heading.
fn short(name: &str) -> &str {
    if name.chars().count() <= 11 { name } else { "Council" }
}

struct Scale {
    first: ReportingYear,
    last: ReportingYear,
    step: f64,
    low: f64,
    high: f64,
    tick: f64,
    places: Places,
}

impl Scale {
    fn new(
        unit: Unit,
        (first, last): (ReportingYear, ReportingYear),
        values: impl Iterator<Item = f64>,
        places: Places,
    ) -> Self {
        let (low, high) = values.fold((f64::MAX, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let (tick, low, high) = match unit {
            Unit::Percent if low >= 80.0 => (10.0, 80.0, 100.0),
            Unit::Percent => (20.0, (low / 20.0).floor() * 20.0, (high / 20.0).ceil() * 20.0),
            Unit::PerHundredThousand => {
                let tick = step(high);
                (tick, 0.0, (high / tick).ceil() * tick)
            }
        };
        let years = f64::from((last.start_year() - first.start_year()).max(1));
        let step = (places.right - places.left - 2.0 * places.inner) / years;
        Self { first, last, step, low, high: high.max(low + tick), tick, places }
    }

    fn x(&self, year: ReportingYear) -> f64 {
        self.places.left + self.places.inner + f64::from(year.start_year() - self.first.start_year()) * self.step
    }

    /// Half-way between a year and the one before.
    fn between(&self, year: ReportingYear) -> f64 {
        self.x(year) - self.step / 2.0
    }

    fn y(&self, value: f64) -> f64 {
        let Places { top, bottom, .. } = self.places;
        bottom - (value - self.low) / (self.high - self.low) * (bottom - top)
    }
}

/// A line through the years that follow each other within one series.
fn line(values: &[(ReportingYear, f64)], scale: &Scale) -> String {
    let mut path = String::new();
    let mut before: Option<ReportingYear> = None;
    for (year, value) in values {
        path.push_str(&format!(
            "{}{} {}",
            if joined(before, *year) { 'L' } else { 'M' },
            r(scale.x(*year)),
            r(scale.y(*value))
        ));
        before = Some(*year);
    }
    path
}

fn dots(values: &[(ReportingYear, f64)], scale: &Scale) -> String {
    chart::points(values.iter().map(|(year, value)| (scale.x(*year), scale.y(*value))))
}

/// The council's years and those of its group in words, with the breaks in them; each year with its verdict.
fn label(series: &Series, measure: Measure, name: &str, group: &str) -> String {
    let shown = |value: &f64| measure.unit().show(*value);
    let verdict = |year: &ReportingYear| {
        let found = series.verdicts.iter().find(|(other, _)| other == year);
        found.map_or_else(String::new, |(_, verdict)| {
            format!(" ({})", format::uncapital(verdict.title(measure.judgement())))
        })
    };
    let own = chart::years_in_words(series.own.iter().map(|(year, value)| (*year, shown(value) + &verdict(year))));
    let average = chart::years_in_words(series.average.iter().map(|(year, value)| (*year, shown(value))));
    let average = if average.is_empty() { average } else { format!(" Average, {group}: {average}.") };
    format!("{} of {name} by year: {own}.{average}", measure.term())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_ends_early_names_its_year_whichever_line_it_is() {
        let year = |start| ReportingYear::starting_in(start).unwrap();
        let own = vec![(year(2022), 80.0), (year(2023), 84.0), (year(2024), 88.0)];
        let average = own[..2].to_vec();
        let subject = Subject { measure: Measure::Upheld, name: "Derby", group: "Unitaries", synthetic: false };
        let chart = draw(&Series { own, average, ..Series::default() }, subject, Form::Wide).into_string();
        assert!(chart.contains("Derby 88%") && chart.contains("84% in 2023-24"), "{chart}");
        assert!(!chart.contains("Unitaries 84%"), "{chart}");
    }
}
