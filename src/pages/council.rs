//! `/councils/SLUG`.

use crate::domain::council::{Council, Slug};
use crate::domain::year::ReportingYear;
use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::council::CouncilPage;
use crate::read::statistics::StatisticsPage;
use crate::views::{self, links};

/// The overview of a council.
pub(crate) struct Overview {
    council: Council,
    year: Option<ReportingYear>,
}

impl Page for Overview {
    type Model = CouncilPage;
    type Json<'a> = export::council::CouncilJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::council::page(&source.frame, page)),
        json: Some(|_, page| export::council::json(page)),
        csv: Some(|_, page| export::council::csv(page)),
        xlsx: Some(|source, page| {
            let statistics = StatisticsPage::read(source.conn, source.atlas(), &page.council)?;
            Ok(export::council::xlsx(page, &statistics, &source.provenance(&page.history)?))
        }),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let (council, year) = in_year(asked, |slug, year| {
            year.map_or_else(|| links::council(slug), |year| links::council_in(slug, year))
        })?;
        Ok(Self { council, year })
    }

    fn address(&self) -> String {
        let slug = &self.council.slug;
        self.year.map_or_else(|| links::council(slug), |year| links::council_in(slug, year))
    }

    fn file_stem(&self) -> String {
        self.council.slug.to_string()
    }

    fn read(&self, source: &Source<'_>) -> Result<CouncilPage, AppError> {
        Ok(CouncilPage::read(source.conn, source.atlas(), &self.council, self.year, source.context.today)?)
    }
}

/// The council of an address and its year, if one is asked for. Of a year without figures it names those that have some,
/// each with the address that `link` makes of it.
pub(super) fn in_year(
    asked: &Asked,
    link: impl Fn(&Slug, Option<ReportingYear>) -> String,
) -> Result<(Council, Option<ReportingYear>), AppError> {
    let year = asked.params.year()?;
    let council = asked.council()?;
    let years = asked.atlas().years_of(&council);
    if let Some(year) = year.filter(|year| !years.contains(year)) {
        let of_year =
            |year: &ReportingYear| (format!("{}, {year}", council.official_name), link(&council.slug, Some(*year)));
        return Err(AppError::NotFound {
            message: format!("There are no figures of {year} for {}.", council.official_name),
            help: years.iter().rev().map(of_year).collect(),
        });
    }
    Ok((council, year))
}
