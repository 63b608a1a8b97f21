//! How numbers, dates and counts are written. Every visible number passes here.

use jiff::civil::Date;

use super::chance::Marks;
use super::council::{Council, Residents};
use super::figure::{Figure, FigureValue};
use super::interval::Interval;
use super::measure::{Unit, round_half_up};
use super::shrinkage::RankRange;
use super::year::ReportingYear;

/// `22 July 2020`.
pub fn date(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// `1 April 2019 to 31 March 2020`.
pub fn period(year: ReportingYear) -> String {
    format!("{} to {}", date(year.first_day()), date(year.last_day()))
}

/// A count with commas: `263,490`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count and its noun: `1 decision`, `2 decisions`.
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A count and its noun, given in the plural: `1 boundary`, `1,162 improvements`.
pub fn counted_of(number: u64, plural: &str) -> String {
    let one = match plural.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => plural.strip_suffix('s').unwrap_or(plural).to_owned(),
    };
    counted(number, &one, plural)
}

/// The size of a file: `812 bytes`, `978.6 kB`, `10.1 MB`.
pub fn size(bytes: u64) -> String {
    let tenths = |unit: u64| (bytes.saturating_mul(10) + unit / 2) / unit;
    let shown = |tenths: u64, unit: &str| format!("{}.{} {unit}", count(tenths / 10), tenths % 10);
    match bytes {
        0..1_000 => counted(bytes, "byte", "bytes"),
        1_000..1_000_000 => shown(tenths(1_000), "kB"),
        _ => shown(tenths(1_000_000), "MB"),
    }
}

/// Names in a sentence: `Derby, Leicester and Nottingham`.
pub fn listed<Name: AsRef<str>>(names: &[Name]) -> String {
    let mut text = String::new();
    for (place, name) in names.iter().enumerate() {
        if place > 0 {
            text.push_str(if place + 1 == names.len() { " and " } else { ", " });
        }
        text.push_str(name.as_ref());
    }
    text
}

/// The value of a figure as one reads it: `54%`, `No rate`, `Not known`.
pub fn value(figure: &Figure) -> String {
    match figure.value {
        FigureValue::Rate(value) => figure.measure.unit().show(shown_value(figure, value)),
        FigureValue::NothingDue => "No rate".to_owned(),
        FigureValue::NotKnown => "Not known".to_owned(),
    }
}

/// A rate per 100,000 is shown as published where it was published: the population behind it is the
/// publisher's, and ours may be of another year.
fn shown_value(figure: &Figure, value: f64) -> f64 {
    match figure.measure.unit() {
        Unit::PerHundredThousand => figure.published_value.unwrap_or(value),
        Unit::Percent => value,
    }
}

/// The counts under a rate: `7 of 13`; where the number of residents is not known, the one count that is: `13 in all`.
pub fn counts(figure: &Figure) -> Option<String> {
    if figure.lacks_residents() {
        return Some(format!("{} in all", count(figure.numerator?)));
    }
    Some(format!("{} of {}", count(figure.numerator?), count(figure.denominator?)))
}

/// What the bottom of the fraction counts: `detailed investigations`, `residents in 2021`.
pub fn denominator(figure: &Figure) -> String {
    let words = figure.measure.denominator();
    figure.residents_year.map_or_else(|| words.to_owned(), |year| format!("{words} in {year}"))
}

/// The interval of a figure: `29% to 77%`.
pub fn interval(figure: &Figure) -> Option<String> {
    figure.interval.map(|interval| range(figure.measure.unit(), interval))
}

/// An interval in the unit of its measure.
pub fn range(unit: Unit, interval: Interval) -> String {
    format!("{} to {}", unit.show(interval.low), unit.show(interval.high))
}

/// A place in a group, as far as the counts can tell: `between 60th and 110th of 164`.
pub fn rank(range: RankRange) -> String {
    let RankRange { best, worst, of } = range;
    if best == worst {
        return format!("{} of {}", ordinal(best), count(of));
    }
    format!("between {} and {} of {}", ordinal(best), ordinal(worst), count(of))
}

/// `1st`, `2nd`, `3rd`, `11th`, `101st`.
fn ordinal(number: u64) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{ending}", count(number))
}

/// The average beside a figure as one shows it: published where known, else computed.
pub fn similar(figure: &Figure) -> Option<String> {
    figure.similar.published.or(figure.similar.computed).map(|value| figure.measure.unit().show(value))
}

/// How many of what is compared, councils or figures, are marked, and what chance alone would mark.
pub fn marks(what: &str, marks: Marks) -> String {
    let Marks { compared, marked, clearly, by_chance } = marks;
    let about = |number: f64| {
        if number < 0.5 { "hardly any".to_owned() } else { format!("about {}", round_half_up(number)) }
    };
    let all = about(by_chance.all);
    if compared == 0 {
        return "None can be compared.".to_owned();
    }
    if marked == 0 {
        return format!(
            "Of {compared} {what} compared, none is marked as outside the range expected; chance alone would mark {all}."
        );
    }
    let are = if marked == 1 { "is" } else { "are" };
    let how = match (marked, clearly) {
        (1, 0) => ", but not clearly".to_owned(),
        (_, 0) => ", none of them clearly".to_owned(),
        (1, _) => ", and clearly".to_owned(),
        (_, clearly) => format!(", {clearly} of them clearly"),
    };
    let clear =
        if by_chance.all < 0.5 { String::new() } else { format!(", {} of them clearly", about(by_chance.clear)) };
    format!(
        "Of {compared} {what} compared, {marked} {are} marked as outside the range expected{how}; chance alone would mark {all}{clear}."
    )
}

/// With a capital letter at the start.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// With a small letter at the start, for the middle of a sentence.
pub fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + letters.as_str())
}

/// What a council is, in one line: kind, services, residents; of one that has ended by a day, what it was.
pub fn what_it_is(council: &Council, residents: Option<Residents>, today: Date) -> String {
    let residents = residents
        .map(|residents| format!(" {} residents in {}.", count(residents.count), residents.year))
        .unwrap_or_default();
    let kind = council.kind;
    match council.ended_by(today) {
        Some(_) => format!("It was a {}. {}{residents}", in_a_sentence(council.kind_title()), kind.former_services()),
        None => format!("{}. {}{residents}", council.kind_title(), kind.services()),
    }
}

/// A title within a sentence: names of places keep their capital letter.
fn in_a_sentence(title: &str) -> String {
    if title.starts_with("London") { title.to_owned() } else { uncapital(title) }
}

/// A count against an earlier one: "+12", "−3", "0"; nothing where either is not known.
pub fn difference(now: Option<u64>, before: Option<u64>) -> String {
    match (now, before) {
        (Some(now), Some(before)) if now > before => format!("+{}", count(now - before)),
        (Some(now), Some(before)) if now < before => format!("−{}", count(before - now)),
        (Some(_), Some(_)) => "0".to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::chance::MarksByChance;
    use super::*;

    #[test]
    fn marks_are_said_beside_what_chance_would_mark() {
        let of = |compared, marked, clearly, all, clear| Marks {
            compared,
            marked,
            clearly,
            by_chance: MarksByChance { all, clear },
        };
        let said = |marked, clearly, all, clear| marks("figures", of(142, marked, clearly, all, clear));
        assert_eq!(
            said(58, 30, 5.2, 0.2),
            "Of 142 figures compared, 58 are marked as outside the range expected, 30 of them clearly; chance alone would mark about 5, hardly any of them clearly."
        );
        assert_eq!(
            said(0, 0, 0.2, 0.0),
            "Of 142 figures compared, none is marked as outside the range expected; chance alone would mark hardly any."
        );
        assert_eq!(
            said(1, 0, 0.2, 0.0),
            "Of 142 figures compared, 1 is marked as outside the range expected, but not clearly; chance alone would mark hardly any."
        );
        assert_eq!(marks("figures", of(0, 0, 0, 0.0, 0.0)), "None can be compared.");
    }

    #[test]
    fn counts_have_commas_and_dates_read_as_written() {
        assert_eq!(count(999), "999");
        assert_eq!(count(263_490), "263,490");
        assert_eq!(count(1_000_000), "1,000,000");
        assert_eq!(listed(&["Derby", "Leeds", "York"]), "Derby, Leeds and York");
        assert_eq!(date(jiff::civil::date(2020, 7, 2)), "2 July 2020");
        let rank = |best, worst| rank(RankRange { best, worst, of: 164 });
        assert_eq!((rank(2, 111), rank(23, 23)), ("between 2nd and 111th of 164".to_owned(), "23rd of 164".to_owned()));
        assert_eq!(counted_of(1, "replies"), "1 reply");
        assert_eq!(counted_of(1, "statistical neighbours"), "1 statistical neighbour");
        assert_eq!(counted_of(1162, "improvements"), "1,162 improvements");
    }
}
