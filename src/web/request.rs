//! From a request of the web server to what a page understands.

use std::future::{Ready, ready};

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use super::address_policy::{AddressPolicy, BadHost};
use crate::domain::representation::Representation;
use crate::export::openapi::params::Param;
use crate::pages::asked::Asked;
use crate::pages::context::RequestContext;
use crate::pages::error::AppError;
use crate::site::Site;

/// Takes what is in force now, and keeps it with the request: nothing else takes it, so no answer mixes two editions. An
/// invalid Host is returned beside it; the page that says so is made with the address at which the program listens.
pub(super) fn begin(request: &ServiceRequest) -> Result<(RequestContext, Option<BadHost>), AppError> {
    let site = request.app_data::<web::Data<Site>>().ok_or(AppError::Internal)?;
    let policy = request.app_data::<web::Data<AddressPolicy>>().ok_or(AppError::Internal)?;
    let (public_address, bad) = match policy.of(request, request.peer_addr()) {
        Ok(address) => (address, None),
        Err(error) => (policy.without_host(), Some(error)),
    };
    let context = RequestContext::begin(&site.clone().into_inner(), public_address, policy.public_url.clone());
    request.extensions_mut().insert(context.clone());
    Ok((context, bad))
}

impl FromRequest for RequestContext {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // The middleware has put it there; without it there is nothing to answer from.
        ready(request.extensions().get::<Self>().cloned().ok_or(AppError::Internal))
    }
}

/// What a request asks of a route, whose path has these parts and which knows these parameters.
///
/// # Errors
/// Parameters that the route does not know, or twice; a part of the path that is no text.
pub(super) async fn asked(
    request: &HttpRequest,
    context: RequestContext,
    representation: Representation,
    parts: impl Iterator<Item = &'static str>,
    parameters: &[Param],
) -> Result<Asked, AppError> {
    let texts = web::Path::<Vec<String>>::extract(request).await.map_err(|_| AppError::nothing_here())?;
    let parts = parts.zip(texts.into_inner()).collect();
    Asked::read(context, representation, request.path(), parts, request.query_string(), parameters)
}
