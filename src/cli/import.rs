//! `council-map import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use serde_json::json;

use super::folder;
use super::options::{Data, moment};
use super::output;
use super::progress::Bars;
use super::status::{DONE, PROBLEMS};
use super::together::{self, Found};
use crate::domain::location::{Location, Problem};
use crate::domain::release::ImportKind;
use crate::domain::tally::Tally;
use crate::domain::year::ReportingYear;
use crate::import::InputFile;
use crate::import::problems::{MOST_PROBLEMS, SHOWN};
use crate::publish::import::{Ending, Outcome, Request, import, import_together};
use crate::views::import_report::{self, ImportReport};

/// Problems printed before "and so many more".
const MOST_LINES: usize = SHOWN;

/// Check files and, with --publish, publish them.
#[derive(Debug, Args)]
#[command(
    after_help = "Kinds: authorities, aliases, boundaries, postcodes, population, neighbours, statistics, national,
decisions, improvements, letters, replies. docs/importing.md describes the files.

Examples:
  council-map import statistics figures.csv
  council-map import figures.csv decisions.csv        the kind of each file is seen from its content
  council-map import FOLDER --publish                 all files of a folder, as one version
  council-map import statistics figures.csv --publish --source-url https://www.lgo.org.uk/...
  council-map import letters letters/ --publish --publish-at 2026-07-29T09:00:00+01:00
  council-map import boundaries districts.geojson counties.geojson --publish
  council-map import statistics received.xlsx decided.xlsx compliance.xlsx --year 2024-25
  council-map import statistics figures.csv --report json
  council-map import statistics figures.csv --report html > report.html

Problems stand on standard error, one on each line: FILE:SHEET:ROW:COLUMN: what is wrong; what was expected.
Exit status: 0 done, 1 the files have problems and nothing was changed, 2 wrong usage."
)]
pub(super) struct Import {
    /// What the files hold, and the files or folders; without a kind each file is recognised by its content.
    #[arg(required = true, value_name = "[KIND] FILE_OR_FOLDER")]
    what: Vec<PathBuf>,
    #[command(flatten)]
    data: Data,
    /// The year that the files are about, where they do not say.
    #[arg(long, value_name = "2019-20", value_parser = |text: &str| ReportingYear::parse(text))]
    year: Option<ReportingYear>,
    /// Title of the release, for the page of changes.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Who made the figures.
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,
    /// Where they were published.
    #[arg(long, value_name = "URL", value_parser = url)]
    source_url: Option<String>,
    /// When they may be seen; at once when not given.
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    publish_at: Option<Timestamp>,
    /// Publish; without it the files are only checked.
    #[arg(long)]
    publish: bool,
    /// In which form to print the report.
    #[arg(long, value_name = "FORM", default_value = "text")]
    report: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    /// A page that stands alone, to send or to file.
    Html,
}

fn url(text: &str) -> Result<String, String> {
    if crate::import::is_url(text) {
        Ok(text.to_owned())
    } else {
        Err("expected an address that begins with https:// or http://".to_owned())
    }
}

impl Import {
    pub(super) fn run(self) -> anyhow::Result<u8> {
        let Some((kind, paths)) = self.kind_and_paths() else { return self.run_together() };
        let mut files = Vec::new();
        let mut unreadable = Vec::new();
        for path in &folder::files(paths, kind) {
            match InputFile::open(path) {
                Ok(file) => files.push(file),
                Err(why) => unreadable.push(Problem::new(
                    Location::file(&path.display().to_string()),
                    why,
                    "a file that can be read",
                )),
            }
        }
        if !unreadable.is_empty() {
            self.print_problems(&unreadable, &[]);
            return Ok(PROBLEMS);
        }
        let outcome = import(self.request(kind, files, Timestamp::now()))?;
        if outcome.ending == Ending::Problems {
            self.print_problems(&outcome.findings.problems, &outcome.findings.remarks);
            return Ok(PROBLEMS);
        }
        self.print_outcome(&outcome);
        Ok(DONE)
    }

    /// The kind and the files, where a kind is named; none where each file is to be recognised.
    fn kind_and_paths(&self) -> Option<(ImportKind, &[PathBuf])> {
        let (first, rest) = self.what.split_first()?;
        let word = first.to_string_lossy();
        match ImportKind::parse(&word) {
            Ok(kind) if !rest.is_empty() => Some((kind, rest)),
            Ok(_) if !first.exists() => wrong_usage("name the files too"),
            // A word that is no file is a kind with a typing error.
            Err(error) if !first.exists() && first.extension().is_none() && !word.contains(['/', '\\']) => {
                wrong_usage(&error.to_string())
            }
            _ => None,
        }
    }

    fn request(&self, kind: ImportKind, files: Vec<InputFile>, now: Timestamp) -> Request {
        Request {
            data_dir: self.data.dir.clone(),
            kind,
            files,
            year: self.year,
            title: self.title.clone(),
            source: self.source.clone(),
            source_url: self.source_url.clone(),
            publish_at: self.publish_at,
            publish: self.publish,
            now,
            progress: Bars::told(),
        }
    }

    /// Imports files of any kinds together, as one version.
    fn run_together(&self) -> anyhow::Result<u8> {
        if self.report == Form::Html {
            wrong_usage("a report as a page is of one kind; name it before the files");
        }
        let found = Found::open(&self.what);
        let (lines, described) = (found.lines(), found.as_json());
        if self.report == Form::Text {
            for line in &lines {
                output::line(line);
            }
        }
        if !found.problems.is_empty() {
            self.print_problems(&found.problems, &[]);
            return Ok(PROBLEMS);
        }
        let now = Timestamp::now();
        let groups = found.by_kind();
        let kinds: Vec<ImportKind> = groups.iter().map(|(kind, _)| *kind).collect();
        let requests = groups.into_iter().map(|(kind, files)| self.request(kind, files, now)).collect();
        let outcomes = import_together(requests)?;
        if self.report == Form::Text {
            return Ok(together::print(&kinds, &outcomes, MOST_LINES));
        }
        let problems = outcomes.iter().any(|outcome| outcome.ending == Ending::Problems);
        let imports: Vec<_> = kinds.iter().zip(&outcomes).map(|(kind, outcome)| outcome_json(*kind, outcome)).collect();
        output::line(&format!("{:#}", json!({ "files": described, "imports": imports })));
        Ok(if problems { PROBLEMS } else { DONE })
    }

    fn print_problems(&self, problems: &[Problem], remarks: &[Problem]) {
        if self.report == Form::Html {
            self.print_page("Problems were found; nothing was changed.", problems, remarks, None);
            return;
        }
        if self.report == Form::Json {
            let report = json!({
                "status": "problems",
                "problems": problems.iter().map(problem_json).collect::<Vec<_>>(),
                "remarks": remarks.iter().map(problem_json).collect::<Vec<_>>(),
            });
            output::line(&format!("{report:#}"));
            return;
        }
        for problem in problems.iter().take(MOST_LINES) {
            output::note(&problem.to_string());
        }
        // The last of too many is that there are further ones.
        let than = if problems.len() > MOST_PROBLEMS { "more than " } else { "" };
        let listed = problems.len().min(MOST_PROBLEMS);
        let more = listed.saturating_sub(MOST_LINES);
        if more > 0 {
            output::note(&format!("and {than}{more} more"));
        }
        let verb = if listed == 1 { "problem" } else { "problems" };
        output::note(&format!("{than}{listed} {verb}; nothing was changed"));
    }

    fn print_outcome(&self, outcome: &Outcome) {
        if self.report == Form::Html {
            let findings = &outcome.findings;
            self.print_page(&ending(outcome), &findings.problems, &findings.remarks, Some(&outcome.tally));
            return;
        }
        if self.report == Form::Json {
            output::line(&format!("{:#}", report_json(outcome)));
            return;
        }
        for remark in outcome.findings.remarks.iter().take(MOST_LINES) {
            output::note(&format!("look at {remark}"));
        }
        for text in outcome.tally.lines.iter().take(MOST_LINES) {
            output::line(text);
        }
        let more = outcome.tally.lines.len().saturating_sub(MOST_LINES);
        if more > 0 {
            output::line(&format!("and {more} more"));
        }
        let tally = &outcome.tally;
        output::line(&format!(
            "{} added, {} changed, {} removed, {} as before",
            tally.added, tally.changed, tally.removed, tally.unchanged
        ));
        output::line(&ending(outcome));
    }

    fn print_page(&self, ending: &str, problems: &[Problem], remarks: &[Problem], tally: Option<&Tally>) {
        let Some((kind, paths)) = self.kind_and_paths() else { return };
        let files: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        let report = ImportReport { kind: kind.as_str(), files: &files, ending, problems, remarks, tally };
        output::line(&import_report::page(&report).into_string());
    }
}

/// Ends the program as clap does where it finds the fault itself.
fn wrong_usage(why: &str) -> ! {
    clap::Error::raw(clap::error::ErrorKind::ValueValidation, format!("{why}\n")).exit()
}

fn report_json(outcome: &Outcome) -> serde_json::Value {
    let status = match outcome.ending {
        Ending::Problems => "problems",
        Ending::Checked => "checked",
        Ending::Nothing => "nothing-new",
        Ending::Published(_) => "published",
    };
    let edition = if let Ending::Published(edition) = &outcome.ending { Some(edition) } else { None };
    json!({
        "status": status,
        "problems": outcome.findings.problems.iter().map(problem_json).collect::<Vec<_>>(),
        "remarks": outcome.findings.remarks.iter().map(problem_json).collect::<Vec<_>>(),
        "changes": outcome.tally,
        "release": outcome.release.as_ref().map(|release| &release.key).filter(|_| edition.is_some()),
        "edition": edition.map(|edition| &edition.id),
        "in_force_from": edition.map(|edition| edition.from.to_string()),
    })
}

fn outcome_json(kind: ImportKind, outcome: &Outcome) -> serde_json::Value {
    let mut report = report_json(outcome);
    if let Some(fields) = report.as_object_mut() {
        fields.insert("kind".to_owned(), kind.as_str().into());
    }
    report
}

fn ending(outcome: &Outcome) -> String {
    match &outcome.ending {
        Ending::Published(edition) => {
            let key = outcome.release.as_ref().map(|release| release.key.as_str()).unwrap_or_default();
            format!("published release {key} as version {}, in force from {}", edition.id, edition.from)
        }
        Ending::Nothing => "nothing new, so nothing was published".to_owned(),
        _ => "checked only; add --publish to publish".to_owned(),
    }
}

fn problem_json(problem: &Problem) -> serde_json::Value {
    json!({
        "file": problem.location.file,
        "sheet": problem.location.sheet,
        "row": problem.location.row,
        "column": problem.location.column,
        "found": problem.found,
        "expected": problem.expected,
    })
}
