//! `/councils/SLUG/pack`.

use crate::domain::council::Council;
use crate::domain::year::ReportingYear;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::pack::PackPage;
use crate::views::{self, links};

/// The committee pack of a council and year.
pub(crate) struct Pack {
    council: Council,
    year: Option<ReportingYear>,
}

impl Page for Pack {
    type Model = PackPage;
    type Json<'a> = ();
    const FORMS: Forms<Self> =
        Forms { html: Some(|source, page| views::pack::page(&source.frame, page)), ..Forms::NONE };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let (council, year) = super::council::in_year(asked, links::pack)?;
        Ok(Self { council, year })
    }

    fn address(&self) -> String {
        links::pack(&self.council.slug, self.year)
    }

    fn read(&self, source: &Source<'_>) -> Result<PackPage, AppError> {
        Ok(PackPage::read(source.conn, source.atlas(), &self.council, self.year, source.context.today)?)
    }
}
