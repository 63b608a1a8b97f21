//! What a data directory holds, and how a lost or damaged part of it comes back: what waits still waits, what was taken
//! back stays away.

use std::fs;
use std::path::Path;

use council_map::for_tests::{Edition, sha256};
use jiff::{SignedDuration, Timestamp};

use super::support::{POINTER, SECOND_COPY, Site, command, copy, published, text};
use crate::support::fixture::demonstration;

const DERBY: &str = "derby-city-council";

fn later(hours: i64) -> String {
    (Timestamp::now() + SignedDuration::from_hours(hours)).to_string()
}

fn derby(site: &Site, name: &str, upheld: u32) -> String {
    site.file(name, format!("authority,year,upheld\nDerby City Council,2019-20,{upheld}\n"))
}

fn upheld(site: &Site) -> Option<f64> {
    site.cell(DERBY, "2019-20", "upheld")
}

fn in_force(site: &Site) -> Edition {
    site.editions().in_force(Timestamp::now()).unwrap().clone()
}

fn repaired(site: &Site, more: &[&str]) -> String {
    let mut args = vec!["check", "--repair"];
    args.extend(more);
    let answer = site.run(&args);
    assert_eq!(answer.status, 0, "{}\n{}", answer.out, answer.err);
    answer.out
}

fn rewrite(path: &Path, change: impl FnOnce(&mut serde_json::Value)) {
    let mut value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    change(&mut value);
    fs::write(path, value.to_string()).unwrap();
}

#[test]
fn the_second_copy_gives_the_list_back_as_it_was() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", 7)], &[]);
    site.publish("statistics", &[&derby(&site, "b.csv", 8)], &[]);
    assert_eq!(site.run(&["withdraw", "0005-statistics"]).status, 0);
    site.publish("statistics", &[&derby(&site, "c.csv", 9)], &[]);
    assert_eq!(site.run(&["rollback"]).status, 0);
    site.publish("statistics", &[&derby(&site, "d.csv", 6)], &["--publish-at", &later(2)]);
    let before = site.everything();
    assert_eq!(site.run(&["check"]).status, 0);
    for lost in [None, Some(""), Some("garbage")] {
        site.lose(&[POINTER]);
        if let Some(content) = lost {
            fs::write(site.data().join(POINTER), content).unwrap();
        }
        let said = repaired(&site, &[]);
        assert!(said.contains("taken from its second copy") && said.contains("everything is whole"), "{said}");
        let kept_aside = fs::remove_file(site.data().join("current.json.unreadable"));
        assert_eq!(kept_aside.is_ok(), lost == Some("garbage"));
        assert!(site.everything() == before, "{lost:?}: {:?}", site.everything().keys());
    }
    assert_eq!(upheld(&site), Some(7.0));
    // The pointer counts, whatever has become of the copy.
    fs::write(site.data().join(SECOND_COPY), "{").unwrap();
    assert_eq!(site.refused(&["check"]).err.lines().filter(|line| line.contains("second copy")).count(), 1);
    repaired(&site, &[]);
    assert!(site.everything() == before);
}

#[test]
fn without_any_copy_what_waits_still_waits_for_its_hour() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", 7)], &["--publish-at", &later(2)]);
    let list = site.editions();
    site.lose(&[POINTER, SECOND_COPY]);
    let said = repaired(&site, &[]);
    assert!(said.contains(&format!("version {} is taken to be in force", list.editions[0].id)), "{said}");
    assert_eq!(site.editions(), list);
    // Its hour is moved: the later one counts, although the version was made for the earlier.
    let meta = site.data().join("releases").join(site.waiting("statistics")).join("meta.json");
    rewrite(&meta, |meta| meta["published_at"] = later(5).into());
    site.lose(&[POINTER, SECOND_COPY]);
    repaired(&site, &[]);
    let in_hours = |hours| Timestamp::now() + SignedDuration::from_hours(hours);
    assert_eq!(site.editions().in_force(in_hours(4)).unwrap().id, list.editions[0].id);
    assert_eq!(site.editions().in_force(in_hours(6)).unwrap().id, list.editions[1].id);
}

#[test]
fn without_any_copy_what_was_withdrawn_is_no_choice() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", 7)], &[]);
    assert_eq!(site.run(&["withdraw", "0004-statistics"]).status, 0);
    let now = in_force(&site);
    site.lose(&[POINTER, SECOND_COPY]);
    let said = site.refused(&["check", "--repair"]).err;
    assert!(said.contains("--in-force 0001-") && said.contains("--in-force 0003-"), "{said}");
    assert!(!said.contains("--in-force 0002-"), "{said}");
    let said = site.refused(&["check", "--repair", "--in-force", "0002"]).err;
    assert!(said.contains("0002 is not a version that may be shown now"), "{said}");
    repaired(&site, &["--in-force", "0003"]);
    assert_eq!((in_force(&site).id, upheld(&site)), (now.id, None));
    assert_eq!(site.refused(&["rollback", "--to", "0002"]).status, 1);
}

#[test]
fn without_any_copy_a_version_that_was_left_by_going_back_does_not_return_by_itself() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", 7)], &[]);
    site.publish("statistics", &[&derby(&site, "b.csv", 8)], &["--publish-at", &later(2)]);
    assert_eq!(site.run(&["rollback"]).status, 0);
    let list = site.editions();
    site.lose(&[POINTER, SECOND_COPY]);
    let said = site.refused(&["check", "--repair"]).err;
    assert!(said.contains("cannot be told") && said.contains("unless it was rolled back"), "{said}");
    repaired(&site, &["--in-force", "0001"]);
    assert_eq!((in_force(&site).id, upheld(&site)), (list.editions[0].id.clone(), None));
    assert_eq!(site.editions().pending(Timestamp::now()), list.pending(Timestamp::now()));
    // Chosen the other way, what waits was made on top of another version: it is named, not shown.
    site.lose(&[POINTER, SECOND_COPY]);
    let said = repaired(&site, &["--in-force", "0002"]);
    assert!(said.contains(&format!("council-map publish {} --at", site.waiting("statistics"))), "{said}");
    assert_eq!((upheld(&site), site.editions().pending(Timestamp::now()).len()), (Some(7.0), 0));
}

#[test]
fn a_second_copy_that_is_behind_is_not_believed() {
    let site = Site::prepared();
    let old = fs::read(site.data().join(SECOND_COPY)).unwrap();
    site.publish("statistics", &[&derby(&site, "a.csv", 7)], &[]);
    site.lose(&[POINTER]);
    fs::write(site.data().join(SECOND_COPY), old).unwrap();
    let said = site.refused(&["check", "--repair"]).err;
    assert!(said.contains("does not know site-0002-") && said.contains("--in-force 0002-"), "{said}");
}

#[test]
fn a_second_copy_that_shows_a_release_before_its_hour_is_not_believed() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", 7)], &["--publish-at", &later(2)]);
    let list = site.editions();
    let now = later(0);
    rewrite(&site.data().join(SECOND_COPY), |copy| copy["editions"][1]["from"] = now.as_str().into());
    site.lose(&[POINTER]);
    repaired(&site, &[]);
    assert_eq!(site.editions(), list);
}

#[test]
fn a_crash_between_the_two_copies_leaves_the_old_version_or_finishes_the_new() {
    let (site, after) = (Site::prepared(), Site::empty());
    copy(site.data(), after.data());
    after.publish("statistics", &[&derby(&after, "a.csv", 7)], &[]);
    // The second copy is written first, so this is what the crash leaves.
    let pointer = fs::read(site.data().join(POINTER)).unwrap();
    copy(after.data(), site.data());
    fs::write(site.data().join(POINTER), &pointer).unwrap();
    fs::write(site.data().join("releases/.publishing"), "").unwrap();
    assert_eq!(upheld(&site), None);
    let repaired_site = Site::empty();
    copy(site.data(), repaired_site.data());
    repaired_site.lose(&[POINTER]);
    repaired(&repaired_site, &[]);
    assert_eq!(repaired_site.editions(), after.editions());
    // The next command goes on from the pointer.
    let said = site.refused(&["check"]).err;
    assert!(said.contains("differs from current.json, which counts"), "{said}");
    site.publish("statistics", &[&derby(&site, "b.csv", 8)], &[]);
    assert_eq!((upheld(&site), site.run(&["check"]).status), (Some(8.0), 0));
    assert_eq!(site.editions().editions.len(), 2);
}

#[test]
fn a_list_that_was_put_back_from_a_backup_sweeps_nothing_and_is_named() {
    let site = Site::prepared();
    let old = fs::read(site.data().join(POINTER)).unwrap();
    site.publish("statistics", &[&derby(&site, "a.csv", 7)], &[]);
    let versions = || {
        fs::read_dir(site.data())
            .unwrap()
            .filter(|one| one.as_ref().unwrap().file_name().to_string_lossy().starts_with("site-"))
            .count()
    };
    let (all, copy) = (versions(), fs::read(site.data().join(SECOND_COPY)).unwrap());
    fs::write(site.data().join(POINTER), old).unwrap();
    let file = derby(&site, "c.csv", 9);
    for command in [
        &["rollback"][..],
        &["import", "statistics", &file],
        &["import", "statistics", &file, "--publish"],
        &["serve", "--listen", "nowhere"],
        &["releases"],
    ] {
        let said = site.refused(command).err;
        assert!(
            said.contains("older than its second copy") && said.contains("put the second copy in its place"),
            "{said}"
        );
        assert_eq!((versions(), fs::read(site.data().join(SECOND_COPY)).unwrap()), (all, copy.clone()), "{command:?}");
    }
    fs::write(site.data().join(POINTER), copy).unwrap();
    assert_eq!(upheld(&site), Some(7.0));
}

#[test]
fn a_first_import_that_was_killed_hinders_nothing_and_is_no_demonstration_ground() {
    let site = Site::empty();
    let prepared = Site::prepared();
    let version = in_force(&prepared).file;
    copy(prepared.data(), site.data());
    for name in [POINTER, SECOND_COPY] {
        fs::write(site.data().join(name), "{\"editions\": []}").unwrap();
    }
    // Killed after its version was finished: it was never shown.
    assert_eq!(site.run(&["check"]).status, 0);
    let again = Site::empty();
    copy(site.data(), again.data());
    again.publish("national", &[&published("national.csv")], &[]);
    assert_eq!(again.editions().editions.len(), 1);
    // Killed before.
    site.lose(&[&version]);
    let said = site.refused(&["serve", "--listen", "nowhere"]).err;
    assert!(said.contains("nothing has been published") && said.contains("releases is in it"), "{said}");
    site.refused(&["demo", "--decisions", "5"]);
    site.publish("national", &[&published("national.csv")], &[]);
    assert_eq!(in_force(&site).releases.last().unwrap(), "0004-national");
}

#[test]
fn a_list_that_names_a_missing_version_sweeps_nothing_and_the_version_is_made_again() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", 7)], &[]);
    site.publish("statistics", &[&derby(&site, "b.csv", 8)], &["--publish-at", &later(2)]);
    let list = site.editions();
    fs::write(site.data().join("site-0009-0123456789ab.db"), "not named").unwrap();
    site.lose(&[&list.editions[1].file]);
    let file = derby(&site, "c.csv", 9);
    for args in
        [&["import", "statistics", &file, "--publish"][..], &["rollback"], &["serve", "--listen", "127.0.0.1:0"]]
    {
        let said = site.refused(args).err;
        assert!(said.contains(&format!("names {}, which is missing", list.editions[1].file)), "{args:?}: {said}");
    }
    let said = repaired(&site, &[]);
    assert!(said.contains("was made again from the kept releases"), "{said}");
    assert_eq!(upheld(&site), Some(7.0));
    assert_eq!(in_force(&site).releases, list.editions[1].releases);
    let waiting = site.editions().pending(Timestamp::now()).into_iter().cloned().collect::<Vec<_>>();
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].from, &waiting[0].releases), (list.editions[2].from, &list.editions[2].releases));
}

#[test]
fn a_damaged_version_is_found_and_made_again_and_a_damaged_file_of_a_release_is_named() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", 7)], &[]);
    let path = site.data().join(in_force(&site).file);
    let mut bytes = fs::read(&path).unwrap();
    let place = bytes.len() / 2;
    bytes[place] ^= 1;
    fs::write(&path, bytes).unwrap();
    let said = site.refused(&["check"]).err;
    assert!(said.contains("it was changed or damaged"), "{said}");
    repaired(&site, &[]);
    assert_eq!(upheld(&site), Some(7.0));
    fs::write(site.data().join("releases/0004-statistics/files/0/a.csv"), "authority,year,upheld\n").unwrap();
    let said = site.refused(&["check"]).err;
    assert!(said.contains("releases/0004-statistics: the files are not those that came"), "{said}");
    assert_eq!(site.run(&["check", "--repair"]).status, 1);
}

#[test]
fn a_version_that_an_older_program_has_made_is_made_again_from_the_kept_releases() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", 7)], &[]);
    let path = site.data().join(in_force(&site).file);
    let mut bytes = fs::read(&path).unwrap();
    // The number of the schema, in the head of a file of SQLite.
    bytes[63] = 1;
    fs::write(&path, &bytes).unwrap();
    let id = format!("0002-{}", sha256(&bytes).chars().take(12).collect::<String>());
    fs::rename(&path, site.data().join(format!("site-{id}.db"))).unwrap();
    for list in [POINTER, SECOND_COPY] {
        rewrite(&site.data().join(list), |list| {
            list["editions"][1]["file"] = format!("site-{id}.db").into();
            list["editions"][1]["id"] = id.clone().into();
        });
    }
    let said = site.refused(&["serve", "--listen", "127.0.0.1:0"]).err;
    assert!(said.contains("another version of this program (schema 1"), "{said}");
    assert!(site.refused(&["check"]).err.contains("an older version of this program"));
    assert!(repaired(&site, &[]).contains("was made by an older version of this program, and is left out"));
    assert_eq!((upheld(&site), in_force(&site).releases.len()), (Some(7.0), 5));
}

#[test]
fn every_list_that_could_not_be_read_is_kept() {
    let site = Site::prepared();
    let kept = |name: &str| fs::read_to_string(site.data().join(name)).unwrap();
    for garbage in ["first", "second"] {
        fs::write(site.data().join(POINTER), garbage).unwrap();
        repaired(&site, &[]);
    }
    assert_eq!(kept("current.json.unreadable") + &kept("current.json.unreadable-2"), "firstsecond");
}

#[test]
fn a_withdrawal_that_was_killed_is_finished_by_a_repair() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", 7)], &[]);
    rewrite(&site.data().join("releases/0004-statistics/meta.json"), |meta| meta["withdrawn_at"] = later(0).into());
    let said = site.refused(&["check"]).err;
    assert!(said.contains("holds release 0004-statistics, which was withdrawn"), "{said}");
    repaired(&site, &[]);
    assert_eq!(upheld(&site), None);
}

#[test]
fn letters_are_kept_with_their_documents_and_checked_with_them() {
    let site = Site::prepared();
    site.file("derby.txt", "Dear Mr Smith\n");
    let list =
        site.file("l.csv", "authority,year,letter_date,document\nDerby City Council,2019-20,2020-07-22,derby.txt\n");
    site.publish("letters", &[&list], &[]);
    assert_eq!(site.run(&["check"]).status, 0);
    fs::write(site.data().join("releases/0004-letters/files/0/derby.txt"), "Dear Mrs Smith\n").unwrap();
    assert!(site.refused(&["check"]).err.contains("releases/0004-letters"));
}

#[test]
fn nothing_published_is_nothing_wrong() {
    let site = Site::empty();
    let answer = site.run(&["check", "--repair"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(answer.out.contains("nothing has been published") && !site.data().exists(), "{}", answer.out);
    assert_eq!(command(&["check", "--in-force", "0001"]).status, 2);
}

#[test]
fn every_fault_of_the_list_is_named_with_the_way_out() {
    let site = Site::prepared();
    let way_out = format!("council-map check --data {} --repair", text(site.data()));
    for (fault, pointer) in [("is empty", ""), ("cannot be read", "{"), ("names no version", "{\"editions\": []}")] {
        fs::write(site.data().join(POINTER), pointer).unwrap();
        let said = site.refused(&["check"]).err;
        assert!(said.contains(fault) && said.contains(&way_out), "{fault}: {said}");
    }
}

#[test]
fn kept_releases_without_any_version_are_left_to_people() {
    let site = Site::prepared();
    let version = in_force(&site).file;
    site.lose(&[POINTER, SECOND_COPY, &version]);
    let said = site.refused(&["check", "--repair"]).err;
    assert!(said.contains("Import the files in releases/KEY/files/ into another directory"), "{said}");
}

#[test]
fn a_second_copy_and_the_kept_releases_bring_a_site_back_that_has_lost_list_and_version() {
    let site = Site::prepared();
    let cells = site.count("SELECT count(*) FROM national_cells");
    let version = in_force(&site).file;
    site.lose(&[POINTER, &version]);
    repaired(&site, &[]);
    assert_eq!(site.count("SELECT count(*) FROM national_cells"), cells);
}

#[test]
fn a_copy_of_a_version_under_the_greatest_of_all_numbers_is_no_version() {
    let site = Site::prepared();
    let version = in_force(&site).file;
    let (_, hash) = version.rsplit_once('-').unwrap();
    let copy = format!("site-4294967295-{hash}");
    fs::copy(site.data().join(&version), site.data().join(&copy)).unwrap();
    let said = site.run(&["check"]).out;
    assert!(said.contains(&format!("{copy}: not whole, in no list\n")), "{said}");
    site.lose(&[POINTER, SECOND_COPY]);
    repaired(&site, &[]);
    assert_eq!(in_force(&site).file, version);
}

#[test]
fn which_of_two_demonstrations_was_in_force_is_not_guessed() {
    let site = Site::empty();
    copy(demonstration(), site.data());
    let first = in_force(&site).file;
    fs::copy(site.data().join(&first), site.data().join(first.replace("site-0001-", "site-0002-"))).unwrap();
    site.lose(&[POINTER, SECOND_COPY]);
    let said = site.refused(&["check", "--repair"]).err;
    assert!(said.contains("--in-force 0001-") && said.contains("--in-force 0002-"), "{said}");
}
