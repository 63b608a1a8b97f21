//! `council-map read-apart`: the other side of `import::apart`, not for people.

use clap::Args;

use super::status::DONE;
use crate::import::apart::Job;
use crate::import::within_limits::answer;

/// Read a foreign file from standard input within limits of memory and time, and answer on standard output.
#[derive(Debug, Args)]
pub(super) struct ReadApart {
    /// What to do with it.
    #[arg(value_parser = |text: &str| Job::parse(text).ok_or("no such job"))]
    job: Job,
}

impl ReadApart {
    pub(super) fn run(self) -> anyhow::Result<u8> {
        answer(self.job)?;
        Ok(DONE)
    }
}
