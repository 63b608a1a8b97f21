//! The committee pack as a PDF: two sheets of A4, whatever there is to say. It says what the page says, and is made of the
//! same model.

mod chart;
mod first;
mod second;
mod swatch;

use jiff::Timestamp;
use krilla::tagging::ArtifactType;

use super::pdf::PdfError;
use super::pdf::column::{Column, NOTE, TEXT};
use super::pdf::document::{About, HEIGHT, Part, WIDTH, write};
use super::pdf::face::{Face, Typefaces};
use super::pdf::ink::{Colour, Mark, Pen, line};
use super::pdf::text::{self, Span, Style, span};
use crate::domain::{format, london};
use crate::read::pack::PackPage;
use crate::views::links;

/// From the edge of the paper to what is on it, in points.
const MARGIN: f32 = 42.0;
/// Where the content of a sheet begins.
const TOP: f32 = 56.0;
/// Where it must have ended.
const BOTTOM: f32 = HEIGHT - 48.0;

/// What the file says of the edition that it is made of.
#[derive(Clone, Copy, Debug)]
pub struct Imprint<'a> {
    /// The edition.
    pub edition: &'a str,
    /// When the newest release in it was published.
    pub published_at: Timestamp,
    /// Under which address the site is reached, such as `https://map.example.org`; without one nothing in the file leads
    /// anywhere.
    pub origin: Option<&'a str>,
}

impl Imprint<'_> {
    /// The whole address of a path of the site.
    fn address(&self, path: &str) -> Option<String> {
        self.origin.map(|origin| format!("{origin}{path}"))
    }

    /// An address as it is printed: without what every address begins with.
    fn printed(&self, path: &str) -> String {
        let host = self.origin.map(|origin| origin.split_once("://").map_or(origin, |(_, host)| host));
        format!("{}{path}", host.unwrap_or_default())
    }
}

/// How tightly a sheet is set.
#[derive(Clone, Copy, Debug)]
struct Fit {
    /// By how much everything is larger than usual.
    scale: f32,
    /// How much of what could be left out is kept, from 0 to [`ALL`].
    kept: usize,
}

/// Everything is kept.
const ALL: usize = 4;
/// From the largest type with everything to the smallest with hardly anything. The first that has room is taken: a sheet
/// with little to say is set in larger type, which is easier to read across a table.
const FITS: [Fit; 11] = [
    Fit { scale: 1.12, kept: ALL },
    Fit { scale: 1.08, kept: ALL },
    Fit { scale: 1.04, kept: ALL },
    Fit { scale: 1.0, kept: ALL },
    Fit { scale: 0.96, kept: ALL },
    Fit { scale: 0.92, kept: ALL },
    Fit { scale: 0.92, kept: 3 },
    Fit { scale: 0.92, kept: 2 },
    Fit { scale: 0.92, kept: 1 },
    Fit { scale: 0.88, kept: 1 },
    Fit { scale: 0.88, kept: 0 },
];

/// The file. The same model and imprint give the same bytes.
///
/// # Errors
/// The typefaces cannot be read, the file would break a rule of PDF/UA-1, or the content has no room.
pub fn pdf(page: &PackPage, imprint: &Imprint<'_>) -> Result<Vec<u8>, PdfError> {
    let typefaces = Typefaces::get()?;
    let address = links::pack(&page.overview.council.slug, Some(page.overview.year));
    let sheet = |number: usize, fill: &dyn Fn(&mut Column, usize)| {
        let column = FITS.iter().find_map(|fit| {
            let mut column = Column::new(typefaces, MARGIN, WIDTH - 2.0 * MARGIN, TOP, fit.scale);
            fill(&mut column, fit.kept);
            (column.y <= BOTTOM).then_some(column)
        });
        let mut parts = vec![head(typefaces, page, imprint, number)];
        parts.extend(column.ok_or(PdfError::NoRoom)?.parts);
        parts.push(foot(typefaces, page, imprint, &address, number));
        Ok(parts)
    };
    let sheets = [
        sheet(0, &|column, kept| first::fill(column, page, kept))?,
        sheet(1, &|column, kept| second::fill(column, page, imprint, kept))?,
    ];
    let about = About {
        title: page.title(),
        description: page.lede(),
        id: format!("{} {}", imprint.edition, imprint.printed(&address)),
        made_at: imprint.published_at,
    };
    write(about, &sheets)
}

/// Text at the left edge and at the right, and a line above or below.
fn margin(typefaces: &Typefaces, baseline: f32, rule: f32, texts: [&[Span]; 3], kind: ArtifactType) -> Part {
    let right = WIDTH - MARGIN;
    let mut marks: Vec<Mark> =
        line(&[(MARGIN, rule), (right, rule)], Pen::new(Colour::LINE, 0.6)).into_iter().collect();
    for (place, spans) in (0_u8..).zip(texts) {
        let line = text::line(typefaces, spans);
        let x = match place {
            0 => MARGIN,
            1 => f32::midpoint(MARGIN, right) - line.width / 2.0,
            _ => right - line.width,
        };
        marks.push(Mark::Text { x, y: baseline, line });
    }
    Part::Decoration(kind, marks)
}

fn head(typefaces: &Typefaces, page: &PackPage, imprint: &Imprint<'_>, sheet: usize) -> Part {
    let name = Style { face: Face::Heading, size: 11.5, ..TEXT };
    let council = &page.overview.council.official_name;
    let right = match sheet {
        0 => format!("Committee pack, figures of {}", format::date(london::day_of(imprint.published_at))),
        _ => format!("{council}, {}", page.overview.year),
    };
    margin(typefaces, 36.0, 44.0, [&[span("Council Map", name)], &[], &[span(right, NOTE)]], ArtifactType::Header)
}

fn foot(typefaces: &Typefaces, page: &PackPage, imprint: &Imprint<'_>, address: &str, sheet: usize) -> Part {
    let small = Style { size: 7.4, ..NOTE };
    let invented = if page.is_invented() { "Demonstration, figures invented. " } else { "" };
    let left = format!("{invented}Independent, not the Ombudsman. Version {}", imprint.edition);
    let right = format!("{}   {} of 2", imprint.printed(address), sheet + 1);
    let texts: [&[Span]; 3] = [&[span(left, small)], &[], &[span(right, small)]];
    margin(typefaces, HEIGHT - 28.0, HEIGHT - 40.0, texts, ArtifactType::Footer)
}
