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
  council-map demo --alike --data var-alike

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
    /// Give every council the true rates of its kind: what stands out then, stands out by chance alone.
    #[arg(long)]
    alike: bool,
}

impl Demo {
    pub(super) fn run(self) -> anyhow::Result<u8> {
        make(&self.data.dir, &Options { alike: self.alike, ..options(self.seed, self.decisions) })?;
        output::line(&format!("a demonstration with invented figures is in {}", self.data.dir.display()));
        Ok(DONE)
    }
}

/// The options with their defaults.
pub(super) fn options(seed: Option<u64>, decisions: Option<u32>) -> Options {
    let usual = Options::default();
    Options { seed: seed.unwrap_or(usual.seed), decisions: decisions.unwrap_or(usual.decisions), ..usual }
}

/// Invents the records and publishes them.
pub(super) fn make(data_dir: &Path, options: &Options) -> anyhow::Result<()> {
    let bars = Bars::told();
    let now = Timestamp::now();
    let register = generated::base_register(data_dir, now, &bars)?;
    let invented = demo::releases(&register, options);
    let title = if options.alike { "Demonstration of chance alone" } else { "Demonstration" };
    generated::publish_generated(data_dir, title, invented, now, &bars)?;
    Ok(())
}
