//! What the doctor says to whoever runs a site.

use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::support::app::TestApp;
use crate::support::fixture::{Published, council_map, text, waiting_release};

/// Exit status and what was said. Nobody listens on the address unless it is given.
fn asked(data: &Path, listen: &str) -> (Option<i32>, String) {
    let answer = council_map(&["doctor", "--data", text(data), "--listen", listen]);
    let said = String::from_utf8(answer.stdout).unwrap();
    for line in said.lines() {
        assert!(["ok    ", "look  ", "bad   "].iter().any(|health| line.starts_with(health)), "{line}");
    }
    (answer.status.code(), said)
}

/// The line of one check.
fn line<'a>(said: &'a str, check: &str) -> &'a str {
    let of = |line: &&str| line.get(6..).is_some_and(|rest| rest.starts_with(&format!("{check}: ")));
    said.lines().find(of).unwrap_or_else(|| panic!("{check} is not told of: {said}"))
}

const FREE: &str = "127.0.0.1:0";

/// Published figures in a folder that is closed to others, as a copy of one is only once somebody has followed the advice.
fn closed() -> Published {
    let site = Published::new();
    assert!(Command::new("chmod").args(["-R", "go="]).arg(site.data()).status().unwrap().success());
    site
}

#[test]
fn a_site_that_is_well_has_a_line_for_each_check_and_nothing_bad() {
    let site = closed();
    let (status, said) = asked(&site.data(), FREE);
    assert_eq!(status, Some(0), "{said}");
    for check in
        ["data directory", "owner", "modes", "versions", "leftovers", "waiting releases", "clock", "disk", "port"]
    {
        assert!(line(&said, check).starts_with("ok"), "{said}");
    }
    for check in ["open files", "memory"] {
        assert!(!line(&said, check).starts_with("bad"), "{said}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_bad_and_is_not_made() {
    let site = Published::new();
    let missing = site.data().join("missing");
    let (status, said) = asked(&missing, FREE);
    assert_eq!(status, Some(1), "{said}");
    assert!(line(&said, "data directory").contains("is not there; name another with --data"), "{said}");
    assert!(!missing.exists());
}

#[test]
fn a_damaged_version_is_bad_and_the_repair_is_named() {
    let site = Published::new();
    let version = fs::read_dir(site.data()).unwrap().map(|entry| entry.unwrap().path());
    let version = version.filter(|path| path.extension().is_some_and(|kind| kind == "db")).max().unwrap();
    fs::write(&version, "not a database").unwrap();
    let (status, said) = asked(&site.data(), FREE);
    assert_eq!(status, Some(1), "{said}");
    let line = line(&said, "versions");
    assert!(line.starts_with("bad") && line.contains("--repair"), "{said}");
}

#[test]
fn what_others_may_read_is_looked_at_and_bad_once_something_waits() {
    let site = closed();
    let data = site.data();
    fs::set_permissions(data.join("current.json"), Permissions::from_mode(0o644)).unwrap();
    let (status, said) = asked(&data, FREE);
    assert!(status == Some(0) && line(&said, "modes").starts_with("look"), "{said}");
    fs::set_permissions(&data, Permissions::from_mode(0o755)).unwrap();
    let (status, said) = asked(&data, FREE);
    assert!(status == Some(0) && line(&said, "modes").contains("has mode 0755"), "{said}");
    let file =
        site.file("later.csv", "authority,year,investigated,upheld,uphold_rate\nderby-city-council,2019-20,13,8,62\n");
    site.import("statistics", &file, &["--publish-at", "2099-01-01T09:00:00Z"]);
    let (status, said) = asked(&data, FREE);
    assert!(status == Some(1) && line(&said, "modes").starts_with("bad"), "{said}");
    assert!(line(&said, "modes").contains(&format!("chmod -R go= {}", data.display())), "{said}");
    let waits = line(&said, "waiting releases");
    assert!(waits.contains(&waiting_release(&data, "statistics")) && waits.contains("2099-01-01T09:00:00Z"), "{said}");
}

#[test]
fn what_a_killed_command_left_is_looked_at_and_left_there() {
    let site = Published::new();
    let draft = site.data().join(".draft-abc.db");
    fs::write(&draft, "").unwrap();
    fs::set_permissions(&draft, Permissions::from_mode(0o600)).unwrap();
    let (status, said) = asked(&site.data(), FREE);
    assert_eq!(status, Some(0), "{said}");
    let line = line(&said, "leftovers");
    assert!(line.starts_with("look") && line.contains(".draft-abc.db") && line.contains("next import"), "{said}");
    assert!(draft.exists());
}

#[test]
fn a_clock_before_the_newest_version_is_bad() {
    let site = Published::new();
    for name in ["current.json", "releases/current.json"] {
        let path = site.data().join(name);
        let mut list: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        list["in_force_since"] = "2099-01-01T00:00:00Z".into();
        fs::write(&path, list.to_string()).unwrap();
    }
    let (status, said) = asked(&site.data(), FREE);
    assert_eq!(status, Some(1), "{said}");
    assert!(line(&said, "clock").starts_with("bad") && line(&said, "clock").contains("timedatectl"), "{said}");
    assert!(line(&said, "versions").starts_with("ok"), "the clock is told of once: {said}");
}

#[test]
fn a_port_is_free_or_this_sites_or_somebody_elses() {
    let site = Published::new();
    let app = TestApp::start(&site.data());
    let (status, said) = asked(&site.data(), app.address());
    assert_eq!(status, Some(0), "{said}");
    let line_of_port = line(&said, "port");
    assert!(line_of_port.starts_with("ok") && line_of_port.contains(&app.version()), "{said}");
    // It never answers.
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let (status, said) = asked(&site.data(), &other.local_addr().unwrap().to_string());
    assert_eq!(status, Some(1), "{said}");
    assert!(line(&said, "port").contains("taken by another program"), "{said}");
}
