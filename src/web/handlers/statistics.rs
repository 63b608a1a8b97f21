//! `/councils/SLUG/statistics` and its twins.

use actix_web::{HttpRequest, HttpResponse, web};

use super::form::{self, Form};
use super::{council, frame};
use crate::export;
use crate::read::statistics::StatisticsPage;
use crate::views::{self, links};
use crate::web::Site;
use crate::web::error::AppError;
use crate::web::page_cache::PageKey;
use crate::web::params::Params;

pub(in crate::web) async fn page(
    request: HttpRequest,
    site: web::Data<Site>,
    slug: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    answer(request, site, &slug, Form::Html).await
}

pub(in crate::web) async fn twin(
    request: HttpRequest,
    site: web::Data<Site>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let (slug, extension) = path.into_inner();
    answer(request, site, &slug, Form::of_extension(&extension)?).await
}

async fn answer(request: HttpRequest, site: web::Data<Site>, slug: &str, form: Form) -> Result<HttpResponse, AppError> {
    Params::read(request.query_string(), &[])?;
    let council = council::find(&site.snapshot(), slug)?.clone();
    let address = links::council_part(&council.slug, "statistics");
    let key = PageKey { address: format!("{form:?} {address}"), day: site.today() };
    let preview = site.preview().map(|moment| moment.to_string());
    let page = site
        .page(key, move |conn, snapshot| {
            let page = StatisticsPage::read(conn, &snapshot.atlas, &council)?;
            let frame = frame::in_snapshot(snapshot, preview, &address);
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
