//! `/national`.

use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;
use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::national::NationalPage;
use crate::views::{self, links};

/// The national review of a year.
pub(crate) struct National {
    asked: Option<ReportingYear>,
    year: ReportingYear,
}

impl Page for National {
    type Model = NationalPage;
    type Json<'a> = export::national::NationalJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::national::page(&source.frame, page)),
        json: Some(|_, page| export::national::json(page)),
        csv: Some(|_, page| export::national_csv::csv(page)),
        ..Forms::NONE
    };

    fn parse(request: &Asked) -> Result<Self, AppError> {
        let asked = request.params.year()?;
        let years = NationalPage::years(request.atlas());
        if let Some(year) = asked.filter(|year| !years.contains(year)) {
            let help = years.iter().map(|year| (format!("England, {year}"), of_year(*year))).collect();
            let message = format!("There is nothing of {year} for England here. These are the years there are.");
            return Err(AppError::NotFound { message, help });
        }
        let newest = || years.first().copied().unwrap_or_else(|| request.atlas().default_year(request.context.today));
        Ok(Self { asked, year: asked.unwrap_or_else(newest) })
    }

    fn address(&self) -> String {
        self.asked.map_or_else(|| "/national".to_owned(), of_year)
    }

    fn file_stem(&self) -> String {
        format!("national_{}", self.year)
    }

    fn read(&self, source: &Source<'_>) -> Result<NationalPage, AppError> {
        Ok(NationalPage::read(source.conn, source.atlas(), self.asked, self.year)?)
    }
}

/// The chart of one published rate of England.
pub(crate) struct Trend(Measure);

impl Page for Trend {
    type Model = (Measure, NationalPage);
    type Json<'a> = ();
    const FORMS: Forms<Self> = Forms {
        drawing: Some(|source, (measure, page)| views::charts::england(&source.frame, page, *measure)),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        Ok(Self(asked.params.measure()?.unwrap_or_default()))
    }

    fn address(&self) -> String {
        links::national_trend(self.0)
    }

    fn read(&self, source: &Source<'_>) -> Result<Self::Model, AppError> {
        let newest = source.atlas().default_year(source.context.today);
        Ok((self.0, NationalPage::read(source.conn, source.atlas(), None, newest)?))
    }
}

fn of_year(year: ReportingYear) -> String {
    links::with_query("/national", &[("year", Some(&year.to_string()))])
}
