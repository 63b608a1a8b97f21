//! What waits for its hour leaves no trace anywhere; at its hour it is everywhere.

mod expected;

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use council_map::for_tests::described;
use jiff::{SignedDuration, Timestamp};

use self::expected::{COUNTED, EXPECTED};
use crate::support::app::TestApp;
use crate::support::fixture::{Published, council_map, text, waiting_release};

const STATISTICS: &str = "authority,year,investigated,upheld\nderby-city-council,2021-22,8219,4111\n";
const DECISIONS: &str = "reference,authority,type,outcome,category,decision_date,summary\n\
    21 999 888,derby-city-council,report,upheld,housing,2021-11-22,Quokkafield was left without repairs.\n";
const IMPROVEMENTS: &str = "reference,authority,category,summary,agreed_on,due_on,achieved_on\n\
    21 999 888,derby-city-council,housing,Train all wombatherders.,2021-12-01,2022-03-01,\n";
const LETTERS: &str = "authority,year,letter_date,document\n\
    derby-city-council,2021-22,2022-07-16,derby.txt\nbolsover-district-council,2021-22,2022-07-16,bolsover.pdf\n";
const TEXT: &str = "Dear Chief Executive\n\nBilbydale was told about its year.\n";
const PDF: &str = "%PDF-1.4\n% Kowaribrook was told about its year.\n%%EOF\n";
const REPLIES: &str = "authority,year,replied_on,author,text\n\
    derby-city-council,2021-22,2022-08-06,Chief Executive,Possumbridge is sorry.\n";
const TITLE: &str = "Numbatshire release";

/// Marks of the release, as they would stand in a page, a file or an index, in lower case.
const MARKS: [&str; 17] = [
    "8219",
    "8,219",
    "4111",
    "21-999-888",
    "21 999 888",
    "quokkafield",
    "wombatherder",
    "bilbydale",
    "kowaribrook",
    "possumbridge",
    "2022-07-16",
    "16 july 2022",
    "2022-08-06",
    "6 august 2022",
    "0006-statistics",
    "0010-replies",
    "numbatshire",
];

/// Two keys of releases as they are, and as the marks name them: what waits has digits in its key that nobody can tell before.
static KEYS: OnceLock<[(String, &str); 2]> = OnceLock::new();

/// Every route, every page that is no council's, and all pages of the councils concerned and of some others: each council's pages
/// are made by the same code of the same figures.
fn addresses(app: &TestApp) -> Vec<String> {
    const CONCERNED: [&str; 2] = ["derby-city-council", "bolsover-district-council"];
    const ONE_IN: u64 = 80;
    let asked = |address: &String| match address.strip_prefix("/councils/").map(|rest| rest.split('/').next().unwrap())
    {
        None => true,
        Some(slug) => CONCERNED.contains(&slug) || slug.bytes().map(u64::from).sum::<u64>() % ONE_IN == 0,
    };
    let mut all: Vec<String> = app
        .page("/sitemap.xml")
        .split("<loc>")
        .skip(1)
        .map(|part| {
            part.split("</loc>").next().unwrap().splitn(4, '/').nth(3).map_or("/".to_owned(), |path| format!("/{path}"))
        })
        .filter(asked)
        .collect();
    for route in
        described().iter().filter(|route| !["/assets/{name}", "/sitemap-{part}.xml"].contains(&route.path.as_str()))
    {
        let path = route
            .path
            .replace("{slug}", "derby-city-council")
            .replace("{reference}", "21-999-888")
            .replace("{code}", "E06000015")
            .replace("{year}", "2021-22")
            .replace("{category}", "education")
            .replace("{subcategory}", "special-educational-needs")
            .replace("{region}", "south-west")
            .replace("{area}", "derbyshire");
        for table in [
            "councils",
            "statistics",
            "cells",
            "national",
            "decisions",
            "improvements",
            "letters",
            "replies",
            "releases",
            "changes",
        ] {
            all.push(path.replace("{name}", table));
        }
    }
    let asked = EXPECTED.iter().map(|(address, _)| (*address).to_owned()).filter(|address| address.contains('?'));
    all.extend(asked.chain(
        ["/find?q=21+999+888", "/compare.xlsx?c=derby-city-council&c=leicester-city-council"].map(str::to_owned),
    ));
    all.sort();
    all.dedup();
    all
}

/// Everything that an address says, but for the words of the question itself.
fn walk(app: &TestApp) -> BTreeMap<String, Heard> {
    let addresses = addresses(app);
    let part = addresses.len().div_ceil(4);
    std::thread::scope(|scope| {
        let hear_all = |part: &[String]| part.iter().map(|address| (address.clone(), hear(app, address))).collect();
        let walkers: Vec<_> = addresses.chunks(part).map(|part| scope.spawn(move || hear_all(part))).collect();
        walkers.into_iter().flat_map(|walker| -> Vec<(String, Heard)> { walker.join().unwrap() }).collect()
    })
}

/// Status, tag and body of an answer.
type Heard = (u16, String, Vec<u8>);

fn hear(app: &TestApp, address: &str) -> Heard {
    let answer = app.get(address);
    // The address of the server differs between two runs.
    let body = if address.ends_with(".sqlite") {
        answer.body.clone()
    } else {
        answer.text().replace(app.address(), "HOST").into_bytes()
    };
    let etag = if answer.text().contains(app.address()) { "" } else { answer.header("etag") };
    (answer.status, etag.to_owned(), body)
}

fn marks_in(body: &[u8]) -> Vec<&'static str> {
    // The search in texts is compiled with the standard library, and quick in a debug build too.
    let mut low = String::from_utf8_lossy(body).to_ascii_lowercase();
    for (key, mark) in KEYS.get().into_iter().flatten() {
        if low.contains(key) {
            low.push_str(mark);
        }
    }
    MARKS.into_iter().filter(|mark| low.contains(mark)).collect()
}

fn import_all(site: &Published, hour: &str) {
    site.file("derby.txt", TEXT);
    site.file("bolsover.pdf", PDF);
    for (kind, content) in [
        ("statistics", STATISTICS),
        ("decisions", DECISIONS),
        ("improvements", IMPROVEMENTS),
        ("letters", LETTERS),
        ("replies", REPLIES),
    ] {
        let file = site.file(&format!("pending-{kind}.csv"), content);
        site.import(kind, &file, &["--publish-at", hour, "--title", TITLE]);
    }
    let key = |kind| waiting_release(&site.data(), kind);
    KEYS.set([(key("statistics"), "0006-statistics"), (key("replies"), "0010-replies")]).unwrap();
}

#[test]
fn nothing_of_a_release_is_visible_before_its_hour_and_all_of_it_after() {
    let site = Published::new();
    let hour = "2099-07-22T09:00:00Z";
    let warm = TestApp::start_with(&site.data(), &[], &[("TZ", "Pacific/Kiritimati")]);
    let counted = counts(&warm);
    let before = walk(&warm);
    assert!(before.len() > 200, "{}", before.len());
    import_all(&site, hour);
    // A site that looks at what waits says nothing of it, so that only time tells that it has looked: it looks seven
    // times a second.
    std::thread::sleep(Duration::from_millis(600));
    // Every answer is the same to the last byte, ETag included: with warm caches, after a restart, and a
    // second before the hour.
    assert_same(&before, &walk(&warm), "with warm caches");
    assert_eq!(marks_in(warm.log().as_bytes()), Vec::<&str>::new(), "log");
    drop(warm);
    let again = TestApp::start_with(&site.data(), &[], &[("TZ", "Pacific/Pago_Pago")]);
    assert_same(&before, &walk(&again), "after a restart");
    let early = TestApp::start_with(&site.data(), &["--preview-as-of", "2099-07-22T08:59:59Z"], &[]);
    for (address, (_, _, body)) in walk(&early) {
        if !address.contains("quokka") && !address.contains("999") {
            // Digits alone stand in the geometry and in the pages of the file too.
            let digits = |mark: &&str| mark.bytes().all(|byte| byte.is_ascii_digit());
            let found: Vec<&str> = marks_in(&body)
                .into_iter()
                .filter(|mark| !((address.ends_with(".sqlite") || address.contains(".geojson")) && digits(mark)))
                .collect();
            assert_eq!(found, Vec::<&str>::new(), "{address}, a second before");
        }
    }
    let shown = TestApp::start_with(&site.data(), &["--preview-as-of", hour], &[]);
    let mut missing = Vec::new();
    for (address, marks) in EXPECTED {
        let named =
            KEYS.get().into_iter().flatten().fold((*address).to_owned(), |named, (key, mark)| named.replace(mark, key));
        let found = marks_in(&shown.get(&named).body);
        missing.extend(marks.iter().filter(|mark| !found.contains(mark)).map(|mark| format!("{mark} in {address}")));
    }
    for ((what, before), (_, after)) in counted.into_iter().zip(counts(&shown)) {
        if after != before + 1 {
            missing.push(format!("{what}: {before} before, {after} at the hour"));
        }
    }
    assert_eq!(missing, Vec::<String>::new(), "missing at the hour");
    assert_eq!(shown.get("/find?q=21+999+888").header("location"), "/decisions/21-999-888");
    for address in ["/", "/councils/derby-city-council", "/decisions/21-999-888", "/changes", "/about", "/nothing-here"]
    {
        assert!(shown.get(address).text().contains("Preview as of"), "{address} is not marked as a preview");
    }
    let refused =
        council_map(&["serve", "--listen", "0.0.0.0:0", "--data", text(&site.data()), "--preview-as-of", hour]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("loopback"));
}

/// The numbers that count the release: those of `COUNTED`, three facets, and the pages of the sitemap.
fn counts(app: &TestApp) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = COUNTED
        .iter()
        .map(|(address, way)| {
            let count = app.get(address).json().pointer(way).and_then(serde_json::Value::as_u64);
            (format!("{address} {way}"), count.unwrap_or_else(|| panic!("{address} has no {way}")))
        })
        .collect();
    let facets = app.get("/decisions.json").json()["facets"].clone();
    for (facet, value) in [("category", "housing"), ("outcome", "upheld"), ("year", "2021-22"), ("type", "report")] {
        let all = facets[facet].as_array().unwrap_or_else(|| panic!("no facet {facet}: {facets}"));
        let one = all.iter().find(|one| one["value"] == value);
        counts.push((format!("facet {facet}"), one.map_or(0, |one| one["count"].as_u64().unwrap())));
    }
    let sitemap = app.page("/sitemap.xml");
    for page in ["derby-city-council/letters/2021-22<", "bolsover-district-council/letters/2021-22<", "21-999-888<"] {
        counts.push((page.to_owned(), u64::from(sitemap.contains(page))));
    }
    counts
}

fn assert_same(before: &BTreeMap<String, Heard>, after: &BTreeMap<String, Heard>, when: &str) {
    let changed: Vec<&String> = before.keys().filter(|address| before.get(*address) != after.get(*address)).collect();
    assert_eq!(changed, Vec::<&String>::new(), "{when}");
    assert_eq!(before.len(), after.len(), "{when}");
}

#[test]
fn at_the_hour_a_running_site_shows_the_release_without_a_restart() {
    let site = Published::new();
    let app = TestApp::start(&site.data());
    let address = "/councils/derby-city-council.json?year=2021-22";
    let shows = |app: &TestApp| app.get(address).text().contains("8219");
    assert!(!shows(&app));
    let file = site.file("pending.csv", STATISTICS);
    site.import("statistics", &file, &["--publish-at", "2099-07-22T09:00:00Z"]);
    // However long the import took, its hour is still to come; until then the site draws its maps, which takes a debug
    // build some seconds.
    let hour = Timestamp::now() + SignedDuration::from_secs(10);
    site.set_hour("2099-07-22T09:00:00Z", hour);
    let mut last_missing = None;
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(40) {
        let asked = Timestamp::now();
        if shows(&app) {
            assert!(asked >= hour - SignedDuration::from_millis(20), "shown at {asked}, before {hour}");
            let late = asked.duration_since(hour);
            assert!(late < SignedDuration::from_secs(5), "shown only {late} after its hour");
            assert!(last_missing.is_some(), "the hour had come before the test began to look");
            return;
        }
        last_missing = Some(asked);
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("never shown; asked last at {last_missing:?}, hour {hour}");
}
