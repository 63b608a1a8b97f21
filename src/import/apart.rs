//! Foreign files are read in a process apart: the program itself, begun again with limits of memory and time, which answers on its
//! standard output (`import/within_limits.rs`). What such a file may do at worst is end that process.
//!
//! Without a program to begin, as in the tests of single functions, they are read where they are.

use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use serde::de::DeserializeOwned;
use thiserror::Error;

/// What a process apart and the one that waits for it may have of memory together, in bytes.
const MOST_MEMORY: u64 = 1_000_000_000;
/// What the waiting one has beside the file: the register and the database.
const BESIDE_THE_FILE: u64 = 64 << 20;
/// What a process apart may take of the processor. A file that it can read is then read once more where its content is needed: both
/// within a minute.
pub(super) const MOST_TIME: Duration = Duration::from_secs(25);
/// When it ends whatever it had of the processor, which may be busy with other things.
pub(super) const MOST_WAIT: Duration = Duration::from_mins(1);
/// How the process ends when its time is over.
pub(super) const OUT_OF_TIME: u8 = 75;
/// An answer that is longer is none.
const MOST_ANSWER: u64 = 256 * 1024 * 1024;
/// The hidden command by which the program begins itself.
pub const COMMAND: &str = "read-apart";

/// What is to be done with the bytes on standard input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// What a document is, and its text.
    Document,
    /// Whether a workbook can be read.
    Workbook,
    /// Whether a long table can be read.
    Table,
    /// Whether long JSON Lines can be read.
    Lines,
    /// Whether a saved page can be read.
    Page,
    /// Whether a collection of areas can be read.
    Areas,
}

impl Job {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Document, Self::Workbook, Self::Table, Self::Lines, Self::Page, Self::Areas];

    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Workbook => "workbook",
            Self::Table => "table",
            Self::Lines => "lines",
            Self::Page => "page",
            Self::Areas => "areas",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|job| job.as_str() == text)
    }
}

/// Which limit a file reached.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(super) enum Limit {
    /// Memory.
    #[error("reading the file takes more than 1 GB of memory, the most allowed")]
    Memory,
    /// Time.
    #[error("reading the file takes more than 25 seconds of the processor, the most allowed")]
    Time,
    /// The stack.
    #[error("the file is nested too deeply")]
    Depth,
    /// Something else.
    #[error("the file makes its reader fail")]
    Failure,
}

/// The memory that is left for reading a file of a length, which both processes hold.
pub(super) fn memory_for(length: usize) -> u64 {
    MOST_MEMORY - BESIDE_THE_FILE.saturating_add(u64::try_from(length).unwrap_or(u64::MAX)).min(MOST_MEMORY)
}

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Says that foreign files are to be read by this program, begun again.
pub fn begin_again_for_foreign_files() {
    // The file of a program may be replaced while it runs; this name stays with what runs.
    let own = PathBuf::from("/proc/self/exe");
    let program = if own.exists() { Some(own) } else { std::env::current_exe().ok() };
    if let Some(program) = program {
        // Set before: it is the same.
        let _ = PROGRAM.set(program);
    }
}

/// Does a job apart, or here where there is no program to begin.
pub(super) fn asked<T: DeserializeOwned>(job: Job, bytes: &[u8], here: impl FnOnce() -> T) -> Result<T, Limit> {
    PROGRAM.get().map_or_else(|| Ok(here()), |program| ask(program, job, bytes))
}

/// Whether a file can be read within the limits. Where it can, it is then read where its content is needed.
pub(super) fn tried(job: Job, bytes: &[u8]) -> Result<(), Limit> {
    asked(job, bytes, || ())
}

fn ask<T: DeserializeOwned>(program: &Path, job: Job, bytes: &[u8]) -> Result<T, Limit> {
    let mut child = Command::new(program)
        .args([COMMAND, job.as_str()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|_| Limit::Failure)?;
    let (input, answer, complaint) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (answer, complaint) = thread::scope(|scope| {
        // A process that has ended takes no more; how it ended is seen below.
        scope.spawn(move || input.map(|mut input| input.write_all(bytes)));
        let complaint = scope.spawn(move || read_all(complaint));
        (read_all(answer), complaint.join().unwrap_or_default())
    });
    let status = child.wait().map_err(|_| Limit::Failure)?;
    if status.success() {
        return serde_json::from_slice(&answer).map_err(|_| Limit::Failure);
    }
    Err(limit(status, &String::from_utf8_lossy(&complaint)))
}

fn read_all(from: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(from) = from {
        // What breaks off is seen in how the process ended.
        let _ = from.take(MOST_ANSWER).read_to_end(&mut bytes);
    }
    bytes
}

fn limit(status: ExitStatus, complaint: &str) -> Limit {
    /// The signal of a process whose time on the processor is over.
    const SIGXCPU: i32 = 24;
    if complaint.contains("memory allocation of") {
        Limit::Memory
    } else if complaint.contains("overflowed its stack") {
        Limit::Depth
    } else if status.code() == Some(i32::from(OUT_OF_TIME)) || status.signal() == Some(SIGXCPU) {
        Limit::Time
    } else {
        Limit::Failure
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_file_leaves_less_memory_for_reading_it() {
        assert!(memory_for(0) < MOST_MEMORY && memory_for(100 << 20) == memory_for(0) - (100 << 20));
        assert_eq!(memory_for(usize::MAX), 0);
    }

    #[test]
    fn the_way_a_process_ended_says_which_limit_was_reached() {
        let ended = |raw: i32| ExitStatus::from_raw(raw);
        assert_eq!(limit(ended(6), "memory allocation of 9 bytes failed"), Limit::Memory);
        assert_eq!(limit(ended(6), "thread 'main' has overflowed its stack"), Limit::Depth);
        assert_eq!(limit(ended(75 << 8), ""), Limit::Time);
        assert_eq!(limit(ended(24), ""), Limit::Time);
        assert_eq!(limit(ended(11), ""), Limit::Failure);
    }
}
