//! `council-map withdraw`.

use clap::Args;
use jiff::Timestamp;

use super::options::Data;
use super::output;
use super::progress::Bars;
use super::status::DONE;
use crate::publish::releases;

/// Take a release back, as if it had never been imported. Its files stay in the data directory, unseen.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  council-map withdraw 0004-letters")]
pub(super) struct Withdraw {
    /// Key of the release, as `council-map releases` lists it.
    release: String,
    #[command(flatten)]
    data: Data,
}

impl Withdraw {
    pub(super) fn run(self) -> anyhow::Result<u8> {
        let edition = releases::withdraw(&self.data.dir, &self.release, Timestamp::now(), &Bars::told())?;
        output::line(&format!("release {} is withdrawn; version {} is in force", self.release, edition.id));
        Ok(DONE)
    }
}
