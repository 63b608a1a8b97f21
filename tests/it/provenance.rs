//! Every number of a council leads to its release, file, sheet and row, and the log keeps what was there before.

use std::path::Path;
use std::sync::OnceLock;

use scraper::{Html, Selector};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::app::TestApp;
use crate::support::fixture::{copied, done, made, text, waiting_release};

const FIRST: &str =
    "authority,year,received,decided,decided_upheld,decided_not_upheld,investigated,upheld,uphold_rate,\
    received_housing,received_other,source_url
leeds-city-council,2018-19,20,10,4,4,8,4,50,10,10,
derby-city-council,2018-19,30,14,6,6,12,6,50,20,10,
derby-city-council,2019-20,30,14,7,6,13,7,54,20,10,https://www.lgo.org.uk/derby
";
const SECOND: &str = "authority,year,investigated,decided_upheld,decided_not_upheld,upheld,uphold_rate,decided
derby-city-council,2019-20,14,8,6,8,57,15
";
const NATIONAL: &str = "year,investigated,upheld,uphold_rate\n2019-20,4215,2586,61\n";
const LETTERS: &str = "authority,year,letter_date,text\nderby-city-council,2019-20,2020-07-22,Dear Chief Executive\n";

fn data() -> &'static Path {
    static DATA: OnceLock<TempDir> = OnceLock::new();
    let made = DATA.get_or_init(|| {
        made(&[
            ("statistics", "first.csv", FIRST),
            ("statistics", "second.csv", SECOND),
            ("national", "england.csv", NATIONAL),
            ("letters", "letters.csv", LETTERS),
        ])
    });
    made.path()
}

/// A site for tests that only read.
fn site() -> &'static TestApp {
    static SITE: OnceLock<TestApp> = OnceLock::new();
    SITE.get_or_init(|| TestApp::shared(data()))
}

/// A site for a test that changes it.
fn fresh() -> TestApp {
    TestApp::owning(copied(data()))
}

/// The texts that an address shows under a selector, white space folded.
fn texts(site: &TestApp, path: &str, selector: &str) -> Vec<String> {
    let page = site.get(path);
    assert_eq!(page.status, 200, "{path}: {}", page.text());
    let tree = Html::parse_document(&page.text());
    tree.select(&Selector::parse(selector).unwrap()).map(|one| one.text().collect()).collect()
}

#[test]
fn a_corrected_figure_names_the_release_that_corrected_it() {
    let site = site();
    let json = site.get("/councils/derby-city-council.json?year=2019-20").json();
    let source = &json["statistics"][0]["source"];
    assert_eq!(
        (&source["release"], &source["file"], &source["row"]),
        (&"0004-statistics".into(), &"second.csv".into(), &2.into())
    );
    let shown = texts(site, "/councils/derby-city-council?year=2019-20", "details.src dd");
    assert!(shown.iter().any(|one| one.contains("second.csv, row 2, release 0004-statistics")), "{shown:?}");
    let untouched = site.get("/councils/derby-city-council.json?year=2018-19").json();
    assert_eq!(untouched["statistics"][0]["source"]["row"], 3);
}

#[test]
fn under_each_table_of_a_council_stand_its_files_and_rows() {
    let site = site();
    let page = "/councils/derby-city-council/statistics";
    let of = |part: &str| texts(site, page, &format!("{part} details.src li"));
    let received = of("#received");
    assert_eq!(received.len(), 2, "the row with an address of its own stands apart: {received:?}");
    assert!(received[0].ends_with("first.csv, row 3 (2018-19), release 0003-statistics"), "{received:?}");
    let decided = of("#decided").join("; ");
    assert!(
        decided.contains("first.csv, row 3 (2018-19)") && decided.contains("second.csv, row 2 (2019-20)"),
        "{decided}"
    );
    assert!(of("#upheld").join("; ").contains("second.csv, row 2 (2019-20), release 0004-statistics"));
    assert!(site.get(page).text().contains("href=\"https://www.lgo.org.uk/derby\""));
    let json = site.get("/councils/derby-city-council/statistics.json").json();
    assert_eq!(json["received"][1]["sources"][0]["row"], 4);
    let both: Vec<&Value> = json["decided"][1]["sources"].as_array().unwrap().iter().map(|one| &one["file"]).collect();
    assert_eq!(both, ["first.csv", "second.csv"], "one part was not corrected");
    let of_2018 = site.get("/councils/derby-city-council/statistics.csv").rows();
    let housing = of_2018.iter().find(|row| row["key"] == "housing" && row["year"] == "2018-19").unwrap();
    assert_eq!((housing["file"].as_str(), housing["row"].as_str()), ("first.csv", "3"));
}

#[test]
fn the_letter_the_map_and_the_review_of_england_name_their_sources() {
    let site = site();
    let letter = "/councils/derby-city-council/letters/2019-20";
    let under = texts(site, letter, "details.src li");
    assert!(under[0].contains("second.csv, row 2"), "{under:?}");
    assert!(site.get(letter).text().contains("letters.csv, row 2"), "the letter itself has a source too");
    assert_eq!(site.get(&format!("{letter}.json")).json()["source"]["release"], "0006-letters");
    let map = texts(site, "/?year=2019-20&view=table", "details.src li");
    assert_eq!(map.len(), 2, "{map:?}");
    let derby = site
        .get("/map.csv?year=2019-20")
        .rows()
        .into_iter()
        .find(|row| row["council"] == "Derby City Council")
        .unwrap();
    assert_eq!((derby["release"].as_str(), derby["row"].as_str()), ("0004-statistics", "2"));
    let review = texts(site, "/national?year=2019-20", "details.src li").join("; ");
    for file in ["england.csv, row 2 (2019-20), release 0005-national", "first.csv", "second.csv"] {
        assert!(review.contains(file), "{file}: {review}");
    }
    let json = site.get("/national.json?year=2019-20").json();
    assert_eq!((&json["sources"][0]["year"], &json["sources"][0]["file"]), (&"2019-20".into(), &"england.csv".into()));
}

#[test]
fn every_release_that_a_page_names_is_on_the_page_of_changes() {
    let site = site();
    let changes = site.get("/changes").text();
    for path in [
        "/?year=2019-20",
        "/national?year=2019-20",
        "/councils/derby-city-council",
        "/councils/derby-city-council/statistics",
    ] {
        let body = site.get(path).text();
        let keys: Vec<&str> =
            body.split("href=\"/changes#").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(!keys.is_empty(), "{path}");
        for key in keys {
            assert!(changes.contains(&format!("id=\"{key}\"")), "{path}: {key}");
        }
    }
}

#[test]
fn a_correction_stands_in_the_log_with_the_value_before_it() {
    let site = site();
    let json = site.get("/changes.json?release=0004-statistics").json();
    let upheld = json["releases"][0]["changes"].as_array().unwrap().iter().find(|one| one["what"] == "upheld").unwrap();
    let values = [&upheld["action"], &upheld["council"], &upheld["year"], &upheld["old"], &upheld["new"]];
    assert_eq!(values, ["changed", "derby-city-council", "2019-20", "7", "8"].map(Value::from).each_ref());
}

#[test]
fn a_citation_leads_to_what_changed_of_its_council_since() {
    let site = site();
    let releases = site.get("/changes.json").json();
    let moment = |key: &str| {
        let of = releases["releases"].as_array().unwrap().iter().find(|one| one["release"] == key).unwrap();
        of["published_at"].as_str().unwrap().to_owned()
    };
    let cited =
        |council: &str, key: &str| format!("/cited?address=/councils/{council}?year=2019-20&as_of={}", moment(key));
    let corrected = cited("derby-city-council", "0003-statistics");
    let rows = texts(site, &corrected, "tbody tr");
    assert!(rows.iter().any(|row| row.contains("13") && row.contains("14")), "{rows:?}");
    assert!(texts(site, &corrected, ".lede")[0].contains("of Derby itself were changed or withdrawn"));
    let untouched = texts(site, &cited("leeds-city-council", "0003-statistics"), ".lede");
    assert!(untouched[0].starts_with("No release since changed or withdrew a value of Leeds itself."), "{untouched:?}");
    let early = texts(site, "/cited?address=/councils/leeds-city-council&as_of=2001-01-01T00:00:00Z", ".lede");
    assert_eq!(early, ["Nothing was published here by then."]);
    let page = site.get("/councils/derby-city-council").text();
    let (_, rest) = page.split_once("/cited?").unwrap();
    let newest = format!("/cited?{}", rest.split('<').next().unwrap().replace("&amp;", "&"));
    assert_eq!(texts(site, &newest, ".lede"), ["Nothing was published or taken back since: the data is the same."]);
}

#[test]
fn a_citation_leads_to_no_other_site_and_to_no_day_to_come() {
    for address in ["//evil.example/", "https://evil.example/", "/%5Cevil.example", "councils", "/councils/nosuch"] {
        let answer = site().get(&format!("/cited?address={address}&as_of=2026-07-29T08:30:00Z"));
        assert_eq!(answer.status, 404, "{address}");
    }
    for (moment, status) in [("yesterday", 400), ("2999-01-01T00:00:00Z", 404)] {
        assert_eq!(site().get(&format!("/cited?address=/&as_of={moment}")).status, status, "{moment}");
    }
}

#[test]
fn a_withdrawn_release_is_told_of_without_what_it_held() {
    let site = fresh();
    let secret = "authority,year,replied_on,text\nderby-city-council,2019-20,2020-08-01,Platypus\n";
    site.import("replies", "secret.csv", secret);
    assert!(site.get("/changes").text().contains("0007-replies"));
    let page = site.get("/councils/derby-city-council").text();
    let cited = page.split_once("/cited?").unwrap().1.split('<').next().unwrap().replace("&amp;", "&");
    site.after(|data| {
        done(&["withdraw", "0007-replies", "--data", text(data)]);
    });
    // What comes after it does not make it forgotten.
    site.import("population", "people.csv", "authority,year,population\nderby-city-council,2024,270000\n");
    let since = texts(&site, &format!("/cited?{cited}"), ".lede");
    assert!(since[0].starts_with("A release that was seen then was taken back since"), "{since:?}");
    let page = site.get("/changes").text();
    assert!(page.contains("<li id=\"0007-replies\">Release 0007-replies, published here on "), "{page}");
    let json = site.get("/changes.json").json();
    assert_eq!(
        (&json["withdrawn"][0]["release"], &json["withdrawn"][0]["kind"]),
        (&"0007-replies".into(), &"replies".into())
    );
    let table = site.get("/data/changes.csv").rows();
    assert_eq!(table.iter().filter(|row| row["action"] == "removed" && row["release"] == "0007-replies").count(), 1);
    let gone = site.get("/changes?release=0007-replies");
    assert_eq!((gone.status, gone.text().contains("was withdrawn")), (404, true));
    for trace in ["Platypus", "secret.csv"] {
        assert!(!site.edition().windows(trace.len()).any(|part| part == trace.as_bytes()), "{trace}");
    }
}

#[test]
fn a_release_that_was_taken_back_before_its_hour_was_never_here() {
    let site = fresh();
    let before = site.get("/changes").text();
    let later = "authority,year,replied_on,text\nderby-city-council,2019-20,2020-08-01,Platypus\n";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("later.csv");
    std::fs::write(&file, later).unwrap();
    let (file, data) = (text(&file), text(site.data()));
    done(&["import", "replies", file, "--publish", "--publish-at", "2099-01-01T09:00:00Z", "--data", data]);
    let key = waiting_release(site.data(), "replies");
    done(&["withdraw", &key, "--data", data]);
    site.import("population", "people.csv", "authority,year,population\nderby-city-council,2024,270000\n");
    let page = site.get("/changes").text();
    assert_ne!(page, before);
    assert!(!page.contains("-replies\"") && !page.contains(&key) && !page.contains("taken back"), "{page}");
    assert!(page.contains("0007-population"), "no gap tells of it: {page}");
}
