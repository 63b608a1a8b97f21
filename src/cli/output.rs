//! The two streams: what was asked for goes to standard output, what went wrong to standard error. Neither passes on what a file
//! or its name might say to a terminal.

use std::io::{self, ErrorKind, Write};

use crate::domain::odd_character::for_terminal;

/// One line of the answer.
pub(super) fn line(text: &str) {
    // A closed pipe (`council-map releases | head`) is the reader's wish, not a failure.
    let _ = writeln!(io::stdout().lock(), "{}", for_terminal(text));
}

/// One line about what is wrong.
pub(super) fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", for_terminal(text));
}

/// Why the command failed.
pub(super) fn error(text: &str) {
    note(&format!("council-map: {text}"));
}

/// What a failure of the disk means for the one who typed the command.
pub(super) fn hint(error: &anyhow::Error) -> Option<&'static str> {
    let text = format!("{error:#}");
    let kind = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind);
    let full = matches!(kind, Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge))
        || ["disk is full", "disk I/O error"].iter().any(|words| text.contains(words));
    let locked = matches!(kind, Some(ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem))
        || ["readonly database", "unable to open database"].iter().any(|words| text.contains(words));
    if full {
        Some("the disk of the data directory is full or failing; nothing was changed, and the version in force stays")
    } else if locked {
        Some("the data directory may not be written; nothing was changed, and the version in force stays")
    } else {
        None
    }
}
