//! Spreadsheets of strangers: one that takes all memory, or endless time, does so in a process apart.

use super::apart::{self, Job};
use super::problems::Findings;
use super::workbook::{self, WorkbookSheet};
use crate::domain::location::Location;

/// Reads all sheets of a workbook, once it is known that it can be read within the limits.
pub(super) fn sheets(name: &str, bytes: &[u8], findings: &mut Findings) -> Vec<WorkbookSheet> {
    match apart::tried(Job::Workbook, bytes) {
        Ok(()) => workbook::sheets(name, bytes, findings),
        Err(limit) => {
            findings.problem(Location::file(name), limit.to_string(), "a spreadsheet like the yearly tables");
            Vec::new()
        }
    }
}
