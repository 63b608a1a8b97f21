//! Figures as sentences. Every figure has one, so that nobody has to read a chart.

use jiff::civil::Date;

use crate::domain::compare::Verdict;
use crate::domain::figure::{Figure, FigureValue};
use crate::domain::measure::{Measure, Sentences};
use crate::domain::year::ReportingYear;

use crate::domain::format;

/// The figure in plain words, with counts, verdict, average and the group's name.
pub fn figure(figure: &Figure, national: Option<f64>) -> String {
    format!("{} {}{}", what(figure), comparison(figure, national), lateness(figure))
}

/// Of a council that began after a year, why it has no figures of it.
pub fn not_begun(from: Date, year: ReportingYear) -> String {
    let day = format::date(from);
    format!("It began on {day}. The figures of {year} are those of the councils before it and stand on their pages.")
}

/// What happened, with counts, and the verdict; no averages.
pub fn brief(figure: &Figure) -> String {
    let verdict = verdict(figure).map(|verdict| format!(" {verdict}."));
    format!("{}{}{}", what(figure), verdict.unwrap_or_default(), lateness(figure))
}

/// What happened with the verdicts on a figure and on one that belongs to it, as lateness does to what was done.
pub fn brief_with(figure: &Figure, beside: Option<&Figure>) -> String {
    let other = beside.filter(|one| one.verdict != Verdict::Within && one.verdict.is_compared());
    match (other, verdict(figure)) {
        (None, _) => brief(figure),
        (Some(other), own) => {
            let own = own.map(|verdict| format!(" {verdict}.")).unwrap_or_default();
            let title = format::uncapital(other.verdict.title(other.measure.judgement()));
            let late = format!(" Lateness is {title} for {}.", other.similar.group.group());
            format!("{}{own}{}{late}", what(figure), lateness(figure))
        }
    }
}

/// A verdict on a number told before, as a sentence; nothing where it was not compared.
pub(super) fn is_that(verdict: Verdict, measure: Measure) -> String {
    match verdict {
        Verdict::NoRate | Verdict::NotCompared => String::new(),
        Verdict::TooFew => "That is too few to say how it compares.".to_owned(),
        _ => format!("That is {}.", format::uncapital(verdict.title(measure.judgement()))),
    }
}

/// The averages that a figure stands beside, in a sentence.
pub fn averages(figure: &Figure, national: Option<f64>) -> String {
    let unit = figure.measure.unit();
    let group = figure.similar.group.group();
    let average = match (figure.similar.published, figure.similar.computed) {
        (Some(value), _) => Some(format!("similar authorities ({group}) {}", unit.show(value))),
        (None, Some(value)) => Some(format!("similar authorities ({group}), as computed here, {}", unit.show(value))),
        (None, None) => None,
    };
    let england = national.map(|value| format!("England {}", unit.show(value)));
    let averages: Vec<String> = average.into_iter().chain(england).collect();
    if averages.is_empty() {
        return "No average of similar authorities has been loaded.".to_owned();
    }
    format!("Average {}: {}.", format::uncapital(figure.measure.term()), averages.join("; "))
}

/// How many of those carried out were late, after a space; nothing where none was. It stands behind the verdict, which is about what
/// was carried out: lateness is a measure with a verdict of its own.
fn lateness(figure: &Figure) -> String {
    match (figure.numerator, figure.late.filter(|late| *late > 0)) {
        (_, None) => String::new(),
        (Some(1), _) => " The one carried out was late.".to_owned(),
        (Some(all), Some(1)) => format!(" One of the {} carried out was late.", format::count(all)),
        (Some(all), Some(late)) => {
            format!(" {} of the {} carried out were late.", format::count(late), format::count(all))
        }
        (None, Some(late)) => format!(" {} carried out late.", format::count(late)),
    }
}

/// The figure alone in a sentence, with its counts.
pub(super) fn what(figure: &Figure) -> String {
    let sentences = &figure.measure.definition().sentences;
    let counts = figure.numerator.zip(figure.denominator).filter(|(top, bottom)| top <= bottom);
    match (figure.value, counts) {
        (FigureValue::NothingDue, _) => sentences.nothing_due.to_owned(),
        (FigureValue::NotKnown, _) => not_known(figure),
        (FigureValue::Rate(_), Some((top, bottom))) => {
            let template = match sentences {
                Sentences { all: Some(all), .. } if top == bottom => all,
                Sentences { one: Some(one), .. } if top == 1 => one,
                sentences => sentences.value,
            };
            template
                .replace("{rate}", &format::value(figure))
                .replace("{counts}", &format::counts(figure).unwrap_or_default())
                .replace("{top}", &format::count(top))
        }
        (FigureValue::Rate(_), None) => {
            format!("The rate published is {}; the counts behind it have not been loaded.", format::value(figure))
        }
    }
}

fn not_known(figure: &Figure) -> String {
    match (figure.numerator, figure.denominator) {
        (Some(top), None) if figure.lacks_residents() => format!(
            "{} {}; the number of residents is not known here, so there is no rate.",
            format::count(top),
            figure.measure.numerator()
        ),
        (Some(top), _) => format!(
            "{} {}; the rest has not been loaded, so there is no rate here.",
            format::count(top),
            figure.measure.numerator()
        ),
        (None, Some(bottom)) => format!(
            "{} {}; the rest has not been loaded, so there is no rate here.",
            format::count(bottom),
            figure.measure.denominator()
        ),
        (None, None) => "The council’s own figure has not been loaded.".to_owned(),
    }
}

fn comparison(figure: &Figure, national: Option<f64>) -> String {
    let unit = figure.measure.unit();
    let group = figure.similar.group.group();
    let average = match (figure.similar.published, figure.similar.computed) {
        (Some(value), _) => Some(format!("the average of similar authorities ({group}) was {}", unit.show(value))),
        (None, Some(value)) => {
            Some(format!("similar authorities ({group}) together had {}, as computed here", unit.show(value)))
        }
        (None, None) => None,
    };
    let england = national.map(|value| format!("of England, {}", unit.show(value)));
    let verdict = verdict(figure);
    let averages: Vec<String> = average.into_iter().chain(england).collect();
    match (verdict, averages.is_empty()) {
        (Some(verdict), false) => format!("{verdict}; {}.", averages.join("; ")),
        (Some(verdict), true) => format!("{verdict}."),
        (None, false) if figure.similar.published.is_none() && figure.similar.computed.is_none() => {
            national.map_or_else(String::new, |value| format!("The average of England was {}.", unit.show(value)))
        }
        (None, false) => format!("{}.", format::capital(&averages.join("; "))),
        (None, true) => "No average of similar authorities has been loaded.".to_owned(),
    }
}

fn verdict(figure: &Figure) -> Option<String> {
    let title = format::uncapital(figure.verdict.title(figure.measure.judgement()));
    match figure.verdict {
        Verdict::Higher | Verdict::PossiblyHigher | Verdict::PossiblyLower | Verdict::Lower => {
            Some(format!("That is {title} for {}", figure.similar.group.group()))
        }
        Verdict::Within => Some(format!("That is {title}")),
        Verdict::TooFew => Some("That is too few cases to say how it compares".to_owned()),
        Verdict::NoRate | Verdict::NotCompared => None,
    }
}
