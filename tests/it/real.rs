//! `council-map real`: the published figures, and nothing invented.

use crate::support::app::TestApp;
use crate::support::fixture::{council_map, demonstration, done, text};

fn start(data: &std::path::Path) -> TestApp {
    TestApp::start_command("real", data, &[], &[])
}

#[test]
fn the_carried_figures_are_served_and_nothing_invented() {
    let folder = tempfile::tempdir().unwrap();
    let app = start(folder.path());
    let derby = app.get("/councils/derby-city-council.json?year=2019-20").json();
    let text = derby.to_string();
    assert!(text.contains("\"numerator\":7") && text.contains("\"denominator\":13"), "{text}");
    assert_eq!(app.csv_rows("/data/decisions.csv").len(), 180, "the header and 179 decisions");
    let sources = app.page("/data/releases.csv");
    assert!(!sources.contains("true"), "no release is invented: {sources}");
    // The carried figures are of some councils alone, and the map says of how many.
    for address in ["/?year=2019-20", "/?year=2019-20&tier=county", "/?year=2019-20&measure=compliance"] {
        super::map::check(&app, address);
        let page = app.page(address);
        assert!(page.contains("councils with figures") || page.contains("councils with counts here"), "{address}");
    }
    // A year without a rate leads to the newest that has one.
    let hounslow = app.page("/councils/london-borough-of-hounslow?year=2024-25");
    assert!(hounslow.contains("34 detailed investigations; the rest is not loaded"), "{hounslow}");
    let link = "The newest rate here is 92% (22 of 24), of <a href=\"/councils/london-borough-of-hounslow?year=2023-24\">2023-24</a>.";
    assert!(hounslow.contains(link), "{hounslow}");
    assert!(!hounslow.contains("range expected of London boroughs with as many cases"), "no key without a strip");
}

#[test]
fn a_second_start_imports_nothing_and_a_withdrawn_list_stays_away() {
    let folder = tempfile::tempdir().unwrap();
    let releases = || done(&["releases", "--data", text(folder.path())]);
    drop(start(folder.path()));
    let key = releases().lines().find_map(|line| Some(line.split_once("-decisions")?.0.to_owned())).unwrap();
    done(&["withdraw", &format!("{key}-decisions"), "--data", text(folder.path())]);
    let before = releases();
    drop(start(folder.path()));
    assert_eq!(releases(), before);
}

#[test]
fn a_folder_with_the_demonstration_is_refused_with_the_way_out() {
    let output = council_map(&["real", "--listen", "127.0.0.1:0", "--data", text(demonstration())]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("invented") && said.contains("--data"), "{said}");
}
