//! The rules for early signs, and the sentences that tell of them.

use jiff::civil::Date;

use super::{Evidence, Found, Sign};
use crate::domain::chance::{self, Limit, Side};
use crate::domain::compare::Verdict;
use crate::domain::figure::{Figure, FigureValue};
use crate::domain::format;
use crate::domain::measure::{Family, Judgement, Measure, Unit};
use crate::domain::year::ReportingYear;

/// Things that are counted, and a day that tells of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// How many; never 0.
    pub count: u64,
    /// Of reports the day of the newest; of promises the day on which the longest overdue was due.
    pub day: Date,
}

/// Lists of which anything is loaded, of whichever council: in an empty one nothing can be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lists {
    /// Whether a public report of the year is.
    pub reports: bool,
    /// Whether a promise agreed by the day is.
    pub promises: bool,
}

/// What the signs of one council and year are found in.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The year.
    pub year: ReportingYear,
    /// The council's figures of the year and at least the two before it.
    pub figures: Vec<(ReportingYear, &'a Figure)>,
    /// Public reports of the year.
    pub reports: Option<Counted>,
    /// Promises overdue on the day.
    pub overdue: Option<Counted>,
    /// The lists that these are looked for in.
    pub lists: Lists,
    /// The day for which promises are looked at.
    pub day: Date,
}

/// Measures that can lie outside the limits.
fn compared() -> impl Iterator<Item = Measure> {
    Measure::of_the_letters().chain([Measure::LateCompliance])
}

/// Complaints received about one service area each.
fn services() -> impl Iterator<Item = Measure> {
    Measure::of_family(Family::Received).filter(|measure| *measure != Measure::ReceivedPer100k)
}

/// The sides of a measure that are signs: of what may be judged only the worse one.
fn sides(measure: Measure) -> &'static [Side] {
    match measure.judgement() {
        Judgement::Neutral => &[Side::Above, Side::Below],
        Judgement::HigherIsBetter => &[Side::Below],
        Judgement::HigherIsWorse => &[Side::Above],
    }
}

/// Whether a verdict lies beyond a limit on a side.
fn is_beyond(verdict: Verdict, side: Side, limit: Limit) -> bool {
    match (side, limit) {
        (Side::Above, Limit::Outer) => verdict == Verdict::Higher,
        (Side::Below, Limit::Outer) => verdict == Verdict::Lower,
        (Side::Above, Limit::Inner) => matches!(verdict, Verdict::Higher | Verdict::PossiblyHigher),
        (Side::Below, Limit::Inner) => matches!(verdict, Verdict::Lower | Verdict::PossiblyLower),
    }
}

/// The last three years up to this one that count the same things, newest first.
pub fn comparable_years(year: ReportingYear) -> Vec<ReportingYear> {
    let mut years = vec![year];
    let mut newest = year;
    while years.len() < 3 && !newest.starts_a_new_series() {
        newest = newest.previous();
        years.push(newest);
    }
    years
}

impl Facts<'_> {
    fn figure(&self, year: ReportingYear, measure: Measure) -> Option<&Figure> {
        self.figures.iter().find(|(of, figure)| *of == year && figure.measure == measure).map(|(_, figure)| *figure)
    }

    fn now(&self, measure: Measure) -> Option<&Figure> {
        self.figure(self.year, measure)
    }

    /// Whether a rule could find anything: what it looks at is known and, where it compares, rests on enough cases. Of the
    /// lists of reports and promises nobody can see the gaps, but that one is empty.
    pub fn can_look_for(&self, sign: Sign) -> bool {
        let is_compared = |measure| self.now(measure).is_some_and(|figure| figure.verdict.is_compared());
        match sign {
            Sign::OutsideLimits => compared().any(is_compared),
            Sign::OutsideAgain => compared().any(|measure| self.years_compared(measure).len() > 1),
            Sign::NotCarriedOut => {
                self.now(Measure::Compliance).is_some_and(|figure| matches!(figure.value, FigureValue::Rate(_)))
            }
            Sign::LateMoreOften => is_compared(Measure::LateCompliance),
            Sign::OneService => services().any(is_compared),
            Sign::FewReceived => is_compared(Measure::ReceivedPer100k),
            Sign::PublicReport => self.lists.reports,
            Sign::Overdue => self.lists.promises,
        }
    }

    /// The years, oldest first, of the three in which a figure of the measure was compared.
    fn years_compared(&self, measure: Measure) -> Vec<(ReportingYear, &Figure)> {
        let years = comparable_years(self.year).into_iter().rev();
        years
            .filter_map(|year| Some((year, self.figure(year, measure)?)))
            .filter(|(_, figure)| figure.verdict.is_compared())
            .collect()
    }

    /// The signs, in the order of lists.
    pub fn signs(&self) -> Vec<Found> {
        let mut found = Vec::new();
        for measure in compared() {
            for side in sides(measure) {
                if let Some(figure) = self.now(measure).filter(|one| is_beyond(one.verdict, *side, Limit::Outer)) {
                    found.push(self.of_figure(Sign::OutsideLimits, figure));
                }
            }
        }
        for measure in compared() {
            found.extend(sides(measure).iter().filter_map(|side| self.again(measure, *side)));
        }
        found.extend(self.not_carried_out());
        if let Some(late) = self.now(Measure::LateCompliance)
            && is_beyond(late.verdict, Side::Above, Limit::Inner)
        {
            found.push(self.of_figure(Sign::LateMoreOften, late));
        }
        found.extend(self.reports.map(|reports| self.report(reports)));
        for figure in services().filter_map(|measure| self.now(measure)) {
            if is_beyond(figure.verdict, Side::Above, Limit::Outer) {
                found.push(self.of_figure(Sign::OneService, figure));
            }
        }
        found.extend(self.overdue.map(|overdue| self.promise(overdue)));
        if let Some(received) = self.now(Measure::ReceivedPer100k)
            && is_beyond(received.verdict, Side::Below, Limit::Outer)
        {
            found.push(self.of_figure(Sign::FewReceived, received));
        }
        found
    }

    /// How many signs of a kind chance alone would raise for this council.
    pub fn by_chance(&self, sign: Sign) -> f64 {
        let now = |measure, side, limit| self.now(measure).map_or(0.0, |figure| chance::beyond(figure, side, limit));
        let of = |measure: Measure, chance: &dyn Fn(Side) -> f64| -> f64 {
            sides(measure).iter().map(|side| chance(*side)).sum()
        };
        match sign {
            Sign::OutsideLimits => {
                compared().map(|measure| of(measure, &|side| now(measure, side, Limit::Outer))).sum()
            }
            Sign::OutsideAgain => compared()
                .map(|measure| {
                    of(measure, &|side| {
                        let years = comparable_years(self.year);
                        let figures = years.into_iter().filter_map(|year| self.figure(year, measure));
                        let chances: Vec<f64> =
                            figures.map(|figure| chance::beyond(figure, side, Limit::Inner)).collect();
                        chance::at_least_two(&chances)
                    })
                })
                .sum(),
            Sign::LateMoreOften => now(Measure::LateCompliance, Side::Above, Limit::Inner),
            Sign::OneService => services().map(|measure| now(measure, Side::Above, Limit::Outer)).sum(),
            Sign::FewReceived => now(Measure::ReceivedPer100k, Side::Below, Limit::Outer),
            Sign::NotCarriedOut | Sign::PublicReport | Sign::Overdue => 0.0,
        }
    }

    fn of_figure(&self, sign: Sign, figure: &Figure) -> Found {
        let verdict = format::uncapital(figure.verdict.title(figure.measure.judgement()));
        let evidence = format!(
            "{}, {}: {}{}; {verdict}, {}.",
            figure.measure.term(),
            self.year,
            with_counts(figure),
            against(figure),
            figure.verdict.note(),
        );
        Found { sign, evidence, stands: Evidence::Statistics(figure.measure), day: None }
    }

    fn again(&self, measure: Measure, side: Side) -> Option<Found> {
        let years = self.years_compared(measure);
        let outside: Vec<String> = years
            .iter()
            .filter(|(_, figure)| is_beyond(figure.verdict, side, Limit::Inner))
            .map(|(year, figure)| format!("{} in {year}", with_counts(figure)))
            .collect();
        if outside.len() < 2 {
            return None;
        }
        let way = match side {
            Side::Above => "above",
            Side::Below => "below",
        };
        let ((first, _), (last, _)) = (years.first()?, years.last()?);
        let often = match years.len() {
            2 => format!("both years that can be compared, {first} and {last}"),
            all if all == outside.len() => format!("each of the {all} years {first} to {last}"),
            all => format!("{} of the {all} years {first} to {last}", outside.len()),
        };
        let evidence = format!("{} {way} the range expected in {often}: {}.", measure.term(), format::listed(&outside));
        Some(Found { sign: Sign::OutsideAgain, evidence, stands: Evidence::Statistics(measure), day: None })
    }

    fn not_carried_out(&self) -> Option<Found> {
        let figure = self.now(Measure::Compliance)?;
        let evidence = match (figure.numerator.zip(figure.denominator), figure.value) {
            (Some((done, due)), FigureValue::Rate(_)) if done < due => format!(
                "In {} of {} of {} the council had not done what it agreed (compliance {}).",
                format::count(due - done),
                format::counted(due, "case", "cases"),
                self.year,
                format::value(figure)
            ),
            (None, FigureValue::Rate(value)) if value < 100.0 => {
                format!("Compliance in {} was published as {}.", self.year, format::value(figure))
            }
            _ => return None,
        };
        Some(Found {
            sign: Sign::NotCarriedOut,
            evidence,
            stands: Evidence::Statistics(Measure::Compliance),
            day: None,
        })
    }

    fn report(&self, reports: Counted) -> Found {
        let (year, day) = (self.year, format::date(reports.day));
        let evidence = match reports.count {
            1 => format!("1 public report in {year}, of {day}."),
            count => format!("{} public reports in {year}, the last of {day}.", format::count(count)),
        };
        Found { sign: Sign::PublicReport, evidence, stands: Evidence::Reports, day: Some(reports.day) }
    }

    fn promise(&self, overdue: Counted) -> Found {
        let (day, since) = (format::date(self.day), format::date(overdue.day));
        let evidence = match overdue.count {
            1 => format!("1 promise was overdue on {day}: it was due on {since}."),
            count => {
                format!("{} promises were overdue on {day}; the first was due on {since}.", format::count(count))
            }
        };
        Found { sign: Sign::Overdue, evidence, stands: Evidence::Improvements, day: Some(overdue.day) }
    }
}

/// A rate with what it is made of: `54% (7 of 13)`, `3.1 (25 for 807,692 residents)`.
fn with_counts(figure: &Figure) -> String {
    let value = format::value(figure);
    match (figure.measure.unit(), figure.numerator, figure.denominator) {
        (Unit::Percent, Some(top), Some(bottom)) => {
            format!("{value} ({} of {})", format::count(top), format::count(bottom))
        }
        (Unit::PerHundredThousand, Some(top), Some(bottom)) => {
            format!("{value} ({} for {} residents)", format::count(top), format::count(bottom))
        }
        _ => value,
    }
}

/// The rate that the verdict compares with, in words.
fn against(figure: &Figure) -> String {
    let (unit, group) = (figure.measure.unit(), figure.similar.group.group());
    match (figure.similar.computed, figure.similar.published) {
        (Some(rate), _) => format!(" against {} for all {group} together", unit.show(rate)),
        (None, Some(rate)) => format!(" against the published average of {group}, {}", unit.show(rate)),
        (None, None) => String::new(),
    }
}
