//! Lists, facets, twins, joint cases, reports, withdrawal.

use super::{DECISIONS, HEADER, IMPROVEMENTS, fresh, references, site};
use crate::support::app::TestApp;
use crate::support::fixture::{import, made};

#[test]
fn words_and_facets_narrow_the_list_together() {
    let site = site();
    assert_eq!(references(site, "/decisions.json?q=homelessness+delay&sort=newest"), ["21 000 001", "19 012 345"]);
    assert_eq!(references(site, "/decisions.json?q=homelessness&council=derby-city-council"), ["19 012 345"]);
    assert_eq!(references(site, "/decisions.json?category=education&outcome=closed"), ["20 001 002"]);
    assert_eq!(
        references(site, "/decisions.json?region=South+East&kind=county&type=statement&year=2020-21"),
        ["20 001 001"]
    );
    assert_eq!(references(site, "/decisions.json?from=2018-08-01&to=2018-08-01&sort=oldest").len(), 2);
}

#[test]
fn facets_count_what_each_choice_would_leave() {
    let site = site();
    let json = site.get("/decisions.json?category=housing&outcome=upheld").json();
    let count = |facet: &str, value: &str| {
        let list = json["facets"][facet].as_array().unwrap();
        list.iter().find(|one| one["value"] == value).map_or(0, |one| one["count"].as_u64().unwrap())
    };
    assert_eq!(json["total"], 4);
    assert_eq!((count("category", "housing"), count("category", "education")), (4, 1));
    assert_eq!((count("outcome", "upheld"), count("outcome", "closed")), (4, 0));
    assert_eq!((count("council", "derby-city-council"), count("council", "no-such-council")), (1, 0));
    assert_eq!((count("type", "report"), count("type", "statement")), (2, 2));
    assert_eq!(
        (
            count("subcategory", "homelessness"),
            count("region", "Yorkshire and The Humber") + count("region", "Yorkshire and the Humber")
        ),
        (2, 3)
    );
    for (facet, parameter) in [
        ("category", "category"),
        ("outcome", "outcome"),
        ("type", "type"),
        ("year", "year"),
        ("region", "region"),
        ("kind", "kind"),
        ("council", "council"),
    ] {
        let all = site.get("/decisions.json").json();
        for one in all["facets"][facet].as_array().unwrap() {
            let value = one["value"].as_str().unwrap().replace(' ', "+");
            let chosen = site.get(&format!("/decisions.json?{parameter}={value}")).json();
            assert_eq!(chosen["total"], one["count"], "{facet} {value}");
        }
    }
}

#[test]
fn page_json_and_csv_hold_the_same_decisions() {
    let site = site();
    for query in ["", "?q=council", "?category=housing", "?q=zebra", "?outcome=upheld&sort=oldest"] {
        for list in
            ["/decisions", "/reports", "/councils/leeds-city-council/decisions", "/councils/leeds-city-council/reports"]
        {
            let json = site.get(&format!("{list}.json{query}")).json();
            let total = json["total"].as_u64().unwrap();
            let html = site.get(&format!("{list}{query}")).text();
            let listed = html.matches("<a href=\"/decisions/").count();
            let further = html.matches("Same case").count();
            assert_eq!(u64::try_from(listed - further).unwrap(), total, "{list}{query}");
            let csv = site.get(&format!("{list}.csv{query}"));
            assert_eq!(u64::try_from(csv.rows().len()).unwrap(), total, "{list}{query}");
            assert!(
                csv.header("content-type").contains("text/csv")
                    && csv.header("content-disposition").contains("attachment")
            );
        }
    }
}

#[test]
fn a_joint_case_links_its_siblings_and_each_keeps_its_outcome() {
    let site = site();
    let page = site.get("/decisions/17-002-402b").text();
    assert!(page.contains("/decisions/17-002-402a") && page.contains("Kent County Council (upheld)"), "{page}");
    assert!(page.contains("Not upheld") && page.contains("Not a council"));
    let json = site.get("/decisions/17-002-402a.json").json();
    assert_eq!((&json["decision"]["outcome"], &json["joint"][0]["outcome"]), (&"upheld".into(), &"not-upheld".into()));
    assert_eq!(json["joint"][0]["council"], serde_json::Value::Null);
    assert_eq!(references(site, "/decisions.json?council=anytown-hospitals-nhs-trust"), ["17 002 402b"]);
    assert_eq!(references(site, "/decisions.json?q=anytown+hospitals"), ["17 002 402b"]);
}

#[test]
fn a_reference_in_any_form_leads_to_the_decision_first() {
    let site = site();
    for form in ["17+002+402b", "17-002-402B", "17002402b", "17.002.402b", "Trust+(17+002+402b)"] {
        assert_eq!(references(site, &format!("/decisions.json?q={form}")), ["17 002 402b", "17 002 402a"], "{form}");
    }
    assert_eq!(site.get("/decisions/17002402B").status, 301);
    assert_eq!(site.get("/decisions/99-999-999").status, 404);
}

#[test]
fn a_mistyped_council_name_is_put_right() {
    let site = site();
    let json = site.get("/decisions.json?q=derbey+homelessness").json();
    assert_eq!((&json["total"], &json["corrected"]["council"]), (&1.into(), &"derby-city-council".into()));
    assert!(site.get("/decisions?q=derbey+homelessness").text().contains("Nothing holds “derbey”"));
    // The next word is another word, and not part of the name.
    assert_eq!(site.get("/decisions.json?q=derbey+extension").json()["total"], 1);
    assert_eq!(site.get("/decisions.json?q=derbey+bus").json()["total"], 0);
}

#[test]
fn stems_phrases_and_unfinished_words_are_found_and_marked() {
    let site = site();
    assert_eq!(references(site, "/decisions.json?q=delaying+applications").len(), 2);
    assert_eq!(references(site, "/decisions.json?q=%22school+bus%22"), ["20 001 001"]);
    assert_eq!(references(site, "/decisions.json?q=%22bus+school%22").len(), 0);
    assert_eq!(references(site, "/decisions.json?q=neighb"), ["19 012 346"]);
    assert!(site.get("/decisions?q=delaying").text().contains("<mark>delayed</mark>"));
    let text = site.get("/decisions?q=klaxon").text();
    assert!(text.contains("In the text") && text.contains("<mark>klaxon</mark>"), "{text}");
}

#[test]
fn summary_and_subject_rank_before_the_text() {
    let site = site();
    // The newer one has the word only in its text.
    assert_eq!(references(site, "/decisions.json?q=extension"), ["19 012 346", "22 004 005"]);
    assert_eq!(references(site, "/decisions.json?q=extension&sort=newest"), ["22 004 005", "19 012 346"]);
    assert!(
        site.get("/decisions?q=extension").text().contains("Best match first: decisions with every word in summary")
    );
    assert!(!site.get("/decisions?q=extension&sort=newest").text().contains("Best match first"));
}

#[test]
fn the_best_match_depends_on_where_the_words_stand_and_on_the_day_however_many_there_are() {
    let row = |number: usize| {
        // Every second has the word only in its text. Neither the length of a summary nor how often it holds the
        // word counts, nor the order in which the decisions came. The other word is in the body's name.
        let (summary, text) = match number % 2 {
            0 => (format!("A klaxon{}.", " klaxon and a very long story".repeat(number % 7)), "Noise."),
            _ => ("Something was loud.".to_owned(), "It was a klaxon."),
        };
        let sections = format!(r#""[{{""heading"":""The complaint"",""text"":""{text}""}}]""#);
        let (month, day) = (1 + number * 5 % 12, 1 + number * 11 % 28);
        format!(
            "30 000 {number:03},Derby City Council,statement,upheld,housing,,2020-{month:02}-{day:02},{summary},{sections}\n"
        )
    };
    let header = "reference,authority,type,outcome,category,subcategory,decision_date,summary,sections\n";
    for count in [8, 60] {
        let rows: String = (0..count).map(row).collect();
        let site = TestApp::owning(made(&[("decisions", "klaxons.csv", &format!("{header}{rows}"))]));
        let mut found = Vec::new();
        for page in 1..=count.div_ceil(25) {
            let json = site.get(&format!("/decisions.json?q=derby+klaxon&page={page}")).json();
            found.extend(json["decisions"].as_array().unwrap().iter().map(|one| {
                let of = |field: &str| one[field].as_str().unwrap().to_owned();
                (of("summary").contains("klaxon"), of("decision_date"), of("reference"))
            }));
        }
        assert_eq!(found.len(), count);
        let mut expected = found.clone();
        expected.sort_by(|one, other| (other.0, &other.1).cmp(&(one.0, &one.1)));
        assert_eq!(found, expected);
        expected.sort_by(|one, other| one.2.cmp(&other.2));
        expected.dedup();
        assert_eq!(found.len(), expected.len(), "no decision stands on two pages");
    }
}

#[test]
fn words_that_are_not_looked_for_are_named() {
    let site = site();
    let query = "q=the+council+delayed+another+homelessness+application+and+did+not+review+bed+breakfast+zebra+unicorn";
    let json = site.get(&format!("/decisions.json?{query}")).json();
    assert_eq!((&json["total"], &json["ignored"]), (&1.into(), &serde_json::json!(["zebra", "unicorn"])));
    let page = site.get(&format!("/decisions?{query}")).text();
    assert!(page.contains("looks for its first 12 words. Not looked for: “zebra”, “unicorn”."), "{page}");
    assert!(!site.get("/decisions?q=homelessness").text().contains("Not looked for"));
    // A text that is cut for its length has the address of its beginning.
    let long = ["homelessness"; 60].join("+");
    assert_eq!(site.get(&format!("/decisions.json?q={long}+zebra")).json()["ignored"], serde_json::json!(["zebra"]));
    assert_eq!(site.get(&format!("/decisions.json?q={long}")).json()["ignored"], serde_json::json!([]));
}

#[test]
fn a_decision_shows_its_text_source_and_who_else_had_the_fault() {
    let site = site();
    let page = site.get("/decisions/22-004-005").text();
    for part in ["Mr Q could not sleep", "Agreed action", "The Council will measure.", "22-004-005.html", "Noise"] {
        assert!(page.contains(part), "{part}");
    }
    let json = site.get("/decisions/19-012-345.json").json();
    assert_eq!(json["similar"][0]["reference"], "21 000 001");
    assert_eq!(
        json["similar"][0]["improvements"][0]["summary"],
        "The Council will review every stay in bed and breakfast."
    );
    assert_eq!(json["source"]["row"], 2);
}

#[test]
fn a_decision_upheld_without_an_investigation_says_why_and_shows_its_table() {
    let page = site().get("/decisions/22-004-005").text();
    assert!(page.contains("Upheld without an investigation"), "{page}");
    assert!(page.contains("<th scope=\"col\">Hour</th>") && page.contains("<td>at the gate</td>"), "{page}");
    for other in ["20-001-002", "19-012-345"] {
        assert!(!site().get(&format!("/decisions/{other}")).text().contains("without an investigation"), "{other}");
    }
}

#[test]
fn reports_show_why_they_matter_their_document_and_further_reports() {
    let site = site();
    assert_eq!(references(site, "/reports.json"), ["18 003 003a", "18 003 003"]);
    assert_eq!(references(site, "/councils/leeds-city-council/reports.json").len(), 2);
    assert_eq!(references(site, "/councils/derby-city-council/reports.json").len(), 0);
    let page = site.get("/reports").text();
    assert!(page.contains("https://www.lgo.org.uk/report.pdf") && page.contains("Same case"), "{page}");
    assert!(page.contains("Why it matters"), "{page}");
}

#[test]
fn unknown_choices_are_named_and_pages_beyond_the_end_are_not_found() {
    let site = site();
    for query in ["colour=red", "outcome=maybe", "page=0", "council=nowhere", "from=yesterday", "q=a&q=b", "sort=up"] {
        let page = site.get(&format!("/decisions?{query}"));
        assert_eq!(page.status, 400, "{query}");
    }
    assert_eq!(site.get("/councils/derby-city-council/decisions?council=leeds-city-council").status, 400);
    for address in ["/decisions?page=900", "/decisions.json?page=900", "/reports?page=900"] {
        let beyond = site.get(address);
        assert_eq!(beyond.status, 404, "{address}");
        assert!(beyond.text().contains("There is no page 900; the last one is 1."), "{}", beyond.text());
    }
}

#[test]
fn a_withdrawn_decision_is_nowhere() {
    let site = fresh();
    assert!(site.get("/sitemap.xml").text().contains("/decisions/21-000-001<"));
    let before = site.get("/decisions.json").json()["total"].as_u64().unwrap();
    // Corrections name it in the log of changes, and a saved page brings its reference in its own name.
    let corrected = DECISIONS.lines().last().unwrap().replace("2022-01-10", "2022-01-11");
    site.import("decisions", "corrected.csv", &format!("{HEADER}{corrected}\n"));
    site.import("improvements", "corrected.csv", &IMPROVEMENTS.replace("2022-04-01", "2022-04-02"));
    assert_eq!(site.get("/changes").text().matches("21 000 001").count(), 2);
    site.import("decisions", "withdrawn.csv", "reference,withdrawn_on\n21 000 001,2024-01-01\n22 004 005,2024-01-01\n");
    assert_eq!(site.get("/decisions/21-000-001").status, 404);
    assert_eq!(site.get("/decisions.json").json()["total"].as_u64().unwrap(), before - 2);
    assert_eq!(site.get("/decisions.json?q=homelessness").json()["total"], 1);
    assert_eq!(site.get("/decisions.json?q=21+000+001").json()["total"], 0);
    for path in [
        "/decisions.csv",
        "/councils/leeds-city-council/decisions",
        "/sitemap.xml",
        "/decisions/19-012-345",
        "/decisions.json",
        "/improvements",
        "/changes",
        "/changes.json",
        "/data/changes.csv",
    ] {
        let body = site.get(path).text();
        assert!(!body.contains("21 000 001") && !body.contains("21-000-001"), "{path}");
    }
    let file = site.edition();
    for trace in ["21-000-001", "21 000 001", "22-004-005", "another homelessness application"] {
        assert!(!file.windows(trace.len()).any(|window| window == trace.as_bytes()), "{trace} is still in the file");
    }
    // That something was withdrawn is told, and not what.
    let log = site.get("/changes.json").json();
    let lines = log["releases"][0]["changes"].as_array().unwrap();
    let told: Vec<&str> = lines.iter().map(|one| one["noun"].as_str().unwrap()).collect();
    assert_eq!(told, ["decision", "improvement", "decision"]);
    assert!(
        lines.iter().all(|one| one["action"] == "removed" && one["what"] == "withdrawn" && one["council"].is_null())
    );
    // A later list that still holds it does not bring it back.
    import(
        site.data(),
        "decisions",
        "again.csv",
        &format!("{HEADER}21 000 001,Leeds City Council,statement,upheld,housing,homelessness,2022-01-10,Back.,,\n"),
    );
    assert_eq!(site.get("/decisions/21-000-001").status, 404);
}

#[test]
fn a_body_of_which_every_decision_was_withdrawn_is_nowhere() {
    let site = fresh();
    assert_eq!(site.get("/decisions?council=anytown-hospitals-nhs-trust").status, 200);
    site.import("decisions", "withdrawn.csv", "reference,withdrawn_on\n17 002 402b,2024-01-01\n");
    assert_eq!(site.get("/decisions?council=anytown-hospitals-nhs-trust").status, 400);
    let trace = b"Anytown Hospitals";
    assert!(!site.edition().windows(trace.len()).any(|window| window == trace));
}

#[test]
fn empty_cells_never_erase_what_is_known_of_a_decision() {
    let site = fresh();
    let row = "22 004 005,Plymouth City Council,statement,not-upheld,environment-and-regulation,,2023-03-03,,,\n";
    site.import("decisions", "corrected.csv", &format!("{HEADER}{row}"));
    let decision = &site.get("/decisions/22-004-005.json").json()["decision"];
    assert_eq!((&decision["outcome"], &decision["subcategory"]), (&"not-upheld".into(), &"noise".into()));
    assert_eq!(decision["sections"].as_array().unwrap().len(), 2);
    assert!(decision["summary"].as_str().unwrap().contains("noise of an alarm"));
}

#[test]
fn a_joint_case_asked_for_without_its_letter_leads_to_its_decisions() {
    let page = site().get("/decisions/17-002-402");
    assert_eq!(page.status, 404);
    assert!(page.text().contains("/decisions/17-002-402a") && page.text().contains("/decisions/17-002-402b"));
}

#[test]
fn a_corrected_decision_keeps_its_facts_in_the_log_and_never_its_former_text() {
    let site = fresh();
    let corrected =
        "19 012 345,Derby City Council,statement,not-upheld,housing,allocations,2020-05-04,Another text.,,\n";
    site.import("decisions", "corrected.csv", &format!("{HEADER}{corrected}"));
    let log = site.get("/changes.json").json();
    let line = &log["releases"][0]["changes"][0];
    assert_eq!((&line["council"], &line["what"]), (&"derby-city-council".into(), &"19 012 345".into()));
    // The empty address of the corrected row does not erase the one that is known.
    assert_eq!(line["old"], "outcome upheld, subcategory homelessness, former text");
    assert_eq!(line["new"], "outcome not-upheld, subcategory allocations, text as now shown");
    let file = site.edition();
    let trace = b"left a family in bed and breakfast";
    assert!(!file.windows(trace.len()).any(|window| window == trace), "a text may be corrected to protect a person");
}
