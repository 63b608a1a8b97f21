//! The two streams: what was asked for goes to standard output, what went wrong to standard error.

use std::io::{self, Write};

/// One line of the answer.
pub(super) fn line(text: &str) {
    // A closed pipe (`council-map releases | head`) is the reader's wish, not a failure.
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// One line about what is wrong.
pub(super) fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Why the command failed.
pub(super) fn error(text: &str) {
    note(&format!("council-map: {text}"));
}
