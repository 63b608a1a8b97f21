//! `/about`, `/about/statistics`, `/about/data`, `/accessibility`.

use crate::db;
use crate::domain::release::Release;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::views;

/// What the site says of itself.
pub(crate) struct About(String);

impl Page for About {
    /// The releases, by their hour, which a restored site has kept; it has taken them in another order.
    type Model = Vec<Release>;
    type Json<'a> = ();
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, releases| match source.frame.address.as_str() {
            "/about/statistics" => views::about::statistics(&source.frame),
            "/about/data" => views::about::data(&source.frame, releases, source.atlas().postcodes.edition()),
            "/accessibility" => views::about::accessibility(&source.frame),
            _ => views::about::about(&source.frame),
        }),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        Ok(Self(asked.path().to_owned()))
    }

    fn address(&self) -> String {
        self.0.clone()
    }

    fn read(&self, source: &Source<'_>) -> Result<Vec<Release>, AppError> {
        let mut releases = db::releases::all(source.conn)?;
        releases.sort_by_key(|release| release.published_at);
        Ok(releases)
    }
}
