//! `/councils/SLUG/pack`.

use crate::domain::council::Council;
use crate::domain::london;
use crate::domain::representation::Representation;
use crate::domain::year::ReportingYear;
use crate::export::{self, pack::Imprint};
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::council::CouncilPage;
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
        Forms { html: Some(|source, page| views::pack::page(&source.frame, page)), pdf: Some(pdf), ..Forms::NONE };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let (council, year) = super::council::in_year(asked, links::pack)?;
        Ok(Self { council, year })
    }

    fn address(&self) -> String {
        links::pack(&self.council.slug, self.year)
    }

    fn file_stem(&self) -> String {
        let year = self.year.map(|year| format!("_{year}")).unwrap_or_default();
        format!("pack_{}{year}", self.council.slug)
    }

    fn read(&self, source: &Source<'_>) -> Result<PackPage, AppError> {
        // Of a file that is kept and handed round, the day is that of its figures, so that the same figures give the same
        // file; a page is of today.
        let day = match source.representation {
            Representation::Pdf => london::day_of(source.context.snapshot.published_at),
            _ => source.context.today,
        };
        let (conn, atlas) = (source.conn, source.atlas());
        let overview = CouncilPage::read(conn, atlas, &self.council, self.year, day)?;
        Ok(PackPage::of(conn, atlas, overview, day)?)
    }
}

fn pdf(source: &Source<'_>, page: &PackPage) -> Result<Vec<u8>, AppError> {
    let snapshot = &source.context.snapshot;
    let origin = source.context.given_address.as_ref().map(ToString::to_string);
    let imprint =
        Imprint { edition: &snapshot.edition.id, published_at: snapshot.published_at, origin: origin.as_deref() };
    export::pack::pdf(page, &imprint).map_err(|error| {
        tracing::error!(%error, council = %page.overview.council.slug, "a committee pack could not be made");
        AppError::Internal
    })
}
