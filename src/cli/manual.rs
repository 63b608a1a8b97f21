//! `council-map manual`.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Command};

use super::output;
use super::status::DONE;

/// Write the manual pages to a folder, one for each command.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  council-map manual --out /usr/local/share/man/man1
  council-map manual --out man && man man/council-map-import.1")]
pub(super) struct Manual {
    /// The folder; made when it is not there.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Manual {
    pub(super) fn run(self, command: Command) -> anyhow::Result<u8> {
        fs::create_dir_all(&self.out).with_context(|| self.out.display().to_string())?;
        clap_mangen::generate_to(command, &self.out).with_context(|| self.out.display().to_string())?;
        output::line(&format!("the manual pages are in {}; begin with council-map.1", self.out.display()));
        Ok(DONE)
    }
}
