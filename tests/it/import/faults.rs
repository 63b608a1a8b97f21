//! Power cuts, full disks and locked folders: the site always stands on the old version or the new one.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;
use jiff::Timestamp;

use super::support::{Site, copy, published, text};
use crate::support::fixture::{program, program_file};

/// A statistics file whose import takes a while.
fn large(site: &Site) -> String {
    let conn = site.open();
    let mut statement = conn.prepare("SELECT code FROM councils WHERE active_to IS NULL").unwrap();
    let codes: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let rows: String = codes.iter().map(|code| format!("{code},2024-25,7,13,54,60\n")).collect();
    site.file("all.csv", format!("authority,year,upheld,investigated,uphold_rate,uphold_rate_similar\n{rows}"))
}

/// The version in force opens, is whole, and says which figures it has.
fn figures_in_force(site: &Site) -> i64 {
    let conn = site.open();
    let check: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    assert_eq!(site.count("SELECT count(*) FROM councils"), 365);
    site.count("SELECT count(*) FROM cells")
}

#[test]
fn an_import_killed_at_twenty_random_moments_leaves_the_old_version_or_the_new_one() {
    let prepared = Site::prepared();
    let file = large(&prepared);
    let expected = 317 * 4;
    let run = |site: &Site| {
        program()
            .args(["import", "statistics", &file, "--publish", "--data", &text(site.data())])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let trial = Site::empty();
    copy(prepared.data(), trial.data());
    let began = Instant::now();
    assert!(run(&trial).wait().unwrap().success());
    let whole = began.elapsed();
    let mut dice = Rng::with_seed(9);
    let (mut old, mut new) = (0, 0);
    let mut site = Site::empty();
    copy(prepared.data(), site.data());
    for round in 0..20 {
        let mut import = run(&site);
        // The end, where files are renamed and the pointer is written, is tried more often than the start.
        let part = 1.1 * dice.f64().sqrt();
        thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * part));
        // SIGKILL: the process gets no chance to clean up.
        let _ = import.kill();
        import.wait().unwrap();
        match figures_in_force(&site) {
            0 => old += 1,
            count => {
                assert_eq!(count, expected, "round {round}");
                new += 1;
                site = Site::empty();
                copy(prepared.data(), site.data());
            }
        }
        if round % 8 == 0 {
            pointer_lost_as_well(&site, expected);
        }
    }
    assert!(old > 2, "{old} old, {new} new");
    // What the killed imports left does not hinder the next one.
    assert!(run(&site).wait().unwrap().success());
    assert_eq!(figures_in_force(&site), expected);
    let left: Vec<String> =
        site.content().into_keys().filter(|name| name.contains("draft") || name.contains("tmp")).collect();
    assert_eq!(left, Vec::<String>::new());
}

/// Without the list of versions too, the directory can be repaired, or says that it cannot tell.
fn pointer_lost_as_well(site: &Site, expected: i64) {
    let lost = Site::empty();
    copy(site.data(), lost.data());
    fs::remove_file(lost.data().join("current.json")).unwrap();
    let answer = lost.run(&["check", "--repair"]);
    if answer.status == 0 {
        let figures = figures_in_force(&lost);
        assert!(figures == 0 || figures == expected, "{figures}");
    } else {
        // Killed after the version was finished and before any list named it.
        assert!(answer.err.contains("does not know site-"), "{}", answer.err);
    }
}

/// Runs an import through a shell that takes something away first.
fn hindered(site: &Site, hindrance: &str, file: &str) -> (i32, String) {
    let program = text(&program_file());
    let script = format!("{hindrance} \"$@\"");
    let output = Command::new("bash")
        .args([
            "-c",
            &script,
            "bash",
            &program,
            "import",
            "statistics",
            file,
            "--publish",
            "--data",
            &text(site.data()),
        ])
        .output()
        .unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_full_disk_leaves_the_old_version_and_says_so() {
    let site = Site::prepared();
    let file = large(&site);
    let pointer = fs::read(site.data().join("current.json")).unwrap();
    // No file may grow beyond two megabytes: what a full disk does to the copy of the database.
    for limit in [2048, 512, 16] {
        let (status, message) = hindered(&site, &format!("trap '' XFSZ; ulimit -f {limit}; exec"), &file);
        assert_eq!(status, 1, "{message}");
        assert!(message.contains("full or failing; nothing was changed"), "{limit}: {message}");
        assert_eq!(fs::read(site.data().join("current.json")).unwrap(), pointer);
        assert_eq!(figures_in_force(&site), 0);
    }
}

#[test]
fn a_folder_that_may_not_be_written_leaves_the_old_version_and_says_so() {
    let site = Site::prepared();
    let file = large(&site);
    let folder = site.data().parent().unwrap().to_owned();
    let open = |mode: u32| {
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(site.data(), fs::Permissions::from_mode(mode)).unwrap();
    };
    open(0o555);
    for entry in fs::read_dir(site.data()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
        }
    }
    // Root may write everywhere, so the import runs as somebody else then.
    let root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let (status, message) = if root {
        let program = folder.join("council-map");
        fs::copy(program_file(), &program).unwrap();
        let output = Command::new("setpriv")
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .arg(&program)
            .args(["import", "statistics", &file, "--publish", "--data", &text(site.data())])
            .output()
            .unwrap();
        (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap())
    } else {
        hindered(&site, "exec", &file)
    };
    open(0o755);
    assert_eq!(status, 1, "{message}");
    assert!(message.contains("may not be written; nothing was changed"), "{message}");
    assert_eq!(figures_in_force(&site), 0);
}

#[test]
fn nobody_else_may_read_what_lies_in_a_data_directory() {
    let site = Site::empty();
    site.publish("national", &[&published("national.csv")], &[]);
    site.publish("decisions", &[&site.file("w.csv", "reference,withdrawn_on\n19 012 345,2024-01-01\n")], &[]);
    assert!(private(site.data()) > 10);
}

/// Checks a file or a folder with all that is in it, and counts.
fn private(path: &Path) -> usize {
    let mode = path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
    let below = fs::read_dir(path).into_iter().flatten().map(|entry| private(&entry.unwrap().path()));
    1 + below.sum::<usize>()
}

#[test]
fn going_back_takes_less_than_a_second() {
    let site = Site::prepared();
    site.publish("statistics", &[&large(&site)], &[]);
    let began = Instant::now();
    assert_eq!(site.run(&["rollback"]).status, 0);
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert_eq!(
        site.editions().in_force(Timestamp::now()).unwrap().releases.len(),
        4,
        "three that every site starts from, and one"
    );
}
