//! `/share/SLUG.png` and `.svg`.

use crate::domain::council::Council;
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::embed::EmbedPage;
use crate::read::share::SharePage;
use crate::views::{self, links};

/// One figure of a council as a picture that other sites show for a link.
pub(crate) struct Card {
    council: Council,
    measure: Measure,
    year: Option<ReportingYear>,
}

impl Page for Card {
    type Model = SharePage;
    type Json<'a> = ();
    const FORMS: Forms<Self> =
        Forms { drawing: Some(|source, page| Some(views::share::card(&source.frame, page))), ..Forms::NONE };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let measure = asked.params.measure()?.unwrap_or_default();
        let (council, year) = super::council::in_year(asked, |slug, year| links::share(slug, measure, year))?;
        Ok(Self { council, measure, year })
    }

    fn address(&self) -> String {
        links::share(&self.council.slug, self.measure, self.year)
    }

    fn read(&self, source: &Source<'_>) -> Result<SharePage, AppError> {
        let (conn, today) = (source.conn, source.context.today);
        let figure = EmbedPage::read(conn, source.atlas(), &self.council, self.measure, self.year, today)?;
        Ok(SharePage::of(conn, figure)?)
    }
}
