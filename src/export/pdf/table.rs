//! Tables with heads of columns and of rows.

use krilla::geom::Rect;
use krilla::tagging::{ArtifactType, TableHeaderScope, Tag};

use super::colour::Colour;
use super::column::{Column, NOTE, QUIET, TEXT, float};
use super::document::Part;
use super::ink::{Mark, Pen, line as rule};
use super::text::{Line, Span, span};

/// Space between two columns.
const GUTTER: f32 = 10.0;
/// Space above and below the text of a row.
const PAD: f32 = 2.7;
/// More lines than this are cut short.
const MOST_LINES: usize = 3;

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// Its name.
    pub title: &'static str,
    /// Its part of the width.
    pub share: f32,
    /// Whether it holds numbers, which end at its right edge.
    pub numbers: bool,
    /// How far its name stands in, as the text of its cells does behind their drawings.
    pub indent: f32,
}

/// What is drawn in a cell besides its text, given the place of its left edge, its middle height, and its width.
pub type Drawing = Box<dyn Fn(f32, f32, f32) -> Vec<Mark>>;

/// A cell.
#[derive(Default)]
pub struct Cell {
    spans: Vec<Span>,
    /// Drawn before the text, and how much room it takes.
    lead: Option<(f32, Drawing)>,
    /// Where the text leads: the whole address, and the place in words.
    link: Option<(String, String)>,
}

impl Cell {
    /// A cell with text. Where there is none a dash stands, since a cell without content would be none of the table.
    pub fn text(spans: impl Into<Vec<Span>>) -> Self {
        let mut spans = spans.into();
        if spans.is_empty() {
            spans.push(span("–", QUIET));
        }
        Self { spans, ..Self::default() }
    }

    /// The same with a drawing before the text, which takes so many points.
    #[must_use]
    pub fn after(self, room: f32, drawing: Drawing) -> Self {
        Self { lead: Some((room, drawing)), ..self }
    }

    /// The same, leading to an address; `said` names the place for those who hear it.
    #[must_use]
    pub fn leading(self, to: Option<String>, said: String) -> Self {
        Self { link: to.map(|to| (to, said)), ..self }
    }
}

/// A table. The cell of the column `named` is the head of its row.
pub struct Table<'a> {
    /// Its columns.
    pub heads: &'a [Head],
    /// What it shows, under its heading.
    pub caption: String,
    /// Which column names the rows, from 0.
    pub named: usize,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell with its lines, before its row's height is known.
struct Set {
    lines: Vec<Line>,
    left: f32,
    width: f32,
    numbers: bool,
}

impl Column {
    /// A table across the column.
    pub fn table(&mut self, table: Table<'_>) {
        let shares: f32 = table.heads.iter().map(|head| head.share).sum();
        let room = self.width - GUTTER * float(table.heads.len().saturating_sub(1));
        let mut left = self.x;
        let mut places = Vec::new();
        for head in table.heads {
            let width = room * head.share / shares;
            places.push((left, width, head.numbers));
            left += width + GUTTER;
        }
        let mut parts = vec![self.caption(&table.caption)];
        let name =
            |head: &Head| Cell::text([span(head.title, QUIET)]).after(head.indent, Box::new(|_, _, _| Vec::new()));
        let names = table.heads.iter().map(name).collect();
        let head = self.row(names, &places, Row::Head, Pen::new(Colour::EDGE, 0.8));
        parts.push(Part::Group(Tag::THead.into(), vec![head]));
        let pen = Pen::new(Colour::LINE, 0.5);
        let rows = table.rows.into_iter().map(|cells| self.row(cells, &places, Row::Named(table.named), pen));
        let rows: Vec<Part> = rows.collect();
        if !rows.is_empty() {
            parts.push(Part::Group(Tag::TBody.into(), rows));
        }
        self.parts.push(Part::Group(Tag::Table.into(), parts));
    }

    fn caption(&mut self, caption: &str) -> Part {
        let lines = self.set(&[span(caption, NOTE)], self.width, MOST_LINES);
        let (top, height) = (self.y, self.leading(NOTE) * float(lines.len()));
        self.y += height + PAD * self.scale;
        let marks = self.marks(lines, self.x, top, NOTE);
        Part::Group(Tag::Caption.into(), vec![Part::Content(marks)])
    }

    fn row(&mut self, cells: Vec<Cell>, places: &[(f32, f32, bool)], row: Row, pen: Pen) -> Part {
        let mut sets: Vec<Set> = Vec::new();
        for (cell, (left, width, numbers)) in cells.iter().zip(places) {
            let lead = cell.lead.as_ref().map_or(0.0, |(room, _)| *room);
            let lines = self.set(&cell.spans, width - lead, MOST_LINES);
            sets.push(Set { lines, left: left + lead, width: width - lead, numbers: *numbers });
        }
        let leading = self.leading(TEXT);
        let pad = if row == Row::Head { PAD * 0.5 } else { PAD } * self.scale;
        let (top, most) = (self.y + pad, sets.iter().map(|set| set.lines.len()).max().unwrap_or(1).max(1));
        let parts: Vec<Part> = (0..)
            .zip(cells.iter().zip(sets).zip(places))
            .map(|(place, ((cell, set), (left, _, _)))| {
                let contents = self.contents(cell, set, *left, top, leading);
                match row {
                    Row::Head => Part::Group(Tag::TH(TableHeaderScope::Column).into(), contents),
                    Row::Named(named) if named == place => Part::Group(Tag::TH(TableHeaderScope::Row).into(), contents),
                    Row::Named(_) => Part::Group(Tag::TD.into(), contents),
                }
            })
            .collect();
        self.y = top + leading * float(most) + pad;
        let mark = rule(&[(self.x, self.y), (self.x + self.width, self.y)], pen);
        let under = Part::Decoration(ArtifactType::Layout, mark.into_iter().collect());
        Part::Group(Tag::TR.into(), parts.into_iter().chain([under]).collect())
    }

    fn contents(&self, cell: &Cell, set: Set, left: f32, top: f32, leading: f32) -> Vec<Part> {
        let mut parts = Vec::new();
        if let Some((room, draw)) = &cell.lead {
            let marks = draw(left, top + leading / 2.0, room + set.width);
            if !marks.is_empty() {
                parts.push(Part::Decoration(ArtifactType::Layout, marks));
            }
        }
        let mut marks = Vec::new();
        let mut extent: Option<(f32, f32)> = None;
        let height = leading * float(set.lines.len());
        for (number, line) in set.lines.into_iter().enumerate() {
            let x = if set.numbers { set.left + set.width - line.width } else { set.left };
            let (from, to) = extent.unwrap_or((x, x));
            extent = Some((from.min(x), to.max(x + line.width)));
            let style = cell.spans.first().map_or(TEXT, |span| span.style);
            marks.extend(self.marks(vec![line], x, top + leading * float(number), style));
        }
        let place = extent.and_then(|(from, to)| Rect::from_ltrb(from, top, to, top + height));
        match (&cell.link, place) {
            (Some((to, said)), Some(place)) => {
                parts.push(Part::Link { to: to.clone(), said: said.clone(), place, marks });
            }
            _ if !marks.is_empty() => parts.push(Part::Content(marks)),
            _ => {}
        }
        parts
    }
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    /// The names of the columns.
    Head,
    /// Cells, of which one names the others.
    Named(usize),
}
