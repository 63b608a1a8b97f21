//! What several commands take.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;

/// Where the published files are.
#[derive(Clone, Debug, Args)]
pub(super) struct Data {
    /// Folder of the published files.
    #[arg(long = "data", value_name = "DIR", env = "COUNCIL_MAP_DATA", default_value = "var")]
    pub(super) dir: PathBuf,
}

/// Reads a moment for clap: `2026-07-22T09:00:00+01:00`.
pub(super) fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| "expected a moment with its zone, like 2026-07-22T09:00:00+01:00".to_owned())
}
