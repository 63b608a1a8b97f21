//! Rules that hold for every address of the site.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use council_map::for_tests::described;
use council_map::for_tests::{Answer as Kind, Described};

use crate::support::app::{Answer, TestApp};
use crate::support::fixture::{council_map, demonstration, demonstration_app, text};
use crate::support::page::Page;

/// An address of each route, with values that exist in the demonstration.
fn sample(route: &Described) -> String {
    static FOUND: OnceLock<(String, String)> = OnceLock::new();
    let (reference, asset) = FOUND.get_or_init(|| {
        let app = demonstration_app();
        let decisions = app.get("/decisions.json").json();
        let reference = decisions["decisions"][0]["reference"].as_str().unwrap().replace(' ', "-");
        let assets = Page::parse(&app.page("/")).links();
        (reference, assets.into_iter().find(|href| href.starts_with("/assets/")).unwrap())
    });
    let path = match route.path.as_str() {
        "/assets/{name}" => return asset.clone(),
        "/data/{name}.csv" => "/data/cells.csv".to_owned(),
        other => other.to_owned(),
    };
    path.replace("{slug}", "derby-city-council")
        .replace("{code}", "E06000015")
        .replace("{part}", "1")
        .replace("{reference}", reference)
        .replace("{year}", "2024-25")
        .replace("{category}", "education")
        .replace("{subcategory}", "special-educational-needs")
        .replace("{region}", "south-west")
        .replace("{area}", "derbyshire")
}

#[test]
fn every_page_keeps_the_common_rules() {
    let app = demonstration_app();
    let mut titles: BTreeMap<String, String> = BTreeMap::new();
    for route in described().iter().filter(|route| matches!(route.answer, Kind::Html)) {
        let address = sample(route);
        let answer = app.get(&address);
        assert_eq!(answer.status, 200, "{address}");
        let text = answer.text();
        let page = Page::parse(&text);
        assert_eq!(page.count("h1"), 1, "{address}: one main heading");
        assert_eq!(page.attribute("html", "lang").as_deref(), Some("en-GB"), "{address}");
        assert_eq!(page.attribute("body > a.skip", "href").as_deref(), Some("#main"), "{address}: skip link first");
        assert_eq!(page.count("main#main"), 1, "{address}");
        assert_eq!(page.count("[style], style, [onclick], [onload], [onchange]"), 0, "{address}: nothing inline");
        assert_eq!(page.count("script:not([src])"), 0, "{address}: no inline script");
        let canonical = format!("<http://{}{address}>; rel=\"canonical\"", app.address());
        assert_eq!(answer.header("link"), canonical, "{address}");
        let tag = |name: &str| page.attribute(&format!("meta[property='{name}']"), "content").unwrap_or_default();
        assert!(
            page.title().starts_with(&format!("{} · Council Map", tag("og:title"))),
            "{address}: {}",
            tag("og:title")
        );
        let own = format!("http://{}{address}", app.address());
        assert!(tag("og:url").starts_with(&own), "{address}: {}", tag("og:url"));
        assert!(tag("og:description").len() > 20, "{address}: {}", tag("og:description"));
        let card = page.attribute("meta[name='twitter:card']", "content").unwrap_or_default();
        let image = tag("og:image");
        assert_eq!(card, if image.is_empty() { "summary" } else { "summary_large_image" }, "{address}");
        if let Some(other) = titles.insert(page.title(), address.clone()) {
            panic!("{address} and {other} share the title {}", page.title());
        }
    }
    assert!(titles.len() >= 15, "{}", titles.len());
    assert_eq!(app.complaints(), Vec::<String>::new());
}

#[test]
fn no_number_runs_into_the_small_print_beside_it() {
    let app = demonstration_app();
    let routes = described();
    let samples = routes.iter().filter(|route| matches!(route.answer, Kind::Html)).map(sample);
    let further = [
        "/compare?c=derby-city-council&c=amber-valley-borough-council",
        "/compare?c=derby-city-council&c=leicester-city-council&measure=upheld-per-100k",
        "/compare?set=south-west",
        "/compare?set=london&measure=compliance",
        "/rankings?measure=compliance",
        "/national?year=2021-22",
        "/subjects?year=2019-20",
        "/?view=table",
    ];
    let mut seen = 0;
    for address in samples.chain(further.map(str::to_owned)) {
        let text = app.page(&address);
        for (before, after) in text.match_indices("<small").map(|(at, _)| text.split_at(at)) {
            seen += 1;
            assert!(!(ends_in_a_word(before) && starts_with_a_word(after)), "{address}: {}", around(before, after));
        }
        for (before, after) in text.match_indices("</small>").map(|(at, _)| text.split_at(at)) {
            assert!(!(ends_in_a_word(before) && starts_with_a_word(after)), "{address}: {}", around(before, after));
        }
    }
    assert!(seen > 200, "{seen}");
}

/// Elements within a line: text on both sides of their tags is one word.
const IN_A_LINE: [&str; 7] = ["small", "b", "a", "span", "strong", "abbr", "svg"];

fn is_in_a_line(tag: &str) -> bool {
    let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    IN_A_LINE.contains(&name.as_str())
}

fn ends_in_a_word(mut markup: &str) -> bool {
    while let Some(rest) = markup.strip_suffix('>') {
        let (before, tag) = rest.rsplit_once('<').unwrap();
        if !is_in_a_line(tag) {
            return false;
        }
        markup = before;
    }
    markup.ends_with(|letter: char| letter.is_alphanumeric() || letter == '%')
}

fn starts_with_a_word(mut markup: &str) -> bool {
    while let Some(rest) = markup.strip_prefix('<') {
        let (tag, after) = rest.split_once('>').unwrap();
        if !is_in_a_line(tag) {
            return false;
        }
        markup = after;
    }
    markup.starts_with(char::is_alphanumeric)
}

fn around(before: &str, after: &str) -> String {
    let end: Vec<char> = before.chars().rev().take(120).collect();
    end.into_iter().rev().chain(after.chars().take(120)).collect()
}

/// Words that would make a league of councils.
const OF_A_LEAGUE: [&str; 8] = ["best", "worst", "league", "winner", "loser", "top", "bottom", "leaderboard"];

#[test]
fn no_page_calls_a_council_best_or_worst() {
    let app = demonstration_app();
    for route in described().iter().filter(|route| matches!(route.answer, Kind::Html)) {
        let address = sample(route);
        // Fees for a better place are a subject of decisions, and one page says that the site is no league table.
        let text = Page::parse(&app.page(&address)).text("body").to_lowercase();
        let text = text.replace("top-up", "").replace("no league table", "");
        let words: BTreeSet<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        let said: Vec<&&str> = OF_A_LEAGUE.iter().filter(|word| words.contains(**word)).collect();
        assert!(said.is_empty(), "{address}: {said:?}");
    }
}

#[test]
fn every_page_of_a_preview_says_that_it_is_one() {
    let app = TestApp::start_with(demonstration(), &["--preview-as-of", "2099-07-29T09:00:00+01:00"], &[]);
    let routes = described();
    let pages = routes.iter().filter(|route| matches!(route.answer, Kind::Html));
    let missing =
        ["/nothing-here", "/councils/nowhere", "/decisions?page=0", "/find?q=Derby&q=Derby"].map(str::to_owned);
    for address in pages.map(sample).chain(missing) {
        let page = Page::parse(&app.get(&address).text());
        assert_eq!(page.count(".mark.preview"), 1, "{address}");
        assert_eq!(page.attribute("meta[name=robots]", "content").as_deref(), Some("noindex"), "{address}");
    }
}

#[test]
fn a_preview_is_never_served_to_others() {
    let data = text(demonstration());
    for listen in ["0.0.0.0:0", "[::]:0"] {
        let answer =
            council_map(&["serve", "--listen", listen, "--data", data, "--preview-as-of", "2099-07-29T09:00:00+01:00"]);
        let said = String::from_utf8(answer.stderr).unwrap();
        assert_eq!((answer.status.code(), answer.stdout.len()), (Some(1), 0), "{listen}: {said}");
        assert!(said.contains("loopback address only, such as 127.0.0.1:8081"), "{listen}: {said}");
    }
}

const THE_SAME_EVERYWHERE: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("permissions-policy", "geolocation=(self), camera=(), microphone=()"),
    ("cross-origin-opener-policy", "same-origin"),
];
/// No answer has a header that is neither above nor here: no cookie, no name of a program, nothing that was forgotten.
const OTHERS: [&str; 13] = [
    "accept-ranges",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-length",
    "content-security-policy",
    "content-type",
    "date",
    "etag",
    "link",
    "vary",
];
/// How long an answer may be kept elsewhere: not at all, half a minute, or for ever under an address that holds its hash.
const KEPT: [&str; 3] = ["no-store", "public, max-age=30", "public, max-age=31536000, immutable"];

#[test]
fn every_address_answers_as_http_asks() {
    let app = demonstration_app();
    // The letters of the demonstration have text and no documents.
    for route in described()
        .iter()
        .filter(|route| !matches!(route.answer, Kind::Redirect) && !route.path.ends_with("{year}.pdf"))
    {
        let address = sample(route);
        let answer = app.get(&address);
        assert_eq!(answer.status, 200, "{address}");
        for (name, value) in THE_SAME_EVERYWHERE {
            assert_eq!(answer.header(name), value, "{address}: {name}");
        }
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{address}: {policy}");
        let kept = answer.header("cache-control");
        assert!(KEPT.contains(&kept), "{address}: {kept}");
        // A server that is asked by many closes a connection earlier.
        let known = |name: &str| {
            name == "connection" || OTHERS.contains(&name) || THE_SAME_EVERYWHERE.iter().any(|(same, _)| *same == name)
        };
        let unknown: Vec<&String> = answer.headers.keys().filter(|name| !known(name)).collect();
        assert_eq!(unknown, Vec::<&String>::new(), "{address}");
        assert_eq!(answer.header("content-length"), answer.body.len().to_string(), "{address}");
        let head = app.ask("HEAD", &address, &[]);
        assert_eq!((head.status, head.body.len()), (200, 0), "{address}: HEAD");
        for header in ["content-type", "content-length", "etag", "vary", "cache-control"] {
            assert_eq!(head.header(header), answer.header(header), "{address}: HEAD, {header}");
        }
        let post = app.ask("POST", &address, &[("Content-Length", "0")]);
        assert_eq!((post.status, post.header("allow")), (405, "GET, HEAD"), "{address}: POST");
        if answer.header("etag").is_empty() {
            assert!(["/health", "/ready", "/version", "/robots.txt"].contains(&address.as_str()), "{address}: no ETag");
        } else {
            let again = app.ask("GET", &address, &[("If-None-Match", answer.header("etag"))]);
            assert_eq!((again.status, again.body.len()), (304, 0), "{address}: ETag");
            if !address.ends_with(".sqlite") {
                assert_eq!(answer.header("vary"), "Accept-Encoding", "{address}");
            }
        }
        if !address.ends_with('/') {
            let slash = app.get(&format!("{address}/"));
            assert_eq!((slash.status, slash.header("location")), (308, address.as_str()), "{address}/");
        }
    }
    assert_eq!(app.complaints(), Vec::<String>::new());
}

/// Two threads answer, and each remembers for itself.
const TIMES: usize = 5;

#[test]
fn an_answer_is_the_same_the_first_time_and_ever_after() {
    let app = demonstration_app();
    let without_date = |answer: &Answer| {
        let mut headers = answer.headers.clone();
        // A server that is asked by many closes a connection earlier.
        headers.retain(|name, _| name != "date" && name != "connection");
        (answer.status, headers, answer.body.clone())
    };
    for address in described().iter().map(sample).filter(|address| !["/health", "/ready"].contains(&address.as_str())) {
        for coding in ["br", "gzip;q=1, br;q=0", ""] {
            let ask =
                |more: &[(&str, &str)]| app.ask("GET", &address, &[&[("Accept-Encoding", coding)], more].concat());
            let first = ask(&[]);
            for _ in 0..TIMES {
                assert!(without_date(&ask(&[])) == without_date(&first), "{address}, {coding}");
            }
            let tag = first.header("etag");
            for known in [tag.to_owned(), format!("\"other\", W/{tag}")] {
                let first = ask(&[("If-None-Match", &known)]);
                for _ in 0..TIMES {
                    let again = ask(&[("If-None-Match", &known)]);
                    assert!(without_date(&again) == without_date(&first), "{address}, {coding}, {known}");
                }
                let head = app.ask("HEAD", &address, &[("Accept-Encoding", coding), ("If-None-Match", &known)]);
                assert_eq!((head.status, head.body.len()), (first.status, 0), "{address}, {coding}, {known}");
            }
        }
    }
    assert_eq!(app.complaints(), Vec::<String>::new());
}

#[test]
fn what_no_address_can_be_is_answered_by_a_page_like_any_other() {
    let app = demonstration_app();
    for address in ["/sitemap-17737387299682413182976.xml", "/councils/%ff", "/decisions/%ff.json", "/%2e%2e"] {
        let answer = app.get(address);
        assert_eq!(answer.status, 404, "{address}: {}", answer.text());
        let kind = if address.ends_with(".json") { "application/json" } else { "text/html; charset=utf-8" };
        assert_eq!(answer.header("content-type"), kind, "{address}");
        assert!(!answer.text().contains("parse"), "{address}: {}", answer.text());
    }
}

#[test]
fn an_unknown_parameter_is_named_on_every_address() {
    let app = demonstration_app();
    for route in &described() {
        let address = format!("{}?colour=red", sample(route));
        let answer = app.get(&address);
        assert_eq!(answer.status, 400, "{address}");
        assert!(answer.text().contains("colour"), "{address}: {}", answer.text());
        let twin = [".json", ".csv", ".xlsx", ".geojson"].iter().any(|end| route.path.ends_with(end));
        if twin {
            assert_eq!(answer.header("content-type"), "application/json", "{address}");
            assert_eq!(answer.json()["error"]["status"], 400, "{address}");
        }
    }
}

/// Whether a schema of the description takes an empty text.
fn takes_nothing(schema: &serde_json::Value) -> bool {
    if let Some(items) = schema.get("items") {
        return takes_nothing(items);
    }
    if let Some(words) = schema["enum"].as_array() {
        return words.contains(&"".into());
    }
    if let Some(either) = schema["anyOf"].as_array() {
        return either.iter().any(takes_nothing);
    }
    let bounded = ["pattern", "format", "minLength"].iter().any(|rule| schema.get(rule).is_some());
    schema["const"] == "" || (schema["type"] == "string" && !bounded)
}

#[test]
fn what_a_form_leaves_empty_is_described_and_answered_as_not_given() {
    let app = demonstration_app();
    let description = app.get("/openapi.json").json();
    let mut asked = 0;
    for route in &described() {
        let address = sample(route);
        let plain = app.get(&address).status;
        let parameters = description["paths"][&route.path]["get"]["parameters"].as_array().cloned().unwrap_or_default();
        for parameter in parameters.iter().filter(|one| one["in"] == "query" && one["schema"]["type"] != "object") {
            let name = parameter["name"].as_str().unwrap();
            assert!(takes_nothing(&parameter["schema"]), "{}: {parameter}", route.path);
            assert_eq!(app.get(&format!("{address}?{name}=")).status, plain, "{address}?{name}=");
            asked += 1;
        }
    }
    assert!(asked > 100, "{asked}");
    assert_eq!(app.complaints(), Vec::<String>::new());
}

/// Links of one page that differ in their names and values alone, of which so many are followed.
const MOST_ALIKE: usize = 8;

/// The first part of an address, how many more it has, and the names of its parameters.
fn shape(link: &str) -> String {
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let names: Vec<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap()).collect();
    let last = parts.get(2).copied().unwrap_or_default();
    format!("{} {} {last} {}", parts[0], parts.len(), names.join(" "))
}

#[test]
fn every_link_of_every_page_leads_somewhere() {
    let app = demonstration_app();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut waiting: Vec<String> =
        described().iter().filter(|route| matches!(route.answer, Kind::Html)).map(sample).collect();
    let pages = waiting.clone();
    let mut alike: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut broken = Vec::new();
    while let Some(address) = waiting.pop() {
        if !seen.insert(address.clone()) {
            continue;
        }
        let answer = app.get(&address);
        if ![200, 302, 303].contains(&answer.status) {
            broken.push(format!("{address}: {}", answer.status));
        }
        if pages.contains(&address) {
            // A list of 317 councils makes each of its links in the same way.
            waiting.extend(Page::parse(&answer.text()).links().into_iter().filter(|link| {
                let so_far = alike.entry((address.clone(), shape(link))).or_default();
                *so_far += 1;
                *so_far <= MOST_ALIKE
            }));
        }
    }
    assert!(seen.len() > 300, "{}", seen.len());
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn the_twins_of_a_page_hold_the_same_rows() {
    let app = demonstration_app();
    for (base, list) in
        [("/councils", "councils"), ("/map", "councils"), ("/reports", "decisions"), ("/changes", "releases")]
    {
        let json = app.get(&format!("{base}.json")).json();
        let rows = match base {
            "/reports" => usize::try_from(json["total"].as_u64().unwrap()).unwrap(),
            "/changes" => {
                json["releases"].as_array().unwrap().iter().map(|one| one["changes"].as_array().unwrap().len()).sum()
            }
            _ => json[list].as_array().unwrap().len(),
        };
        let csv = app.page(&format!("{base}.csv"));
        assert!(csv.starts_with('\u{feff}'), "{base}.csv");
        let read = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes()).into_records().count();
        assert_eq!(read, rows, "{base}");
    }
}

#[test]
fn a_twin_that_a_page_does_not_have_is_answered_with_those_it_has() {
    let app = demonstration_app();
    for (asked, offered) in [
        ("/councils.xlsx", "/councils.csv"),
        ("/map.xlsx", "/map.geojson"),
        ("/councils/derby-city-council/statistics.geojson", "/councils/derby-city-council/statistics.json"),
        ("/find.csv", "/find.json"),
    ] {
        let answer = app.get(asked);
        assert_eq!(answer.status, 404, "{asked}");
        let said = answer.text();
        assert!(said.contains("does not come in that form"), "{asked}: {said}");
        assert!(said.contains(offered), "{asked}: {said}");
    }
}

#[test]
fn hexagons_of_an_earlier_year_say_how_many_councils_have_none() {
    let app = demonstration_app();
    let page = app.page("/?view=hex&year=2022-23");
    assert!(page.contains("17 councils of this year have no hexagon"), "{page}");
    assert!(!app.page("/?view=hex").contains("no hexagon"));
}
