//! What every data directory starts from: the register, the boundaries and the residents that the binary carries.

use std::path::Path;

use jiff::Timestamp;

use super::error::PublishError;
use super::licence::licence_of;
use crate::db::councils::Register;
use crate::db::write::Draft;
use crate::domain::digest::sha256;
use crate::domain::progress::{Told, Unwatched};
use crate::domain::release::{ImportKind, Release};
use crate::import::{Context, InputFile, Taught, read};

const AUTHORITIES: &[u8] = include_bytes!("../../data/authorities.csv");
const POPULATION: &[u8] = include_bytes!("../../data/population-census-2021.csv");
const BOUNDARIES: &[u8] = include_bytes!("../../assets/boundaries.geojson");
/// When the files were made: part of the database, so it may not depend on the clock.
const MADE_AT: &str = "2026-11-22T00:00:00Z";

/// Keys of the releases that the binary carries, in their order. The first release of anybody else is number 3.
pub(super) const KEYS: [&str; 3] = ["0001-authorities", "0002-boundaries", "0002-population"];

/// A draft with the register, the boundaries and the residents.
pub(super) fn draft(data_dir: &Path, progress: &Told) -> Result<Draft, PublishError> {
    progress.begin("Starting from the register and the boundaries", None);
    let mut draft = Draft::empty(data_dir)?;
    let made_at: Timestamp = MADE_AT.parse().unwrap_or(Timestamp::UNIX_EPOCH);
    let [authorities, boundaries, population] = KEYS;
    let parts = [
        (authorities, ImportKind::Authorities, "authorities.csv", AUTHORITIES, "Register of councils", "Council Map"),
        (
            boundaries,
            ImportKind::Boundaries,
            "boundaries.geojson",
            BOUNDARIES,
            "Boundaries of councils",
            "Council Map, after the ONS Postcode Directory",
        ),
        (
            population,
            ImportKind::Population,
            "population-census-2021.csv",
            POPULATION,
            "Residents at the Census of 2021",
            "Office for National Statistics",
        ),
    ];
    for (key, kind, name, bytes, title, source) in parts {
        let release = Release {
            key: key.to_owned(),
            kind,
            title: title.to_owned(),
            source: source.to_owned(),
            source_url: None,
            licence: licence_of(kind).to_owned(),
            sha256: sha256(bytes),
            retrieved_at: made_at,
            published_at: made_at,
            synthetic: false,
        };
        let register = Register::load(draft.conn())?;
        let today = crate::domain::london::day_of(made_at);
        let context = Context {
            register: &register,
            conn: draft.conn(),
            today,
            visible_from: today,
            year: None,
            taught: &Taught::default(),
            progress: &Unwatched,
        };
        let mut files = [InputFile::in_memory(name, bytes.to_vec(), data_dir)];
        let (records, findings) = read(kind, &mut files, context);
        let Some(records) = records else {
            return Err(PublishError::Refitted { key: key.to_owned(), problems: findings.problems });
        };
        draft.apply(&release, &records)?;
    }
    Ok(draft.telling(progress))
}
