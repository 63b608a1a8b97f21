//! Releases over time: waiting for an hour, published early, withdrawn, rolled back, interrupted.

use std::fs;
use std::fs::File;

use council_map::for_tests::sha256;
use jiff::{SignedDuration, Timestamp};

use super::support::{Site, cell_of, copy};

const DERBY: &str = "derby-city-council";

fn later(hours: i64) -> String {
    (Timestamp::now() + SignedDuration::from_hours(hours)).to_string()
}

fn derby(site: &Site, name: &str, year: &str, upheld: u32) -> String {
    site.file(name, format!("authority,year,upheld\nDerby City Council,{year},{upheld}\n"))
}

#[test]
fn a_release_waits_for_its_hour_in_a_file_of_its_own() {
    let site = Site::prepared();
    let file = derby(&site, "a.csv", "2019-20", 7);
    let served = site.editions().in_force(Timestamp::now()).cloned();
    site.publish("statistics", &[&file], &["--publish-at", &later(2)]);
    assert_eq!(site.editions().in_force(Timestamp::now()).cloned(), served);
    assert_eq!(site.cell(DERBY, "2019-20", "upheld"), None);
    let then = site.open_at(Timestamp::now() + SignedDuration::from_hours(3));
    assert_eq!(cell_of(&then, DERBY, "2019-20", "upheld"), Some(7.0));
    let list = site.run(&["releases"]).out;
    assert!(list.contains(&site.waiting("statistics")) && list.contains("waits until"), "{list}");
}

#[test]
fn the_same_waiting_release_twice_changes_nothing() {
    let site = Site::prepared();
    let (file, hour) = (derby(&site, "a.csv", "2019-20", 7), later(2));
    site.publish("statistics", &[&file], &["--publish-at", &hour]);
    let before = site.content();
    site.publish("statistics", &[&file], &["--publish-at", &hour]);
    assert_eq!(site.content(), before);
}

#[test]
fn what_is_published_now_is_also_in_what_waits() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", "2019-20", 7)], &["--publish-at", &later(2)]);
    site.publish("statistics", &[&derby(&site, "b.csv", "2018-19", 5)], &[]);
    assert_eq!(site.cell(DERBY, "2018-19", "upheld"), Some(5.0));
    assert_eq!(site.cell(DERBY, "2019-20", "upheld"), None);
    let then = site.open_at(Timestamp::now() + SignedDuration::from_hours(3));
    assert_eq!(cell_of(&then, DERBY, "2018-19", "upheld"), Some(5.0));
    assert_eq!(cell_of(&then, DERBY, "2019-20", "upheld"), Some(7.0));
}

#[test]
fn two_waiting_releases_come_one_after_the_other_whatever_order_they_were_imported_in() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "late.csv", "2019-20", 7)], &["--publish-at", &later(4)]);
    site.publish("statistics", &[&derby(&site, "early.csv", "2018-19", 5)], &["--publish-at", &later(2)]);
    let at = |hours| site.open_at(Timestamp::now() + SignedDuration::from_hours(hours));
    let both =
        |hours| (cell_of(&at(hours), DERBY, "2018-19", "upheld"), cell_of(&at(hours), DERBY, "2019-20", "upheld"));
    assert_eq!(both(1), (None, None));
    assert_eq!(both(3), (Some(5.0), None));
    assert_eq!(both(5), (Some(5.0), Some(7.0)));
}

#[test]
fn what_waits_or_was_taken_back_before_its_hour_leaves_no_gap_in_any_number() {
    let site = Site::prepared();
    let shown = |site: &Site| {
        let current = site.editions().in_force(Timestamp::now()).unwrap().clone();
        (current.number().unwrap(), current.releases.last().unwrap().clone())
    };
    assert_eq!(shown(&site), (1, "0003-national".to_owned()));
    site.publish("statistics", &[&derby(&site, "a.csv", "2019-20", 7)], &["--publish-at", &later(2)]);
    site.publish("statistics", &[&derby(&site, "b.csv", "2018-19", 5)], &[]);
    assert_eq!(shown(&site), (2, "0004-statistics".to_owned()));
    assert_eq!(site.run(&["withdraw", &site.waiting("statistics")]).status, 0);
    site.publish("statistics", &[&derby(&site, "c.csv", "2017-18", 5)], &[]);
    assert_eq!(shown(&site), (3, "0005-statistics".to_owned()));
    assert_eq!(site.run(&["check"]).status, 0);
}

#[test]
fn a_clock_that_has_stepped_back_never_brings_back_what_was_replaced() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", "2019-20", 7)], &[]);
    // As if all of it had been published by a clock that ran a day ahead.
    let path = site.data().join("current.json");
    let ahead = later(24);
    let mut list: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    list["editions"][1]["from"] = ahead.clone().into();
    list["in_force_since"] = ahead.into();
    for copy in [path, site.data().join("releases/current.json")] {
        fs::write(copy, list.to_string()).unwrap();
    }
    assert_eq!(site.cell(DERBY, "2019-20", "upheld"), Some(7.0));
    assert!(site.refused(&["check"]).err.contains("has not come"));
    site.publish("statistics", &[&derby(&site, "b.csv", "2019-20", 8)], &[]);
    assert_eq!(site.cell(DERBY, "2019-20", "upheld"), Some(8.0));
    // What is to wait might be shown at once: it is refused until the hours are right.
    let waits = derby(&site, "c.csv", "2018-19", 5);
    let hour = later(2);
    let args = ["import", "statistics", &waits, "--publish", "--publish-at", &hour];
    let said = site.refused(&args).err;
    assert!(said.contains("the clock says") && said.contains("check --data"), "{said}");
    assert_eq!(site.run(&["check", "--repair"]).status, 0);
    assert_eq!(site.cell(DERBY, "2019-20", "upheld"), Some(8.0));
    assert_eq!(site.run(&args).status, 0);
    assert_eq!(site.cell(DERBY, "2018-19", "upheld"), None);
}

#[test]
fn a_waiting_release_can_be_published_now() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", "2019-20", 7)], &["--publish-at", &later(2)]);
    let key = site.waiting("statistics");
    let answer = site.run(&["publish", &key]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_eq!(site.cell(DERBY, "2019-20", "upheld"), Some(7.0));
    assert!(site.editions().pending(Timestamp::now()).is_empty());
    assert_eq!(site.run(&["publish", &key]).status, 1);
}

#[test]
fn a_withdrawn_release_is_gone_from_everything_and_what_came_after_stays() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", "2019-20", 9)], &[]);
    site.publish("statistics", &[&derby(&site, "b.csv", "2018-19", 5)], &[]);
    site.publish("statistics", &[&derby(&site, "c.csv", "2017-18", 4)], &["--publish-at", &later(2)]);
    let answer = site.run(&["withdraw", "0004-statistics"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    let then = site.open_at(Timestamp::now() + SignedDuration::from_hours(3));
    for conn in [site.open(), then] {
        assert_eq!(cell_of(&conn, DERBY, "2019-20", "upheld"), None);
        assert_eq!(cell_of(&conn, DERBY, "2018-19", "upheld"), Some(5.0));
    }
    let list = site.run(&["releases"]).out;
    assert!(list.contains("0004-statistics") && list.contains("withdrawn"), "{list}");
    // Going back must not bring it back.
    let back = site.run(&["rollback", "--to", "0002"]);
    assert_eq!(back.status, 1, "{}", back.out);
    assert!(back.err.contains("was withdrawn"), "{}", back.err);
    assert_eq!(site.run(&["withdraw", "0001-authorities"]).status, 1);
    assert_eq!(site.run(&["withdraw", "0099-statistics"]).status, 1);
}

#[test]
fn a_withdrawn_correction_gives_the_first_value_back() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", "2019-20", 7)], &[]);
    let corrected = site.publish("statistics", &[&derby(&site, "b.csv", "2019-20", 8)], &[]);
    assert!(corrected.out.contains("figure upheld 2019-20: 7 -> 8"), "{}", corrected.out);
    assert_eq!(site.count("SELECT count(*) FROM changes WHERE old = '7' AND new = '8'"), 1);
    assert_eq!(site.run(&["withdraw", "0005-statistics"]).status, 0);
    assert_eq!(site.cell(DERBY, "2019-20", "upheld"), Some(7.0));
}

#[test]
fn rolling_back_shows_the_version_before_and_importing_goes_on_from_there() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", "2019-20", 7)], &[]);
    site.publish("statistics", &[&derby(&site, "b.csv", "2019-20", 8)], &[]);
    let answer = site.run(&["rollback"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_eq!(site.cell(DERBY, "2019-20", "upheld"), Some(7.0));
    assert_eq!(site.run(&["rollback"]).status, 0);
    assert_eq!(site.cell(DERBY, "2019-20", "upheld"), None);
    assert_eq!(site.run(&["rollback"]).status, 1);
    site.publish("statistics", &[&derby(&site, "c.csv", "2019-20", 6)], &[]);
    assert_eq!(site.cell(DERBY, "2019-20", "upheld"), Some(6.0));
}

#[test]
fn an_import_that_was_killed_leaves_the_old_version_and_its_rests_are_swept() {
    let site = Site::prepared();
    let pointer = fs::read(site.data().join("current.json")).unwrap();
    fs::write(site.data().join(".draft-abc.db"), "half").unwrap();
    fs::write(site.data().join(".site-0002-77.tmp"), "half").unwrap();
    fs::write(site.data().join("site-0002-0123456789ab.db"), "whole, but nothing points to it").unwrap();
    fs::create_dir_all(site.data().join("releases/.incoming-0004-statistics/files")).unwrap();
    fs::write(site.data().join("current.json.tmp"), "{").unwrap();
    assert_eq!(fs::read(site.data().join("current.json")).unwrap(), pointer);
    assert_eq!(site.count("SELECT count(*) FROM councils"), 365);
    site.publish("statistics", &[&derby(&site, "a.csv", "2019-20", 7)], &[]);
    let names: Vec<String> = site.content().into_keys().collect();
    assert!(
        !names.iter().any(|name| name.contains(".draft") || name.contains("tmp") || name.contains("incoming")),
        "{names:?}"
    );
    assert!(!names.contains(&"site-0002-0123456789ab.db".to_owned()), "{names:?}");
}

#[test]
fn two_imports_at_once_are_told_apart() {
    let site = Site::prepared();
    let lock = File::options().write(true).create(true).truncate(false).open(site.data().join(".lock")).unwrap();
    lock.lock().unwrap();
    let answer = site.run(&["import", "statistics", &derby(&site, "a.csv", "2019-20", 7), "--publish"]);
    assert_eq!(answer.status, 1);
    assert!(answer.err.contains("another import is at work"), "{}", answer.err);
    // A look in the middle of it would find what is not so.
    let answer = site.run(&["check"]);
    assert!(answer.status == 1 && answer.err.contains("another import is at work"), "{}", answer.err);
}

#[test]
fn the_same_releases_give_the_same_figures_whatever_hour_it_is() {
    let dump = |site: &Site| -> Vec<String> {
        let conn = site.open();
        let mut rows = Vec::new();
        for table in ["councils", "cells", "figures", "national_cells", "boundaries", "changes", "sources"] {
            let mut statement = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let width = statement.column_count();
            let mut found = statement.query([]).unwrap();
            while let Some(row) = found.next().unwrap() {
                let cells: Vec<String> = (0..width).map(|at| format!("{:?}", row.get_ref(at).unwrap())).collect();
                rows.push(format!("{table} {}", cells.join(" ")));
            }
        }
        rows
    };
    let (one, other) = (Site::prepared(), Site::prepared());
    for site in [&one, &other] {
        site.publish("statistics", &[&derby(site, "a.csv", "2019-20", 7)], &[]);
    }
    assert_eq!(dump(&one), dump(&other));
}

const DECISION: &str = "reference,authority,type,outcome,category,decision_date\n\
    19 012 345,Derby City Council,statement,upheld,housing,2019-11-22\n";
const WITHDRAWN: &str = "reference,withdrawn_on\n19 012 345,2024-01-01\n";

#[test]
fn a_withdrawn_reference_cannot_be_told_from_what_is_published_and_its_key_is_needed() {
    let site = Site::prepared();
    let list = site.file("d.csv", DECISION);
    site.publish("decisions", &[&list], &[]);
    site.publish("decisions", &[&site.file("w.csv", WITHDRAWN)], &[]);
    let digests = |site: &Site| -> Vec<String> {
        let conn = site.open();
        let mut statement = conn.prepare("SELECT digest FROM withdrawn_decisions").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let plain: Vec<String> = ["19-012-345", "19 012 345"].iter().map(|text| sha256(text.as_bytes())).collect();
    assert!(digests(&site).len() == 2 && digests(&site).iter().all(|digest| !plain.contains(digest)));
    let other = Site::prepared();
    other.publish("decisions", &[&other.file("w.csv", WITHDRAWN)], &[]);
    assert!(digests(&other).iter().all(|digest| !digests(&site).contains(digest)), "each site has its own key");
    site.publish("decisions", &[&list], &[]);
    assert_eq!(site.count("SELECT count(*) FROM decisions"), 0);
    // Without the key nobody could tell which decisions must stay away.
    let key = site.data().join("withdrawn.key");
    let kept = fs::read(&key).unwrap();
    for lost in [None, Some([7; 32])] {
        let _ = fs::remove_file(&key);
        if let Some(other) = lost {
            fs::write(&key, other).unwrap();
        }
        let said = site.refused(&["import", "decisions", &list, "--publish"]).err;
        assert!(said.contains("withdrawn.key") && said.contains("check --data"), "{said}");
        assert!(site.refused(&["check"]).err.contains("withdrawn.key"));
        let repaired = Site::empty();
        copy(site.data(), repaired.data());
        let answer = repaired.run(&["check", "--repair"]);
        assert_eq!(answer.status, 0, "{}", answer.err);
        repaired.publish("decisions", &[&list], &[]);
        assert_eq!(repaired.count("SELECT count(*) FROM decisions"), 0);
    }
    fs::write(&key, kept).unwrap();
    assert_eq!(site.run(&["check"]).status, 0);
}

#[test]
fn a_decision_that_is_withdrawn_before_its_hour_never_comes() {
    let site = Site::prepared();
    let (list, taken) = (site.file("d.csv", DECISION), site.file("w.csv", WITHDRAWN));
    site.publish("decisions", &[&list], &["--publish-at", &later(2)]);
    let answer = site.run(&["import", "decisions", &taken, "--publish"]);
    assert!(answer.status == 0 && (answer.out + &answer.err).contains("no decision 19 012 345 is published here"));
    let then = site.open_at(Timestamp::now() + SignedDuration::from_hours(3));
    let shown: i64 = then.query_row("SELECT count(*) FROM decisions", [], |row| row.get(0)).unwrap();
    assert_eq!(shown, 0);
}

#[test]
fn going_back_never_brings_a_withdrawn_decision_back() {
    let site = Site::prepared();
    site.publish("decisions", &[&site.file("d.csv", DECISION)], &[]);
    site.publish("decisions", &[&site.file("w.csv", WITHDRAWN)], &[]);
    let answer = site.run(&["rollback"]);
    assert_eq!(answer.status, 1);
    assert!(answer.err.contains("decisions that were withdrawn since"), "{}", answer.err);
    assert_eq!(site.count("SELECT count(*) FROM decisions"), 0);
}

#[test]
fn going_back_after_a_withdrawal_finds_the_newest_version_without_it() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", "2019-20", 7)], &[]);
    site.publish("statistics", &[&derby(&site, "b.csv", "2018-19", 5)], &[]);
    assert_eq!(site.run(&["withdraw", "0005-statistics"]).status, 0);
    let answer = site.run(&["rollback"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_eq!(site.cell(DERBY, "2018-19", "upheld"), None);
    assert_eq!(site.cell(DERBY, "2019-20", "upheld"), Some(7.0));
}
