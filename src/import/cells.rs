//! What a single cell may hold: counts, rates, dates, words, texts, addresses.

use jiff::civil::{Date, date};

use super::problems::{Findings, quoted};
use super::table::{Cell, Row};
use crate::domain::field::CellKind;
use crate::domain::location::Location;
use crate::domain::odd_character::turns_text;
use crate::domain::year::ReportingYear;

/// No count of complaints, nor any population of a council, is larger.
const MOST: f64 = 20_000_000.0;
/// The office of the Local Ombudsman opened in 1974.
const FIRST_DAY: Date = date(1974, 4, 1);

/// The spaces that typesetters put between digits: no-break, figure, punctuation, thin and narrow no-break.
pub(super) fn is_narrow_space(letter: char) -> bool {
    matches!(letter, '\u{a0}' | '\u{2007}' | '\u{2008}' | '\u{2009}' | '\u{202f}')
}

/// Digits with an optional comma or space between thousands: "1,234", "1 234", "1234", "1234.0".
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim().replace(|letter| letter == ' ' || is_narrow_space(letter), ",").replace('−', "-");
    let text = text.as_str();
    let grouped = text.contains(',');
    let plain = text.replace(',', "");
    let well_formed = plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'))
        && (!grouped || groups_of_three(text));
    well_formed.then(|| plain.parse::<f64>().ok()).flatten().filter(|value| value.is_finite())
}

fn groups_of_three(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or_default().trim_start_matches(['-', '+']);
    let mut groups = whole.split(',');
    groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3)
}

/// Reads one figure of a statistics table; a wrong one is reported and dropped.
pub(super) fn figure(cell: &Cell<'_>, kind: CellKind, findings: &mut Findings) -> Option<f64> {
    let (expected, most) = match kind {
        CellKind::Count => ("a whole number from 0", MOST),
        CellKind::Percent => ("a per cent from 0 to 100", 100.0),
        CellKind::PerHundredThousand => ("a rate per 100,000 residents, from 0", 100_000.0),
    };
    let text = if kind == CellKind::Count { cell.text } else { cell.text.trim_end_matches('%').trim_end() };
    if kind == CellKind::PerHundredThousand && text.len() < cell.text.len() {
        stray_percent(&cell.location, cell.text, findings);
    }
    let value = number(text).filter(|value| (0.0..=most).contains(value));
    let value = value.filter(|value| kind != CellKind::Count || value.fract() == 0.0);
    if value.is_none() {
        findings.problem(cell.location.clone(), quoted(cell.text), expected);
    }
    // A minus zero would differ from zero in the comparison of bits that finds changes.
    value.map(|value| value + 0.0)
}

/// Remarks on a rate per 100,000 that was printed with a per cent sign.
pub(super) fn stray_percent(location: &Location, text: &str, findings: &mut Findings) {
    let found = format!("{} is printed with a per cent sign, which is left out", quoted(text));
    findings.remark(location.clone(), found, "a rate per 100,000 residents, which is no per cent");
}

/// Reads a whole number.
pub(super) fn count(cell: &Cell<'_>, findings: &mut Findings) -> Option<i64> {
    let value = figure(cell, CellKind::Count, findings)?;
    crate::domain::figure::whole(value).and_then(|whole| i64::try_from(whole).ok())
}

/// Reads a day, not after `latest` when one is given.
pub(super) fn day(cell: &Cell<'_>, latest: Option<Date>, findings: &mut Findings) -> Option<Date> {
    let Some(day) = iso_day(cell.text) else {
        findings.problem(cell.location.clone(), quoted(cell.text), "a date like 2019-07-22");
        return None;
    };
    if day < FIRST_DAY || day.year() > 2099 {
        findings.problem(cell.location.clone(), format!("the date {day} is impossible"), "a date from 1974 to 2099");
        return None;
    }
    if let Some(latest) = latest.filter(|latest| day > *latest) {
        findings.problem(
            cell.location.clone(),
            format!("{day} is in the future"),
            format!("a date not after {latest}"),
        );
        return None;
    }
    Some(day)
}

/// `2019-07-22`, alone or followed by a time of midnight as spreadsheets write it.
fn iso_day(text: &str) -> Option<Date> {
    let day = text.strip_suffix("T00:00:00").or_else(|| text.strip_suffix(" 00:00:00")).unwrap_or(text);
    let shape = day.len() == 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    shape.then(|| day.parse().ok()).flatten()
}

/// An optional day.
pub(super) fn optional_day(row: &Row<'_>, column: &str, latest: Option<Date>, findings: &mut Findings) -> Option<Date> {
    row.get(column).and_then(|cell| day(&cell, latest, findings))
}

/// Holds a day to the year that it is about, which must have ended before.
pub(super) fn after_year(
    row: &Row<'_>,
    column: &str,
    day: Option<Date>,
    year: Option<ReportingYear>,
    findings: &mut Findings,
) {
    if let (Some(day), Some(year)) = (day, year)
        && day <= year.last_day()
    {
        findings.problem(row.at(column), format!("{day} is before {year} has ended"), "a later day");
    }
}

/// Reads a reporting year that has begun.
pub(super) fn year(cell: &Cell<'_>, today: Date, findings: &mut Findings) -> Option<ReportingYear> {
    match ReportingYear::parse(cell.text) {
        Ok(year) if year.first_day() > today => {
            findings.problem(cell.location.clone(), format!("the year {year} has not begun"), "a year like 2019-20");
            None
        }
        Ok(year) => Some(year),
        Err(_) => {
            findings.problem(
                cell.location.clone(),
                format!("unknown year {}", quoted(cell.text)),
                "a year like 2019-20",
            );
            None
        }
    }
}

/// Reads text of at most `most` characters, without control characters.
pub(super) fn text(cell: &Cell<'_>, most: usize, findings: &mut Findings) -> Option<String> {
    let length = cell.text.chars().count();
    if length > most {
        findings.problem(
            cell.location.clone(),
            format!("the text has {length} characters"),
            format!("at most {most}; perhaps a quotation mark is missing"),
        );
        return None;
    }
    if let Some(odd) = cell.text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        findings.problem(cell.location.clone(), format!("the text holds the control character {odd:?}"), "plain text");
        return None;
    }
    if let Some(odd) = cell.text.chars().find(|c| turns_text(*c)) {
        let found = format!("the text holds the invisible character {}, which turns text round", odd.escape_unicode());
        findings.problem(cell.location.clone(), found, "plain text");
        return None;
    }
    Some(cell.text.replace("\r\n", "\n"))
}

/// An optional text.
pub(super) fn optional_text(row: &Row<'_>, column: &str, most: usize, findings: &mut Findings) -> Option<String> {
    row.get(column).and_then(|cell| text(&cell, most, findings))
}

/// An optional address of a page on the web.
pub(super) fn optional_url(row: &Row<'_>, column: &str, findings: &mut Findings) -> Option<String> {
    let cell = row.get(column)?;
    let expected = "an address that begins with https:// or http://, without spaces";
    if is_url(cell.text) {
        return Some(cell.text.to_owned());
    }
    if let Some((address, note)) = noted_url(cell.text) {
        findings.remark(cell.location, format!("{} is left out of the address", quoted(note)), expected);
        return Some(address.to_owned());
    }
    findings.problem(cell.location, quoted(cell.text), expected);
    None
}

/// An address with a note in brackets behind it, as people write where on a page a figure stands.
fn noted_url(text: &str) -> Option<(&str, &str)> {
    let (address, note) = text.split_once(char::is_whitespace)?;
    let note = note.trim();
    (is_url(address) && note.starts_with('(') && note.ends_with(')')).then_some((address, note))
}

/// Whether a text may stand in a link: http or https, a host, nothing that ends an attribute or a line.
pub fn is_url(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let host = lower
        .starts_with("https://")
        .then(|| text.get(8..))
        .or_else(|| lower.starts_with("http://").then(|| text.get(7..)))
        .flatten()
        .unwrap_or_default();
    text.len() <= 2_000
        && host.starts_with(|c: char| c.is_ascii_alphanumeric())
        // What stands before an @ is a user: https://www.lgo.org.uk@elsewhere.example leads elsewhere.
        && !host.split(['/', '?', '#']).next().unwrap_or_default().contains('@')
        && !text.chars().any(|c| {
            c.is_whitespace() || c.is_control() || turns_text(c) || matches!(c, '"' | '<' | '>' | '\\')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, kind: CellKind) -> Option<f64> {
        figure(&Cell { text, location: Location::default() }, kind, &mut Findings::default())
    }

    #[test]
    fn counts_are_whole_and_not_negative() {
        assert_eq!(read("1,234", CellKind::Count), Some(1234.0));
        assert_eq!(read("7.0", CellKind::Count), Some(7.0));
        for wrong in ["-1", "7.5", "1,23", "seven", "1e3", "NaN", "inf", "12,34,567", "999999999999"] {
            assert_eq!(read(wrong, CellKind::Count), None, "{wrong}");
        }
    }

    #[test]
    fn rates_lie_between_0_and_100_with_or_without_a_sign() {
        assert_eq!(read("54%", CellKind::Percent), Some(54.0));
        assert_eq!(read("99.4", CellKind::Percent), Some(99.4));
        for wrong in ["101", "-3%", "54 per cent"] {
            assert_eq!(read(wrong, CellKind::Percent), None, "{wrong}");
        }
    }

    #[test]
    fn only_addresses_on_the_web_are_links() {
        assert!(is_url("https://www.lgo.org.uk/decisions/x"));
        assert!(is_url("HTTP://example.org") && is_url("https://example.org/a@b?c=d@e"));
        for wrong in [
            "https://www.lgo.org.uk@elsewhere.example/",
            "https://a:b@elsewhere.example",
            "https://www.lgo.org.uk/\u{202e}fdp",
            "javascript:alert(1)",
            "https://",
            "//host",
            "https://a b",
            "ftp://a",
            "https://a\"onclick",
        ] {
            assert!(!is_url(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_note_in_brackets_behind_an_address_is_told_from_it() {
        assert_eq!(noted_url("https://a.example/b (appendix 2)"), Some(("https://a.example/b", "(appendix 2)")));
        for wrong in ["https://a b", "javascript:x (y)", "https://a.example/b and (c)", "(https://a.example)"] {
            assert_eq!(noted_url(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        let read = |text: &str| day(&Cell { text, location: Location::default() }, None, &mut Findings::default());
        assert!(read("2019-07-22").is_some());
        for wrong in ["2019-02-29", "22/07/2019", "2019-7-2", "1066-10-14", "2019-07-22 10:00"] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
    }
}
