//! The pace of long bodies: all of them together leave no faster than this, so that whoever asks for the longest table
//! five hundred times keeps neither the processors nor a proxy's disk from the pages. Without it a proxy that takes all it
//! can get into its own files (500 copies of 10 MB) made the others wait three seconds.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What every body may send at once: any page, and most tables when compressed.
pub(crate) const FREE: usize = 256 << 10;
/// All bodies beyond that together, in bytes a second: half a gigabit, more than most sites have.
const RATE: u64 = 64 << 20;
/// Shorter waits are not worth a timer.
const TOLERANCE: Duration = Duration::from_millis(10);

/// No more than this is given away ahead of time: what clients who have gone had taken is soon forgotten.
const MOST_AHEAD: Duration = Duration::from_secs(2);

/// The moment up to which the rate is given away.
static GIVEN: Mutex<Option<Instant>> = Mutex::new(None);

/// Takes room for some bytes; answers with how long to wait before they are sent.
pub(crate) fn reserve(bytes: usize) -> Option<Duration> {
    let mut given = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    reserve_at(&mut given, Instant::now(), bytes)
}

fn reserve_at(given: &mut Option<Instant>, now: Instant, bytes: usize) -> Option<Duration> {
    let begin = given.map_or(now, |given| given.max(now));
    let nanos = u64::try_from(bytes).unwrap_or(u64::MAX).saturating_mul(1_000_000_000) / RATE;
    *given = Some((begin + Duration::from_nanos(nanos)).min(now + MOST_AHEAD));
    Some(begin.duration_since(now)).filter(|wait| *wait > TOLERANCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_bodies_together_keep_the_rate() {
        let (mut given, now) = (None, Instant::now());
        let piece = 64 << 10;
        let waits: Vec<Option<Duration>> = (0..1024).map(|_| reserve_at(&mut given, now, piece)).collect();
        assert_eq!(waits.first(), Some(&None), "nobody waits while there is room");
        let last = waits.last().copied().flatten().unwrap();
        assert!(last > Duration::from_millis(990) && last < Duration::from_secs(1), "64 MB take a second: {last:?}");
        for _ in 0..10_000 {
            reserve_at(&mut given, now, piece);
        }
        assert_eq!(reserve_at(&mut given, now, piece), Some(MOST_AHEAD), "those who have gone are forgotten");
        assert_eq!(
            reserve_at(&mut given, now + Duration::from_secs(3), piece),
            None,
            "what was not used is not saved up"
        );
    }
}
