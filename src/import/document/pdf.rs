//! The text of a PDF: what its pages say, with the place of each letter.
//!
//! Only text is followed, so that pictures, colours and outlines need not be understood; which letter a code stands for, and
//! how wide it is, is in `pdf_font`.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Number, Object, Stream};
use hayro_syntax::page::Resources;
use hayro_syntax::{LoadPdfError, Pdf};

use super::layout::{self, Glyph};
use super::no_text::NoText;
use super::pdf_font::Font;

/// No letter has more pages; a report that has is read so far.
const MOST_PAGES: usize = 200;
/// Letters drawn on a page; the fullest have under 10,000.
const MOST_GLYPHS: usize = 200_000;
/// Drawings within drawings.
const MOST_DEPTH: usize = 12;
/// Within so many bytes of its end a PDF says where its table of contents lies.
const TAIL: usize = 2048;
/// A page with fewer letters than this is a picture of one.
const FEWEST_LETTERS: usize = 20;

/// The text of a PDF in reading order, page after page.
pub(super) fn text(bytes: &[u8]) -> Result<String, NoText> {
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or(bytes);
    if !tail.windows(5).any(|part| part == b"%%EOF") {
        return Err(NoText::CutPdf);
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => NoText::EncryptedPdf,
        LoadPdfError::Invalid => NoText::DamagedPdf,
    })?;
    let mut fonts = Fonts::default();
    let mut pages = Vec::new();
    for page in pdf.pages().iter().take(MOST_PAGES) {
        let mut reader = Reader { fonts: &mut fonts, glyphs: Vec::new(), depth: 0 };
        let start = State { ctm: Matrix(page.initial_transform(true).as_coeffs()), ..State::default() };
        reader.run(page.typed_operations(), page.resources(), start);
        pages.push(layout::text(&reader.glyphs));
    }
    let text = pages.join("\n\n");
    if pages.is_empty() {
        Err(NoText::DamagedPdf)
    } else if text.chars().filter(|c| c.is_alphabetic()).count() < FEWEST_LETTERS {
        Err(NoText::Picture)
    } else {
        Ok(text)
    }
}

/// Fonts by where their descriptions lie, each read once.
type Fonts = HashMap<Vec<u8>, Rc<Font>>;

/// How places are turned into others.
#[derive(Clone, Copy, Debug)]
struct Matrix([f64; 6]);

impl Matrix {
    const SAME: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn of(numbers: [&Number; 6]) -> Self {
        Self(numbers.map(Number::as_f64))
    }

    /// First `inner`, then this.
    fn after(self, inner: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, inner.0);
        Self([a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f])
    }

    fn place(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }
}

/// What the operators of a page set.
#[derive(Clone, Debug)]
struct State {
    ctm: Matrix,
    line: Matrix,
    text: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    stretch: f64,
    leading: f64,
    letter_space: f64,
    word_space: f64,
    rise: f64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            ctm: Matrix::SAME,
            line: Matrix::SAME,
            text: Matrix::SAME,
            font: None,
            size: 0.0,
            stretch: 1.0,
            leading: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            rise: 0.0,
        }
    }
}

impl State {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = self.line.after(Matrix([1.0, 0.0, 0.0, 1.0, x, y]));
        self.text = self.line;
    }

    fn move_on(&mut self, by: f64) {
        self.text = self.text.after(Matrix([1.0, 0.0, 0.0, 1.0, by, 0.0]));
    }
}

/// Follows the operators of a page and of the drawings in it.
struct Reader<'f> {
    fonts: &'f mut Fonts,
    glyphs: Vec<Glyph>,
    depth: usize,
}

impl Reader<'_> {
    fn run<'a>(&mut self, mut operators: TypedIter<'a>, resources: &Resources<'a>, start: State) {
        let mut state = start;
        let mut saved: Vec<State> = Vec::new();
        while let Some(operator) = operators.next() {
            if self.glyphs.len() > MOST_GLYPHS {
                return;
            }
            match operator {
                TypedInstruction::SaveState(_) if saved.len() < 1000 => saved.push(state.clone()),
                TypedInstruction::RestoreState(_) => state = saved.pop().unwrap_or(state),
                TypedInstruction::Transform(m) => {
                    state.ctm = state.ctm.after(Matrix::of([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]));
                }
                TypedInstruction::BeginText(_) => (state.line, state.text) = (Matrix::SAME, Matrix::SAME),
                TypedInstruction::SetTextMatrix(m) => {
                    state.line = Matrix::of([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]);
                    state.text = state.line;
                }
                TypedInstruction::TextFont(font) => {
                    state.size = font.1.as_f64();
                    state.font = resources.get_font(font.0).map(|dict| self.font(&dict));
                }
                TypedInstruction::HorizontalScaling(by) => state.stretch = by.0.as_f64() / 100.0,
                TypedInstruction::TextLeading(by) => state.leading = by.0.as_f64(),
                TypedInstruction::CharacterSpacing(by) => state.letter_space = by.0.as_f64(),
                TypedInstruction::WordSpacing(by) => state.word_space = by.0.as_f64(),
                TypedInstruction::TextRise(by) => state.rise = by.0.as_f64(),
                TypedInstruction::NextLine(to) => state.next_line(to.0.as_f64(), to.1.as_f64()),
                TypedInstruction::NextLineAndSetLeading(to) => {
                    state.leading = -to.1.as_f64();
                    state.next_line(to.0.as_f64(), to.1.as_f64());
                }
                TypedInstruction::NextLineUsingLeading(_) => state.next_line(0.0, -state.leading),
                TypedInstruction::ShowText(text) => self.show(&mut state, text.0.as_bytes()),
                TypedInstruction::NextLineAndShowText(text) => {
                    state.next_line(0.0, -state.leading);
                    self.show(&mut state, text.0.as_bytes());
                }
                TypedInstruction::ShowTextWithParameters(text) => {
                    (state.word_space, state.letter_space) = (text.0.as_f64(), text.1.as_f64());
                    state.next_line(0.0, -state.leading);
                    self.show(&mut state, text.2.as_bytes());
                }
                TypedInstruction::ShowTexts(texts) => self.show_all(&mut state, texts.0),
                TypedInstruction::XObject(drawing) => {
                    if let Some(stream) = resources.get_x_object(drawing.0) {
                        self.drawing(&stream, resources, &state);
                    }
                }
                _ => {}
            }
        }
    }

    /// A drawing within the page.
    fn drawing(&mut self, stream: &Stream<'_>, around: &Resources<'_>, state: &State) {
        let dict = stream.dict();
        let is_form = dict.get::<hayro_syntax::object::Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Form");
        if !is_form || self.depth >= MOST_DEPTH {
            return;
        }
        let Ok(content) = stream.decoded_data() else { return };
        let matrix = Matrix(dict.get::<[f64; 6]>("Matrix").unwrap_or(Matrix::SAME.0));
        let start = State { ctm: state.ctm.after(matrix), ..state.clone() };
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        self.depth += 1;
        self.run(TypedIter::new(&content), own.as_ref().unwrap_or(around), start);
        self.depth -= 1;
    }

    fn font(&mut self, dict: &Dict<'_>) -> Rc<Font> {
        let read = || Rc::new(Font::read(dict));
        Rc::clone(self.fonts.entry(dict.data().to_vec()).or_insert_with(read))
    }

    fn show_all(&mut self, state: &mut State, texts: &Array<'_>) {
        for one in texts.iter::<Object<'_>>() {
            match one {
                Object::Number(back) => state.move_on(-back.as_f64() / 1000.0 * state.size * state.stretch),
                Object::String(text) => self.show(state, text.as_bytes()),
                _ => {}
            }
        }
    }

    fn show(&mut self, state: &mut State, bytes: &[u8]) {
        let Some(font) = state.font.clone() else { return };
        for letter in font.letters(bytes) {
            let word_space = if letter.is_space { state.word_space } else { 0.0 };
            let advance = (letter.width / 1000.0 * state.size + state.letter_space + word_space) * state.stretch;
            let place = state.ctm.after(state.text);
            let (x, y) = place.place(0.0, state.rise);
            let (next_x, next_y) = place.place(letter.width / 1000.0 * state.size * state.stretch, state.rise);
            let (up_x, up_y) = place.place(0.0, state.rise + state.size);
            // What runs upwards stands in the margin.
            if let Some(text) = letter.text.filter(|_| (next_y - y).abs() <= (next_x - x).abs() + 0.01) {
                self.glyphs.push(Glyph { x, y, width: next_x - x, size: (up_x - x).hypot(up_y - y), text });
            }
            state.move_on(advance);
        }
    }
}
