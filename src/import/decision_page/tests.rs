//! Pages of several years' layouts, written after the labels, headings and order of published decisions.

use super::*;

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
    assert_eq!(page.sections[0].text, "Mrs X says: the bus never came.\n\nIt was late.");
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
