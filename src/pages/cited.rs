//! `/cited`: a page as somebody cited it, with what changed since.

use jiff::Timestamp;

use crate::domain::london;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::cited::{CitedPage, slug_in};
use crate::views::{self, links};

/// Longest address that is cited, in bytes: twice that of the longest comparison.
const LONGEST: usize = 2_000;

/// A page, and the moment of the data that it was cited with: the map and the newest, where none is named.
pub(crate) struct Cited {
    address: String,
    as_of: Timestamp,
}

impl Page for Cited {
    type Model = CitedPage;
    type Json<'a> = ();
    const FORMS: Forms<Self> =
        Forms { html: Some(|source, page| views::cited::page(&source.frame, page)), ..Forms::NONE };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let newest = asked.context.snapshot.published_at;
        let as_of = asked.params.parsed("as_of", moment)?.unwrap_or(newest);
        if london::day_of(as_of) > asked.context.today {
            return Err(missing("The moment of this citation is still to come."));
        }
        let address = asked.params.given("address").unwrap_or("/");
        if of_this_site(address) {
            return Ok(Self { address: address.to_owned(), as_of });
        }
        Err(missing(
            "A citation names an address of this site, from its first slash on, as “Cite” under each page does.",
        ))
    }

    fn address(&self) -> String {
        links::cited(&self.address, self.as_of)
    }

    fn read(&self, source: &Source<'_>) -> Result<CitedPage, AppError> {
        let page = CitedPage::read(source.conn, source.atlas(), self.address.clone(), self.as_of)?;
        match slug_in(&self.address) {
            Some(slug) if page.council.is_none() => Err(missing(&format!("There is no council at “{slug}”."))),
            _ => Ok(page),
        }
    }
}

fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| "it is no moment such as 2026-07-29T08:30:00Z".to_owned())
}

fn missing(message: &str) -> AppError {
    AppError::NotFound {
        message: message.to_owned(),
        help: vec![("What each release changed".to_owned(), "/changes".to_owned())],
    }
}

/// Whether it is a path here, with or without a query and a part of the page, and leads to no other site.
fn of_this_site(address: &str) -> bool {
    let plain = |one: char| one.is_ascii_graphic() && !"\\<>\"".contains(one);
    address.starts_with('/') && !address.starts_with("//") && address.len() <= LONGEST && address.chars().all(plain)
}
