//! `council-map export` and `council-map restore`.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::options::Data;
use super::output;
use super::output_folder;
use super::packs::Packs;
use super::progress::Bars;
use super::status::{DONE, PROBLEMS};
use crate::db::edition::{Editions, verified};
use crate::db::open_reader;
use crate::export::folder;
use crate::import::problems::SHOWN;
use crate::publish::restore::{Restored, restore};
use crate::read::Atlas;

/// Write everything that is public now to a folder.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  council-map export --out council-map-export
  council-map restore council-map-export --data var-copy
  council-map export packs --year 2024-25      the committee pack of every council as a PDF

The folder holds whole tables as CSV with a data package, and the same by release, to be imported again.
What waits for its hour is not in it."
)]
pub(super) struct Export {
    #[command(subcommand)]
    what: Option<What>,
    /// Folder to write; it is made, and must be empty when it is there.
    #[arg(long, value_name = "DIR", required = true)]
    out: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write the committee pack of every council as a PDF.
    Packs(Packs),
}

/// Make a site again from the folder of an export, in an empty data directory.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  council-map export --out council-map-export
  council-map restore council-map-export --data var-copy

Names of releases and files may differ afterwards; pages, twins and downloads say the same.")]
pub(super) struct Restore {
    /// Folder that `council-map export` wrote.
    folder: PathBuf,
    #[command(flatten)]
    data: Data,
}

impl Export {
    pub(super) fn run(self) -> anyhow::Result<u8> {
        let out = match (self.what, self.out) {
            (Some(What::Packs(packs)), _) => return packs.run(),
            (None, Some(out)) => out,
            (None, None) => bail!("name a folder with --out"),
        };
        let editions = Editions::read(&self.data.dir)?;
        let Some(edition) = editions.in_force(Timestamp::now()) else {
            bail!("nothing has been published in {} yet", self.data.dir.display());
        };
        output_folder::must_be_empty(&out)?;
        let conn = open_reader(&verified(&self.data.dir, edition)?)?;
        let atlas = Atlas::load(&conn)?;
        let mut written: u64 = 0;
        folder::write(&conn, &atlas, &edition.id, &*Bars::told(), &mut |path, bytes| {
            written += 1;
            output_folder::write(&out.join(path), bytes)
        })?;
        output::line(&format!("{written} files of version {} are in {}", edition.id, out.display()));
        Ok(DONE)
    }
}

impl Restore {
    pub(super) fn run(self) -> anyhow::Result<u8> {
        let below = self.folder.join("import");
        let restored = restore(&self.data.dir, &below, folder::ORDER, Timestamp::now(), &Bars::told())
            .with_context(|| format!("{} cannot be restored", self.folder.display()))?;
        match restored {
            Restored::Published(edition) => {
                output::line(&format!("published as version {} in {}", edition.id, self.data.dir.display()));
                Ok(DONE)
            }
            Restored::Problems(problems) => {
                for problem in problems.iter().take(SHOWN) {
                    output::note(&problem.to_string());
                }
                output::note(&format!("{} problems; nothing was changed", problems.len()));
                Ok(PROBLEMS)
            }
        }
    }
}
