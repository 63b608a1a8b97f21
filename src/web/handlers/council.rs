//! `/councils/SLUG` and its twins.

use actix_web::{HttpRequest, HttpResponse, web};

use super::form::{self, Form};
use super::frame;
use crate::domain::council::{Council, Slug};
use crate::export;
use crate::read::council::CouncilPage;
use crate::read::statistics::StatisticsPage;
use crate::views;
use crate::views::links;
use crate::web::context::RequestContext;
use crate::web::error::{AppError, Meant, name_of_bearable_length};
use crate::web::params::Params;
use crate::web::site::Snapshot;

/// The council of an address, or what the visitor may have meant.
pub(in crate::web) fn find<'a>(snapshot: &'a Snapshot, text: &str) -> Result<&'a Council, AppError> {
    let name = name_of_bearable_length(text)?;
    if let Some(council) = Slug::parse(name).ok().and_then(|slug| snapshot.atlas.register.by_slug(&slug)) {
        return Ok(council);
    }
    let words = name.replace('-', " ");
    Err(AppError::Unnamed {
        message: format!("There is no council at “{name}”."),
        meant: Meant::new(move |snapshot| {
            let near = snapshot.atlas.register.near(&words, 5);
            near.into_iter().map(|one| (one.official_name.clone(), links::council(&one.slug))).collect()
        }),
    })
}

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
    let params = Params::read(request.query_string(), &["year"])?;
    let year = params.year()?;
    let today = context.today;
    let snapshot = &context.snapshot;
    let council = find(snapshot, slug)?.clone();
    if let Some(year) = year
        && !(council.active_in(year) && snapshot.atlas.years.contains(&year))
    {
        let known = snapshot.atlas.years.iter().rev().filter(|year| council.active_in(**year));
        return Err(AppError::NotFound {
            message: format!("There are no figures of {year} for {}.", council.official_name),
            help: known
                .map(|year| (format!("{}, {year}", council.official_name), links::council_in(&council.slug, *year)))
                .collect(),
        });
    }
    let address = match year {
        Some(year) => links::council_in(&council.slug, year),
        None => links::council(&council.slug),
    };
    let page = context
        .page(form.lane(), format!("{form:?} {address}"), move |conn, context| {
            let snapshot = &context.snapshot;
            let page = CouncilPage::read(conn, &snapshot.atlas, &council, year, today)?;
            match form {
                Form::Html => {
                    let frame = context.frame(&address);
                    Ok(form::html(views::council::page(&frame, &page)))
                }
                Form::Json => Ok(form::json(&export::council::json(&page))),
                Form::Csv => {
                    let name = format!("council-map_{}_v{}.csv", page.council.slug, snapshot.edition.id);
                    Ok(form::csv(export::council::csv(&page), name))
                }
                Form::Xlsx => {
                    let statistics = StatisticsPage::read(conn, &snapshot.atlas, &page.council)?;
                    let from = frame::provenance(conn, &context.snapshot, &page.history)?;
                    let name = format!("council-map_{}_v{}.xlsx", page.council.slug, snapshot.edition.id);
                    form::xlsx(export::council::xlsx(&page, &statistics, &from), name)
                }
                Form::GeoJson => Err(form::missing()),
            }
        })
        .await?;
    Ok(page.respond(&request))
}
