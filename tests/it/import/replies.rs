//! Replies over time: replaced, logged, withdrawn, rolled back, held back.

use jiff::{SignedDuration, Timestamp};

use super::support::Site;

const TEXT: &str = "SELECT text FROM replies";

fn reply(site: &Site, name: &str, day: &str, text: &str) -> String {
    site.file(name, format!("authority,year,replied_on,author,text\nDerby,2019-20,{day},Chief Executive,{text}\n"))
}

fn texts(conn: &council_map::for_tests::Connection) -> Vec<String> {
    let mut statement = conn.prepare(TEXT).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_newer_reply_takes_the_place_of_the_one_before_and_the_log_keeps_both() {
    let site = Site::prepared();
    site.publish("replies", &[&reply(&site, "a.csv", "2020-08-01", "First words.")], &[]);
    let again = site.publish("replies", &[&reply(&site, "a.csv", "2020-08-01", "First words.")], &[]);
    assert!(again.out.contains("nothing new"), "{}", again.out);
    let newer = site.publish("replies", &[&reply(&site, "b.csv", "2020-09-01", "Second words.")], &[]);
    assert!(newer.out.contains("0 added, 1 changed"), "{}", newer.out);
    assert_eq!(texts(&site.open()), ["Second words."]);
    let logged = "SELECT count(*) FROM changes WHERE action = 'changed' AND noun = 'reply' AND year = '2019-20'
        AND old = '2020-08-01, Chief Executive: First words.' AND new = '2020-09-01, Chief Executive: Second words.'";
    assert_eq!(site.count(logged), 1);
    let older = site.run(&["import", "replies", &reply(&site, "c.csv", "2020-08-15", "Third words.")]);
    assert!(
        older.err.contains("look at c.csv::2:replied_on: 2020-08-15 is before the reply of 2020-09-01"),
        "{older:?}"
    );
}

#[test]
fn replies_to_the_year_and_to_each_measure_stand_beside_each_other() {
    let site = Site::prepared();
    let rows = "authority,year,measure,replied_on,text\nDerby,2019-20,,2020-08-01,One\nDerby,2019-20,upheld,2020-08-01,Two\n\
        Derby,2019-20,Complaints upheld,2020-08-01,Three\n";
    assert_eq!(
        site.run(&["import", "replies", &site.file("r.csv", rows)]).status,
        1,
        "the title names the same measure"
    );
    let rows = rows.rsplit_once("Derby").unwrap().0;
    site.publish("replies", &[&site.file("r.csv", rows)], &[]);
    assert_eq!(site.count("SELECT count(DISTINCT measure) FROM replies"), 2);
}

#[test]
fn a_reply_waits_for_its_hour_and_may_be_dated_up_to_it() {
    let site = Site::prepared();
    let tomorrow = Timestamp::now() + SignedDuration::from_hours(30);
    let day = tomorrow.to_zoned(jiff::tz::TimeZone::get("Europe/London").unwrap()).date().to_string();
    let file = reply(&site, "a.csv", &day, "In good time.");
    assert_eq!(site.run(&["import", "replies", &file]).status, 1, "dated after it would be seen");
    site.publish("replies", &[&file], &["--publish-at", &tomorrow.to_string()]);
    assert_eq!(texts(&site.open()), Vec::<String>::new());
    assert_eq!(texts(&site.open_at(tomorrow)), ["In good time."]);
}

#[test]
fn a_withdrawn_reply_gives_the_one_before_it_back_and_leaves_no_word() {
    let site = Site::prepared();
    site.publish("replies", &[&reply(&site, "a.csv", "2020-08-01", "First words.")], &[]);
    site.publish("replies", &[&reply(&site, "b.csv", "2020-09-01", "Platypus words.")], &[]);
    assert_eq!(site.run(&["withdraw", "0005-replies"]).status, 0);
    assert_eq!(texts(&site.open()), ["First words."]);
    assert_eq!(
        site.count("SELECT count(*) FROM changes WHERE ifnull(old, '') || ifnull(new, '') LIKE '%Platypus%'"),
        0
    );
    site.publish("replies", &[&reply(&site, "c.csv", "2020-10-01", "Third words.")], &[]);
    assert_eq!(site.run(&["rollback"]).status, 0);
    assert_eq!(texts(&site.open()), ["First words."]);
}
