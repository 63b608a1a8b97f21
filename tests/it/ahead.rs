//! Pages that most visitors see first are there before they ask.

use jiff::{SignedDuration, Timestamp};

use crate::metrics::served;
use crate::support::app::TestApp;
use crate::support::fixture::Published;

const CORRECTION: &str = "authority,year,investigated,upheld,uphold_rate\nderby-city-council,2019-20,13,8,62\n";
const FIRST: [&str; 4] = ["/", "/?tier=county", "/?view=hex", "/?view=table"];

fn started(site: &Published) -> TestApp {
    TestApp::start_with(
        &site.data(),
        &["--pages-ahead", "true", "--metrics", "127.0.0.1:0", "--log", "debug"],
        &[("NO_COLOR", "1")],
    )
}

/// Whether the maps of a version are made.
fn are_made(app: &TestApp, version: &str) -> bool {
    app.log().lines().any(|line| {
        line.contains("made ahead")
            && line.contains(version)
            && line.contains(r#"path="/" "#)
            && line.contains("failed=0")
    })
}

fn nobody_waits(app: &TestApp) {
    let (kept, made) = (served(app, "kept"), served(app, "made"));
    for address in FIRST {
        app.page(address);
    }
    assert_eq!((served(app, "kept"), served(app, "made")), (kept + 4, made));
}

#[test]
fn whoever_comes_first_waits_for_no_map() {
    let site = Published::new();
    let app = started(&site);
    app.wait_until("the maps are made", |app| are_made(app, &app.version()));
    assert_eq!((served(&app, "kept"), served(&app, "made")), (0, 0), "what nobody asked for is no answer");
    nobody_waits(&app);
    app.page("/?measure=compliance");
    assert_eq!(served(&app, "made"), 1, "other pages are made when they are asked for");
}

#[test]
fn the_maps_of_a_release_are_made_before_its_hour_and_seen_after_it_only() {
    let site = Published::new();
    let app = started(&site);
    let old = app.version();
    app.wait_until("the maps are made", |app| are_made(app, &old));
    let file = site.file("correction.csv", CORRECTION);
    site.import("statistics", &file, &["--publish-at", "2099-07-22T09:00:00Z"]);
    let hour = Timestamp::now() + SignedDuration::from_secs(25);
    site.set_hour("2099-07-22T09:00:00Z", hour);
    let another = |app: &TestApp| {
        let log = app.log();
        let of_maps = log.lines().filter(|line| line.contains("made ahead") && line.contains(r#"path="/" "#));
        of_maps.filter(|line| !line.contains(&old)).count()
    };
    app.wait_until("those of the next version are made", |app| another(app) == 1);
    assert!(Timestamp::now() < hour && app.version() == old);
    app.wait_until("the hour has come", |app| app.version() != old);
    nobody_waits(&app);
}
