//! How fast search answers, and how it grows: `cargo bench --bench search -- 200000 2000000`.
//!
//! For each number of decisions a demonstration is made, then 300 searches of three words and two facets
//! are read as a page reads them (database and read model, with facets, marks and excerpts). Prints the
//! median, the 95th percentile, the worst, the size of the file and the growth from size to size.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    missing_docs,
    reason = "a measurement prints, may fail loudly, and rounds its numbers"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use council_map::for_tests::Atlas;
use council_map::for_tests::CaseFilter;
use council_map::for_tests::Draft;
use council_map::for_tests::ReadPool;
use council_map::for_tests::Register;
use council_map::for_tests::ReportingYear;
use council_map::for_tests::SearchText;
use council_map::for_tests::Sort;
use council_map::for_tests::bootstrap;
use council_map::for_tests::{Category, Outcome};
use council_map::for_tests::{DecisionQuery, DecisionsPage, Extent, Listing};
use council_map::for_tests::{ImportKind, Release};
use council_map::for_tests::{Options, releases};
use jiff::Timestamp;

/// Words of many, some and few decisions: which three stand together makes a search broad or narrow.
const WORDS: [&str; 18] = [
    "council",
    "complained",
    "delay",
    "fault",
    "apologise",
    "distress",
    "homelessness",
    "accommodation",
    "school",
    "transport",
    "assessment",
    "planning",
    "noise",
    "payment",
    "review",
    "evidence",
    "tribunal",
    "child",
];

fn main() {
    let sizes: Vec<u32> = std::env::args().skip(1).filter_map(|text| text.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![200_000] } else { sizes };
    let mut before: Option<(u32, Duration)> = None;
    for size in sizes {
        let folder = tempfile::tempdir().unwrap();
        let slow = measure(folder.path(), size);
        if let Some((smaller, fast)) = before {
            let (more, slower) = (f64::from(size) / f64::from(smaller), slow.as_secs_f64() / fast.as_secs_f64());
            println!("from {smaller} to {size}: {more:.1} times as many, 95th percentile {slower:.1} times as long");
        }
        before = Some((size, slow));
    }
}

fn measure(folder: &Path, size: u32) -> Duration {
    let began = Instant::now();
    let file = make(folder, size);
    let path = folder.join(&file);
    let bytes = std::fs::metadata(&path).unwrap().len();
    println!("\n{size} decisions: made in {:.1} s, {} MB", began.elapsed().as_secs_f64(), bytes >> 20);
    let pool = ReadPool::open(&path, 1).unwrap();
    let began = Instant::now();
    let atlas = pool.with(Atlas::load).unwrap();
    println!("opened in {:.2} s", began.elapsed().as_secs_f64());
    let began = Instant::now();
    atlas.words.warm(&pool, &atlas.cases).unwrap();
    println!("common words read ahead, in the background, in {:.2} s", began.elapsed().as_secs_f64());
    let taken = pool
        .with(|conn| {
            let own: i64 = conn
                .query_row(
                    "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'decision%' OR name LIKE 'reports_by%'",
                    [],
                    |row| row.get(0),
                )
                .unwrap_or(0);
            Ok::<_, council_map::for_tests::DbError>(own)
        })
        .unwrap();
    println!("{} bytes a decision for rows, texts, indexes and search", taken / i64::from(size));
    let facets = facets();
    let three = |place: usize| {
        let word = |step: usize| WORDS.iter().cycle().nth(place * 7 + step).unwrap();
        DecisionQuery {
            search: SearchText::parse(&format!("{} {} {} ", word(0), word(5), word(11))),
            filter: facets.iter().cycle().nth(place).unwrap().clone(),
            sort: None,
            page: 1,
        }
    };
    let p95 = run("three words, two facets", &pool, &atlas, (0..300).map(three));
    run(
        "the same, newest first",
        &pool,
        &atlas,
        (0..100).map(|place| DecisionQuery { sort: Some(Sort::Newest), ..three(place) }),
    );
    run(
        "three words",
        &pool,
        &atlas,
        (0..100).map(|place| DecisionQuery { filter: CaseFilter::default(), ..three(place) }),
    );
    run(
        "one word",
        &pool,
        &atlas,
        WORDS.iter().map(|word| DecisionQuery { search: SearchText::parse(word), page: 1, ..DecisionQuery::default() }),
    );
    run(
        "an unfinished word",
        &pool,
        &atlas,
        ["homel", "adapt", "schoo", "counc"].iter().map(|word| DecisionQuery {
            search: SearchText::parse(word),
            page: 1,
            ..DecisionQuery::default()
        }),
    );
    run(
        "two facets, no words",
        &pool,
        &atlas,
        facets.iter().cycle().take(100).map(|filter| DecisionQuery {
            filter: filter.clone(),
            page: 1,
            ..DecisionQuery::default()
        }),
    );
    run("the whole list", &pool, &atlas, (1..20).map(|page| DecisionQuery { page, ..DecisionQuery::default() }));
    p95
}

fn facets() -> Vec<CaseFilter> {
    let year = |text| ReportingYear::parse(text).ok();
    let none = CaseFilter::default;
    vec![
        CaseFilter { category: Some(Category::Housing), outcome: Some(Outcome::Upheld), ..none() },
        CaseFilter { outcome: Some(Outcome::NotUpheld), year: year("2022-23"), ..none() },
        CaseFilter { category: Some(Category::Education), region: Some("South West".to_owned()), ..none() },
        CaseFilter { outcome: Some(Outcome::Upheld), region: Some("London".to_owned()), ..none() },
        CaseFilter { category: Some(Category::Planning), year: year("2019-20"), ..none() },
    ]
}

fn run(name: &str, pool: &ReadPool, atlas: &Atlas, queries: impl Iterator<Item = DecisionQuery>) -> Duration {
    let mut times = Vec::new();
    let mut found = 0;
    for query in queries {
        let began = Instant::now();
        let page =
            pool.with(|conn| DecisionsPage::read(conn, atlas, &Listing::default(), &query, Extent::Page)).unwrap();
        times.push((began.elapsed(), query.search.text().to_owned()));
        found += page.total;
    }
    times.sort();
    let at = |share: f64| times.get(((times.len() - 1) as f64 * share) as usize).unwrap().clone();
    let ms = |one: &(Duration, String)| one.0.as_secs_f64() * 1000.0;
    let worst = at(1.0);
    println!(
        "{name:26} p50 {:7.2} ms   p95 {:7.2} ms   worst {:7.2} ms ({})   {} found on average",
        ms(&at(0.5)),
        ms(&at(0.95)),
        ms(&worst),
        worst.1,
        found / times.len()
    );
    at(0.95).0
}

fn make(folder: &Path, decisions: u32) -> String {
    let base = bootstrap(folder, Timestamp::now()).unwrap();
    let mut draft = Draft::copy_of(folder, &folder.join(&base.file)).unwrap();
    let register = Register::load(draft.conn()).unwrap();
    let mut number = 100;
    for (kind, parts) in releases(&register, &Options { decisions, ..Options::default() }) {
        if !matches!(kind, ImportKind::Decisions | ImportKind::Improvements) {
            continue;
        }
        for part in parts {
            number += 1;
            draft.apply(&release(number, kind), &part).unwrap();
        }
    }
    draft.publish(number).unwrap().file
}

fn release(number: u32, kind: ImportKind) -> Release {
    Release {
        key: format!("{number:04}-{}", kind.as_str()),
        kind,
        title: "Demonstration".to_owned(),
        source: "Council Map".to_owned(),
        source_url: None,
        licence: "MIT".to_owned(),
        sha256: String::new(),
        retrieved_at: Timestamp::now(),
        published_at: Timestamp::now(),
        synthetic: true,
    }
}
