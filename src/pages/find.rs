//! `/find`.

use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::{AppError, name_within_limit};
use crate::pages::page::{Forms, Page, Source};
use crate::pages::params::Params;
use crate::read::find::{Completions, FindAnswer, FindPage, FindQuery};
use crate::views::{self, links};

/// Councils by postcode, name, code, case or place.
pub(crate) struct Find {
    query: FindQuery,
    address: String,
}

fn query(params: &Params) -> Result<FindQuery, AppError> {
    let degrees = |name: &str, most: f64| {
        params.parsed(name, |text| match text.parse::<f64>() {
            Ok(value) if value.is_finite() && value.abs() <= most => Ok(value),
            _ => Err(format!("“{text}” is not a number of degrees; expected one from -{most} to {most}")),
        })
    };
    match (params.text("q"), degrees("lat", 90.0)?, degrees("lon", 180.0)?) {
        (None, Some(lat), Some(lon)) => Ok(FindQuery::Place { lat, lon }),
        (None, None, None) => Ok(FindQuery::Text(String::new())),
        (Some(text), None, None) => Ok(FindQuery::Text(name_within_limit(text)?.to_owned())),
        _ => Err(AppError::BadRequest("Give either “q”, or “lat” and “lon” together.".to_owned())),
    }
}

impl Page for Find {
    type Model = FindPage;
    type Json<'a> = export::find::FoundJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::find::page(&source.frame, page)),
        json: Some(|_, page| export::find::json(page)),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let words = asked.params.canonical();
        let address = if words.is_empty() { "/find".to_owned() } else { format!("/find?{words}") };
        Ok(Self { query: query(&asked.params)?, address })
    }

    fn address(&self) -> String {
        self.address.clone()
    }

    fn read(&self, source: &Source<'_>) -> Result<FindPage, AppError> {
        let page = FindPage::read(source.conn, source.atlas(), self.query.clone(), source.context.today)?;
        // The one council that was meant is the answer itself; only what needs choosing is a page.
        let direct = match (&page.answer, page.councils.as_slice()) {
            (FindAnswer::Names | FindAnswer::Code, [one]) if page.before.is_empty() && page.places.is_empty() => {
                Some(links::council(&one.slug))
            }
            (FindAnswer::Case(reference), _) => Some(links::decision(reference)),
            _ => None,
        };
        match direct.filter(|_| source.for_people()) {
            Some(address) => Err(AppError::See(address)),
            None => Ok(page),
        }
    }
}

/// Names that complete what is typed into a search box.
pub(crate) struct Names(String);

impl Page for Names {
    type Model = Completions;
    type Json<'a> = export::find::NamesJson<'a>;
    const FORMS: Forms<Self> = Forms { json: Some(|_, page| export::find::names(page)), ..Forms::NONE };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        Ok(Self(name_within_limit(asked.params.text("q").unwrap_or_default())?.to_owned()))
    }

    fn address(&self) -> String {
        links::with_query("/find/names", &[("q", Some(&self.0))])
    }

    fn read(&self, source: &Source<'_>) -> Result<Completions, AppError> {
        Ok(Completions::read(source.atlas(), self.0.clone(), source.context.today))
    }
}
