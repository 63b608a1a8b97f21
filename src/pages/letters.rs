//! `/councils/SLUG/letters` and `/councils/SLUG/letters/YEAR`, with the original documents.

use std::sync::Arc;

use crate::db::{self, Connection};
use crate::domain::council::Council;
use crate::domain::letter::DocumentKind;
use crate::domain::year::ReportingYear;
use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::Atlas;
use crate::read::letters::{LetterPage, LettersPage};
use crate::site::encoded::{Confinement, Encoded};
use crate::site::work::Lane;
use crate::views::{self, links};

/// The letters to a council and to those before it.
pub(crate) struct Letters(Council);

impl Page for Letters {
    type Model = LettersPage;
    type Json<'a> = export::letters::LettersJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::letters::list(&source.frame, page)),
        json: Some(|_, page| export::letters::list_json(page)),
        csv: Some(|_, page| export::letters::list_csv(page)),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        asked.council().map(Self)
    }

    fn address(&self) -> String {
        links::council_part(&self.0.slug, "letters")
    }

    fn file_stem(&self) -> String {
        format!("{}_letters", self.0.slug)
    }

    fn read(&self, source: &Source<'_>) -> Result<LettersPage, AppError> {
        Ok(LettersPage::read(source.conn, source.atlas(), &self.0)?)
    }
}

/// One letter.
pub(crate) struct Letter {
    council: Council,
    year: ReportingYear,
}

impl Page for Letter {
    type Model = LetterPage;
    type Json<'a> = export::letters::LetterJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::letters::one(&source.frame, page)),
        json: Some(|_, page| export::letters::one_json(page)),
        csv: Some(|_, page| export::letters::one_csv(page)),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let council = asked.council()?;
        // What cannot be a year gets the list as help.
        let year = ReportingYear::parse(asked.part("year")).map_err(|error| AppError::NotFound {
            message: format!("{error}."),
            help: vec![(
                format!("All letters to {}", council.official_name),
                links::council_part(&council.slug, "letters"),
            )],
        })?;
        Ok(Self { council, year })
    }

    fn address(&self) -> String {
        links::letter(&self.council.slug, self.year)
    }

    fn file_stem(&self) -> String {
        format!("{}_letter_{}", self.council.slug, self.year)
    }

    fn read(&self, source: &Source<'_>) -> Result<LetterPage, AppError> {
        let Self { council, year } = self;
        match LetterPage::read(source.conn, source.atlas(), council, *year)? {
            Some(page) => Ok(page),
            None => Err(none(source.conn, source.atlas(), council, *year)),
        }
    }
}

/// No letter for the year: says which years there are, predecessors' letters of this year first.
fn none(conn: &Connection, atlas: &Atlas, council: &Council, year: ReportingYear) -> AppError {
    let page = match LettersPage::read(conn, atlas, council) {
        Ok(page) => page,
        Err(error) => return error.into(),
    };
    let mut help: Vec<(String, String)> = Vec::new();
    for (of_this_year, (one, letter)) in page.all().map(|pair| (pair.1.year == year, pair)) {
        let entry = (format!("{}, {}", letter.year, one.official_name), links::letter(&one.slug, letter.year));
        if of_this_year {
            help.insert(0, entry);
        } else if one.id == council.id {
            help.push(entry);
        }
    }
    let known = if help.is_empty() { "" } else { " Here are the years there are." };
    AppError::NotFound {
        message: format!("There is no letter to {} for {year} here.{known}", council.official_name),
        help,
    }
}

/// The original document of a letter, as a download that cannot run anything.
pub(crate) async fn document(asked: Asked) -> Result<Arc<Encoded>, AppError> {
    let Letter { council, year } = Letter::parse(&asked)?;
    let wanted = if asked.path().ends_with(".pdf") { DocumentKind::Pdf } else { DocumentKind::Text };
    let extension = if wanted == DocumentKind::Pdf { "pdf" } else { "txt" };
    let address = format!("{}.{extension}", links::letter(&council.slug, year));
    let page = asked.context.page(Lane::Pages, address, move |conn, context| {
        let kept = db::letters::document(conn, council.id, year)?.filter(|document| document.kind == wanted);
        let text = || db::letters::of_year(conn, council.id, year);
        let bytes = match (kept, wanted) {
            (Some(document), _) => Some(document.bytes),
            (None, DocumentKind::Text) => text()?.and_then(|letter| letter.text).map(String::into_bytes),
            (None, DocumentKind::Pdf) => None,
        };
        let Some(bytes) = bytes else { return Err(none(conn, &context.snapshot.atlas, &council, year)) };
        // The name is ours: one from a file could break the header.
        let name = format!("{}_letter_{year}.{extension}", council.slug);
        Ok(Encoded::opaque(wanted.media_type(), bytes).named(name).confined(Confinement::Sandbox))
    });
    page.await
}
