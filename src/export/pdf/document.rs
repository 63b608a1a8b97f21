//! Sheets with their structure, written as a file.

use std::num::NonZeroU16;
use std::vec;

use jiff::Timestamp;
use krilla::Document;
use krilla::SerializeSettings;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{Page, PageSettings};
use krilla::paint::FillRule;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, Tag, TagGroup, TagKind, TagTree};

use super::PdfError;
use super::face::Typefaces;
use super::ink::Mark;

/// Width of A4 in points.
pub const WIDTH: f32 = 595.276;
/// Height of A4 in points.
pub const HEIGHT: f32 = 841.89;

/// A piece of a sheet, in the order in which it is read.
pub enum Part {
    /// What has a meaning: a table, a list, a paragraph.
    Group(TagKind, Vec<Part>),
    /// A heading, which also stands among the document's bookmarks.
    Heading {
        /// 1 for the title.
        level: NonZeroU16,
        /// Its words.
        title: String,
        /// Where it begins, in points from the top.
        top: f32,
        /// What is drawn.
        marks: Vec<Mark>,
    },
    /// What is drawn for the group around.
    Content(Vec<Mark>),
    /// Text that leads elsewhere.
    Link {
        /// The whole address.
        to: String,
        /// Where it leads, in words.
        said: String,
        /// Where it can be pressed.
        place: Rect,
        /// What is drawn.
        marks: Vec<Mark>,
    },
    /// What says nothing that is not said in words: rules, fills, the head and foot of each sheet.
    Decoration(ArtifactType, Vec<Mark>),
}

/// What a file says of itself.
#[derive(Clone, Debug)]
pub struct About {
    /// Its title.
    pub title: String,
    /// What it holds, in a sentence.
    pub description: String,
    /// What names this file and no other.
    pub id: String,
    /// When its content was published.
    pub made_at: Timestamp,
}

/// The whole file. The same sheets give the same bytes.
///
/// # Errors
/// The typefaces cannot be read, or the file would break a rule of PDF/UA-1.
pub fn write(about: About, sheets: &[Vec<Part>]) -> Result<Vec<u8>, PdfError> {
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|error| PdfError::Refused(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let typefaces = Typefaces::get()?;
    let (mut tree, mut outline) = (TagTree::new(), Vec::new());
    for (number, parts) in sheets.iter().enumerate() {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(PdfError::PageSize(WIDTH, HEIGHT))?;
        let mut page = document.start_page_with(settings);
        let mut links = Vec::new();
        add_links(&mut page, parts, &mut links);
        let (mut surface, links) = (page.surface(), links.into_iter());
        let mut writer = Writer { typefaces, surface: &mut surface, links, number, outline: &mut outline };
        tree.children.extend(parts.iter().filter_map(|part| writer.part(part)));
        surface.finish();
        page.finish();
    }
    document.set_metadata(metadata(about));
    document.set_tag_tree(tree.with_lang(Some(LANGUAGE.to_owned())));
    document.set_outline(bookmarks(outline));
    document.finish().map_err(|error| PdfError::Refused(format!("{error:?}")))
}

const LANGUAGE: &str = "en-GB";

fn metadata(about: About) -> Metadata {
    let made = about.made_at.to_zoned(jiff::tz::TimeZone::UTC);
    let whole = |number: i8| u8::try_from(number).unwrap_or(0);
    let made = DateTime::new(u16::try_from(made.year()).unwrap_or(0))
        .month(whole(made.month()))
        .day(whole(made.day()))
        .hour(whole(made.hour()))
        .minute(whole(made.minute()))
        .second(whole(made.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(about.title)
        .description(about.description)
        .language(LANGUAGE.to_owned())
        .authors(vec!["Council Map".to_owned()])
        .creator("Council Map".to_owned())
        .creation_date(made)
        .document_id(about.id)
}

/// The headings as a tree: those of the second level below the title before them.
fn bookmarks(headings: Vec<(u16, OutlineNode)>) -> Outline {
    let mut outline = Outline::new();
    let mut title: Option<OutlineNode> = None;
    for (level, node) in headings {
        match &mut title {
            Some(above) if level > 1 => above.push_child(node),
            _ => {
                if let Some(done) = title.replace(node.with_open(true)) {
                    outline.push_child(done);
                }
            }
        }
    }
    if let Some(done) = title {
        outline.push_child(done);
    }
    outline
}

/// Makes the places to press, which the page must have before anything is drawn.
fn add_links(page: &mut Page<'_>, parts: &[Part], found: &mut Vec<Identifier>) {
    for part in parts {
        match part {
            Part::Group(_, parts) => add_links(page, parts, found),
            Part::Link { to, said, place, .. } => {
                let target = Target::Action(Action::Link(LinkAction::new(to.clone())));
                let link = Annotation::new_link(LinkAnnotation::new(*place, target), Some(said.clone()));
                found.push(page.add_tagged_annotation(link));
            }
            Part::Heading { .. } | Part::Content(_) | Part::Decoration(..) => {}
        }
    }
}

struct Writer<'a, 'p> {
    typefaces: &'a Typefaces,
    surface: &'a mut Surface<'p>,
    links: vec::IntoIter<Identifier>,
    /// Which sheet, from 0.
    number: usize,
    outline: &'a mut Vec<(u16, OutlineNode)>,
}

impl Writer<'_, '_> {
    /// Draws a part; its node of the tree of structure, if it has one.
    fn part(&mut self, part: &Part) -> Option<Node> {
        match part {
            Part::Group(tag, parts) => {
                let mut group = TagGroup::new(tag.clone());
                group.children = parts.iter().filter_map(|part| self.part(part)).collect();
                Some(group.into())
            }
            Part::Heading { level, title, top, marks } => {
                let place = XyzDestination::new(self.number, Point::from_xy(0.0, *top));
                self.outline.push((level.get(), OutlineNode::new(title.clone(), place)));
                let mut group = TagGroup::new(Tag::Hn(*level, Some(title.clone())));
                group.push(self.content(marks));
                Some(group.into())
            }
            Part::Content(marks) => Some(self.content(marks).into()),
            Part::Link { marks, .. } => {
                let mut group = TagGroup::new(Tag::Link);
                group.push(self.content(marks));
                if let Some(place) = self.links.next() {
                    group.push(place);
                }
                Some(group.into())
            }
            Part::Decoration(kind, marks) => {
                self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(*kind)));
                self.marks(marks, false);
                self.surface.end_tagged();
                None
            }
        }
    }

    fn content(&mut self, marks: &[Mark]) -> Identifier {
        let picture = marks.iter().any(|mark| !matches!(mark, Mark::Text { .. }));
        let tag = if picture { ContentTag::Other } else { ContentTag::Span(SpanTag::empty()) };
        let content = self.surface.start_tagged(tag);
        self.marks(marks, picture);
        self.surface.end_tagged();
        content
    }

    /// Draws marks. What is written in a picture is drawn as shapes, since other words stand for the picture: as text it
    /// would be heard twice, and programs that gather text would take the names of an axis for a line of the column.
    fn marks(&mut self, marks: &[Mark], picture: bool) {
        for mark in marks {
            match mark {
                Mark::Text { x, y, line } => {
                    self.surface.set_stroke(None);
                    for run in &line.runs {
                        self.surface.set_fill(Some(run.style.colour.fill()));
                        let start = Point::from_xy(x + run.x, *y);
                        let font = self.typefaces.font(run.face);
                        self.surface.draw_glyphs(start, &run.glyphs, font, &run.text, run.style.size, picture);
                    }
                }
                Mark::Shape { path, fill, pen } => {
                    self.surface.set_fill(fill.map(super::colour::Colour::fill));
                    self.surface.set_stroke(pen.map(super::ink::Pen::stroke));
                    self.surface.draw_path(path);
                }
                Mark::Within { path, marks } => {
                    self.surface.push_clip_path(path, &FillRule::NonZero);
                    self.marks(marks, picture);
                    self.surface.pop();
                }
            }
        }
    }
}
