//! `/improvements` and `/councils/SLUG/improvements`, with their calendars and feeds.

use crate::db::improvements::ImprovementQuery;
use crate::domain::council::Slug;
use crate::domain::decision::Category;
use crate::domain::improvement::ImprovementState;
use crate::domain::representation::Representation;
use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::improvements::{ImprovementFilter, ImprovementNews, ImprovementRow, ImprovementsPage};
use crate::views::{self, improvements::address};

/// What councils, or one of them, agreed to improve.
pub(crate) struct Improvements(ImprovementFilter);

/// The same as a calendar of what is due.
pub(crate) struct Deadlines(ImprovementFilter);

/// What is new of it, as a feed.
pub(crate) struct News(ImprovementFilter);

fn filter(asked: &Asked) -> Result<ImprovementFilter, AppError> {
    let params = &asked.params;
    let of_council = !asked.part("slug").is_empty();
    let council = if of_council {
        Some(asked.council()?)
    } else {
        params.parsed("council", |text| {
            let slug = Slug::parse(text).map_err(|error| error.to_string())?;
            asked.atlas().register.by_slug(&slug).cloned().ok_or_else(|| format!("there is no council “{slug}”"))
        })?
    };
    let query = ImprovementQuery {
        council: council.as_ref().map(|one| one.id),
        kind: params.kind()?,
        state: params.chosen("state", ImprovementState::parse, "overdue, agreed, achieved-late or achieved")?,
        category: params.parsed("category", Category::parse)?,
    };
    // A spreadsheet and a calendar have no pages.
    let page = params.page()?;
    let page = if asked.representation.has_pages() { page } else { 1 };
    Ok(ImprovementFilter { council, query, page, of_council })
}

fn first_page(filter: &ImprovementFilter) -> String {
    address(&ImprovementFilter { page: 1, ..filter.clone() })
}

fn file_stem(filter: &ImprovementFilter) -> String {
    filter.council.as_ref().map_or_else(|| "improvements".to_owned(), |one| format!("{}_improvements", one.slug))
}

impl Page for Improvements {
    type Model = ImprovementsPage;
    type Json<'a> = export::improvements::ImprovementsJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::improvements::page(&source.frame, page)),
        json: Some(|_, page| export::improvements::json(page)),
        csv: Some(|_, page| export::improvements::csv(page)),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        filter(asked).map(Self)
    }

    fn address(&self) -> String {
        address(&self.0)
    }

    fn file_stem(&self) -> String {
        file_stem(&self.0)
    }

    fn read(&self, source: &Source<'_>) -> Result<ImprovementsPage, AppError> {
        let page = ImprovementsPage::read(source.conn, source.atlas(), self.0.clone(), source.context.today)?;
        if page.filter.page > page.pages {
            return Err(AppError::NotFound {
                message: format!("There is no page {}; the last one is {}.", page.filter.page, page.pages),
                help: vec![("The first page".to_owned(), first_page(&page.filter))],
            });
        }
        let whole = source.representation == Representation::Csv;
        Ok(if whole { page.whole(source.conn, source.atlas())? } else { page })
    }
}

impl Page for News {
    type Model = ImprovementNews;
    type Json<'a> = ();
    const FORMS: Forms<Self> =
        Forms { atom: Some(|source, news| views::improvement_feed::atom(news, &source.origin())), ..Forms::NONE };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        filter(asked).map(Self)
    }

    fn address(&self) -> String {
        first_page(&self.0)
    }

    fn read(&self, source: &Source<'_>) -> Result<ImprovementNews, AppError> {
        let context = source.context;
        let published_at = context.snapshot.published_at;
        Ok(ImprovementNews::read(source.conn, source.atlas(), self.0.clone(), context.today, published_at)?)
    }
}

impl Page for Deadlines {
    type Model = (String, Vec<ImprovementRow>);
    type Json<'a> = ();
    const FORMS: Forms<Self> = Forms {
        calendar: Some(|source, (title, rows)| {
            export::calendar::deadlines(title, rows, &source.origin(), source.atlas().synthetic)
        }),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        filter(asked).map(Self)
    }

    fn address(&self) -> String {
        first_page(&self.0)
    }

    fn file_stem(&self) -> String {
        file_stem(&self.0)
    }

    fn read(&self, source: &Source<'_>) -> Result<Self::Model, AppError> {
        let rows = ImprovementsPage::deadlines(source.conn, source.atlas(), &self.0.query, source.context.today)?;
        let whose = self.0.council.as_ref().map_or("England", |one| one.official_name.as_str());
        Ok((format!("Improvements due, {whose}"), rows))
    }
}
