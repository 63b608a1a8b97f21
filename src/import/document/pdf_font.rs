//! Which letters the codes of a PDF's font stand for, and how wide they are.

use std::collections::HashMap;

use encoding_rs::{MACINTOSH, WINDOWS_1252};
use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

/// A font as far as text needs it. Widths are thousandths of its size.
#[derive(Debug)]
pub(super) struct Font {
    /// The table that the file gives for those who copy its text.
    unicode: Option<CMap>,
    /// Texts of the codes by the font's encoding, where there is no such table.
    encoded: HashMap<u32, String>,
    widths: HashMap<u32, f64>,
    usual_width: f64,
    code_bytes: usize,
}

/// A letter to be drawn.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub(super) text: Option<String>,
    pub(super) width: f64,
    /// Whether it is the one-byte code 32, to which a space between words is added.
    pub(super) is_space: bool,
}

impl Font {
    /// Reads the description of a font.
    pub(super) fn read(dict: &Dict<'_>) -> Self {
        let unicode = dict
            .get::<Stream<'_>>("ToUnicode")
            .and_then(|stream| stream.decoded_data().ok())
            .and_then(|data| CMap::parse(&data, |_| None));
        let is_composite = dict.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Type0");
        if is_composite {
            let inner = dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
            let usual_width = inner.as_ref().and_then(|font| font.get::<f64>("DW")).unwrap_or(1000.0);
            let widths =
                inner.and_then(|font| font.get::<Array<'_>>("W")).map(|widths| ranges(&widths)).unwrap_or_default();
            return Self { unicode, encoded: HashMap::new(), widths, usual_width, code_bytes: 2 };
        }
        let first = dict.get::<u32>("FirstChar").unwrap_or_default();
        let listed = dict.get::<Array<'_>>("Widths");
        let widths = listed.map(|list| (first..).zip(list.iter::<f64>()).take(256).collect()).unwrap_or_default();
        // Fonts that every reader has may come without widths; half their size is near enough to tell words apart.
        let descriptor = dict.get::<Dict<'_>>("FontDescriptor");
        let usual_width =
            descriptor.and_then(|font| font.get::<f64>("MissingWidth")).filter(|width| *width > 0.0).unwrap_or(500.0);
        Self { unicode, encoded: encoding(dict), widths, usual_width, code_bytes: 1 }
    }

    /// The letters of a string of codes.
    pub(super) fn letters(&self, bytes: &[u8]) -> Vec<Letter> {
        let codes =
            bytes.chunks(self.code_bytes).map(|code| code.iter().fold(0_u32, |sum, byte| sum * 256 + u32::from(*byte)));
        codes
            .map(|code| Letter {
                text: self.text(code),
                width: self.widths.get(&code).copied().unwrap_or(self.usual_width),
                is_space: self.code_bytes == 1 && code == 32,
            })
            .collect()
    }

    fn text(&self, code: u32) -> Option<String> {
        let copied = self.unicode.as_ref().and_then(|table| table.lookup_bf_string(code)).map(|text| match text {
            BfString::Char(one) => one.to_string(),
            BfString::String(several) => several,
        });
        let text = copied.or_else(|| self.encoded.get(&code).cloned())?;
        Some(
            text.chars()
                .map(|c| if c == '\u{a0}' { ' ' } else { c })
                .filter(|c| !c.is_control() && *c != '\u{ad}')
                .collect(),
        )
    }
}

/// Widths of a composite font: `code [w w w]` and `from to w`.
fn ranges(list: &Array<'_>) -> HashMap<u32, f64> {
    const MOST: usize = 70_000;
    let mut widths = HashMap::new();
    let mut pending: Vec<f64> = Vec::new();
    for one in list.iter::<Object<'_>>() {
        match one {
            Object::Number(number) => {
                pending.push(number.as_f64());
                if let [from, to, width] = pending.as_slice() {
                    let (from, to) = (code(*from), code(*to));
                    for code in from..=to.min(from.saturating_add(0xffff)) {
                        widths.insert(code, *width);
                    }
                    pending.clear();
                }
            }
            Object::Array(several) => {
                let from = pending.pop().map(code).unwrap_or_default();
                pending.clear();
                widths.extend((from..).zip(several.iter::<f64>()));
            }
            _ => {}
        }
        if widths.len() > MOST {
            break;
        }
    }
    widths
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::as_conversions,
    reason = "a float turns into the nearest number that fits"
)]
fn code(number: f64) -> u32 {
    number as u32
}

/// The texts of one-byte codes: Windows or Macintosh letters, with those that the font puts elsewhere.
fn encoding(dict: &Dict<'_>) -> HashMap<u32, String> {
    let own = dict.get::<Dict<'_>>("Encoding");
    let base = own.as_ref().map_or_else(|| dict.get::<Name<'_>>("Encoding"), |own| own.get::<Name<'_>>("BaseEncoding"));
    let table = if base.is_some_and(|name| name.as_str() == "MacRomanEncoding") { MACINTOSH } else { WINDOWS_1252 };
    let mut texts: HashMap<u32, String> = (32_u8..=255)
        .map(|byte| (u32::from(byte), table.decode_without_bom_handling(&[byte]).0.into_owned()))
        .collect();
    let mut at = 0_u32;
    for one in own.and_then(|own| own.get::<Array<'_>>("Differences")).iter().flat_map(Array::iter::<Object<'_>>) {
        match one {
            Object::Number(number) => at = code(number.as_f64()),
            Object::Name(name) => {
                match named(name.as_str()) {
                    Some(text) => texts.insert(at, text),
                    None => texts.remove(&at),
                };
                at = at.saturating_add(1);
            }
            _ => {}
        }
    }
    texts
}

/// The text of a glyph's name: `A`, `seven`, `quoteright`, `uni00A3`.
fn named(name: &str) -> Option<String> {
    let mut letters = name.chars();
    if let (Some(one), None) = (letters.next(), letters.next()) {
        return Some(one.to_string());
    }
    if let Some((_, text)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some((*text).to_owned());
    }
    let digits = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'))?;
    u32::from_str_radix(digits.get(..4)?, 16).ok().and_then(char::from_u32).map(String::from)
}

/// Names of glyphs that letters in English hold besides those of one letter.
const NAMES: [(&str, &str); 62] = [
    ("space", " "),
    ("nbspace", " "),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("minus", "−"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("underscore", "_"),
    ("grave", "`"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("quoteleft", "‘"),
    ("quoteright", "’"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("bullet", "•"),
    ("endash", "–"),
    ("emdash", "—"),
    ("ellipsis", "…"),
    ("sterling", "£"),
    ("Euro", "€"),
    ("copyright", "©"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("ocircumflex", "ô"),
];
