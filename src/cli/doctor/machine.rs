//! What the machine gives: disk, handles, memory, the port.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream, ToSocketAddrs};
use std::path::Path;
use std::time::Duration;

use super::finding::Finding;
use crate::domain::format::{count, size};
use crate::web::connections_for;

/// An import writes a copy of the newest version, changes it, and writes it once more.
const COPIES: u64 = 3;
/// Fewer copies than this are soon used up.
const COPIES_IN_RESERVE: u64 = 10;
/// What is taken for the size of a version before there is one.
const USUAL_VERSION: u64 = 20_000_000;
/// Fewer connections than this are soon taken.
const FEW_CONNECTIONS: usize = 500;
/// The least memory with which it begins, and what it needs with all its pages kept (README.md).
const LEAST_MEMORY: u64 = 64 << 20;
const ENOUGH_MEMORY: u64 = 192 << 20;
/// How long whoever has the port may take to say who it is.
const PATIENCE: Duration = Duration::from_secs(3);

/// Free space on the disk of the data directory, against the size of its newest version.
pub(super) fn disk(dir: &Path, version: Option<u64>) -> Finding {
    const WHAT: &str = "disk";
    match rustix::fs::statvfs(dir) {
        Ok(told) => space(told.f_bavail.saturating_mul(told.f_frsize), version),
        Err(error) => {
            Finding::look(WHAT, format!("its free space cannot be told ({error}); see `df {}`", dir.display()))
        }
    }
}

fn space(free: u64, version: Option<u64>) -> Finding {
    const WHAT: &str = "disk";
    let one = version.unwrap_or(USUAL_VERSION);
    let told = format!("{} free, and an import takes up to {}", size(free), size(one.saturating_mul(COPIES)));
    if free < one.saturating_mul(COPIES) {
        Finding::bad(WHAT, format!("{told}: nothing can be published; free some, or move the folder to a larger disk"))
    } else if free < one.saturating_mul(COPIES_IN_RESERVE) {
        Finding::look(WHAT, format!("{told}: free some before it is full"))
    } else {
        Finding::ok(WHAT, told)
    }
}

/// Handles that a process may open, against the connections that the site takes.
pub(super) fn handles() -> Finding {
    const WHAT: &str = "open files";
    match rlimit::Resource::NOFILE.get() {
        Ok((_, hard)) => handles_allowed(hard),
        Err(error) => Finding::look(WHAT, format!("their limit cannot be told ({error}); see `ulimit -Hn`")),
    }
}

fn handles_allowed(hard: u64) -> Finding {
    const WHAT: &str = "open files";
    let most = connections_for(hard);
    let told = format!("at most {} from this shell, enough for {most} connections at once", count(hard));
    if most < FEW_CONNECTIONS {
        Finding::look(
            WHAT,
            format!("{told}; raise the limit, by LimitNOFILE=4096 in a unit or in /etc/security/limits.conf"),
        )
    } else {
        Finding::ok(WHAT, told)
    }
}

/// The memory limit of the control group, where there is one.
pub(super) fn memory() -> Finding {
    let groups = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    memory_allowed(memory_limit(&groups, Path::new("/sys/fs/cgroup")))
}

/// The least limit of the group and of those around it.
fn memory_limit(groups: &str, root: &Path) -> Option<u64> {
    let own = groups.lines().find_map(|line| line.strip_prefix("0::/"))?;
    // The folders above the root are not of groups and hold no such file.
    let folder = root.join(own);
    let limits = folder
        .ancestors()
        .take_while(|folder| folder.starts_with(root))
        .filter_map(|folder| fs::read_to_string(folder.join("memory.max")).ok()?.trim().parse::<u64>().ok());
    limits.min()
}

fn memory_allowed(limit: Option<u64>) -> Finding {
    const WHAT: &str = "memory";
    let Some(limit) = limit else { return Finding::ok(WHAT, "no limit on this shell; a unit has its own (MemoryMax)") };
    let told = format!("at most {} for this shell; the site needs 110 MB once its pages are kept", size(limit));
    if limit < LEAST_MEMORY {
        Finding::bad(WHAT, format!("{told}: give it more, by MemoryMax=512M in a unit or the limit of the container"))
    } else if limit < ENOUGH_MEMORY {
        Finding::look(WHAT, format!("{told}: give it more, by MemoryMax=512M in a unit or the limit of the container"))
    } else {
        Finding::ok(WHAT, told)
    }
}

/// Whether the site can listen, or who does. Knows which version should be served.
pub(super) fn port(listen: &str, in_force: Option<&str>) -> Finding {
    const WHAT: &str = "port";
    match TcpListener::bind(listen) {
        Ok(_) => Finding::ok(WHAT, format!("{listen} is free: nothing is served there now")),
        Err(error) if error.kind() == ErrorKind::AddrInUse => match version_served(listen) {
            Some((software, data)) => served(listen, &software, &data, in_force),
            None => Finding::bad(
                WHAT,
                format!(
                    "{listen} is taken by another program; see which by `ss -ltnp`, end it or choose another address with --listen"
                ),
            ),
        },
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Finding::bad(
            WHAT,
            format!("{listen} may not be used by this user: choose a port above 1023 and put a proxy in front"),
        ),
        Err(error) => Finding::bad(
            WHAT,
            format!(
                "{listen} cannot be listened on ({error}); give an address of this machine, such as 127.0.0.1:8080"
            ),
        ),
    }
}

fn served(listen: &str, software: &str, data: &str, in_force: Option<&str>) -> Finding {
    const WHAT: &str = "port";
    let told = format!("{listen} is served by this program with version {data} of the data");
    if software != env!("CARGO_PKG_VERSION") {
        let own = env!("CARGO_PKG_VERSION");
        return Finding::look(WHAT, format!("{told}, by release {software} and not {own}: restart it"));
    }
    match in_force {
        Some(wanted) if wanted != data => Finding::look(
            WHAT,
            format!("{told}, and not {wanted} as here: it serves another folder, or its /ready says what is wrong"),
        ),
        _ => Finding::ok(WHAT, told),
    }
}

/// What a site that listens there says of its version: that of the software and that of the data.
fn version_served(listen: &str) -> Option<(String, String)> {
    let address = listen.to_socket_addrs().ok()?.next()?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    write!(stream, "GET /version HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    // Whoever it is may say anything.
    stream.take(64 << 10).read_to_string(&mut answer).ok()?;
    let (_, body) = answer.split_once("\r\n\r\n")?;
    let told: serde_json::Value = serde_json::from_str(body).ok()?;
    Some((told.get("software")?.as_str()?.to_owned(), told.get("data")?.get("id")?.as_str()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::finding::Health;
    use super::*;

    #[test]
    fn the_least_limit_of_all_groups_around_counts() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("system.slice/site.service")).unwrap();
        let write = |folder: &str, text: &str| fs::write(root.path().join(folder).join("memory.max"), text).unwrap();
        let limit = || memory_limit("0::/system.slice/site.service\n", root.path());
        assert_eq!(limit(), None);
        write("system.slice/site.service", "max\n");
        assert_eq!(limit(), None);
        write("system.slice", "100000000\n");
        write("system.slice/site.service", "500000000\n");
        assert_eq!(limit(), Some(100_000_000));
        assert_eq!(memory_limit("1:memory:/elsewhere\n", root.path()), None);
    }

    #[test]
    fn too_little_is_bad_and_little_is_looked_at() {
        use Health::{Bad, Look, Ok};
        let of = |findings: [Finding; 3]| findings.map(|one| one.health);
        assert_eq!(of([2, 9, 10].map(|free| space(free, Some(1)))), [Bad, Look, Ok]);
        assert_eq!(of([50 << 20, 128 << 20, 512 << 20].map(|limit| memory_allowed(Some(limit)))), [Bad, Look, Ok]);
        assert_eq!(of([256, 1_024, 4_096].map(handles_allowed)), [Look, Ok, Ok]);
        assert_eq!(memory_allowed(None).health, Ok);
    }

    #[test]
    fn a_site_of_another_release_or_folder_is_looked_at() {
        let own = env!("CARGO_PKG_VERSION");
        assert_eq!(served("a:1", own, "0003-a", Some("0003-a")).health, Health::Ok);
        assert_eq!(served("a:1", own, "0003-a", Some("0004-b")).health, Health::Look);
        assert_eq!(served("a:1", "0.0.0", "0003-a", Some("0003-a")).health, Health::Look);
    }
}
