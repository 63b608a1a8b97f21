//! What is found while a file is read: problems, which stop an import, and remarks, which do not.

use crate::domain::location::{Location, Problem};
use crate::domain::odd_character::turns_text;

/// Collects everything, so that one run shows a publisher the whole list.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// What is wrong. With any of these nothing is changed.
    pub problems: Vec<Problem>,
    /// What a person should look at, and what is right all the same.
    pub remarks: Vec<Problem>,
    /// Whether a file says of its rows that they are invented.
    pub invented: bool,
}

impl Findings {
    /// A problem at a place.
    pub fn problem(&mut self, location: Location, found: impl Into<String>, expected: impl Into<String>) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem::new(location, clip(&found.into()), expected));
        } else if !self.are_endless() {
            let found = "there are further problems, which are not listed";
            self.problems.push(Problem::new(Location::file(&location.file), found, "these put right first"));
        }
    }

    /// Whether there are more problems than are shown at a terminal.
    pub fn are_many(&self) -> bool {
        self.problems.len() >= SHOWN
    }

    /// Whether there are so many problems that reading on tells nobody more.
    pub fn are_endless(&self) -> bool {
        self.problems.len() > MOST_PROBLEMS
    }

    /// A remark at a place.
    pub fn remark(&mut self, location: Location, found: impl Into<String>, expected: impl Into<String>) {
        if self.remarks.len() >= MOST_PROBLEMS {
            return;
        }
        self.remarks.push(Problem::new(location, clip(&found.into()), expected));
    }
}

/// So many problems are printed of one run.
pub const SHOWN: usize = 200;
/// More than anybody reads: a file of four million wrong rows would fill the memory with what is wrong with them.
pub const MOST_PROBLEMS: usize = 10_000;

/// Long enough to recognise what was found, on one line of a terminal.
const MOST_CHARACTERS: usize = 400;

/// Text of a file as it may stand in a message: one line, no control characters, none that turns text, not endless.
pub fn clip(text: &str) -> String {
    let plain = |c: char| if c.is_control() || turns_text(c) { ' ' } else { c };
    let mut shown: String = text.chars().take(MOST_CHARACTERS).map(plain).collect();
    if text.chars().nth(MOST_CHARACTERS).is_some() {
        shown.push('…');
    }
    shown
}

/// A cell's text in quotes for a message.
pub fn quoted(text: &str) -> String {
    let short: String = text.chars().take(80).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    clip(&format!("“{short}{more}”"))
}
