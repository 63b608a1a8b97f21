#![expect(clippy::float_cmp, reason = "counts are whole numbers")]

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::statistics::{CouncilYear, invent};
use super::*;
use crate::db::write::Draft;
use crate::domain::compare::Verdict;
use crate::domain::council::{CouncilKind, GssCode, Slug};
use crate::domain::interval::float;
use crate::domain::measure::Measure;
use crate::domain::record::{
    AuthorityRecord, BodyName, DecisionRecord, ImprovementRecord, LetterRecord, ReplyRecord, StatisticsRecord,
};
use crate::domain::release::Release;
use crate::domain::year::ReportingYear;

mod alike;
mod casework;

fn authorities() -> Vec<AuthorityRecord> {
    let mut reader = csv::Reader::from_reader(&include_bytes!("../../data/authorities.csv")[..]);
    let codes = |text: &str| text.split('|').filter_map(|code| GssCode::parse(code).ok()).collect::<Vec<_>>();
    reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            AuthorityRecord {
                code: GssCode::parse(&row[0]).unwrap(),
                former_codes: codes(&row[1]),
                slug: Slug::parse(&row[2]).unwrap(),
                name: row[3].to_owned(),
                official_name: row[4].to_owned(),
                kind: CouncilKind::parse(&row[5]).unwrap(),
                region: row[6].to_owned(),
                county_code: GssCode::parse(&row[7]).ok(),
                active_from: row[8].parse().ok(),
                active_to: row[9].parse().ok(),
                former_names: Vec::new(),
                successor_codes: codes(&row[10]),
                population_mid_2020: row[11].parse().ok(),
                location: place("authorities.csv", 2),
            }
        })
        .collect()
}

fn release(kind: ImportKind) -> Release {
    let now = Timestamp::UNIX_EPOCH;
    Release {
        key: format!("0001-{}", kind.as_str()),
        kind,
        title: "Demonstration".to_owned(),
        source: "Invented".to_owned(),
        source_url: None,
        licence: "MIT".to_owned(),
        sha256: String::new(),
        retrieved_at: now,
        published_at: now,
        synthetic: true,
    }
}

fn draft(dir: &std::path::Path) -> (Draft, Register) {
    let mut draft = Draft::empty(dir).unwrap();
    draft.apply(&release(ImportKind::Authorities), &Records::Authorities(authorities())).unwrap();
    let register = Register::load(draft.conn()).unwrap();
    (draft, register)
}

fn register() -> Register {
    draft(tempfile::tempdir().unwrap().path()).1
}

fn small() -> Options {
    Options { decisions: 3000, ..Options::default() }
}

fn decisions(register: &Register, options: &Options) -> Vec<DecisionRecord> {
    let parts = decision_chunks(register, options);
    parts.flat_map(|part| if let Records::Decisions(rows) = part { rows } else { Vec::new() }).collect()
}

fn improvements(register: &Register, options: &Options) -> Vec<ImprovementRecord> {
    let parts = improvement_chunks(register, options);
    parts.flat_map(|part| if let Records::Improvements(rows) = part { rows } else { Vec::new() }).collect()
}

fn sum(rows: &[CouncilYear], year: i16, count: fn(&CouncilYear) -> u64) -> f64 {
    float(rows.iter().filter(|row| row.year.start_year() == year).map(count).sum())
}

fn size(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}

fn near(found: f64, wanted: f64, tolerance: f64, what: &str) {
    assert!((found - wanted).abs() <= tolerance, "{what}: {found}, expected {wanted} within {tolerance}");
}

#[test]
fn england_meets_the_published_series() {
    let register = register();
    for seed in [1, 2, 3] {
        let rows = invent(&register, &Options { seed, ..Options::default() });
        for (year, target) in targets::targets() {
            let of = |count| sum(&rows, year.start_year(), count);
            let what = format!("{year} with seed {seed}");
            near(of(CouncilYear::investigated) / target.investigated, 1.0, 0.05, &what);
            near(of(CouncilYear::upheld) / of(CouncilYear::investigated), target.upheld, 0.025, &what);
            near(of(|row| row.complied) / of(|row| row.outcomes), target.complied, 0.006, &what);
            near(of(|row| row.late) / of(|row| row.complied), target.late, 0.06, &what);
            near(of(|row| row.satisfactory) / of(CouncilYear::upheld), target.satisfactory, 0.03, &what);
        }
    }
}

#[test]
fn sizes_are_lifelike() {
    let rows = invent(&register(), &Options::default());
    let of = |kind: fn(CouncilKind) -> bool| {
        let mut counts: Vec<u64> = rows.iter().filter(|row| kind(row.kind)).map(CouncilYear::investigated).collect();
        counts.sort_unstable();
        counts
    };
    let districts = of(|kind| kind == CouncilKind::District);
    let others = of(|kind| kind != CouncilKind::District);
    assert!((2..=4).contains(&districts[districts.len() / 2]));
    assert!(districts[0] == 0 && districts[districts.len() * 9 / 10] <= 9);
    let middle = others[others.len() / 2];
    assert!((12..=26).contains(&middle), "{middle}");
    let largest = others[others.len() - 1];
    assert!((90..=240).contains(&largest), "{largest}");
    let nothing_due = rows.iter().filter(|row| row.outcomes == 0 && row.upheld() == 0).count();
    assert!(nothing_due > 50, "{nothing_due}");
    assert!(rows.iter().any(|row| row.decided.iter().sum::<u64>() > row.received.iter().sum()));
}

#[test]
fn every_row_agrees_with_itself() {
    let rows = statistics::records(&invent(&register(), &Options::default()), 1);
    for row in &rows {
        let cells: BTreeMap<&str, f64> = row.cells.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        assert_eq!(cells.len(), row.cells.len(), "a column stands once");
        let at = |name: &str| cells[name];
        let parts =
            |prefix: &str| cells.iter().filter(|(name, _)| name.starts_with(prefix)).map(|(_, v)| v).sum::<f64>();
        assert_eq!(at("received"), parts("received_"));
        assert_eq!(at("decided"), parts("decided_"));
        assert_eq!(at("investigated"), at("decided_upheld") + at("decided_not_upheld"));
        assert_eq!(at("upheld"), at("decided_upheld"));
        assert!(at("complied") <= at("compliance_outcomes") && at("complied_late") <= at("complied"));
        assert!(at("satisfactory_remedies") <= at("upheld"));
        let rate = (at("investigated") > 0.0).then(|| (100.0 * at("upheld") / at("investigated")).round());
        assert_eq!(cells.get("uphold_rate").copied(), rate);
        assert_eq!(cells.contains_key("compliance_rate"), at("compliance_outcomes") > 0.0);
        assert_eq!(cells.contains_key("upheld_per_100k"), row.year.start_year() >= 2023);
        assert!(row.cells.iter().all(|(name, _)| crate::domain::field::kind_of(name).is_some()));
        assert!(cells.iter().all(|(name, value)| !name.contains("rate") || (0.0..=100.0).contains(value)));
    }
}

#[test]
fn a_council_has_records_for_every_year_of_its_life_and_no_other() {
    let register = register();
    let options = small();
    let found: BTreeSet<_> = invent(&register, &Options::default()).iter().map(|row| (row.council, row.year)).collect();
    for (year, _) in targets::targets() {
        for council in register.councils() {
            assert_eq!(found.contains(&(council.id, year)), council.active_in(year), "{} {year}", council.slug);
        }
    }
    for decision in decisions(&register, &options) {
        let BodyName::Council(id) = decision.body else { continue };
        let council = register.get(id).unwrap();
        assert!(
            council.active_on(decision.decision.decision_date),
            "{} {}",
            council.slug,
            decision.decision.decision_date
        );
        assert!(
            ("2018-04-01".parse().unwrap()..="2025-03-31".parse().unwrap()).contains(&decision.decision.decision_date)
        );
    }
}

#[test]
fn england_is_the_sum_of_its_councils() {
    let councils = invent(&register(), &Options::default());
    let rows: Vec<StatisticsRecord> = statistics::records(&councils, 1);
    for england in national::records(&councils) {
        for (column, value) in
            england.cells.iter().filter(|(column, _)| !column.contains("rate") && !column.contains("100k"))
        {
            let of_year = rows.iter().filter(|row| row.year == england.year);
            let total: f64 =
                of_year.flat_map(|row| &row.cells).filter(|(name, _)| name == column).map(|(_, v)| v).sum();
            assert_eq!(*value, total, "{column} {}", england.year);
        }
        let last = england.cells.iter().find(|(name, _)| name == "upheld_per_100k");
        assert_eq!(last.is_some(), england.year.start_year() >= 2023);
        assert!(last.is_none_or(|(_, rate)| (4.5..8.0).contains(rate)));
    }
}

#[test]
fn letters_say_first_that_they_are_invented_and_repeat_the_figures() {
    let register = register();
    let councils = invent(&register, &Options::default());
    let rows = statistics::records(&councils, 1);
    let letters: Vec<LetterRecord> = letters::records(&register, &councils, &rows);
    assert_eq!(letters.len(), councils.len());
    for (letter, one) in letters.iter().zip(&councils) {
        let text = letter.text.as_deref().unwrap();
        assert!(text.lines().next().unwrap().contains("Invented for demonstration"));
        assert_eq!((letter.letter_date.month(), letter.letter_date.year()), (7, one.year.start_year() + 1));
        if one.investigated() > 0 {
            let counts = format!("{} upheld of {} detailed investigations", one.upheld(), one.investigated());
            assert!(text.contains(&counts), "{text}");
        }
    }
}

#[test]
fn a_few_replies_say_first_that_they_are_invented_and_follow_the_letter() {
    let register = register();
    let councils = invent(&register, &Options::default());
    let replies = replies::records(&register, &councils, 1);
    assert!((20..=120).contains(&replies.len()), "{}", replies.len());
    for ReplyRecord { reply, .. } in &replies {
        assert!(reply.text.starts_with("Invented for demonstration") && reply.text.contains("\n\n"), "{}", reply.text);
        assert!(reply.replied_on > letters::day_of(reply.year), "{reply:?}");
    }
    let derby = register.by_slug(&Slug::parse("derby-city-council").unwrap()).unwrap().id;
    assert!(replies.iter().any(|one| one.reply.council == derby && one.reply.year.to_string() == "2024-25"));
}

#[test]
fn a_seed_gives_the_same_records_and_another_seed_others() {
    let register = register();
    // The letters only repeat the figures, and making them takes most of the time.
    let made = |seed| {
        let options = Options { seed, decisions: 400, ..Options::default() };
        let councils = invent(&register, &options);
        let rows = statistics::records(&councils, seed);
        let replies = replies::records(&register, &councils, seed);
        format!("{rows:?}{replies:?}{:?}{:?}", decisions(&register, &options), improvements(&register, &options))
    };
    assert!(made(5) == made(5));
    assert!(made(5) != made(6));
}

#[test]
fn a_demonstration_is_written_and_some_councils_stand_out() {
    let dir = tempfile::tempdir().unwrap();
    let (mut draft, register) = draft(dir.path());
    let options = Options::default();
    for (kind, parts) in releases(&register, &options) {
        draft.apply_all(&release(kind), parts).unwrap();
    }
    draft.derive().unwrap();
    let verdicts = |verdict: Verdict| -> i64 {
        let sql = "SELECT count(*) FROM figures WHERE year = '2024-25' AND measure = ?1 AND verdict = ?2";
        draft.conn().query_row(sql, [Measure::Upheld.as_str(), verdict.as_str()], |row| row.get(0)).unwrap()
    };
    for verdict in [Verdict::Higher, Verdict::Lower] {
        assert!((1..=20).contains(&verdicts(verdict)), "{}: {}", verdict.as_str(), verdicts(verdict));
    }
    assert!(verdicts(Verdict::TooFew) > 60 && verdicts(Verdict::Within) > 100);
    let searched: i64 = draft
        .conn()
        .query_row("SELECT count(*) FROM decision_search WHERE decision_search MATCH 'psychologist'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert!(searched > 20, "{searched}");
    draft.publish(1).unwrap();
}
