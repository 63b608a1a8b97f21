//! A publication under load: every answer comes whole from one version.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::app::{App, ask};
use crate::support::fixture::Published;

const CORRECTION: &str = "authority,year,investigated,upheld,uphold_rate\nderby-city-council,2019-20,13,8,62\n";

#[test]
fn requests_in_flight_during_a_publication_see_one_version_throughout() {
    let site = Published::new();
    let app = App::start(&site.data());
    let version = |app: &App| app.get("/version").json()["data"]["id"].as_str().unwrap().to_owned();
    let old = version(&app);
    let stop = Arc::new(AtomicBool::new(false));
    let asking: Vec<_> = (0..3)
        .map(|_| {
            let (stop, address) = (Arc::clone(&stop), app.address().to_owned());
            thread::spawn(move || {
                let mut heard = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    let answer = ask(&address, "GET", "/councils/derby-city-council", &[]);
                    assert_eq!(answer.status, 200);
                    let text = answer.text();
                    let of = text.split("version ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
                    thread::sleep(Duration::from_millis(5));
                    heard.push((of, text.contains("8 of 13")));
                }
                heard
            })
        })
        .collect();
    let file = site.file("correction.csv", CORRECTION);
    site.import("statistics", &file, &[]);
    // Within a second in a release build; a debug build opens an edition more slowly.
    let mut new = version(&app);
    for _ in 0..600 {
        if new != old {
            break;
        }
        thread::sleep(Duration::from_millis(100));
        new = version(&app);
    }
    thread::sleep(Duration::from_millis(500));
    stop.store(true, Ordering::Relaxed);
    assert_ne!(old, new, "never switched: {}", app.log());
    let heard: Vec<(String, bool)> = asking.into_iter().flat_map(|one| one.join().unwrap()).collect();
    assert!(heard.iter().any(|(version, _)| *version == old) && heard.iter().any(|(version, _)| *version == new));
    for (version, corrected) in heard {
        assert!(version == old || version == new, "{version}");
        assert_eq!(corrected, version == new, "a page of {version} mixes two versions");
    }
    let changes = app.page("/changes");
    assert!(changes.contains("<td>7</td><td>8</td>"), "the value before stays visible: {changes}");
    assert_eq!(app.complaints(), Vec::<String>::new());
}

#[test]
fn a_broken_new_file_leaves_the_old_version_serving() {
    let site = Published::new();
    let app = App::start(&site.data());
    let before = app.page("/councils/derby-city-council");
    let pointer = site.data().join("current.json");
    let list = fs::read_to_string(&pointer).unwrap();
    let mut broken: serde_json::Value = serde_json::from_str(&list).unwrap();
    let mut edition = broken["editions"].as_array().unwrap().last().unwrap().clone();
    fs::write(site.data().join("site-broken.db"), vec![7_u8; 100_000]).unwrap();
    edition["id"] = "9999-broken".into();
    edition["file"] = "site-broken.db".into();
    edition["from"] = jiff::Timestamp::now().to_string().into();
    broken["editions"].as_array_mut().unwrap().push(edition);
    fs::write(&pointer, broken.to_string()).unwrap();
    thread::sleep(Duration::from_secs(1));
    assert_eq!(app.page("/councils/derby-city-council"), before);
    fs::write(&pointer, "{").unwrap();
    thread::sleep(Duration::from_millis(500));
    assert_eq!(app.get("/health").status, 200);
    assert_eq!(app.page("/councils/derby-city-council"), before);
}

#[test]
fn a_lost_list_of_versions_is_told_in_the_log_and_by_ready_while_the_site_goes_on() {
    let site = Published::new();
    let app = App::start(&site.data());
    let page = "/councils/derby-city-council";
    let before = app.page(page);
    let (pointer, away) = (site.data().join("current.json"), site.data().join("away"));
    fs::rename(&pointer, &away).unwrap();
    let told = || app.complaints().iter().filter(|line| line.contains("current.json")).count();
    wait_for(|| told() > 0, &app);
    assert!(app.complaints()[0].contains("is missing"), "{:?}", app.complaints());
    let trouble = app.get("/ready").json()["trouble"].clone();
    assert!(trouble.as_str().is_some_and(|text| text.contains("current.json")), "{trouble}");
    assert_eq!(app.page(page), before);
    // Back again, the next publication is seen as ever.
    fs::rename(&away, &pointer).unwrap();
    site.import("statistics", &site.file("correction.csv", CORRECTION), &[]);
    wait_for(|| app.page(page).contains("8 of 13"), &app);
    wait_for(|| app.get("/ready").json()["trouble"].is_null(), &app);
    assert_eq!(told(), 1, "{:?}", app.complaints());
}

/// Waits at most a minute.
fn wait_for(condition: impl Fn() -> bool, app: &App) {
    let began = Instant::now();
    while !condition() {
        assert!(began.elapsed() < Duration::from_mins(1), "never: {}", app.log());
        thread::sleep(Duration::from_millis(50));
    }
}
