//! Pages of several years' layouts, written after the labels, headings and order of published decisions.

use super::*;

fn parse_page(html: &str, file: &str) -> Result<RawDecision, Vec<Problem>> {
    let saved = Saved::read(html.as_bytes()).unwrap();
    decision(&Facts::of(&Html::parse_document(&saved.html), &saved), file)
}

/// As of 2019: labels in paragraphs, parts under `h3`, numbered lists.
const OF_2019: &str = r#"<!DOCTYPE html><html><head><title>Derby City Council (18 012 345) - Ombudsman</title>
<link rel="canonical" href="https://www.lgo.org.uk/decisions/education/school-transport/18-012-345"><script>var a = "<p>no</p>";</script></head>
<body><header><nav><a href="/">Home</a></nav></header><div id="content">
<h1>Derby City Council (18 012 345)</h1>
<p><strong>Category :</strong> Education &gt; School transport</p>
<p><strong>Decision :</strong> Upheld</p><p><strong>Decision date :</strong> 22 Nov 2019</p>
<h2>The Ombudsman's final decision:</h2>
<p>Summary: Mrs X complained the Council refused school transport.&nbsp;We found fault.</p>
<h3>The complaint</h3><ol><li><p>Mrs X says: the bus never came.</p></li><li>It was late.</li></ol>
<h3>The Ombudsman’s role and powers</h3><p>We investigate fault. <script>alert(1)</script></p>
<h3>How I considered this complaint</h3><p>I read the <b>file</b>.</p>
<h3>What I found</h3><p>The Council &lt;b&gt;delayed&lt;/b&gt;.</p><h4>Transport policy</h4><p>The policy is old.</p>
<h3>Agreed action</h3><p>The Council will apologise.</p><ul><li>pay £100</li></ul>
<h3>Final decision</h3><p>I have found fault.</p>
<h2>Investigator's decision on behalf of the Ombudsman</h2><p>Print this page</p></div><footer>© Ombudsman</footer></body></html>"#;

fn headings(page: &RawDecision) -> Vec<&str> {
    page.sections.iter().map(|section| section.heading.as_str()).collect()
}

#[test]
fn a_page_with_labels_in_paragraphs_is_read_whole() {
    let page = parse_page(OF_2019, "18-012-345.html").unwrap();
    assert_eq!((page.reference.as_str(), page.authority.as_str()), ("18 012 345", "Derby City Council"));
    assert_eq!((page.kind.as_str(), page.outcome.as_str()), ("statement", "upheld"));
    assert_eq!((page.category.as_str(), page.subcategory.as_str()), ("education", "School transport"));
    assert_eq!(page.decision_date, "2019-11-22");
    assert_eq!(page.summary, "Mrs X complained the Council refused school transport. We found fault.");
    assert_eq!(
        headings(&page),
        [
            "The complaint",
            "The Ombudsman’s role and powers",
            "How I considered this complaint",
            "What I found",
            "Transport policy",
            "Agreed action",
            "Final decision"
        ]
    );
    assert_eq!(page.sections[0].text, "1. Mrs X says: the bus never came.\n\n2. It was late.");
    assert_eq!(page.url, "https://www.lgo.org.uk/decisions/education/school-transport/18-012-345");
}

#[test]
fn scripts_are_dropped_and_written_markup_stays_text() {
    let page = parse_page(OF_2019, "a.html").unwrap();
    assert_eq!(page.sections[1].text, "We investigate fault.");
    assert_eq!(page.sections[3].text, "The Council <b>delayed</b>.");
    assert!(
        page.sections.iter().all(|section| !section.text.contains("alert") && !section.text.contains("Print this"))
    );
}

#[test]
fn a_page_with_a_list_of_terms_and_no_h1_is_read_from_its_title() {
    let html = r"<html><head><title>London Borough of Barnet (21 001 002) - Local Government and Social Care Ombudsman</title></head>
        <body><main><dl><dt>Category</dt><dd>Children's care services &gt; Looked after children</dd><dt>Decision</dt><dd>Not upheld</dd>
        <dt>Decision date</dt><dd>1 March 2022</dd></dl><h2>Summary</h2><p>Ms Y complained.</p><p>We found no fault.</p>
        <h2>The complaint</h2><p>About contact.</p><h2>My assessment</h2><p>No fault.</p><h2>Final decision</h2><p>Ended.</p></main></body></html>";
    let page = parse_page(html, "x.html").unwrap();
    assert_eq!((page.reference.as_str(), page.authority.as_str()), ("21 001 002", "London Borough of Barnet"));
    assert_eq!((page.category.as_str(), page.outcome.as_str()), ("children-s-care-services", "not-upheld"));
    assert_eq!(page.summary, "Ms Y complained.\n\nWe found no fault.");
    assert_eq!(headings(&page), ["The complaint", "My assessment", "Final decision"]);
}

#[test]
fn a_page_as_a_table_with_headings_in_bold_is_read() {
    let html = r"<body><table><tr><th>Organisation</th><td>United Hospitals NHS Trust</td></tr><tr><th>Reference</th><td>16 010 636C</td></tr>
        <tr><th>Category</th><td>Health</td></tr><tr><th>Outcome</th><td>Closed after initial enquiries</td></tr>
        <tr><th>Date of decision</th><td>27/02/2018</td></tr></table>
        <p><b>The complaint</b></p><p>Mr Z <b>complained</b>.</p><p><strong>Final decision</strong></p><p>Closed.</p></body>";
    let page = parse_page(html, "x.html").unwrap();
    assert_eq!((page.reference.as_str(), page.authority.as_str()), ("16 010 636c", "United Hospitals NHS Trust"));
    assert_eq!((page.outcome.as_str(), page.decision_date.as_str()), ("closed", "2018-02-27"));
    assert_eq!((page.category.as_str(), page.subcategory.as_str()), ("health", ""));
    assert_eq!(headings(&page), ["The complaint", "Final decision"]);
    assert_eq!(page.sections[0].text, "Mr Z complained.");
}

#[test]
fn the_letter_of_a_joint_case_and_a_report_are_seen() {
    let html = OF_2019
        .replace("18 012 345", "17 002 402b")
        .replace("<h2>The Ombudsman's final decision:</h2>", "<p>Type: Public report</p>");
    let page = parse_page(&html, "x.html").unwrap();
    assert_eq!((page.reference.as_str(), page.kind.as_str()), ("17 002 402b", "report"));
}

#[test]
fn without_category_label_the_address_of_the_page_says_it_and_without_reference_the_file_name() {
    let html = OF_2019.replace("<p><strong>Category :</strong> Education &gt; School transport</p>", "");
    let page = parse_page(&html, "x.html").unwrap();
    assert_eq!((page.category.as_str(), page.subcategory.as_str()), ("education", "school-transport"));
    let html = r"<body><h1>Leeds City Council</h1><p>Organisation: Leeds City Council</p><p>Category: Housing &gt; Allocations</p>
        <p>Decision: Upheld</p><p>Decision date: 2 July 2020</p></body>";
    assert_eq!(parse_page(html, "saved/19-018-222a.htm").unwrap().reference, "19 018 222a");
}

#[test]
fn what_is_missing_is_named_with_the_file() {
    let html =
        "<body><h1>(18 012 345)</h1><p>Category: Weather</p><p>Decision: Uphelt</p><p>Decision date: soon</p></body>";
    let problems: Vec<String> = parse_page(html, "x.html").unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), 4, "{problems:?}");
    for (problem, word) in problems.iter().zip(["no body is named", "“Weather”", "“Uphelt”", "“soon”"]) {
        assert!(problem.starts_with("x.html:") && problem.contains(word), "{problem}");
    }
}

#[test]
fn any_text_gives_an_answer() {
    for html in ["", "<", "<h1>", "plain", "<table><tr><td>", "</p>\u{0}<main>", &"<div>".repeat(3000)] {
        let _ = parse_page(html, "x.html");
    }
}

/// The head of the pages since 2022, in an article of pairs.
fn article(text: &str) -> String {
    format!(
        r#"<html><head><title>24 005 444 - Local Government and Social Care Ombudsman</title></head><body>
        <nav><ul><li><a href="/decisions">Decisions</a></li></ul></nav><article id="article"><header class="articleHeader">
        <div><span class="value">Stroud District Council (24 005 444)</span></div>
        <div><span class="label">Category :</span> <span class="value"><a href="/decisions/housing">Housing</a> &gt; Homelessness</span></div>
        <div><span class="label">Decision :</span> <span class="value">Upheld</span></div>
        <div><span class="label">Decision date :</span> <span class="value">14 Mar 2025</span></div></header>
        <p><strong>The Ombudsman's final decision:</strong></p><p>Summary: Mr Q waited.</p><p>We found fault.</p>
        <h3>The complaint</h3>{text}<p>Investigator’s final decision on behalf of the Ombudsman</p><h3>Read next</h3><p>More pages</p></article></body></html>"#
    )
}

#[test]
fn an_article_of_labels_and_values_is_read() {
    let page = parse_page(&article("<p>About a flat.</p>"), "x.html").unwrap();
    assert_eq!((page.reference.as_str(), page.authority.as_str()), ("24 005 444", "Stroud District Council"));
    assert_eq!((page.category.as_str(), page.subcategory.as_str()), ("housing", "Homelessness"));
    assert_eq!((page.outcome.as_str(), page.decision_date.as_str()), ("upheld", "2025-03-14"));
    assert_eq!(page.summary, "Mr Q waited.\n\nWe found fault.");
    assert_eq!(page.sections.len(), 1, "the signature ends the decision: {:?}", page.sections);
    assert_eq!(page.sections[0].text, "About a flat.");
}

#[test]
fn labels_in_the_text_say_nothing_about_the_decision() {
    let text = "<p>Reference: 20 111 222, of an older case.</p><p>Council: to say sorry.</p><h3>Agreed action</h3>
        <dl><dt>Decision date</dt><dd>1 May 2020</dd></dl><p>Date: 2 June 2020</p><p>Decision: Not upheld</p>";
    let page = parse_page(&article(text), "x.html").unwrap();
    assert_eq!((page.reference.as_str(), page.authority.as_str()), ("24 005 444", "Stroud District Council"));
    assert_eq!((page.outcome.as_str(), page.decision_date.as_str()), ("upheld", "2025-03-14"));
    assert_eq!(page.sections[0].text, "Reference: 20 111 222, of an older case.\n\nCouncil: to say sorry.");
    assert_eq!(page.sections[1].text, "Decision date\n\n1 May 2020\n\nDate: 2 June 2020\n\nDecision: Not upheld");
}

#[test]
fn items_of_lists_keep_their_marks_and_links_of_the_site_go() {
    let text = r##"<ol start="7"><li>Mr Q says:<ol type="a"><li>it was slow;</li><li><p>it was rude.</p><p>Very.</p></li></ol></li></ol>
        <p><a href="#top">Back to top</a></p><ol start="8"><li>The Council will:<ul><li>say sorry <a href="#top">Back to top</a></li></ul></li>
        <li>9. I end.</li></ol><ol style="list-style-type: lower-roman"><li>one</li></ol>"##;
    let page = parse_page(&article(text), "x.html").unwrap();
    let lines: Vec<&str> = page.sections[0].text.split("\n\n").collect();
    assert_eq!(
        lines,
        [
            "7. Mr Q says:",
            "a) it was slow;",
            "b) it was rude.",
            "Very.",
            "8. The Council will:",
            "• say sorry",
            "9. I end.",
            "i) one"
        ]
    );
}

#[test]
fn a_table_in_the_text_keeps_its_rows() {
    let text = "<p>In time:</p><table><thead><tr><th>Day</th><th>What</th></tr></thead><tbody><tr><td>1 May</td><td><p>Mr Q</p><p>wrote</p></td></tr>
        <tr><td colspan='2'>Nothing else</td></tr></tbody></table>";
    let page = parse_page(&article(text), "x.html").unwrap();
    assert_eq!(page.sections[0].text, "In time:\n\nDay | What\n1 May | Mr Q wrote\nNothing else | ");
}

/// One page with its parts, as Chromium saves it.
fn mhtml(html: &str) -> String {
    let coded = html.replace('=', "=3D").replace('’', "=E2=80=99").replace("flat", "fl=\r\nat");
    format!(
        "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?x?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"B\"\r\n\r\n\r\n\
         --B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://www.lgo.org.uk/decisions/housing/homelessness/24-005-444\r\n\r\n{coded}\r\n\
         --B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--B--\r\n"
    )
}

#[test]
fn a_page_saved_with_its_parts_is_decoded_whatever_its_name() {
    let file = mhtml(&article("<p>About the Council’s flat.</p>"));
    for name in ["a.mhtml", "a.html", "a.csv", "a"] {
        assert!(looks_like(name, file.as_bytes()), "{name}");
    }
    let page = parse_page(&file, "a.csv").unwrap();
    assert_eq!(page.sections[0].text, "About the Council’s flat.");
    assert_eq!(page.url, "https://www.lgo.org.uk/decisions/housing/homelessness/24-005-444");
    let empty = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: image/png\r\n\r\nx\r\n--B--\r\n";
    let mut findings = Findings::default();
    assert!(sheet("a.mhtml", empty.as_bytes(), &mut findings).is_none());
    assert!(findings.problems[0].to_string().contains("without the page"), "{:?}", findings.problems);
}

#[test]
fn the_address_that_a_browser_noted_is_the_page_s_own() {
    for note in [
        "<!-- saved from url=(0070)https://www.lgo.org.uk/decisions/housing/homelessness/24-005-444 -->",
        "<!--\n Page saved with SingleFile \n url: https://www.lgo.org.uk/decisions/housing/homelessness/24-005-444 \n saved date: today\n-->",
    ] {
        let file = format!("{note}{}", article("<p>x</p>"));
        assert!(looks_like("saved", file.as_bytes()), "{note}");
        let page = parse_page(&file, "saved").unwrap();
        assert_eq!(page.url, "https://www.lgo.org.uk/decisions/housing/homelessness/24-005-444");
    }
}

#[test]
fn a_list_of_decisions_is_an_index_of_them() {
    let list = r#"<html><body><main><h1>Decisions</h1><p>Your search has 2 results</p><ul>
        <li><a href="/decisions/education/special-educational-needs/25-006-248">South Gloucestershire Council (25 006 248)</a>
        <p>Statement Upheld Special educational needs 07-Oct-2025</p><p>Summary: The Council was late.</p></li>
        <li><h2><a href="https://www.lgo.org.uk/decisions/adult-care-services/charging/24-001-994?x=1">Upheld Homes Limited (24 001 994)</a></h2>
        <p>Report Not upheld Charging 2 May 2025</p><p>Summary: No fault on 3 May 2025.</p></li>
        <li><a href="/decisions/education">Education</a></li></ul></main></body></html>"#;
    let mut findings = Findings::default();
    let sheet = sheet("list.html", list.as_bytes(), &mut findings).unwrap();
    assert!(findings.problems.is_empty(), "{:?}", findings.problems);
    let rows: Vec<Vec<&str>> =
        sheet.lines.iter().skip(1).map(|line| line.cells.iter().map(String::as_str).collect()).collect();
    assert_eq!(
        rows,
        [
            [
                "25 006 248",
                "South Gloucestershire Council",
                "statement",
                "upheld",
                "education",
                "special-educational-needs",
                "2025-10-07",
                "The Council was late.",
                "",
                "https://www.lgo.org.uk/decisions/education/special-educational-needs/25-006-248"
            ],
            [
                "24 001 994",
                "Upheld Homes Limited",
                "report",
                "not-upheld",
                "adult-care-services",
                "charging",
                "2025-05-02",
                "No fault on 3 May 2025.",
                "",
                "https://www.lgo.org.uk/decisions/adult-care-services/charging/24-001-994"
            ],
        ]
    );
}

#[test]
fn an_item_of_a_list_that_cannot_be_read_is_named() {
    let list = r#"<main><ul><li><a href="/decisions/housing/allocations/25-006-248">A Council (25 006 248)</a> soon</li></ul></main>"#;
    let mut findings = Findings::default();
    let _ = sheet("list.html", list.as_bytes(), &mut findings);
    assert!(findings.problems[0].to_string().contains("25 006 248"), "{:?}", findings.problems);
}
