use super::site::site;

#[test]
fn a_promise_is_overdue_late_in_time_or_open_and_all_three_forms_say_so() {
    let site = site();
    let page = site.page("/councils/derby-city-council/improvements");
    assert!(page.contains("1 of 3 agreed improvements of Derby City Council is overdue"), "{page}");
    let json = site.get("/improvements.json").json();
    assert_eq!(json["states"], serde_json::json!({"overdue": 1, "agreed": 1, "achieved-late": 1, "achieved": 1}));
    let states: Vec<&str> =
        json["improvements"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(states[..2], ["overdue", "agreed"], "overdue ones first");
    let rows = site.get("/improvements.csv").rows();
    let from_csv: Vec<&str> = rows.iter().map(|row| row["state"].as_str()).collect();
    assert_eq!(from_csv, states);
    assert!(rows.iter().any(|row| row["summary"] == "'=1+1 review the plan"), "no cell runs as a formula");
}

#[test]
fn the_tracker_narrows_down_by_state_area_council_and_kind() {
    let site = site();
    let total = |query: &str| site.get(&format!("/improvements.json?{query}")).json()["total"].as_u64().unwrap();
    assert_eq!(total("category=housing"), 2);
    assert_eq!(total("category=housing&state=overdue"), 1);
    assert_eq!(total("council=derby-city-council"), 3);
    assert_eq!(total("kind=metropolitan"), 1);
    assert_eq!(site.get("/improvements.json?state=lost").status, 400);
    assert_eq!(site.get("/improvements?page=9").status, 404);
}

#[test]
fn a_promise_links_to_its_decision_only_where_that_is_published_here() {
    let site = site();
    let page = site.page("/improvements");
    assert!(page.contains("href=\"/decisions/19-000-001\""));
    assert!(!page.contains("href=\"/decisions/19-000-002\""));
    assert!(page.contains("&lt;script&gt;alert(1)"), "imported text is never markup");
}

#[test]
fn deadlines_read_back_as_a_calendar_with_lasting_identities() {
    use icalendar::{Calendar, Component, DatePerhapsTime};
    let site = site();
    let text = site.page("/councils/derby-city-council/improvements.ics");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let calendar: Calendar = text.parse().unwrap();
    let events: Vec<_> = calendar.components.iter().filter_map(|one| one.as_event()).collect();
    assert_eq!(events.len(), 3);
    let first = events.iter().find(|event| event.get_uid().unwrap().contains("19-000-001")).unwrap();
    assert_eq!(first.get_start(), Some(DatePerhapsTime::Date("2020-03-01".parse().unwrap())));
    assert!(first.get_description().unwrap().contains("check letters"), "{first:?}");
    assert_eq!(text, site.page("/councils/derby-city-council/improvements.ics"), "no clock in it");
}
