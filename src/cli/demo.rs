//! `council-map demo`.

use std::path::Path;

use clap::Args;
use jiff::Timestamp;

use super::options::Data;
use super::output;
use super::progress::Bars;
use super::status::DONE;
use crate::demo::{self, Options};
use crate::publish::generated;

/// Make a demonstration: every council in every year, with invented figures, decisions and letters.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  council-map demo
  council-map demo --seed 7 --decisions 500 --data var-small

The same seed gives the same demonstration. Every page, file and picture made of it says that it is invented.")]
pub(super) struct Demo {
    #[command(flatten)]
    data: Data,
    /// Another number gives other figures; 1 when not given.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// How many decisions to invent; 12000 when not given.
    #[arg(long, value_name = "N")]
    decisions: Option<u32>,
}

impl Demo {
    pub(super) fn run(self) -> anyhow::Result<u8> {
        make(&self.data.dir, &options(self.seed, self.decisions))?;
        output::line(&format!("a demonstration with invented figures is in {}", self.data.dir.display()));
        Ok(DONE)
    }
}

/// The options with their defaults.
pub(super) fn options(seed: Option<u64>, decisions: Option<u32>) -> Options {
    let usual = Options::default();
    Options { seed: seed.unwrap_or(usual.seed), decisions: decisions.unwrap_or(usual.decisions) }
}

/// Invents the records and publishes them.
pub(super) fn make(data_dir: &Path, options: &Options) -> anyhow::Result<()> {
    let bars = Bars::told();
    let now = Timestamp::now();
    let register = generated::base_register(data_dir, now, &bars)?;
    let invented = demo::releases(&register, options);
    generated::publish_generated(data_dir, "Demonstration", invented, now, &bars)?;
    Ok(())
}
