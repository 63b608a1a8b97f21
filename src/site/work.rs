//! Work that takes time (queries, rendering, compression), kept off the threads that answer requests, and bounded.
//!
//! Two lanes, so that long downloads never keep pages waiting. Each runs a few jobs at once and lets a bounded number
//! wait for a bounded time; what it cannot take is a 503 at once. A job that waits belongs to its request: when the
//! visitor goes away, it leaves the queue.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use thiserror::Error;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

/// Why a job was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WorkError {
    /// Too many wait already, or its turn did not come in time.
    #[error("too much is waiting")]
    Busy,
    /// It was begun and took too long.
    #[error("the job takes too long")]
    Late,
    /// The job itself panicked.
    #[error("the job panicked")]
    Panicked,
}

/// Which queue a job waits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Pages and small data: milliseconds.
    Pages,
    /// Whole lists, tables, workbooks, feeds, sitemaps: up to a second each.
    Downloads,
}

impl Lane {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Pages, Self::Downloads];

    /// Its name in numbers about the site.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::Downloads => "downloads",
        }
    }
}

/// How many jobs of a lane run at once, wait, and for how long.
#[derive(Clone, Copy, Debug)]
struct Limits {
    at_once: usize,
    waiting: usize,
    patience: Duration,
    /// How long the job itself may take before its visitor is turned away.
    deadline: Duration,
}

/// A build that is not optimised takes ten times as long.
const SLOWER: u32 = if cfg!(unoptimised) { 10 } else { 1 };

const TWO_SECONDS: Duration = Duration::from_secs(2);
const TEN_SECONDS: Duration = Duration::from_secs(10);

/// Pages: a page takes a few milliseconds, so that 128 of them have their turn well within the two seconds.
const PAGES: Limits =
    Limits { at_once: 4, waiting: 128, patience: TWO_SECONDS, deadline: TWO_SECONDS.saturating_mul(SLOWER) };
/// Downloads: one at a time, since on two cores the other one belongs to the pages. A list of 12,000 decisions takes
/// 250 ms: 32 of them have their turn within ten seconds.
const DOWNLOADS: Limits =
    Limits { at_once: 1, waiting: 32, patience: TEN_SECONDS, deadline: TEN_SECONDS.saturating_mul(SLOWER) };

/// Most jobs that run at once, both lanes together. Each worker keeps as many threads, which also read files.
pub const JOBS_AT_ONCE: usize = PAGES.at_once + DOWNLOADS.at_once;

/// The queues.
#[derive(Debug)]
pub struct Work {
    pages: Queue,
    downloads: Queue,
}

#[derive(Debug)]
struct Queue {
    limits: Limits,
    running: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl Default for Work {
    fn default() -> Self {
        Self { pages: Queue::new(PAGES), downloads: Queue::new(DOWNLOADS) }
    }
}

impl Work {
    /// Runs a job in its lane.
    ///
    /// # Errors
    /// `Busy` when too many wait already, or when its turn does not come in time.
    pub async fn run<T: Send + 'static>(
        &self,
        lane: Lane,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, WorkError> {
        self.queue(lane).run(job).await
    }

    /// What the queues allow, for the log.
    pub fn limits() -> String {
        format!(
            "pages: {} at once, {} wait at most {} s each, {} s to make one; downloads: {}, {}, {} s, {} s",
            PAGES.at_once,
            PAGES.waiting,
            PAGES.patience.as_secs(),
            PAGES.deadline.as_secs(),
            DOWNLOADS.at_once,
            DOWNLOADS.waiting,
            DOWNLOADS.patience.as_secs(),
            DOWNLOADS.deadline.as_secs()
        )
    }

    /// How many wait in a lane, and how many may.
    pub fn waiting(&self, lane: Lane) -> (usize, usize) {
        let queue = self.queue(lane);
        (queue.waiting.load(Ordering::Relaxed), queue.limits.waiting)
    }

    /// How many of a lane run.
    pub fn running(&self, lane: Lane) -> usize {
        let queue = self.queue(lane);
        queue.limits.at_once.saturating_sub(queue.running.available_permits())
    }

    fn queue(&self, lane: Lane) -> &Queue {
        match lane {
            Lane::Pages => &self.pages,
            Lane::Downloads => &self.downloads,
        }
    }
}

/// One that waits; counted until it has its turn or gives up.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Queue {
    fn new(limits: Limits) -> Self {
        Self { limits, running: Arc::new(Semaphore::new(limits.at_once)), waiting: AtomicUsize::new(0) }
    }

    fn enter(&self) -> Result<Waiting<'_>, WorkError> {
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let waiting = Waiting(&self.waiting);
        if before < self.limits.waiting { Ok(waiting) } else { Err(WorkError::Busy) }
    }

    async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T, WorkError> {
        let turn = Arc::clone(&self.running);
        let permit = if let Ok(permit) = turn.try_acquire_owned() {
            permit
        } else {
            let _waiting = self.enter()?;
            let turn = Arc::clone(&self.running).acquire_owned();
            timeout(self.limits.patience, turn).await.map_err(|_| WorkError::Busy)?.map_err(|_| WorkError::Busy)?
        };
        // The turn belongs to the job: a job that has begun runs to its end though nobody may wait for it any more.
        let done = spawn_blocking(move || {
            let result = job();
            drop(permit);
            result
        });
        let done = timeout(self.limits.deadline, done).await.map_err(|_| {
            tracing::warn!(
                seconds = self.limits.deadline.as_secs(),
                "a page or file takes too long; its visitor is told to come again"
            );
            WorkError::Late
        })?;
        done.map_err(|error| {
            tracing::error!(%error, "a page could not be made: its making panicked");
            WorkError::Panicked
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    const TIGHT: Limits =
        Limits { at_once: 1, waiting: 2, patience: Duration::from_millis(200), deadline: Duration::from_millis(300) };

    /// A queue whose one place is taken until the sender is dropped.
    fn occupied(queue: &Arc<Queue>) -> mpsc::Sender<()> {
        let (release, released) = mpsc::channel::<()>();
        let queue = Arc::clone(queue);
        let permit = Arc::clone(&queue.running).try_acquire_owned().unwrap();
        std::thread::spawn(move || {
            let _ = released.recv();
            drop(permit);
        });
        release
    }

    #[tokio::test]
    async fn more_than_may_wait_are_refused_at_once() {
        let queue = Arc::new(Queue::new(TIGHT));
        let release = occupied(&queue);
        let waiting: Vec<_> = (0..2)
            .map(|number| {
                let queue = Arc::clone(&queue);
                tokio::spawn(async move { queue.run(move || number).await })
            })
            .collect();
        while queue.waiting.load(Ordering::Relaxed) < 2 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(queue.run(|| 9).await, Err(WorkError::Busy)));
        drop(release);
        for (number, one) in waiting.into_iter().enumerate() {
            assert_eq!(one.await.unwrap().unwrap(), number);
        }
    }

    #[tokio::test]
    async fn a_job_that_takes_too_long_is_given_up_and_keeps_its_place_until_it_ends() {
        let queue = Arc::new(Queue::new(TIGHT));
        let (release, released) = mpsc::channel::<()>();
        let late = queue.run(move || released.recv()).await;
        assert!(matches!(late, Err(WorkError::Late)));
        assert_eq!(queue.running.available_permits(), 0);
        drop(release);
        assert!(queue.run(|| 1).await.is_ok());
    }

    #[tokio::test]
    async fn who_waits_too_long_is_refused() {
        let queue = Arc::new(Queue::new(TIGHT));
        let _held = occupied(&queue);
        assert!(matches!(queue.run(|| 1).await, Err(WorkError::Busy)));
        assert_eq!(queue.waiting.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn the_work_of_a_visitor_who_has_gone_is_never_done() {
        let queue = Arc::new(Queue::new(TIGHT));
        let release = occupied(&queue);
        let (done, was_done) = mpsc::channel();
        let asking = tokio::spawn({
            let queue = Arc::clone(&queue);
            async move { queue.run(move || done.send(())).await }
        });
        while queue.waiting.load(Ordering::Relaxed) < 1 {
            tokio::task::yield_now().await;
        }
        asking.abort();
        let _ = asking.await;
        assert_eq!(queue.waiting.load(Ordering::Relaxed), 0);
        drop(release);
        assert_eq!(queue.run(|| 7).await.unwrap(), 7);
        assert!(was_done.recv().is_err(), "the job was dropped undone");
    }
}
