//! Publications between editions whose row numbers differ, while everything is asked without pause: each answer is wholly
//! of one edition.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use council_map::for_tests::Draft;
use council_map::for_tests::Register;
use council_map::for_tests::Unwatched;
use council_map::for_tests::{Context, InputFile, Taught, read};
use council_map::for_tests::{Edition, Editions};
use council_map::for_tests::{ImportKind, Release};
use jiff::{Timestamp, ToSpan};

use crate::support::app::{TestApp, ask};

const MADE_AT: &str = "2026-11-01T00:00:00Z";

/// Councils that never were: each takes the row number of one that is.
fn register_with_councils_in_front(count: usize) -> String {
    let register = include_str!("../../data/authorities.csv");
    let (header, rows) = register.split_once('\n').unwrap();
    let columns: Vec<&str> = header.trim().split(',').collect();
    let mut text = format!("{header}\n");
    for number in 0..count {
        let cell = |column: &&str| match *column {
            "code" => format!("E0799{number:04}"),
            "slug" => format!("council-in-front-{number}"),
            "name" => format!("In Front {number}"),
            "official_name" => format!("In Front {number} District Council"),
            "kind" => "district".to_owned(),
            "region" => "South East".to_owned(),
            _ => String::new(),
        };
        text.push_str(&columns.iter().map(cell).collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    text + rows
}

fn published(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/published").join(name)).unwrap()
}

/// An edition with some councils put in front of the register.
fn edition(data: &Path, number: u32, in_front: usize) -> Edition {
    let mut draft = Draft::empty(data).unwrap();
    let files = [
        (ImportKind::Authorities, "authorities.csv", register_with_councils_in_front(in_front).into_bytes()),
        (ImportKind::Boundaries, "boundaries.geojson", include_bytes!("../../assets/boundaries.geojson").to_vec()),
        (ImportKind::Statistics, "statistics.csv", published("statistics.csv")),
        (ImportKind::National, "national.csv", published("national.csv")),
        (ImportKind::Decisions, "decisions.csv", published("decisions.csv")),
    ];
    let moment: Timestamp = MADE_AT.parse().unwrap();
    let mut releases = Vec::new();
    for (place, (kind, name, bytes)) in files.into_iter().enumerate() {
        let register = Register::load(draft.conn()).unwrap();
        let today = moment.to_zoned(jiff::tz::TimeZone::UTC).date();
        let context = Context {
            register: &register,
            conn: draft.conn(),
            today,
            visible_from: today,
            year: None,
            taught: &Taught::default(),
            progress: &Unwatched,
        };
        let mut files = [InputFile::in_memory(name, bytes, data)];
        let (records, findings) = read(kind, &mut files, context);
        let records = records.unwrap_or_else(|| panic!("{:?}", findings.problems));
        let release = Release {
            key: format!("{:04}-{}", place + 1, kind.as_str()),
            kind,
            title: name.to_owned(),
            source: "Test".to_owned(),
            source_url: None,
            licence: "None".to_owned(),
            sha256: String::new(),
            retrieved_at: moment,
            published_at: moment,
            synthetic: false,
        };
        draft.apply(&release, &records).unwrap();
        releases.push(release.key);
    }
    let made = draft.publish(number).unwrap();
    Edition { id: made.id, file: made.file, from: moment, releases, synthetic: false }
}

fn put_in_force(data: &Path, editions: &[Edition; 2], newest: usize) {
    let mut list = editions.to_vec();
    list[newest].from = Timestamp::now();
    list[1 - newest].from = Timestamp::now() - 1.hour();
    Editions { editions: list, in_force_since: None }.write(data).unwrap();
}

fn wait_for(app: &TestApp, edition: &Edition) {
    while app.get("/version").json()["data"]["id"] != edition.id.as_str() {
        thread::yield_now();
    }
}

#[test]
fn each_answer_is_wholly_of_one_edition_while_row_numbers_change() {
    // What a name means is looked up first and the page read afterwards: the longest way across a publication.
    const LONG_WAYS: [&str; 2] = ["/find?q=in+front", "/compare.json?c=Derby+City&c=Bristol+City"];
    const ADDRESSES: [&str; 16] = [
        LONG_WAYS[0],
        LONG_WAYS[1],
        "/",
        "/map.csv",
        "/find?q=DE1+2FS",
        "/find.json?q=DE1+2FS",
        "/find.json?q=leed",
        "/compare.json?c=derby-city-council&c=bristol-city-council",
        "/compare?c=derby-city-council&c=bristol-city-council",
        "/decisions.json?council=derby-city-council",
        "/decisions.csv?q=council",
        "/councils/derby-city-council",
        "/councils/derby-city-council.xlsx",
        "/councils/derby-city-council/letters.json",
        "/councils/derby-city-council/feed.atom",
        "/councils.json?region=East+Midlands",
    ];
    const TURNS: usize = 3;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let editions = [edition(data, 1, 0), edition(data, 2, 40)];
    put_in_force(data, &editions, 0);
    let app = TestApp::start(data);
    // What each says of each address, asked while nothing changes. A version that comes round again begins without pages.
    let mut right: BTreeMap<&str, [Vec<u8>; 2]> = BTreeMap::new();
    for (place, one) in editions.iter().enumerate() {
        put_in_force(data, &editions, place);
        wait_for(&app, one);
        for address in ADDRESSES {
            let answer = app.get(address);
            assert_eq!(answer.status, 200, "{address}");
            right.entry(address).or_default()[place] = answer.body;
        }
    }
    let (stop, asked) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let right = Arc::new(right);
    let asking: Vec<_> = (0..4)
        .map(|first| {
            let (stop, asked, right) = (Arc::clone(&stop), Arc::clone(&asked), Arc::clone(&right));
            let server = app.address().to_owned();
            thread::spawn(move || {
                for number in first.. {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let address = match first {
                        0 => ADDRESSES[number % ADDRESSES.len()],
                        _ => LONG_WAYS[number % LONG_WAYS.len()],
                    };
                    let answer = ask(&server, "GET", address, &[]);
                    assert_eq!(answer.status, 200, "{address}");
                    assert!(
                        right[address].contains(&answer.body),
                        "{address} is of neither edition: {}",
                        answer.text()
                    );
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for turn in 0..TURNS {
        put_in_force(data, &editions, turn % 2);
        wait_for(&app, &editions[turn % 2]);
        // Answers that were kept wrongly would be repeated now.
        for address in ADDRESSES {
            assert_eq!(app.get(address).body, right[address][turn % 2], "{address} after turn {turn}");
        }
    }
    stop.store(true, Ordering::Relaxed);
    for one in asking {
        one.join().unwrap();
    }
    assert!(asked.load(Ordering::Relaxed) > 4 * ADDRESSES.len(), "hardly anything was asked");
    assert_eq!(app.complaints(), Vec::<String>::new());
}
