//! Days begin and end in London, wherever the machine stands.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The time zone of England. Where the machine has no table of time zones the program's own is used.
pub fn zone() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

/// The day in London on which a moment falls.
pub fn day_of(moment: Timestamp) -> Date {
    moment.to_zoned(zone()).date()
}

/// The first moment of a day in London and that of the next.
///
/// # Errors
/// A day that no moment can be of, thousands of years away.
pub fn bounds(day: Date) -> Result<(Timestamp, Timestamp), jiff::Error> {
    let first = |day: Date| day.to_zoned(zone()).map(|moment| moment.timestamp());
    Ok((first(day)?, first(day.tomorrow()?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_before_midnight_in_universal_time_is_the_next_day_in_a_london_summer() {
        let day = |moment: &str| day_of(moment.parse().unwrap()).to_string();
        assert_eq!(day("2026-07-21T23:30:00Z"), "2026-07-22");
        assert_eq!(day("2026-12-21T23:30:00Z"), "2026-12-21");
    }

    #[test]
    fn a_day_has_the_moments_between_its_bounds_and_25_hours_when_the_clocks_go_back() {
        for (day, hours) in [("2026-07-21", 24), ("2026-03-29", 23), ("2026-10-25", 25)] {
            let day: Date = day.parse().unwrap();
            let (from, until) = bounds(day).unwrap();
            assert_eq!(until.duration_since(from).as_hours(), hours, "{day}");
            assert_eq!((day_of(from), day_of(until)), (day, day.tomorrow().unwrap()));
        }
    }
}
