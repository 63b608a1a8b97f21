//! A saved page, flattened into headings, labelled values and paragraphs in reading order.

use scraper::{ElementRef, Node};

use super::labels::{PARTS, begins_with, is_label, label_name, tidy};

/// A piece of a page, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
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

/// Walks a page and notes headings, labelled values and paragraphs.
#[derive(Default)]
pub(super) struct Flattener {
    pub(super) blocks: Vec<Block>,
    text: String,
    bold: usize,
    plain: bool,
    term: Option<String>,
}

impl Flattener {
    /// Notes everything below an element.
    pub(super) fn walk(&mut self, element: ElementRef<'_>) {
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
    pub(super) fn end(&mut self) {
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
