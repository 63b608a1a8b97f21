//! What strangers can do to the site and its other visitors: slow readers, long names, floods, forged headers.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use crate::support::app::{Answer, TestApp, ask};
use crate::support::fixture::{demonstration, demonstration_app};

const LONGEST_TABLE: &str = "/data/cells.csv";

fn get(path: &str, host: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n")
}

#[test]
fn slow_readers_of_a_long_table_share_one_copy_of_it() {
    let app = TestApp::start(demonstration());
    let length = app.get(LONGEST_TABLE).body.len();
    let before = app.memory();
    let mut readers: Vec<TcpStream> = (0..60)
        .map(|_| {
            let mut stream = TcpStream::connect(app.address()).unwrap();
            stream.write_all(get(LONGEST_TABLE, app.address()).as_bytes()).unwrap();
            stream
        })
        .collect();
    for reader in &mut readers {
        let mut first = [0_u8; 12];
        reader.read_exact(&mut first).unwrap();
        assert_eq!(&first, b"HTTP/1.1 200");
    }
    assert_eq!(app.get("/health").status, 200);
    let grown = app.memory().saturating_sub(before);
    assert!(grown < 4 * length, "60 readers of {length} bytes took {grown} more");
}

#[test]
fn a_name_too_long_to_be_one_is_refused_with_a_sentence() {
    let app = demonstration_app();
    let (longer, longest) = ("a".repeat(101), "a".repeat(60_000));
    for path in [
        format!("/councils/{longer}"),
        format!("/councils/{longer}.json"),
        format!("/councils/{longer}/statistics"),
        format!("/councils/{longer}/decisions.csv"),
        format!("/councils/{longer}/feed.atom"),
        format!("/councils/{longest}"),
        format!("/compare?c={longer}"),
        format!("/compare?c=leeds-city-council&c={}", "a".repeat(9_000)),
        format!("/find?q={longer}"),
        format!("/find.json?q={longest}"),
    ] {
        let answer = app.get(&path);
        let start: String = path.chars().take(60).collect();
        assert_eq!(answer.status, 400, "{start}");
        assert!(answer.text().contains("characters"), "{start}: {}", answer.text());
    }
    let near = app.get("/councils/derbi");
    assert_eq!(near.status, 404);
    assert!(near.text().contains("/councils/derby-city-council"), "what may have been meant is offered");
    let near = app.get("/compare?c=derbi&c=leeds-city-council");
    assert!(near.text().contains("c=leeds-city-council&amp;c=derby-city-council"), "{}", near.text());
}

#[test]
fn a_flood_of_downloads_is_refused_politely_and_pages_go_on() {
    let app = TestApp::start(demonstration());
    let flood: Vec<_> = (0..120)
        .map(|number| {
            let address = app.address().to_owned();
            thread::spawn(move || {
                ask(
                    &address,
                    "GET",
                    &format!(
                        "/decisions.csv?q=the&from=2019-01-{:02}&to=2025-{:02}-01",
                        number % 28 + 1,
                        number / 28 + 1
                    ),
                    &[],
                )
            })
        })
        .collect();
    for slug in ["leeds-city-council", "derby-city-council", "cumbria-county-council"] {
        assert_eq!(app.get(&format!("/councils/{slug}")).status, 200, "a page waits for no download");
    }
    assert_eq!(app.get("/ready").status, 200);
    let answers: Vec<Answer> = flood.into_iter().map(|one| one.join().unwrap()).collect();
    let (done, refused): (Vec<&Answer>, Vec<&Answer>) = answers.iter().partition(|answer| answer.status == 200);
    assert!(!done.is_empty() && !refused.is_empty(), "{} done, {} refused", done.len(), refused.len());
    for answer in refused {
        assert_eq!((answer.status, answer.header("retry-after")), (503, "30"));
        assert!(answer.text().contains("Try again"), "{}", answer.text());
    }
}

#[test]
fn the_queue_forgets_visitors_who_have_gone() {
    let app = TestApp::start(demonstration());
    for number in 0..100 {
        let mut stream = TcpStream::connect(app.address()).unwrap();
        let path = format!("/decisions.csv?q=council&from=2018-{:02}-{:02}", number % 12 + 1, number % 28 + 1);
        stream.write_all(get(&path, app.address()).as_bytes()).unwrap();
    }
    let waiting = || app.get("/ready").json()["queues"]["downloads"]["waiting"].as_u64().unwrap();
    // One may be at work; those that waited have left before their turn would have come.
    for _ in 0..200 {
        if waiting() == 0 {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("{} still wait for visitors who have gone", waiting());
}

#[test]
fn forged_headers_reach_no_link_that_others_may_keep() {
    let app = demonstration_app();
    let council = "/councils/derby-city-council";
    let addresses = [
        "/",
        council,
        "/sitemap.xml",
        "/robots.txt",
        "/feed.atom",
        "/feeds.opml",
        "/improvements.ics",
        "/councils/derby-city-council/feed.atom",
        "/openapi.json",
    ];
    let forged = [
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Proto", "javascript"),
        ("Forwarded", "host=evil.example;proto=javascript"),
    ];
    for address in addresses {
        for headers in [&forged[..], &[]] {
            let answer = app.ask("GET", address, headers);
            assert_eq!(answer.status, 200, "{address}");
            let said = format!("{:?}{}", answer.headers, answer.text());
            assert!(!said.contains("evil.example") && !said.contains("javascript:"), "{address}");
        }
    }
    for host in ["evil.example\"><script>", "user@evil.example", "a b", "evil.example:99999"] {
        let answer = app.ask("GET", council, &[("Host", host)]);
        // Two Host headers, or one that is none: neither is answered.
        assert_eq!(answer.status, 400, "{host}");
    }
    let args = ["--public-url", "https://map.example/", "--trusted-proxy", "127.0.0.1"];
    let app = TestApp::start_with(demonstration(), &args, &[]);
    let link = app.ask("GET", council, &forged).header("link").to_owned();
    assert_eq!(link, format!("<https://map.example{council}>; rel=\"canonical\""));
    let app = TestApp::start_with(demonstration(), &["--trusted-proxy", "127.0.0.1"], &[]);
    let forwarded = [("X-Forwarded-Host", "map.example"), ("X-Forwarded-Proto", "https")];
    let answer = app.ask("GET", council, &forwarded);
    assert_eq!(answer.header("link"), format!("<https://map.example{council}>; rel=\"canonical\""));
    // The proxy that is named is told by what it may forget the page; nobody else is.
    let version = app.get("/version").json()["data"]["id"].as_str().unwrap().to_owned();
    assert_eq!(answer.header("surrogate-key"), format!("council-map council-map-{version}"));
    assert_eq!(app.get("/health").header("surrogate-key"), "");
    assert_eq!(demonstration_app().get(council).header("surrogate-key"), "");
}

impl TestApp {
    /// What the process holds in memory, in bytes.
    fn memory(&self) -> usize {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process_id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 1024
    }
}
