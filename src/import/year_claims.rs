//! Which year a table is about, by everything that says so: its title, its sheet, its file, its columns, the command line.

use std::collections::BTreeSet;
use std::path::Path;

use super::sheet::Line;
use crate::domain::location::Location;
use crate::domain::year::ReportingYear;

/// One voice on the year: who says so, and what. Two years or more are a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// As a message names it: `the title in row 1`.
    by: String,
    years: BTreeSet<ReportingYear>,
}

impl Claim {
    pub(super) fn new(by: impl Into<String>, years: impl IntoIterator<Item = ReportingYear>) -> Option<Self> {
        let years: BTreeSet<_> = years.into_iter().collect();
        (!years.is_empty()).then(|| Self { by: by.into(), years })
    }

    fn allows(&self, year: ReportingYear) -> bool {
        self.years.first().is_some_and(|first| *first <= year) && self.years.last().is_some_and(|last| year <= *last)
    }

    fn only(&self) -> Option<ReportingYear> {
        self.years.first().copied().filter(|_| self.years.len() == 1)
    }
}

/// What the surroundings of a table say: the lines above its header, its sheet, its file and the command line.
pub(super) fn around(place: &Location, above: &[Line], year: Option<ReportingYear>) -> Vec<Claim> {
    // A note under the title may name another year; both together are what is said above the table.
    let mut named = above
        .iter()
        .map(|line| (line.number, line.cells.iter().flat_map(|text| named_in(text)).collect::<BTreeSet<_>>()))
        .filter(|(_, years)| !years.is_empty());
    let titles = named.next().and_then(|(row, first)| {
        Claim::new(format!("the title in row {row}"), first.into_iter().chain(named.flat_map(|(_, years)| years)))
    });
    let sheet = place.sheet.as_deref().and_then(|name| Claim::new("the name of the sheet", named_in(name)));
    let stem = Path::new(&place.file).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let file = Claim::new("the name of the file", named_in(&stem));
    titles.into_iter().chain(sheet).chain(file).chain(Claim::new("--year", year)).collect()
}

/// The year that the claims agree on: the command line's, else that of the first who names one alone.
pub(super) fn chosen(claims: &[Claim], year: Option<ReportingYear>) -> Option<ReportingYear> {
    year.or_else(|| claims.iter().find_map(Claim::only))
}

/// Whether every claim allows every year.
pub(super) fn agree(claims: &[Claim], years: &BTreeSet<ReportingYear>) -> bool {
    claims.iter().all(|claim| years.iter().all(|year| claim.allows(*year)))
}

/// What each says, for a message about claims that do not agree.
pub(super) fn listed(claims: &[Claim]) -> String {
    let said: Vec<String> = claims
        .iter()
        .map(|claim| {
            let years: Vec<String> = claim.years.iter().map(ToString::to_string).collect();
            format!("{} says {}", claim.by, years.join(" and "))
        })
        .collect();
    format!("the year is not clear: {}", said.join(", "))
}

/// A run of digits or of letters, with what stands between it and the one before.
struct Word<'a> {
    gap: &'a str,
    text: &'a str,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let (mut gap_from, mut from) = (0, None::<(usize, bool)>);
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_digit = letter.is_ascii_digit();
        let in_word = at < text.len() && letter.is_alphanumeric();
        if let Some((start, digits)) = from
            && (!in_word || is_digit != digits)
        {
            words.push(Word {
                gap: text.get(gap_from..start).unwrap_or_default(),
                text: text.get(start..at).unwrap_or_default(),
            });
            (gap_from, from) = (at, None);
        }
        if in_word && from.is_none() {
            from = Some((at, is_digit));
        }
    }
    words
}

/// The reporting years that a text names: `2022-23`, `2022/2023`, `22-23`, `202223`, "1 April 2022 to 31 March 2023",
/// "year ended 31 March 2023". A date names none.
pub(super) fn named_in(text: &str) -> BTreeSet<ReportingYear> {
    let lower = text.to_lowercase();
    let words = words(&lower);
    let number = |at: usize, digits: usize| -> Option<i16> {
        let word = words.get(at).filter(|word| word.text.len() == digits)?;
        word.text.parse().ok()
    };
    let joins = |at: usize| {
        words.get(at).is_some_and(|word| {
            matches!(word.gap.trim(), "-" | "/" | "–" | "—" | "_") && word.text.bytes().all(|b| b.is_ascii_digit())
        })
    };
    let mut years = BTreeSet::new();
    for at in 0..words.len() {
        let follows_digits = at > 0 && joins(at) && words.get(at - 1).is_some_and(|one| is_number(one.text));
        let alone = |last: usize| !(follows_digits || joins(last + 1));
        let follows = |start: i16, end: i16, modulo: bool| {
            if modulo { (start + 1).rem_euclid(100) == end } else { start + 1 == end }
        };
        if joins(at + 1) && alone(at + 1) {
            let long = number(at, 4);
            let short = number(at, 2).filter(|start| (10..=60).contains(start)).map(|start| start + 2000);
            let start = long.or(short);
            let ends = start.is_some_and(|start| {
                number(at + 1, 2).is_some_and(|end| follows(start, end, true))
                    || (long.is_some() && number(at + 1, 4).is_some_and(|end| follows(start, end, false)))
            });
            years.extend(start.filter(|_| ends).and_then(ReportingYear::starting_in));
        } else if alone(at)
            && let Some(word) = words.get(at).filter(|word| is_number(word.text))
        {
            // 202223 is a year, 202212 may be a month; 2223 is one, 2021 is a calendar year.
            let (first, second) = word.text.split_at_checked(word.text.len().saturating_sub(2)).unwrap_or_default();
            let start = match first.len() {
                4 => first.parse::<i16>().ok(),
                2 => first.parse::<i16>().ok().filter(|start| *start > 20).map(|start| start + 2000),
                _ => None,
            };
            let end = second.parse::<i16>().ok();
            if let (Some(start), Some(end)) = (start, end)
                && follows(start, end, true)
                && end > 12
            {
                years.extend(ReportingYear::starting_in(start));
            }
        }
        let is_march = words.get(at).is_some_and(|word| matches!(word.text, "march" | "mar"));
        if let Some(end) = number(at + 1, 4).filter(|_| is_march) {
            let before: Vec<&Word<'_>> = words.iter().take(at).collect();
            let lead = before.iter().rev().find(|word| !is_number(word.text) && word.text != "st");
            let says_end = lead.is_some_and(|word| matches!(word.text, "ending" | "ended" | "to" | "until"));
            let from_april = before.windows(2).any(|pair| match pair {
                [month, year] => {
                    matches!(month.text, "april" | "apr") && year.text.parse::<i16>().is_ok_and(|year| year + 1 == end)
                }
                _ => false,
            });
            if says_end || from_april {
                years.extend(ReportingYear::starting_in(end - 1));
            }
        }
    }
    years
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<String> {
        named_in(text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn years_are_read_from_titles_and_names_of_files() {
        for (text, expected) in [
            ("Complaints decided, 2022-23", "2022-23"),
            ("Complaints decided 2022/2023", "2022-23"),
            ("2-Complaints-Decided-25-26", "2025-26"),
            ("decided_2024_25", "2024-25"),
            ("decided202425", "2024-25"),
            ("2425", "2024-25"),
            ("1 April 2022 to 31 March 2023", "2022-23"),
            ("1 April 2022 – 31 March 2023", "2022-23"),
            ("for the year ended 31st March 2023", "2022-23"),
            ("The year ending March 2023 (revised 12-13-2024)", "2022-23"),
        ] {
            assert_eq!(named(text), [expected], "{text}");
        }
        assert_eq!(named("2018-19 to 2023-24"), ["2018-19", "2023-24"]);
    }

    #[test]
    fn a_date_names_no_year() {
        for text in [
            "published 23 July 2025",
            "2024-11-12",
            "11-12-2024",
            "20241112",
            "as at 31 March 2025",
            "2021",
            "1-2",
            "2024-26",
            "decided",
            "202012",
        ] {
            assert!(named(text).is_empty(), "{text}: {:?}", named(text));
        }
    }

    #[test]
    fn claims_that_disagree_are_all_named() {
        let year = |text: &str| ReportingYear::parse(text).unwrap();
        let place = Location::file("decided-2022-23.csv");
        let claims = around(&place, &[], Some(year("2024-25")));
        assert!(!agree(&claims, &BTreeSet::from([year("2024-25")])));
        assert_eq!(listed(&claims), "the year is not clear: the name of the file says 2022-23, --year says 2024-25");
        assert!(agree(&around(&place, &[], None), &BTreeSet::from([year("2022-23")])));
    }
}
