//! `/changes`.

use crate::db;
use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::changes::{ChangesPage, SHOWN};
use crate::views::{self, links};

/// What each release changed, or one of them.
pub(crate) struct Changes {
    release: Option<String>,
}

impl Page for Changes {
    type Model = ChangesPage;
    type Json<'a> = export::changes::ChangesJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::changes::page(&source.frame, page)),
        json: Some(|_, page| export::changes::json(page)),
        csv: Some(|_, page| export::changes::csv(page)),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        Ok(Self { release: asked.params.given("release").map(str::to_owned) })
    }

    fn address(&self) -> String {
        self.release.as_deref().map_or_else(|| "/changes".to_owned(), links::changes_of)
    }

    fn file_stem(&self) -> String {
        "changes".to_owned()
    }

    fn read(&self, source: &Source<'_>) -> Result<ChangesPage, AppError> {
        if let Some(key) = &self.release
            && !db::releases::all(source.conn)?.iter().any(|release| release.key == *key)
        {
            let withdrawn = db::releases::withdrawn(source.conn)?.into_iter().any(|release| release.key == *key);
            let message = if withdrawn {
                "This release was withdrawn; nothing of it is shown any more."
            } else {
                "There is no release of this name here."
            };
            return Err(AppError::NotFound {
                message: message.to_owned(),
                help: vec![("All changes".to_owned(), "/changes".to_owned())],
            });
        }
        Ok(ChangesPage::read(source.conn, source.atlas(), self.release.clone(), SHOWN)?)
    }
}
