//! `council-map releases`.

use std::collections::BTreeSet;

use clap::Args;
use jiff::Timestamp;

use super::options::Data;
use super::output;
use super::status::DONE;
use crate::db::edition::Editions;
use crate::publish::releases::{State, list};

/// List what has been imported, with its hour and its state.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  council-map releases --data /var/lib/council-map

The key at the beginning of each line is what publish and withdraw take; the last line names the versions that
rollback takes.")]
pub(super) struct Releases {
    #[command(flatten)]
    data: Data,
}

impl Releases {
    pub(super) fn run(self) -> anyhow::Result<u8> {
        let now = Timestamp::now();
        let editions = Editions::read(&self.data.dir)?;
        let Some(current) = editions.in_force(now) else {
            output::line(&format!("nothing has been published in {} yet", self.data.dir.display()));
            return Ok(DONE);
        };
        for listed in list(&self.data.dir, now)? {
            let release = listed.release;
            let state = match listed.state {
                State::InForce => format!("published {}", release.published_at),
                State::Waiting(from) => format!("waits until {from}"),
                State::Withdrawn(at) => format!("withdrawn {at}"),
                State::NotShown => "not shown: rolled back or never published".to_owned(),
            };
            let invented = if release.synthetic { ", invented" } else { "" };
            output::line(&format!("{}  {} ({}{invented}): {state}", release.key, release.title, release.source));
        }
        let past = editions.editions.iter().filter(|edition| edition.from <= now && edition.id != current.id);
        // A version that was gone back to stands in the list twice.
        let versions: BTreeSet<&str> = past.map(|edition| edition.id.as_str()).collect();
        let versions = versions.into_iter().collect::<Vec<_>>().join(", ");
        let versions = if versions.is_empty() { "none" } else { &versions };
        output::line(&format!("version in force: {}; versions to go back to: {versions}", current.id));
        Ok(DONE)
    }
}
