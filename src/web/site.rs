//! The site: the edition in force as one snapshot, swapped whole.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use arc_swap::ArcSwap;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use thiserror::Error;

use super::page_cache::PageCache;
use super::public_address::AddressPolicy;
use super::work::Work;
use crate::db::edition::{Edition, Editions, path_of};
use crate::db::{self, DbError, ReadPool};
use crate::domain::council::Tier;
use crate::geo::layer::Detail;
use crate::read::{Atlas, ReadError};

/// Why the site cannot be opened or switched.
#[derive(Debug, Error)]
pub enum SiteError {
    /// No edition is in force.
    #[error("{0}: nothing has been published here yet; import something with --publish, or run `council-map demo`")]
    Empty(PathBuf),
    /// The database layer failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The edition holds something broken.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl SiteError {
    /// What strangers may know of it; the log has the rest.
    fn public(&self) -> &'static str {
        match self {
            Self::Empty(_) => "The list of versions, current.json, names none that is in force.",
            Self::Db(DbError::Pointer { .. } | DbError::PointerBehind { .. }) => {
                "The list of versions, current.json, is missing or damaged."
            }
            Self::Db(_) | Self::Read(_) => "A version that is listed is missing or damaged.",
        }
    }
}

/// Everything derived from one published file. Replaced whole, never edited.
pub struct Snapshot {
    /// Which edition it is.
    pub edition: Edition,
    /// Readers of its file.
    pub pool: ReadPool,
    /// Its frame in memory.
    pub atlas: Atlas,
    /// Pages made from it.
    pub pages: PageCache,
    /// When the newest release in it was published.
    pub published_at: Timestamp,
}

impl Snapshot {
    /// Opens an edition and checks that it can be read.
    fn open(data_dir: &Path, edition: &Edition) -> Result<Self, SiteError> {
        let pool = ReadPool::open(&path_of(data_dir, edition)?)?;
        let (atlas, published_at) = pool.with(|conn| -> Result<_, SiteError> {
            let atlas = Atlas::load(conn)?;
            let newest = db::releases::all(conn)?.into_iter().map(|release| release.published_at).max();
            Ok((atlas, newest.unwrap_or(edition.from)))
        })?;
        Ok(Self { edition: edition.clone(), pool, atlas, pages: PageCache::default(), published_at })
    }

    /// Draws the maps that nearly every visitor asks for first.
    fn warm(&self, today: Date) {
        let year = self.atlas.default_year(today);
        for tier in Tier::ALL {
            self.atlas.map(tier, year, Detail::Overview);
        }
    }

    /// Reads the common words of searches in a thread of its own, so that nothing waits for them.
    fn warm_words(self: Arc<Self>) {
        thread::spawn(move || {
            if let Err(error) = self.atlas.words.warm(&self.pool, &self.atlas.cases) {
                tracing::warn!(%error, "common words could not be read ahead; the first searches take longer");
            }
        });
    }
}

/// The running site.
pub struct Site {
    data_dir: PathBuf,
    preview_as_of: Option<Timestamp>,
    current: ArcSwap<Snapshot>,
    // Opened before its hour, so that the switch itself takes no time. Nothing asks it anything until then.
    ahead: Mutex<Option<Snapshot>>,
    work: Work,
    address_policy: AddressPolicy,
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
    pub fn open(
        data_dir: &Path,
        preview_as_of: Option<Timestamp>,
        address_policy: AddressPolicy,
    ) -> Result<Self, SiteError> {
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
            address_policy,
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
        Zoned::new(self.now(), london()).date()
    }

    /// The moment of a preview, for the mark on every page.
    pub fn preview(&self) -> Option<Timestamp> {
        self.preview_as_of
    }

    /// The snapshot in force. A request loads it once, so that it never mixes two editions.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// Looks at the pointer and switches when another edition has come into force. Returns whether it did.
    ///
    /// # Errors
    /// A pointer or an edition that cannot be read; the snapshot in force stays.
    pub fn refresh(&self) -> Result<bool, SiteError> {
        let editions = Editions::read(&self.data_dir)?;
        let now = self.now();
        let edition = editions.in_force(now).ok_or_else(|| SiteError::Empty(self.data_dir.clone()))?;
        let current = self.current.load();
        if current.edition.id == edition.id && current.edition.from == edition.from {
            path_of(&self.data_dir, edition)?;
            self.look_ahead(&editions, now)?;
            return Ok(false);
        }
        let prepared = self.ahead.lock().unwrap_or_else(PoisonError::into_inner).take();
        let next = match prepared.filter(|prepared| prepared.edition == *edition) {
            Some(prepared) => prepared,
            None => self.prepare(edition)?,
        };
        let next = Arc::new(next);
        self.current.store(Arc::clone(&next));
        next.warm_words();
        Ok(true)
    }

    fn prepare(&self, edition: &Edition) -> Result<Snapshot, SiteError> {
        let snapshot = Snapshot::open(&self.data_dir, edition)?;
        snapshot.warm(self.today());
        Ok(snapshot)
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
    pub(super) fn trouble(&self) -> Option<&'static str> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(SiteError::public)
    }

    /// Notes how the last look at the data directory ended; answers whether that is news.
    pub(super) fn note_trouble(&self, trouble: Option<SiteError>) -> bool {
        let mut noted = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        let news = noted.as_ref().map(ToString::to_string) != trouble.as_ref().map(ToString::to_string);
        *noted = trouble;
        news
    }

    /// The queues for work that takes time.
    pub(super) fn work(&self) -> &Work {
        &self.work
    }

    /// From where the public address of a request is taken.
    pub(super) fn address_policy(&self) -> &AddressPolicy {
        &self.address_policy
    }
}

/// The time zone in which days begin and end here.
pub(super) fn london() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}
