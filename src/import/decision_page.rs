//! Saved pages of the Ombudsman's decisions: HTML of any year, read into the columns of the canonical file.
//!
//! The layout of these pages has changed over the years; what stays are the labels (Category, Decision,
//! Decision date), the headings of the parts and their order. So a page is first flattened into a list of
//! headings, labelled values and paragraphs, and only that is interpreted. Text is all that is taken:
//! scripts and styles are dropped, markup never survives.

use jiff::civil::Date;
use scraper::{ElementRef, Html, Node, Selector};

use super::problems::{Findings, quoted};
use super::sheet::{Line, Sheet, decode};
use crate::domain::decision::{Category, Outcome, Reference, Section};
use crate::domain::location::{Location, Problem};

/// What a page says, as texts of the canonical columns; the reader of tables checks them further.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RawDecision {
    /// Reference with its letter.
    pub(super) reference: String,
    /// Name of the body as written.
    pub(super) authority: String,
    /// `statement` or `report`.
    pub(super) kind: String,
    /// Word of the outcome.
    pub(super) outcome: String,
    /// Word of the category.
    pub(super) category: String,
    /// Words of the subcategory; empty where there is none.
    pub(super) subcategory: String,
    /// ISO date.
    pub(super) decision_date: String,
    /// Summary; empty where the page has none.
    pub(super) summary: String,
    /// Parts of the text in their order.
    pub(super) sections: Vec<Section>,
    /// Address that the page gives as its own.
    pub(super) url: String,
}

/// A piece of a page, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Block {
    Heading(String),
    Labelled(String, String),
    Paragraph(String),
}

/// Elements whose text is no part of a decision.
const NOT_TEXT: [&str; 15] = [
    "script", "style", "noscript", "template", "svg", "iframe", "object", "form", "button", "select", "nav", "header",
    "footer", "aside", "head",
];
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
/// Elements that end a paragraph.
const BLOCKS: [&str; 14] =
    ["p", "div", "li", "ul", "ol", "section", "article", "main", "tr", "table", "tbody", "blockquote", "dl", "br"];

/// Headings that open a part of the text, by how they begin; also known where a page sets them in bold only.
const PARTS: [&str; 19] = [
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
/// Headings of the page around the decision.
const FRAME: [&str; 9] = [
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

/// Reads a page. Whatever is missing or not understood is a problem that names the file.
pub(super) fn parse_page(html: &str, file: &str) -> Result<RawDecision, Vec<Problem>> {
    let page = Html::parse_document(html);
    let facts = Facts::of(&page);
    let mut problems = Vec::new();
    let mut miss = |found: String, expected: &str| {
        problems.push(Problem::new(Location::file(file), found, expected));
        String::new()
    };
    let reference = facts.reference(file);
    let reference = reference.map_or_else(
        || miss("no case reference".to_owned(), "one like 19 012 345 in the heading"),
        |one| one.to_string(),
    );
    let authority = facts.authority().unwrap_or_else(|| {
        miss("no body is named".to_owned(), "its name before the reference in the heading, or after “Organisation”")
    });
    let (category, subcategory) = facts.subject().map_or_else(
        || {
            let found = facts
                .label(&["category"])
                .map_or("no category".to_owned(), |text| format!("unknown category {}", quoted(text)));
            (miss(found, "“Category : Education > School transport”"), String::new())
        },
        |(category, subcategory)| (category.word().to_owned(), subcategory),
    );
    let outcome = facts.outcome().map_or_else(
        || {
            let found = facts
                .label(OUTCOME)
                .map_or("no outcome".to_owned(), |text| format!("unknown outcome {}", quoted(text)));
            miss(found, "Upheld, Not upheld or Closed after initial enquiries after “Decision”")
        },
        |outcome| outcome.word().to_owned(),
    );
    let decision_date = facts.date().map_or_else(
        || {
            let found =
                facts.label(DATE).map_or("no date".to_owned(), |text| format!("{} is not a date", quoted(text)));
            miss(found, "a day like 22 November 2019 after “Decision date”")
        },
        |day| day.to_string(),
    );
    if !problems.is_empty() {
        return Err(problems);
    }
    let (summary, sections) = facts.text();
    Ok(RawDecision {
        reference,
        authority,
        kind: if facts.is_report() { "report" } else { "statement" }.to_owned(),
        outcome,
        category,
        subcategory,
        decision_date,
        summary,
        sections,
        url: facts.url.clone().unwrap_or_default(),
    })
}

/// Whether a file is a saved page, by its name or how it begins.
pub(super) fn looks_like(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let start: Vec<u8> = bytes.trim_ascii_start().iter().take(14).map(u8::to_ascii_lowercase).collect();
    let opens = [&b"<!doctype html"[..], b"<html"].iter().any(|word| start.starts_with(word));
    opens || [".html", ".htm", ".xhtml"].iter().any(|end| name.ends_with(end))
}

/// A page as a table of one row, so that it passes the same checks as every other decision.
pub(super) fn sheet(name: &str, bytes: &[u8], findings: &mut Findings) -> Option<Sheet> {
    let page = match parse_page(&decode(bytes), name) {
        Ok(page) => page,
        Err(mut problems) => {
            findings.problems.append(&mut problems);
            return None;
        }
    };
    let parts: Vec<_> =
        page.sections.iter().map(|part| serde_json::json!({"heading": part.heading, "text": part.text})).collect();
    let cells = [
        ("reference", page.reference),
        ("authority", page.authority),
        ("type", page.kind),
        ("outcome", page.outcome),
        ("category", page.category),
        ("subcategory", page.subcategory),
        ("decision_date", page.decision_date),
        ("summary", page.summary),
        ("sections", serde_json::Value::from(parts).to_string()),
        ("url", page.url),
    ];
    let header = Line { number: 1, cells: cells.iter().map(|(name, _)| (*name).to_owned()).collect() };
    let row = Line { number: 1, cells: cells.into_iter().map(|(_, text)| text).collect() };
    Some(Sheet { place: Location::file(name), lines: vec![header, row] })
}

const OUTCOME: &[&str] = &["decision", "outcome", "final decision"];
const DATE: &[&str] = &["decision date", "date of decision", "date decided", "decided", "date"];
const BODY: &[&str] = &["organisation", "body", "body in jurisdiction", "council", "authority", "complaint about"];
const REFERENCE: &[&str] =
    &["reference", "reference number", "case reference", "complaint reference", "ref", "case number"];

/// The blocks of a page with what its head says.
struct Facts {
    blocks: Vec<Block>,
    title: String,
    url: Option<String>,
}

impl Facts {
    fn of(page: &Html) -> Self {
        let first = |selector: &str| {
            let selector = Selector::parse(selector).ok()?;
            page.select(&selector).next()
        };
        let content = ["main", "[role=main]", "article", "#content", "body"]
            .iter()
            .filter_map(|selector| first(selector))
            .find(|element| !element.text().all(|text| text.trim().is_empty()));
        let mut flat = Flattener::default();
        if let Some(content) = content {
            flat.walk(content);
            flat.end();
        }
        let url = first("link[rel=canonical]")
            .and_then(|link| link.attr("href"))
            .or_else(|| first("meta[property='og:url']").and_then(|meta| meta.attr("content")));
        Self {
            blocks: flat.blocks,
            title: first("title").map(|title| tidy(&title.text().collect::<String>())).unwrap_or_default(),
            url: url.filter(|url| super::is_url(url)).map(str::to_owned),
        }
    }

    /// The first value with one of these labels.
    fn label(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.blocks.iter().find_map(|block| match block {
                Block::Labelled(label, value) if label == name => Some(value.as_str()),
                _ => None,
            })
        })
    }

    /// Headings in their order, then the title: where the body and its reference stand.
    fn headings(&self) -> impl Iterator<Item = &str> {
        let headings = self.blocks.iter().filter_map(|block| match block {
            Block::Heading(text) => Some(text.as_str()),
            _ => None,
        });
        headings.chain([self.title.as_str()])
    }

    fn reference(&self, file: &str) -> Option<Reference> {
        let stem = file.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = stem.rsplit_once('.').map_or(stem, |(before, _)| before);
        let address = self.url.as_deref().and_then(|url| url.trim_end_matches('/').rsplit('/').next());
        self.label(REFERENCE)
            .and_then(reference_in)
            .or_else(|| self.headings().find_map(reference_in))
            .or_else(|| address.and_then(reference_in))
            .or_else(|| reference_in(stem))
    }

    fn authority(&self) -> Option<String> {
        let before_reference = |text: &str| {
            let at = text.char_indices().find_map(|(at, _)| {
                let rest = text.get(at..)?;
                rest.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
                starts_with_reference(rest).then_some(at)
            })?;
            let name = text.get(..at)?.trim_end_matches([' ', '(', '-', '–', '—', ':', '|', ',']).trim();
            (name.chars().filter(|c| c.is_alphabetic()).count() >= 3).then(|| name.to_owned())
        };
        self.label(BODY)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .or_else(|| self.headings().find_map(before_reference))
    }

    /// Category and subcategory: as labelled, else as the page's own address has them.
    fn subject(&self) -> Option<(Category, String)> {
        let labelled = self.label(&["category"]).and_then(|text| {
            let mut parts = text.split(['>', '›', '»', '/']).map(str::trim);
            let category = category(parts.next()?)?;
            Some((category, parts.next().unwrap_or_default().to_owned()))
        });
        labelled.or_else(|| {
            let mut parts = self.url.as_deref()?.split("/decisions/").nth(1)?.split('/');
            let category = category(parts.next()?)?;
            let subcategory = parts.next().filter(|part| reference_in(part).is_none()).unwrap_or_default();
            Some((category, subcategory.to_owned()))
        })
    }

    fn outcome(&self) -> Option<Outcome> {
        let text = self.label(OUTCOME)?.to_lowercase();
        if text.starts_with("not upheld") || text.starts_with("not-upheld") {
            Some(Outcome::NotUpheld)
        } else if text.starts_with("upheld") || text.starts_with("report issued: upheld") {
            Some(Outcome::Upheld)
        } else if text.starts_with("closed") {
            Some(Outcome::Closed)
        } else {
            None
        }
    }

    fn date(&self) -> Option<Date> {
        DATE.iter().filter_map(|name| self.label(&[name])).find_map(day)
    }

    fn is_report(&self) -> bool {
        let labelled = self
            .label(&["type", "decision type", "document type"])
            .is_some_and(|text| text.to_lowercase().contains("report"));
        let headed = self.headings().any(|text| {
            let text = text.to_lowercase();
            ["public report", "report by the local government", "public interest report"]
                .iter()
                .any(|start| text.starts_with(start))
        });
        labelled || headed
    }

    /// Summary and parts: everything after the first heading of a part.
    fn text(&self) -> (String, Vec<Section>) {
        let mut summary = self.label(&["summary"]).map(str::to_owned).unwrap_or_default();
        let mut sections: Vec<Section> = Vec::new();
        let mut open: Option<Section> = None;
        for block in &self.blocks {
            match block {
                Block::Heading(text) => {
                    sections.extend(open.take());
                    if begins_with(text, &PARTS) && !begins_with(text, &FRAME) {
                        open = Some(Section { heading: text.clone(), text: String::new() });
                    } else if !sections.is_empty() && !begins_with(text, &FRAME) {
                        // A heading between the known ones is a part too; one after the frame began is not.
                        open = Some(Section { heading: text.clone(), text: String::new() });
                    }
                }
                Block::Paragraph(text) => {
                    if let Some(section) = &mut open {
                        if !section.text.is_empty() {
                            section.text.push_str("\n\n");
                        }
                        section.text.push_str(text);
                    }
                }
                Block::Labelled(label, value) => {
                    if let Some(section) = &mut open
                        && label != "summary"
                    {
                        section.text.push_str(&format!(
                            "{}{label}: {value}",
                            if section.text.is_empty() { "" } else { "\n\n" }
                        ));
                    }
                }
            }
        }
        sections.extend(open);
        sections.retain(|section| !section.text.is_empty());
        if let Some(place) = sections.iter().position(|section| section.heading.eq_ignore_ascii_case("summary")) {
            let own = sections.remove(place);
            if summary.is_empty() {
                summary = own.text;
            }
        }
        (summary, sections)
    }
}

/// Walks a page and notes headings, labelled values and paragraphs.
#[derive(Default)]
struct Flattener {
    blocks: Vec<Block>,
    text: String,
    bold: usize,
    plain: bool,
    term: Option<String>,
}

impl Flattener {
    fn walk(&mut self, element: ElementRef<'_>) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => {
                    if self.bold == 0 && !text.trim().is_empty() {
                        self.plain = true;
                    }
                    self.text.push_str(text);
                }
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        if NOT_TEXT.contains(&name) && !(name == "header" && element.descendants().any(|node| is_h1(node.value()))) {
            return;
        }
        if HEADINGS.contains(&name) {
            self.end();
            self.walk(element);
            let text = tidy(&std::mem::take(&mut self.text));
            if !text.is_empty() {
                self.blocks.push(Block::Heading(text));
            }
            self.plain = false;
        } else if name == "dt" || name == "th" {
            self.end();
            self.walk(element);
            self.term = Some(label_name(&std::mem::take(&mut self.text)));
            self.plain = false;
        } else if name == "dd" || name == "td" {
            self.walk(element);
            if let Some(term) = self.term.take() {
                let value = tidy(&std::mem::take(&mut self.text));
                self.blocks.push(Block::Labelled(term, value));
            } else {
                self.end();
            }
            self.plain = false;
        } else if name == "strong" || name == "b" {
            self.bold += 1;
            self.walk(element);
            self.bold -= 1;
        } else if BLOCKS.contains(&name) {
            self.end();
            self.walk(element);
            self.end();
        } else {
            self.walk(element);
        }
    }

    /// Ends a paragraph: a label with its value, a heading set in bold, or plain text.
    fn end(&mut self) {
        let text = tidy(&std::mem::take(&mut self.text));
        let plain = std::mem::take(&mut self.plain);
        if text.is_empty() {
            return;
        }
        let block = match text.split_once(':') {
            Some((label, value)) if is_label(label) => Block::Labelled(label_name(label), value.trim().to_owned()),
            _ if !plain && text.chars().count() <= 80 && begins_with(&text, &PARTS) => Block::Heading(text),
            _ => Block::Paragraph(text),
        };
        // A label alone on its line has its value in the next block.
        if let (Some(Block::Labelled(_, value)), Block::Paragraph(text)) = (self.blocks.last_mut(), &block)
            && value.is_empty()
        {
            value.clone_from(text);
            return;
        }
        self.blocks.push(block);
    }
}

fn is_h1(node: &Node) -> bool {
    node.as_element().is_some_and(|element| element.name() == "h1")
}

fn is_label(text: &str) -> bool {
    let name = label_name(text);
    let known = [OUTCOME, DATE, BODY, REFERENCE, &["category", "summary", "type", "decision type", "document type"]];
    known.iter().any(|names| names.contains(&name.as_str()))
}

fn label_name(text: &str) -> String {
    tidy(text).trim_end_matches([':', ' ']).to_lowercase()
}

/// One line with single spaces; no-break spaces count as spaces.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn begins_with(text: &str, starts: &[&str]) -> bool {
    let text = text.to_lowercase().replace(['’', '‘'], "'");
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    starts.iter().any(|start| text.starts_with(start))
}

fn category(text: &str) -> Option<Category> {
    let slug = |text: &str| {
        crate::domain::council::Slug::from_name(&text.replace(['’', '\''], "-")).map(|slug| slug.to_string())
    };
    let wanted = slug(text)?;
    Category::ALL
        .iter()
        .copied()
        .find(|one| one.word() == wanted || slug(one.title()).as_deref() == Some(wanted.as_str()))
}

/// The first reference that a text holds: two, three and three digits and perhaps a letter.
fn reference_in(text: &str) -> Option<Reference> {
    text.char_indices().find_map(|(at, first)| {
        let alone = text.get(..at)?.chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        if !first.is_ascii_digit() || !alone {
            return None;
        }
        let rest: String = text.get(at..)?.chars().take(14).collect();
        let mut ends: Vec<usize> = rest.char_indices().map(|(end, c)| end + c.len_utf8()).collect();
        ends.reverse();
        ends.into_iter().find_map(|end| {
            let whole = rest.get(end..)?.chars().next().is_none_or(|after| !after.is_alphanumeric());
            whole.then(|| Reference::parse(rest.get(..end)?).ok()).flatten()
        })
    })
}

fn starts_with_reference(text: &str) -> bool {
    let start: String = text.chars().take(14).collect();
    reference_in(&start).is_some_and(|reference| {
        let digits: String = reference.address().chars().filter(char::is_ascii_digit).collect();
        let own: String = start.chars().filter(char::is_ascii_digit).take(8).collect();
        digits == own
    })
}

/// A day as these pages write it: `22 Nov 2019`, `22 November 2019`, `22/11/2019`, `2019-11-22`.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(day) = text.parse::<Date>() {
        return Some(day);
    }
    ["%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%A %d %B %Y"]
        .iter()
        .find_map(|form| Date::strptime(form, text).ok())
}

#[cfg(test)]
#[path = "decision_page/tests.rs"]
mod tests;
