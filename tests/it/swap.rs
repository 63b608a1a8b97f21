//! A publication under load: every answer comes whole from one version.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::support::app::{TestApp, ask};
use crate::support::fixture::{Published, council_map};

const CORRECTION: &str = "authority,year,investigated,upheld,uphold_rate\nderby-city-council,2019-20,13,8,62\n";

#[test]
fn requests_in_flight_during_a_publication_see_one_version_throughout() {
    let site = Published::new();
    let app = TestApp::start(&site.data());
    let old = app.version();
    let (stop, asked) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let asking: Vec<_> = (0..3)
        .map(|_| {
            let (stop, asked, address) = (Arc::clone(&stop), Arc::clone(&asked), app.address().to_owned());
            thread::spawn(move || {
                let mut heard = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    let answer = ask(&address, "GET", "/councils/derby-city-council", &[]);
                    assert_eq!(answer.status, 200);
                    let text = answer.text();
                    let of = text.rsplit("version ").next().unwrap().split(' ').next().unwrap().to_owned();
                    thread::sleep(Duration::from_millis(5));
                    heard.push((of, text.contains("8 of 13")));
                    asked.fetch_add(1, Ordering::Relaxed);
                }
                heard
            })
        })
        .collect();
    let file = site.file("correction.csv", CORRECTION);
    site.import("statistics", &file, &[]);
    app.wait_until("the new version is served", |app| app.version() != old);
    let new = app.version();
    // Every one of those who ask is answered from the new version before they stop.
    let so_far = asked.load(Ordering::Relaxed);
    app.wait_until("more is asked", |_| asked.load(Ordering::Relaxed) > so_far + 6);
    stop.store(true, Ordering::Relaxed);
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
    let app = TestApp::start(&site.data());
    let before = app.page("/councils/derby-city-council");
    let pointer = site.data().join("current.json");
    let list = fs::read_to_string(&pointer).unwrap();
    let mut broken: serde_json::Value = serde_json::from_str(&list).unwrap();
    let mut edition = broken["editions"].as_array().unwrap().last().unwrap().clone();
    let whole = site.data().join(edition["file"].as_str().unwrap());
    let mut bytes = fs::read(whole).unwrap();
    // One bit of some text: SQLite itself would not notice.
    let place = bytes.windows(5).rposition(|part| part == b"Derby").unwrap();
    bytes[place] ^= 1;
    fs::write(site.data().join("site-9999-0123456789ab.db"), bytes).unwrap();
    edition["id"] = "9999-0123456789ab".into();
    edition["file"] = "site-9999-0123456789ab.db".into();
    edition["from"] = jiff::Timestamp::now().to_string().into();
    broken["editions"].as_array_mut().unwrap().push(edition);
    fs::write(&pointer, broken.to_string()).unwrap();
    let trouble = |app: &TestApp| app.get("/ready").json()["trouble"].clone();
    app.wait_until("the broken version is told", |app| !trouble(app).is_null());
    let told = trouble(&app);
    assert_eq!(app.page("/councils/derby-city-council"), before);
    fs::write(&pointer, "{").unwrap();
    app.wait_until("the broken list is told", |app| trouble(app) != told);
    assert_eq!(app.get("/health").status, 200);
    assert_eq!(app.page("/councils/derby-city-council"), before);
}

#[test]
fn a_lost_list_of_versions_is_told_in_the_log_and_by_ready_while_the_site_goes_on() {
    let site = Published::new();
    let app = TestApp::start(&site.data());
    let page = "/councils/derby-city-council";
    let before = app.page(page);
    let (pointer, away) = (site.data().join("current.json"), site.data().join("away"));
    fs::rename(&pointer, &away).unwrap();
    let told = || app.complaints().iter().filter(|line| line.contains("current.json")).count();
    app.wait_until("the loss is told", |_| told() > 0);
    assert!(app.complaints()[0].contains("is missing"), "{:?}", app.complaints());
    let trouble = app.get("/ready").json()["trouble"].clone();
    assert!(trouble.as_str().is_some_and(|text| text.contains("current.json")), "{trouble}");
    assert_eq!(app.page(page), before);
    // Back again, the next publication is seen as ever.
    fs::rename(&away, &pointer).unwrap();
    site.import("statistics", &site.file("correction.csv", CORRECTION), &[]);
    app.wait_until("the correction is shown", |app| app.page(page).contains("8 of 13"));
    app.wait_until("the trouble is over", |app| app.get("/ready").json()["trouble"].is_null());
    assert_eq!(told(), 1, "{:?}", app.complaints());
}

#[test]
fn a_version_that_goes_bad_or_away_while_it_is_served_is_told_and_pages_go_on() {
    let site = Published::new();
    let app = TestApp::start(&site.data());
    let (page, download) = ("/councils/derby-city-council", "/data/council-map.sqlite");
    let (before, whole) = (app.page(page), app.get(download).body);
    let file = site.data().join(format!("site-{}.db", app.version()));
    let trouble = || app.get("/ready").json()["trouble"].as_str().map(str::to_owned);
    assert_eq!(trouble(), None);
    let mut bytes = fs::read(&file).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::remove_file(&file).unwrap();
    fs::write(&file, bytes).unwrap();
    app.wait_until("the damage is told", |_| trouble().is_some_and(|text| text.contains("changed or damaged")));
    let away = site.data().with_file_name("away");
    fs::rename(site.data(), &away).unwrap();
    app.wait_until("the loss is told", |_| trouble().is_some_and(|text| !text.contains("changed or damaged")));
    // Pages and downloads that nobody has asked for before are read from what is open.
    assert_eq!(app.page(page), before);
    assert_eq!(app.get("/councils/bristol-city-council/statistics").status, 200);
    assert!(app.get(download).body == whole);
    fs::rename(&away, site.data()).unwrap();
    fs::write(&file, &whole).unwrap();
    app.wait_until("all is well", |_| trouble().is_none());
    // Who starts on a damaged version is told the way out.
    fs::write(&file, &whole[1..]).unwrap();
    let refused = council_map(&["serve", "--listen", "127.0.0.1:0", "--data", site.data().to_str().unwrap()]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("was changed or damaged") && said.contains("--repair"), "{said}");
}
