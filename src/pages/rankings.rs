//! `/rankings`.

use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::rankings::{RankingPage, RankingQuery};
use crate::read::standing::{Band, Order};
use crate::views::{self, links};

/// More of a name than this is not looked for.
const LONGEST_NAME: usize = 100;

/// Councils with one measure, filtered and sorted.
pub(crate) struct Rankings {
    query: RankingQuery,
    file_stem: String,
}

impl Page for Rankings {
    type Model = RankingPage;
    type Json<'a> = export::rankings::RankingsJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::rankings::page(&source.frame, page)),
        json: Some(|_, page| export::rankings::json(page)),
        csv: Some(|_, page| export::rankings::csv(page)),
        xlsx: Some(|source, page| {
            let figures = page.rows.iter().filter_map(|row| row.figure.as_ref());
            Ok(export::rankings::xlsx(page, &source.provenance(figures)?))
        }),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let params = &asked.params;
        let verdict = "the word of a verdict, such as higher or possibly-lower, or no-figure";
        let mut query = RankingQuery {
            measure: params.measure()?.unwrap_or_default(),
            year: params.year()?,
            kind: params.kind()?,
            region: asked.region()?,
            band: params.chosen("verdict", Band::parse, verdict)?,
            text: params.text("q").map(|text| text.chars().take(LONGEST_NAME).collect()),
            order: params.parsed("sort", Order::parse)?.unwrap_or_default(),
        };
        let other = |year| links::rankings(&RankingQuery { year: Some(year), ..query.clone() });
        let year = asked.year_with_figures(query.year, other)?;
        let file_stem = format!("rankings_{}_{year}", query.measure.as_str());
        // Naming the newest year is the same page as naming none.
        query.year = query.year.filter(|year| *year != asked.newest_year());
        Ok(Self { query, file_stem })
    }

    fn address(&self) -> String {
        links::rankings(&self.query)
    }

    fn file_stem(&self) -> String {
        self.file_stem.clone()
    }

    fn read(&self, source: &Source<'_>) -> Result<RankingPage, AppError> {
        Ok(RankingPage::read(source.conn, source.atlas(), self.query.clone(), source.context.today)?)
    }
}
