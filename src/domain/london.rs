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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_before_midnight_in_universal_time_is_the_next_day_in_a_london_summer() {
        let day = |moment: &str| day_of(moment.parse().unwrap()).to_string();
        assert_eq!(day("2026-07-21T23:30:00Z"), "2026-07-22");
        assert_eq!(day("2026-12-21T23:30:00Z"), "2026-12-21");
    }
}
