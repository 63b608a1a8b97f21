//! A request as a page or handler sees it: the route that it fits, its checked parameters, what it is answered from.

use std::collections::BTreeMap;

use actix_web::{FromRequest, HttpRequest, web};

use super::context::RequestContext;
use super::error::{AppError, Meant, name_within_limit};
use super::params::Params;
use super::routes::Route;
use crate::domain::council::{Council, Slug};
use crate::domain::representation::Representation;
use crate::read::Atlas;
use crate::views::links;

/// What is asked for, not yet understood.
pub(super) struct Asked {
    pub(super) route: &'static Route,
    pub(super) request: HttpRequest,
    pub(super) context: RequestContext,
    pub(super) params: Params,
    pub(super) representation: Representation,
    parts: BTreeMap<&'static str, String>,
}

impl Asked {
    /// Reads what every request has.
    ///
    /// # Errors
    /// Parameters that the route does not know, or twice; a part of the path that is no text.
    pub(super) async fn of(
        route: &'static Route,
        request: HttpRequest,
        context: RequestContext,
        representation: Representation,
    ) -> Result<Self, AppError> {
        let params = Params::read(request.query_string(), route.parameters)?;
        let parts = web::Path::<Vec<String>>::extract(&request).await;
        let parts = parts.map_err(|_| AppError::nothing_here())?.into_inner();
        let parts = route.parts().zip(parts).collect();
        Ok(Self { route, request, context, params, representation, parts })
    }

    /// The path as it was asked for.
    pub(super) fn path(&self) -> &str {
        self.request.path()
    }

    /// A part of the path, by its name in the route; nothing where the route has none.
    pub(super) fn part(&self, name: &str) -> &str {
        self.parts.get(name).map_or("", String::as_str)
    }

    pub(super) fn atlas(&self) -> &Atlas {
        &self.context.snapshot.atlas
    }

    /// The council that the path names, or what the visitor may have meant.
    pub(super) fn council(&self) -> Result<Council, AppError> {
        let name = name_within_limit(self.part("slug"))?;
        if let Some(council) = Slug::parse(name).ok().and_then(|slug| self.atlas().register.by_slug(&slug)) {
            return Ok(council.clone());
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

    /// A region that a parameter names.
    pub(super) fn region(&self) -> Result<Option<String>, AppError> {
        let known = |region: &str| self.atlas().register.councils().iter().any(|council| council.region == region);
        match self.params.given("region") {
            Some(region) if !known(region) => {
                Err(AppError::BadRequest(format!("“{region}” is not a region of England.")))
            }
            region => Ok(region.map(str::to_owned)),
        }
    }
}
