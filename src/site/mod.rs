//! The running site: the edition in force as one snapshot, swapped whole; the pages kept of it; the queues for what takes
//! time. It knows nothing of HTTP.

pub mod cache_policy;
pub mod encoded;
pub mod error;
pub mod page_cache;
pub mod public_address;
pub mod snapshot;
pub mod tally;
pub mod watch;
pub mod work;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, Zoned};

use self::error::SiteError;
use self::snapshot::Snapshot;
use self::tally::Tally;
use self::work::Work;
use crate::db::edition::{Edition, Editions};
use crate::domain::london;

/// The running site.
pub struct Site {
    data_dir: PathBuf,
    preview_as_of: Option<Timestamp>,
    current: ArcSwap<Snapshot>,
    // Opened before its hour, so that the switch itself takes no time. Nothing asks it anything until then.
    ahead: Mutex<Option<Arc<Snapshot>>>,
    work: Work,
    tally: Tally,
    // Of the edition whose hour comes next, in milliseconds since 1970.
    next_hour: AtomicI64,
    // What the last look at the data directory failed with, in words for whoever runs the site.
    trouble: Mutex<Option<SiteError>>,
}

/// How long before its hour an edition is opened. Opening takes under a second, in a debug build several.
const AHEAD: SignedDuration = SignedDuration::from_secs(30);

impl Site {
    /// Opens the edition in force.
    ///
    /// # Errors
    /// Nothing published, or an edition that cannot be read.
    pub fn open(data_dir: &Path, preview_as_of: Option<Timestamp>) -> Result<Self, SiteError> {
        let now = preview_as_of.unwrap_or_else(Timestamp::now);
        let editions = Editions::read(data_dir)?;
        let edition = editions.in_force(now).ok_or_else(|| SiteError::Empty(data_dir.to_owned()))?;
        let snapshot = Snapshot::open(data_dir, edition)?;
        Ok(Self {
            data_dir: data_dir.to_owned(),
            preview_as_of,
            current: ArcSwap::from_pointee(snapshot),
            ahead: Mutex::new(None),
            work: Work::default(),
            tally: Tally::default(),
            next_hour: AtomicI64::new(next_hour(&editions, now)),
            trouble: Mutex::new(None),
        })
    }

    /// Draws the first maps while connections are accepted already.
    pub fn warm(&self) {
        let snapshot = self.snapshot();
        snapshot.warm(self.today());
        snapshot.warm_words();
    }

    /// The moment for which the site answers: now, or that of the preview.
    pub fn now(&self) -> Timestamp {
        self.preview_as_of.unwrap_or_else(Timestamp::now)
    }

    /// The day in England.
    pub fn today(&self) -> Date {
        Zoned::new(self.now(), london::zone()).date()
    }

    /// The moment of a preview, for the mark on every page.
    pub fn preview(&self) -> Option<Timestamp> {
        self.preview_as_of
    }

    /// The snapshot in force. A request loads it once, so that it never mixes two editions.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// What is open: the snapshot in force and, shortly before its hour, the next.
    pub(crate) fn opened(&self) -> Vec<Arc<Snapshot>> {
        let ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner).clone();
        std::iter::once(self.snapshot()).chain(ahead).collect()
    }

    /// Looks at the pointer and switches when another edition has come into force. Returns whether it did.
    ///
    /// # Errors
    /// A pointer or an edition that cannot be read; the snapshot in force stays.
    pub fn refresh(&self) -> Result<bool, SiteError> {
        let editions = Editions::read(&self.data_dir)?;
        let now = self.now();
        self.next_hour.store(next_hour(&editions, now), Ordering::Relaxed);
        let edition = editions.in_force(now).ok_or_else(|| SiteError::Empty(self.data_dir.clone()))?;
        let current = self.current.load();
        let same = current.edition.id == edition.id && current.edition.from == edition.from;
        // What has come into force stays so when the clock steps back; a list without it says that it was taken back.
        if same || (edition.from < current.edition.from && editions.editions.contains(&current.edition)) {
            current.look_after(&self.data_dir)?;
            self.look_ahead(&editions, now)?;
            return Ok(false);
        }
        let prepared = self.ahead.lock().unwrap_or_else(PoisonError::into_inner).take();
        let next = match prepared.filter(|prepared| prepared.edition == *edition) {
            Some(prepared) => prepared,
            None => self.prepare(edition)?,
        };
        self.current.store(Arc::clone(&next));
        next.warm_words();
        Ok(true)
    }

    fn prepare(&self, edition: &Edition) -> Result<Arc<Snapshot>, SiteError> {
        let snapshot = Snapshot::open(&self.data_dir, edition)?;
        snapshot.warm(self.today());
        Ok(Arc::new(snapshot))
    }

    /// Opens the edition whose hour comes next, when it is near.
    fn look_ahead(&self, editions: &Editions, now: Timestamp) -> Result<(), SiteError> {
        let waiting = editions.pending(now);
        let Some(next) = waiting.first().filter(|next| next.from.duration_since(now) <= AHEAD) else { return Ok(()) };
        let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        if ahead.as_ref().is_none_or(|prepared| prepared.edition != **next) {
            *ahead = Some(self.prepare(next)?);
        }
        Ok(())
    }

    /// What is wrong with the data directory, while the site goes on with the edition that it has.
    pub(crate) fn trouble(&self) -> Option<&'static str> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(SiteError::public)
    }

    /// Notes how the last look at the data directory ended; answers whether that is news.
    pub(crate) fn note_trouble(&self, trouble: Option<SiteError>) -> bool {
        let mut noted = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        let news = noted.as_ref().map(ToString::to_string) != trouble.as_ref().map(ToString::to_string);
        *noted = trouble;
        news
    }

    /// Whole seconds until another edition comes into force, where one waits.
    pub(crate) fn seconds_left(&self) -> Option<u64> {
        let hour = self.next_hour.load(Ordering::Relaxed);
        // A part of a second is none: what is kept so long could be too old.
        let left = || hour.saturating_sub(self.now().as_millisecond()) / 1_000;
        (hour < i64::MAX).then(|| u64::try_from(left()).unwrap_or(0))
    }

    /// The queues for work that takes time.
    pub(crate) fn work(&self) -> &Work {
        &self.work
    }

    /// Where answers came from.
    pub(crate) fn tally(&self) -> &Tally {
        &self.tally
    }
}

fn next_hour(editions: &Editions, now: Timestamp) -> i64 {
    editions.pending(now).first().map_or(i64::MAX, |next| next.from.as_millisecond())
}
