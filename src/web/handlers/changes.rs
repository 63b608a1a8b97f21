//! `/changes` and its twins.

use actix_web::{HttpRequest, HttpResponse, web};

use super::form::{self, Form};
use super::frame;
use crate::db;
use crate::export;
use crate::read::changes::{ChangesPage, SHOWN};
use crate::views;
use crate::views::links;
use crate::web::Site;
use crate::web::error::AppError;
use crate::web::page_cache::PageKey;
use crate::web::params::Params;

pub(in crate::web) async fn page(request: HttpRequest, site: web::Data<Site>) -> Result<HttpResponse, AppError> {
    answer(request, site, Form::Html).await
}

pub(in crate::web) async fn twin(
    request: HttpRequest,
    site: web::Data<Site>,
    extension: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    answer(request, site, Form::of_extension(&extension)?).await
}

async fn answer(request: HttpRequest, site: web::Data<Site>, form: Form) -> Result<HttpResponse, AppError> {
    let params = Params::read(request.query_string(), &["release"])?;
    let only = params.given("release").map(str::to_owned);
    let address = only.as_deref().map_or_else(|| "/changes".to_owned(), links::changes_of);
    let key = PageKey { address: format!("{form:?} {address}"), day: site.today() };
    let preview = site.preview().map(|moment| moment.to_string());
    let page = site
        .page(key, move |conn, snapshot| {
            if let Some(key) = &only
                && !db::releases::all(conn)?.iter().any(|release| release.key == *key)
            {
                let withdrawn = db::releases::withdrawn(conn)?.into_iter().any(|release| release.key == *key);
                return Err(AppError::NotFound {
                    message: if withdrawn {
                        "This release was withdrawn; nothing of it is shown any more.".to_owned()
                    } else {
                        "There is no release of this name here.".to_owned()
                    },
                    help: vec![("All changes".to_owned(), "/changes".to_owned())],
                });
            }
            let page = ChangesPage::read(conn, &snapshot.atlas, only, SHOWN)?;
            match form {
                Form::Html => {
                    let frame = frame::in_snapshot(snapshot, preview, &address);
                    Ok(form::html(views::changes::page(&frame, &page)))
                }
                Form::Json => Ok(form::json(&export::changes::json(&page))),
                Form::Csv => Ok(form::csv(export::changes::csv(&page), "council-map_changes.csv")),
                Form::Xlsx | Form::GeoJson => Err(form::missing()),
            }
        })
        .await?;
    Ok(page.respond(&request))
}
