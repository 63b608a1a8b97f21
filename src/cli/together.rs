//! Files of several kinds at once: what each is taken for and why, all of them checked together, one report, one version.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::output;
use super::status::{DONE, PROBLEMS};
use crate::domain::format::counted_of;
use crate::domain::location::{Location, Problem};
use crate::domain::release::ImportKind;
use crate::import::recognise::{Recognised, recognise};
use crate::import::{InputFile, is_link};
use crate::publish::import::{Ending, Outcome};

/// A file with what it was taken for.
pub(super) struct Taken {
    pub(super) file: InputFile,
    pub(super) recognised: Recognised,
}

/// The files that were found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) taken: Vec<Taken>,
    /// Files of folders that hold nothing by themselves, with what they look like.
    pub(super) passed_over: Vec<(String, String)>,
    pub(super) problems: Vec<Problem>,
}

impl Found {
    /// Opens files, and all files of folders; what begins with a full stop is nobody's business.
    pub(super) fn open(paths: &[PathBuf]) -> Self {
        let mut found = Self::default();
        for path in paths {
            if path.is_dir() {
                let mut inside: Vec<PathBuf> = fs::read_dir(path)
                    .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
                    .unwrap_or_default();
                inside.retain(|path| path.is_file() && !path.file_name().is_some_and(is_hidden));
                inside.sort();
                for path in &inside {
                    found.add(path, true);
                }
            } else {
                found.add(path, false);
            }
        }
        if found.taken.is_empty() && found.problems.is_empty() {
            let shown = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
            let expected = "a table, a collection of areas or saved pages (docs/importing.md)";
            found.problems.push(Problem::new(
                Location::file(&shown),
                "nothing that can be imported was found",
                expected,
            ));
        }
        found
    }

    fn add(&mut self, path: &Path, in_folder: bool) {
        let shown = path.display().to_string();
        let problem = |found: String, expected: &str| Problem::new(Location::file(&shown), found, expected);
        if in_folder && is_link(path) {
            self.passed_over.push((shown, "this is a link; name the file that it leads to".to_owned()));
            return;
        }
        match InputFile::open(path).map(|file| (recognise(&file), file)) {
            Err(why) => self.problems.push(problem(why, "a file that can be read")),
            Ok((Ok(recognised), file)) => self.taken.push(Taken { file, recognised }),
            Ok((Err(why), _)) if in_folder => self.passed_over.push((shown, why)),
            Ok((Err(why), _)) => {
                self.problems.push(problem(why, "a file of a known kind; name its kind before it if it is one"));
            }
        }
    }

    /// The files by kind, in the order in which a site is loaded.
    pub(super) fn by_kind(self) -> Vec<(ImportKind, Vec<InputFile>)> {
        let mut groups: Vec<(ImportKind, Vec<InputFile>)> =
            ImportKind::ALL.into_iter().map(|kind| (kind, Vec::new())).collect();
        for taken in self.taken {
            if let Some((_, files)) = groups.iter_mut().find(|(kind, _)| *kind == taken.recognised.kind) {
                files.push(taken.file);
            }
        }
        groups.retain(|(_, files)| !files.is_empty());
        groups
    }

    /// What each file was taken for, one line each.
    pub(super) fn lines(&self) -> Vec<String> {
        let taken = self
            .taken
            .iter()
            .map(|one| format!("{}: {}: {}", one.file.name, one.recognised.kind.as_str(), one.recognised.why));
        let passed = self.passed_over.iter().map(|(file, why)| format!("{file}: passed over: {why}"));
        taken.chain(passed).collect()
    }

    /// The same for programs.
    pub(super) fn as_json(&self) -> Vec<Value> {
        let taken = self.taken.iter().map(
            |one| json!({ "file": one.file.name, "kind": one.recognised.kind.as_str(), "why": one.recognised.why }),
        );
        let passed = self.passed_over.iter().map(|(file, why)| json!({ "file": file, "kind": null, "why": why }));
        taken.chain(passed).collect()
    }
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.to_string_lossy().starts_with('.')
}

/// Prints problems, remarks and changes of all imports. The exit status says whether there are problems.
pub(super) fn print(kinds: &[ImportKind], outcomes: &[Outcome], most_lines: usize) -> u8 {
    let problems: Vec<&Problem> = outcomes.iter().flat_map(|outcome| &outcome.findings.problems).collect();
    let remarks = outcomes.iter().flat_map(|outcome| &outcome.findings.remarks);
    if !problems.is_empty() {
        for problem in problems.iter().take(most_lines) {
            output::note(&problem.to_string());
        }
        let count = counted_of(u64::try_from(problems.len()).unwrap_or(u64::MAX), "problems");
        output::note(&format!("{count}; nothing was changed"));
        return PROBLEMS;
    }
    for remark in remarks.take(most_lines) {
        output::note(&format!("look at {remark}"));
    }
    for (kind, outcome) in kinds.iter().zip(outcomes) {
        let tally = &outcome.tally;
        output::line(&format!(
            "{}: {} added, {} changed, {} removed, {} as before",
            kind.as_str(),
            tally.added,
            tally.changed,
            tally.removed,
            tally.unchanged
        ));
    }
    match outcomes.first().map(|outcome| &outcome.ending) {
        Some(Ending::Published(edition)) => {
            output::line(&format!("published as version {}, in force from {}", edition.id, edition.from));
        }
        Some(Ending::Nothing) => output::line("nothing new, so nothing was published"),
        _ => output::line("checked only; nothing was changed"),
    }
    DONE
}
