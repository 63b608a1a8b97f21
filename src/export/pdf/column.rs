//! A column of a sheet, filled from top to bottom.

use std::num::NonZeroU16;

use krilla::geom::Rect;
use krilla::tagging::{ArtifactType, BBox, ListNumbering, Tag};

use super::colour::Colour;
use super::document::Part;
use super::face::{Face, Typefaces};
use super::ink::{Mark, Pen, line as rule, rectangle};
use super::text::{self, Line, Span, Style, span};

/// Running text.
pub const TEXT: Style = Style { face: Face::Text, size: 8.8, colour: Colour::INK };
/// Running text that stands out.
pub const STRONG: Style = Style { face: Face::Strong, ..TEXT };
/// Running text of less weight.
pub const QUIET: Style = Style { colour: Colour::SOFT, ..TEXT };
/// Notes and captions.
pub const NOTE: Style = Style { size: 8.2, ..QUIET };

/// Where the baseline lies in a line, as a part of its height from the top.
const BASELINE: f32 = 0.75;
/// How far the text of a list stands in.
const INDENT: f32 = 14.0;

/// The place of a column, and what has been set in it.
pub struct Column {
    /// What it is set in.
    pub typefaces: &'static Typefaces,
    /// The left edge, in points.
    pub x: f32,
    /// In points.
    pub width: f32,
    /// How far down it is filled, in points from the top of the sheet.
    pub y: f32,
    /// By how much everything in it is larger than usual.
    pub scale: f32,
    /// What is in it.
    pub parts: Vec<Part>,
}

/// A heading's level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The title.
    Title,
    /// A section.
    Section,
}

impl Level {
    fn number(self) -> NonZeroU16 {
        match self {
            Self::Title => NonZeroU16::MIN,
            Self::Section => NonZeroU16::MIN.saturating_add(1),
        }
    }

    /// Its style, and the space above and below.
    fn look(self) -> (Style, f32, f32) {
        let heading = |size| Style { face: Face::Heading, size, colour: Colour::INK };
        match self {
            Self::Title => (heading(20.0), 0.0, 4.0),
            Self::Section => (heading(12.4), 10.0, 4.0),
        }
    }
}

/// A point of a list.
pub struct Point {
    /// What it says.
    pub spans: Vec<Span>,
}

impl Column {
    /// An empty column.
    pub fn new(typefaces: &'static Typefaces, x: f32, width: f32, y: f32, scale: f32) -> Self {
        Self { typefaces, x, width, y, scale, parts: Vec::new() }
    }

    /// Two columns side by side, which begin where this one ends. The first takes `share` of the width.
    pub fn split(&self, share: f32, gap: f32) -> (Self, Self) {
        let left = (self.width - gap) * share;
        let column = |x, width| Self::new(self.typefaces, x, width, self.y, self.scale);
        (column(self.x, left), column(self.x + left + gap, self.width - gap - left))
    }

    /// Takes up columns that are full, read one after the other, and goes on below the longest.
    pub fn join(&mut self, columns: impl IntoIterator<Item = Self>) {
        for column in columns {
            self.y = self.y.max(column.y);
            self.parts.extend(column.parts);
        }
    }

    /// Leaves a space, in points of the usual size.
    pub fn gap(&mut self, height: f32) {
        self.y += height * self.scale;
    }

    fn scaled(&self, spans: &[Span]) -> Vec<Span> {
        spans.iter().map(|one| span(one.text.clone(), one.style.scaled(self.scale))).collect()
    }

    /// Breaks text of the usual size into lines of this column's size.
    pub fn set(&self, spans: &[Span], width: f32, most: usize) -> Vec<Line> {
        text::lines(self.typefaces, &self.scaled(spans), width, most)
    }

    /// From one baseline to the next, for text of the usual size.
    pub fn leading(&self, style: Style) -> f32 {
        style.scaled(self.scale).leading()
    }

    /// Lines as marks, from a left edge and a top.
    pub fn marks(&self, lines: Vec<Line>, x: f32, top: f32, style: Style) -> Vec<Mark> {
        let leading = self.leading(style);
        let mut y = top + leading * BASELINE;
        let mut marks = Vec::new();
        for line in lines {
            marks.push(Mark::Text { x, y, line });
            y += leading;
        }
        marks
    }

    /// Sets text at the foot of the column, and says what was drawn.
    fn flow(&mut self, spans: &[Span], indent: f32) -> Vec<Mark> {
        let Some(style) = spans.first().map(|span| span.style) else { return Vec::new() };
        let lines = self.set(spans, self.width - indent, usize::MAX);
        let (top, height) = (self.y, self.leading(style) * float(lines.len()));
        self.y += height;
        self.marks(lines, self.x + indent, top, style)
    }

    /// A heading, with its space above and below.
    pub fn heading(&mut self, level: Level, title: &str) {
        let (style, above, below) = level.look();
        self.gap(above);
        let top = self.y;
        let marks = self.flow(&[span(title, style)], 0.0);
        self.gap(below);
        self.parts.push(Part::Heading { level: level.number(), title: title.to_owned(), top, marks });
    }

    /// A paragraph.
    pub fn paragraph(&mut self, spans: &[Span]) {
        let marks = self.flow(spans, 0.0);
        if !marks.is_empty() {
            self.parts.push(Part::Group(Tag::P.into(), vec![Part::Content(marks)]));
        }
    }

    /// A paragraph with a bar at its left.
    pub fn barred(&mut self, spans: &[Span], colour: Colour) {
        let top = self.y;
        let marks = self.flow(spans, INDENT * 0.7);
        let bar = rectangle(self.x, top + 1.5, 2.2, self.y - top - 2.0, Some(colour), None);
        self.parts.push(Part::Decoration(ArtifactType::Layout, bar.into_iter().collect()));
        self.parts.push(Part::Group(Tag::P.into(), vec![Part::Content(marks)]));
    }

    /// A paragraph on paper of another colour.
    pub fn banded(&mut self, spans: &[Span], paper: Colour) {
        let (top, pad) = (self.y, 4.0);
        self.y += pad;
        let marks = self.flow(spans, pad * 2.0);
        self.y += pad;
        let band = rectangle(self.x, top, self.width, self.y - top, Some(paper), None);
        self.parts.push(Part::Decoration(ArtifactType::Layout, band.into_iter().collect()));
        self.parts.push(Part::Group(Tag::P.into(), vec![Part::Content(marks)]));
    }

    /// A paragraph that leads elsewhere; `said` names the place for those who hear it.
    pub fn link(&mut self, words: &str, to: String, said: String) {
        let style = Style { colour: Colour::TEAL, ..NOTE };
        let top = self.y;
        let marks = self.flow(&[span(words, style)], 0.0);
        if let Some(place) = Rect::from_ltrb(self.x, top, self.x + self.width, self.y) {
            let link = Part::Link { to, said, place, marks };
            self.parts.push(Part::Group(Tag::P.into(), vec![link]));
        }
    }

    /// A list: numbered, or with a dot before each point. Nothing where there are no points.
    pub fn list(&mut self, points: &[Point], numbered: bool, ruled: bool) {
        let mut items = Vec::new();
        for (number, point) in (1_u32..).zip(points) {
            let Some(style) = point.spans.first().map(|span| span.style) else { continue };
            if ruled {
                items.extend(self.rule(Pen::new(Colour::LINE, 0.5)));
                self.gap(2.2);
            }
            let label = if numbered { format!("{number}.") } else { "•".to_owned() };
            let shown = if numbered { Style { face: Face::Strong, ..style } } else { style };
            let label = self.set(&[span(label, shown)], INDENT, 1);
            let label = self.marks(label, self.x, self.y, style);
            let indent = if numbered { INDENT } else { INDENT * 0.6 };
            let body = self.flow(&point.spans, indent);
            self.gap(if ruled { 2.6 } else { 0.0 });
            items.push(Part::Group(
                Tag::LI.into(),
                vec![
                    Part::Group(Tag::Lbl.into(), vec![Part::Content(label)]),
                    Part::Group(Tag::LBody.into(), vec![Part::Content(body)]),
                ],
            ));
        }
        if !items.is_empty() {
            let numbering = if numbered { ListNumbering::Decimal } else { ListNumbering::Disc };
            self.parts.push(Part::Group(Tag::L(numbering).into(), items));
        }
    }

    /// A line across the column.
    pub fn rule(&self, pen: Pen) -> Option<Part> {
        let mark = rule(&[(self.x, self.y), (self.x + self.width, self.y)], pen)?;
        Some(Part::Decoration(ArtifactType::Layout, vec![mark]))
    }

    /// A picture of a height, on a sheet that is counted from 0, with what it shows in words.
    pub fn figure(&mut self, sheet: usize, height: f32, said: String, marks: Vec<Mark>) {
        let (left, top, right) = (self.x, self.y, self.x + self.width);
        self.y += height;
        let frame = Rect::from_ltrb(left, top, right, self.y).map(|rect| BBox::new(sheet, rect));
        self.parts.push(Part::Group(Tag::Figure(Some(said)).with_bbox(frame).into(), vec![Part::Content(marks)]));
    }
}

/// A small number as a length.
pub fn float(number: usize) -> f32 {
    u16::try_from(number).map_or(f32::MAX, f32::from)
}

/// A number as a length in points; a sheet needs no finer one.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "a place on a sheet, or a rate")]
pub fn points(number: f64) -> f32 {
    number as f32
}
