//! A page as a browser saved it: plain HTML, HTML with a note where it came from, or one file with all its parts (MHTML).

use mail_parser::{MessageParser, MimeHeaders, PartType};

use super::sheet::decode;
use crate::domain::odd_character::unturned;

/// The HTML of a saved page, and where it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Saved {
    /// The page.
    pub(super) html: String,
    /// Its address, where the browser noted it.
    pub(super) address: Option<String>,
}

/// Far enough to find what opens a page after its comments and declarations.
const START: usize = 4096;

impl Saved {
    /// Reads a file of either form; none where it is MHTML without a page.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        if !is_mhtml(bytes) {
            let html = unturned(decode(bytes).into_owned());
            let address = noted_address(&html);
            return Some(Self { html, address });
        }
        let message = MessageParser::default().parse(bytes)?;
        message.parts.iter().find_map(|part| match &part.body {
            PartType::Html(html) => {
                let address = part.content_location().map(str::to_owned).or_else(|| noted_address(html));
                Some(Self { html: unturned(html.to_string()), address })
            }
            _ => None,
        })
    }
}

/// Whether a file opens as HTML, after a mark of its encoding, declarations and comments.
pub(super) fn is_html(bytes: &[u8]) -> bool {
    let start = decode(bytes.get(..START).unwrap_or(bytes)).to_ascii_lowercase();
    let mut rest = start.trim_start_matches('\u{feff}').trim_start();
    loop {
        let after = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->").map(|(_, after)| after)
        } else if let Some(declaration) = rest.strip_prefix("<?xml") {
            declaration.split_once("?>").map(|(_, after)| after)
        } else {
            return ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| rest.starts_with(tag));
        };
        let Some(after) = after else { return false };
        rest = after.trim_start();
    }
}

/// Whether a file is MHTML: the head of a message that has parts, whatever the file is called.
pub(super) fn is_mhtml(bytes: &[u8]) -> bool {
    let start = decode(bytes.get(..START).unwrap_or(bytes));
    let head: Vec<&str> =
        start.trim_start_matches('\u{feff}').trim_start().lines().take_while(|line| !line.trim().is_empty()).collect();
    let is_field = |line: &&str| {
        line.starts_with([' ', '\t'])
            || line.split_once(':').is_some_and(|(name, _)| {
                !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            })
    };
    let has = |name: &str, word: &str| {
        let mut fields = head.iter().map(|line| line.to_ascii_lowercase());
        fields.any(|line| line.starts_with(name) && line.contains(word))
    };
    head.iter().all(is_field)
        && has("mime-version:", "")
        && (has("content-type:", "multipart/") || has("content-type:", "text/html"))
}

/// The address in the comment that Chromium ("saved from url=(0014)https://...") or SingleFile ("url: https://...") leaves.
fn noted_address(html: &str) -> Option<String> {
    let start: String = html.chars().take(START).collect();
    let comments = start.split("<!--").skip(1).filter_map(|rest| rest.split_once("-->"));
    comments.map(|(comment, _)| comment).find_map(|comment| {
        let after = comment
            .split_once("saved from url=(")
            .map(|(_, rest)| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        let after = after.and_then(|rest| rest.strip_prefix(')'));
        let address = after.or_else(|| {
            comment.contains("SingleFile").then(|| comment.split_once("url:").map(|(_, rest)| rest)).flatten()
        })?;
        let address = address.split_whitespace().next()?;
        Some(address.to_owned())
    })
}
