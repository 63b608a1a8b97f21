//! `/find` and `/find.json`.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

use super::form::{self, Form};

use crate::export;
use crate::read::find::{FindAnswer, FindPage, FindQuery};
use crate::views;
use crate::views::links;
use crate::web::context::RequestContext;
use crate::web::error::{AppError, name_of_bearable_length};
use crate::web::params::Params;
use crate::web::work::Lane;

pub(in crate::web) async fn page(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    answer(request, context, Form::Html).await
}

pub(in crate::web) async fn twin(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    answer(request, context, Form::Json).await
}

fn query(params: &Params) -> Result<FindQuery, AppError> {
    let degrees = |name: &str, most: f64| {
        params.parsed(name, |text| match text.parse::<f64>() {
            Ok(value) if value.is_finite() && value.abs() <= most => Ok(value),
            _ => Err(format!("“{text}” is not a number of degrees; expected one from -{most} to {most}")),
        })
    };
    match (params.text("q"), degrees("lat", 90.0)?, degrees("lon", 180.0)?) {
        (None, Some(lat), Some(lon)) => Ok(FindQuery::Place { lat, lon }),
        (None, None, None) => Ok(FindQuery::Text(String::new())),
        (Some(text), None, None) => Ok(FindQuery::Text(name_of_bearable_length(text)?.to_owned())),
        _ => Err(AppError::BadRequest("Give either “q”, or “lat” and “lon” together.".to_owned())),
    }
}

async fn answer(request: HttpRequest, context: RequestContext, form: Form) -> Result<HttpResponse, AppError> {
    let params = Params::read(request.query_string(), &["q", "lat", "lon"])?;
    let query = query(&params)?;
    let today = context.today;
    let words = params.canonical();
    let address = if words.is_empty() { "/find".to_owned() } else { format!("/find?{words}") };
    let (query, direct) = {
        // The one council that was meant is the answer itself; only what needs choosing is a page.
        let snapshot = Arc::clone(&context.snapshot);
        let job = move || {
            let page = snapshot.pool.with(|conn| FindPage::read(conn, &snapshot.atlas, query, today))?;
            let direct = match (&page.answer, page.councils()) {
                (FindAnswer::Names(_) | FindAnswer::Code(_), [one]) => Some(links::council(&one.slug)),
                (FindAnswer::Case(reference), _) => Some(links::decision(reference)),
                _ => None,
            };
            Ok::<_, AppError>((page, direct))
        };
        context.site.work().run(Lane::Pages, job).await??
    };
    match (form, direct) {
        (Form::Html, Some(address)) => Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish()),
        (form, _) => {
            let page = context
                .page(form.lane(), format!("{form:?} {address}"), move |_, context| {
                    if form == Form::Json {
                        return Ok(form::json(&export::find::json(&query)));
                    }
                    let frame = context.frame(&address);
                    Ok(form::html(views::find::page(&frame, &query)))
                })
                .await?;
            Ok(page.respond(&request))
        }
    }
}
