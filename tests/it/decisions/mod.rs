//! Lists of decisions, single decisions and reports, over HTTP.

mod lists;
mod queries;
mod safety;

use std::path::Path;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::support::app::TestApp;
use crate::support::fixture::{copied, made};

const HEADER: &str = "reference,authority,type,outcome,category,subcategory,decision_date,summary,url,document\n";

/// Four decisions about two councils, a joint case with a trust, a report with a further report, and a page.
const DECISIONS: &str = "\
19 012 345,Derby City Council,statement,upheld,housing,homelessness,2020-05-04,The Council delayed a homelessness application and left a family in bed and breakfast.,https://www.lgo.org.uk/decisions/housing/homelessness/19-012-345,
19 012 346,Derby City Council,statement,not-upheld,planning,enforcement,2019-11-04,The Council considered a neighbour's extension without fault.,,
20 001 001,Kent County Council,statement,upheld,education,school-transport,2021-02-01,The school bus was late for a year.,,
20 001 002,Kent County Council,statement,closed,education,school-transport,2022-06-01,We will not investigate a refusal of school transport.,,
17 002 402a,Kent County Council,statement,upheld,health,hospital-acute-services,2018-08-01,A discharge without a care plan.,,
17 002 402b,Anytown Hospitals NHS Trust,statement,not-upheld,health,hospital-acute-services,2018-08-01,The trust acted without fault.,,
18 003 003,Leeds City Council,report,upheld,housing,allocations,2019-03-01,Many families waited for homes. We issued this public report because others are affected.,,https://www.lgo.org.uk/report.pdf
18 003 003a,Leeds City Council,report,upheld,housing,allocations,2020-03-01,The Council has not done what it agreed.,,
21 000 001,Leeds City Council,statement,upheld,housing,homelessness,2022-01-10,The Council delayed another homelessness application and did not review the bed and breakfast.,,
";

const PAGE: &str = "<html><body><main><h1>Plymouth City Council (22 004 005)</h1><p>Category : Environment and regulation &gt; Noise</p>
<p>Decision : Upheld</p><p>Decision date : 3 Mar 2023</p><p>Summary: We will not investigate how the Council dealt with the noise of an alarm, since it has agreed to measure it.</p>
<h3>The complaint</h3><p>Mr Q could not sleep because of a klaxon on an extension.</p><h3>Agreed action</h3><p>The Council will <b>measure</b>.</p>
<table><tr><th>Hour</th><th>Where</th></tr><tr><td>22:00</td><td>at the gate</td></tr></table></main></body></html>";

const IMPROVEMENTS: &str = "reference,authority,category,subcategory,summary,agreed_on,due_on,achieved_on
21 000 001,Leeds City Council,housing,homelessness,The Council will review every stay in bed and breakfast.,2022-01-20,2022-04-20,2022-04-01
";

/// A site for tests that only read.
fn site() -> &'static TestApp {
    static SITE: OnceLock<TestApp> = OnceLock::new();
    SITE.get_or_init(|| TestApp::shared(data()))
}

/// A site for a test that changes it.
fn fresh() -> TestApp {
    TestApp::owning(copied(data()))
}

fn data() -> &'static Path {
    static DATA: OnceLock<TempDir> = OnceLock::new();
    let made = DATA.get_or_init(|| {
        made(&[
            ("decisions", "decisions.csv", &format!("{HEADER}{DECISIONS}")),
            ("decisions", "22-004-005.html", PAGE),
            ("improvements", "improvements.csv", IMPROVEMENTS),
        ])
    });
    made.path()
}

/// The references of a list, in its order.
fn references(site: &TestApp, path: &str) -> Vec<String> {
    let page = site.get(path);
    assert_eq!(page.status, 200, "{path}: {}", page.text());
    let json = page.json();
    json["decisions"].as_array().unwrap().iter().map(|one| one["reference"].as_str().unwrap().to_owned()).collect()
}
