//! Everything out and in again gives the same site.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::app::TestApp;
use crate::support::fixture::{Published, council_map, demonstration, demonstration_app, done, text};

/// What may differ: names of releases and files, rows in them, and the version.
const ASIDE: [&str; 7] = ["release", "file", "sheet", "row", "sha256", "id", "version"];

fn mask_json(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !ASIDE.contains(&name.as_str()));
            fields.values_mut().for_each(mask_json);
        }
        Value::Array(items) => items.iter_mut().for_each(mask_json),
        _ => {}
    }
}

fn mask_csv(body: &[u8]) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(body);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let kept: Vec<usize> =
        (0..rows[0].len()).filter(|at| !ASIDE.contains(&rows[0][*at].trim_start_matches('\u{feff}'))).collect();
    rows.iter().map(|row| kept.iter().map(|at| &row[*at]).collect::<Vec<_>>().join("\u{1f}") + "\n").collect()
}

/// A page without its version, and without what stands before each link to a release: file, sheet, row.
fn mask_html(app: &TestApp, body: &str, edition: &str) -> String {
    let body = body.replace(edition, "VERSION").replace(app.address(), "HOST");
    let mut parts = body.split("<a href=\"/changes#");
    let mut out = String::new();
    let mut last = parts.next().unwrap();
    for part in parts {
        out.push_str(last.rsplit_once('>').map_or(last, |(before, _)| before));
        last = part.split_once("</a>").map_or(part, |(_, after)| after);
    }
    out + last
}

/// An export of the demonstration, made once: nobody writes to it.
fn exported() -> &'static Path {
    static EXPORTED: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, out) = EXPORTED.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        done(&["export", "--out", text(&out), "--data", text(demonstration())]);
        (folder, out)
    });
    out
}

#[test]
fn an_export_restored_into_an_empty_directory_is_the_same_site() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("data");
    done(&["restore", text(exported()), "--data", text(&copy)]);
    let (old, new) = (demonstration_app(), TestApp::start(&copy));
    let editions = (old.version(), new.version());
    let mut addresses: Vec<String> =
        ["/", "/councils", "/decisions", "/reports", "/improvements"].map(str::to_owned).to_vec();
    for slug in ["derbyshire-county-council", "corby-borough-council"] {
        for part in ["", "/statistics", "/decisions", "/reports", "/improvements"] {
            addresses.push(format!("/councils/{slug}{part}"));
        }
    }
    let first = old.get("/decisions.json").json();
    for decision in first["decisions"].as_array().unwrap().iter().step_by(5) {
        addresses.push(format!("/decisions/{}", decision["reference"].as_str().unwrap().replace(' ', "-")));
    }
    let mut compared = 0;
    for address in &addresses {
        let twin = if address == "/" { "/map" } else { address };
        let (a, b) = (old.get(address), new.get(address));
        assert_eq!(a.status, b.status, "{address}");
        assert_eq!(mask_html(old, &a.text(), &editions.0), mask_html(&new, &b.text(), &editions.1), "{address}");
        let (mut a, mut b) = (old.get(&format!("{twin}.json")).json(), new.get(&format!("{twin}.json")).json());
        mask_json(&mut a);
        mask_json(&mut b);
        assert_eq!(a, b, "{twin}.json");
        let (a, b) = (old.get(&format!("{twin}.csv")), new.get(&format!("{twin}.csv")));
        assert_eq!(a.status, b.status, "{twin}.csv");
        if a.status == 200 {
            assert_eq!(mask_csv(&a.body), mask_csv(&b.body), "{twin}.csv");
        }
        compared += 3;
    }
    for table in
        ["councils", "statistics", "cells", "national", "decisions", "improvements", "letters", "replies", "changes"]
    {
        let (a, b) = (old.get(&format!("/data/{table}.csv")), new.get(&format!("/data/{table}.csv")));
        let sorted = |body: &[u8]| {
            let mut rows: Vec<String> = mask_csv(body).split('\n').map(str::to_owned).collect();
            rows.sort();
            rows
        };
        assert!(a.body.len() > 100, "{table}");
        assert_eq!(sorted(&a.body), sorted(&b.body), "{table}");
        compared += 1;
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn corrected_releases_tied_improvements_and_documents_survive_export_and_restore() {
    let site = Published::new();
    let corrected = |count| format!("authority,year,received\nleeds-city-council,2016-17,{count}\n");
    for count in [40, 41] {
        site.import("statistics", &site.file(&format!("{count}.csv"), &corrected(count)), &[]);
    }
    let agreed = "reference,authority,category,summary,agreed_on\n\
        17 001 855,E06000015,adult-care-services,Train staff,2024-03-01\n17 001 855,E06000015,adult-care-services,Answer sooner,2024-03-01\n";
    site.import("improvements", &site.file("improvements.csv", agreed), &[]);
    site.file("derby.pdf", "%PDF-1.4\n%%EOF\n");
    let letters = "authority,year,letter_date,document\nDerby,2019-20,2020-07-22,derby.pdf\n";
    site.import("letters", &site.file("letters.csv", letters), &[]);
    let folder = tempfile::tempdir().unwrap();
    let (out, copy) = (folder.path().join("out"), folder.path().join("data"));
    done(&["export", "--out", text(&out), "--data", text(&site.data())]);
    done(&["restore", text(&out), "--data", text(&copy)]);
    let (old, new) = (TestApp::start(&site.data()), TestApp::start(&copy));
    for address in
        ["/decisions/17-001-855", "/about/data", "/improvements", "/councils/derby-city-council/letters/2019-20"]
    {
        let (a, b) = (old.page(address), new.page(address));
        assert_eq!(mask_html(&old, &a, &old.version()), mask_html(&new, &b, &new.version()), "{address}");
    }
    let document = "/councils/derby-city-council/letters/2019-20.pdf";
    assert_eq!(old.get(document).body, new.get(document).body);
    // Of the first of the two nothing is left but its name.
    let named = |app: &TestApp| mask_csv(&app.get("/data/releases.csv").body).matches("Complaint statistics").count();
    assert_eq!((named(&old), named(&new)), (3, 3));
}

#[test]
fn an_export_of_invented_figures_is_refused_as_real_ones() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = exported().join("import/0003-statistics.csv");
    let answer = council_map(&["import", "statistics", text(&file), "--publish", "--data", text(&data)]);
    assert_eq!(answer.status.code(), Some(1));
    let said = String::from_utf8(answer.stderr).unwrap();
    assert!(said.contains("invented") && said.contains("restore"), "{said}");
}

#[test]
fn a_site_is_never_restored_over_another() {
    let answer = council_map(&["restore", text(exported()), "--data", text(demonstration())]);
    assert_eq!(answer.status.code(), Some(1));
    let said = String::from_utf8(answer.stderr).unwrap();
    assert!(said.contains("holds a site already"), "{said}");
}

/// Names of the kept releases, and the releases of the version in force.
fn kept_and_shown(data: &Path) -> (Vec<String>, Value) {
    let names = std::fs::read_dir(data.join("releases")).unwrap().map(|one| one.unwrap().file_name());
    let mut kept: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    kept.sort();
    let list: Value = serde_json::from_slice(&std::fs::read(data.join("current.json")).unwrap()).unwrap();
    (kept, list["editions"][0]["releases"].clone())
}

#[test]
fn a_restore_that_was_killed_can_be_run_again() {
    let site = Published::new();
    let (out, data) = (site.data().with_file_name("out"), site.data().with_file_name("restored"));
    done(&["export", "--out", text(&out), "--data", text(&site.data())]);
    done(&["restore", text(&out), "--data", text(&data)]);
    let whole = kept_and_shown(&data);
    assert!(whole.0.len() > 3, "{whole:?}");
    // Killed after the version was finished, and killed while both lists were written.
    for cut_short in [false, true] {
        std::fs::write(data.join("current.json"), "{\"editions\": []}").unwrap();
        if cut_short {
            std::fs::write(data.join("releases/.publishing"), "").unwrap();
        } else {
            std::fs::write(data.join("releases/current.json"), "{\"editions\": []}").unwrap();
        }
        std::fs::create_dir_all(data.join("releases/.incoming-0003-statistics/files")).unwrap();
        done(&["restore", text(&out), "--data", text(&data)]);
        assert_eq!(kept_and_shown(&data), whole);
        done(&["check", "--data", text(&data)]);
    }
}

#[test]
fn an_export_whose_list_leads_elsewhere_is_refused_and_makes_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (out, data) = (folder.path().join("out"), folder.path().join("below/data"));
    std::fs::create_dir_all(out.join("import")).unwrap();
    let step = |file: &str, release: &str| {
        serde_json::json!([{"kind": "national", "file": file, "release": release, "title": "t", "source": "s",
            "source_url": null, "licence": "l", "retrieved_at": "2026-01-01T00:00:00Z",
            "published_at": "2026-01-01T00:00:00Z", "synthetic": false}])
    };
    let elsewhere = [
        ("a.csv", "../../elsewhere"),
        ("a.csv", "/elsewhere"),
        ("../../a.csv", "0003-national"),
        ("/etc/passwd", "0003-national"),
    ];
    for (file, release) in elsewhere {
        std::fs::write(out.join("import/order.json"), step(file, release).to_string()).unwrap();
        let answer = council_map(&["restore", text(&out), "--data", text(&data)]);
        let said = String::from_utf8_lossy(&answer.stderr).into_owned();
        assert_eq!(answer.status.code(), Some(1), "{said}");
        assert!(said.contains("not the key of a release") || said.contains("leads outside"), "{said}");
        let made: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
        assert_eq!(made, ["out"]);
    }
}
