//! What is counted of every answer: which row of the table of routes it belongs to, its status, how long it took. Numbers in
//! arrays of fixed length, so that an answer costs three additions, and no request can make a row of its own.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use actix_web::http::StatusCode;

/// Ends of the steps in which times are counted, in milliseconds; what takes longer has a step of its own.
pub(super) const STEPS: [u64; 8] = [1, 5, 20, 50, 100, 250, 1_000, 2_500];
/// Classes of statuses. What is neither counts as the last.
pub(super) const CLASSES: [&str; 4] = ["2xx", "3xx", "4xx", "5xx"];

/// The row of the table of routes that answers; what no row answers is one more kind. It lies with the resource that the web
/// server has found, and not with the request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind(pub(super) usize);

/// What is counted of each kind; that of no row stands last.
#[derive(Debug)]
pub(super) struct Counts(Box<[Count]>);

/// What is counted of one kind.
#[derive(Debug, Default)]
struct Count {
    statuses: [AtomicU64; CLASSES.len()],
    steps: [AtomicU64; STEPS.len() + 1],
    micros: AtomicU64,
}

/// What has been counted of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// Answers by class of status.
    pub(super) statuses: [u64; CLASSES.len()],
    /// Answers by the step of their time.
    pub(super) steps: [u64; STEPS.len() + 1],
    /// All times together.
    pub(super) took: Duration,
}

impl Counts {
    /// For so many rows, none of which has answered yet.
    pub(super) fn of(rows: usize) -> Self {
        Self((0..=rows).map(|_| Count::default()).collect())
    }

    /// Counts an answer.
    pub(super) fn note(&self, kind: Option<Kind>, status: StatusCode, took: Duration) {
        let known = kind.and_then(|kind| self.0.get(kind.0));
        let Some(count) = known.or(self.0.last()) else { return };
        let class = match status.as_u16() {
            200..=299 => 0,
            300..=399 => 1,
            400..=499 => 2,
            _ => 3,
        };
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let step = STEPS.iter().position(|end| micros <= end * 1_000).unwrap_or(STEPS.len());
        for (numbers, index) in [(&count.statuses[..], class), (&count.steps[..], step)] {
            if let Some(number) = numbers.get(index) {
                number.fetch_add(1, Ordering::Relaxed);
            }
        }
        count.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// What has been counted, row by row, and last of what no row answers.
    pub(super) fn all(&self) -> impl Iterator<Item = Counted> {
        self.0.iter().map(|count| Counted {
            statuses: count.statuses.each_ref().map(|number| number.load(Ordering::Relaxed)),
            steps: count.steps.each_ref().map(|number| number.load(Ordering::Relaxed)),
            took: Duration::from_micros(count.micros.load(Ordering::Relaxed)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_counts_with_its_row_its_class_and_the_step_of_its_time() {
        let counts = Counts::of(2);
        counts.note(Some(Kind(1)), StatusCode::NOT_MODIFIED, Duration::from_millis(5));
        counts.note(Some(Kind(1)), StatusCode::OK, Duration::from_micros(5_001));
        counts.note(None, StatusCode::NOT_FOUND, Duration::from_secs(9));
        counts.note(Some(Kind(99)), StatusCode::SERVICE_UNAVAILABLE, Duration::ZERO);
        let [first, second, other] = counts.all().collect::<Vec<_>>().try_into().unwrap();
        assert_eq!(first, Counted { statuses: [0; 4], steps: [0; 9], took: Duration::ZERO });
        assert_eq!(second.statuses, [1, 1, 0, 0]);
        assert_eq!(second.steps, [0, 1, 1, 0, 0, 0, 0, 0, 0]);
        assert_eq!(second.took, Duration::from_micros(10_001));
        assert_eq!(other.statuses, [0, 0, 1, 1], "what no row answers is one kind");
        assert_eq!(other.steps, [1, 0, 0, 0, 0, 0, 0, 0, 1]);
    }
}
