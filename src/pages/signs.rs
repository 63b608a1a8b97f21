//! `/signs` and `/signs.atom`.

use crate::domain::sign::Sign;
use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::signs::{SignsFilter, SignsPage};
use crate::read::signs_feed::SignsFeed;
use crate::views::{self, links};

/// Councils by early sign.
pub(crate) struct EarlySigns {
    filter: SignsFilter,
    file_stem: String,
}

impl Page for EarlySigns {
    type Model = SignsPage;
    type Json<'a> = export::signs::SignsJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::signs::page(&source.frame, page)),
        json: Some(|_, page| export::signs::json(page)),
        csv: Some(|_, page| export::signs::csv(page)),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let mut filter = SignsFilter {
            year: asked.params.year()?,
            kind: asked.params.kind()?,
            region: asked.region()?,
            sign: asked.params.parsed("sign", Sign::parse)?,
        };
        let year = asked
            .year_with_figures(filter.year, |year| links::signs(&SignsFilter { year: Some(year), ..filter.clone() }))?;
        let file_stem = format!("signs_{year}");
        // Naming the newest year is the same page as naming none.
        filter.year = filter.year.filter(|year| *year != asked.newest_year());
        Ok(Self { filter, file_stem })
    }

    fn address(&self) -> String {
        links::signs(&self.filter)
    }

    fn file_stem(&self) -> String {
        self.file_stem.clone()
    }

    fn read(&self, source: &Source<'_>) -> Result<SignsPage, AppError> {
        Ok(SignsPage::read(source.conn, source.atlas(), self.filter.clone(), source.context.today)?)
    }
}

/// The same as a feed.
pub(crate) struct SignsNews(EarlySigns);

impl Page for SignsNews {
    type Model = SignsFeed;
    type Json<'a> = ();
    const FORMS: Forms<Self> =
        Forms { atom: Some(|source, feed| views::signs_feed::atom(feed, &source.origin())), ..Forms::NONE };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        EarlySigns::parse(asked).map(Self)
    }

    fn address(&self) -> String {
        links::signs_feed(&self.0.filter)
    }

    fn read(&self, source: &Source<'_>) -> Result<SignsFeed, AppError> {
        let (today, published_at) = (source.context.today, source.context.snapshot.published_at);
        Ok(SignsFeed::read(source.conn, source.atlas(), self.0.filter.clone(), today, published_at)?)
    }
}
