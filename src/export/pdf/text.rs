//! Paragraphs: text broken into lines.

use krilla::text::{GlyphId, KrillaGlyph};

use super::colour::Colour;
use super::face::{Face, Glyph, Typefaces, clean};

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// The typeface.
    pub face: Face,
    /// In points.
    pub size: f32,
    /// Its colour.
    pub colour: Colour,
}

impl Style {
    /// The same, in another size.
    pub fn scaled(self, by: f32) -> Self {
        Self { size: self.size * by, ..self }
    }

    /// From one baseline to the next, in points. Headings stand closer.
    pub fn leading(self) -> f32 {
        self.size * if self.face == Face::Heading { 1.14 } else { 1.36 }
    }
}

/// Text of one style.
#[derive(Clone, Debug)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Its style.
    pub style: Style,
}

/// Text of one style.
pub fn span(text: impl Into<String>, style: Style) -> Span {
    Span { text: text.into(), style }
}

/// Glyphs of one face and style that follow each other in a line.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) x: f32,
    pub(super) face: Face,
    pub(super) style: Style,
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
}

/// One line of text.
#[derive(Clone, Debug, Default)]
pub struct Line {
    pub(super) runs: Vec<Run>,
    /// In points, without the space at its end.
    pub width: f32,
}

/// A glyph with the span it comes from.
#[derive(Clone, Debug)]
struct Piece<'a> {
    glyph: Glyph,
    text: &'a str,
    style: Style,
}

impl Piece<'_> {
    fn width(&self) -> f32 {
        self.glyph.advance * self.style.size
    }
}

/// One line, however long.
pub fn line(typefaces: &Typefaces, spans: &[Span]) -> Line {
    lines(typefaces, spans, f32::MAX, 1).into_iter().next().unwrap_or_default()
}

/// Text broken into at most so many lines of a width in points. What has no room is left out, with an ellipsis.
pub fn lines(typefaces: &Typefaces, spans: &[Span], width: f32, most: usize) -> Vec<Line> {
    let texts: Vec<(String, Style)> = spans.iter().map(|span| (clean(&span.text), span.style)).collect();
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for (text, style) in &texts {
        let glyphs = typefaces.shape(text, style.face);
        pieces.extend(glyphs.into_iter().map(|glyph| Piece { glyph, text, style: *style }));
    }
    let mut lines = Vec::new();
    let mut rest: &[Piece<'_>] = &pieces;
    while !rest.is_empty() {
        let end = first_line(rest, width);
        let (now, later) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        if lines.len() + 1 == most && !later.is_empty() {
            lines.push(shortened(typefaces, rest, width));
            break;
        }
        lines.push(set(now));
        rest = later;
    }
    lines
}

/// How many pieces the first line holds: as many words as have room, or a part of one that is longer than the line.
fn first_line(pieces: &[Piece<'_>], width: f32) -> usize {
    let (mut used, mut end) = (0.0, None);
    for (place, piece) in pieces.iter().enumerate() {
        if piece.glyph.is_space {
            end = Some(place + 1);
        } else if used + piece.width() > width {
            return end.unwrap_or(place.max(1));
        }
        used += piece.width();
    }
    pieces.len()
}

/// A line that ends with an ellipsis.
fn shortened(typefaces: &Typefaces, pieces: &[Piece<'_>], width: f32) -> Line {
    let Some(style) = pieces.first().map(|piece| piece.style) else { return Line::default() };
    let ellipsis = typefaces.shape("…", style.face);
    let ellipsis: Vec<Piece<'_>> = ellipsis.into_iter().map(|glyph| Piece { glyph, text: "…", style }).collect();
    let room = width - ellipsis.iter().map(Piece::width).sum::<f32>();
    let kept = pieces.get(..first_line(pieces, room)).unwrap_or_default();
    let whole: Vec<Piece<'_>> = kept.iter().cloned().chain(ellipsis).collect();
    set(&whole)
}

fn set(pieces: &[Piece<'_>]) -> Line {
    let mut line = Line::default();
    let mut x = 0.0;
    let mut before: Option<&Glyph> = None;
    for piece in pieces {
        let size = piece.style.size;
        let letters = piece.text.get(piece.glyph.text.clone()).unwrap_or_default();
        let (face, style) = (piece.glyph.face, piece.style);
        if line.runs.last().is_none_or(|run| run.face != face || run.style != style) {
            line.runs.push(Run { x, face, style, text: String::new(), glyphs: Vec::new() });
        }
        let Some(run) = line.runs.last_mut() else { continue };
        // A letter and its accent can be two glyphs that stand for the same text.
        let again = before.is_some_and(|before| before.text == piece.glyph.text) && !run.glyphs.is_empty();
        let begin = if again { run.text.len().saturating_sub(letters.len()) } else { run.text.len() };
        if !again {
            run.text.push_str(letters);
        }
        before = Some(&piece.glyph);
        let id = GlyphId::new(piece.glyph.id.into());
        let (dx, dy) = piece.glyph.offset;
        run.glyphs.push(KrillaGlyph::new(id, piece.glyph.advance, dx, dy, 0.0, begin..run.text.len(), None));
        x += piece.glyph.advance * size;
        if !piece.glyph.is_space {
            line.width = x;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { face: Face::Text, size: 10.0, colour: Colour::INK };

    fn set_in(text: &str, width: f32, most: usize) -> Vec<String> {
        let set = lines(Typefaces::get().unwrap(), &[span(text, STYLE)], width, most);
        assert!(set.iter().all(|line| line.width <= width), "{set:?}");
        set.into_iter().map(|line| line.runs.into_iter().map(|run| run.text).collect()).collect()
    }

    #[test]
    fn lines_break_between_words_and_keep_their_spaces() {
        let lines = set_in("Higher than expected in each of the years 2018-19 to 2024-25", 120.0, 9);
        assert_eq!(lines, ["Higher than expected in ", "each of the years 2018-19 ", "to 2024-25"]);
    }

    #[test]
    fn a_word_longer_than_its_line_is_broken_and_nothing_is_lost() {
        let lines = set_in("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", 60.0, 99);
        assert!(lines.len() > 3, "{lines:?}");
        assert_eq!(lines.concat(), "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch");
    }

    #[test]
    fn what_has_no_room_is_left_out_and_an_ellipsis_says_so() {
        let lines = set_in("The council will train all of its officers by the end of the year.", 100.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'), "{lines:?}");
    }
}
