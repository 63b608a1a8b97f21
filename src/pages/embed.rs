//! `/embed/SLUG`.

use crate::domain::council::Council;
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::embed::EmbedPage;
use crate::site::encoded::Confinement;
use crate::views::{self, links};

/// One figure of a council for a frame of another site.
pub(crate) struct Embed {
    council: Council,
    measure: Measure,
    year: Option<ReportingYear>,
}

impl Page for Embed {
    type Model = EmbedPage;
    type Json<'a> = ();
    const FORMS: Forms<Self> =
        Forms { html: Some(|source, page| views::embed::page(&source.frame, page)), ..Forms::NONE };
    const CONFINEMENT: Confinement = Confinement::Frame;

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let measure = asked.params.measure()?.unwrap_or_default();
        let (council, year) = super::council::in_year(asked, |slug, year| links::embed(slug, measure, year))?;
        Ok(Self { council, measure, year })
    }

    fn address(&self) -> String {
        links::embed(&self.council.slug, self.measure, self.year)
    }

    fn read(&self, source: &Source<'_>) -> Result<EmbedPage, AppError> {
        Ok(EmbedPage::read(source.conn, source.atlas(), &self.council, self.measure, self.year, source.context.today)?)
    }
}
