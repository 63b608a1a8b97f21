//! The committee pack as a PDF: two sheets of A4, whatever there is to say. It says what the page says, and is made of the
//! same model.

mod chart;
mod first;
mod imprint;
mod second;
mod swatch;

use krilla::tagging::ArtifactType;

pub use self::imprint::Imprint;
use super::pdf::PdfError;
use super::pdf::colour::Colour;
use super::pdf::column::{Column, NOTE, TEXT};
use super::pdf::document::{About, HEIGHT, Part, WIDTH, write};
use super::pdf::face::{Face, Typefaces};
use super::pdf::ink::{Mark, Pen, line};
use super::pdf::text::{self, Span, Style, span};
use crate::domain::{format, london};
use crate::read::pack::PackPage;
use crate::views::links;

/// From the edge of the paper to what is on it, in points.
const MARGIN: f32 = 42.0;
/// Where the content of a sheet begins.
const TOP: f32 = 56.0;
/// Where it must have ended.
const BOTTOM: f32 = HEIGHT - 54.0;

/// How tightly a sheet is set.
#[derive(Clone, Copy, Debug)]
struct Fit {
    /// By how much everything is larger than usual.
    scale: f32,
    /// How many signs and promises are left out, and twice as many decisions.
    left_out: usize,
}

/// From the largest type with everything to the smallest with hardly anything. The first that has room is taken: a sheet
/// with little to say is set in larger type, which is easier to read across a table.
const FITS: [Fit; 12] = [
    Fit { scale: 1.12, left_out: 0 },
    Fit { scale: 1.08, left_out: 0 },
    Fit { scale: 1.04, left_out: 0 },
    Fit { scale: 1.0, left_out: 0 },
    Fit { scale: 0.96, left_out: 0 },
    Fit { scale: 0.92, left_out: 0 },
    Fit { scale: 0.88, left_out: 0 },
    Fit { scale: 0.88, left_out: 1 },
    Fit { scale: 0.88, left_out: 2 },
    Fit { scale: 0.88, left_out: 3 },
    Fit { scale: 0.84, left_out: 4 },
    Fit { scale: 0.8, left_out: 4 },
];

/// The file. The same model and imprint give the same bytes.
///
/// # Errors
/// The typefaces cannot be read, the file would break a rule of PDF/UA-1, or the content has no room.
pub fn pdf(page: &PackPage, imprint: &Imprint<'_>) -> Result<Vec<u8>, PdfError> {
    let typefaces = Typefaces::get()?;
    let address = links::pack(&page.overview.council.slug, Some(page.overview.year));
    let sheet = |number: usize, fill: &dyn Fn(&mut Column, usize)| {
        let set = |fit: Fit| {
            let mut column = Column::new(typefaces, MARGIN, WIDTH - 2.0 * MARGIN, TOP, fit.scale);
            fill(&mut column, fit.left_out);
            column
        };
        // Larger type makes lines higher and fewer words stand in each: height goes with the square of the size. So most
        // sizes need not be tried.
        let usual = set(Fit { scale: 1.0, left_out: 0 }).y - TOP;
        let likely = ((BOTTOM - TOP) / usual).sqrt() * 1.04;
        let sizes = FITS.into_iter().filter(|fit| fit.scale <= likely || fit.left_out > 0);
        let column = sizes.map(set).find(|column| column.y <= BOTTOM);
        let mut parts = vec![head(typefaces, page, imprint, number)];
        parts.extend(column.ok_or(PdfError::NoRoom)?.parts);
        parts.push(foot(typefaces, page, imprint, &address, number));
        Ok(parts)
    };
    let sheets = [
        sheet(0, &|column, left_out| first::fill(column, page, left_out))?,
        sheet(1, &|column, left_out| second::fill(column, page, imprint, left_out))?,
    ];
    let about = About {
        title: page.title(),
        description: page.lede(),
        id: format!("{} {}", imprint.edition, imprint.printed(&address)),
        made_at: imprint.published_at,
    };
    write(about, &sheets)
}

/// A line across the sheet, and texts: each with its baseline, and whether it ends at the right edge.
fn margin(typefaces: &Typefaces, rule: f32, texts: Vec<(Span, f32, bool)>, kind: ArtifactType) -> Part {
    let right = WIDTH - MARGIN;
    let mut marks: Vec<Mark> =
        line(&[(MARGIN, rule), (right, rule)], Pen::new(Colour::LINE, 0.6)).into_iter().collect();
    for (words, y, ends_right) in texts {
        let line = text::line(typefaces, &[words]);
        let x = if ends_right { right - line.width } else { MARGIN };
        marks.push(Mark::Text { x, y, line });
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
    let texts = vec![(span("Council Map", name), 36.0, false), (span(right, NOTE), 36.0, true)];
    margin(typefaces, 44.0, texts, ArtifactType::Header)
}

fn foot(typefaces: &Typefaces, page: &PackPage, imprint: &Imprint<'_>, address: &str, sheet: usize) -> Part {
    let small = Style { size: 7.8, ..NOTE };
    let invented = if page.is_invented() { "Demonstration, all figures invented. " } else { "" };
    let texts = vec![
        (span(format!("{invented}Independent, not the Ombudsman."), small), HEIGHT - 35.0, false),
        (span(format!("Version {}, {}", imprint.edition, imprint.printed(address)), small), HEIGHT - 24.0, false),
        (span(format!("{} of 2", sheet + 1), small), HEIGHT - 35.0, true),
    ];
    margin(typefaces, HEIGHT - 46.0, texts, ArtifactType::Footer)
}
