//! A page is one type: what its address says, what is read for it, and the representations it has. Everything that pages
//! have in common is done here once: parameters, the kept bytes, frames, file names.

use std::sync::Arc;

use maud::Markup;
use schemars::JsonSchema;
use serde::Serialize;

use super::asked::Asked;
use super::context::RequestContext;
use super::error::AppError;
use crate::db::Connection;
use crate::db::figures::SourcedFigure;
use crate::domain::representation::Representation;
use crate::export::csv::Table;
use crate::export::geojson::LayerJson;
use crate::export::xlsx::Workbook;
use crate::read::provenance::Provenance;
use crate::read::{Atlas, ReadError};
use crate::site::encoded::{Confinement, Encoded};
use crate::site::work::Lane;
use crate::views::layout::Frame;
use crate::views::raster;

/// Pixels across a picture: what sites that show a link as a card ask for, and twice the width of a chart in a page.
const PICTURE_WIDTH: u16 = 1200;

/// A page and its twins.
pub(crate) trait Page: Sized + Send + 'static {
    /// What is read for it, once, for all representations.
    type Model: 'static;
    /// Its JSON; `()` where it has none. The description of the site takes its schema from this type.
    type Json<'a>: Serialize + JsonSchema;
    /// How each representation is made of the model.
    const FORMS: Forms<Self>;

    /// What a browser may do with the page.
    const CONFINEMENT: Confinement = Confinement::Page;

    /// Reads the address. Its parameters are known to be those of the route.
    ///
    /// # Errors
    /// What does not parse, or names nothing.
    fn parse(asked: &Asked) -> Result<Self, AppError>;

    /// The one address of what was asked for: its key among the kept pages.
    fn address(&self) -> String;

    /// What it is kept under: the address, and whatever else the answer depends on.
    fn key(&self) -> String {
        self.address()
    }

    /// Whether most visitors see it first, so that fewer bytes are worth a longer making.
    fn first_view(&self) -> bool {
        false
    }

    /// What its downloads are called, between the name of the site and the version.
    fn file_stem(&self) -> String {
        String::new()
    }

    /// Reads the model.
    ///
    /// # Errors
    /// The database fails, or holds nothing of this address.
    fn read(&self, source: &Source<'_>) -> Result<Self::Model, AppError>;
}

/// How text of a kind is made of a model.
type Make<M, T> = Option<fn(&Source<'_>, &M) -> T>;

/// The text of an answer in JSON. Its keys stand in the order of the alphabet, whatever the order of a struct's fields.
pub(crate) fn json_text(answer: &impl Serialize) -> Result<String, AppError> {
    Ok(serde_json::to_value(answer)?.to_string())
}

/// The representations of a page.
pub(crate) struct Forms<P: Page> {
    pub(crate) html: Make<P::Model, Markup>,
    pub(crate) json: Option<for<'a> fn(&Source<'_>, &'a P::Model) -> P::Json<'a>>,
    pub(crate) csv: Make<P::Model, Table>,
    pub(crate) xlsx: Make<P::Model, Result<Workbook, AppError>>,
    pub(crate) pdf: Make<P::Model, Result<Vec<u8>, AppError>>,
    pub(crate) geojson: Option<for<'a> fn(&Source<'_>, &'a P::Model) -> LayerJson<'a>>,
    pub(crate) atom: Make<P::Model, String>,
    pub(crate) calendar: Make<P::Model, String>,
    /// A drawing, which also comes as PNG; nothing where there is nothing to draw.
    pub(crate) drawing: Make<P::Model, Option<String>>,
}

impl<P: Page> Forms<P> {
    /// None of them: what a page has is written over it.
    pub(crate) const NONE: Self = Self {
        html: None,
        json: None,
        csv: None,
        xlsx: None,
        pdf: None,
        geojson: None,
        atom: None,
        calendar: None,
        drawing: None,
    };

    /// Which of them there are.
    pub(crate) fn representations(&self) -> Vec<Representation> {
        let all = [
            (Representation::Html, self.html.is_some()),
            (Representation::Json, self.json.is_some()),
            (Representation::Csv, self.csv.is_some()),
            (Representation::Xlsx, self.xlsx.is_some()),
            (Representation::Pdf, self.pdf.is_some()),
            (Representation::GeoJson, self.geojson.is_some()),
            (Representation::Atom, self.atom.is_some()),
            (Representation::Calendar, self.calendar.is_some()),
            (Representation::Svg, self.drawing.is_some()),
            (Representation::Png, self.drawing.is_some()),
        ];
        all.into_iter().filter_map(|(one, there)| there.then_some(one)).collect()
    }

    /// Those that stand beside a page.
    pub(crate) fn twins(&self) -> Vec<Representation> {
        let all = self.representations().into_iter();
        all.filter(|one| Representation::TWINS.contains(one)).collect()
    }

    /// The bytes of a representation; nothing where there is none.
    fn render(&self, page: &P, source: &Source<'_>, model: &P::Model) -> Result<Option<Encoded>, AppError> {
        let kind = source.representation.content_type();
        let text = |text: String| Encoded::page(kind, text);
        Ok(match source.representation {
            Representation::Html => self.html.map(|make| {
                let encoded = if page.first_view() { Encoded::first_view } else { Encoded::page };
                encoded(kind, make(source, model).into_string())
            }),
            Representation::Json => match self.json {
                Some(make) => Some(text(json_text(&make(source, model))?)),
                None => None,
            },
            Representation::GeoJson => match self.geojson {
                Some(make) => Some(text(json_text(&make(source, model))?)),
                None => None,
            },
            Representation::Csv => self.csv.map(|make| Encoded::page(kind, make(source, model).into_bytes())),
            Representation::Atom => self.atom.map(|make| text(make(source, model))),
            Representation::Calendar => self.calendar.map(|make| text(make(source, model))),
            Representation::Xlsx => match self.xlsx {
                Some(make) => Some(workbook(make(source, model)?)?),
                None => None,
            },
            Representation::Pdf => match self.pdf {
                // It is compressed already.
                Some(make) => Some(Encoded::opaque(kind, make(source, model)?)),
                None => None,
            },
            Representation::Svg | Representation::Png => match self.drawing.and_then(|make| make(source, model)) {
                Some(drawing) if source.representation == Representation::Png => Some(picture(&drawing)?),
                drawing => drawing.map(|drawing| text(drawing).confined(Confinement::Drawing)),
            },
        })
    }
}

/// A workbook is compressed already.
fn workbook(book: Workbook) -> Result<Encoded, AppError> {
    let bytes = book.into_bytes().map_err(|error| {
        tracing::error!(%error, "a workbook could not be made");
        AppError::Internal
    })?;
    Ok(Encoded::opaque(Representation::Xlsx.content_type(), bytes))
}

/// A drawing in pixels. PNG is compressed already.
fn picture(drawing: &str) -> Result<Encoded, AppError> {
    let bytes = raster::png(drawing, PICTURE_WIDTH).map_err(|error| {
        tracing::error!(%error, "a picture could not be made");
        AppError::Internal
    })?;
    Ok(Encoded::opaque(Representation::Png.content_type(), bytes))
}

/// What a page is read from and written with.
pub(crate) struct Source<'a> {
    pub(crate) conn: &'a Connection,
    pub(crate) context: &'a RequestContext,
    pub(crate) representation: Representation,
    /// What the page knows of the site around it.
    pub(crate) frame: Frame,
}

impl Source<'_> {
    pub(crate) fn atlas(&self) -> &Atlas {
        &self.context.snapshot.atlas
    }

    /// Whether somebody reads it in a browser, who can be led elsewhere.
    pub(crate) fn for_people(&self) -> bool {
        self.representation == Representation::Html
    }

    /// The address under which the site is reached, for what is read away from it.
    pub(crate) fn origin(&self) -> String {
        self.context.public_address.to_string()
    }

    /// Where the figures of a download came from.
    pub(crate) fn provenance<'f>(
        &self,
        figures: impl IntoIterator<Item = &'f SourcedFigure>,
    ) -> Result<Provenance, ReadError> {
        let snapshot = &self.context.snapshot;
        Provenance::read(self.conn, figures, &snapshot.edition.id, snapshot.published_at)
    }
}

/// Makes a page in the representation asked for, or takes the one that is kept.
///
/// # Errors
/// What does not parse or names nothing; no time or thread to make it.
pub(crate) async fn serve<P: Page>(asked: Asked) -> Result<Arc<Encoded>, AppError> {
    let page = P::parse(&asked)?;
    let Asked { context, representation, .. } = asked;
    let address = page.address();
    let host = if representation.names_the_host() { context.public_address.to_string() } else { String::new() };
    let key = format!("{representation:?} {host}{}", page.key());
    let lane = if representation.has_pages() { Lane::Pages } else { Lane::Downloads };
    let made = context.page(lane, key, move |conn, context| {
        let frame = Frame { twins: P::FORMS.twins(), ..context.frame(&address) };
        let source = Source { conn, context, representation, frame };
        let model = page.read(&source)?;
        let made = P::FORMS.render(&page, &source, &model)?.ok_or_else(AppError::nothing_here)?;
        let (stem, edition) = (page.file_stem(), &context.snapshot.edition.id);
        Ok(match representation {
            // Somebody keeps the file: with its version, so that two of them can be told apart.
            Representation::Csv | Representation::Xlsx | Representation::Pdf => {
                made.named(format!("council-map_{stem}_v{edition}.{}", representation.extension()))
            }
            Representation::Calendar => made.named(format!("council-map_{stem}.ics")),
            Representation::Html => made.confined(P::CONFINEMENT),
            _ => made,
        })
    });
    made.await
}
