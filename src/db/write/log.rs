//! What a release changes: counted for the person at the command line, kept for the page of changes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{OptionalExtension, Transaction, params};

use crate::db::error::DbError;
use crate::db::withdrawn_key::WithdrawnKey;
use crate::domain::council::CouncilId;
use crate::domain::format::counted_of;
use crate::domain::location::Location;
use crate::domain::progress::{self, Progress};
use crate::domain::release::Release;
use crate::domain::tally::Tally;
use crate::domain::year::ReportingYear;

/// A change of one value.
pub(super) struct Change<'a> {
    pub(super) noun: &'a str,
    pub(super) council: Option<CouncilId>,
    pub(super) year: Option<ReportingYear>,
    pub(super) what: String,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

/// Where a draft is made.
#[derive(Clone, Copy)]
pub(super) struct Home<'a> {
    pub(super) data_dir: &'a Path,
    pub(super) withdrawn_key: &'a RefCell<Option<WithdrawnKey>>,
}

/// The open log of one release, together with the transaction it writes in.
pub(super) struct Log<'a> {
    pub(super) tx: &'a Transaction<'a>,
    pub(super) release_id: i64,
    pub(super) data_dir: &'a Path,
    /// That of the data directory, or the one that the first withdrawal makes; kept when the draft is published.
    pub(super) withdrawn_key: &'a RefCell<Option<WithdrawnKey>>,
    progress: &'a dyn Progress,
    tally: Tally,
    added: BTreeMap<(&'static str, Option<ReportingYear>), u64>,
    sources: BTreeMap<(String, Option<String>, Option<String>), i64>,
}

impl<'a> Log<'a> {
    pub(super) fn open(
        tx: &'a Transaction<'a>,
        release: &Release,
        home: Home<'a>,
        progress: &'a dyn Progress,
    ) -> Result<Self, DbError> {
        tx.execute(
            "INSERT INTO releases (key, kind, title, source, source_url, licence, sha256, retrieved_at, published_at, synthetic)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                release.key,
                release.kind.as_str(),
                release.title,
                release.source,
                release.source_url,
                release.licence,
                release.sha256,
                release.retrieved_at.to_string(),
                release.published_at.to_string(),
                release.synthetic,
            ],
        )?;
        Ok(Self {
            tx,
            release_id: tx.last_insert_rowid(),
            data_dir: home.data_dir,
            withdrawn_key: home.withdrawn_key,
            progress,
            tally: Tally::default(),
            added: BTreeMap::new(),
            sources: BTreeMap::new(),
        })
    }

    /// Goes through the rows and tells how many are written.
    pub(super) fn each<'r, T>(&self, stage: &str, rows: &'r [T]) -> impl Iterator<Item = &'r T> + use<'r, 'a, T> {
        progress::each(self.progress, stage, rows.iter())
    }

    /// The row of `sources` for a place, made when first needed.
    pub(super) fn source(&mut self, location: &Location, url: Option<&str>) -> Result<i64, DbError> {
        let key = (location.file.clone(), location.sheet.clone(), url.map(str::to_owned));
        if let Some(id) = self.sources.get(&key) {
            return Ok(*id);
        }
        let found: Option<i64> = self
            .tx
            .prepare_cached(
                "SELECT id FROM sources WHERE release_id = ?1 AND file = ?2 AND ifnull(sheet, '') = ifnull(?3, '') AND ifnull(url, '') = ifnull(?4, '')",
            )?
            .query_row(params![self.release_id, key.0, key.1, key.2], |row| row.get(0))
            .optional()?;
        let id = if let Some(id) = found {
            id
        } else {
            self.tx
                .prepare_cached("INSERT INTO sources (release_id, file, sheet, url) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![self.release_id, key.0, key.1, key.2])?;
            self.tx.last_insert_rowid()
        };
        self.sources.insert(key, id);
        Ok(id)
    }

    /// A new row: only counted, since a list of all new rows is the table itself.
    pub(super) fn added(&mut self, noun: &'static str, year: Option<ReportingYear>) {
        self.tally.added += 1;
        *self.added.entry((noun, year)).or_default() += 1;
    }

    pub(super) fn unchanged(&mut self) {
        self.tally.unchanged += 1;
    }

    /// A changed or removed value: kept whole, with what was there before.
    pub(super) fn changed(&mut self, change: &Change<'_>) -> Result<(), DbError> {
        let action = if change.new.is_some() { "changed" } else { "removed" };
        if change.new.is_some() {
            self.tally.changed += 1;
        } else {
            self.tally.removed += 1;
        }
        self.tx
            .prepare_cached(
                "INSERT INTO changes (release_id, action, noun, council_id, year, what, old, new) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                self.release_id,
                action,
                change.noun,
                change.council.map(|id| id.0),
                change.year.map(|year| year.to_string()),
                change.what,
                change.old,
                change.new,
            ])?;
        let year = change.year.map(|year| format!(" {year}")).unwrap_or_default();
        let old = change.old.as_deref().unwrap_or("nothing");
        let new = change.new.as_deref().unwrap_or("removed");
        self.tally.lines.push(format!("{} {}{year}: {old} -> {new}", change.noun, change.what));
        Ok(())
    }

    pub(super) fn close(mut self) -> Result<Tally, DbError> {
        for ((noun, year), count) in &self.added {
            let year_text = year.map(|year| year.to_string());
            self.tx.execute(
                "INSERT INTO changes (release_id, action, noun, year, what, new) VALUES (?1, 'added', ?2, ?3, ?4, ?4)",
                params![self.release_id, noun, year_text, count.to_string()],
            )?;
            let of_year = year.map(|year| format!(" for {year}")).unwrap_or_default();
            self.tally.lines.push(format!("{} added{of_year}", counted_of(*count, noun)));
        }
        Ok(self.tally)
    }
}
