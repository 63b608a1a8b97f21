//! What stands in a cell of the Ombudsman's tables: numbers with marks, per cents, and many ways to say
//! that there is no value.

use crate::import::cells::is_narrow_space;

/// A cell as read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Read {
    /// Blank, a dash, "N/A": no value.
    Nothing,
    /// A number.
    Number(f64),
    /// A number with a per cent sign.
    Percent(f64),
    /// Something else.
    Wrong(String),
}

impl Read {
    /// The number, of either form.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(value) | Self::Percent(value) => Some(*value),
            _ => None,
        }
    }

    /// Whether it is a number.
    pub(super) fn is_value(&self) -> bool {
        self.number().is_some()
    }
}

/// What says "no value" in tables, once folded: dashes of every length, the shorthand of official statistics ([x] not
/// available, [z] not applicable, [c] kept back), and words.
const NOTHING: [&str; 22] = [
    "",
    "-",
    "--",
    "−",
    "‐",
    "‑",
    "‒",
    "–",
    "—",
    "―",
    "n/a",
    "na",
    "..",
    ".",
    "…",
    "[x]",
    "[z]",
    "[c]",
    "nil",
    "nil return",
    "not applicable",
    "none",
];

/// A text without footnote marks at its end: `*`, `†`, `‡`, superscripts, `[1]`, `(note 2)`.
pub(super) fn plain(text: &str) -> &str {
    let mut left = text.trim();
    loop {
        let before = left;
        left = left
            .trim_end_matches(|c: char| matches!(c, '*' | '†' | '‡' | '§' | '¹' | '²' | '³' | '⁴'..='⁹' | '⁰'))
            .trim_end();
        left = without_bracket(left, '[', ']').or_else(|| without_bracket(left, '(', ')')).unwrap_or(left).trim_end();
        if left == before {
            return left;
        }
    }
}

/// Cuts a bracket at the end that holds a number or a note.
fn without_bracket(text: &str, open: char, close: char) -> Option<&str> {
    let inner = text.strip_suffix(close)?;
    let (before, inside) = inner.rsplit_once(open)?;
    let mark = inside.trim().to_lowercase();
    let is_note = mark.starts_with("note") || mark.starts_with("see ") || mark.len() <= 2;
    (is_note && !before.trim().is_empty()).then_some(before)
}

/// Reads a cell.
pub(super) fn read(text: &str) -> Read {
    let folded = plain(text).replace(is_narrow_space, " ").trim().to_lowercase();
    if NOTHING.contains(&folded.as_str()) {
        return Read::Nothing;
    }
    let percent = ["%", "per cent", "percent"].into_iter().find_map(|sign| folded.strip_suffix(sign));
    let (digits, percent) = match percent {
        Some(digits) => (digits.trim_end(), true),
        None => (folded.as_str(), false),
    };
    match crate::import::cells::number(digits) {
        Some(value) if percent => Read::Percent(value),
        Some(value) => Read::Number(value),
        None => Read::Wrong(text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_left_out_and_no_value_is_not_zero() {
        for (text, expected) in [
            ("7*", Read::Number(7.0)),
            ("1,234", Read::Number(1234.0)),
            ("54%", Read::Percent(54.0)),
            ("54 %†", Read::Percent(54.0)),
            ("12 [note 3]", Read::Number(12.0)),
            ("0", Read::Number(0.0)),
            ("-", Read::Nothing),
            ("N/A", Read::Nothing),
            (" – ", Read::Nothing),
            ("", Read::Nothing),
            ("[z]", Read::Nothing),
            ("−", Read::Nothing),
            ("Nil", Read::Nothing),
            ("1\u{2009}234", Read::Number(1234.0)),
            ("1\u{202f}234 567", Read::Number(1_234_567.0)),
            ("12\u{a0}%", Read::Percent(12.0)),
            ("100 per cent", Read::Percent(100.0)),
            ("12²", Read::Number(12.0)),
            ("1 23", Read::Wrong("1 23".to_owned())),
            ("seven", Read::Wrong("seven".to_owned())),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(plain("Derby City Council (1)*"), "Derby City Council");
        assert_eq!(plain("Dorset Council (from April 2019)"), "Dorset Council (from April 2019)");
    }
}
