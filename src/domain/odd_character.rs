//! Characters that make text look like other text.

/// Whether a character says in which direction text is shown (Unicode, UAX 9): invisible itself, it can make `fdp.exe` of
/// `exe.pdf`, or move a minus sign to another number.
pub fn turns_text(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text without such characters.
pub fn unturned(text: String) -> String {
    if text.contains(turns_text) { text.replace(turns_text, "") } else { text }
}

/// Text for a terminal or a log: what would move its cursor, colour it, ring it or turn it is shown as its number. Lines stay.
pub fn for_terminal(text: &str) -> String {
    let odd = |letter: char| (letter.is_control() && letter != '\n' && letter != '\t') || turns_text(letter);
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if odd(letter) {
            // As in JSON, so that a report stays one.
            shown.push_str(&format!("\\u{:04x}", u32::from(letter)));
        } else {
            shown.push(letter);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_a_cursor_or_turns_text_is_shown_as_a_number() {
        assert_eq!(for_terminal("plain, é and 2\nlines"), "plain, é and 2\nlines");
        assert_eq!(for_terminal("\x1b[2J\x07\u{9b}"), "\\u001b[2J\\u0007\\u009b");
        assert_eq!(for_terminal("a\u{202e}b\r"), "a\\u202eb\\u000d");
    }
}
