//! `/councils/SLUG/statistics`.

use crate::domain::council::Council;
use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::statistics::StatisticsPage;
use crate::views::{self, links};

/// All figures of a council.
pub(crate) struct Statistics(Council);

impl Page for Statistics {
    type Model = StatisticsPage;
    type Json<'a> = export::statistics::StatisticsJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::statistics::page(&source.frame, page)),
        json: Some(|_, page| export::statistics::json(page)),
        csv: Some(|_, page| export::statistics::csv(page)),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        asked.council().map(Self)
    }

    fn address(&self) -> String {
        links::council_part(&self.0.slug, "statistics")
    }

    fn file_stem(&self) -> String {
        format!("{}_statistics", self.0.slug)
    }

    fn read(&self, source: &Source<'_>) -> Result<StatisticsPage, AppError> {
        Ok(StatisticsPage::read(source.conn, source.atlas(), &self.0)?)
    }
}
