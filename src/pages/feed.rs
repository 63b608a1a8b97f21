//! `/feed.atom` and `/councils/SLUG/feed.atom`.

use crate::domain::council::{CouncilKind, Slug};
use crate::domain::search::SearchText;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::feed::{Feed, FeedQuery};
use crate::views;

/// What is new, of a search or of a council.
pub(crate) struct News(FeedQuery);

impl Page for News {
    type Model = Feed;
    type Json<'a> = ();
    const FORMS: Forms<Self> =
        Forms { atom: Some(|source, feed| views::feed::atom(feed, &source.origin())), ..Forms::NONE };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let params = &asked.params;
        if !asked.part("slug").is_empty() {
            return Ok(Self(FeedQuery { council: Some(asked.council()?), ..FeedQuery::default() }));
        }
        let register = &asked.atlas().register;
        let county = params.parsed("county", |text| {
            let slug = Slug::parse(text).map_err(|error| error.to_string())?;
            let found = register.by_slug(&slug).filter(|council| council.kind == CouncilKind::County);
            found.cloned().ok_or_else(|| format!("“{slug}” is not a county council"))
        })?;
        let filter = super::decisions::filter(asked)?;
        let body = filter.body.as_deref().and_then(|slug| asked.atlas().cases.body(slug));
        Ok(Self(FeedQuery {
            council: None,
            county,
            body: body.map(|(name, _)| name.to_owned()),
            filter,
            search: SearchText::parse(params.text("q").unwrap_or_default()),
        }))
    }

    fn address(&self) -> String {
        views::feed::address(&self.0)
    }

    fn read(&self, source: &Source<'_>) -> Result<Feed, AppError> {
        let published_at = source.context.snapshot.published_at;
        Ok(Feed::read(source.conn, source.atlas(), self.0.clone(), published_at)?)
    }
}
