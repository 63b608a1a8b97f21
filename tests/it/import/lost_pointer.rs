//! A data directory that has lost its list of versions: nothing is deleted, and nothing invented.

use std::fs;

use jiff::{SignedDuration, Timestamp};

use super::support::{POINTER, SECOND_COPY, Site, command, copy, published, text};
use crate::support::fixture::demonstration;

fn derby(site: &Site) -> String {
    site.file("derby.csv", "authority,year,upheld\nDerby City Council,2019-20,7\n")
}

fn in_two_hours() -> String {
    (Timestamp::now() + SignedDuration::from_hours(2)).to_string()
}

#[test]
fn without_a_readable_pointer_every_command_refuses_and_touches_nothing() {
    let site = Site::prepared();
    // What a killed import leaves is not swept either: nobody can say that it is left over.
    fs::write(site.data().join(".draft-abc.db"), "half").unwrap();
    let out = site.data().parent().unwrap().join("export");
    assert_eq!(site.run(&["export", "--out", &text(&out)]).status, 0);
    let (out, other) = (text(&out), text(&out.with_file_name("other")));
    let file = published("national.csv");
    let commands: [&[&str]; 11] = [
        // An address on which nobody can listen, so that a server that starts all the same ends at once.
        &["serve", "--listen", "nowhere"],
        &["serve", "--listen", "nowhere", "--no-demo"],
        &["real", "--listen", "nowhere"],
        &["demo", "--decisions", "5"],
        &["import", "national", &file],
        &["import", "national", &file, "--publish"],
        &["releases"],
        &["publish", "0003-national"],
        &["withdraw", "0003-national"],
        &["rollback"],
        &["export", "--out", &other],
    ];
    let faults: [(&str, Option<&str>); 5] = [
        ("is missing", None),
        ("is empty", Some("")),
        ("cannot be read (expected ident", Some("no list")),
        ("cannot be read (EOF", Some("{\"editions\": [")),
        ("names no version", Some("{\"editions\": []}")),
    ];
    let way_out = format!("council-map check --data {} --repair", text(site.data()));
    for (fault, pointer) in faults {
        let path = site.data().join(POINTER);
        let _ = fs::remove_file(&path);
        if let Some(pointer) = pointer {
            fs::write(&path, pointer).unwrap();
        }
        let more: [&[&str]; 1] = [&["restore", &out]];
        for args in commands.iter().chain(&more) {
            let said = site.refused(args).err;
            for part in [fault, "1 version and 1 kept release are here", &way_out] {
                assert!(said.contains(part), "{args:?}, {fault}: no “{part}” in {said}");
            }
        }
    }
}

#[test]
fn a_refusal_leaves_no_folder_of_a_mistyped_name_behind() {
    let site = Site::empty();
    let wrong = site.file("wrong.csv", "authority,year,upheld\nNobody,2019-20,7\n");
    let missing = text(&site.data().join("mistyped/data"));
    for args in [
        &["withdraw", "0003-national"][..],
        &["publish", "0003-national"],
        &["rollback"],
        &["import", "statistics", &wrong, "--publish"],
        &["import", "national", &published("national.csv")],
        &["check", &wrong],
        &["check", "--repair"],
        &["releases"],
        &["restore", "nowhere"],
    ] {
        let mut all = args.to_vec();
        all.extend(["--data", missing.as_str()]);
        command(&all);
        assert!(!site.data().exists(), "{args:?}");
    }
}

#[test]
fn kept_releases_alone_are_no_empty_directory() {
    let site = Site::prepared();
    let version = site.editions().in_force(Timestamp::now()).unwrap().file.clone();
    site.lose(&[POINTER, SECOND_COPY, &version]);
    for args in [&["demo", "--decisions", "5"][..], &["serve", "--listen", "nowhere"]] {
        let said = site.refused(args).err;
        assert!(said.contains("0 versions and 1 kept release are here"), "{args:?}: {said}");
    }
}

#[test]
fn a_demonstration_is_made_in_an_empty_directory_or_over_another_one_alone() {
    let site = Site::empty();
    fs::create_dir_all(site.data()).unwrap();
    let said = site.refused(&["serve", "--listen", "nowhere", "--no-demo"]).err;
    assert!(said.contains("nothing has been published") && said.contains("council-map import"), "{said}");
    fs::write(site.data().join("notes.txt"), "somebody's").unwrap();
    for args in [&["serve", "--listen", "nowhere"][..], &["demo", "--decisions", "5"]] {
        let said = site.refused(args).err;
        assert!(said.contains("not empty") && said.contains("notes.txt"), "{args:?}: {said}");
    }
    let over_another = Site::empty();
    copy(demonstration(), over_another.data());
    let answer = over_another.run(&["demo", "--decisions", "5"]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(over_another.editions().editions.len() == 2 && site.editions().editions.is_empty());
}

#[test]
fn a_demonstration_never_takes_the_place_of_a_release_that_waits() {
    let site = Site::empty();
    site.publish("statistics", &[&derby(&site)], &["--publish-at", &in_two_hours()]);
    let said = site.refused(&["demo", "--decisions", "5"]).err;
    assert!(said.contains("holds real data"), "{said}");
}

#[test]
fn both_copies_say_the_same_after_every_publication() {
    let site = Site::prepared();
    let same = |site: &Site| {
        assert_eq!(fs::read(site.data().join(POINTER)).unwrap(), fs::read(site.data().join(SECOND_COPY)).unwrap());
    };
    same(&site);
    site.publish("statistics", &[&derby(&site)], &["--publish-at", &in_two_hours()]);
    same(&site);
    assert_eq!(site.run(&["publish", &site.waiting("statistics")]).status, 0);
    same(&site);
    assert_eq!(site.run(&["rollback"]).status, 0);
    same(&site);
}
