//! Style sheet, script, icon: encoded once per start, kept by browsers for a year.

use std::sync::LazyLock;

use actix_web::HttpResponse;

use crate::views::assets;
use crate::web::asked::Asked;
use crate::web::error::AppError;
use crate::web::http::encoded::Encoded;

static ENCODED: LazyLock<Vec<(&'static str, Encoded)>> = LazyLock::new(|| {
    assets::all()
        .into_iter()
        .map(|asset| (asset.href.as_str(), Encoded::asset(asset.media_type, asset.bytes)))
        .collect()
});

pub(in crate::web) fn asset(asked: &Asked) -> Result<HttpResponse, AppError> {
    let path = asked.path();
    ENCODED
        .iter()
        .find(|(href, _)| *href == path)
        .map(|(_, encoded)| encoded.respond(&asked.request))
        .ok_or_else(|| AppError::not_found("This file belonged to another version of the site."))
}
