//! A saved page, flattened into headings, labelled values and paragraphs in reading order.

use scraper::{ElementRef, Node};

use super::labels::{DATE, OPENINGS, OUTCOME, PARTS, begins_with, is_label, is_page_furniture, label_name, tidy};
use super::marks::List;
use super::tables;

/// A piece of a page, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Heading(String),
    Labelled(String, String),
    Paragraph(String),
}

/// How far into a page the walk is. Only its head says what the decision is; in its text the same words are about something
/// else ("Reference: 20 111 222, the number of an older case").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// Before the decision: reference, body, subject, outcome, day.
    #[default]
    Head,
    /// After "The Ombudsman's final decision": the summary.
    Opening,
    /// From "The complaint" on.
    Text,
}

/// Elements whose text is no part of a decision.
const NOT_TEXT: [&str; 15] = [
    "script", "style", "noscript", "template", "svg", "iframe", "object", "form", "button", "select", "nav", "header",
    "footer", "aside", "head",
];
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
/// Elements that end a paragraph.
const BLOCKS: [&str; 19] = [
    "p",
    "div",
    "li",
    "section",
    "article",
    "main",
    "header",
    "tr",
    "table",
    "tbody",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "br",
    "hr",
    "pre",
    "address",
    "figure",
];
/// Headings that open the text only after the head has been seen: menus have them too.
const DOUBTFUL: [&str; 4] = ["decision", "summary", "background", "finding"];

/// Below so many elements only text is taken: no page is nested deeper, and each level takes a part of the stack.
const MOST_DEPTH: usize = 200;

/// Walks a page and notes headings, labelled values and paragraphs.
#[derive(Default)]
pub(super) struct Flattener {
    pub(super) blocks: Vec<Block>,
    /// How many of the blocks are the page's head.
    pub(super) head: usize,
    text: String,
    depth: usize,
    bold: usize,
    plain: bool,
    term: Option<String>,
    place: Place,
    lists: Vec<List>,
    /// The mark of a list item of which no text has come yet.
    mark: String,
}

impl Flattener {
    /// Notes everything below an element.
    pub(super) fn walk(&mut self, element: ElementRef<'_>) {
        if self.depth >= MOST_DEPTH {
            self.text.extend(element.text());
            return;
        }
        self.depth += 1;
        self.children(element);
        self.depth -= 1;
    }

    fn children(&mut self, element: ElementRef<'_>) {
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
        if NOT_TEXT.contains(&name) && !(name == "header" && says_what_it_is(element)) {
            return;
        }
        if HEADINGS.contains(&name) {
            self.heading(element);
        } else if self.place == Place::Head && (name == "dt" || name == "th" || is_label_element(element)) {
            self.end();
            self.walk(element);
            self.term = Some(label_name(&std::mem::take(&mut self.text)));
            self.plain = false;
        } else if name == "td" || name == "th" || self.term.is_some() && (name == "dd" || has_class(element, "value")) {
            self.walk(element);
            self.end();
        } else if name == "table"
            && self.place != Place::Head
            && let Some(rows) = tables::rows(element)
        {
            self.end();
            self.blocks.push(Block::Paragraph(rows));
        } else if name == "ol" || name == "ul" {
            self.end();
            self.lists.push(List::of(element));
            self.walk(element);
            self.end();
            self.lists.pop();
        } else if name == "li" {
            self.item(element);
        } else if name == "strong" || name == "b" {
            self.bold += 1;
            self.walk(element);
            self.bold -= 1;
        } else if BLOCKS.contains(&name) || has_class(element, "value") {
            self.end();
            self.walk(element);
            self.end();
        } else if name != "a" || !is_page_furniture(&element.text().collect::<String>()) {
            self.walk(element);
        }
    }

    fn heading(&mut self, element: ElementRef<'_>) {
        self.end();
        self.walk(element);
        let text = tidy(&std::mem::take(&mut self.text));
        self.plain = false;
        self.mark.clear();
        if !text.is_empty() {
            self.push_heading(text);
        }
    }

    fn push_heading(&mut self, text: String) {
        let before = self.place;
        if begins_with(&text, &OPENINGS) {
            self.place = if before == Place::Text { Place::Text } else { Place::Opening };
        } else if begins_with(&text, &PARTS) && (self.has_facts() || !begins_with(&text, &DOUBTFUL)) {
            self.place = Place::Text;
        }
        if before == Place::Head && self.place != Place::Head {
            self.head = self.blocks.len();
        }
        self.term = None;
        self.blocks.push(Block::Heading(text));
    }

    /// Ends the page.
    pub(super) fn finish(&mut self) {
        self.end();
        if self.place == Place::Head {
            self.head = self.blocks.len();
        }
    }

    /// Whether the page has said how the decision ended, or when.
    pub(super) fn has_facts(&self) -> bool {
        self.blocks.iter().any(|block| match block {
            Block::Labelled(label, _) => OUTCOME.contains(&label.as_str()) || DATE.contains(&label.as_str()),
            _ => false,
        })
    }

    fn item(&mut self, element: ElementRef<'_>) {
        self.end();
        // Lists before the text are menus.
        if self.place != Place::Head
            && let Some(mark) = self.lists.last_mut().and_then(|list| list.next_mark(element))
        {
            self.mark.push_str(&mark);
            self.mark.push(' ');
        }
        self.walk(element);
        self.end();
        self.mark.clear();
    }

    /// Ends a paragraph: a label with its value, a heading set in bold, or plain text.
    pub(super) fn end(&mut self) {
        let text = tidy(&std::mem::take(&mut self.text));
        let plain = std::mem::take(&mut self.plain);
        if text.is_empty() || is_page_furniture(&text) {
            return;
        }
        if let Some(term) = self.term.take() {
            self.blocks.push(Block::Labelled(term, text));
            return;
        }
        let mark = std::mem::take(&mut self.mark);
        if let Some((label, value)) = text.split_once(':')
            && is_label(label)
            && self.reads(label)
        {
            self.blocks.push(Block::Labelled(label_name(label), value.trim().to_owned()));
            return;
        }
        let in_bold = mark.is_empty() && !plain && text.chars().count() <= 80;
        if in_bold && (begins_with(&text, &PARTS) || begins_with(&text, &OPENINGS)) {
            self.push_heading(text);
            return;
        }
        // A label alone on its line has its value in the next block.
        if let Some(Block::Labelled(_, value)) = self.blocks.last_mut()
            && value.is_empty()
        {
            *value = text;
            return;
        }
        // Somebody may have typed the mark as well.
        let typed = mark.trim().trim_end_matches(['.', ')']);
        let written = !typed.is_empty() && text.strip_prefix(typed).is_some_and(|rest| rest.starts_with(['.', ')']));
        self.blocks.push(Block::Paragraph(if written { text } else { format!("{mark}{text}") }));
    }

    /// Whether a label counts where the walk is.
    fn reads(&self, label: &str) -> bool {
        match self.place {
            Place::Head => true,
            Place::Opening => label_name(label) == "summary",
            Place::Text => false,
        }
    }
}

fn has_class(element: ElementRef<'_>, class: &str) -> bool {
    element.value().classes().any(|one| one == class)
}

/// The Ombudsman's own pages have pairs of elements of the classes `label` and `value`; other sites use the first for other things.
fn is_label_element(element: ElementRef<'_>) -> bool {
    has_class(element, "label") && is_label(&element.text().collect::<String>())
}

/// Whether a header is that of a decision, not of the site.
fn says_what_it_is(element: ElementRef<'_>) -> bool {
    element.descendants().filter_map(ElementRef::wrap).any(|one| {
        let name = one.value().name();
        name == "h1" || name == "dt" || has_class(one, "label") || has_class(one, "value")
    })
}
