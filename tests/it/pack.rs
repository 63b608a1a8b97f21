//! The committee pack of a council.

use tempfile::TempDir;

use crate::support::app::TestApp;
use crate::support::fixture::made;

const STATISTICS: &str = "authority,year,investigated,upheld,compliance_outcomes,complied,complied_late,satisfactory_remedies\n\
    derby-city-council,2019-20,13,7,8,7,3,1\n\
    bolsover-district-council,2019-20,1,0,,,,\n";
const IMPROVEMENTS: &str = "reference,authority,category,summary,agreed_on,due_on,achieved_on\n\
    19 012 345,derby-city-council,housing,Train the repairs team.,2019-12-01,2020-03-01,\n\
    19 012 346,derby-city-council,housing,Write to all tenants.,2019-12-01,2020-03-01,2020-02-01\n";

fn site() -> (TempDir, TestApp) {
    let data = made(&[("statistics", "pack.csv", STATISTICS), ("improvements", "promises.csv", IMPROVEMENTS)]);
    let app = TestApp::start(data.path());
    (data, app)
}

#[test]
fn questions_follow_from_the_figures_and_say_their_counts() {
    let (_data, app) = site();
    let pack = app.page("/councils/derby-city-council/pack?year=2019-20");
    for said in [
        "3 of 7 agreed actions were carried out late, and one promise is overdue today.",
        "The Ombudsman was not satisfied that one agreed action was done.",
        "In 6 of 7 upheld cases the council had not offered enough by itself.",
        "Train the repairs team.",
        "1 March 2020",
    ] {
        assert!(pack.contains(said), "{said}");
    }
    assert!(!pack.contains("Write to all tenants."), "what was done is not overdue");
}

#[test]
fn a_pack_of_hardly_any_figures_says_what_it_does_not_know() {
    let (_data, app) = site();
    let pack = app.page("/councils/bolsover-district-council/pack?year=2019-20");
    for said in [
        "Too few cases to say",
        "No figure loaded",
        "No table of complaints received",
        "How many complaints did the council itself receive",
    ] {
        assert!(pack.contains(said), "{said}");
    }
    for unsaid in ["carried out late", "had not offered enough"] {
        assert!(!pack.contains(unsaid), "{unsaid}");
    }
    let none = app.get("/councils/bolsover-district-council/pack?year=1999-00");
    assert_eq!(none.status, 404);
}
