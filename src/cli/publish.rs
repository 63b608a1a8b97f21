//! `council-map publish`.

use clap::Args;
use jiff::Timestamp;

use super::options::{Data, moment};
use super::output;
use super::progress::Bars;
use super::status::DONE;
use crate::publish::releases;

/// Publish a waiting release now, or move its hour.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  council-map publish 0004-letters
  council-map publish 0004-letters --at 2026-07-29T09:00:00+01:00")]
pub(super) struct Publish {
    /// Key of the release, as `council-map releases` lists it.
    release: String,
    #[command(flatten)]
    data: Data,
    /// The new hour; now when not given.
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    at: Option<Timestamp>,
}

impl Publish {
    pub(super) fn run(self) -> anyhow::Result<u8> {
        let edition = releases::publish(&self.data.dir, &self.release, self.at, Timestamp::now(), &Bars::told())?;
        output::line(&format!("release {} is in version {}, in force from {}", self.release, edition.id, edition.from));
        Ok(DONE)
    }
}
