//! `/subjects`, `/subjects/CATEGORY` and `/subjects/CATEGORY/SUBCATEGORY`.

use crate::domain::decision::Category;
use crate::domain::field::words;
use crate::domain::subject;
use crate::domain::year::ReportingYear;
use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::{AppError, name_within_limit};
use crate::pages::page::{Forms, Page, Source};
use crate::read::subject::{SubjectPage, SubjectQuery, years};
use crate::read::subjects::SubjectsPage;
use crate::views::{self, links};

/// All subjects in a year.
pub(crate) struct Subjects(Option<ReportingYear>);

/// The year asked for, which must be one that has anything.
fn year(asked: &Asked, address: impl Fn(ReportingYear) -> String) -> Result<Option<ReportingYear>, AppError> {
    let year = asked.params.year()?;
    let years = years(asked.atlas());
    match year.filter(|year| !years.contains(year)) {
        Some(year) => Err(AppError::NotFound {
            message: format!("There is nothing of {year} here. These are the years there are."),
            help: years.into_iter().map(|year| (year.to_string(), address(year))).collect(),
        }),
        None => Ok(year),
    }
}

impl Page for Subjects {
    type Model = SubjectsPage;
    type Json<'a> = export::subjects::SubjectsJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::subjects::page(&source.frame, page)),
        json: Some(|_, page| export::subjects::json(page)),
        csv: Some(|_, page| export::subjects::csv(page)),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        Ok(Self(year(asked, |year| links::subjects(Some(year)))?))
    }

    fn address(&self) -> String {
        links::subjects(self.0)
    }

    fn file_stem(&self) -> String {
        "subjects".to_owned()
    }

    fn read(&self, source: &Source<'_>) -> Result<SubjectsPage, AppError> {
        Ok(SubjectsPage::read(source.conn, source.atlas(), self.0, source.context.today)?)
    }
}

/// One subject.
pub(crate) struct Subject(SubjectQuery);

impl Page for Subject {
    type Model = SubjectPage;
    type Json<'a> = export::subject::SubjectJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::subject::page(&source.frame, page)),
        json: Some(|_, page| export::subject::json(page)),
        csv: Some(|_, page| export::subject::csv(page)),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let name = name_within_limit(asked.part("category"))?;
        let category = Category::parse(name).map_err(|_| AppError::NotFound {
            message: format!("There is no subject “{name}”. These are the subjects there are."),
            help: Category::ALL.iter().map(|one| (one.title().to_owned(), of(*one, None))).collect(),
        })?;
        let subcategory = name_within_limit(asked.part("subcategory"))?;
        let subject =
            subject::Subject { category, subcategory: Some(subcategory.to_owned()).filter(|slug| !slug.is_empty()) };
        let query = SubjectQuery { subject, year: None, kind: asked.params.kind()?, region: asked.region()? };
        let year = year(asked, |year| links::subject_of(&SubjectQuery { year: Some(year), ..query.clone() }))?;
        Ok(Self(SubjectQuery { year, ..query }))
    }

    fn address(&self) -> String {
        links::subject_of(&self.0)
    }

    fn file_stem(&self) -> String {
        let subject::Subject { category, subcategory } = &self.0.subject;
        let category = category.as_str();
        subcategory.as_ref().map_or_else(|| category.to_owned(), |slug| format!("{category}_{slug}"))
    }

    fn read(&self, source: &Source<'_>) -> Result<SubjectPage, AppError> {
        let page = SubjectPage::read(source.conn, source.atlas(), self.0.clone(), source.context.today)?;
        if page.is_known() {
            return Ok(page);
        }
        let category = self.0.subject.category;
        let slug = self.0.subject.subcategory.as_deref().unwrap_or_default();
        let known = source.atlas().cases.subcategories_of(category).into_iter();
        let parts = known.map(|slug| (words(slug), of(category, Some(slug))));
        Err(AppError::NotFound {
            message: format!("Nothing about “{slug}” is published here under {}.", category.title()),
            help: std::iter::once((category.title().to_owned(), of(category, None))).chain(parts).collect(),
        })
    }
}

fn of(category: Category, subcategory: Option<&str>) -> String {
    links::subject(&subject::Subject { category, subcategory: subcategory.map(str::to_owned) })
}
