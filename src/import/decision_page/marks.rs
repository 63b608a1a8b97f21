//! The marks that a browser draws before the items of a list: texts refer to them ("see paragraph 12 b").

use scraper::ElementRef;

/// How the items of a list are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Number,
    Letter { capital: bool },
    Roman { capital: bool },
    Bullet,
    Nothing,
}

/// A list being walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct List {
    style: Style,
    next: u32,
}

impl List {
    /// The list of an `ol` or `ul` element.
    pub(super) fn of(element: ElementRef<'_>) -> Self {
        let list = element.value();
        let next = list.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        let css = list.attr("style").unwrap_or_default().to_ascii_lowercase();
        let css =
            css.split("list-style").nth(1).map(|rest| rest.split(';').next().unwrap_or_default()).unwrap_or_default();
        let style = match list.attr("type") {
            _ if css.contains("none") => Style::Nothing,
            _ if css.contains("-alpha") || css.contains("-latin") => Style::Letter { capital: css.contains("upper") },
            _ if css.contains("-roman") => Style::Roman { capital: css.contains("upper") },
            _ if list.name() == "ul" => Style::Bullet,
            Some("a") => Style::Letter { capital: false },
            Some("A") => Style::Letter { capital: true },
            Some("i") => Style::Roman { capital: false },
            Some("I") => Style::Roman { capital: true },
            _ => Style::Number,
        };
        Self { style, next }
    }

    /// The mark of its next item: `12.`, `b)`, `iv)`, `•`.
    pub(super) fn next_mark(&mut self, item: ElementRef<'_>) -> Option<String> {
        let number = item.value().attr("value").and_then(|value| value.trim().parse().ok()).unwrap_or(self.next);
        self.next = number.saturating_add(1);
        let cased = |text: String, capital: bool| if capital { text.to_uppercase() } else { text };
        match self.style {
            Style::Number => Some(format!("{number}.")),
            Style::Letter { capital } => Some(format!("{})", cased(letters(number), capital))),
            Style::Roman { capital } => Some(format!("{})", cased(roman(number), capital))),
            Style::Bullet => Some("•".to_owned()),
            Style::Nothing => None,
        }
    }
}

/// 1 is `a`, 26 `z`, 27 `aa`.
fn letters(number: u32) -> String {
    let mut rest = number;
    let mut backwards = Vec::new();
    while rest > 0 {
        backwards.push(char::from_u32(u32::from('a') + (rest - 1) % 26).unwrap_or('?'));
        rest = (rest - 1) / 26;
    }
    backwards.iter().rev().collect()
}

fn roman(number: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number >= 4000 {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in PARTS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z_and_roman_numbers_subtract() {
        assert_eq!([1, 26, 27, 52].map(letters), ["a", "z", "aa", "az"]);
        assert_eq!([1, 4, 9, 14, 40].map(roman), ["i", "iv", "ix", "xiv", "xl"]);
    }
}
