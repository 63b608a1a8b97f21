//! `council-map real`.

use std::path::Path;

use anyhow::bail;
use clap::Args;
use jiff::Timestamp;

use super::progress::Bars;
use super::{output, serve};
use crate::domain::digest;
use crate::domain::release::ImportKind;
use crate::import::InputFile;
use crate::publish::import::{Ending, Request, import};
use crate::publish::releases::list;

/// Where the figures go when no folder is named: real and invented ones are never in the same.
const FOLDER: &str = "real";

/// The published figures that the program carries, each with the address where it was published. What the Ombudsman's own
/// pages print comes after what others copied from them, and so prevails.
const CARRIED: [(ImportKind, &str, &[u8]); 5] = [
    (ImportKind::Statistics, "statistics.csv", include_bytes!("../../data/published/statistics.csv")),
    (ImportKind::Statistics, "other-pages.csv", include_bytes!("../../data/published/other-pages.csv")),
    (ImportKind::Statistics, "own-pages.csv", include_bytes!("../../data/published/own-pages.csv")),
    (ImportKind::National, "national.csv", include_bytes!("../../data/published/national.csv")),
    (ImportKind::Decisions, "decisions.csv", include_bytes!("../../data/published/decisions.csv")),
];

/// Serve the published figures that the program carries, and nothing invented.
#[derive(Debug, Args)]
#[command(
    mut_arg("dir", |dir| dir.default_value(FOLDER)),
    after_help = "Examples:
  council-map real
  council-map real --data /var/lib/council-map --listen 127.0.0.1:8081

At the first start the figures of some councils, those of England and a list of decisions are imported and
published. What has been imported before is left as it is, also when it was withdrawn, and so is each kind of
which there are files of your own."
)]
pub(super) struct Real {
    #[command(flatten)]
    serve: serve::Serve,
}

impl Real {
    pub(super) fn run(self) -> anyhow::Result<u8> {
        publish_carried(&self.serve.data.dir)?;
        self.serve.run()
    }
}

/// Publishes each carried file that the folder never had, of the kinds of which it has nothing else.
fn publish_carried(data_dir: &Path) -> anyhow::Result<()> {
    let now = Timestamp::now();
    let there = list(data_dir, now)?;
    if there.iter().any(|listed| listed.release.synthetic) {
        bail!(
            "{} holds the demonstration, whose figures are invented; name another folder with --data",
            data_dir.display()
        );
    }
    let carried: Vec<String> = CARRIED.iter().map(|(_, _, bytes)| digest::sha256(bytes)).collect();
    for ((kind, name, bytes), hash) in CARRIED.into_iter().zip(&carried) {
        let of_kind = || there.iter().filter(|listed| listed.release.kind == kind).map(|listed| &listed.release.sha256);
        if of_kind().any(|one| one == hash || !carried.contains(one)) {
            continue;
        }
        let outcome = import(Request {
            data_dir: data_dir.to_owned(),
            kind,
            files: vec![InputFile::in_memory(name, bytes.to_vec(), Path::new(""))],
            year: None,
            title: None,
            source: None,
            source_url: None,
            publish_at: None,
            publish: true,
            now,
            progress: Bars::told(),
        })?;
        if let (Ending::Problems, Some(first)) = (&outcome.ending, outcome.findings.problems.first()) {
            bail!("the {} that the program carries do not fit {}: {first}", kind.as_str(), data_dir.display());
        }
        output::note(&format!("published data/published/{name} in {}", data_dir.display()));
    }
    Ok(())
}
