//! What an import says about its figures before it is published.

use super::support::{Site, command};

#[test]
fn an_unknown_name_can_be_taught() {
    let site = Site::prepared();
    let file = site.file("a.csv", "authority,year,upheld\nCitizens of Derby Council,2019-20,7\n");
    let refused = site.run(&["import", "statistics", &file, "--publish"]);
    assert_eq!(refused.status, 1);
    site.publish("aliases", &[&site.file("names.csv", "alias,authority\nCitizens of Derby Council,E06000015\n")], &[]);
    site.publish("statistics", &[&file], &[]);
    assert_eq!(site.cell("derby-city-council", "2019-20", "upheld"), Some(7.0));
    let stolen = site.file("names.csv", "alias,authority\nLeeds City Council,E06000015\n");
    let answer = site.run(&["import", "aliases", &stolen]);
    assert!(
        answer.err.contains("names.csv::2:alias: “Leeds City Council” is the name of Leeds City Council"),
        "{}",
        answer.err
    );
}

#[test]
fn averages_that_differ_and_figures_that_jump_are_pointed_out() {
    let site = Site::prepared();
    let unitary: Vec<String> = {
        let conn = site.open();
        let mut statement =
            conn.prepare("SELECT code FROM councils WHERE kind = 'unitary' AND active_to IS NULL").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let table = |year: &str, upheld: u32, similar: u32| {
        let rows: String = unitary.iter().map(|code| format!("{code},{year},{upheld},60,30,{similar}\n")).collect();
        format!("authority,year,upheld,investigated,received,uphold_rate_similar\n{rows}")
    };
    site.publish("statistics", &[&site.file("a.csv", table("2023-24", 20, 33))], &[]);
    let good = site.run(&["import", "statistics", &site.file("b.csv", table("2024-25", 21, 35))]);
    assert_eq!(good.err, "", "{}", good.err);
    let file = site.file("c.csv", table("2024-25", 58, 70));
    let odd = site.run(&["import", "statistics", &file]);
    assert_eq!(odd.status, 0);
    assert!(
        odd.err.contains("look at c.csv::2:uphold_rate_similar: uphold_rate_similar of unitary councils is 70 for 2024-25; expected 96.7"),
        "{}",
        odd.err
    );
    assert!(odd.err.contains("Uphold rate of") && odd.err.contains("jumped"), "{}", odd.err);
}

#[test]
fn the_report_can_be_a_page_to_send_and_shows_what_was_found_as_text() {
    let site = Site::prepared();
    let good = site.file("good.csv", "authority,year,investigated,upheld\nderby-city-council,2019-20,13,7\n");
    let page = site.run(&["import", "statistics", &good, "--report", "html"]);
    assert_eq!(page.status, 0, "{}", page.err);
    assert!(page.out.starts_with("<!DOCTYPE html>") && page.out.contains("2 added, 0 changed"), "{}", page.out);
    assert!(page.out.contains("checked only"), "{}", page.out);
    let bad = site.file("bad.csv", "authority,year,investigated,upheld\n<b>Nowhere</b>,2019-20,13,14\n");
    let page = site.run(&["import", "statistics", &bad, "--report", "html"]);
    assert_eq!(page.status, 1);
    assert!(page.out.contains("bad.csv") && page.out.contains("&lt;b&gt;Nowhere&lt;/b&gt;"), "{}", page.out);
    assert!(!page.out.contains("<b>Nowhere"), "{}", page.out);
}

#[test]
fn shells_complete_and_every_command_has_a_manual_page() {
    for shell in ["bash", "fish", "zsh"] {
        let answer = command(&["completions", shell]);
        assert!(answer.status == 0 && answer.out.contains("rollback"), "{shell}: {}", answer.out);
    }
    let folder = tempfile::tempdir().unwrap();
    let answer = command(&["manual", "--out", folder.path().to_str().unwrap()]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    for command in ["council-map", "council-map-import", "council-map-publish", "council-map-rollback"] {
        let page = std::fs::read_to_string(folder.path().join(format!("{command}.1"))).unwrap();
        assert!(page.contains(".SH") && page.contains("NAME"), "{command}");
    }
}
