//! `council-map check`.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;

use super::options::Data;
use super::output;
use super::progress::Bars;
use super::status::{DONE, PROBLEMS};
use super::together::{self, Found};
use crate::db::data_dir::is_version_file;
use crate::db::edition::Editions;
use crate::domain::format::counted_of;
use crate::domain::release::ImportKind;
use crate::domain::year::ReportingYear;
use crate::publish::import::{Request, import_together};
use crate::publish::inventory::Inventory;
use crate::publish::lock::Lock;
use crate::publish::repair::repair;

/// Say of files what they are and what is wrong with them; without files, whether a data directory is whole.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  council-map check figures.csv decisions.csv FOLDER
  council-map check --data /var/lib/council-map
  council-map check --data /var/lib/council-map --repair
  council-map check --data /var/lib/council-map --repair --in-force 0003

Files are recognised by their content and checked together, against what the directory holds; nothing is changed.

Without files: reads every version and every kept file and compares them with their hashes. A repair takes the list of versions from
its second copy or, where that is lost too, makes it from the versions and the kept releases; a version in force or
waiting that is missing or damaged, or was made by an older version of this program, is made again from the kept
releases. What waits still waits, and what was taken back stays away. Where it cannot tell which version was in force, it
changes nothing and lists the choices for --in-force.

Exit status: 0 everything is whole, 1 something is not, 2 wrong usage.")]
pub(super) struct Check {
    /// Files or folders; none checks the data directory itself.
    #[arg(value_name = "FILE_OR_FOLDER", conflicts_with = "repair")]
    files: Vec<PathBuf>,
    /// The year that the files are about, where they do not say.
    #[arg(long, value_name = "2019-20", requires = "files", value_parser = |text: &str| ReportingYear::parse(text))]
    year: Option<ReportingYear>,
    #[command(flatten)]
    data: Data,
    /// Make the directory whole again.
    #[arg(long)]
    repair: bool,
    /// The version that was in force, when the repair asks for it.
    #[arg(long, value_name = "VERSION", requires = "repair")]
    in_force: Option<String>,
}

impl Check {
    pub(super) fn run(self) -> anyhow::Result<u8> {
        if !self.files.is_empty() {
            return self.check_files();
        }
        let dir = &self.data.dir;
        if self.repair {
            for sentence in repair(dir, self.in_force.as_deref(), Timestamp::now(), &Bars::told())? {
                output::line(&sentence);
            }
        }
        let _lock = Lock::look(dir)?;
        let now = Timestamp::now();
        let inventory = Inventory::take(dir, &*Bars::told())?;
        print(&inventory, now);
        let faults = inventory.faults(now);
        for fault in &faults {
            output::note(&fault.to_string());
        }
        if faults.is_empty() {
            if inventory.pointer.as_ref().is_ok_and(|list| list.editions.is_empty()) {
                output::line(&format!("nothing has been published in {} yet", dir.display()));
                return Ok(DONE);
            }
            output::line(&format!("{}: everything is whole", dir.display()));
            return Ok(DONE);
        }
        let count = counted_of(u64::try_from(faults.len()).unwrap_or(u64::MAX), "problems");
        output::note(&if self.repair {
            format!("{}: {count} left, which a repair cannot mend", dir.display())
        } else {
            format!("{}: {count}; to repair: council-map check --data {} --repair", dir.display(), dir.display())
        });
        Ok(PROBLEMS)
    }
}

impl Check {
    /// Checks files as an import would, and changes nothing.
    fn check_files(&self) -> anyhow::Result<u8> {
        let found = Found::open(&self.files);
        for line in found.lines() {
            output::line(&line);
        }
        if !found.problems.is_empty() {
            for problem in &found.problems {
                output::note(&problem.to_string());
            }
            return Ok(PROBLEMS);
        }
        let now = Timestamp::now();
        let groups = found.by_kind();
        let kinds: Vec<ImportKind> = groups.iter().map(|(kind, _)| *kind).collect();
        let request = |(kind, files)| Request {
            data_dir: self.data.dir.clone(),
            kind,
            files,
            year: self.year,
            title: None,
            source: None,
            source_url: None,
            publish_at: None,
            publish: false,
            now,
            progress: Bars::told(),
        };
        let outcomes = import_together(groups.into_iter().map(request).collect())?;
        Ok(together::print(&kinds, &outcomes, usize::MAX))
    }
}

/// One line for each version and each kept release.
fn print(inventory: &Inventory, now: Timestamp) {
    let list = inventory.pointer.as_ref().ok();
    for (file, version) in &inventory.versions {
        let state = list.map_or_else(|| "in no list".to_owned(), |list| state(list, file, now));
        let health = if version.is_ok() { "whole" } else { "not whole" };
        output::line(&format!("{file}: {health}, {state}"));
    }
    for (key, kept) in &inventory.kept {
        let health = if kept.files.is_ok() { "whole" } else { "not whole" };
        let state = match kept.meta.as_ref().ok() {
            Some(meta) if meta.withdrawn_at.is_some() => ", withdrawn",
            Some(meta) if meta.release.published_at > now => ", waiting",
            _ => "",
        };
        output::line(&format!("releases/{key}: {health}{state}"));
    }
}

fn state(list: &Editions, file: &str, now: Timestamp) -> String {
    let waiting = list.pending(now).into_iter().find(|edition| edition.file == file);
    match (list.in_force(now), waiting) {
        (Some(current), _) if current.file == file => format!("in force since {}", current.from),
        (_, Some(edition)) => format!("waits until {}", edition.from),
        _ if list.editions.iter().any(|edition| edition.file == file) => {
            "replaced; rollback can go back to it".to_owned()
        }
        _ if !is_version_file(file) => "in no list".to_owned(),
        _ => "in no list; the next publication removes it".to_owned(),
    }
}
