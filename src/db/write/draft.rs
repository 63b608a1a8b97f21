//! A draft of the next edition: made beside the published files, invisible until its pointer is written.

use std::cell::RefCell;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::log::Home;
use super::{apply, derive};
use crate::db::data_dir::{DRAFT, STAGED, content_hash, make_file, make_folder, sync_dir};
use crate::db::edition::Editions;
use crate::db::error::DbError;
use crate::db::schema;
use crate::db::withdrawn_key::WithdrawnKey;
use crate::domain::progress::{Told, unwatched};
use crate::domain::record::Records;
use crate::domain::release::{Release, WithdrawnRelease};
use crate::domain::tally::Tally;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};

/// A database being changed. Dropped without `publish`, it leaves nothing behind.
#[derive(Debug)]
pub struct Draft {
    conn: Connection,
    data_dir: PathBuf,
    progress: Told,
    withdrawn_key: RefCell<Option<WithdrawnKey>>,
    // Held for its Drop: the draft's file goes when the draft goes.
    file: tempfile::TempPath,
}

/// A finished file: in the data directory, complete and on disk, not yet in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Number and content hash.
    pub id: String,
    /// File name in the data directory.
    pub file: String,
}

impl Draft {
    /// A draft with the schema and nothing else.
    pub fn empty(data_dir: &Path) -> Result<Self, DbError> {
        let draft = Self::at(data_dir, None)?;
        schema::create(&draft.conn)?;
        Ok(draft)
    }

    /// A draft that starts as a copy of a published file.
    pub fn copy_of(data_dir: &Path, file: &Path) -> Result<Self, DbError> {
        Self::at(data_dir, Some(file))
    }

    fn at(data_dir: &Path, base: Option<&Path>) -> Result<Self, DbError> {
        make_folder(data_dir)?;
        let file = tempfile::Builder::new()
            .prefix(DRAFT)
            .suffix(".db")
            .tempfile_in(data_dir)
            .map_err(DbError::io(data_dir))?
            .into_temp_path();
        if let Some(base) = base {
            fs::copy(base, &file).map_err(DbError::io(base))?;
        }
        let conn = Connection::open_with_flags(
            &file,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        if let Some(base) = base {
            schema::check(&conn, base)?;
        }
        // The draft is thrown away on any failure, so its own durability is worth nothing; `publish`
        // syncs what it keeps.
        conn.execute_batch(
            "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON;
             PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
        )?;
        conn.set_prepared_statement_cache_capacity(64);
        let withdrawn_key = RefCell::new(WithdrawnKey::read(data_dir)?);
        Ok(Self { conn, data_dir: data_dir.to_owned(), progress: unwatched(), withdrawn_key, file })
    }

    /// Tells somebody how far the work is.
    #[must_use]
    pub fn telling(self, progress: &Told) -> Self {
        Self { progress: Told::clone(progress), ..self }
    }

    /// The connection, for reading what the draft holds.
    pub fn conn(&self) -> &Connection {
        &self.conn
    }

    /// Writes the records of one release, whole or not at all.
    pub fn apply(&mut self, release: &Release, records: &Records) -> Result<Tally, DbError> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let home = Home { data_dir: &self.data_dir, withdrawn_key: &self.withdrawn_key };
        let tally = apply(&tx, release, [records], home, &*self.progress)?;
        tx.commit()?;
        Ok(tally)
    }

    /// Writes a release whose records come in parts, whole or not at all: only one part is in memory.
    pub fn apply_all(&mut self, release: &Release, parts: impl IntoIterator<Item = Records>) -> Result<Tally, DbError> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let home = Home { data_dir: &self.data_dir, withdrawn_key: &self.withdrawn_key };
        let tally = apply(&tx, release, parts, home, &*self.progress)?;
        tx.commit()?;
        Ok(tally)
    }

    /// Says which releases were seen and taken back; the list takes the place of the one before.
    pub fn set_withdrawn(&mut self, releases: &[WithdrawnRelease]) -> Result<(), DbError> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute("DELETE FROM withdrawn_releases", [])?;
        for one in releases {
            tx.execute(
                "INSERT INTO withdrawn_releases (key, kind, published_at, withdrawn_at) VALUES (?1, ?2, ?3, ?4)",
                params![one.key, one.kind.as_str(), one.published_at.to_string(), one.withdrawn_at.to_string()],
            )?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Computes every figure and verdict anew; to be called after the last release.
    pub fn derive(&mut self) -> Result<(), DbError> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        derive::figures(&tx, &*self.progress)?;
        tx.commit()?;
        Ok(())
    }

    /// Finishes the file: optimised, compact, checked, synced, under the name it will keep.
    pub fn publish(mut self, number: u32) -> Result<Published, DbError> {
        self.derive()?;
        self.progress.begin("Putting the search in order", None);
        self.conn.execute_batch(
            "INSERT INTO decision_search (decision_search) VALUES ('optimize'); ANALYZE; PRAGMA optimize;",
        )?;
        let staged = self.data_dir.join(format!("{STAGED}{number:04}-{}.tmp", std::process::id()));
        let _ = fs::remove_file(&staged);
        let result = self.finish(&staged, number);
        if result.is_err() {
            let _ = fs::remove_file(&staged);
        }
        result
    }

    fn finish(&self, staged: &Path, number: u32) -> Result<Published, DbError> {
        self.progress.begin("Writing the new version", None);
        // SQLite fills an empty file, and would make one that everybody may read.
        drop(make_file(staged)?);
        self.conn.execute("VACUUM INTO ?1", [staged.to_string_lossy()])?;
        File::open(staged).and_then(|file| file.sync_all()).map_err(DbError::io(staged))?;
        Editions::begin(&self.data_dir)?;
        if let Some(key) = &*self.withdrawn_key.borrow()
            && WithdrawnKey::read(&self.data_dir)?.as_ref() != Some(key)
        {
            key.keep(&self.data_dir)?;
        }
        let id = format!("{number:04}-{}", content_hash(staged)?);
        let file = format!("site-{id}.db");
        let path = self.data_dir.join(&file);
        fs::rename(staged, &path).map_err(DbError::io(&path))?;
        sync_dir(&self.data_dir)?;
        Ok(Published { id, file })
    }

    /// Where the draft lies while it is being made.
    pub fn path(&self) -> &Path {
        &self.file
    }
}
