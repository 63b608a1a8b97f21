//! The funnel of a group: cases across, rate up, the limits of chance as a funnel, this council marked.

use maud::{Markup, html};

use super::chart::{Form, invented, points, r, ticks};
use crate::domain::funnel::Limits;
use crate::domain::interval::float;
use crate::domain::measure::Unit;
use crate::domain::year::ReportingYear;
use crate::read::compare_funnel::GroupFunnel;
use crate::read::statistics::Funnel;

/// Where the parts of a form lie, in units of its view box.
#[derive(Clone, Copy)]
struct Places {
    size: (f64, f64),
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// Base line of the mark of invented figures, clear of every name.
    mark: f64,
    /// Base line of the numbers of cases.
    cases: f64,
    /// From here a name stands before its dot.
    turn: f64,
}

impl Form {
    fn funnel(self) -> Places {
        match self {
            Self::Wide => Places {
                size: super::trend::SIZE,
                left: 40.0,
                right: 548.0,
                top: 18.0,
                bottom: 150.0,
                mark: 12.0,
                cases: 170.0,
                turn: 400.0,
            },
            Self::Narrow => Places {
                size: (358.0, 252.0),
                left: 46.0,
                right: 350.0,
                top: 44.0,
                bottom: 216.0,
                mark: 18.0,
                cases: 243.0,
                turn: 190.0,
            },
        }
    }
}

/// The chart.
pub fn funnel(funnel: &Funnel, name: &str, group: &str, synthetic: bool, form: Form) -> Markup {
    let low = lowest(funnel.others.iter().map(|(_, value)| *value).chain([funnel.own.1]));
    let scale = Scale { most: funnel.most(), low, places: form.funnel() };
    let (own_x, own_y) = (scale.x(funnel.own.0), scale.y(funnel.own.1));
    let (anchor, at) = scale.beside(own_x);
    html! {
        svg.trend.funnel.tall[form == Form::Narrow] viewBox=(scale.view_box()) role="img" aria-label=(label(funnel, name, group)) {
            (ground(&funnel.limits, funnel.expected, &scale, synthetic))
            path.dots d=(dots(&funnel.others, &scale)) {}
            path.dots.mine d=(points([(own_x, own_y)])) {}
            text.lab x=(r(at)) y=(r((own_y - 8.0).max(scale.places.top + 4.0))) text-anchor=(anchor) { (name) }
        }
    }
}

/// Names drawn in the funnel of a group: more would cover each other.
const MOST_NAMED: usize = 6;

/// The funnel of a whole group.
pub fn of_group(funnel: &GroupFunnel<'_>, group: &str, year: ReportingYear, synthetic: bool, form: Form) -> Markup {
    let most = funnel.points.iter().map(|one| one.cases).max().unwrap_or(1);
    let scale = Scale { most, low: lowest(funnel.points.iter().map(|one| one.value)), places: form.funnel() };
    let marked = |clear: bool| {
        let of = funnel.points.iter().filter(|one| one.is_clear == clear);
        of.map(|one| (one.cases, one.value)).collect::<Vec<_>>()
    };
    html! {
        svg.trend.funnel.tall[form == Form::Narrow] viewBox=(scale.view_box()) role="img" aria-label=(group_label(funnel, group, year)) {
            (ground(&funnel.limits, funnel.expected, &scale, synthetic))
            path.dots d=(dots(&marked(false), &scale)) {}
            path.dots.mine d=(dots(&marked(true), &scale)) {}
            @for one in funnel.points.iter().filter(|one| one.is_clear).take(MOST_NAMED) {
                @let x = scale.x(one.cases);
                @let (anchor, at) = scale.beside(x);
                text.lab x=(r(at)) y=(r(scale.y(one.value) + 4.0)) text-anchor=(anchor) { (one.name) }
            }
        }
    }
}

fn group_label(funnel: &GroupFunnel<'_>, group: &str, year: ReportingYear) -> String {
    let clear: Vec<String> = funnel
        .points
        .iter()
        .filter(|one| one.is_clear)
        .map(|one| format!("{} at {} of {} cases", one.name, Unit::Percent.show(one.value), one.cases))
        .collect();
    let beyond = if clear.is_empty() {
        "none lies beyond the 99.8% limits".to_owned()
    } else {
        format!("beyond the 99.8% limits: {}", crate::domain::format::listed(&clear))
    };
    format!(
        "{} {group} in {year} around {}; {beyond}.",
        funnel.points.len(),
        Unit::Percent.show(funnel.expected * 100.0)
    )
}

/// What lies under the councils: the limits, the axes, the rate expected.
fn ground(limits: &[Limits], expected: f64, scale: &Scale, synthetic: bool) -> Markup {
    let expected = r(scale.y(expected * 100.0));
    let Places { left, right, mark, cases, .. } = scale.places;
    html! {
        path.f2 d=(band(limits, |one| one.outer, scale)) {}
        path.f1 d=(band(limits, |one| one.inner, scale)) {}
        @for value in scale.ticks() {
            line.ax x1=(r(left)) x2=(r(right)) y1=(r(scale.y(value))) y2=(r(scale.y(value))) {}
            text x=(r(left - 6.0)) y=(r(scale.y(value) + 4.0)) text-anchor="end" { (Unit::Percent.show(value)) }
        }
        line.grp x1=(r(left)) x2=(r(right)) y1=(expected) y2=(expected) {}
        (invented(synthetic, right, mark, "end"))
        text x=(r(left)) y=(r(cases)) { "1 case" }
        text x=(r(right)) y=(r(cases)) text-anchor="end" { (crate::domain::format::count(scale.most)) " cases" }
    }
}

struct Scale {
    most: u64,
    low: f64,
    places: Places,
}

impl Scale {
    fn view_box(&self) -> String {
        format!("0 0 {} {}", self.places.size.0, self.places.size.1)
    }

    /// Which end of a name stands beside a dot, and where.
    fn beside(&self, x: f64) -> (&'static str, f64) {
        if x > self.places.turn { ("end", x - 9.0) } else { ("start", x + 9.0) }
    }

    /// Square root of the cases: most councils have few.
    fn x(&self, cases: u64) -> f64 {
        let share = ((float(cases).sqrt() - 1.0) / (float(self.most).sqrt() - 1.0).max(1e-9)).clamp(0.0, 1.0);
        let Places { left, right, .. } = self.places;
        left + share * (right - left)
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        ticks(self.low, 100.0, if self.low >= 60.0 { 10.0 } else { 20.0 })
    }

    fn y(&self, value: f64) -> f64 {
        let Places { top, bottom, .. } = self.places;
        bottom - (value.max(self.low) - self.low) / (100.0 - self.low) * (bottom - top)
    }
}

/// The lowest rate that has to fit.
fn lowest(values: impl Iterator<Item = f64>) -> f64 {
    let low = values.fold(100.0, f64::min);
    if low >= 60.0 { (low / 10.0).floor() * 10.0 } else { (low / 20.0).floor() * 20.0 }.min(80.0)
}

fn band(limits: &[Limits], pick: impl Fn(&Limits) -> (f64, f64), scale: &Scale) -> String {
    let point = |one: &Limits, share: f64| format!("{} {}", r(scale.x(one.cases)), r(scale.y(share * 100.0)));
    let upper = limits.iter().map(|one| point(one, pick(one).1));
    let lower = limits.iter().rev().map(|one| point(one, pick(one).0));
    let points: Vec<String> = upper.chain(lower).collect();
    if points.is_empty() { String::new() } else { format!("M{}z", points.join("L")) }
}

fn dots(others: &[(u64, f64)], scale: &Scale) -> String {
    let mut sorted = others.to_vec();
    sorted.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    points(sorted.iter().map(|(cases, value)| (scale.x(*cases), scale.y(*value))))
}

fn label(funnel: &Funnel, name: &str, group: &str) -> String {
    format!(
        "{name} with {} at {}, among {} other {group} in {}; their rate is {}. Funnels show where chance alone leaves 95% and 99.8% of councils.",
        crate::domain::format::counted(funnel.own.0, "case", "cases"),
        Unit::Percent.show(funnel.own.1),
        funnel.others.len(),
        funnel.year,
        Unit::Percent.show(funnel.expected * 100.0),
    )
}
