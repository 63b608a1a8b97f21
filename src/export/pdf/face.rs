//! The typefaces of PDF files, and glyphs from text.

use std::ops::Range;
use std::sync::LazyLock;

use krilla::text::Font;
use rustybuzz::ttf_parser::GlyphId;
use rustybuzz::{Direction, Face as Shaper, ShapePlan, UnicodeBuffer, script};

use super::PdfError;

/// Which typeface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Open Sans.
    Text,
    /// Open Sans Semibold.
    Strong,
    /// Caladea Bold.
    Heading,
}

impl Face {
    /// The face that stands in for letters that this one does not have.
    fn reserve(self) -> Self {
        match self {
            Self::Text => Self::Text,
            Self::Strong | Self::Heading => Self::Strong,
        }
    }
}

/// A shape with the text that it stands for.
#[derive(Clone, Debug)]
pub struct Glyph {
    /// The face that it is taken from.
    pub face: Face,
    /// Its number there.
    pub id: u16,
    /// How far it moves the pen, in ems.
    pub advance: f32,
    /// Where it is drawn from the pen, in ems.
    pub offset: (f32, f32),
    /// The bytes of the text that it shows.
    pub text: Range<usize>,
    /// Whether a line may end after it.
    pub is_space: bool,
}

/// The typefaces, read once.
pub struct Typefaces {
    text: Typeface,
    strong: Typeface,
    heading: Typeface,
}

struct Typeface {
    shaper: Shaper<'static>,
    plan: ShapePlan,
    font: Font,
    em: f32,
    /// What is drawn for letters that no face has, so that they are seen to be missing.
    unknown: Option<GlyphId>,
}

static TYPEFACES: LazyLock<Option<Typefaces>> = LazyLock::new(|| {
    Some(Typefaces {
        text: Typeface::read(include_bytes!("../../../assets/fonts/OpenSans-Regular.ttf"))?,
        strong: Typeface::read(include_bytes!("../../../assets/fonts/OpenSans-Semibold.ttf"))?,
        heading: Typeface::read(include_bytes!("../../../assets/fonts/Caladea-Bold.ttf"))?,
    })
});

impl Typeface {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let shaper = Shaper::from_slice(bytes, 0)?;
        let plan = ShapePlan::new(&shaper, Direction::LeftToRight, Some(script::LATIN), None, &[]);
        let em = f32::from(u16::try_from(shaper.units_per_em()).ok()?);
        let unknown = shaper.glyph_index(char::REPLACEMENT_CHARACTER);
        Some(Self { plan, font: Font::new(bytes.into(), 0)?, em, unknown, shaper })
    }

    fn has(&self, letter: char) -> bool {
        self.shaper.glyph_index(letter).is_some()
    }

    /// A length in the units of the typeface, in ems.
    fn ems(&self, units: i32) -> f32 {
        f32::from(i16::try_from(units).unwrap_or(i16::MAX)) / self.em
    }
}

impl Typefaces {
    /// The typefaces that the program carries.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn get() -> Result<&'static Self, PdfError> {
        TYPEFACES.as_ref().ok_or(PdfError::Typeface)
    }

    fn of(&self, face: Face) -> &Typeface {
        match face {
            Face::Text => &self.text,
            Face::Strong => &self.strong,
            Face::Heading => &self.heading,
        }
    }

    /// The face as the file embeds it.
    pub(super) fn font(&self, face: Face) -> Font {
        self.of(face).font.clone()
    }

    /// The glyphs of a cleaned text, left to right. Letters that no face has come as the sign for them, which still stands
    /// for the letter when the text is copied or heard.
    pub(super) fn shape(&self, text: &str, face: Face) -> Vec<Glyph> {
        let mut glyphs = Vec::new();
        let mut rest = text.char_indices().map(|(at, letter)| (at, self.source(face, letter))).peekable();
        while let Some((start, source)) = rest.next() {
            while rest.next_if(|(_, other)| *other == source && source.is_some()).is_some() {}
            let range = start..rest.peek().map_or(text.len(), |(end, _)| *end);
            match source {
                Some(source) => self.shape_run(text, range, source, &mut glyphs),
                None => glyphs.extend(self.unknown(range, face.reserve())),
            }
        }
        glyphs
    }

    /// The face that draws a letter, if any does.
    fn source(&self, face: Face, letter: char) -> Option<Face> {
        [face, face.reserve()].into_iter().find(|face| self.of(*face).has(letter))
    }

    fn shape_run(&self, text: &str, range: Range<usize>, face: Face, glyphs: &mut Vec<Glyph>) {
        let (typeface, start) = (self.of(face), range.start);
        let Some(run) = text.get(range) else { return };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(run);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = rustybuzz::shape_with_plan(&typeface.shaper, &typeface.plan, buffer);
        let starts: Vec<usize> =
            shaped.glyph_infos().iter().map(|info| usize::try_from(info.cluster).unwrap_or(0)).collect();
        for (place, (info, position)) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()).enumerate() {
            let begin = starts.get(place).copied().unwrap_or(0);
            let end = starts.iter().skip(place).copied().find(|other| *other > begin).unwrap_or(run.len());
            glyphs.push(Glyph {
                face,
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                advance: typeface.ems(position.x_advance),
                offset: (typeface.ems(position.x_offset), typeface.ems(position.y_offset)),
                text: start + begin..start + end,
                is_space: run.get(begin..end) == Some(" "),
            });
        }
    }

    fn unknown(&self, text: Range<usize>, face: Face) -> Option<Glyph> {
        let typeface = self.of(face);
        let id = typeface.unknown?;
        let advance = typeface.shaper.glyph_hor_advance(id).map_or(0.5, |units| typeface.ems(i32::from(units)));
        Some(Glyph { face, id: id.0, advance, offset: (0.0, 0.0), text, is_space: false })
    }
}

/// A text as it is set: one kind of space, one kind of hyphen, and nothing that cannot be drawn.
pub(super) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{a0}' => clean.push(letter),
            '\u{2010}' | '\u{2011}' => clean.push('-'),
            '\u{2012}' => clean.push('–'),
            // Marks of direction and of joining, variation selectors, and characters that no text may hold.
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{fffe}'
            | '\u{ffff}' => {}
            letter if letter.is_whitespace() => {
                if !clean.ends_with(' ') {
                    clean.push(' ');
                }
            }
            letter if letter.is_control() => {}
            letter => clean.push(letter),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, face: Face) -> Vec<(Face, String)> {
        let glyphs = Typefaces::get().unwrap().shape(text, face);
        glyphs.into_iter().map(|glyph| (glyph.face, text.get(glyph.text).unwrap().to_owned())).collect()
    }

    #[test]
    fn every_letter_is_shown_by_a_glyph_that_stands_for_it() {
        for text in ["Derbyshire’s 5–7% of £3", "Ynys Môn, Tŷ Gwyn", "Škoda straße"] {
            let letters: String = shown(text, Face::Text).into_iter().map(|(_, letters)| letters).collect();
            assert_eq!(letters, text);
        }
    }

    #[test]
    fn a_letter_that_no_face_has_is_seen_to_be_missing_and_still_stands_for_itself() {
        let unknown = Typefaces::get().unwrap().shape("a漢", Face::Heading).pop().unwrap();
        let sign = Typefaces::get().unwrap().shape("\u{fffd}", Face::Strong).pop().unwrap();
        assert_eq!((unknown.face, unknown.id, unknown.text), (Face::Strong, sign.id, 1..4));
        assert_ne!(unknown.id, 0);
    }

    #[test]
    fn text_is_cleaned_of_what_cannot_be_drawn() {
        assert_eq!(clean("a\u{200b}b\n\n c\u{0}\u{feff}\u{2011}d\u{a0}e"), "ab c-d\u{a0}e");
    }
}
