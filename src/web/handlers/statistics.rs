//! `/councils/SLUG/statistics` and its twins.

use actix_web::{HttpRequest, HttpResponse, web};

use super::council;
use super::form::{self, Form};
use crate::export;
use crate::read::statistics::StatisticsPage;
use crate::views::{self, links};
use crate::web::context::RequestContext;
use crate::web::error::AppError;
use crate::web::params::Params;

pub(in crate::web) async fn page(
    request: HttpRequest,
    context: RequestContext,
    slug: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    answer(request, context, &slug, Form::Html).await
}

pub(in crate::web) async fn twin(
    request: HttpRequest,
    context: RequestContext,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let (slug, extension) = path.into_inner();
    answer(request, context, &slug, Form::of_extension(&extension)?).await
}

async fn answer(
    request: HttpRequest,
    context: RequestContext,
    slug: &str,
    form: Form,
) -> Result<HttpResponse, AppError> {
    Params::read(request.query_string(), &[])?;
    let council = council::find(&context.snapshot, slug)?.clone();
    let address = links::council_part(&council.slug, "statistics");
    let page = context
        .page(form.lane(), format!("{form:?} {address}"), move |conn, context| {
            let snapshot = &context.snapshot;
            let page = StatisticsPage::read(conn, &snapshot.atlas, &council)?;
            let frame = context.frame(&address);
            let name = format!("{}_statistics_v{}", council.slug, snapshot.edition.id);
            form::render(
                form,
                &page,
                |page| views::statistics::page(&frame, page),
                export::statistics::json,
                export::statistics::csv,
                &name,
            )
        })
        .await?;
    Ok(page.respond(&request))
}
