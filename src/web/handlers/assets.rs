//! Style sheet, script, icon: encoded once per start, kept by browsers for a year.

use std::sync::LazyLock;

use actix_web::{HttpRequest, HttpResponse};

use crate::pages::error::AppError;
use crate::site::encoded::Encoded;
use crate::views::assets;
use crate::web::http::encoded::respond;

static ENCODED: LazyLock<Vec<(&'static str, Encoded)>> = LazyLock::new(|| {
    assets::all()
        .into_iter()
        .map(|asset| (asset.href.as_str(), Encoded::asset(asset.media_type, asset.bytes)))
        .collect()
});

pub(in crate::web) fn asset(request: &HttpRequest) -> Result<HttpResponse, AppError> {
    let path = request.path();
    ENCODED
        .iter()
        .find(|(href, _)| *href == path)
        .map(|(_, encoded)| respond(encoded, request))
        .ok_or_else(|| AppError::not_found("This file belonged to another version of the site."))
}
