//! The words that decision pages of all years share: labels of values and headings of parts.

pub(super) const OUTCOME: &[&str] = &["decision", "outcome", "final decision"];
pub(super) const DATE: &[&str] = &["decision date", "date of decision", "date decided", "decided", "date"];
pub(super) const BODY: &[&str] =
    &["organisation", "body", "body in jurisdiction", "council", "authority", "complaint about"];
pub(super) const REFERENCE: &[&str] =
    &["reference", "reference number", "case reference", "complaint reference", "ref", "case number"];

/// Headings that open a part of the text, by how they begin; also known where a page sets them in bold only.
pub(super) const PARTS: [&str; 19] = [
    "the complaint",
    "summary",
    "the ombudsman's role",
    "our role",
    "legal and administrative background",
    "how i considered",
    "how we considered",
    "what i found",
    "what we found",
    "what i have",
    "my assessment",
    "analysis",
    "background",
    "finding",
    "agreed action",
    "recommended action",
    "recommendation",
    "final decision",
    "decision",
];
/// Headings after which the summary stands.
pub(super) const OPENINGS: [&str; 2] = ["the ombudsman's final decision", "the ombudsman's decision"];
/// Headings of the page around the decision.
pub(super) const FRAME: [&str; 9] = [
    "the ombudsman's final decision",
    "the ombudsman's decision",
    "decision statement",
    "related",
    "share",
    "print",
    "investigator",
    "cookies",
    "contact",
];

/// Links and lines of the site that stand among the text.
const FURNITURE: [&str; 8] = [
    "back to top",
    "return to top",
    "top of page",
    "back to top of page",
    "print this page",
    "share this page",
    "skip to main content",
    "skip to content",
];

/// Whether a text is a link or line of the site among the text.
pub(super) fn is_page_furniture(text: &str) -> bool {
    let text = tidy(text).to_lowercase();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    FURNITURE.contains(&text)
}

/// Whether a line is the signature, after which nothing belongs to the decision.
pub(super) fn is_signature(text: &str) -> bool {
    let text = text.to_lowercase().replace(['’', '‘'], "'");
    text.starts_with("investigator's") && text.contains("on behalf of the ombudsman") && text.chars().count() <= 100
}

pub(super) fn is_label(text: &str) -> bool {
    let name = label_name(text);
    let known = [OUTCOME, DATE, BODY, REFERENCE, &["category", "summary", "type", "decision type", "document type"]];
    known.iter().any(|names| names.contains(&name.as_str()))
}

pub(super) fn label_name(text: &str) -> String {
    tidy(text).trim_end_matches([':', ' ']).to_lowercase()
}

/// One line with single spaces; no-break spaces count as spaces.
pub(super) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn begins_with(text: &str, starts: &[&str]) -> bool {
    let text = text.to_lowercase().replace(['’', '‘'], "'");
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    starts.iter().any(|start| text.starts_with(start))
}
