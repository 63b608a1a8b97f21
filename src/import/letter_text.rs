//! A letter's text as the body of a page: made once, when it is imported, so that nothing has to be
//! trusted when it is shown.
//!
//! Markup in the text is shown as text, not obeyed. Pictures and addresses other than http and https are
//! left out; headings are moved so that they fit under the one `h1` of the page without a gap.

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

const TAGS: [&str; 25] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "sup",
];

/// Lines up to this length are meant as they stand (an address, a date), longer ones were wrapped.
const SHORT_LINE: usize = 60;

/// The text of a letter, Markdown or plain, as clean HTML without any `h1`.
pub fn clean(text: &str) -> String {
    let text = keep_short_lines(text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut headings = Headings::of(&text, options);
    let events = Parser::new_ext(&text, options).filter_map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Heading { level, .. }) => {
            let level = headings.next(level);
            Some(Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }))
        }
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Heading(headings.current))),
        Event::Text(text) => Some(Event::Text(CowStr::from(without_controls(&text)))),
        other => Some(other),
    });
    let mut page = String::with_capacity(text.len() * 2);
    html::push_html(&mut page, events);
    // The only style that Markdown makes; the style sheet has a class for it. Text holds no bare quotes.
    let page = page.replace(" style=\"text-align: right\"", " class=\"n\"");
    let cleaned = Builder::empty()
        .tags(TAGS.into_iter().collect())
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("ol", ["start"])
        .add_allowed_classes("td", ["n"])
        .add_allowed_classes("th", ["n"])
        .url_schemes(["http", "https"].into_iter().collect())
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean(&page)
        .to_string();
    numbered_tables(&cleaned)
}

/// Each table in a region of its own that scrolls and can be reached with the keyboard. Cleaned text holds
/// `<table>` only where a table begins.
fn numbered_tables(page: &str) -> String {
    let mut parts = page.split("<table>");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (number, part) in (1..).zip(parts) {
        out.push_str(&format!(
            "<div class=\"scroll\" role=\"region\" aria-label=\"Table {number} of the letter\" tabindex=\"0\"><table>"
        ));
        out.push_str(part);
    }
    out.replace("</table>", "</table></div>")
}

/// Where each heading of the letter goes.
struct Headings {
    highest: usize,
    current: HeadingLevel,
}

impl Headings {
    fn of(text: &str, options: Options) -> Self {
        let highest = Parser::new_ext(text, options)
            .filter_map(|event| match event {
                Event::Start(Tag::Heading { level, .. }) => Some(number(level)),
                _ => None,
            })
            .min();
        Self { highest: highest.unwrap_or(1), current: HeadingLevel::H1 }
    }

    /// The highest of the letter becomes `h2`; none lies more than one under the one before.
    fn next(&mut self, level: HeadingLevel) -> HeadingLevel {
        let wanted = number(level) - self.highest.min(number(level)) + 2;
        let level = wanted.min(number(self.current) + 1).clamp(2, 6);
        self.current = HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6);
        self.current
    }
}

fn number(level: HeadingLevel) -> usize {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Plain text comes with line breaks that mean something, such as an address, and with indented lines
/// that are no program code.
fn keep_short_lines(text: &str) -> String {
    let lines: Vec<String> = text.replace("\r\n", "\n").replace('\u{c}', "\n\n").lines().map(unindented).collect();
    let mut out = String::with_capacity(text.len() + 200);
    for (place, line) in lines.iter().enumerate() {
        out.push_str(line);
        let next = lines.get(place + 1).map(String::as_str).unwrap_or_default();
        if is_short(line) && is_short(next) {
            out.push_str("  ");
        }
        out.push('\n');
    }
    out
}

fn unindented(line: &str) -> String {
    let line = line.trim_end();
    let bare = line.trim_start();
    if line.len() >= bare.len() + 4 && !is_listed(bare) || line.starts_with('\t') {
        bare.to_owned()
    } else {
        line.to_owned()
    }
}

fn is_listed(bare: &str) -> bool {
    bare.starts_with(['-', '*', '+', '|', '#', '>', '=', '_', '`', '~'])
        || bare.starts_with(|c: char| c.is_ascii_digit())
}

fn is_short(line: &str) -> bool {
    let bare = line.trim();
    !bare.is_empty() && bare.chars().count() <= SHORT_LINE && !bare.starts_with(['|', '#', '=', '-', '*', '>', '`'])
}

fn without_controls(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_go_under_the_one_of_the_page_without_a_gap() {
        let page = clean("# Annual review letter\n\n### Complaints upheld\n\n###### Small\n\n## Compliance\n");
        for heading in ["<h2>Annual", "<h3>Complaints", "<h4>Small", "<h3>Compliance"] {
            assert!(page.contains(heading), "{heading} in {page}");
        }
        assert!(clean("### Only a low one").contains("<h2>Only"));
    }

    #[test]
    fn plain_text_keeps_its_paragraphs_and_its_address() {
        let page = clean(
            "22 July 2020\n\nMr P Simpson\nChief Executive\nDerby City Council\n\n    Dear Mr Simpson\n\nI write to you about the complaints that were made in the year that has ended, and about\nwhat we made of them.",
        );
        assert!(page.contains("Simpson<br>") && page.contains("Executive<br>"), "{page}");
        assert!(page.contains("<p>Dear Mr Simpson</p>"), "{page}");
        assert!(!page.contains("about<br>"), "a wrapped line is one line: {page}");
    }

    #[test]
    fn nothing_of_the_text_is_obeyed_as_markup() {
        for attack in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "Text <b onclick=\"alert(1)\">bold</b>",
            "<svg/onload=alert(1)>",
            "<iframe src=\"https://example.org\"></iframe>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<style>*{display:none}</style>",
            "<!-- <p onmouseover=alert(1)> -->",
            "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        ] {
            let page = clean(attack);
            let tree = scraper::Html::parse_fragment(&page);
            let text: String = tree.root_element().text().collect();
            assert_eq!(text.trim(), attack, "shown as it was written: {page}");
            assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("<b "), "{page}");
        }
    }

    #[test]
    fn links_lead_to_the_web_only_and_pictures_are_left_out() {
        let page = clean(
            "[a](javascript:alert(1)) [b](https://www.lgo.org.uk/) [c](/councils) [d](data:text/html,x) ![p](https://example.org/p.png)",
        );
        let tree = scraper::Html::parse_fragment(&page);
        let anchors = scraper::Selector::parse("a[href]").unwrap();
        let links: Vec<_> = tree.select(&anchors).map(|a| a.attr("href").unwrap().to_owned()).collect();
        assert_eq!(links, ["https://www.lgo.org.uk/"]);
        assert!(page.contains("rel=\"noopener noreferrer nofollow\"") && !page.contains("<img"), "{page}");
    }

    #[test]
    fn tables_keep_their_cells_and_their_alignment() {
        let page = clean("| Outcome | Complaints |\n|---|---:|\n| Upheld | 7 |\n");
        assert!(page.contains("<td class=\"n\">7</td>") && page.contains("role=\"region\""), "{page}");
        assert!(!page.contains("style="), "{page}");
    }
}
