//! One figure for frames of other sites.

use crate::support::fixture::demonstration_app;

#[test]
fn a_frame_of_another_site_shows_what_the_page_says_and_can_do_nothing() {
    let app = demonstration_app();
    let answer = app.get("/embed/derbyshire-county-council?measure=late-compliance&year=2024-25");
    let json = app.get("/councils/derbyshire-county-council.json?year=2024-25").json();
    let figures = json["statistics"].as_array().unwrap();
    let figure = figures.iter().find(|one| one["measure"] == "late-compliance").unwrap();
    let text = answer.text();
    assert!(text.contains(figure["shown"].as_str().unwrap()) && text.contains("Worse than expected"), "{text}");
    assert_eq!(figure["verdict"], "higher");
    assert!(text.contains("Invented figures") && !text.contains("<script"), "{text}");
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("frame-ancestors *") && !policy.contains("script"), "{policy}");
    assert!(app.get("/").header("content-security-policy").contains("frame-ancestors 'none'"));
}
