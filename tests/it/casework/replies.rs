use scraper::{Html, Selector};

use super::site::{CORPUS, site};

const DERBY: &str = "/councils/derby-city-council";

fn texts(page: &str, selector: &str) -> Vec<String> {
    let tree = Html::parse_document(page);
    tree.select(&Selector::parse(selector).unwrap()).map(|one| one.text().collect()).collect()
}

#[test]
fn a_reply_stands_beside_the_figures_of_its_year_with_day_office_and_source() {
    let site = site();
    let page = site.page(&format!("{DERBY}?year=2019-20"));
    let said = texts(&page, "#reply blockquote p");
    assert_eq!((said[0].starts_with("We are sorry. "), said.last().unwrap().as_str()), (true, "=1+1 remedy sooner"));
    assert!(said.contains(&"We have trained our staff.".to_owned()), "paragraphs are kept: {said:?}");
    assert_eq!(texts(&page, "#reply h3"), ["The year as a whole", "Put it right before being asked"]);
    let signed = texts(&page, "#reply .meta");
    assert!(signed[0].starts_with("Chief Executive, 14 August 2020. Where the council published it."), "{signed:?}");
    assert!(signed[0].contains("replies.csv, row 2, release 0007-replies"), "{signed:?}");
    assert!(page.contains("href=\"https://www.derby.gov.uk/reply\""));
    assert!(!site.page(&format!("{DERBY}?year=2024-25")).contains("We are sorry"), "each year has its own");
    assert!(!site.page("/councils/leeds-city-council").contains("id=\"reply\""));
}

#[test]
fn nothing_in_a_reply_is_obeyed() {
    let site = site();
    for path in [format!("{DERBY}?year=2019-20"), format!("{DERBY}/statistics"), format!("{DERBY}/feed.atom")] {
        let page = site.page(&path);
        for bad in
            ["<script>alert", "<img", "<i>Leader", "<a href=javascript", "<b>&", "<!--<style>", "href=\"javascript"]
        {
            assert!(!page.contains(bad), "{path}: {bad}");
        }
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{path}");
    }
    let page = site.page(&format!("{DERBY}?year=2019-20"));
    let said = texts(&page, "#reply blockquote p").join("\n\n");
    for evil in CORPUS {
        assert!(said.contains(evil), "shown as it was written: {evil}");
    }
}

#[test]
fn the_twins_and_the_table_hold_the_replies_whole() {
    let site = site();
    let json = site.get(&format!("{DERBY}.json?year=2019-20")).json();
    let replies = json["replies"].as_array().unwrap();
    assert_eq!(replies.len(), 2);
    assert_eq!(replies[0]["measure"], serde_json::Value::Null);
    assert_eq!(replies[0]["replied_on"], "2020-08-14");
    assert_eq!(replies[0]["author"], "Chief Executive");
    assert!(replies[0]["text"].as_str().unwrap().contains(CORPUS[0]));
    assert_eq!((&replies[0]["source"]["release"], &replies[0]["source"]["row"]), (&"0007-replies".into(), &2.into()));
    assert_eq!(replies[1]["measure"], "satisfactory-remedies");
    let all = site.get(&format!("{DERBY}/statistics.json")).json();
    let years: Vec<&str> = all["replies"].as_array().unwrap().iter().map(|one| one["year"].as_str().unwrap()).collect();
    assert_eq!(years, ["2024-25", "2019-20", "2019-20"], "newest year first");
    let rows = site.get("/data/replies.csv").rows();
    assert_eq!(rows.len(), 4);
    let guarded = rows.iter().find(|row| row["measure"] == "satisfactory-remedies").unwrap();
    assert_eq!(guarded["text"], "'=1+1 remedy sooner", "no cell runs as a formula");
}

#[test]
fn a_reply_to_a_year_without_figures_still_stands_on_the_page_of_all_years() {
    let site = site();
    let page = site.page("/councils/northamptonshire-county-council/statistics");
    assert_eq!(texts(&page, "#replies h3"), ["2019-20: The year as a whole"]);
    assert_eq!(texts(&page, "#replies blockquote p"), ["Our last word."]);
}

#[test]
fn the_feed_of_a_council_leads_to_its_replies() {
    let site = site();
    let feed = site.page(&format!("{DERBY}/feed.atom"));
    assert!(feed.contains("tag:council-map,2026:replies/E06000015/2019-20/satisfactory-remedies"), "{feed}");
    let (address, anchor) = (format!("{DERBY}/statistics"), "reply-2019-20-satisfactory-remedies");
    assert!(feed.contains(&format!("{address}#{anchor}")), "{feed}");
    assert!(site.page(&address).contains(&format!("id=\"{anchor}\"")));
}
