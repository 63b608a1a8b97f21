//! Everything of an edition as a folder of files that can be imported again, in the order of `order.json`.

use std::collections::BTreeSet;
use std::io;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use thiserror::Error;

use super::csv::{Cell, Table};
use super::datapackage::{self, Resource};
use super::dataset::Dataset;
use super::tables::{Tables, document_path};
use super::{changes, csvw};
use crate::db::councils::{self, Register};
use crate::db::{Connection, DbError, boundaries, releases, whole};
use crate::domain::progress::{Progress, each};
use crate::domain::release::{ImportKind, Release};
use crate::read::changes::ChangesPage;
use crate::read::{Atlas, ReadError};

/// Name of the list of files to import, in their order.
pub const ORDER: &str = "order.json";

/// Why an export failed.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The edition could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A file could not be written.
    #[error("{0}")]
    Write(#[from] io::Error),
}

impl From<DbError> for ExportError {
    fn from(error: DbError) -> Self {
        Self::Read(error.into())
    }
}

/// One file to import, with what is known of its release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportStep {
    /// Word of the kind.
    pub kind: String,
    /// File beside the list.
    pub file: String,
    /// Name of the release.
    pub release: String,
    /// Title.
    pub title: String,
    /// Who made it.
    pub source: String,
    /// Where it came from.
    pub source_url: Option<String>,
    /// Licence.
    pub licence: String,
    /// When it was taken in.
    pub retrieved_at: String,
    /// Since when it may be seen.
    pub published_at: String,
    /// Whether it is invented.
    pub synthetic: bool,
}

type Sink<'a> = &'a mut dyn FnMut(&str, &[u8]) -> io::Result<()>;

/// Writes the folder: `sink` gets each path below it and its bytes.
pub fn write(
    conn: &Connection,
    atlas: &Atlas,
    edition: &str,
    progress: &dyn Progress,
    sink: Sink<'_>,
) -> Result<(), ExportError> {
    let tables = Tables::new(conn, &atlas.register, atlas.synthetic)?;
    let mut steps = Vec::new();
    let all = releases::all(conn)?;
    progress.begin("Writing releases", Some(all.len()));
    for kind in ImportKind::ALL {
        for release in all.iter().filter(|release| release.kind == kind) {
            let last = all.iter().rfind(|other| other.kind == kind).is_some_and(|other| other.key == release.key);
            // The frame is one whole, whatever number of releases made it.
            if (kind.is_content() || last)
                && let Some((file, bytes)) = part(conn, atlas, &tables, release)?
            {
                sink(&format!("import/{file}"), &bytes)?;
                steps.push(step(release, file));
            }
            progress.step(1);
        }
    }
    documents(conn, &atlas.register, progress, sink)?;
    sink(&format!("import/{ORDER}"), format!("{:#}\n", json!(steps)).as_bytes())?;
    for dataset in each(progress, "Writing whole tables", Dataset::ALL.into_iter()) {
        let bytes = match dataset {
            Dataset::Changes => changes::csv(&ChangesPage::read(conn, atlas, None, u32::MAX)?).into_bytes(),
            _ => tables.table(dataset, None)?.into_bytes(),
        };
        sink(&format!("data/{}.csv", dataset.as_str()), &bytes)?;
    }
    let resources = Dataset::ALL.map(|dataset| Resource {
        path: format!("{}.csv", dataset.as_str()),
        name: dataset.as_str().to_owned(),
        dataset,
    });
    let package = datapackage::json(&resources, tables.fields(), edition, atlas.synthetic).0;
    sink("data/datapackage.json", format!("{package:#}\n").as_bytes())?;
    sink("data/csv-metadata.json", format!("{:#}\n", csvw::json("", tables.fields()).0).as_bytes())?;
    sink("README.md", readme(edition, atlas.synthetic, &steps).as_bytes())?;
    Ok(())
}

/// The file of a release, or of the whole frame of its kind. Where nothing of a release is left, since later ones
/// corrected or withdrew it all, the header alone: its name stays in the list of sources.
fn part(
    conn: &Connection,
    atlas: &Atlas,
    tables: &Tables<'_>,
    release: &Release,
) -> Result<Option<(String, Vec<u8>)>, ExportError> {
    let of = |dataset| -> Result<Option<Vec<u8>>, DbError> {
        Ok(Some(tables.table(dataset, Some(&release.key))?.into_bytes()))
    };
    let (extension, bytes) = match release.kind {
        ImportKind::Authorities => ("csv", of(Dataset::Councils)?),
        ImportKind::Aliases => ("csv", Some(aliases(conn, &atlas.register)?)),
        ImportKind::Boundaries => ("geojson", Some(layer(conn)?)),
        ImportKind::Postcodes => ("bin", releases::blob(conn, releases::POSTCODES)?),
        ImportKind::Population => ("csv", Some(population(conn, &atlas.register)?)),
        ImportKind::Neighbours => ("csv", Some(neighbours(conn, &atlas.register)?)),
        ImportKind::Statistics => ("csv", of(Dataset::Statistics)?),
        ImportKind::National => ("csv", of(Dataset::National)?),
        ImportKind::Decisions => ("csv", of(Dataset::Decisions)?),
        ImportKind::Improvements => ("csv", of(Dataset::Improvements)?),
        ImportKind::Letters => ("csv", of(Dataset::Letters)?),
        ImportKind::Replies => ("csv", of(Dataset::Replies)?),
    };
    Ok(bytes.map(|bytes| (format!("{}.{extension}", release.key), bytes)))
}

fn step(release: &Release, file: String) -> ImportStep {
    ImportStep {
        kind: release.kind.as_str().to_owned(),
        file,
        release: release.key.clone(),
        title: release.title.clone(),
        source: release.source.clone(),
        source_url: release.source_url.clone(),
        licence: release.licence.clone(),
        retrieved_at: release.retrieved_at.to_string(),
        published_at: release.published_at.to_string(),
        synthetic: release.synthetic,
    }
}

/// All boundaries.
fn layer(conn: &Connection) -> Result<Vec<u8>, DbError> {
    let features: Vec<Value> = boundaries::all(conn)?
        .into_iter()
        .map(|boundary| {
            json!({
                "type": "Feature",
                "properties": {
                    "code": boundary.code.as_str(),
                    "valid_from": boundary.valid_from.map(|day| day.to_string()),
                    "valid_to": boundary.valid_to.map(|day| day.to_string()),
                },
                "geometry": serde_json::from_str::<Value>(&boundary.geometry).unwrap_or_default(),
            })
        })
        .collect();
    Ok(json!({"type": "FeatureCollection", "features": features}).to_string().into_bytes())
}

fn population(conn: &Connection, register: &Register) -> Result<Vec<u8>, DbError> {
    let rows = whole::populations(conn)?.into_iter().filter_map(|(council, year, residents)| {
        let council = register.get(council)?;
        Some(vec![Cell::text(council.slug.as_str()), Cell::number(Some(year)), Cell::number(Some(residents))])
    });
    Ok(Table { header: vec!["authority", "year", "population"], rows: rows.collect() }.into_bytes())
}

fn aliases(conn: &Connection, register: &Register) -> Result<Vec<u8>, DbError> {
    let rows = councils::aliases(conn)?
        .into_iter()
        .filter_map(|(name, council)| Some(vec![Cell::text(name), Cell::text(register.get(council)?.slug.as_str())]));
    let others = councils::no_councils(conn)?;
    let rows = rows.chain(others.into_iter().map(|(name, what)| vec![Cell::text(name), Cell::text(what.as_str())]));
    Ok(Table { header: vec!["alias", "authority"], rows: rows.collect() }.into_bytes())
}

fn neighbours(conn: &Connection, register: &Register) -> Result<Vec<u8>, DbError> {
    let rows = whole::neighbours(conn)?.into_iter().filter_map(|(council, model, rank, neighbour)| {
        Some(vec![
            Cell::text(register.get(council)?.slug.as_str()),
            Cell::number(Some(rank)),
            Cell::text(register.get(neighbour)?.slug.as_str()),
            Cell::text(model),
        ])
    });
    Ok(Table { header: vec!["authority", "rank", "neighbour", "model"], rows: rows.collect() }.into_bytes())
}

/// The documents of letters, where the lists of letters name them.
fn documents(
    conn: &Connection,
    register: &Register,
    progress: &dyn Progress,
    sink: Sink<'_>,
) -> Result<(), ExportError> {
    let mut written = BTreeSet::new();
    for letter in each(progress, "Writing documents of letters", whole::letters(conn)?.into_iter()) {
        let (Some(council), Some((id, _, name))) = (register.get(letter.council), letter.document) else { continue };
        let path = document_path(letter.year, council, &name);
        if written.insert(path.clone()) {
            sink(&format!("import/{path}"), &whole::document(conn, id)?)?;
        }
    }
    Ok(())
}

fn readme(edition: &str, synthetic: bool, steps: &[ImportStep]) -> String {
    let mut text = format!("# Council Map, version {edition}\n\n");
    if synthetic {
        text.push_str(
            "Every statistic, decision, improvement, letter and reply here is invented for demonstration.\n\n",
        );
    }
    text.push_str(
        "- `data/`: whole tables as CSV with `datapackage.json` (Frictionless) and `csv-metadata.json` (CSVW).\n\
         - `import/`: the same by release, in the columns that `council-map import` takes, with boundaries and documents.\n\n\
         ## Make the site again\n\n```\ncouncil-map restore THIS-FOLDER --data EMPTY-DIR\n```\n\n\
         It imports these files in this order, each with its title, source, licence and dates:\n\n",
    );
    for step in steps {
        text.push_str(&format!("1. `council-map import {} import/{}`: {}\n", step.kind, step.file, step.title));
    }
    text
}
