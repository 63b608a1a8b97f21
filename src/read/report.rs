//! What readers look for in a public report: why it matters, and what was agreed.

use crate::domain::decision::{DecisionType, Section};

/// Why the report was issued: its own part on it, else the sentence of the summary that says so.
pub fn why_it_matters(kind: DecisionType, summary: &str, sections: &[Section]) -> Option<String> {
    if kind != DecisionType::Report {
        return None;
    }
    let part = sections.iter().find(|section| section.heading.to_lowercase().starts_with("why "));
    part.map(|section| section.text.clone()).or_else(|| {
        let says_why = |sentence: &&str| {
            let sentence = sentence.to_lowercase();
            ["public report because", "report because", "public interest", "lessons"]
                .iter()
                .any(|words| sentence.contains(words))
        };
        summary.split_inclusive(". ").map(str::trim).find(says_why).map(str::to_owned)
    })
}

/// What the body agreed to do, or was asked to.
pub fn agreed(sections: &[Section]) -> Option<&str> {
    ["agreed action", "agreed remedy", "remedy", "recommend"].iter().find_map(|start| {
        let part = sections.iter().find(|section| section.heading.to_lowercase().starts_with(start));
        part.map(|section| section.text.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_that_says_why_is_found_in_reports_only() {
        let summary = "Ms X waited. We issued this public report because others wait too. The Council agreed.";
        let why = why_it_matters(DecisionType::Report, summary, &[]);
        assert_eq!(why.as_deref(), Some("We issued this public report because others wait too."));
        assert_eq!(why_it_matters(DecisionType::Statement, summary, &[]), None);
    }

    #[test]
    fn the_agreed_action_is_known_by_its_heading() {
        let part = |heading: &str| Section { heading: heading.to_owned(), text: "Pay.".to_owned() };
        assert_eq!(agreed(&[part("The complaint"), part("Agreed actions")]), Some("Pay."));
        assert_eq!(agreed(&[part("The complaint")]), None);
    }
}
