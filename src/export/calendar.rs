//! Deadlines of improvements as iCalendar (RFC 5545), so that they stand in people's own calendars.
//!
//! Written here since the crates bring a second library of dates and times with them; a crate reads it
//! back in the tests.

use jiff::civil::Date;

use crate::domain::improvement::ImprovementState;
use crate::read::improvements::ImprovementRow;

/// The longest line in octets, the line break left out (RFC 5545, section 3.1).
const LONGEST: usize = 75;

/// A calendar of all-day entries, one for each deadline. `origin` is `https://host` of this site.
pub fn deadlines(title: &str, rows: &[ImprovementRow], origin: &str, synthetic: bool) -> String {
    let mut out = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Council Map//Improvements//EN", "CALSCALE:GREGORIAN"] {
        fold(&mut out, line);
    }
    fold(&mut out, "METHOD:PUBLISH");
    fold(&mut out, &format!("X-WR-CALNAME:{}", escape(title)));
    for row in rows {
        if let Some(due) = row.improvement.due_on {
            event(&mut out, row, due, origin, synthetic);
        }
    }
    fold(&mut out, "END:VCALENDAR");
    out
}

fn event(out: &mut String, row: &ImprovementRow, due: Date, origin: &str, synthetic: bool) {
    let one = &row.improvement;
    // The stamp comes from the data and not from the clock: the same file until something changes.
    let stamp = one.achieved_on.unwrap_or(one.agreed_on);
    let until = due.tomorrow().unwrap_or(due);
    let mut told = format!(
        "{}\n\nCase {}. Agreed on {}. {}.",
        one.summary,
        one.reference,
        crate::domain::format::date(one.agreed_on),
        state(row),
    );
    if synthetic {
        told.push_str("\n\nInvented for demonstration.");
    }
    let address = if row.published {
        format!("{origin}{}", crate::views::links::decision(&one.reference))
    } else {
        format!("{origin}{}", crate::views::links::council_part(&row.council.slug, "improvements"))
    };
    for line in [
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", uid(row)),
        format!("DTSTAMP:{}T000000Z", plain(stamp)),
        format!("DTSTART;VALUE=DATE:{}", plain(due)),
        format!("DTEND;VALUE=DATE:{}", plain(until)),
        format!("SUMMARY:{}", escape(&format!("{}: improvement due ({})", row.council.name, one.reference))),
        format!("DESCRIPTION:{}", escape(&told)),
        format!("CATEGORIES:{}", escape(one.category.title())),
        format!("URL:{address}"),
        "TRANSP:TRANSPARENT".to_owned(),
        "END:VEVENT".to_owned(),
    ] {
        fold(out, &line);
    }
}

/// The same deadline keeps its identity over versions of the data: council, case and words decide it.
fn uid(row: &ImprovementRow) -> String {
    let one = &row.improvement;
    let hash: String = crate::domain::digest::sha256(one.summary.as_bytes()).chars().take(12).collect();
    format!("improvement-{}-{}-{hash}@council-map", row.council.code, one.reference.address())
}

fn state(row: &ImprovementRow) -> String {
    let on = |day: Option<Date>| day.map(|day| format!(" on {}", crate::domain::format::date(day))).unwrap_or_default();
    match row.state {
        ImprovementState::Achieved | ImprovementState::AchievedLate => {
            format!("{}{}", row.state.title(), on(row.improvement.achieved_on))
        }
        ImprovementState::Overdue => "Not reported as done; overdue".to_owned(),
        ImprovementState::Agreed => "Not due yet".to_owned(),
    }
}

fn plain(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// Text values: backslash, semicolon, comma and line breaks (RFC 5545, section 3.3.11).
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// One content line: broken after at most 75 octets, never inside a character.
fn fold(out: &mut String, line: &str) {
    let mut room = LONGEST;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = LONGEST - 1;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut out = String::new();
        fold(&mut out, &"ä£".repeat(100));
        assert!(out.split("\r\n").all(|line| line.len() <= LONGEST), "{out}");
        assert_eq!(out.replace("\r\n ", "").trim_end(), "ä£".repeat(100));
    }

    #[test]
    fn text_that_means_something_in_a_calendar_is_escaped() {
        assert_eq!(escape("a;b,c\\d\r\nEND:VEVENT"), "a\\;b\\,c\\\\d\\nEND:VEVENT");
    }
}
