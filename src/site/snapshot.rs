//! One edition as the site serves it.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::civil::Date;

use super::error::SiteError;
use super::page_cache::PageCache;
use super::work::JOBS_AT_ONCE;
use crate::db::edition::{Edition, path_of, verified};
use crate::db::{self, DbError, ReadPool};
use crate::domain::council::Tier;
use crate::geo::layer::Detail;
use crate::read::Atlas;

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
    /// Its file, open: a download goes on when the name is gone.
    pub file: Arc<File>,
    /// Its length in bytes.
    pub size: u64,
    seal: Mutex<Seal>,
}

/// When the content of the file was last compared with the hash in its name, and what the file looked like then.
struct Seal {
    compared: Instant,
    looks: Looks,
    whole: bool,
}

/// What changes when a file is written or replaced: file, length, seconds and nanoseconds of the last change.
type Looks = (u64, u64, i64, i64);

/// A file that looks the same is read again after so long: disks also forget by themselves. Reading takes some 50 ms.
const COMPARE_EVERY: Duration = Duration::from_mins(10);
/// Readers opened with the file, so that its name is not needed again: as many as there are jobs at once, and one for reading
/// common words ahead.
const READERS: usize = JOBS_AT_ONCE + 1;

impl Snapshot {
    /// Opens an edition and checks that it can be read.
    pub(super) fn open(data_dir: &Path, edition: &Edition) -> Result<Self, SiteError> {
        let path = verified(data_dir, edition)?;
        let seal = Mutex::new(Seal { compared: Instant::now(), looks: looks(&path)?, whole: true });
        let file = Arc::new(File::open(&path).map_err(DbError::io(&path))?);
        let size = file.metadata().map_err(DbError::io(&path))?.len();
        let pool = ReadPool::open(&path, READERS)?;
        let (atlas, published_at) = pool.with(|conn| -> Result<_, SiteError> {
            let atlas = Atlas::load(conn)?;
            Ok((atlas, db::releases::newest(conn)?.unwrap_or(edition.from)))
        })?;
        Ok(Self { edition: edition.clone(), pool, atlas, pages: PageCache::default(), published_at, file, size, seal })
    }

    /// Looks whether the file is still there and what its name says. What is being served stays.
    ///
    /// # Errors
    /// It is gone, or was changed or damaged since it was opened.
    pub(super) fn look_after(&self, data_dir: &Path) -> Result<(), SiteError> {
        let path = path_of(data_dir, &self.edition)?;
        let now = looks(&path)?;
        let mut seal = self.seal.lock().unwrap_or_else(PoisonError::into_inner);
        if seal.whole && seal.looks == now && seal.compared.elapsed() < COMPARE_EVERY {
            return Ok(());
        }
        if !seal.whole && seal.looks == now && seal.compared.elapsed() < COMPARE_EVERY {
            return Err(SiteError::WentBad(self.edition.file.clone()));
        }
        let compared = verified(data_dir, &self.edition);
        *seal = Seal { compared: Instant::now(), looks: now, whole: compared.is_ok() };
        match compared {
            Ok(_) => Ok(()),
            Err(DbError::VersionDamaged { .. }) => Err(SiteError::WentBad(self.edition.file.clone())),
            Err(error) => Err(error.into()),
        }
    }

    /// Draws the maps that nearly every visitor asks for first.
    pub(super) fn warm(&self, today: Date) {
        let year = self.atlas.default_year(today);
        for tier in Tier::ALL {
            self.atlas.map(tier, year, Detail::Overview);
        }
    }

    /// Reads the common words of searches in a thread of its own, so that nothing waits for them.
    pub(super) fn warm_words(self: Arc<Self>) {
        thread::spawn(move || {
            if let Err(error) = self.atlas.words.warm(&self.pool, &self.atlas.cases) {
                tracing::warn!(%error, "common words could not be read ahead; the first searches take longer");
            }
        });
    }
}

fn looks(path: &Path) -> Result<Looks, DbError> {
    let file = fs::metadata(path).map_err(DbError::io(path))?;
    Ok((file.ino(), file.len(), file.mtime(), file.mtime_nsec()))
}
