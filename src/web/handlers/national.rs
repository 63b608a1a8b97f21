//! `/national` and its twins.

use actix_web::{HttpRequest, HttpResponse, web};

use super::form::{self, Form};

use crate::export;
use crate::read::national::NationalPage;
use crate::views::{self, links};
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
    let params = Params::read(request.query_string(), &["year"])?;
    let asked = params.year()?;
    let today = context.today;
    let snapshot = &context.snapshot;
    let years = NationalPage::years(&snapshot.atlas);
    if let Some(year) = asked.filter(|year| !years.contains(year)) {
        return Err(AppError::NotFound {
            message: format!("There is nothing of {year} for England here. These are the years there are."),
            help: years.iter().map(|year| (format!("England, {year}"), of_year(&year.to_string()))).collect(),
        });
    }
    let year = asked.or_else(|| years.first().copied()).unwrap_or_else(|| snapshot.atlas.default_year(today));
    let address = asked.map_or_else(|| "/national".to_owned(), |year| of_year(&year.to_string()));
    let page = context
        .page(form.lane(), format!("{form:?} {address}"), move |conn, context| {
            let snapshot = &context.snapshot;
            let page = NationalPage::read(conn, &snapshot.atlas, year)?;
            let frame = context.frame(&address);
            let name = format!("national_{year}_v{}", snapshot.edition.id);
            let markup = |page: &NationalPage| views::national::page(&frame, page);
            form::render(form, &page, markup, export::national::json, export::national::csv, &name)
        })
        .await?;
    Ok(page.respond(&request))
}

fn of_year(year: &str) -> String {
    links::with_query("/national", &[("year", Some(year))])
}
