//! The text of a document of Word: paragraphs, headings and items of lists, text boxes included.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::no_text::NoText;

/// The part that holds the text.
const PART: &str = "word/document.xml";
/// Unpacked, a letter has under a megabyte; one of this size is made to fill the memory.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// Paragraphs in text boxes in paragraphs.
const MOST_DEPTH: usize = 50;

/// The text of a document of Word.
pub(super) fn text(bytes: &[u8]) -> Result<String, NoText> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NoText::DamagedDocx)?;
    if archive.index_for_name(PART).is_none() {
        return Err(NoText::OtherPacked);
    }
    let part = archive.by_name(PART).map_err(|_| NoText::DamagedDocx)?;
    let mut xml = String::new();
    part.take(MOST_BYTES).read_to_string(&mut xml).map_err(|_| NoText::DamagedDocx)?;
    paragraphs(&xml).map(|paragraphs| paragraphs.join("\n\n"))
}

/// A paragraph being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    heading: bool,
    item: bool,
}

fn paragraphs(xml: &str) -> Result<Vec<String>, NoText> {
    let mut reader = Reader::from_str(xml);
    let mut done = Vec::new();
    let mut open: Vec<Paragraph> = Vec::new();
    // What older programs are to show in the place of a drawing says the same again.
    let mut fallbacks = 0_usize;
    let mut in_text = false;
    loop {
        match reader.read_event().map_err(|_| NoText::DamagedDocx)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "Fallback" => fallbacks += 1,
                "p" if open.len() < MOST_DEPTH => open.push(Paragraph::default()),
                "t" => in_text = true,
                name => mark(name, &tag, open.last_mut()),
            },
            Event::Empty(tag) => mark(tag.local_name().as_ref(), &tag, open.last_mut()),
            Event::Text(text) if in_text && fallbacks == 0 => {
                if let Some(paragraph) = open.last_mut() {
                    paragraph.text.push_str(&text);
                }
            }
            Event::GeneralRef(named) if in_text && fallbacks == 0 => {
                let letter = named.resolve_char_ref().ok().flatten().map(String::from);
                let letter = letter.or_else(|| quick_xml::escape::resolve_predefined_entity(&named).map(str::to_owned));
                if let (Some(paragraph), Some(letter)) = (open.last_mut(), letter) {
                    paragraph.text.push_str(&letter);
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "Fallback" => fallbacks = fallbacks.saturating_sub(1),
                "t" => in_text = false,
                "p" => done.extend(open.pop().and_then(finished)),
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(done)
}

/// What an element says of its paragraph.
fn mark(name: &str, tag: &BytesStart<'_>, paragraph: Option<&mut Paragraph>) {
    let Some(paragraph) = paragraph else { return };
    match name {
        "tab" => paragraph.text.push(' '),
        "br" | "cr" => paragraph.text.push('\n'),
        "noBreakHyphen" => paragraph.text.push('-'),
        "numPr" => paragraph.item = true,
        "pStyle" => {
            let style = tag.attributes().filter_map(Result::ok).find(|one| one.key.local_name().as_ref() == "val");
            let style = style.map(|one| one.value.to_ascii_lowercase()).unwrap_or_default();
            paragraph.heading = style.starts_with("heading") || style.starts_with("title");
            paragraph.item |= style.starts_with("list");
        }
        _ => {}
    }
}

fn finished(paragraph: Paragraph) -> Option<String> {
    let lines: Vec<String> =
        paragraph.text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let text = lines.join("\n");
    let text = text.trim();
    match text {
        "" => None,
        _ if paragraph.heading => Some(format!("## {}", text.replace('\n', " "))),
        _ if paragraph.item => Some(format!("- {text}")),
        _ => Some(text.to_owned()),
    }
}
