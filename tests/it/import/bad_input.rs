//! Every kind of wrong file: refused with its place named, and nothing changed.

use super::support::Site;

/// Kind, name of the file, content, and what the first line on standard error must say.
type Case = (&'static str, &'static str, &'static str, &'static str);

const STATISTICS: [Case; 24] = [
    ("statistics", "a.csv", "", "a.csv:::: the file is empty; expected a header row"),
    (
        "statistics",
        "a.csv",
        "authority,year,uphelt\nDerby,2019-20,7\n",
        "a.csv::1:uphelt: unknown column “uphelt”; expected perhaps upheld",
    ),
    ("statistics", "a.csv", "authority,upheld\nDerby,7\n", "a.csv::1:year: the column year is missing"),
    (
        "statistics",
        "a.csv",
        "authority,year,upheld,upheld\nDerby,2019-20,7,7\n",
        "a.csv::1:upheld: the column stands twice",
    ),
    (
        "statistics",
        "a.csv",
        "authority,year,upheld\nDurby City Council,2019-20,7\n",
        "a.csv::2:authority: unknown council “Durby City Council”; expected perhaps Derby City Council (E06000015)",
    ),
    (
        "statistics",
        "a.csv",
        "authority,year,upheld\nNowhere Borough Council,2019-20,7\n",
        "a.csv::2:authority: unknown council “Nowhere Borough Council”",
    ),
    (
        "statistics",
        "a.csv",
        "authority,year,upheld\nDerby,2019,7\n",
        "a.csv::2:year: unknown year “2019”; expected a year like 2019-20",
    ),
    ("statistics", "a.csv", "authority,year,upheld\nDerby,2019-21,7\n", "a.csv::2:year: unknown year “2019-21”"),
    (
        "statistics",
        "a.csv",
        "authority,year,upheld\nDerby,2098-99,7\n",
        "a.csv::2:year: the year 2098-99 has not begun",
    ),
    (
        "statistics",
        "a.csv",
        "authority,year,upheld\nNorthamptonshire County Council,2025-26,7\n",
        "a.csv::2:authority: Northamptonshire County Council did not exist in 2025-26; expected North Northamptonshire Council or West Northamptonshire Council",
    ),
    (
        "statistics",
        "a.csv",
        "authority,year,upheld\nDerby,2019-20,seven\n",
        "a.csv::2:upheld: “seven”; expected a whole number from 0",
    ),
    (
        "statistics",
        "a.csv",
        "authority,year,upheld\nDerby,2019-20,-7\n",
        "a.csv::2:upheld: “-7”; expected a whole number from 0",
    ),
    (
        "statistics",
        "a.csv",
        "authority,year,upheld\nDerby,2019-20,7.5\n",
        "a.csv::2:upheld: “7.5”; expected a whole number from 0",
    ),
    (
        "statistics",
        "a.csv",
        "authority,year,uphold_rate\nDerby,2019-20,154\n",
        "a.csv::2:uphold_rate: “154”; expected a per cent from 0 to 100",
    ),
    (
        "statistics",
        "a.csv",
        "authority,year,investigated,upheld\nDerby,2019-20,13,14\n",
        "a.csv::2:upheld: upheld is 14, but investigated is 13; expected upheld not above investigated",
    ),
    (
        "statistics",
        "a.csv",
        "authority,year,compliance_outcomes,complied\nDerby,2019-20,7,8\n",
        "a.csv::2:complied: complied is 8, but compliance_outcomes is 7",
    ),
    (
        "statistics",
        "a.csv",
        "authority,year,complied,complied_late\nDerby,2019-20,7,8\n",
        "a.csv::2:complied_late: complied_late is 8, but complied is 7",
    ),
    (
        "statistics",
        "a.csv",
        "authority,year,upheld,satisfactory_remedies\nDerby,2019-20,7,8\n",
        "a.csv::2:satisfactory_remedies: satisfactory_remedies is 8, but upheld is 7",
    ),
    (
        "statistics",
        "a.csv",
        "authority,year,investigated,upheld,uphold_rate\nDerby,2019-20,0,0,58\n",
        "a.csv::2:uphold_rate: uphold_rate is 58, but investigated is 0",
    ),
    (
        "statistics",
        "a.csv",
        "authority,year,upheld\nDerby,2019-20,7\nE06000015,2019-20,7\n",
        "a.csv::3:upheld: upheld stands twice for this council and 2019-20: 7 here, 7 at a.csv::2:upheld",
    ),
    (
        "statistics",
        "a.csv",
        "authority,year,upheld,source_url\nDerby,2019-20,7,javascript:alert(1)\n",
        "a.csv::2:source_url: “javascript:alert(1)”",
    ),
    ("statistics", "a.csv", "authority,year,upheld\nDerby,2019-20\n", "a.csv::2:: the row has 2 cells; expected 3"),
    (
        "statistics",
        "a.csv",
        "authority,year,upheld\nDerby,2019-20,1,234\n",
        "a.csv::2:: the row has 4 cells; expected 3",
    ),
    ("statistics", "a.csv", "PK\u{3}\u{4}xx", "a.csv"),
];

const OTHERS: [Case; 37] = [
    (
        "national",
        "n.csv",
        "year,upheld,investigated\n2019-20,14,13\n",
        "n.csv::2:upheld: upheld is 14, but investigated is 13",
    ),
    (
        "national",
        "n.csv",
        "year,upheld\n2019-20,14\n2019-20,14\n",
        "n.csv::3:year: the year 2019-20 stands twice, first at n.csv::2:",
    ),
    (
        "decisions",
        "d.csv",
        "reference,authority,type,outcome,category,decision_date\n19 012 34,Derby,statement,upheld,housing,2019-07-22\n",
        "d.csv::2:reference: “19 012 34” is not a case reference",
    ),
    (
        "decisions",
        "d.csv",
        "reference,authority,type,outcome,category,decision_date\n19 012 345,Derby,statement,maybe,housing,2019-07-22\n",
        "d.csv::2:outcome: unknown outcome “maybe”; expected one of upheld, not-upheld, closed",
    ),
    (
        "decisions",
        "d.csv",
        "reference,authority,type,outcome,category,decision_date\n19 012 345,Derby,poem,upheld,housing,2019-07-22\n",
        "d.csv::2:type: unknown type “poem”",
    ),
    (
        "decisions",
        "d.csv",
        "reference,authority,type,outcome,category,decision_date\n19 012 345,Derby,statement,upheld,space,2019-07-22\n",
        "d.csv::2:category: unknown category “space”",
    ),
    (
        "decisions",
        "d.csv",
        "reference,authority,type,outcome,category,decision_date\n19 012 345,Derby,statement,upheld,housing,2019-02-30\n",
        "d.csv::2:decision_date: “2019-02-30”; expected a date like 2019-07-22",
    ),
    (
        "decisions",
        "d.csv",
        "reference,authority,type,outcome,category,decision_date\n19 012 345,Derby,statement,upheld,housing,2090-02-03\n",
        "d.csv::2:decision_date: 2090-02-03 is in the future",
    ),
    (
        "decisions",
        "d.csv",
        "reference,authority,type,outcome,category,decision_date\n19 012 345,Derby,statement,upheld,housing,2019-07-22\n19-012-345,Derby,statement,upheld,housing,2019-07-22\n",
        "d.csv::3:reference: the reference 19 012 345 stands twice, first at d.csv::2:",
    ),
    (
        "decisions",
        "d.csv",
        "reference,authority,type,outcome,category,decision_date\n19 012 345,Darby City Council,statement,upheld,housing,2019-07-22\n",
        "d.csv::2:authority: unknown council “Darby City Council”; expected perhaps Derby City Council",
    ),
    (
        "decisions",
        "d.csv",
        "reference,authority,type,outcome,category,decision_date,url\n19 012 345,Derby,statement,upheld,housing,2019-07-22,ftp://x\n",
        "d.csv::2:url: “ftp://x”",
    ),
    ("decisions", "d.jsonl", "{\"reference\":\"19 012 345\"\n", "d.jsonl::1:: the line is not JSON"),
    (
        "decisions",
        "d.jsonl",
        "{\"reference\":\"19 012 345\",\"authority\":\"Derby\",\"type\":\"statement\",\"outcome\":\"upheld\",\"category\":\"housing\",\"decision_date\":\"2019-07-22\",\"colour\":1}\n",
        "d.jsonl::1:colour: unknown column “colour”",
    ),
    (
        "improvements",
        "i.csv",
        "reference,authority,category,summary,agreed_on,due_on\n19 012 345,Derby,housing,Train staff,2019-07-22,2019-07-01\n",
        "i.csv::2:due_on: 2019-07-01 is before the agreement of 2019-07-22",
    ),
    (
        "improvements",
        "i.csv",
        "reference,authority,category,summary,agreed_on,achieved_on\n19 012 345,Derby,housing,Train staff,2019-07-22,2019-07-01\n",
        "i.csv::2:achieved_on: 2019-07-01 is before the agreement of 2019-07-22",
    ),
    (
        "improvements",
        "i.csv",
        "reference,authority,category,summary,agreed_on\n19 012 345,Derby,housing,Train staff,2019-07-22\n19 012 345,Derby,housing,Train staff,2019-07-22\n",
        "i.csv::3:: the improvement of 19 012 345 stands twice",
    ),
    (
        "letters",
        "l.csv",
        "authority,year,letter_date,document\nDerby,2019-20,2020-07-22,none.pdf\n",
        "l.csv::2:document: “none.pdf”: there is no such file",
    ),
    (
        "letters",
        "l.csv",
        "authority,year,letter_date,document\nDerby,2019-20,2020-07-22,../secret.txt\n",
        "l.csv::2:document: “../secret.txt”: the path leaves the folder of the file",
    ),
    (
        "letters",
        "l.csv",
        "authority,year,letter_date\nDerby,2019-20,2020-01-22\n",
        "l.csv::2:letter_date: 2020-01-22 is before 2019-20 has ended",
    ),
    (
        "letters",
        "l.csv",
        "authority,year,letter_date\nDerby,2019-20,2020-07-22\nDerby City Council,2019-20,2020-07-22\n",
        "l.csv::3:: the letter for 2019-20 stands twice",
    ),
    (
        "replies",
        "r.csv",
        "authority,year,replied_on,text\nDurby City Council,2019-20,2020-08-01,Sorry\n",
        "r.csv::2:authority: unknown council “Durby City Council”; expected perhaps Derby City Council (E06000015)",
    ),
    (
        "replies",
        "r.csv",
        "authority,year,replied_on,text\nNorthamptonshire County Council,2022-23,2023-08-01,Sorry\n",
        "r.csv::2:authority: Northamptonshire County Council did not exist in 2022-23; expected North Northamptonshire Council",
    ),
    (
        "replies",
        "r.csv",
        "authority,year,replied_on,text\nDerby,2019-20,2090-08-01,Sorry\n",
        "r.csv::2:replied_on: 2090-08-01 is in the future",
    ),
    (
        "replies",
        "r.csv",
        "authority,year,replied_on,text\nDerby,2019-20,2020-01-01,Sorry\n",
        "r.csv::2:replied_on: 2020-01-01 is before 2019-20 has ended",
    ),
    (
        "replies",
        "r.csv",
        "authority,year,replied_on,text\nDerby,2019-20,2020-08-01,\" \n \"\n",
        "r.csv::2:text: text is empty; expected what the council says",
    ),
    (
        "replies",
        "r.csv",
        "authority,year,replied_on,text,measure\nDerby,2019-20,2020-08-01,Sorry,uphelt\n",
        "r.csv::2:measure: unknown measure “uphelt”; expected one of upheld, compliance, satisfactory-remedies, upheld-per-100k",
    ),
    (
        "replies",
        "r.csv",
        "authority,year,replied_on,text\nDerby,2019-20,2020-08-01,Sorry\nE06000015,2019-20,2020-08-02,Sorry\n",
        "r.csv::3:: the reply for 2019-20 stands twice, first at r.csv::2:",
    ),
    (
        "replies",
        "r.csv",
        "authority,year,replied_on,text,measure\nDerby,2019-20,2020-08-01,Sorry,upheld\nDerby,2019-20,2020-08-02,Sorry,upheld\n",
        "r.csv::3:: the reply about upheld for 2019-20 stands twice",
    ),
    (
        "replies",
        "r.csv",
        "authority,year,replied_on,text,url\nDerby,2019-20,2020-08-01,Sorry,javascript:alert(1)\n",
        "r.csv::2:url: “javascript:alert(1)”",
    ),
    (
        "replies",
        "r.csv",
        "authority,year,replied_on,txt\nDerby,2019-20,2020-08-01,Sorry\n",
        "r.csv::1:txt: unknown column “txt”; expected perhaps text",
    ),
    (
        "neighbours",
        "k.csv",
        "authority,rank,neighbour\nDerby,0,Nottingham\n",
        "k.csv::2:rank: “0”; expected a rank from 1 to 400",
    ),
    (
        "population",
        "p.csv",
        "authority,year,population\nDerby,2050,1\n",
        "p.csv::2:year: “2050”; expected a calendar year that has begun",
    ),
    (
        "boundaries",
        "b.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[",
        "b.geojson:::: the file ends in the middle",
    ),
    (
        "boundaries",
        "b.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":\"E06000015\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[0,52]}}]}",
        "b.geojson::1:E06000015: the geometry is",
    ),
    ("postcodes", "q.csv", "postcode,lad_code\nDE1 2,E06000015\n", "q.csv::2:postcode: "),
    ("postcodes", "q.csv", "postcode,lad_code\nDE1 2FS,E99999999\n", "q.csv::2:lad_code: “E99999999”"),
    (
        "authorities",
        "r.csv",
        "code,slug,name,official_name,kind,region\nE06000015,derby-city-council,Derby,Derby City Council,parish,East Midlands\n",
        "r.csv::2:kind: unknown kind “parish”",
    ),
];

fn refuses(site: &Site, (kind, name, content, message): &Case) {
    let before = site.content();
    let file = site.file(name, content);
    let answer = site.run(&["import", kind, &file, "--publish"]);
    assert_eq!(answer.status, 1, "{message}\n{}\n{}", answer.out, answer.err);
    let first = answer.err.lines().next().unwrap_or_default();
    assert!(first.starts_with(message), "expected: {message}\n   found: {first}");
    assert!(answer.err.ends_with("nothing was changed\n"), "{}", answer.err);
    assert_eq!(site.content(), before, "something was changed by {message}");
}

#[test]
fn wrong_statistics_are_refused_with_file_row_and_column() {
    let site = Site::prepared();
    for case in &STATISTICS {
        refuses(&site, case);
    }
}

#[test]
fn wrong_files_of_every_other_kind_are_refused_with_file_row_and_column() {
    let site = Site::prepared();
    for case in &OTHERS {
        refuses(&site, case);
    }
}

#[test]
fn a_count_is_held_against_the_one_that_is_loaded_already() {
    let site = Site::prepared();
    let first = site.file("a.csv", "authority,year,investigated\nDerby City Council,2019-20,13\n");
    site.publish("statistics", &[&first], &[]);
    let second = site.file("b.csv", "authority,year,upheld\nDerby City Council,2019-20,14\n");
    let answer = site.run(&["import", "statistics", &second, "--publish"]);
    assert_eq!(answer.status, 1);
    assert!(
        answer.err.starts_with("b.csv::2:upheld: upheld is 14, but investigated is 13 (already loaded)"),
        "{}",
        answer.err
    );
}

#[test]
fn a_document_that_only_calls_itself_a_pdf_is_refused() {
    let site = Site::prepared();
    site.file("letter.pdf", [0x89, b'P', b'N', b'G', 0, 1]);
    let list = site.file("l.csv", "authority,year,letter_date,document\nDerby,2019-20,2020-07-22,letter.pdf\n");
    let answer = site.run(&["import", "letters", &list, "--publish"]);
    assert_eq!(answer.status, 1);
    assert!(
        answer.err.contains("l.csv::2:document: “letter.pdf”: the file is called a PDF and is none"),
        "{}",
        answer.err
    );
}

#[test]
fn a_reply_longer_than_two_pages_is_refused() {
    let site = Site::prepared();
    let list = |length: usize| {
        site.file("r.csv", format!("authority,year,replied_on,text\nDerby,2019-20,2020-08-01,{}\n", "é".repeat(length)))
    };
    let answer = site.run(&["import", "replies", &list(5_001), "--publish"]);
    assert_eq!(answer.status, 1);
    let expected = "r.csv::2:text: the text has 5001 characters; expected at most 5000";
    assert!(answer.err.starts_with(expected), "{}", answer.err);
    assert_eq!(site.run(&["import", "replies", &list(5_000)]).status, 0);
}

#[test]
fn all_problems_are_told_at_once_and_a_very_long_list_is_cut() {
    let site = Site::prepared();
    let rows: String = (0..500).map(|n| format!("Nowhere Council {n},2019-20,x\n")).collect();
    let file = site.file("a.csv", format!("authority,year,upheld\n{rows}"));
    let answer = site.run(&["import", "statistics", &file]);
    assert_eq!(answer.status, 1);
    assert_eq!(answer.err.lines().count(), 202);
    assert!(answer.err.contains("and 800 more\n1000 problems; nothing was changed"), "{}", answer.err);
}

#[test]
fn the_report_in_json_says_the_same() {
    let site = Site::prepared();
    let file = site.file("a.csv", "authority,year,upheld\nDerby,2019-20,-1\n");
    let answer = site.run(&["import", "statistics", &file, "--report", "json"]);
    assert_eq!(answer.status, 1);
    let report: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(report["status"], "problems");
    assert_eq!(report["problems"][0]["row"], 2);
    assert_eq!(report["problems"][0]["column"], "upheld");
}

#[test]
fn wrong_usage_has_its_own_exit_status() {
    let site = Site::empty();
    for args in
        [&["import", "poems", "a.csv"][..], &["import", "statistics"], &["import", "statistics", "a", "--year", "x"]]
    {
        assert_eq!(site.run(args).status, 2, "{args:?}");
    }
    assert_eq!(site.run(&["import", "statistics", "no-such-file.csv"]).status, 1);
}
