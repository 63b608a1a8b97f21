//! The charts of a council as drawings and pictures: `/councils/SLUG/figure`, `/trend` and `/funnel`.

use crate::domain::council::Council;
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::embed::EmbedPage;
use crate::read::statistics::MeasureHistory;
use crate::views::{self, links};

/// Which chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Figure,
    Trend,
    Funnel,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Trend => "trend",
            Self::Funnel => "funnel",
        }
    }
}

/// One chart of a council.
pub(crate) struct Chart {
    council: Council,
    kind: Kind,
    measure: Measure,
    year: Option<ReportingYear>,
}

/// What a chart is drawn of.
pub(crate) enum Drawn {
    Figure(Box<EmbedPage>),
    Years(Kind, Box<(Council, MeasureHistory)>),
}

impl Page for Chart {
    type Model = Drawn;
    type Json<'a> = ();
    const FORMS: Forms<Self> = Forms { drawing: Some(drawing), ..Forms::NONE };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let last = asked.path().rsplit('/').next().unwrap_or_default();
        let is = |kind: &Kind| last.split('.').next() == Some(kind.as_str());
        let kind = [Kind::Figure, Kind::Trend, Kind::Funnel].into_iter().find(is).ok_or_else(AppError::nothing_here)?;
        let measure = asked.params.measure()?.unwrap_or_default();
        let extension = asked.representation.extension();
        let address = |slug: &_, year| links::twin(&links::chart(slug, kind.as_str(), measure, year), extension);
        let (council, year) = super::council::in_year(asked, address)?;
        Ok(Self { council, kind, measure, year })
    }

    fn address(&self) -> String {
        links::chart(&self.council.slug, self.kind.as_str(), self.measure, self.year)
    }

    fn read(&self, source: &Source<'_>) -> Result<Drawn, AppError> {
        let (conn, council) = (source.conn, &self.council);
        Ok(match self.kind {
            Kind::Figure => Drawn::Figure(Box::new(EmbedPage::read(
                conn,
                source.atlas(),
                council,
                self.measure,
                self.year,
                source.context.today,
            )?)),
            kind => {
                let history = MeasureHistory::read(conn, council, self.measure)?;
                Drawn::Years(kind, Box::new((council.clone(), history)))
            }
        })
    }
}

fn drawing(source: &Source<'_>, drawn: &Drawn) -> Option<String> {
    match drawn {
        Drawn::Figure(page) => views::charts::figure(&source.frame, page),
        Drawn::Years(Kind::Funnel, of) => views::charts::funnel(&source.frame, &of.0, &of.1),
        Drawn::Years(_, of) => views::charts::trend(&source.frame, &of.0, &of.1),
    }
}
