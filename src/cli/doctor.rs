//! `council-map doctor`.

mod directory;
mod finding;
mod machine;

use std::fs;

use clap::Args;
use jiff::Timestamp;

use self::finding::{Finding, Health};
use super::options::Data;
use super::output;
use super::progress::Bars;
use super::status::{DONE, PROBLEMS};
use crate::db::edition::Editions;
use crate::publish::inventory::Inventory;
use crate::publish::lock::{Lock, LockError};

/// Say what keeps a site from running well, and the way out.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  council-map doctor --data /var/lib/council-map
  sudo -u council-map council-map doctor --data /var/lib/council-map --listen 127.0.0.1:8080

One line for each check: ok, look (it works, and somebody should look at it) or bad, then what was found and what to do.
Nothing is changed. Limits of open files and memory are those of the shell that asks: a unit has its own.

Exit status: 0 nothing is bad, 1 something is, 2 wrong usage.")]
pub(super) struct Doctor {
    #[command(flatten)]
    data: Data,
    /// Where the site listens, or is going to.
    #[arg(long, value_name = "ADDR:PORT", env = "COUNCIL_MAP_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
}

impl Doctor {
    pub(super) fn run(self) -> anyhow::Result<u8> {
        let mut bad = false;
        for finding in self.findings()? {
            output::line(&finding.line());
            bad |= finding.health == Health::Bad;
        }
        Ok(if bad { PROBLEMS } else { DONE })
    }

    fn findings(&self) -> anyhow::Result<Vec<Finding>> {
        let dir = &self.data.dir;
        let reachable = directory::reachable(dir);
        let readable = reachable.health != Health::Bad;
        let mut findings = vec![reachable];
        let mut in_force = None;
        if readable {
            // A list that cannot be read is among what is not whole.
            let list = Editions::read(dir).ok();
            let now = Timestamp::now();
            let edition = list.as_ref().and_then(|list| list.in_force(now));
            in_force = edition.map(|edition| edition.id.clone());
            let waits = list.as_ref().is_some_and(|list| !list.pending(now).is_empty());
            findings.extend(directory::closed(dir, waits));
            match Lock::look(dir) {
                Ok(_lock) => {
                    let inventory = Inventory::take(dir, &*Bars::told())?;
                    findings.push(directory::whole(dir, &inventory, now));
                    findings.push(directory::leftovers(dir, list.as_ref()));
                }
                Err(LockError::Busy(_)) => {
                    findings.push(Finding::look("versions", "an import is at work; ask again when it has ended"));
                }
                Err(error) => return Err(error.into()),
            }
            findings.push(directory::waiting(dir, now));
            findings.push(directory::clock(list.as_ref(), now));
            let newest = list.as_ref().and_then(|list| list.editions.last());
            let size = newest.and_then(|edition| fs::metadata(dir.join(&edition.file)).ok());
            findings.push(machine::disk(dir, size.map(|about| about.len())));
        }
        findings.push(machine::handles());
        findings.push(machine::memory());
        findings.push(machine::port(&self.listen, in_force.as_deref()));
        Ok(findings)
    }
}
