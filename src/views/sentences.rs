//! Figures as sentences. Every figure has one, so that nobody has to read a chart.

use crate::domain::compare::Verdict;
use crate::domain::council::CouncilKind;
use crate::domain::figure::{Figure, FigureValue};
use crate::domain::measure::Measure;

use crate::domain::format;

/// The figure in plain words, with counts, verdict, average and the group's name.
pub fn figure(figure: &Figure, national: Option<f64>) -> String {
    let mut text = what(figure);
    if let Some(late) = figure.late.filter(|late| *late > 0) {
        let late = match (figure.numerator, late) {
            (Some(1), _) => " It was late.".to_owned(),
            (_, 1) => " One of them was late.".to_owned(),
            (_, late) => format!(" {} of them were late.", format::count(late)),
        };
        text.push_str(&late);
    }
    text.push(' ');
    text.push_str(&comparison(figure, national));
    text
}

fn what(figure: &Figure) -> String {
    let shown = format::value(figure);
    let counts = figure.numerator.zip(figure.denominator).filter(|(top, bottom)| top <= bottom);
    match (figure.measure, figure.value, counts) {
        (Measure::Upheld, FigureValue::NothingDue, _) => {
            "No complaint was investigated in detail, so there is no rate.".to_owned()
        }
        (Measure::Compliance, FigureValue::NothingDue, _) => {
            "No recommendation was due to be checked, so there is no rate.".to_owned()
        }
        (_, FigureValue::NothingDue, _) => {
            "No complaint was upheld, so nothing was due and there is no rate.".to_owned()
        }
        (_, FigureValue::NotKnown, _) => not_known(figure),
        (Measure::Upheld, _, Some((top, bottom))) => {
            format!("In {shown} of the cases investigated ({top} of {bottom}) the Ombudsman found fault.")
        }
        (Measure::Compliance, _, Some((top, bottom))) if top == bottom => {
            format!(
                "In every case ({top} of {bottom}, {shown}) the Ombudsman was satisfied that the council did what it had agreed."
            )
        }
        (Measure::Compliance, _, Some((top, bottom))) => {
            format!(
                "In {shown} of cases ({top} of {bottom}) the Ombudsman was satisfied that the council did what it had agreed."
            )
        }
        (Measure::SatisfactoryRemedies, _, Some((top, bottom))) => {
            format!(
                "In {shown} of upheld cases ({top} of {bottom}) the council had already offered a satisfactory remedy before the complaint reached the Ombudsman."
            )
        }
        (Measure::UpheldPer100k, _, Some((top, _))) => {
            format!(
                "{}, {shown} for every 100,000 residents.",
                format::counted(top, "complaint was upheld", "complaints were upheld")
            )
        }
        (_, _, None) => format!("The rate published is {shown}; the counts behind it have not been loaded."),
    }
}

fn not_known(figure: &Figure) -> String {
    match (figure.numerator, figure.denominator) {
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
    let verdict = verdict(figure.verdict, figure.similar.group);
    let averages: Vec<String> = average.into_iter().chain(england).collect();
    match (verdict, averages.is_empty()) {
        (Some(verdict), false) => format!("{verdict}; {}.", averages.join("; ")),
        (Some(verdict), true) => format!("{verdict}."),
        (None, false) if figure.similar.published.is_none() && figure.similar.computed.is_none() => {
            national.map_or_else(String::new, |value| format!("The average of England was {}.", unit.show(value)))
        }
        (None, false) => format!("{}.", capital(&averages.join("; "))),
        (None, true) => "No average of similar authorities has been loaded.".to_owned(),
    }
}

fn verdict(verdict: Verdict, group: CouncilKind) -> Option<String> {
    let text = match verdict {
        Verdict::Higher => format!("That is higher than expected for {}", group.group()),
        Verdict::PossiblyHigher => format!("That is possibly higher than expected for {}", group.group()),
        Verdict::Within => "That is within the range expected".to_owned(),
        Verdict::PossiblyLower => format!("That is possibly lower than expected for {}", group.group()),
        Verdict::Lower => format!("That is lower than expected for {}", group.group()),
        Verdict::TooFew => "That is too few cases to say how it compares".to_owned(),
        Verdict::NoRate | Verdict::NotCompared => return None,
    };
    Some(text)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}
