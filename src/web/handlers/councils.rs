//! `/councils` and its twins; `/code/GSS`.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::form::{self, Form};

use crate::domain::council::{CouncilKind, GssCode};
use crate::export;
use crate::read::councils::{CouncilFilter, CouncilsPage};
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
    let params = Params::read(request.query_string(), &["kind", "region", "former"])?;
    let today = context.today;
    let region = params.given("region").map(str::to_owned);
    if let Some(region) = &region
        && !context.snapshot.atlas.register.councils().iter().any(|council| council.region == *region)
    {
        return Err(AppError::BadRequest(format!("“{region}” is not a region of England.")));
    }
    let filter = CouncilFilter {
        kind: params.kind()?,
        region,
        former: params.chosen("former", |text| (text == "yes").then_some(()), "yes")?.is_some(),
    };
    let address = links::with_query(
        "/councils",
        &[
            ("kind", filter.kind.map(CouncilKind::word)),
            ("region", filter.region.as_deref()),
            ("former", filter.former.then_some("yes")),
        ],
    );
    let page = context
        .page(form.lane(), format!("{form:?} {address}"), move |_, context| {
            let snapshot = &context.snapshot;
            let page = CouncilsPage::read(&snapshot.atlas, filter, today);
            match form {
                Form::Html => {
                    let frame = context.frame(&address);
                    Ok(form::html(views::councils::page(&frame, &page)))
                }
                Form::Json => Ok(form::json(&export::councils::json(&page))),
                Form::Csv => Ok(form::csv(export::councils::csv(&page), "council-map_councils.csv")),
                Form::Xlsx | Form::GeoJson => Err(form::missing()),
            }
        })
        .await?;
    Ok(page.respond(&request))
}

/// `/code/GSS`: to the council that has or had the code.
pub(in crate::web) async fn by_code(
    context: RequestContext,
    code: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let code = GssCode::parse(&code).map_err(|error| AppError::BadRequest(format!("{error}.")))?;
    let snapshot = &context.snapshot;
    let council = snapshot
        .atlas
        .register
        .by_code(code)
        .ok_or_else(|| AppError::not_found(format!("No council of our register has or had the code {code}.")))?;
    Ok(HttpResponse::Found().insert_header((header::LOCATION, links::council(&council.slug))).finish())
}
