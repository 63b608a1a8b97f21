//! `/changes` and its twins.

use actix_web::{HttpRequest, HttpResponse, web};

use super::form::{self, Form};

use crate::db;
use crate::export;
use crate::read::changes::{ChangesPage, SHOWN};
use crate::views;
use crate::views::links;
use crate::web::context::RequestContext;
use crate::web::error::AppError;
use crate::web::params::Params;

pub(in crate::web) async fn page(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    answer(request, context, Form::Html).await
}

pub(in crate::web) async fn twin(
    request: HttpRequest,
    context: RequestContext,
    extension: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    answer(request, context, Form::of_extension(&extension)?).await
}

async fn answer(request: HttpRequest, context: RequestContext, form: Form) -> Result<HttpResponse, AppError> {
    let params = Params::read(request.query_string(), &["release"])?;
    let only = params.given("release").map(str::to_owned);
    let address = only.as_deref().map_or_else(|| "/changes".to_owned(), links::changes_of);
    let page = context
        .page(form.lane(), format!("{form:?} {address}"), move |conn, context| {
            let snapshot = &context.snapshot;
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
                    let frame = context.frame(&address);
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
