//! A request as a page sees it: the path, the checked parameters, what it is answered from.

use std::collections::BTreeMap;

use super::context::RequestContext;
use super::error::{AppError, Meant, name_within_limit};
use super::params::Params;
use crate::domain::council::{Council, GssCode, Slug};
use crate::domain::representation::Representation;
use crate::domain::year::ReportingYear;
use crate::export::openapi::params::Param;
use crate::read::Atlas;
use crate::views::links;

/// What is asked for, not yet understood.
pub(crate) struct Asked {
    pub(crate) context: RequestContext,
    pub(crate) params: Params,
    pub(crate) representation: Representation,
    path: String,
    parts: BTreeMap<&'static str, String>,
}

impl Asked {
    /// Reads what every request has: the path and what varies in it, the query with the parameters that are known there.
    ///
    /// # Errors
    /// Parameters that are not known, or stand twice.
    pub(crate) fn read(
        context: RequestContext,
        representation: Representation,
        path: &str,
        parts: BTreeMap<&'static str, String>,
        query: &str,
        known: &[Param],
    ) -> Result<Self, AppError> {
        let params = Params::read(query, known)?;
        Ok(Self { context, params, representation, path: path.to_owned(), parts })
    }

    /// The path as it was asked for.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// A part of the path, by its name in the route; nothing where the route has none.
    pub(crate) fn part(&self, name: &str) -> &str {
        self.parts.get(name).map_or("", String::as_str)
    }

    pub(crate) fn atlas(&self) -> &Atlas {
        &self.context.snapshot.atlas
    }

    /// The council that the path names by its address name or a GSS code, or what the visitor may have meant. A page has
    /// one address, to which a code leads; data answers to both.
    pub(crate) fn council(&self) -> Result<Council, AppError> {
        let name = name_within_limit(self.part("slug"))?;
        if let Some(council) = Slug::parse(name).ok().and_then(|slug| self.atlas().register.by_slug(&slug)) {
            return Ok(council.clone());
        }
        if let Some(council) = GssCode::parse(name).ok().and_then(|code| self.atlas().register.by_code(code)) {
            if self.representation != Representation::Html {
                return Ok(council.clone());
            }
            let (path, query) = (self.path.replacen(name, council.slug.as_str(), 1), self.params.canonical());
            return Err(AppError::See(if query.is_empty() { path } else { format!("{path}?{query}") }));
        }
        let words = name.replace('-', " ");
        Err(AppError::Unnamed {
            message: format!("There is no council at “{name}”."),
            meant: Meant::new(move |snapshot| {
                let near = snapshot.atlas.register.near(&words, 5);
                near.into_iter().map(|one| (one.official_name.clone(), links::council(&one.slug))).collect()
            }),
        })
    }

    /// The year that is shown when none is asked for.
    pub(crate) fn newest_year(&self) -> ReportingYear {
        self.atlas().default_year(self.context.today)
    }

    /// The year asked for, or the newest; one without any figure is not found, and `address` leads to the others.
    pub(crate) fn year_with_figures(
        &self,
        year: Option<ReportingYear>,
        address: impl Fn(ReportingYear) -> String,
    ) -> Result<ReportingYear, AppError> {
        let newest = self.newest_year();
        let years = &self.atlas().years;
        match year {
            Some(year) if year != newest && !years.contains(&year) => Err(AppError::NotFound {
                message: format!("No figures of {year} are loaded here."),
                help: years.iter().rev().map(|year| (year.to_string(), address(*year))).collect(),
            }),
            year => Ok(year.unwrap_or(newest)),
        }
    }

    /// A region that a parameter names.
    pub(crate) fn region(&self) -> Result<Option<String>, AppError> {
        let known = |region: &str| self.atlas().register.councils().iter().any(|council| council.region == region);
        match self.params.given("region") {
            Some(region) if !known(region) => {
                Err(AppError::BadRequest(format!("“{region}” is not a region of England.")))
            }
            region => Ok(region.map(str::to_owned)),
        }
    }
}
