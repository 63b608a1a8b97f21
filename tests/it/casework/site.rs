//! A site with a few real councils and made-up casework.

use std::sync::OnceLock;

use tempfile::TempDir;

use crate::support::app::TestApp;
use crate::support::fixture::{done, text};

const IMPROVEMENTS: &str = "reference,authority,category,subcategory,summary,agreed_on,due_on,achieved_on
19 000 001,derby-city-council,housing,allocations,\"Train staff; check letters, all of them, before they are sent to people who wait for a home\",2020-01-10,2020-03-01,
19 000 002,derby-city-council,education,,=1+1 review the plan,2020-01-10,2020-03-01,2020-02-01
19 000 003,derby-city-council,education,,<script>alert(1)</script>,2020-01-10,2020-03-01,2020-04-01
19 000 004,leeds-city-council,housing,,Publish a policy,2020-01-10,,
";
const DECISIONS: &str = "reference,authority,type,outcome,category,subcategory,decision_date,summary,url
19 000 001,derby-city-council,statement,upheld,housing,allocations,2020-01-05,\"Mr X & Mrs Y complained. <img src=x onerror=alert(1)> We found fault.\",
19 000 005,amber-valley-borough-council,report,upheld,education,,2020-02-05,A report.,
";
const STATISTICS: &str = "authority,year,received,decided,decided_upheld,decided_not_upheld,received_housing,received_other,satisfactory_remedies
derby-city-council,2019-20,30,14,7,6,0,30,1
derby-city-council,2024-25,,,2,3,,,
";
const LETTERS: &str = "authority,year,letter_date,document,url
derby-city-council,2019-20,2020-07-22,derby.md,
derby-city-council,2020-21,2021-07-21,derby.pdf,
northamptonshire-county-council,2019-20,2020-07-22,old.txt,
";
/// Texts that would be markup, if any text were; one of them as each kind of field.
pub(super) const CORPUS: [&str; 6] = [
    "<script>alert(1)</script>",
    "</p></blockquote><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "&lt;b&gt;&#60;i&#62;",
    "<!--<style>*{display:none}</style>",
];
const REPLIES: &str = "authority,year,measure,replied_on,author,text,url
derby-city-council,2019-20,,2020-08-14,Chief Executive,\"We are sorry. {corpus}

We have trained our staff.\",https://www.derby.gov.uk/reply
derby-city-council,2019-20,satisfactory-remedies,2020-08-15,<i>Leader</i>,=1+1 remedy sooner,
derby-city-council,2024-25,,2025-08-14,,We did better.,
northamptonshire-county-council,2019-20,,2020-08-01,,Our last word.,
";
const LETTER: &str = "# Annual review letter

Dear Chief Executive

### Small heading

<script>alert(1)</script> [a](javascript:alert(1)) ![p](https://example.org/p.png)

| Outcome | Complaints |
|---|---:|
| Upheld | 7 |
";
/// The start of a PDF is enough to be taken for one.
pub(super) const PDF: &[u8] =
    b"%PDF-1.4\n1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >> endobj\n%%EOF\n";

/// A site with all of it, shared by tests that only read.
pub(super) fn site() -> &'static TestApp {
    static SITE: OnceLock<(TempDir, TestApp)> = OnceLock::new();
    let (_, app) = SITE.get_or_init(|| {
        let data = tempfile::tempdir().unwrap();
        let files = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| std::fs::write(files.path().join(name), bytes).unwrap();
        write("improvements.csv", IMPROVEMENTS.as_bytes());
        write("decisions.csv", DECISIONS.as_bytes());
        write("statistics.csv", STATISTICS.as_bytes());
        write("letters.csv", LETTERS.as_bytes());
        write("replies.csv", REPLIES.replace("{corpus}", &CORPUS.join("\n\n")).as_bytes());
        write("derby.md", LETTER.as_bytes());
        write("derby.pdf", PDF);
        write("old.txt", b"Dear Chief Executive\n\nThe last one but one.\n");
        for kind in ["statistics", "decisions", "improvements", "letters", "replies"] {
            let file = files.path().join(format!("{kind}.csv"));
            done(&["import", kind, text(&file), "--publish", "--data", text(data.path())]);
        }
        let app = TestApp::shared(data.path());
        (data, app)
    });
    app
}
