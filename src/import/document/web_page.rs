//! The text of a letter that is a web page, or was saved as one.

use scraper::{ElementRef, Html, Node, Selector};

use super::no_text::NoText;
use crate::import::saved_page::Saved;

/// Elements whose text is no part of a letter.
const NOT_TEXT: [&str; 14] = [
    "script", "style", "noscript", "template", "svg", "iframe", "object", "form", "button", "select", "nav", "header",
    "footer", "head",
];
/// Elements within a paragraph; all others begin one.
const INLINE: [&str; 16] =
    ["a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u"];
/// Below so many elements only text is taken: each level takes a part of the stack.
const MOST_DEPTH: usize = 200;

/// The text of a page.
pub(super) fn text(bytes: &[u8]) -> Result<String, NoText> {
    let saved = Saved::read(bytes).ok_or(NoText::NoWords)?;
    let page = Html::parse_document(&saved.html);
    let content = ["main", "article", "body"].iter().find_map(|name| {
        let selector = Selector::parse(name).ok()?;
        page.select(&selector).find(|element| element.text().any(|text| !text.trim().is_empty()))
    });
    let mut walk = Walk::default();
    walk.children(content.ok_or(NoText::NoWords)?, 0);
    walk.end("");
    if walk.paragraphs.is_empty() { Err(NoText::NoWords) } else { Ok(walk.paragraphs.join("\n\n")) }
}

#[derive(Default)]
struct Walk {
    paragraphs: Vec<String>,
    text: String,
}

impl Walk {
    fn children(&mut self, element: ElementRef<'_>, depth: usize) {
        if depth > MOST_DEPTH {
            self.text.extend(element.text());
            return;
        }
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.text.push_str(&text.replace(['\n', '\r'], " ")),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>, depth: usize) {
        let name = element.value().name();
        if NOT_TEXT.contains(&name) {
            return;
        }
        if name == "br" {
            self.text.push('\n');
        } else if INLINE.contains(&name) {
            self.children(element, depth);
        } else {
            self.end("");
            self.children(element, depth);
            self.end(match name {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "## ",
                "li" => "- ",
                _ => "",
            });
        }
    }

    /// Ends a paragraph.
    fn end(&mut self, mark: &str) {
        let text = std::mem::take(&mut self.text);
        let lines: Vec<String> = text
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect();
        if !lines.is_empty() {
            self.paragraphs.push(format!("{mark}{}", lines.join("\n")));
        }
    }
}
