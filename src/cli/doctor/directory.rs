//! The data directory: whether it is there, whose it is, whether it is whole, what waits in it and what was left behind.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rustix::fs::{Access, access};

use super::finding::Finding;
use crate::db::data_dir::{DRAFT, PUBLISHING, RELEASES, STAGED, is_version_file};
use crate::db::edition::Editions;
use crate::domain::format::{counted, counted_of, listed};
use crate::publish::inventory::{Fault, Inventory};
use crate::publish::releases::{State, list};

/// Whether it is there, and may be read and written by whoever asks.
pub(super) fn reachable(dir: &Path) -> Finding {
    const WHAT: &str = "data directory";
    let at = dir.display();
    match fs::metadata(dir) {
        Ok(found) if !found.is_dir() => {
            return Finding::bad(WHAT, format!("{at} is a file; name the folder with --data"));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Finding::bad(
                WHAT,
                format!(
                    "{at} is not there; name another with --data, or begin: council-map import KIND FILE --publish --data {at}"
                ),
            );
        }
        Err(error) => return Finding::bad(WHAT, format!("{at} cannot be seen ({error}); run this as its owner")),
        Ok(_) => {}
    }
    if access(dir, Access::READ_OK | Access::EXEC_OK).is_err() {
        Finding::bad(WHAT, format!("{at} may not be read by this user; run this as its owner (sudo -u council-map)"))
    } else if access(dir, Access::WRITE_OK).is_err() {
        Finding::look(
            WHAT,
            format!(
                "{at} may be read and not written by this user: it can be served, and published as its owner alone"
            ),
        )
    } else {
        Finding::ok(WHAT, format!("{at} is there and may be read and written"))
    }
}

/// Whether everything belongs to one user and nobody else may read it. What waits makes that urgent.
pub(super) fn closed(dir: &Path, something_waits: bool) -> Vec<Finding> {
    let at = dir.display();
    let Ok(own) = fs::metadata(dir) else { return Vec::new() };
    let inside = everything(dir);
    let others: Vec<_> = inside.iter().filter(|(_, found)| found.uid() != own.uid()).collect();
    let owner = match others.first() {
        None => Finding::ok("owner", "everything belongs to one user"),
        Some((first, _)) => Finding::bad(
            "owner",
            format!(
                "{} to other users than the folder, {} first: chown -R --reference={at} {at}",
                counted(number(others.len()), "file belongs", "files belong"),
                first.display()
            ),
        ),
    };
    let open = |found: &Metadata| found.permissions().mode() & 0o077 != 0;
    let loose = inside.iter().filter(|(_, found)| open(found)).count();
    let mode = own.permissions().mode() & 0o777;
    let modes = if open(&own) {
        let text =
            format!("{at} has mode {mode:04o}, so that others can see what waits for its hour: chmod -R go= {at}");
        if something_waits { Finding::bad("modes", text) } else { Finding::look("modes", text) }
    } else if loose > 0 {
        let loose = counted(number(loose), "file or folder in it is", "files or folders in it are");
        Finding::look("modes", format!("{at} is closed to others, and {loose} not: chmod -R go= {at}"))
    } else {
        Finding::ok("modes", "nobody else may read any of it")
    };
    vec![owner, modes]
}

/// Files and folders below a folder, as far as they can be seen. Links are not followed.
fn everything(folder: &Path) -> Vec<(PathBuf, Metadata)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let Ok(about) = entry.metadata() else { continue };
        let path = entry.path();
        // A fresh file system has a folder that is the administrator's.
        if about.is_symlink() || path.ends_with("lost+found") {
            continue;
        }
        let below = about.is_dir().then(|| everything(&path));
        found.push((path, about));
        found.extend(below.into_iter().flatten());
    }
    found
}

/// Whether the list, the versions and the kept releases are whole, as `council-map check` finds them.
pub(super) fn whole(dir: &Path, inventory: &Inventory, now: Timestamp) -> Finding {
    const WHAT: &str = "versions";
    let mut faults = inventory.faults(now);
    // That is the clock's.
    faults.retain(|fault| !matches!(fault, Fault::Ahead(_)));
    if let Some(first) = faults.first() {
        let count = counted_of(number(faults.len()), "problems");
        let at = dir.display();
        return Finding::bad(WHAT, format!("{count}, first: {first}; to mend: council-map check --data {at} --repair"));
    }
    let in_force = inventory.pointer.as_ref().ok().and_then(|list| list.in_force(now));
    match in_force {
        Some(edition) => {
            Finding::ok(WHAT, format!("everything is whole; {} is in force since {}", edition.id, edition.from))
        }
        None => Finding::look(
            WHAT,
            format!(
                "nothing has been published yet; begin: council-map import KIND FILE --publish --data {}",
                dir.display()
            ),
        ),
    }
}

/// Whether the clock is behind what has been published.
pub(super) fn clock(list: Option<&Editions>, now: Timestamp) -> Finding {
    const WHAT: &str = "clock";
    match list.and_then(|list| list.in_force_since).filter(|since| *since > now) {
        Some(since) => Finding::bad(
            WHAT,
            format!(
                "it says {now}, and the newest version came into force {since}: releases that wait would come late; set it \
                 (timedatectl set-ntp true)"
            ),
        ),
        None => Finding::ok(WHAT, format!("{now}, later than all that came into force")),
    }
}

/// Releases that wait, with their hours.
pub(super) fn waiting(dir: &Path, now: Timestamp) -> Finding {
    const WHAT: &str = "waiting releases";
    let all = match list(dir, now) {
        Ok(all) => all,
        Err(error) => return Finding::bad(WHAT, format!("they cannot be told ({error}); mend the versions first")),
    };
    let waiting: Vec<String> = all
        .into_iter()
        .filter_map(|one| match one.state {
            State::Waiting(from) => Some(format!("{} at {from}", one.release.key)),
            _ => None,
        })
        .collect();
    if waiting.is_empty() {
        return Finding::ok(WHAT, "none");
    }
    Finding::ok(WHAT, format!("{}; a site that runs shows them at their hour", listed(&waiting)))
}

/// What commands that were killed have left; no other is at work.
pub(super) fn leftovers(dir: &Path, list: Option<&Editions>) -> Finding {
    const WHAT: &str = "leftovers";
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    };
    let named = |name: &str| list.is_none_or(|list| list.editions.iter().any(|edition| edition.file == name));
    let mut left = names(dir);
    left.retain(|name| {
        name.starts_with(DRAFT)
            || name.starts_with(STAGED)
            || name.ends_with(".tmp")
            || (is_version_file(name) && !named(name))
    });
    let mut below = names(&dir.join(RELEASES));
    below.retain(|name| name.starts_with('.') || name.ends_with(".tmp"));
    left.extend(below.into_iter().map(|name| format!("{RELEASES}/{name}")));
    left.sort();
    if left.is_empty() {
        return Finding::ok(WHAT, "none");
    }
    let what = if left.iter().any(|name| name == PUBLISHING) { "a publication was cut short: " } else { "" };
    let some = left.iter().take(3).map(String::as_str).collect::<Vec<_>>();
    let more = left.len().saturating_sub(some.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Finding::look(
        WHAT,
        format!("{what}{}{more}, of commands that were killed; the next import clears them away", some.join(", ")),
    )
}

fn number(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
