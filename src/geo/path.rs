//! SVG path data in as few bytes as it takes.

use std::fmt::Write;

/// A point on the map, in units of the view box times [`Pen::new`]'s scale.
pub(super) type Dot = (i32, i32);

/// Writes lines as relative `m` and `l` commands, with a separator only where two numbers would run together.
pub(super) struct Pen {
    out: String,
    decimals: bool,
    /// Where the current point is after the last command.
    at: Dot,
    last_has_point: bool,
    after_letter: bool,
}

impl Pen {
    /// With `decimals`, dots are tenths of a unit.
    pub(super) fn new(decimals: bool) -> Self {
        Self { out: String::new(), decimals, at: (0, 0), last_has_point: false, after_letter: true }
    }

    /// Draws a line through the dots, which differ from one to the next; `closed` adds the way back.
    pub(super) fn line(&mut self, dots: &[Dot], closed: bool) {
        let Some(first) = dots.first() else { return };
        self.letter('m');
        for dot in dots {
            self.number(dot.0 - self.at.0);
            self.number(dot.1 - self.at.1);
            self.at = *dot;
        }
        if closed {
            self.letter('z');
            self.at = *first;
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    fn letter(&mut self, letter: char) {
        self.out.push(letter);
        self.after_letter = true;
    }

    fn number(&mut self, value: i32) {
        let text = self.text(value);
        let runs_on = text.starts_with('-') || (text.starts_with('.') && self.last_has_point);
        if !runs_on && !self.after_letter {
            self.out.push(' ');
        }
        self.last_has_point = text.contains('.');
        self.after_letter = false;
        self.out.push_str(&text);
    }

    fn text(&self, value: i32) -> String {
        let mut text = String::new();
        if !self.decimals {
            // Writing into a String cannot fail.
            let _ = write!(text, "{value}");
            return text;
        }
        let (whole, tenth) = (value.unsigned_abs() / 10, value.unsigned_abs() % 10);
        if value < 0 {
            text.push('-');
        }
        let _ = match (whole, tenth) {
            (whole, 0) => write!(text, "{whole}"),
            (0, tenth) => write!(text, ".{tenth}"),
            (whole, tenth) => write!(text, "{whole}.{tenth}"),
        };
        text
    }
}
