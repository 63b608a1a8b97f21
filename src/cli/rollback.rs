//! `council-map rollback`.

use clap::Args;
use jiff::Timestamp;

use super::options::Data;
use super::output;
use super::progress::Bars;
use super::status::DONE;
use crate::publish::releases;

/// Go back to an earlier version of the whole site.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  council-map rollback               to the version before
  council-map rollback --to 0003     to version 0003")]
pub(super) struct Rollback {
    #[command(flatten)]
    data: Data,
    /// The version, as `council-map releases` lists it; the one before when not given.
    #[arg(long, value_name = "VERSION")]
    to: Option<String>,
}

impl Rollback {
    pub(super) fn run(self) -> anyhow::Result<u8> {
        let edition = releases::rollback(&self.data.dir, self.to.as_deref(), Timestamp::now(), &Bars::told())?;
        output::line(&format!("version {} is in force again", edition.id));
        Ok(DONE)
    }
}
