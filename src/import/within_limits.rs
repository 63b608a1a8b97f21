//! The other side of `import/apart.rs`: the process that reads a foreign file within limits of memory and time.

use std::io::{Read, Write};
use std::thread;

use rlimit::Resource;
use serde::Serialize;

use super::apart::{Job, MOST_TIME, MOST_WAIT, OUT_OF_TIME, memory_for};
use super::problems::Findings;
use super::sheet::Sheet;
use super::{decision_page, document, json_lines, workbook};
use crate::geo::boundaries::of_england;

/// Sets the limits on itself, does the job and writes the answer.
///
/// # Errors
/// Where the limits cannot be set, or standard input or output fails.
pub fn answer(job: Job) -> std::io::Result<()> {
    let most = memory_for(0);
    Resource::AS.set(most, most)?;
    Resource::CORE.set(0, 0)?;
    Resource::CPU.set(MOST_TIME.as_secs(), MOST_TIME.as_secs() + 5)?;
    thread::spawn(|| {
        thread::sleep(MOST_WAIT);
        std::process::exit(i32::from(OUT_OF_TIME));
    });
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    bytes.shrink_to_fit();
    let most = memory_for(bytes.len());
    Resource::AS.set(most, most)?;
    match job {
        Job::Document => write(&document::read(&bytes)),
        Job::Workbook => {
            drop(workbook::sheets("", &bytes, &mut Findings::default()));
            write(&())
        }
        Job::Table => {
            drop(Sheet::parse("", &bytes, &mut Findings::default()));
            write(&())
        }
        Job::Lines => {
            drop(json_lines::parse("", &bytes, &mut Findings::default()));
            write(&())
        }
        Job::Page => {
            drop(decision_page::sheet("", &bytes, &mut Findings::default()));
            write(&())
        }
        Job::Areas => {
            drop(of_england(&bytes));
            write(&())
        }
    }
}

fn write(answer: &impl Serialize) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, answer)?;
    out.flush()
}
