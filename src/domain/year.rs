//! Reporting years: 1 April to 31 March, written `2019-20`.

use std::fmt;

use jiff::civil::{Date, date};
use thiserror::Error;

/// A reporting year, known by the calendar year it starts in: `2019-20` starts on 1 April 2019.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportingYear(i16);

/// Why a text is not a reporting year.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("“{0}” is not a reporting year; expected one like 2019-20")]
pub struct NotAYear(pub String);

impl ReportingYear {
    /// Reads `2019-20`; also `2019/20`, `2019-2020` and `2019–20`, which spreadsheets hold.
    pub fn parse(text: &str) -> Result<Self, NotAYear> {
        let fail = || NotAYear(text.chars().take(40).collect());
        let (first, second) = text.trim().split_once(['-', '/', '–']).ok_or_else(fail)?;
        let start: i16 = first.parse().map_err(|_| fail())?;
        let end: i16 = second.parse().map_err(|_| fail())?;
        let digits_only = [first, second].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        let expected = match second.len() {
            2 => (start + 1).rem_euclid(100),
            4 => start + 1,
            _ => return Err(fail()),
        };
        let known = first.len() == 4 && (1974..=2099).contains(&start);
        (digits_only && known && end == expected).then_some(Self(start)).ok_or_else(fail)
    }

    /// The year that starts on 1 April of this calendar year; `None` outside 1974 to 2099.
    pub fn starting_in(year: i16) -> Option<Self> {
        (1974..=2099).contains(&year).then_some(Self(year))
    }

    /// The calendar year it starts in.
    pub fn start_year(self) -> i16 {
        self.0
    }

    /// 1 April of its first calendar year.
    pub fn first_day(self) -> Date {
        date(self.0, 4, 1)
    }

    /// 31 March of its second calendar year.
    pub fn last_day(self) -> Date {
        date(self.0 + 1, 3, 31)
    }

    /// The reporting year before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    /// The reporting year after.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The reporting year that holds a day.
    pub fn containing(day: Date) -> Self {
        Self(if day.month() >= 4 { day.year() } else { day.year() - 1 })
    }

    /// What changed in the way the figures are made from this year on (docs/domain.md, "Years that cannot be
    /// joined"): a trend line must not cross it.
    pub fn break_before(self) -> Option<&'static str> {
        match self.0 {
            2020 => Some("In 2020-21 complaints were paused for three months (Covid)"),
            2022 => Some("From 2022-23 only cases in the public interest are investigated, so rates rise everywhere"),
            2024 => Some("From 2024-25 the outcomes of complaints have new names"),
            _ => None,
        }
    }

    /// Whether the year's letters use the labels of 2024-25: not for us, assessed and closed, investigated.
    pub fn has_new_labels(self) -> bool {
        self.0 >= 2024
    }

    /// True where figures on the two sides of this year's start count different things, so that no line
    /// may join them. The Covid pause changed how many, not what is counted.
    pub fn starts_a_new_series(self) -> bool {
        self.0 == 2022
    }
}

impl fmt::Display for ReportingYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_reads_back_as_it_is_written() {
        for text in ["2018-19", "1999-00", "2024-25"] {
            assert_eq!(ReportingYear::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(ReportingYear::parse("2019/20"), ReportingYear::parse("2019-2020"));
    }

    #[test]
    fn anything_else_is_refused_with_its_text() {
        for text in ["", "2019", "2019-21", "19-20", "2019-2", "+019-20", "2019-+0", "-", "２０１９-20"] {
            assert!(ReportingYear::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_period_runs_from_april_to_march() {
        let year = ReportingYear::parse("2019-20").unwrap();
        assert_eq!(year.first_day().to_string(), "2019-04-01");
        assert_eq!(year.last_day().to_string(), "2020-03-31");
        assert_eq!(ReportingYear::containing(date(2020, 3, 31)), year);
    }
}
