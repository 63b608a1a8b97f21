//! The command line: one file for each command.

mod check;
mod completions;
mod demo;
mod doctor;
mod export;
mod folder;
mod import;
mod manual;
mod options;
mod output;
mod output_folder;
mod packs;
mod progress;
mod publish;
mod read_apart;
mod real;
mod releases;
mod rollback;
mod serve;
mod status;
mod together;
mod withdraw;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use self::status::PROBLEMS;
use crate::import::apart;

/// The Ombudsman's yearly figures for every English council, as an open map.
#[derive(Debug, Parser)]
#[command(name = "council-map", version, args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: serve::Serve,
}

const EXAMPLES: &str = "Examples:
  council-map                                  serve the site at http://127.0.0.1:8080
  council-map real                             the same with published figures, none of them invented
  council-map import statistics figures.csv    check a file and say what it would change
  council-map import statistics figures.csv --publish
  council-map releases                         list what has been imported

Exit status: 0 done, 1 the files have problems and nothing was changed, 2 wrong usage.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site (what happens without any command).
    Serve(serve::Serve),
    /// Make a demonstration with invented figures.
    Demo(demo::Demo),
    /// Serve the published figures that the program carries, and nothing invented.
    Real(real::Real),
    /// Check files, say what they would change and, with --publish, publish them.
    Import(import::Import),
    /// Write everything that is public now to a folder.
    Export(export::Export),
    /// Make a site again from the folder of an export.
    Restore(export::Restore),
    /// List what has been imported, with its hour and its state.
    Releases(releases::Releases),
    /// Publish a waiting release now, or move its hour.
    Publish(publish::Publish),
    /// Take a release back, as if it had never been imported.
    Withdraw(withdraw::Withdraw),
    /// Go back to an earlier version of the whole site.
    Rollback(rollback::Rollback),
    /// Say whether a data directory is whole and, with --repair, make it whole again.
    Check(check::Check),
    /// Say what keeps a site from running well, and the way out.
    Doctor(doctor::Doctor),
    /// Print what makes a shell complete commands and options.
    Completions(completions::Completions),
    /// Write the manual pages to a folder.
    Manual(manual::Manual),
    /// Read a foreign file from standard input within limits; how the program begins itself.
    #[command(name = apart::COMMAND, hide = true)]
    ReadApart(read_apart::ReadApart),
}

/// Runs the command that was typed and answers with the exit status.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    apart::begin_again_for_foreign_files();
    let result = match cli.command {
        None => cli.serve.run(),
        Some(Command::Serve(serve)) => serve.run(),
        Some(Command::Demo(demo)) => demo.run(),
        Some(Command::Real(real)) => real.run(),
        Some(Command::Import(import)) => import.run(),
        Some(Command::Export(export)) => export.run(),
        Some(Command::Restore(restore)) => restore.run(),
        Some(Command::Releases(releases)) => releases.run(),
        Some(Command::Publish(publish)) => publish.run(),
        Some(Command::Withdraw(withdraw)) => withdraw.run(),
        Some(Command::Rollback(rollback)) => rollback.run(),
        Some(Command::Check(check)) => check.run(),
        Some(Command::Doctor(doctor)) => doctor.run(),
        Some(Command::Completions(completions)) => Ok(completions.run(Cli::command())),
        Some(Command::Manual(manual)) => manual.run(Cli::command()),
        Some(Command::ReadApart(read_apart)) => read_apart.run(),
    };
    match result {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            output::error(&format!("{error:#}"));
            if let Some(hint) = output::hint(&error) {
                output::error(hint);
            }
            ExitCode::from(PROBLEMS)
        }
    }
}
