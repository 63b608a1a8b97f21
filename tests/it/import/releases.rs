//! Releases over time: waiting for an hour, published early, withdrawn, rolled back, interrupted.

use std::fs;
use std::fs::File;

use jiff::{SignedDuration, Timestamp};

use super::support::{Site, cell_of};

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
    assert!(list.contains("0004-statistics") && list.contains("waits until"), "{list}");
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
fn a_waiting_release_can_be_published_now() {
    let site = Site::prepared();
    site.publish("statistics", &[&derby(&site, "a.csv", "2019-20", 7)], &["--publish-at", &later(2)]);
    let answer = site.run(&["publish", "0004-statistics"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert_eq!(site.cell(DERBY, "2019-20", "upheld"), Some(7.0));
    assert!(site.editions().pending(Timestamp::now()).is_empty());
    assert_eq!(site.run(&["publish", "0004-statistics"]).status, 1);
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
