use super::site::site;

#[test]
fn totals_are_checked_and_each_year_keeps_its_own_labels() {
    let site = site();
    let page = site.page("/councils/derby-city-council/statistics");
    assert!(page.contains("2019-20: the parts add up to 13, the source states 14."), "{page}");
    assert!(page.contains("Investigated: upheld") && page.contains(">Upheld<"), "both years' labels");
    assert!(page.contains("not known"), "what is missing is not zero");
    let json = site.get("/councils/derby-city-council/statistics.json").json();
    assert_eq!(json["decided"][0]["check"], "differs");
    assert_eq!(json["received"][0]["areas"][0]["count"], 0, "zero stays zero");
    let rows = site.get("/councils/derby-city-council/statistics.csv").rows();
    let housing = rows.iter().find(|row| row["key"] == "housing").unwrap();
    assert_eq!((housing["count"].as_str(), housing["state"].as_str()), ("0", "zero"));
}

#[test]
fn the_national_review_adds_up_nothing_that_it_does_not_have() {
    let site = site();
    let page = site.page("/national?year=2019-20");
    assert!(page.contains("too few to add up to England") && page.contains("Not known"), "{page}");
    let json = site.get("/national.json?year=2019-20").json();
    assert_eq!(json["reports"][0]["reference"], "19 000 005");
    assert_eq!(json["received"], serde_json::json!([]));
    assert_eq!(site.get("/national?year=1999-00").status, 404);
}
