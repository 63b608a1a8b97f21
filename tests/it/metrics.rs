//! The numbers for a program that watches the site, read as such a program reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;

use crate::support::app::{Answer, TestApp, ask};
use crate::support::fixture::{Published, demonstration, program};

/// A sample without its value: name, and labels as they stand.
type Series = (String, String);

/// What was read: the type of each family, and the value of each sample.
struct Metrics {
    families: BTreeMap<String, String>,
    samples: BTreeMap<Series, String>,
}

/// The names that samples of a family may have, by its type (OpenMetrics 1.0, "Suffixes").
fn suffixes(kind: &str) -> &'static [&'static str] {
    match kind {
        "counter" => &["_total"],
        "gauge" => &[""],
        "histogram" => &["_bucket", "_count", "_sum"],
        "info" => &["_info"],
        other => panic!("{other}"),
    }
}

impl Metrics {
    /// Reads the format strictly: what it does not know fails.
    fn parse(text: &str) -> Self {
        let body = text.strip_suffix("# EOF\n").expect("ends with # EOF");
        let (mut families, mut samples) = (BTreeMap::new(), BTreeMap::new());
        let mut family = (String::new(), String::new());
        for line in body.lines() {
            if let Some(rest) = line.strip_prefix("# ") {
                let mut words = rest.splitn(3, ' ');
                let (what, name, rest) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
                match what {
                    "TYPE" => {
                        family = (name.to_owned(), rest.to_owned());
                        assert!(families.insert(name.to_owned(), rest.to_owned()).is_none(), "{name} stands once");
                    }
                    "UNIT" => assert!(name == family.0 && name.ends_with(&format!("_{rest}")), "{line}"),
                    "HELP" => assert!(name == family.0 && rest.ends_with('.'), "{line}"),
                    other => panic!("{other}"),
                }
                continue;
            }
            let (series, value) = line.rsplit_once(' ').unwrap();
            let (name, labels) = series.strip_suffix('}').map_or((series, ""), |with| with.split_once('{').unwrap());
            let suffix = name.strip_prefix(&family.0).unwrap_or_else(|| panic!("{line} is not of {}", family.0));
            assert!(suffixes(&family.1).contains(&suffix), "{line} in a {}", family.1);
            for label in labels.split("\",").filter(|label| !label.is_empty()) {
                let (key, value) = label.split_once("=\"").unwrap();
                assert!(key.bytes().all(|byte| byte.is_ascii_lowercase()) && !value.contains('\\'), "{line}");
            }
            let before = samples.insert((name.to_owned(), labels.to_owned()), value.to_owned());
            assert!(value.parse::<f64>().is_ok(), "{line}");
            assert!(before.is_none(), "{line} stands once");
        }
        Self { families, samples }
    }

    fn value(&self, name: &str, labels: &str) -> &str {
        let series = (name.to_owned(), labels.to_owned());
        self.samples.get(&series).unwrap_or_else(|| panic!("{series:?} is missing: {:#?}", self.samples))
    }

    fn number(&self, name: &str, labels: &str) -> f64 {
        self.value(name, labels).parse().unwrap()
    }

    /// All values of a label.
    fn labels(&self, name: &str) -> BTreeSet<String> {
        let of = |labels: &String| Some(labels.split_once(&format!("{name}=\""))?.1.split('"').next()?.to_owned());
        self.samples.keys().filter_map(|(_, labels)| of(labels)).collect()
    }
}

/// Where the metrics of a site are, as its log says.
fn address(app: &TestApp) -> String {
    let log = app.log();
    let (_, rest) = log.split_once("metrics at http://").unwrap_or_else(|| panic!("{log}"));
    rest.split_once("/metrics").unwrap().0.to_owned()
}

fn metrics(app: &TestApp) -> (Answer, Metrics) {
    let answer = ask(&address(app), "GET", "/metrics", &[]);
    assert_eq!(answer.status, 200);
    let metrics = Metrics::parse(&answer.text());
    (answer, metrics)
}

/// How many answers were kept, made or refused.
pub(crate) fn served(app: &TestApp, from: &str) -> u64 {
    metrics(app).1.value("council_map_served_total", &format!("from=\"{from}\"")).parse().unwrap()
}

fn watched(site: &Published) -> TestApp {
    TestApp::start_with(&site.data(), &["--metrics", "127.0.0.1:0"], &[])
}

#[test]
fn whoever_watches_reads_what_was_asked_for_and_how_it_was_answered() {
    let site = Published::new();
    let app = watched(&site);
    for path in ["/councils/derby-city-council", "/councils/derby-city-council", "/councils/derby-city-council.json"] {
        app.page(path);
    }
    assert_eq!(app.get("/councils/no-such-council").status, 404);
    assert_eq!(app.ask("POST", "/councils", &[]).status, 405);
    assert_eq!(app.get("/councils/derby-city-council/").status, 308);
    let (answer, metrics) = metrics(&app);
    assert_eq!(answer.header("content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    let council = |status: &str| {
        metrics.value("council_map_requests_total", &format!("page=\"/councils/{{slug}}\",status=\"{status}\""))
    };
    assert_eq!([council("2xx"), council("3xx"), council("4xx"), council("5xx")], ["3", "0", "1", "0"]);
    let other =
        |status: &str| metrics.value("council_map_requests_total", &format!("page=\"other\",status=\"{status}\""));
    assert_eq!([other("3xx"), other("4xx")], ["1", "1"]);
    assert_eq!(metrics.value("council_map_served_total", "from=\"kept\""), "1");
    assert_eq!(metrics.value("council_map_served_total", "from=\"made\""), "2");
    assert_eq!(metrics.value("council_map_served_total", "from=\"refused\""), "0");

    let times = "council_map_answer_seconds";
    let page = "page=\"/councils/{slug}\"";
    let mut before = 0;
    for end in ["0.001", "0.005", "0.02", "0.05", "0.1", "0.25", "1.0", "2.5", "+Inf"] {
        let so_far: u64 = metrics.value(&format!("{times}_bucket"), &format!("{page},le=\"{end}\"")).parse().unwrap();
        assert!(so_far >= before, "{end}");
        before = so_far;
    }
    assert_eq!(before, 4);
    assert_eq!(metrics.value(&format!("{times}_count"), page), "4");
    assert!(metrics.number(&format!("{times}_sum"), page) > 0.0);

    for lane in ["pages", "downloads"] {
        for jobs in ["running", "waiting"] {
            assert_eq!(metrics.value(&format!("council_map_jobs_{jobs}"), &format!("lane=\"{lane}\"")), "0");
        }
    }
    assert_eq!(metrics.value("council_map_data_trouble", ""), "0");
    assert!(metrics.number("process_resident_memory_bytes", "") > 1e6);
    let age = metrics.number("council_map_edition_age_seconds", "");
    assert!((0.0..600.0).contains(&age), "{age}");
    assert_eq!(metrics.value("council_map_edition_info", &format!("version=\"{}\"", app.version())), "1");
    assert_eq!(metrics.families["council_map_answer_seconds"], "histogram");
}

#[test]
fn strangers_can_make_no_label_and_no_address_of_one_is_told() {
    let site = Published::new();
    let app = watched(&site);
    app.get("/");
    let (_, before) = metrics(&app);
    for number in 0..50 {
        app.get(&format!("/stranger-{number}"));
        app.get(&format!("/councils/stranger-{number}?stranger={number}"));
        app.ask(&format!("STRANGER{number}"), "/", &[("X-Forwarded-For", "192.0.2.77")]);
    }
    assert_eq!(app.ask("GET", "/", &[("Host", "stranger")]).status, 400);
    let (answer, after) = metrics(&app);
    let text = answer.text().to_lowercase();
    assert!(!text.contains("stranger") && !text.contains("192.0.2") && !text.contains("127.0.0.1"), "{text}");
    let mut pages = before.labels("page");
    pages.extend(["other".to_owned(), "/councils/{slug}".to_owned()]);
    assert_eq!(after.labels("page"), pages);
    assert!(after.samples.len() < before.samples.len() + 40);
}

#[test]
fn open_connections_and_the_version_in_force_are_those_of_now() {
    let site = Published::new();
    let app = watched(&site);
    let open = |so_many: &str| metrics(&app).1.value("council_map_connections_open", "") == so_many;
    app.wait_until("all connections are closed", |_| open("0"));
    let held: Vec<_> = (0..3).map(|_| std::net::TcpStream::connect(app.address()).unwrap()).collect();
    app.wait_until("three are open", |_| open("3"));
    drop(held);
    app.wait_until("all are closed again", |_| open("0"));
    let old = app.version();
    app.import(
        "statistics",
        "correction.csv",
        "authority,year,investigated,upheld,uphold_rate\nderby-city-council,2019-20,13,8,62\n",
    );
    let (_, after) = metrics(&app);
    assert_ne!(app.version(), old);
    assert_eq!(after.labels("version"), [app.version(), env!("CARGO_PKG_VERSION").to_owned()].into());
}

#[test]
fn metrics_are_nowhere_on_the_site_and_off_unless_asked_for() {
    let site = Published::new();
    let app = watched(&site);
    assert_eq!(app.get("/metrics").status, 404);
    let metrics = address(&app);
    assert_eq!(ask(&metrics, "GET", "/", &[]).status, 404);
    assert_eq!(ask(&metrics, "POST", "/metrics", &[]).status, 404);
    let without = TestApp::start(&site.data());
    assert!(!without.log().contains("/metrics"), "{}", without.log());
}

#[test]
fn metrics_on_an_address_that_others_can_reach_are_refused_with_the_way_out() {
    let refused = program()
        .args(["serve", "--listen", "127.0.0.1:0", "--metrics", "0.0.0.0:0", "--data"])
        .arg(demonstration())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(said.contains("loopback address only, such as 127.0.0.1:9100") && said.contains("ssh -L"), "{said}");
}
