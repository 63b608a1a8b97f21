//! What the rows of all tables have in common: their place, whole per cents, days.

use jiff::Span;
use jiff::civil::Date;

use crate::domain::interval::float;
use crate::domain::location::Location;

/// The file that every row of a demonstration is said to stand in.
pub(super) const FILE: &str = "demonstration";

pub(super) fn place(file: &str, row: u32) -> Location {
    Location { file: file.to_owned(), row: Some(row), ..Location::default() }
}

/// A share as a whole per cent, as the Ombudsman prints it; nothing of 0 of 0.
pub(super) fn percent(numerator: u64, denominator: u64) -> Option<f64> {
    (denominator > 0).then(|| (float(numerator) * 100.0 / float(denominator)).round())
}

/// A day some days later, or earlier where the number is negative.
pub(super) fn days_after(day: Date, days: i32) -> Date {
    day.checked_add(Span::new().days(days)).unwrap_or(day)
}
