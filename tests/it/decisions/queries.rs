//! Any input gives an answer.

use proptest::prelude::*;

use super::site;
use crate::support::app::encoded;

/// Two hundred things that people and programs type.
fn list() -> Vec<String> {
    let words = ["council", "homelessness", "school", "Derby", "noise", "delay", "Mrs X", "19 012 345"];
    let shapes = [
        "{}",
        "{}'s",
        "'{}'",
        "\"{}\"",
        "\"{}",
        "{}\"",
        "-{}",
        "{}-",
        "({})",
        "(({}",
        "{}))",
        "{} AND",
        "AND {}",
        "{} OR {}",
        "{} NOT {}",
        "NEAR({}, 5)",
        "{}*",
        "*{}",
        "^{}",
        "summary:{}",
    ];
    let mut all: Vec<String> =
        words.iter().flat_map(|word| shapes.iter().map(|shape| shape.replace("{}", word))).collect();
    let odd = [
        "",
        " ",
        "\"",
        "\"\"",
        "''",
        "-",
        "--",
        "*",
        "^",
        "(",
        ")",
        "()",
        ":",
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR/3",
        "the and of a",
        "the",
        "🙂",
        "🙂 council",
        "é",
        "ÉCOLE",
        "ﬁne",
        "’",
        "“council”",
        "\u{0}",
        "council\u{0}",
        "\u{202e}abc",
        "\u{e000}x\u{e001}",
        "%",
        "_",
        "\\",
        "<script>alert(1)</script>",
        "{summary} : x",
        "a b c d e f g h i j k l m n o p",
        "19-012-345",
        "19012345",
        "19.012.345",
        "17 002 402b",
        "19 012",
        "SELECT * FROM decisions",
        "'; DROP TABLE decisions; --",
    ];
    all.extend(odd.iter().map(|text| (*text).to_owned()));
    all.extend(["x".repeat(10_000), "council ".repeat(1_250), "\"".repeat(10_000), "🙂".repeat(2_500)]);
    all
}

#[test]
fn two_hundred_odd_queries_answer_with_a_sensible_page() {
    let site = site();
    let queries = list();
    assert!(queries.len() >= 200, "{}", queries.len());
    for query in queries {
        let page = site.get(&format!("/decisions?q={}", encoded(&query)));
        let shown: String = query.chars().take(60).collect();
        assert_eq!(page.status, 200, "{shown:?}");
        assert!(page.text().contains("<h1>") && page.text().ends_with("</html>"), "{shown:?}");
        assert!(page.text().contains("Nothing found") || page.text().contains("Showing 1 to"), "{shown:?}");
        assert!(!page.text().contains("<script>alert"), "{shown:?}");
    }
}

/// Anything at all, and what the syntax of full text searches is made of.
fn anything() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[\\PC]{0,12}",
        prop::sample::select(vec![
            "\"",
            "'",
            "(",
            ")",
            "*",
            "^",
            "-",
            ":",
            "{",
            "}",
            " AND ",
            " OR ",
            " NOT ",
            " NEAR(",
            "summary:",
            "council",
            "hous*",
            "19 012 345",
            "19-012-345b",
            "\0",
            "\u{200d}",
            "é",
            "ﬁ",
            "%",
            "_",
            "\\",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

#[test]
fn any_words_find_something_or_nothing_and_never_fail() {
    let site = site();
    proptest!(ProptestConfig::with_cases(200), |(words in anything())| {
        let address = format!("/decisions.json?q={}", encoded(&words));
        let answer = site.get(&address);
        prop_assert_eq!(answer.status, 200, "{:?}", words);
        prop_assert!(answer.json()["total"].is_u64(), "{:?}", words);
    });
}

#[test]
fn words_that_every_text_holds_find_something_and_words_of_nothing_offer_help() {
    let site = site();
    assert!(site.get("/decisions?q=the+and+of+a").status == 200);
    assert!(site.get("/decisions.json?q=the").json()["total"].as_u64().unwrap() > 5);
    let nothing = site.get("/decisions?q=zebra+homelessness").text();
    assert!(nothing.contains("Nothing found") && nothing.contains("try fewer"), "{nothing}");
    assert!(!nothing.contains("Narrow down"), "there is nothing to narrow: {nothing}");
    let unknown = site.get("/decisions?q=99+999+999").text();
    assert!(unknown.contains("No decision 99 999 999 is published here"), "{unknown}");
}
