//! Imported text is never markup.

use crate::support::app::TestApp;
use crate::support::fixture::made;

const CORPUS: [&str; 8] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</p><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "{{constructor}}",
    "<a href=javascript:alert(1)>x</a>",
    "&lt;b&gt;&#60;i&#62;",
    "<!--<style>*{display:none}</style>",
];

#[test]
fn text_in_every_field_shows_as_text() {
    let mut csv =
        String::from("reference,authority,type,outcome,category,subcategory,decision_date,summary,sections\n");
    for (place, evil) in CORPUS.iter().enumerate() {
        let sections = serde_json::json!([{"heading": evil, "text": evil}]).to_string().replace('"', "\"\"");
        let quoted = evil.replace('"', "\"\"");
        csv.push_str(&format!(
            "20 000 00{place},\"School {quoted} Trust\",statement,upheld,education,school-admissions,2021-01-0{},\"{quoted} delay\",\"{sections}\"\n",
            place + 1
        ));
    }
    let site = TestApp::owning(made(&[("decisions", "evil.csv", &csv)]));
    let lists = ["/decisions", "/decisions?q=delay", "/decisions?q=school+trust", "/decisions?q=alert"];
    let pages = (0..CORPUS.len()).map(|place| format!("/decisions/20-000-00{place}"));
    for path in lists.iter().map(|one| (*one).to_owned()).chain(pages) {
        let page = site.get(&path);
        assert_eq!(page.status, 200, "{path}");
        for bad in ["<script>alert", "<img", "<svg onload", "<b>&", "<style>", "href=\"javascript", "<!--"] {
            assert!(!page.text().contains(bad), "{path}: {bad}");
        }
        assert!(!page.text().contains("<a href=javascript"), "{path}");
    }
    assert!(site.get("/decisions/20-000-000").text().contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    let json = site.get("/decisions/20-000-001.json");
    assert_eq!(json.json()["decision"]["sections"][0]["text"], CORPUS[1]);
}
